"""Names of the terms of a sequence: n_i, and n_{i-1} for the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


@dataclass(frozen=True)
class Term:
    """One term of a sequence of sizes: its name without the index, and how far from the index."""

    stem: str
    shift: int
    primes: str

    def at(self, index: str) -> str:
        """The name of the term under another index, or at a number.

        >>> Term("n", -1, "").at("j"), Term("n", -1, "").at("4"), Term("n", -1, "").at("0")
        ('n_j_minus_1', 'n_3', 'n_minus_1')
        """
        if index.isdecimal():
            place = int(index) + self.shift
            return f"{self.stem}_{place if place >= 0 else f'minus_{-place}'}{self.primes}"
        sign = "minus" if self.shift < 0 else "plus"
        shift = f"_{sign}_{abs(self.shift)}" if self.shift else ""
        return f"{self.stem}_{index}{shift}{self.primes}"


@lru_cache(maxsize=1024)
def running(name: str, index: str) -> Term | None:
    """How a name runs with an index; ``None`` if it does not.

    >>> running("n_i_minus_1", "i")
    Term(stem='n', shift=-1, primes='')
    >>> running("C_in", "n"), running("W_ij", "i")
    (None, None)
    """
    found = _pattern(index).fullmatch(name)
    if found is None:
        return None
    stem, sign, by, primes = found.groups()
    return Term(stem, int(by or 0) * (-1 if sign == "minus" else 1), primes)


_PLACED = re.compile(r"(.+)_([A-Za-z]+)(?:_(?:minus|plus)_[0-9]{1,6})?'*")


def placed(name: str) -> tuple[str, Term] | None:
    """A name that may be a term of a sequence at a place with a name of its own.

    >>> placed("n_L_minus_1")
    ('L', Term(stem='n', shift=-1, primes=''))
    >>> placed("n_1"), placed("n")
    (None, None)
    """
    found = _PLACED.fullmatch(name)
    term = running(name, found[2]) if found else None
    return (found[2], term) if found and term else None


class Counted(NamedTuple):
    """A term whose place is counted from another one: ``name`` is the term at the index alone."""

    name: str
    origin: str
    shift: int
    sign: str


_FROM = re.compile(r"(.+?)_([A-Za-z]+|[0-9]+)(?:_(minus|plus)_([0-9]{1,6}))?_(minus|plus)")


def counted_from(name: str, index: str) -> Counted | None:
    """How a term's place is counted from another one: n_{L-i} from L, n_{L+1-i} from L + 1, down.

    >>> counted_from("n_L_plus_1_minus_i", "i")
    Counted(name='n_i', origin='L', shift=1, sign='minus')
    """
    term = running(name, index)
    found = _FROM.fullmatch(term.stem) if term else None
    if found is None or term is None:
        return None
    stem, origin, up, by, sign = found.groups()
    shift = int(by or 0) * (-1 if up == "minus" else 1) + term.shift
    return Counted(f"{stem}_{index}{term.primes}", origin, shift, sign)


@lru_cache(maxsize=64)
def _pattern(index: str) -> re.Pattern[str]:
    return re.compile(rf"(.+)_{re.escape(index)}(?:_(minus|plus)_([0-9]{{1,6}}))?('*)")
