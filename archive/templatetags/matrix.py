"""The cells of a month by outlet and day: `{% load matrix %}`."""

from __future__ import annotations

from django import template

from archive.display.matrix import cells

register = template.Library()

register.simple_tag(cells, name="matrix_cells")
