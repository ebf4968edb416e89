"""What accounts writes into a person's history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts.actions import people, second_step


@hooks.register("register_log_actions")
def register_words(actions: LogActionRegistry) -> None:
    actions.register_action(people.JOINED, _("Role given"), _("The person was given a role."))
    actions.register_action(people.LEFT, _("Role ended"), _("A role of the person ended."))
    actions.register_action(
        second_step.FORGOTTEN,
        _("Second step taken away"),
        _("App and emergency codes were lost, so the second step was taken away."),
    )
    actions.register_action(
        people.DEACTIVATED, _("Account closed"), _("The person left and the account was closed.")
    )
