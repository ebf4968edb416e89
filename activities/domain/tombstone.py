"""The calendar entries of something that has been deleted, told once more as cancelled.

Programs that had fetched the entries take them away or strike them out when the same UID comes
back with a higher SEQUENCE and STATUS:CANCELLED (RFC 5546 3.2.5).
"""

import datetime as dt
from collections.abc import Iterator

BEGIN, END = "BEGIN:VEVENT", "END:VEVENT"
# A text that nobody will edit again must not keep an address that may become secret.
LEFT_OUT = ("DESCRIPTION", "LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION")


def cancelled_text(ical: str, *, at: dt.datetime) -> str:
    """Return the VEVENTs of `ical` (CRLF lines) as cancelled at `at` (aware).

    Single changed dates go: their series is cancelled with all it holds. Place and description go
    too. SEQUENCE goes up by two, since a changed date counts one more than its series.
    """
    stamp = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    told: list[str] = []
    event: list[str] = []
    for line in _kept_lines(ical):
        event.append(_cancelled(line, stamp))
        if line == END:
            if not any(part.startswith("RECURRENCE-ID") for part in event):
                told += event
            event = []
    return "".join(f"{line}\r\n" for line in told)


def _kept_lines(ical: str) -> Iterator[str]:
    """Yield the lines of `ical` without the properties left out and their folded rest."""
    leaving = False
    for line in ical.split("\r\n"):
        folded = line.startswith((" ", "\t"))
        leaving = leaving if folded else line.partition(":")[0].partition(";")[0] in LEFT_OUT
        if not leaving:
            yield line


def _cancelled(line: str, stamp: str) -> str:
    name, _, value = line.partition(":")
    if name in {"DTSTAMP", "LAST-MODIFIED"}:
        return f"{name}:{stamp}"
    if name == "SEQUENCE":
        return f"SEQUENCE:{int(value) + 2}"
    return "STATUS:CANCELLED" if name == "STATUS" else line
