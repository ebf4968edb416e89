"""SMTP (RFC 5321) with pipelining (RFC 2920), and a stop before the final dot.

smtplib opens the session and reads replies; the transaction is our own, because everything hangs
on one point: a message whose dot was never sent is discarded by the server (RFC 5321, 4.1.1.10).
"""

import contextlib
import smtplib
import socket
import ssl
from dataclasses import dataclass

from newsletter.domain.sending import Answer, without_addresses
from newsletter.transport.line import LineLost, Offer, Refused, RelayAway

STEP_SECONDS = 10.0
CLOSING = 421
DOT = b".\r\n"


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server and how to speak to it; `answer_seconds` is the wait after the dot."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    answer_seconds: float = 20.0
    own_name: str = "localhost"


class SmtpLine:
    """One session with the relay. Needs two round trips a message where the relay pipelines."""

    def __init__(self, relay: Relay) -> None:
        self.used = 0
        self._relay = relay
        self._unclean = False  # the last transaction was refused and is still open
        try:
            self._smtp = _session(relay)
        except smtplib.SMTPResponseException as error:
            raise RelayAway(_answer(error.smtp_code, error.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise RelayAway(Answer(0, _words(error))) from None
        self._pipelines = self._smtp.has_extn("pipelining")
        sock = self._smtp.sock
        if sock is None:
            raise RelayAway(Answer(0, "no connection"))
        # Else the lone dot waits for the receipt of what went before it.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket: socket.socket = sock

    def offer(self, offer: Offer) -> None:
        commands = [
            b"RSET\r\n" if self._unclean else b"",
            b"MAIL FROM:<%s>\r\n" % offer.sender.encode("ascii"),
            b"RCPT TO:<%s>\r\n" % offer.receiver.encode("ascii"),
            b"DATA\r\n",
        ]
        self._wait_at_most(STEP_SECONDS)
        speak = self._pipelined if self._pipelines else self._by_turns
        mail, rcpt, data = speak(commands)
        self._unclean = data.code != 354
        if rcpt.code // 100 != 2 or mail.code // 100 != 2 or data.code != 354:
            self._refuse(mail, rcpt, data)
        try:
            self._socket.sendall(_stuffed(offer.message))
        except OSError as error:
            raise self._lost(error) from None

    def commit(self) -> Answer:
        self._wait_at_most(self._relay.answer_seconds)
        try:
            self._socket.sendall(DOT)
        except OSError as error:
            raise self._lost(error) from None
        answer = self._reply()
        if answer.code // 100 == 2:
            self.used += 1
            return answer
        if answer.code // 100 not in (4, 5):
            self.drop()
            raise LineLost(f"the answer was {answer.code}")
        raise Refused(answer)

    def drop(self) -> None:
        """Close without QUIT and without the dot; what the server has of a message is void."""
        with contextlib.suppress(OSError):
            self._socket.close()
        self._smtp.close()

    def close(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._socket.settimeout(2.0)
            self._smtp.quit()
        self.drop()

    def _wait_at_most(self, seconds: float) -> None:
        try:
            self._socket.settimeout(seconds)
        except OSError as error:
            raise self._lost(error) from None

    def _pipelined(self, commands: list[bytes]) -> tuple[Answer, Answer, Answer]:
        try:
            self._socket.sendall(b"".join(commands))
        except OSError as error:
            raise self._lost(error) from None
        if commands[0]:
            self._reply()
        answers: list[Answer] = []
        while len(answers) < 3 and CLOSING not in [answer.code for answer in answers]:
            answers.append(self._reply())
        return _three(answers)

    def _by_turns(self, commands: list[bytes]) -> tuple[Answer, Answer, Answer]:
        answers: list[Answer] = []
        for command in filter(None, commands):
            try:
                self._socket.sendall(command)
            except OSError as error:
                raise self._lost(error) from None
            answer = self._reply()
            if command.startswith(b"RSET"):
                continue
            answers.append(answer)
            if answer.code // 100 not in (2, 3):
                break
        return _three(answers)

    def _refuse(self, mail: Answer, rcpt: Answer, data: Answer) -> None:
        """Raise what the replies mean. A server that waits for a body without a receiver gets none.

        MAIL and the first word of DATA are about us; only RCPT is about the reader.
        """
        if data.code == 354:
            self.drop()
        if CLOSING in (mail.code, rcpt.code, data.code) or mail.code // 100 != 2:
            raise RelayAway(mail if mail.code // 100 != 2 else Answer(CLOSING, rcpt.text))
        if rcpt.code // 100 in (4, 5):
            raise Refused(rcpt)
        if data.code // 100 == 5:
            raise Refused(data)
        raise RelayAway(data)

    def _reply(self) -> Answer:
        try:
            return _answer(*self._smtp.getreply())
        except smtplib.SMTPServerDisconnected as error:
            raise self._lost(error, silent="timed out" in str(error)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise self._lost(error) from None

    def _lost(self, error: Exception, *, silent: bool = False) -> LineLost:
        self.drop()
        return LineLost(_words(error), silent=silent)


def _session(relay: Relay) -> smtplib.SMTP:
    place = (relay.host, relay.port, relay.own_name)
    smtp: smtplib.SMTP
    if relay.tls:
        context = ssl.create_default_context()
        smtp = smtplib.SMTP_SSL(*place, timeout=STEP_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(*place, timeout=STEP_SECONDS)
    try:
        smtp.ehlo_or_helo_if_needed()
        if relay.starttls:
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if relay.user:
            smtp.login(relay.user, relay.password)
    except (smtplib.SMTPException, OSError):
        smtp.close()
        raise
    return smtp


def _three(answers: list[Answer]) -> tuple[Answer, Answer, Answer]:
    """Return the answers to MAIL, RCPT and DATA, also where the dialogue ended before."""
    missing = Answer(503, "not asked")
    mail, rcpt, data = [*answers, missing, missing, missing][:3]
    return mail, rcpt, data


def _stuffed(message: bytes) -> bytes:
    """Return the message with a dot doubled that begins a line, ending with a line of its own."""
    if message.startswith(b".") or b"\n." in message:
        message = (b"\n" + message).replace(b"\n.", b"\n..")[1:]
    return message if message.endswith(b"\r\n") else message + b"\r\n"


def _answer(code: int, text: bytes | str) -> Answer:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Answer(code, without_addresses(words))


def _words(error: Exception) -> str:
    return without_addresses(str(error)) or type(error).__name__
