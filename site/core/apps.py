from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core import log_actions, publish_hooks, receivers  # noqa: F401  (they register)
        from core.content_checks import hooks  # noqa: F401  (registers, too)
        from core.sheets.exporting import guard_exports
        from core.wagtail_words import name_the_nameless, write_times_as_danes_do

        guard_exports()
        name_the_nameless()
        write_times_as_danes_do()
