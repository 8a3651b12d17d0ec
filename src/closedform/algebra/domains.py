"""Bounds of single symbols: which numbers a symbol may stand for.

Without a bound a symbol is a positive integer. A bound that is no integer, or 0 < x together with x
≤ 1 or x < 1, makes it a real number; a size that counts, such as M, stays an integer where it may
be 2 or more. Where people write 0 ≤ x ≤ 1, or only x > 0, either may be meant: then a proof must
hold for real numbers, and a counterexample must be an integer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from fractions import Fraction
from math import ceil, floor

from closedform.algebra.sequences.indexed import place_of
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.symbols import is_count, is_scale


@record
class Limit:
    """``name relation value``."""

    name: str
    relation: str
    value: Fraction


@record
class Domain:
    """The numbers from ``low`` (None: as a size is) to ``high`` (None: no end).

    ``open_low``, ``open_high``: the end is left out. ``real``: numbers rather than integers; with
    ``either`` it is not clear which.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = False
    open_high: bool = False
    real: bool = False
    either: bool = False

    @property
    def least(self) -> Fraction:
        """Where it begins: an integer of which nothing is said at 1, another number at 0."""
        return self.low if self.low is not None else Fraction(0 if self.real else 1)

    @property
    def begins(self) -> bool:
        """Whether it is said where it begins, or that it need be no integer."""
        return self.low is not None or self.real


#: The domain of a symbol without a bound.
SIZE = Domain()


def domains(limits: Iterable[Limit], reals: Collection[str] = ()) -> Mapping[str, Domain]:
    """The domain of each symbol that has a bound; ``reals`` are numbers, whatever bounds say.

    Raises:
        ClosedformError: a bound below 0, or bounds that no number meets.
    """
    grouped: dict[str, list[Limit]] = {}
    for limit in limits:
        grouped.setdefault(limit.name, []).append(limit)
    return {name: _domain(name, bounds, name in reals) for name, bounds in grouped.items()}


def _domain(name: str, bounds: list[Limit], is_real: bool) -> Domain:
    lows = [b for b in bounds if b.relation in (">", ">=")]
    highs = [b for b in bounds if b.relation in ("<", "<=")]
    for bound in lows:
        if bound.value < 0:
            raise ClosedformError(
                f"{name} {bound.relation} {bound.value}: a size is never negative",
                f"bound {name} from below by 0 or more",
            )
    # A width multiplier that is at most 1 is none of the integers, which would be 1 alone.
    is_real = is_real or (is_scale(name) and not lows)
    real, either = (True, False) if is_real else _kind(lows, highs)
    low, open_low = max(((b.value, b.relation == ">") for b in lows), default=(None, False))
    upper = min(((b.value, b.relation == "<=") for b in highs), default=None)
    high, open_high = (None, False) if upper is None else (upper[0], not upper[1])
    whole = _whole(low, high, open_low=open_low, open_high=open_high)
    if real and not (is_real or either) and is_count(name):
        real = whole[1] is not None and whole[1] < max(2, whole[0] or 1)
    if not real:
        (low, high), open_low, open_high = whole, False, False
    least = Domain(low, real=real).least
    starts_open = open_low or (real and low is None)
    if high is not None and (high < least or (high == least and (starts_open or open_high))):
        raise ClosedformError(f"no {name} is {_said(lows, highs, least)}", "correct the conditions")
    return Domain(low, high, open_low, open_high, real, either)


def _kind(lows: list[Limit], highs: list[Limit]) -> tuple[bool, bool]:
    """Whether the symbol counts as a real number, and whether an integer may be meant as well."""
    if any(b.value.denominator != 1 for b in (*lows, *highs)):
        return True, False
    from_zero = [b for b in lows if b.value == 0]
    least = max((b.value for b in lows), default=None)
    if not from_zero or least != 0:
        return False, False
    strict = any(b.relation == ">" for b in from_zero)
    top = min(((b.value, b.relation == "<=") for b in highs), default=None)
    if top is not None and top[0] == 1:
        return True, not strict and top[1]
    return strict, strict


def _whole(
    low: Fraction | None, high: Fraction | None, *, open_low: bool, open_high: bool
) -> tuple[Fraction | None, Fraction | None]:
    """The smallest and the largest integer between two ends."""
    least = None if low is None else floor(low) + 1 if open_low else ceil(low)
    most = None if high is None else ceil(high) - 1 if open_high else floor(high)
    return (None if least is None else Fraction(least), None if most is None else Fraction(most))


def _said(lows: list[Limit], highs: list[Limit], least: Fraction) -> str:
    words = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
    parts = [f"{words[b.relation]} {b.value}" for b in (*lows, *highs)]
    return " and ".join(parts if lows else [f"at least {least}", *parts])


# -- what is known of values ----------------------------------------------------------------------


@record
class Known:
    """What is known of a generator's values.

    ``integer``: all are integers. ``nonnegative``: none is below 0. ``least``: none is below this
    integer (0 where nothing better is known, or where the generator may be negative). ``above``:
    none is ``least`` itself. ``multiple``: each is a multiple of this integer.
    """

    integer: bool = True
    nonnegative: bool = True
    least: int = 0
    above: bool = False
    multiple: int = 1


def known_of(name: str, domains: Mapping[str, Domain], sequences: Set[str] = frozenset()) -> Known:
    """What the conditions say of a symbol: its kind, and its smallest value.

    ``sequences`` are summed: their terms without a condition of their own are as any term may be.
    """
    domain = domains.get(name, SIZE)
    term = place_of(name) if "_" in name and not domain.begins else None
    if term and ("_#" in name or term.stem in sequences):
        return _of_any_term(term.stem, domains)
    if not domain.real:
        return Known(least=ceil(domain.least))
    least = floor(domain.least)
    # A number with an upper bound alone is above 0.
    above = domain.low is None or domain.open_low or least != domain.least
    return Known(integer=False, least=least, above=above)


def _of_any_term(stem: str, domains: Mapping[str, Domain]) -> Known:
    """What is known of n_i in a sum over i: what the conditions leave to every term of n."""
    told = (name for name, domain in domains.items() if domain.begins)
    terms = {other for other in told if (at := place_of(other)) and at.stem == stem}
    facts = [Known(least=1), *(known_of(other, domains) for other in terms)]
    least = min(known.least for known in facts)
    return Known(integer=all(known.integer for known in facts), least=least)
