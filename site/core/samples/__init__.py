"""What the style guide shows in each component. Invented, and never stored.

All names and numbers are fictional.
"""

from typing import Any

from core.samples.dates import (
    WEEK_DAYS,
    at,
    month_weeks,
    occurrences,
    timeline,
    week_rows,
    week_strip,
)
from core.samples.words import (
    ANSWERS,
    DATES,
    DRAWINGS,
    FACTS,
    ICONS,
    NEEDS,
    NUMBERS,
    PLACES,
    SHARED,
    STEPS,
    WEEKDAYS,
    filters,
    hours,
)


def samples() -> dict[str, Any]:
    """Return the style guide's context: one entry for each component that takes a list."""
    return {
        "now": at(13, 40),
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
