"""Citations and metadata in templates: `{% load citing %}`."""

from __future__ import annotations

from django import template

from archive.display import citations

register = template.Library()

register.simple_tag(citations.context_object, name="coins")
