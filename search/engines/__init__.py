"""Engines: each is a Haystack backend, and each answers the same questions (base.py)."""
