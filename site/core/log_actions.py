"""What our own code writes into the history of a page, in words for editors."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from core.actions import PUBLISH_FAILED


@hooks.register("register_log_actions")
def register_publish_failed(actions: LogActionRegistry) -> None:
    actions.register_action(
        PUBLISH_FAILED,
        _("Publishing failed"),
        _("This version could not be published or taken down at its time. It is tried again."),
    )
