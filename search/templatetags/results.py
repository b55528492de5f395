"""What repeats in the page of results: `{% load results %}`."""

from __future__ import annotations

from django import template

from search.presentation import markup

register = template.Library()

register.filter(markup.marked)
register.filter(markup.facet_values)
register.filter(markup.options)
register.filter(markup.bars)
register.filter(markup.axis)
register.simple_tag(markup.table_rows)
