"""What the archive tells those above it, who may listen: it does not know them."""

from django.dispatch import Signal

articles_changed = Signal()
"""Sent after a commit that wrote `ArticleChange` rows, when an index should now follow (no arguments)."""
