"""What the style guide shows in each component. Invented, and never stored.

The moment shown is Monday 23 November 2026 at 13.40; all names and numbers are fictional.
"""

import datetime as dt
from typing import Any

from core.domain.dates import COPENHAGEN

MONDAY = dt.date(2026, 11, 23)
PHONE = {"phone": "00 00 12 12", "tel": "00001212"}


def _at(hour: int, minute: int = 0, *, days: int = 0) -> dt.datetime:
    day = MONDAY + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour, minute), COPENHAGEN)


def samples() -> dict[str, Any]:
    """Return the style guide's context: one entry for each component that takes a list."""
    return {
        "now": _at(13, 40),
        "colours": ["paper", "ink", "pine", "glow", "brick", "mist", "sand", "wall"],
        "icons": ICONS.split(),
        "drawings": DRAWINGS.split(),
        "needs": [{"icon": icon, "label": label, "url": "#"} for icon, label in NEEDS],
        "places": PLACES,
        "occurrences": occurrences(),
        "timeline": timeline(),
        "days": week_strip(),
        "week_columns": ["Morgen", "Formiddag", "Eftermiddag", "Aften og nat"],
        "week_rows": week_rows(),
        "weekdays": WEEKDAYS,
        "month_weeks": month_weeks(),
        "week_days": WEEK_DAYS,
        "filters": filters(),
        "chosen": [
            {"label": "Under 50 kr.", "remove_url": "#"},
            {"label": "Havnekvarteret", "remove_url": "#"},
        ],
        "answers": ANSWERS,
        "hours": hours(),
        "numbers": NUMBERS,
        "crumbs": [
            {"label": "Forside", "url": "/"},
            {"label": "Steder", "url": "/steder/"},
            {"label": "Perlen"},
        ],
        "steps": STEPS,
        "facts": FACTS,
        "ticks": [
            {"text": text}
            for text in ("Vaskemaskine og tørretumbler", "Wi-fi og opladning", "Skabe med lås")
        ],
        "shared": SHARED,
        "dates": DATES,
        "views": [
            {"label": "Liste", "url": "#", "icon": "list", "current": True},
            {"label": "Uge", "url": "#", "icon": "grid", "current": False},
            {"label": "Måned", "url": "#", "icon": "calendar", "current": False},
        ],
        "pins": [
            {"number": 1, "x": 180, "y": 150, "name": "Perlen", "url": "#sted-1", "state": "open"},
            {"number": 2, "x": 330, "y": 210, "name": "Stuen", "url": "#sted-2", "state": "closed"},
            {
                "number": 3,
                "x": 450,
                "y": 120,
                "name": "Bussen",
                "url": "#sted-3",
                "state": "unknown",
            },
        ],
        "land": "M20 90 120 30 300 20 480 50 580 140 540 260 400 340 220 350 60 290z",
        "water": "M20 90 120 30 170 90 130 190 60 290z",
    }


ICONS = (
    "food bath talk sleep dog women clothes health computer work wheelchair children "
    "phone mail map calendar list grid rss print share link download search filter edit plus undo "
    "close exit login arrow back down up more clock price free people shared house bus globe "
    "lock wifi smoking cancelled moved new star yes alert info notice flag"
)
DRAWINGS = (
    "kitchen night_lamp womens_house bus workshop garden music warm_meal christmas_tree "
    "swimming_hall dog_walk board_games coffee talk nurse bath computer_help quiet_room harbour "
    "bonfire football paint empty_bench closed_door tent house_meeting books moving"
)
NEEDS = (
    ("food", "Mad"),
    ("bath", "Bad og tøj"),
    ("talk", "En at snakke med"),
    ("sleep", "Et sted at sove"),
    ("dog", "Med hund"),
    ("women", "Kun for kvinder"),
)
WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]

PLACES = [
    {
        "name": "Bussen",
        "state": "open",
        "until": "lukker kl. 14.30",
        "until_note": "om 50 minutter",
        "meta": "Mobilt værested · Banegårdspladsen",
        "next_label": "Nu:",
        "next_text": "suppe og varme sokker",
    },
    {
        "name": "Perlen",
        "state": "open",
        "until": "lukker kl. 16",
        "meta": "Værested · Havnegade 12",
        "next_label": "Kl. 14:",
        "next_text": "kaffe og kort",
    },
    {
        "name": "Aktivitets- og Beskæftigelseshuset Sønderbrogadekvarteret",
        "state": "closed",
        "until": "åbner i morgen kl. 9",
        "meta": "Aktivitetshus · Sønderbrogade 114, 2. sal, porten til venstre",
        "next_text": "Du bliver mødt af frivillige",
    },
    {
        "name": "Stuen",
        "state": "unknown",
        "until": "Helligdag – ring og hør",
        "meta": "Fællesskab · Skolegade 2",
        "next_text": "",
    },
]

ANSWERS = [
    {
        "question": "Må jeg komme?",
        "mark": "yes",
        "strong": "Ja.",
        "text": "Alle over 18 år kan komme. Du skal ikke henvises.",
    },
    {
        "question": "Kan jeg være anonym?",
        "mark": "yes",
        "strong": "Ja.",
        "text": "Vi spørger kun om dit fornavn.",
    },
    {
        "question": "Kan jeg sove her?",
        "mark": "no",
        "strong": "Nej.",
        "url": "#",
        "link_text": "Natcafé Lygten har senge.",
    },
    {
        "question": "Hvem tager imod mig?",
        "mark": "info",
        "strong": "Mette, Omar eller en frivillig.",
        "text": "Vi viser dig rundt, hvis du vil.",
    },
    {"question": "Er der teleslynge?", "mark": "unknown", "strong": "Vi ved det ikke.", **PHONE},
]

STEPS = [
    {
        "strong": "Gå bare ind.",
        "text": "Døren er den grønne ved siden af cykelsmeden. Du skal ikke ringe på.",
    },
    {
        "strong": "Få en kop kaffe.",
        "text": "En fra Perlen siger hej og spørger, hvad du hedder. Et fornavn er nok.",
    },
    {
        "strong": "Bliv, så længe du vil.",
        "text": "Du behøver ikke snakke. Der er en stille stue ovenpå.",
    },
]

FACTS = [
    {
        "icon": "clock",
        "label": "Hvornår",
        "strong": "Hver torsdag kl. 11.00–13.30.",
        "text": "Ikke den 24. og 31. december.",
    },
    {
        "icon": "map",
        "label": "Hvor",
        "strong": "Perlen, Havnegade 12.",
        "text": "Køkkenet ligger til venstre.",
        "url": "#",
        "link_text": "Find vej",
    },
    {"icon": "price", "label": "Pris", "strong": "Gratis.", "text": ""},
    {
        "icon": "yes",
        "label": "Sådan kommer du med",
        "strong": "Kom bare.",
        "text": "Du skal ikke melde dig til.",
    },
    {"icon": "phone", "label": "Spørgsmål", "text": "Ring til Perlen:", **PHONE},
]

NUMBERS = [
    {
        "number": "112",
        "tel": "112",
        "text": "Fare for liv. Ambulance, politi og brand. Hele døgnet.",
    },
    {
        "number": "00 00 12 40",
        "tel": "00001240",
        "text": "Den sociale vagt. Hvis du står uden et sted at sove i nat.",
    },
]

SHARED = [
    {
        "illustration": "christmas_tree",
        "when": "Lørdag den 28. november kl. 13",
        "title": "Juletræet tændes",
        "text": "Gløgg og æbleskiver på Torvet. Perlen, Stuen og Café Kanten er værter.",
    },
    {
        "illustration": "swimming_hall",
        "when": "Torsdag den 3. december kl. 10",
        "title": "I svømmehallen",
        "text": "Bussen henter ved Kahytten kl. 9.30. Det er gratis, og du kan låne badetøj.",
    },
    {
        "illustration": "warm_meal",
        "when": "Fredag den 11. december kl. 17",
        "title": "Stor julefrokost",
        "text": "Vi dækker op til 80 i Medborgerhuset. 40 kr. Ring til dit sted, hvis du vil med.",
    },
]

DATES = [
    {"day": "26. november", "time": "11.00–13.30", "url": "#"},
    {"day": "10. december", "time": "kl. 12", "note": "Luciaoptog"},
    {"day": "24. december", "cancelled": True, "note": "juleaften"},
    {"day": "7. januar", "time": "11.00–13.30"},
]

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
            "starts": _at(13),
            "ends": _at(15),
            "title": "Åbent træværksted",
            **place,
            "tags": [("free", "Gratis")],
            "is_now": True,
        },
        {
            "starts": _at(15),
            "ends": _at(16),
            "title": "Gåtur med hunde",
            **place,
            "change": {
                "kind": "cancelled",
                "text": "i dag: Vi er for få. Næste gang er mandag den 30. november.",
            },
        },
        {
            "starts": _at(16),
            "ends": _at(17, 30),
            "title": "Samtalegruppe for kvinder",
            **place,
            "tags": [("women", "Kun for kvinder"), ("new", "Ny")],
            "was_time": "14.30",
            "change": {"kind": "moved", "text": "fra kl. 14.30 til kl. 16 i dag. Samme sted."},
        },
        {
            "starts": _at(17, 30),
            "ends": _at(19),
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
            "starts": _at(9),
            "title": "Morgenmad",
            "meta": "Kahytten · Gammel Kaj 3 · gratis",
            "state": "past",
        },
        {
            "starts": _at(13),
            "title": "Åbent træværksted",
            "meta": "Gårdrummet · Nørregade 40 · til kl. 15",
            "state": "on",
        },
        {"now": True},
        {
            "starts": _at(14),
            "title": "Kaffe og kort",
            "meta": "Perlen · Havnegade 12 · gratis",
            "state": "coming",
        },
        {
            "starts": _at(15),
            "title": "Gåtur med hunde",
            "meta": "Perlen · Havnegade 12",
            "state": "cancelled",
            "change": {
                "kind": "cancelled",
                "text": "i dag: Vi er for få. Næste gang er mandag den 30. november.",
            },
        },
        {
            "starts": _at(16),
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
    busy = [
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


def filters() -> list[dict[str, Any]]:
    """Return one group of each type a filter bar knows."""
    return [
        {
            "name": "sted",
            "label": "Sted",
            "type": "checkboxes",
            "options": [
                {"value": "perlen", "label": "Perlen", "selected": True, "count": 12},
                {"value": "kahytten", "label": "Kahytten", "selected": False, "count": 9},
                {"value": "kanten", "label": "Café Kanten", "selected": False, "count": 4},
            ],
        },
        {
            "name": "bydel",
            "label": "Bydel",
            "type": "select",
            "options": [
                {"value": "", "label": "Hele byen", "selected": True},
                {"value": "havn", "label": "Havnekvarteret", "selected": False},
            ],
        },
        {"name": "fra", "label": "Fra", "type": "date", "value": "2026-11-23"},
        {
            "name": "q",
            "label": "Søg efter",
            "type": "text",
            "value": "",
            "placeholder": "mad, musik",
        },
    ]


def hours() -> list[dict[str, Any]]:
    """Return a week of opening hours with a day split in two, an exception and a closed day."""
    plain = [
        {"day": name.capitalize(), "times": ["9.00–16.00"], "notes": ["Personale"]}
        for name in WEEKDAYS[:5]
    ]
    plain[0]["is_today"] = True
    plain[2] = {
        "day": "Onsdag",
        "times": ["9.00–12.00", "14.00–18.00"],
        "notes": ["Personale", "Frivillige"],
    }
    plain[3] = {
        "day": "Torsdag",
        "times": ["9.00–16.00"],
        "notes": ["Personale"],
        "exception": "Lukket den 26. på grund af sygdom",
    }
    return [
        *plain,
        {"day": "Lørdag", "times": []},
        {"day": "Søndag", "times": ["20.00–8.00"], "notes": ["Brugerne selv"]},
    ]
