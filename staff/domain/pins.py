"""PINs and codes of shared devices: which PINs are too easy, how long a wrong one costs, codes.

A device stands in a room that many people use. Its PIN is short, so the number of guesses is what
protects it; the code that lets it in is typed from one screen onto another, so it has no letter
that looks like a number.
"""

import datetime as dt
import itertools

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32: five bits each
CODE_LENGTH = 8  # 40 bits, for a quarter of an hour
GROUP = 4

FREE_GUESSES = 2
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)

LENGTHS = range(4, 7)


def pin_problem(pin: str) -> str:
    """Return what is wrong with a new PIN: `digits`, `easy`, or "" when it will do."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in LENGTHS):
        return "digits"
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return "easy" if len(steps) == 1 and steps <= {-1, 0, 1} else ""


def wait_after(wrong: int) -> dt.timedelta:
    """Return how long nobody may try after `wrong` wrong PINs in a row: none, then doubling."""
    if wrong <= FREE_GUESSES:
        return dt.timedelta(0)
    doubled: int = 2 ** (wrong - FREE_GUESSES - 1)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def shown_code(code: str) -> str:
    """Return a code as people read it: `K7PM-4XQD`."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def typed_code(text: str) -> str:
    """Return the code somebody typed: capitals, without blanks and dashes."""
    return "".join(letter for letter in text.upper() if letter in CODE_LETTERS)
