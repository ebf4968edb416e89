"""What directory writes into the history of a venue's page, in words for editors."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from directory import actions as done

WORDS = {
    done.HOURS_CHANGED: (_("Opening hours changed"), _("The weekly opening hours were changed.")),
    done.VENUE_VERIFIED: (_("Confirmed"), _("The venue confirmed that the page is right.")),
    done.VERIFICATION_UNDONE: (
        _("Confirmation taken back"),
        _("Took back: the venue confirmed that the page is right."),
    ),
    done.ADDRESS_HIDDEN: (
        _("Address made secret"),
        _("The address was taken off the page and out of all older versions."),
    ),
}
NOTICES = {
    done.NOTICE_PUBLISHED: (_("Notice"), _("A notice was put up.")),
    done.NOTICE_WITHDRAWN: (_("Notice taken down"), _("A notice was taken down.")),
}
DATED = {
    done.EXCEPTION_RECORDED: (
        _("Other opening hours"),
        _("Other opening hours from %(first_on)s to %(until_on)s."),
    ),
    done.EXCEPTION_REMOVED: (
        _("Usual hours again"),
        _("Back to the usual hours from %(first_on)s to %(until_on)s."),
    ),
    done.MOVE_PLANNED: (_("Move planned"), _("A move on %(on)s was planned.")),
    done.MOVE_CALLED_OFF: (_("Move called off"), _("The move on %(on)s was called off.")),
    done.MOVE_DONE: (_("Moved"), _("The move on %(on)s was carried out.")),
}


@hooks.register("register_log_actions")
def register_words(actions: LogActionRegistry) -> None:
    for action, (label, message) in WORDS.items():
        actions.register_action(action, label, message)
    for action, (label, message) in NOTICES.items():
        _register_notice(actions, action, label, message)
    for action, (label, pattern) in DATED.items():
        _register_dated(actions, action, label, pattern)


def _register_notice(actions: LogActionRegistry, action: str, words: Any, message: Any) -> None:
    @actions.register_action(action)
    class Told(LogFormatter):
        label = words

        def format_message(self, entry: Any) -> str:
            if via := entry.data.get("via"):
                told = {"text": message, "device": via}
                return _("%(text)s (on the device %(device)s)") % told
            return str(message)


def _register_dated(actions: LogActionRegistry, action: str, words: Any, pattern: Any) -> None:
    @actions.register_action(action)
    class Dated(LogFormatter):
        label = words

        def format_message(self, entry: Any) -> str:
            days = {key: _day(value) for key, value in entry.data.items()}
            try:
                return str(pattern % days)
            except KeyError:  # an entry of another version
                return str(words)


def _day(value: Any) -> Any:
    day = parse_date(value) if isinstance(value, str) else None
    return date_format(day) if day else value
