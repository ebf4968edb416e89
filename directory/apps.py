from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from core.publishing import offer_checks
        from directory import receivers  # noqa: F401  (connects to signals)
        from directory.models import VenuePage
        from directory.publishing import venue_told

        offer_checks(VenuePage, venue_told)
