"""bytes -> text -> pieces -> fields with evidence. Plain functions and values; no Django here."""
