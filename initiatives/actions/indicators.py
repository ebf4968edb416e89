"""Shared figures: agreed on by the area head, reported by venues, concluded from together."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import VenuePage
from initiatives.actions.refusal import Refused
from initiatives.domain.periods import Period
from initiatives.models import Conclusion, Initiative, Measurement, SharedIndicator


def agree_indicator(
    initiative: Initiative, *, by: Any = None, now: dt.datetime, **fields: Any
) -> SharedIndicator:
    """Add a figure that every venue reports from now on.

    `fields` are title, definition, kind, rhythm and method. Raises Refused by field.
    """
    indicator = SharedIndicator(initiative=initiative, created_at=now, created_by=by, **fields)
    try:
        indicator.full_clean()
    except ValidationError as error:
        problems = {key: " ".join(texts) for key, texts in error.message_dict.items()}
        raise Refused(problems) from None
    indicator.save()
    return indicator


def end_indicator(indicator: SharedIndicator, *, on: dt.date) -> None:
    """Stop asking from the local day `on`; everything reported so far stays."""
    indicator.ended_on = on
    indicator.save(update_fields=["ended_on"])


@transaction.atomic
def report_measurement(
    indicator: SharedIndicator,
    venue: VenuePage,
    period: Period,
    *,
    people: int,
    agree: int | None = None,
    mean: Decimal | None = None,
    method_note: str,
    by: Any = None,
    now: dt.datetime,
    today: dt.date,
) -> Measurement:
    """Report what a venue's guests answered in `period`; an earlier report gives way.

    `agree` belongs to a share, `mean` to a mean. Raises Refused by field when the period
    is not over or not of the figure's rhythm, or when the numbers cannot be.
    """
    problems = _problems(indicator, period, people, agree, mean, method_note, today)
    if problems:
        raise Refused(problems)
    SharedIndicator.objects.select_for_update().get(pk=indicator.pk)  # one report at a time
    standing = Measurement.objects.standing()
    same = standing.filter(indicator=indicator, venue=venue, first_on=period.first)
    same.update(withdrawn_at=now, withdrawn_by=by)
    return Measurement.objects.create(
        indicator=indicator,
        venue=venue,
        first_on=period.first,
        last_on=period.last,
        people=people,
        agree=agree,
        mean=mean,
        method_note=method_note.strip(),
        reported_at=now,
        reported_by=by,
    )


def withdraw_measurement(
    measurement: Measurement, *, by: Any = None, now: dt.datetime, today: dt.date
) -> bool:
    """Take a report back; return whether it still stood. Raises Refused once it is told."""
    if not Period(measurement.first_on, measurement.last_on).takes_reports(today):
        raise Refused(_("This period is closed, so that figures do not change once told."))
    standing = Measurement.objects.standing().filter(pk=measurement.pk)
    return bool(standing.update(withdrawn_at=now, withdrawn_by=by))


def conclude(
    indicator: SharedIndicator,
    period: Period,
    *,
    discussed_on: dt.date,
    text: str,
    by: Any = None,
    now: dt.datetime,
    today: dt.date,
) -> Conclusion:
    """Keep what the leaders concluded. Raises Refused by field."""
    problems = {}
    if discussed_on > today:
        problems["discussed_on"] = _("That meeting has not been held yet.")
    if not text.strip():
        problems["text"] = _("Write what you concluded.")
    if problems:
        raise Refused(problems)
    return Conclusion.objects.create(
        indicator=indicator,
        first_on=period.first,
        last_on=period.last,
        discussed_on=discussed_on,
        text=text.strip(),
        written_at=now,
        written_by=by,
    )


def _problems(
    indicator: SharedIndicator,
    period: Period,
    people: int,
    agree: int | None,
    mean: Decimal | None,
    method_note: str,
    today: dt.date,
) -> dict[str, str]:
    problems = {
        "period": _period_problem(indicator, period, today),
        "people": "" if people > 0 else _("Somebody must have answered."),
        "method_note": "" if method_note.strip() else _("Write in a few words how it was done."),
    }
    if indicator.kind == SharedIndicator.Kind.MEAN:
        problems["mean"] = "" if mean is not None else _("Write what they said on average.")
    elif agree is None:
        problems["agree"] = _("Write how many said yes.")
    elif not 0 <= agree <= people:
        problems["agree"] = _("No more can have said yes than answered.")
    return {key: text for key, text in problems.items() if text}


def _period_problem(indicator: SharedIndicator, period: Period, today: dt.date) -> str:
    if period.rhythm != indicator.rhythm:
        return _("This figure is not reported for such a period.")
    if period.last >= today:
        return _("The period is not over yet. Report when it is.")
    if not period.takes_reports(today):
        return _("This period is closed, so that figures do not change once told.")
    if indicator.ended_on and period.first >= indicator.ended_on:
        return _("The venues had stopped asking about this by then.")
    return ""
