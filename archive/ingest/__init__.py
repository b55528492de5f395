"""How raw files come in: `reading` (plain functions, no Django), then the services that keep what was read."""
