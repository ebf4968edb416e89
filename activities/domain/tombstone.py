"""The calendar entries of something that has been deleted, told once more as cancelled.

Programs that had fetched the entries take them away or strike them out when the same UID comes
back with a higher SEQUENCE and STATUS:CANCELLED (RFC 5546 3.2.5).
"""

import datetime as dt

BEGIN, END = "BEGIN:VEVENT", "END:VEVENT"


def cancelled_text(ical: str, *, at: dt.datetime) -> str:
    """Return the VEVENTs of `ical` (CRLF lines) as cancelled at `at` (aware).

    Single changed dates go: their series is cancelled with all it holds. SEQUENCE goes up by two,
    since a changed date counts one more than its series.
    """
    stamp = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    told: list[str] = []
    event: list[str] = []
    for line in ical.split("\r\n"):
        event.append(_cancelled(line, stamp))
        if line == END:
            if not any(part.startswith("RECURRENCE-ID") for part in event):
                told += event
            event = []
    return "".join(f"{line}\r\n" for line in told)


def _cancelled(line: str, stamp: str) -> str:
    name, _, value = line.partition(":")
    if name in {"DTSTAMP", "LAST-MODIFIED"}:
        return f"{name}:{stamp}"
    if name == "SEQUENCE":
        return f"SEQUENCE:{int(value) + 2}"
    return "STATUS:CANCELLED" if name == "STATUS" else line
