"""The curation desk: every model, made fit for Arabic and for volume."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from archive.admin import articles, history, names, pairs, sources, suggestions

__all__ = ["articles", "history", "names", "pairs", "sources", "suggestions"]

admin.site.site_header = _("Arshif: curation")
admin.site.site_title = _("Arshif")
admin.site.index_title = _("What is held")
admin.site.enable_nav_sidebar = False
admin.site.empty_value_display = "—"
