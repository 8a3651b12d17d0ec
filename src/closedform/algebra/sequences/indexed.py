"""Names of the terms of a sequence: n_i, and n_{i-1} for the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from closedform.later import regex
from closedform.records import record, replace


@record
class SequenceTerm:
    """One term of a sequence of sizes: its name without the index, and how far from the index."""

    stem: str
    shift: int
    primes: str

    @property
    def sequence(self) -> tuple[str, str]:
        """The sequence: its name without an index, and its primes."""
        return self.stem, self.primes

    def at(self, index: str) -> str:
        """The name of the term under another index, or at a number.

        >>> before = SequenceTerm("n", -1, "")
        >>> before.at("j"), before.at("4"), SequenceTerm("n", 1, "").at("-2")
        ('n_j_minus_1', 'n_3', 'n_minus_1')
        """
        sign = "minus" if self.shift < 0 else "plus"
        shift = f"_{sign}_{abs(self.shift)}" if self.shift else ""
        place = place_of(f"{self.stem}_#at{shift}{self.primes}")
        if place and index.lstrip("-").isdecimal():
            return place.moved("#at", index, 0).name
        return f"{self.stem}_{index}{shift}{self.primes}"


@lru_cache(maxsize=1024)
def running(name: str, index: str) -> SequenceTerm | None:
    """How a name runs with an index; ``None`` if it does not.

    >>> running("n_i_minus_1", "i")
    SequenceTerm(stem='n', shift=-1, primes='')
    >>> running("C_in", "n"), running("W_ij", "i")
    (None, None)
    """
    match = _pattern(index).fullmatch(name)
    if match is None:
        return None
    stem, sign, by, primes = match.groups()
    return SequenceTerm(stem, int(by or 0) * (-1 if sign == "minus" else 1), primes)


_PLACED = regex(r"(.+)_([A-Za-z]+)(?:_(?:minus|plus)_[0-9]{1,6})?'*")


def placed(name: str) -> tuple[str, SequenceTerm] | None:
    """A name that may be a term of a sequence at a place with a name of its own.

    >>> placed("n_L_minus_1")
    ('L', SequenceTerm(stem='n', shift=-1, primes=''))
    >>> placed("n_1"), placed("n")
    (None, None)
    """
    match = _PLACED.fullmatch(name)
    term = running(name, match[2]) if match else None
    return (match[2], term) if match and term else None


def is_index(name: str) -> bool:
    """Whether a letter may run from term to term: L is one place, and n_in a size."""
    return len(name) == 1 and name.islower()


@record
class SummedSubscript:
    """A name whose subscript is a sum: n_{L+1-i}, with how often each symbol is added."""

    stem: str
    symbols: tuple[tuple[str, int], ...]
    number: int
    primes: str

    @property
    def name(self) -> str:
        """The name: what is added first, in order, then the number, then what is taken away."""
        ups = [name for name, times in self.symbols for _ in range(times)]
        downs = [name for name, times in self.symbols for _ in range(-times)]
        signed = [("plus", part) for part in ups]
        if self.number or not (ups or downs):
            signed.append(("minus" if self.number < 0 else "plus", str(abs(self.number))))
        signed += [("minus", part) for part in downs]
        spelled = "_".join(f"{sign}_{part}" for sign, part in signed).removeprefix("plus_")
        return f"{self.stem}_{spelled}{self.primes}"

    def moved(self, index: str, to: str, shift: int) -> SummedSubscript:
        """The same with the index at a symbol, or at a number, plus ``shift``."""
        symbols = dict(self.symbols)
        times = symbols.pop(index)
        number = self.number + times * shift
        if to.lstrip("-").isdecimal():
            number += times * int(to)
        else:
            symbols[to] = symbols.get(to, 0) + times
        return SummedSubscript(self.stem, _counted(symbols), number, self.primes)


#: A word, a number, or an index of the canonical form.
_PART = "(?!(?:plus|minus)_)(?:[A-Za-z]+|[0-9]+|#[a-z0-9.]+)"
_SUMMED = regex(rf"(.+?)_((?:minus_)?{_PART}(?:_(?:plus|minus)_{_PART})*)('*)")


@lru_cache(maxsize=1024)
def place_of(name: str) -> SummedSubscript | None:
    """The subscript of a name as a sum; ``None`` if it is none.

    >>> place_of("n_L_minus_i_plus_1").name, place_of("n_2_plus_1").name, place_of("n")
    ('n_L_plus_1_minus_i', 'n_3', None)
    """
    match = _SUMMED.fullmatch(name)
    if match is None:
        return None
    symbols: dict[str, int] = {}
    number, sign = 0, 1
    for part in match[2].split("_"):
        if part in ("plus", "minus"):
            sign = 1 if part == "plus" else -1
        elif part.isdecimal():
            number += sign * int(part)
        else:
            symbols[part] = symbols.get(part, 0) + sign
    return SummedSubscript(match[1], _counted(symbols), number, match[3])


def _counted(symbols: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, times) for name, times in symbols.items() if times))


def term_at(name: str, index: str, to: str, shift: int) -> str | None:
    """The name of the term where the index is a symbol, or a number, plus ``shift``.

    >>> term_at("n_i_minus_1", "i", "L", 1), term_at("n_L_minus_i", "i", "L", -1)
    ('n_L', 'n_1')
    >>> term_at("n_j", "i", "L", 0)
    """
    place = place_of(name)
    if place and index in dict(place.symbols):
        return place.moved(index, to, shift).name
    term = running(name, index)
    return replace(term, shift=term.shift + shift).at(to) if term else None


def ordered(subscript: str) -> str:
    """A spelled subscript with what is added in order: n_{1+i} is n_{i+1}, and n_{2+1} is n_3.

    >>> ordered("1_plus_i"), ordered("L_minus_i_plus_1"), ordered("C_in"), ordered("1_minus_4")
    ('i_plus_1', 'L_plus_1_minus_i', 'C_in', '1_minus_4')
    """
    if "plus" not in subscript and "minus" not in subscript:
        return subscript
    place = place_of(f"x_{subscript}")
    if place is None or place.stem != "x" or (place.number < 0 and not place.symbols):
        return subscript
    return place.name.removeprefix("x_")


def counted_from(name: str, index: str) -> tuple[str, SummedSubscript, int] | None:
    """How a term's place is counted from another one: n_{L-i} from L, downwards.

    The name of the term at the index, the place (a name without the index), and 1 or −1.

    >>> name, place, way = counted_from("n_L_plus_1_minus_i", "i")
    >>> name, place.name, way
    ('n_i', 'n_L_plus_1', -1)
    >>> counted_from("n_i_minus_1", "i")
    """
    place = place_of(name)
    way = dict(place.symbols).get(index) if place else None
    if place is None or way not in (1, -1) or (way == 1 and len(place.symbols) == 1):
        return None
    rest = place.moved(index, "0", 0)
    return f"{place.stem}_{index}{place.primes}", rest, way


@lru_cache(maxsize=64)
def _pattern(index: str) -> re.Pattern[str]:
    return re.compile(rf"(.+)_{re.escape(index)}(?:_(minus|plus)_([0-9]{{1,6}}))?('*)")


#: The name of a sequence, and its primes.
Stem: TypeAlias = tuple[str, str]
#: Where terms stand: how far from a name such as L; from "" for numbers.
Places: TypeAlias = dict[str, set[int]]
_NUMBERED = regex(r"(.+?)_((?:minus_)?\d{1,6})('*)")


def at_number(name: str) -> re.Match[str] | None:
    """A name that is a term at a number: n_3."""
    return _NUMBERED.fullmatch(name)


def terms_of(names: Iterable[str]) -> Mapping[Stem, Places]:
    """Terms such as n_3, n_L and n_{L-1} by their sequence, and where they stand."""
    by_stem: dict[Stem, Places] = {}
    for name in names:
        if place := placed(name):
            index, term = place
            stem, at = term.sequence, (index, term.shift)
        elif number := at_number(name):
            stem, at = (number[1], number[3]), ("", int(number[2].replace("minus_", "-")))
        else:
            continue
        by_stem.setdefault(stem, {}).setdefault(at[0], set()).add(at[1])
    return by_stem


def first_numbered(names: Iterable[str], stem: Stem) -> int | None:
    """The first number at which a term of a sequence stands: 0 where n_0 and n_3 do."""
    return min(terms_of(names).get(stem, {}).get("", ()), default=None)
