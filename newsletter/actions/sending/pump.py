"""One worker at work: a place at the relay, a kept line, lot after lot, until its time is up.

    take what may go now → lease 100 → per reader: write, offer, gate, dot, note

Whatever happens to the process, each message is in one of three places: not begun (queued), not
past the gate (freed when the lease is over), or past it (listed as doubt).
"""

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

from django.conf import settings

from core.models import ContentVersion
from newsletter.actions.sending import settle
from newsletter.actions.sending.bounces import note_refusal
from newsletter.actions.sending.durability import new_lease, quickly
from newsletter.actions.sending.gate import Gate
from newsletter.actions.sending.lease import (
    give_back,
    keep_place,
    lease_lot,
    leave_place,
    put_back,
    take_allowance,
    take_place,
)
from newsletter.actions.sending.letters import Letters, Lot, make_lot
from newsletter.actions.sending.trouble import forget_setbacks, note_setback, pause_for_trouble
from newsletter.domain.headers import Reader
from newsletter.domain.quoted import MimeError
from newsletter.domain.sending import RETRY_AFTER, SILENCES_UNTIL_PAUSE, Answer
from newsletter.models import Delivery, Dispatch, Subscriber
from newsletter.sending_taxonomy import DispatchState, Reason, StoppedWhy
from newsletter.transport import Line, LineLost, Offer, Refused, RelayAway

log = logging.getLogger(__name__)

LOT = 100
SECONDS = 25.0
DOT_WITHIN = 10.0  # a worker that slept longer at the gate takes its message back
NAP = 0.25
RELAY = "relay"


class Stop(Exception):
    """This run is over: the relay is away, or the dispatch stands still."""


class Outdated(Exception):
    """Something public has changed: what is left of this lot is written anew."""


class Pump:
    """Sends what is ready. `clock` gives the time (aware), `stopping` says to come to an end."""

    def __init__(
        self,
        *,
        clock: Callable[[], dt.datetime],
        open_line: Callable[[], Line],
        stopping: Callable[[], bool] = lambda: False,
        seconds: float = SECONDS,
    ) -> None:
        self._clock = clock
        self._open_line = open_line
        self._stopping = stopping
        self._ends = time.monotonic() + seconds
        self._holder = uuid4()
        self._line: Line | None = None
        self._letters = Letters()
        self._silences = 0
        self._gate: tuple[tuple[UUID, int], Gate] | None = None

    def run(self) -> int:
        """Send until nothing is ready, the time is up or something stops it; return how many."""
        if take_place(self._holder, places=settings.NEWSLETTER_LINES, now=self._clock()) is None:
            return 0
        sent = 0
        try:
            with quickly():
                while self._may_go_on() and (taken := self._next_lot()) is not None:
                    sent += taken
        except Stop:
            pass
        except BaseException:
            self._hang_up()  # no QUIT: in the middle of a message it would be part of it
            raise
        finally:
            if self._line is not None:
                self._line.close()
            leave_place(self._holder)
        return sent

    def _may_go_on(self) -> bool:
        return not self._stopping() and time.monotonic() < self._ends

    def _next_lot(self) -> int | None:
        """Send one lot; return how many were taken, or None when nothing is ready."""
        now = self._clock()
        if not keep_place(self._holder, now=now):
            return None
        dispatch = Dispatch.objects.ready(now).select_related("topic").first()
        if dispatch is None:
            return None
        allowed = self._allowed(LOT)
        if not allowed:
            return 0
        lease = new_lease()
        try:
            rows = lease_lot(dispatch, lease, size=allowed, now=now)
            give_back(RELAY, allowed - len(rows), per_minute=settings.NEWSLETTER_PER_MINUTE)
            if not rows:
                time.sleep(NAP)  # another worker has just taken them
                return 0
            kept = self._letters.letter(dispatch, now=now)
            return self._send_lot(make_lot(dispatch, lease, rows, kept))
        finally:
            put_back(lease)

    def _allowed(self, wanted: int) -> int:
        """Return how many messages may go to the relay now; naps when there are none."""
        taken = take_allowance(
            RELAY, wanted, per_minute=settings.NEWSLETTER_PER_MINUTE, now=self._clock()
        )
        if not taken:
            time.sleep(NAP)
        return taken

    def _send_lot(self, lot: Lot) -> int:
        gate = self._gate_of(lot)
        sent = 0
        with suppress(Outdated):
            for row in self._within_domains(lot):
                if not self._may_go_on():
                    break
                sent += self._send(lot, gate, row)
        return sent

    def _gate_of(self, lot: Lot) -> Gate:
        name = (lot.dispatch.pk, lot.version)
        if self._gate is None or self._gate[0] != name:
            patience = dt.timedelta(seconds=settings.NEWSLETTER_ANSWER_SECONDS + 40)
            self._gate = name, Gate(lot.dispatch, version=lot.version, patience=patience)
        return self._gate[1]

    def _within_domains(self, lot: Lot) -> list[Delivery]:
        """Return the rows whose mail domain takes more now; the others wait their turn."""
        limits = settings.NEWSLETTER_DOMAINS_PER_MINUTE
        if not limits:
            return list(lot.rows)
        domains = {row.pk: domain_of(lot.readers.get(row.subscriber_id)) for row in lot.rows}
        wanted = Counter(domain for domain in domains.values() if domain in limits)
        now = self._clock()
        left = {
            domain: take_allowance(domain, number, per_minute=limits[domain], now=now)
            for domain, number in wanted.items()
        }
        chosen, waiting = [], []
        for row in lot.rows:
            domain = domains[row.pk]
            if domain not in left:
                chosen.append(row)
            elif left[domain] > 0:
                left[domain] -= 1
                chosen.append(row)
            else:
                waiting.append(row.pk)
        put_back(lot.lease, only=waiting, not_before=now + dt.timedelta(seconds=5))
        return chosen

    def _send(self, lot: Lot, gate: Gate, row: Delivery) -> int:
        """Send one message; return 1 when the relay took it. Raises Stop when it is no use."""
        offer = self._write(lot, row)
        if offer is None:
            return 0
        try:
            line = self._offer(offer)
        except Refused as refusal:
            self._take_refusal(lot, row, refusal.answer)
            return 0
        except (RelayAway, LineLost) as trouble:
            self._lose(lot, row, trouble)
            return 0
        return self._commit(lot, gate, row, line)

    def _write(self, lot: Lot, row: Delivery) -> Offer | None:
        now = self._clock()
        try:
            offer = lot.offer(row)
        except KeyError:
            settle.skip(row, Reason.LEFT, now=now)
        except MimeError as error:
            log.info("A message could not be addressed: %s", row.pk)
            settle.fail(row, Reason.BROKEN, Answer(0, error.code), now=now)
        else:
            if offer is None:
                settle.skip(row, Reason.EMPTY, now=now)
            return offer
        return None

    def _offer(self, offer: Offer) -> Line:
        """Bring the message over; on a line that has served before, a broken one is replaced."""
        line = self._line
        if line is not None:
            try:
                line.offer(offer)
            except (RelayAway, LineLost):
                served = line.used > 0
                self._hang_up()
                if not served:
                    raise
            else:
                return line
        self._line = line = self._open_line()
        line.offer(offer)
        return line

    def _commit(self, lot: Lot, gate: Gate, row: Delivery, line: Line) -> int:
        opened = time.monotonic()
        if not gate.open(row, now=self._clock()):
            self._hang_up()
            self._explain(lot, row)
            return 0
        if time.monotonic() - opened > DOT_WITHIN:
            self._hang_up()
            settle.take_back(row)
            return 0
        try:
            line.commit()
        except Refused as refusal:
            self._take_refusal(lot, row, refusal.answer)
        except RelayAway as trouble:
            settle.take_back(row, not_before=self._clock() + RETRY_AFTER[0])
            self._stop_over(lot, trouble)
        except LineLost as lost:
            settle.doubt(row, now=self._clock(), text=str(lost))
            self._fall_silent(lot, lost)
        else:
            gate.note_sent(row, now=self._clock())
            self._be_well(lot)
            return 1
        return 0

    def _explain(self, lot: Lot, row: Delivery) -> None:
        """The gate was shut: settle the reader who left; stop when the dispatch stands."""
        now = self._clock()
        sending = Dispatch.objects.filter(pk=lot.dispatch.pk, state=DispatchState.SENDING)
        if not sending.exists():
            raise Stop
        if ContentVersion.current()[0] != lot.version:
            raise Outdated
        receiving = Subscriber.objects.receiving(lot.dispatch.topic, now)
        if not receiving.filter(pk=row.subscriber_id).exists():
            paused = Subscriber.objects.filter(pk=row.subscriber_id, paused_until__gt=now)
            settle.skip(row, Reason.PAUSED if paused.exists() else Reason.LEFT, now=now)

    def _take_refusal(self, lot: Lot, row: Delivery, answer: Answer) -> None:
        now = self._clock()
        settle.take_refusal(row, lot.dispatch, answer, now=now)
        note_refusal(row, answer, now=now)
        if answer.code == settle.CLOSING:
            self._hang_up()
        self._count_setback(lot, StoppedWhy.RELAY)

    def _lose(self, lot: Lot, row: Delivery, trouble: RelayAway | LineLost) -> None:
        """Before the gate: nothing was sent. The reader is asked again, the relay left to rest."""
        if isinstance(trouble, LineLost):
            settle.try_later(row, lot.dispatch, Answer(0, str(trouble)), now=self._clock())
        self._stop_over(lot, trouble)

    def _stop_over(self, lot: Lot, trouble: RelayAway | LineLost) -> None:
        self._hang_up()
        log.warning("The relay is away: %s", trouble)
        note_setback(lot.dispatch.pk, now=self._clock(), rest=True, why=StoppedWhy.RELAY)
        raise Stop

    def _fall_silent(self, lot: Lot, lost: LineLost) -> None:
        """No answer after the dot. A relay that is silent again and again makes doubles: stop."""
        self._hang_up()
        self._silences += 1
        log.warning("No answer after a message: %s", lost)
        if self._silences >= SILENCES_UNTIL_PAUSE:
            pause_for_trouble(lot.dispatch.pk, StoppedWhy.SILENT, now=self._clock())
            raise Stop
        self._count_setback(lot, StoppedWhy.SILENT)

    def _count_setback(self, lot: Lot, why: StoppedWhy) -> None:
        lot.dispatch.setbacks += 1
        if note_setback(lot.dispatch.pk, now=self._clock(), rest=False, why=why):
            raise Stop

    def _be_well(self, lot: Lot) -> None:
        if self._silences or lot.dispatch.setbacks:
            self._silences = lot.dispatch.setbacks = 0
            forget_setbacks(lot.dispatch.pk)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.drop()
            self._line = None


def domain_of(reader: Reader | None) -> str:
    """Return the mail domain of a reader in small letters, "" for one who is gone."""
    return reader.address.rpartition("@")[2].lower() if reader else ""


def is_ready(now: dt.datetime) -> bool:
    """Whether there is anything to send."""
    return Dispatch.objects.ready(now).exists()
