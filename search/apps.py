from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.signals import articles_changed
        from search.requests import watch_requests
        from search.upkeep import follow_changes

        watch_requests()
        articles_changed.connect(follow_changes, dispatch_uid="search.upkeep")
