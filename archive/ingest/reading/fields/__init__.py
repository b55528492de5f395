"""The fields of an article in plain text: one function for each, ordered fallbacks, None where the text is
silent."""
