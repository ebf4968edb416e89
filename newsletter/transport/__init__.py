"""How a message leaves the house. One protocol, three lines: SMTP, an HTTP service, our own outbox.

A line takes a message in two steps, so that the gate can stand between them: `offer` brings over
all that can be taken back, `commit` the one thing that cannot.
"""

from newsletter.transport.line import Line, LineLost, Offer, Refused, RelayAway
from newsletter.transport.opening import open_line

__all__ = ["Line", "LineLost", "Offer", "Refused", "RelayAway", "open_line"]
