from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import router
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.signals import articles_changed
        from search import checks  # noqa: F401 - registers itself
        from search.desk.guesses import watch_guesses
        from search.requests import watch_requests
        from search.upkeep import follow_changes

        watch_requests()
        watch_guesses()
        articles_changed.connect(follow_changes, dispatch_uid="search.upkeep")
        post_migrate.connect(_take_over_spellings, sender=self, dispatch_uid="search.spellings")
        post_migrate.connect(_keep_roles, sender=self, dispatch_uid="search.roles")


def _take_over_spellings(using: str, apps: Apps = installed, **_: object) -> None:
    """Bring the list of spellings up to the project's, where the table stands."""
    from search.models import SpellingGroup
    from search.variants.keeping import take_over
    from search.variants.shipped import shipped_groups

    try:
        apps.get_model("search", "SpellingGroup")
    except LookupError:
        return
    if using == router.db_for_write(SpellingGroup):
        take_over(shipped_groups())


def _keep_roles(using: str, apps: Apps = installed, **_: object) -> None:
    """Make the groups of the three roles; by then Django has made the permissions that they hold."""
    from django.contrib.auth.models import Group

    from search.roles import keep_roles

    try:
        apps.get_model("search", "SpellingGroup")
    except LookupError:
        return
    if using == router.db_for_write(Group):
        keep_roles()
