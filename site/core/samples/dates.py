"""Sample dates, around Monday 23 November 2026 at 13.40."""

import datetime as dt
from typing import Any

from core.domain.dates import COPENHAGEN
from core.samples.words import WEEKDAYS

MONDAY = dt.date(2026, 11, 23)


def at(hour: int, minute: int = 0, *, days: int = 0) -> dt.datetime:
    day = MONDAY + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute), COPENHAGEN)


WEEK_DAYS = [
    {
        "title": "I dag",
        "date_text": "mandag den 23.",
        "items": [
            {"time": "9.00", "title": "Morgenmad"},
            {"time": "14.00", "title": "Kaffe og kort", "url": "#"},
            {"time": "15.00", "title": "Gåtur med hunde", "cancelled": True},
        ],
        "changes": [
            {
                "kind": "cancelled",
                "text": "Vi er for få i dag. Næste gang er mandag den 30. november.",
            }
        ],
    },
    {
        "title": "I morgen",
        "date_text": "tirsdag den 24.",
        "items": [],
        "empty_text": "Der er åbent, men ikke noget på programmet.",
    },
]


def occurrences() -> list[dict[str, Any]]:
    """Return four dates: on now, cancelled, moved and shared."""
    place = {"venue_name": "Perlen", "venue_url": "#", "district": "Havnekvarteret"}
    return [
        {
            "starts": at(13),
            "ends": at(15),
            "title": "Åbent træværksted",
            **place,
            "tags": [("free", "Gratis")],
            "is_now": True,
        },
        {
            "starts": at(15),
            "ends": at(16),
            "title": "Gåtur med hunde",
            **place,
            "change": {
                "kind": "cancelled",
                "text": "i dag: Vi er for få. Næste gang er mandag den 30. november.",
            },
        },
        {
            "starts": at(16),
            "ends": at(17, 30),
            "title": "Samtalegruppe for kvinder",
            **place,
            "tags": [("women", "Kun for kvinder"), ("new", "Ny")],
            "was_time": "14.30",
            "change": {"kind": "moved", "text": "fra kl. 14.30 til kl. 16 i dag. Samme sted."},
        },
        {
            "starts": at(17, 30),
            "ends": at(19),
            "title": "Fællesspisning",
            **place,
            "price_text": "30 kr.",
            "is_shared": True,
            "tags": [("shared", "Fælles")],
            "note": "Ring til stedet, hvis du vil med. Der er 4 pladser tilbage.",
        },
    ]


def timeline() -> list[dict[str, Any]]:
    """Return one date for each state of the time line."""
    return [
        {
            "starts": at(9),
            "title": "Morgenmad",
            "meta": "Kahytten · Gammel Kaj 3 · gratis",
            "state": "past",
        },
        {
            "starts": at(13),
            "title": "Åbent træværksted",
            "meta": "Gårdrummet · Nørregade 40 · til kl. 15",
            "state": "on",
        },
        {"now": True},
        {
            "starts": at(14),
            "title": "Kaffe og kort",
            "meta": "Perlen · Havnegade 12 · gratis",
            "state": "coming",
        },
        {
            "starts": at(15),
            "title": "Gåtur med hunde",
            "meta": "Perlen · Havnegade 12",
            "state": "cancelled",
            "change": {
                "kind": "cancelled",
                "text": "i dag: Vi er for få. Næste gang er mandag den 30. november.",
            },
        },
        {
            "starts": at(16),
            "title": "Samtalegruppe for kvinder",
            "meta": "Kvindehuset Havnen · Toldbodgade 5",
            "state": "coming",
            "was_time": "14.30",
            "change": {"kind": "moved", "text": "fra kl. 14.30 til kl. 16 i dag. Samme sted."},
        },
    ]


def week_strip() -> list[dict[str, Any]]:
    """Return the seven days of the week shown."""
    counts = (7, 6, 8, 7, 5, 2, 1)
    days = [MONDAY + dt.timedelta(days=step) for step in range(7)]
    return [
        {
            "date": day,
            "label": f"{WEEKDAYS[day.weekday()]} den {day.day}. november",
            "count": count,
            "url": "#",
            "current": day == MONDAY,
        }
        for day, count in zip(days, counts, strict=True)
    ]


def _items(*titles: str) -> list[dict[str, Any]]:
    return [{"time": "9.00", "title": title, "url": "#", "change_kind": None} for title in titles]


def week_rows() -> list[dict[str, Any]]:
    """Return a week: a full day, a day with a cancellation, five quiet ones."""
    cancelled = [
        {"time": "10.00", "title": "Tur til stranden", "url": "#", "change_kind": "cancelled"}
    ]
    busy: list[dict[str, Any]] = [
        {"label": "Morgen", "items": _items("Morgenmad")},
        {"label": "Formiddag", "items": cancelled},
        {
            "label": "Eftermiddag",
            "items": _items("Kaffe og kort", "Sygeplejersken er her"),
            "more": 3,
            "more_url": "#",
        },
        {"label": "Aften og nat", "items": _items("Fællesspisning")},
    ]
    quiet = [{"label": cell["label"], "items": []} for cell in busy[:3]] + [
        {"label": "Aften og nat", "items": _items("Natcafeen er åben")}
    ]
    return [
        {
            "title": WEEKDAYS[step].capitalize(),
            "date_text": f"den {23 + step}. november",
            "url": "#",
            "is_today": step == 0,
            "cells": busy if step < 2 else quiet,
        }
        for step in range(7)
    ]


def month_weeks() -> list[dict[str, Any]]:
    """Return the two weeks in which November 2026 ends."""
    weeks = []
    for number, monday in ((48, MONDAY), (49, MONDAY + dt.timedelta(days=7))):
        days = [monday + dt.timedelta(days=step) for step in range(7)]
        weeks.append({"number": number, "url": "#", "days": [_month_day(day) for day in days]})
    return weeks


def _month_day(day: dt.date) -> dict[str, Any]:
    titles = ("Morgenmad", "Suppe og snak") if day.weekday() < 5 else ()
    return {
        "date": day,
        "label": f"{WEEKDAYS[day.weekday()]} den {day.day}.",
        "in_month": day.month == 11,
        "is_today": day == MONDAY,
        "url": "#",
        "items": _items(*titles),
        "more": 4 if titles else 0,
    }
