"""The step before a page is published: what a citizen would misunderstand, asked about once.

An app offers the checks of its pages when it is ready. Whoever publishes asks `unanswered` first:
an error stops, a warning is answered by `publish_anyway`, which writes it into the page's history,
and is not asked again. What is no page of ours, and what nobody offered checks for, has none.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from core.domain.findings import Finding, Weight, errors_in, open_warnings

PUBLISHED_ANYWAY = "fristed.published_anyway"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what a citizen would think, and what the editor can do about it."""

    finding: Finding
    text: str
    advice: str = ""

    @property
    def stops(self) -> bool:
        """Whether the page cannot be published before it is mended."""
        return self.finding.weight is Weight.ERROR


# Takes a page as somebody wrote it, saved or not, and the aware moment at which it is to be seen.
Checks = Callable[[Any, dt.datetime], list[Told]]

_offered: dict[type[Page], Checks] = {}


def offer_checks(model: type[Page], checks: Checks) -> None:
    """Have pages of this kind checked before they are published. From `AppConfig.ready`."""
    _offered[model] = checks


def checked_models() -> list[type[Page]]:
    """Return the kinds of page that are checked."""
    return list(_offered)


def told_of(page: Page, *, now: dt.datetime) -> list[Told]:
    """Return all there is to say of a page as it stands in memory, answered or not.

    `now` is aware. A page that goes on the site later is held against that moment.
    """
    checks = _offered.get(type(page))
    if checks is None:
        return []
    return checks(page, max(now, page.go_live_at) if page.go_live_at else now)


def unanswered(page: Page, *, now: dt.datetime) -> list[Told]:
    """Return what must be mended or answered before `page` is published: errors, then warnings."""
    told = {one.finding.key: one for one in told_of(page, now=now)}
    if not told:
        return []
    findings = [one.finding for one in told.values()]
    asked = [*errors_in(findings), *open_warnings(findings, answered_keys(page))]
    return [told[finding.key] for finding in asked]


def answered_keys(page: Page) -> set[str]:
    """Return the keys of the warnings that somebody has answered with "publish anyway"."""
    if page.pk is None:
        return set()
    rows = PageLogEntry.objects.filter(page=page.pk, action=PUBLISHED_ANYWAY)
    return {key for data in rows.values_list("data", flat=True) for key in data.get("keys", ())}


def publish_anyway(page: Page, told: Iterable[Told], *, by: Any) -> None:
    """Note in the page's history that somebody was told and publishes anyway.

    Publishes nothing itself. Raises ValueError where an error is among what was told: that is
    mended, not answered.
    """
    answered = list(told)
    if any(one.stops for one in answered):
        raise ValueError("an error cannot be answered")
    if answered:
        data = {
            "keys": [one.finding.key for one in answered],
            "texts": [one.text for one in answered],
        }
        log(instance=page, action=PUBLISHED_ANYWAY, user=by, data=data)
