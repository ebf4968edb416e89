"""The finder's form: groups of choices as the components of a filter take them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.domain.dates import local_time
from core.wording import date_text, relative_day
from directory.choices import Option, choice_group
from directory.finder import (
    AGE,
    CONDITION,
    CONDITIONS,
    DAY,
    DAYS_TO_CHOOSE,
    DISTRICT,
    NEED,
    NEEDS,
    NOW,
    SEX,
    SEXES,
    TIME,
    TIMES,
    Question,
)


@dataclass(frozen=True, slots=True)
class FormGroups:
    """The form in its parts: what, when and where first; who, only if one wants to say."""

    needs: dict[str, Any]
    day: dict[str, Any]
    time: dict[str, Any]
    district: dict[str, Any]
    sex: dict[str, Any]
    condition: dict[str, Any]
    age: dict[str, Any]
    says_more: bool


def form_groups(question: Question, districts: Mapping[str, str], now: dt.datetime) -> FormGroups:
    """Return the groups with what was chosen; `districts` are names by slug."""
    wish = question.wish
    sex = next((code for code, (_w, value) in SEXES.items() if value is wish.sex), "")
    condition = next(
        (code for code, (_w, value) in CONDITIONS.items() if value is wish.condition), ""
    )
    times: list[tuple[str, str | Promise]] = [(NOW, _("Now, or at any time that day"))]
    times += [(code, words) for code, (words, _from, _until) in TIMES.items()]
    sexes = [("", _("I would rather not say")), *((c, w) for c, (w, _v) in SEXES.items())]
    conditions = [("", _("I would rather not say")), *((c, w) for c, (w, _v) in CONDITIONS.items())]
    anywhere = [("", _("Anywhere")), *districts.items()]
    return FormGroups(
        needs=_needs(wish.needs),
        day=_select(DAY, _("Which day?"), _days(now), (question.day.isoformat(),)),
        time=_select(TIME, _("What time of the day?"), times, (question.time or NOW,)),
        district=_select(DISTRICT, _("Where?"), anywhere, (wish.district,)),
        sex=_select(SEX, _("Are you a woman or a man?"), sexes, (sex,)),
        condition=_select(
            CONDITION, _("Have you drunk or taken something?"), conditions, (condition,)
        ),
        age={"name": AGE, "label": _("How old are you?"), "value": wish.age or ""},
        says_more=bool(sex or condition or wish.age),
    )


def question_text(question: Question, districts: Mapping[str, str], now: dt.datetime) -> str:
    """Return what was asked in one line: "Mad · i aften · Havnen"."""
    today = local_time(now).date()
    day = relative_day(question.day, today)
    if question.is_now:
        when = _("now")
    elif question.time in TIMES:
        when = f"{day}, {str(TIMES[question.time][0]).lower()}"
    else:
        when = day
    needs = [str(NEEDS[need][1]) for need in question.wish.needs]
    where = districts.get(question.wish.district, "")
    return " · ".join(filter(None, [*needs, when, where]))


def _needs(chosen: Iterable[str]) -> dict[str, Any]:
    picked = set(chosen)
    return {
        "name": NEED,
        "label": _("What do you need?"),
        "options": [
            {"value": code, "icon": icon, "label": str(words), "selected": code in picked}
            for code, (icon, words) in NEEDS.items()
        ],
    }


def _days(now: dt.datetime) -> list[tuple[str, str]]:
    today = local_time(now).date()
    days = [today + dt.timedelta(days=ahead) for ahead in range(DAYS_TO_CHOOSE)]
    return [(day.isoformat(), _day_text(day, today)) for day in days]


def _day_text(day: dt.date, today: dt.date) -> str:
    near = (day - today).days < 2
    text = relative_day(day, today) if near else date_text(day, year=False)
    return str(capfirst(text))


def _select(
    name: str, label: str, options: Iterable[Option], chosen: Iterable[str]
) -> dict[str, Any]:
    return choice_group(name, label, options, chosen, "select")
