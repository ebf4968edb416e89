"""Storing an initiative catalogue that has been read and checked."""

from typing import Any

from django.db import transaction

from core.models import ContentVersion
from initiatives.models import GuidingPrinciple, Initiative
from initiatives.taxonomy import Reach


@transaction.atomic
def load_catalogue(data: dict[str, Any], *, official: bool = False) -> int:
    """Store a catalogue that `read_catalogue` has checked, and return how many initiatives.

    Known numbers are updated, new ones added, none deleted: progress hangs on them. `official`
    says that the texts are the municipality's own wording and not our summaries.
    """
    principles = _store_principles(data)
    for order, row in enumerate(data["initiatives"], start=1):
        Initiative.objects.update_or_create(
            number=row["number"],
            defaults={
                "title": row["title_da"],
                "guiding_principle": principles[row["guiding_principle"].get("number")],
                "owner_role": row["owner_role"],
                "start_year_text": row["start_year_text"],
                "start_year_min": row["start_year_min"],
                "start_year_max": row["start_year_max"],
                "time_perspective": row["time_perspective"],
                "problem": row["problem_da"],
                "summary": row["summary_da"],
                "expected_effect": row["expected_effect_da"],
                "requirements": row["requirements"],
                "record": row["record"],
                "record_groups": row.get("record_groups", []),
                "public_heading": row.get("public_heading_da", ""),
                "builds_on": row["builds_on"],
                "reach": row.get("reach", Reach.VENUE),
                "done_rule": row.get("proposed_done_rule_da", ""),
                "order": order,
                "texts_are_summaries": not official,
            },
        )
    ContentVersion.bump()  # headings and labels stand on venues' pages
    return len(data["initiatives"])


def _store_principles(data: dict[str, Any]) -> dict[int | None, GuidingPrinciple]:
    """Return the stored landmarks by number; the cross-cutting group answers to None as well."""
    group = data.get("cross_cutting_group")
    stored: dict[int | None, GuidingPrinciple] = {}
    for row in [*data["guiding_principles"], *([group] if group else [])]:
        stored[row["number"]], _ = GuidingPrinciple.objects.update_or_create(
            number=row["number"],
            defaults={"title": row["title_da"], "cross_cutting": row is group},
        )
    if group:
        stored[None] = stored[group["number"]]
    return stored
