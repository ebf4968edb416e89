from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        from core.followers import offer_mail
        from newsletter import issue_kinds, receivers  # noqa: F401  (they register)
        from newsletter.actions.alerts import would_tell

        offer_mail(would_tell)
