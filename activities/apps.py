from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from activities import hooks_bulk, log_actions, receivers  # noqa: F401  (they register)
        from activities.models import ActivityPage
        from activities.permissions import MembershipPagePolicy
        from activities.publishing import activity_told
        from core.publishing import offer_checks

        offer_checks(ActivityPage, activity_told)
        register_permission_policy(Page, MembershipPagePolicy())
