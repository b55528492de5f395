from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from django.conf import settings

        from arabic.lexicon import use_own

        use_own(settings.ARSHIF_LEXICON_DIR)
