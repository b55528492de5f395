"""A Django application as Haystack's tutorial makes one: a model, its index, the template of its text."""
