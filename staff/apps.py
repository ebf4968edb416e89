from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        from core.figures import EXCHANGES, offer_figure
        from staff import receivers  # noqa: F401  (they register)
        from staff.exchange import exchanges_by_venue

        offer_figure(EXCHANGES, exchanges_by_venue)
