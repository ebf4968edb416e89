"""A year's report as a document: from locked rounds, meetings and figures, in plain words.

What the catalogue does not claim is not claimed here: no score for effect on users, no percentage
for what never ends.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.domain.dates import local_time
from core.models import SiteSettings
from core.wording import date_text, day_month
from initiatives.board_words import LETTERS
from initiatives.domain.comparison import (
    STATUSES,
    Change,
    Row,
    changes,
    counts,
    left_venues,
    new_venues,
    rows_of,
)
from initiatives.domain.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    Series,
    Table,
    Text,
)
from initiatives.domain.rounds import QUESTIONS
from initiatives.domain.snapshot import InitiativeCopy, Snapshot
from initiatives.domain.status import REACHED
from initiatives.report_figures import FigureCopy, figures_of
from initiatives.report_meetings import meeting_blocks
from initiatives.round_taxonomy import RoundAnswer
from initiatives.taxonomy import Status

NO_USER_EFFECT = ("1a", "4a", "5a")  # the catalogue states none (S11)


@dataclass(frozen=True, slots=True)
class Material:
    """All that a report is put together from. `rounds` are the year's locked ones, oldest first."""

    year: int
    edition: int
    foreword: str
    afterword: str
    texts: dict[str, str]
    rounds: tuple[Snapshot, ...]
    before: Snapshot | None
    corrections: tuple[str, ...]
    author: str
    made_at: dt.datetime

    @property
    def made_on(self) -> dt.date:
        """Return the local day the report is made on."""
        return local_time(self.made_at).date()

    @property
    def now(self) -> Snapshot:
        """Return the round that the report's statuses are taken from: the year's last."""
        return self.rounds[-1]


def report_document(material: Material) -> Document:
    """Return the whole report. At least one locked round is needed."""
    site = SiteSettings.objects.first()
    municipality = site.municipality if site else ""
    figures = figures_of(material.year, material.made_at)
    title = _("Yearly report %(year)d") % {"year": material.year}
    if material.edition > 1:
        title += ", " + _("edition %(number)d") % {"number": material.edition}
    blocks = [
        *_words(_("Foreword"), material.foreword),
        *_in_short(material),
        *_initiatives(material, figures),
        *meeting_blocks(material.year),
        *_words(_("What comes next"), material.afterword),
        *_method(material),
    ]
    return Document(
        title=title,
        subtitle=_("Initiatives of the drop-in centres, %(municipality)s")
        % {"municipality": municipality},
        author=material.author,
        made_on=material.made_on,
        blocks=tuple(blocks),
        sheets=(_status_sheet(material), _figure_sheet(figures)),
    )


def _words(heading: str, text: str) -> Iterator[Block]:
    if text.strip():
        yield Heading(2, heading)
        yield Text(text.strip())


def _in_short(material: Material) -> Iterator[Block]:
    rows = {copy.number: _rows(copy, material) for copy in material.now.initiatives}
    everything = [row for of_one in rows.values() for row in of_one]
    yield Heading(2, _("The year in short"))
    yield Text(_reached_text(everything, material), "lead")
    yield Facts(_facts(material))
    yield _chart(material, rows)
    if material.before is None:
        yield Text(
            _("There is no locked round from %(year)d to compare with.")
            % {"year": material.year - 1}
        )
    else:
        yield _change_table(material, rows)
    yield from _venues(material)


def _reached_text(rows: Sequence[Row], material: Material) -> str:
    reached = sum(row.status in REACHED for row in rows)
    text = ngettext(
        "%(reached)d of %(all)d square is implemented or in operation.",
        "%(reached)d of %(all)d squares are implemented or in operation.",
        len(rows),
    ) % {"reached": reached, "all": len(rows)}
    known = [row for row in rows if row.was]
    if material.before is not None and known:
        was = sum(row.was in REACHED for row in known)
        text += " " + _("A year ago it was %(was)d of %(all)d.") % {"was": was, "all": len(known)}
    return text + " " + _("A square is one initiative at one venue, or a joint one.")


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    now = material.now
    standing = [venue for venue in now.venues if not venue.became]
    rounds = [
        _("%(round)s, locked %(day)s: %(answered)d of %(asked)d answered")
        % {
            "round": one.name,
            "day": day_month(one.locked_on, year=True),
            "answered": one.asked - one.missing,
            "asked": one.asked,
        }
        for one in material.rounds
    ]
    return (
        (_("Venues"), str(len(standing))),
        (_("Initiatives"), str(len(now.initiatives))),
        (_("Follow-up"), ". ".join(rounds)),
    )


def _chart(material: Material, rows: dict[str, list[Row]]) -> Chart:
    every = [row for of_one in rows.values() for row in of_one]
    used = [code for code in STATUSES if any(row.status == code for row in every)]
    totals = [
        f"{count} {str(Status(code).label).lower()}"
        for code, count in zip(used, counts(every, used), strict=True)
    ]
    return Chart(
        title=_("Status of each initiative at the end of the year"),
        summary=_("Squares by status, all initiatives together: %(totals)s.")
        % {"totals": ", ".join(totals)},
        unit=_("Initiative"),
        series=tuple(
            Series(code, str(LETTERS[Status(code)]), str(Status(code).label)) for code in used
        ),
        bars=tuple(
            (f"{copy.number} {copy.title}", counts(rows[copy.number], used))
            for copy in material.now.initiatives
        ),
    )


def _change_table(material: Material, rows: dict[str, list[Row]]) -> Table:
    every = [row for of_one in rows.values() for row in of_one]
    used = list(changes(every))
    return Table(
        caption=_("Change since %(year)d, squares") % {"year": material.year - 1},
        columns=(_("Initiative"), *(capfirst(change_text(change)) for change in used)),
        rows=tuple(
            (
                f"{copy.number} {copy.title}",
                *(changes(rows[copy.number]).get(change, 0) for change in used),
            )
            for copy in material.now.initiatives
        ),
    )


def _venues(material: Material) -> Iterator[Block]:
    lines = []
    for name, became in left_venues(material.now, material.before):
        if became:
            words = {"venue": name, "successor": became}
            lines.append(
                _("%(venue)s has become part of %(successor)s; what it answered is kept.") % words
            )
        else:
            lines.append(_("%(venue)s is no longer among the venues.") % {"venue": name})
    lines += [
        _("%(venue)s is new since last year.") % {"venue": name}
        for name in new_venues(material.now, material.before)
    ]
    if lines:
        yield Heading(3, _("Changes among the venues"))
        yield Bullets(tuple(lines))


def _initiatives(material: Material, figures: Sequence[FigureCopy]) -> Iterator[Block]:
    for number, title in material.now.principles.items():
        copies = [copy for copy in material.now.initiatives if copy.principle == number]
        if not copies:
            continue
        yield Heading(2, title)
        for copy in copies:
            yield from _initiative(copy, material, figures)


def _initiative(
    copy: InitiativeCopy, material: Material, figures: Sequence[FigureCopy]
) -> Iterator[Block]:
    yield Heading(3, f"{copy.number} {copy.title}")
    yield Text(copy.summary)
    if copy.is_summary:
        yield Text(_("The words about the initiative are our summary of the catalogue."), "note")
    yield Facts(
        (
            (_("Owner"), copy.owner),
            (_("Start in the action plan"), copy.start_text),
        )
    )
    if copy.continuous:
        yield Text(_("This initiative goes on for good: the goal is that it is in operation."))
    if text := material.texts.get(copy.number, "").strip():
        yield Heading(4, _("What the year brought"))
        yield Text(text)
    yield _status_table(copy, material)
    if table := _answer_table(copy, material):
        yield table
    yield from _figures(copy, [one for one in figures if one.initiative == copy.number])


def _status_table(copy: InitiativeCopy, material: Material) -> Table:
    rows = []
    for row in _rows(copy, material):
        rows.append(
            (
                row.venue or _("All venues together"),
                str(Status(row.status).label),
                str(Status(row.was).label) if row.was else "–",
                capfirst(change_text(row.change)),
                day_month(row.deadline, year=True) if row.deadline else "–",
            )
        )
    return Table(
        caption=_("Status of %(initiative)s by venue") % {"initiative": copy.number},
        columns=(
            _("Venue"),
            _("Status"),
            _("A year ago"),
            pgettext("since last year", "Change"),
            _("Agreed deadline"),
        ),
        rows=tuple(rows),
    )


def _answer_table(copy: InitiativeCopy, material: Material) -> Table | None:
    answers = [
        cell.answers
        for cell in material.now.cells
        if cell.initiative == copy.number and cell.answers
    ]
    if not answers:
        return None
    return Table(
        caption=_("Answers about %(initiative)s in the follow-up") % {"initiative": copy.number},
        columns=(_("Question"), *(str(choice.label) for choice in RoundAnswer)),
        rows=tuple(
            (
                question_text(question),
                *(
                    sum(given[question].choice == choice for given in answers)
                    for choice in RoundAnswer
                ),
            )
            for question in QUESTIONS
        ),
    )


def _figures(copy: InitiativeCopy, figures: Sequence[FigureCopy]) -> Iterator[Block]:
    if not figures:
        return
    yield Table(
        caption=_("Figures about %(initiative)s") % {"initiative": copy.number},
        columns=(_("Figure"), _("Value"), _("Period"), _("How it is made")),
        rows=tuple((one.title, one.value, one.period, one.definition) for one in figures),
    )


def _method(material: Material) -> Iterator[Block]:
    yield Heading(2, _("How the report is made"))
    lines = [
        _("Statuses are those of %(round)s, locked %(day)s.")
        % {"round": material.now.name, "day": date_text(material.now.locked_on)},
        _("The report is a copy of its own: it does not change when somebody corrects a number."),
        _("Nobody is registered: people are anonymous counts, and small ones are left out."),
        _("For %(numbers)s the catalogue states no direct effect for users, so none is shown.")
        % {"numbers": ", ".join(NO_USER_EFFECT)},
    ]
    yield Bullets(tuple(lines))
    if material.corrections:
        yield Heading(3, _("Corrections to the rounds"))
        yield Bullets(material.corrections)


def question_text(question: str) -> str:
    """Return one of a round's three questions in words."""
    return {
        "start": _("Has the work been started?"),
        "development": _("Has it been developed since last time?"),
        "implementation": _("Is it a fixed part of everyday life?"),
    }[question]


def change_text(change: Change) -> str:
    """Return what became of a status since last year, in words."""
    return {
        Change.NEW: _("new"),
        Change.FORWARD: _("further along"),
        Change.BACK: _("less far"),
        Change.SAME: _("the same"),
        Change.PAUSED: _("put on pause"),
        Change.RESUMED: _("taken up again"),
        Change.DROPPED: _("dropped"),
    }[change]


def _status_sheet(material: Material) -> Table:
    rows: list[tuple[str, ...]] = []
    for copy in material.now.initiatives:
        for row in _rows(copy, material):
            rows.append(
                (
                    copy.number,
                    copy.title,
                    material.now.principles[copy.principle],
                    row.venue or _("All venues together"),
                    str(Status(row.status).label),
                    str(Status(row.was).label) if row.was else "",
                    change_text(row.change),
                )
            )
    return Table(
        caption=_("Status"),
        columns=(
            pgettext("of an initiative", "Number"),
            _("Initiative"),
            _("Guiding principle"),
            _("Venue"),
            _("Status"),
            _("A year ago"),
            pgettext("since last year", "Change"),
        ),
        rows=tuple(rows),
    )


def _figure_sheet(figures: Sequence[FigureCopy]) -> Table:
    return Table(
        caption=_("Figures"),
        columns=(_("Initiative"), _("Figure"), _("Value"), _("Period"), _("How it is made")),
        rows=tuple(
            (one.initiative, one.title, one.value, one.period, one.definition) for one in figures
        ),
    )


def _rows(copy: InitiativeCopy, material: Material) -> list[Row]:
    return rows_of(copy, material.now, material.before)
