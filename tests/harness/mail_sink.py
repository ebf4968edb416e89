"""A mail server for tests: takes everything, or does what a rule says at a step of the dialogue.

In a thread of the test (`running_sink()`), or as a process of its own for measuring:
`python -m tests.harness.mail_sink` prints its port and, told to stop, how many messages came.
"""

import argparse
import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CONNECT, MAIL, RCPT, DATA, BODY, DOT = "connect", "mail", "rcpt", "data", "body", "dot"
DROP = "drop the line"  # nothing is kept
HANG = "say nothing"  # nothing is kept, the line stays open
TAKE_AND_DROP = "take it, then drop the line"
TAKE_AND_HANG = "take it, then say nothing"
NORMAL = {
    CONNECT: "220 sink",
    MAIL: "250 ok",
    RCPT: "250 ok",
    DATA: "354 go on",
    DOT: "250 taken",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it came: envelope and bytes, without the doubled dots."""

    sender: str
    receiver: str
    body: bytes
    connection: int


@dataclass(slots=True)
class Step:
    """Where in the dialogue a connection is; what a rule is asked about."""

    name: str
    receiver: str
    connection: int
    mails: int  # taken on this connection so far


Rule = Callable[[Step], str | None]


@dataclass(slots=True)
class MailSink:
    """What came, and how the server behaves; `rule` returns a reply, an act above, or None."""

    rule: Rule = lambda step: None
    delay: float = 0.0
    pipelining: bool = True
    keep: bool = True
    port: int = 0
    count: int = 0
    connections: int = 0
    mails: list[Mail] = field(default_factory=list)
    dialogues: "list[Dialogue]" = field(default_factory=list)

    def receivers(self) -> list[str]:
        """Return who got something, in order, as often as they got it."""
        return [mail.receiver for mail in self.mails]


class Dialogue(asyncio.Protocol):
    """One connection. Pipelined commands are answered in one go."""

    def __init__(self, sink: MailSink) -> None:
        self.sink = sink
        self.buffer = bytearray()
        self.in_body = False
        self.sender = self.receiver = ""
        self.mails = 0
        self.hanging = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.sink.connections += 1
        self.number = self.sink.connections
        self.sink.dialogues.append(self)
        self.answer(CONNECT)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while not self.hanging and not self.transport.is_closing():
            if not (self.read_body() if self.in_body else self.read_command()):
                return

    def read_body(self) -> bool:
        if self.buffer.startswith(b".\r\n"):
            end, rest = 0, 3
        else:
            end = self.buffer.find(b"\r\n.\r\n")
            if end < 0:
                if self.act(BODY):
                    self.obey(self.act(BODY))
                return False
            end, rest = end + 2, end + 5
        body = bytes(self.buffer[:end])
        del self.buffer[:rest]
        self.in_body = False
        self.finish(body)
        return True

    def finish(self, body: bytes) -> None:
        act = self.act(DOT)
        if act in (None, TAKE_AND_DROP, TAKE_AND_HANG) or str(act).startswith("2"):
            self.mails += 1
            self.sink.count += 1
            if self.sink.keep:
                plain = (b"\r\n" + body).replace(b"\r\n..", b"\r\n.")[2:]
                self.sink.mails.append(Mail(self.sender, self.receiver, plain, self.number))
        self.obey(act, DOT)

    def read_command(self) -> bool:
        end = self.buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self.buffer[:end])
        del self.buffer[: end + 2]
        self.carry_out(line.decode("utf-8", "replace"))
        return True

    def carry_out(self, line: str) -> None:
        word = line[:4].upper()
        if word in ("EHLO", "HELO"):
            more = "250-sink\r\n250-PIPELINING\r\n" if self.sink.pipelining else "250-sink\r\n"
            self.say(f"{more}250 8BITMIME")
        elif word == "MAIL":
            self.sender, self.receiver = _address(line), ""
            self.answer(MAIL)
        elif word == "RCPT":
            wanted = _address(line)
            self.receiver = wanted
            if not self.answer(RCPT):
                self.receiver = ""
        elif word == "DATA" and not self.receiver:
            self.say("503 no receiver")
        elif word == "DATA":
            self.in_body = self.answer(DATA)
        elif word == "QUIT":
            self.say("221 bye")
            self.transport.close()
        else:
            self.say("250 ok")

    def answer(self, name: str) -> bool:
        """Answer as the rule says; return whether it was a yes."""
        act = self.act(name)
        self.obey(act, name)
        return act is None or act[0] in "23"

    def act(self, name: str) -> str | None:
        return self.sink.rule(Step(name, self.receiver, self.number_so_far(), self.mails))

    def number_so_far(self) -> int:
        return getattr(self, "number", 0)

    def obey(self, act: str | None, name: str = "") -> None:
        if act in (DROP, TAKE_AND_DROP):
            self.transport.abort()
        elif act in (HANG, TAKE_AND_HANG):
            self.hanging = True
        else:
            self.say(act or NORMAL[name])
            if act and act.startswith("421"):
                self.transport.close()

    def say(self, words: str) -> None:
        line = f"{words}\r\n".encode()
        if self.sink.delay:
            loop = asyncio.get_running_loop()
            loop.call_later(self.sink.delay, self.transport.write, line)
        else:
            self.transport.write(line)


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


@contextlib.contextmanager
def running_sink(
    rule: Rule = lambda step: None, *, delay: float = 0.0, pipelining: bool = True, port: int = 0
) -> Iterator[MailSink]:
    """Yield a mail server that listens on `sink.port` of this machine."""
    sink = MailSink(rule=rule, delay=delay, pipelining=pipelining)
    started, loop = threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        server = await loop.create_server(lambda: Dialogue(sink), "127.0.0.1", port)
        sink.port = server.sockets[0].getsockname()[1]
        started.set()
        await stop.wait()
        for dialogue in sink.dialogues:
            dialogue.transport.abort()
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0)

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


async def _measure(sink: MailSink) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(lambda: Dialogue(sink), "127.0.0.1", sink.port, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201  (this is its answer)
    async with server:
        await stop.wait()
    print(sink.count, flush=True)  # noqa: T201


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0)
    options = parser.parse_args()
    asyncio.run(_measure(MailSink(port=options.port, delay=options.delay, keep=False)))
