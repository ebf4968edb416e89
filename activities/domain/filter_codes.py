"""A filter as a short code, and back: what stands in `/kalender/<code>.ics`.

The code says everything itself, so that nobody's choice is ever stored, and one filter has one
code. Two letters at its end are worked out from the rest: a slip of the finger is no filter.
The format is told in docs/adr/0013-short-addresses-of-filters.md; addresses live for years, so a
new one gets a seed of its own and this one stays readable.
"""

import zlib
from dataclasses import dataclass
from itertools import pairwise

# No i, l and o, which are read as digits; no g, which marks Google's variant of a calendar.
ALPHABET = "0123456789abcdefhjkmnpqrstuvwxyz"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
SEED = b"fristed-1:"
CHECK_LETTERS = 2
LONGEST_CODE = 400
MOST_IDS = 100
FREE = 1 << 4
KINDS_SHIFT = 5  # three bits: fixed, varying, shared
WORDS = 1 << 8


class CodeError(ValueError):
    """The code is none of ours: mistyped, cut short, or made up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter in numbers. Ids are positive or 0, sorted, and once each; none means all."""

    venues: tuple[int, ...] = ()
    types: tuple[int, ...] = ()
    districts: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    kinds: int = 0  # bits: 1 fixed, 2 varying, 4 shared
    free: bool = False
    words: str = ""


def encode(choice: Choice) -> str:
    """Return the code of a choice: lower-case letters and digits, the same every time.

    Raises ValueError when ids are not sorted or not once each, or there are more than 100.
    """
    lists = (choice.venues, choice.types, choice.districts, choice.groups)
    flags = sum(1 << place for place, ids in enumerate(lists) if ids)
    flags |= FREE * choice.free | choice.kinds << KINDS_SHIFT | WORDS * bool(choice.words)
    letters = _number(flags) + "".join(_ids(ids) for ids in lists if ids)
    if choice.words:
        letters += _text(choice.words)
    return letters + _check(letters)


def decode(code: str) -> Choice:
    """Return the choice that a code stands for. Raises CodeError when it is not one of ours."""
    letters, check = code[:-CHECK_LETTERS], code[-CHECK_LETTERS:]
    if len(code) > LONGEST_CODE or not letters or not VALUES.keys() >= set(code):
        raise CodeError(code)
    if _check(letters) != check:
        raise CodeError(code)
    choice = _Reader(letters).choice()
    if encode(choice) != code:  # longer than it need be
        raise CodeError(code)
    return choice


def _number(number: int) -> str:
    """Four bits a letter, lowest first; the fifth bit says that more follow."""
    letters = ""
    while number > 15:
        letters += ALPHABET[number & 15 | 16]
        number >>= 4
    return letters + ALPHABET[number]


def _ids(ids: tuple[int, ...]) -> str:
    """How many, then the first, then how far it is to each next one."""
    if list(ids) != sorted(set(ids)) or len(ids) > MOST_IDS or ids[0] < 0:
        raise ValueError(ids)
    steps = [later - earlier for earlier, later in pairwise(ids)]
    return "".join(_number(number) for number in (len(ids), ids[0], *steps))


def _text(words: str) -> str:
    """How many octets, then their bits, five to a letter."""
    octets = words.encode()
    count = _letters_for(len(octets))
    bits = int.from_bytes(octets) << (5 * count - 8 * len(octets))
    body = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(count)))
    return _number(len(octets)) + body


def _letters_for(octets: int) -> int:
    return -(-8 * octets // 5)


def _check(letters: str) -> str:
    found = zlib.crc32(SEED + letters.encode())
    return "".join(ALPHABET[found >> 5 * place & 31] for place in range(CHECK_LETTERS))


class _Reader:
    """Reads the letters of a code from the left."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self.place = 0

    def choice(self) -> Choice:
        flags = self._number()
        venues, types, districts, groups = (
            self._ids() if flags & 1 << place else () for place in range(4)
        )
        words = self._text() if flags & WORDS else ""
        if self.place != len(self.letters) or flags >= WORDS << 1:
            raise CodeError(self.letters)
        return Choice(
            venues=venues,
            types=types,
            districts=districts,
            groups=groups,
            kinds=flags >> KINDS_SHIFT & 7,
            free=bool(flags & FREE),
            words=words,
        )

    def _take(self) -> int:
        if self.place >= len(self.letters):
            raise CodeError(self.letters)
        self.place += 1
        return VALUES[self.letters[self.place - 1]]

    def _number(self) -> int:
        number, shift = 0, 0
        while True:
            value = self._take()
            number |= (value & 15) << shift
            shift += 4
            if value < 16:
                return number
            if shift > 60:
                raise CodeError(self.letters)

    def _ids(self) -> tuple[int, ...]:
        count = self._number()
        if not 0 < count <= MOST_IDS:
            raise CodeError(self.letters)
        ids = [self._number()]
        for _ in range(count - 1):
            step = self._number()
            if not step:
                raise CodeError(self.letters)
            ids.append(ids[-1] + step)
        return tuple(ids)

    def _text(self) -> str:
        octets = self._number()
        count = _letters_for(octets)
        if count > len(self.letters) - self.place:
            raise CodeError(self.letters)
        bits = 0
        for _ in range(count):
            bits = bits << 5 | self._take()
        spare = 5 * count - 8 * octets
        try:
            return (bits >> spare).to_bytes(octets).decode()
        except UnicodeDecodeError as error:
            raise CodeError(self.letters) from error
