"""What our own code writes into the history of a page, in words for editors."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from core.actions import PUBLISH_FAILED
from core.publishing import PUBLISHED_ANYWAY


@hooks.register("register_log_actions")
def register_publish_failed(actions: LogActionRegistry) -> None:
    actions.register_action(
        PUBLISH_FAILED,
        _("Publishing failed"),
        _("This version could not be published or taken down at its time. It is tried again."),
    )


@hooks.register("register_log_actions")
def register_published_anyway(actions: LogActionRegistry) -> None:
    @actions.register_action(PUBLISHED_ANYWAY)
    class PublishedAnyway(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
        """Names what the editor was told and published all the same."""

        label = _("Published anyway")

        def format_message(self, log_entry: Any) -> str:
            told = " ".join(log_entry.data.get("texts", ()))
            return f"{self.label}: {told}"
