"""What is known of the values of a symbol or an atom."""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction

from closedform.algebra.indexed import place_of
from closedform.records import record


@record
class Known:
    """What is known of a generator's values.

    ``integer``: all are integers. ``nonnegative``: none is below 0. ``least``: none is below this
    integer (0 where nothing better is known, or where the generator may be negative). ``above``:
    none is ``least`` itself.
    """

    integer: bool = True
    nonnegative: bool = True
    least: int = 0
    above: bool = False


#: What is known of a symbol without a condition: it is a positive integer.
SIZE = Known(least=1)


def known_of(
    name: str,
    reals: Set[str],
    lower: Mapping[str, int | Fraction],
    open_low: Set[str],
    sequences: Set[str] = frozenset(),
) -> Known:
    """What the conditions say of a symbol: its kind, and its smallest value.

    ``sequences`` are summed: their terms without a condition of their own are as any term may be.
    """
    term = place_of(name) if "_" in name and name not in lower and name not in reals else None
    if term and ("_#" in name or term.stem in sequences):
        return _of_any_term(term.stem, reals, lower, open_low)
    if name not in reals:
        if name not in lower:
            return SIZE
        least = lower[name]
        return Known(least=-(-least.numerator // least.denominator))
    bound = lower.get(name)
    if bound is None:
        return Known(integer=False, above=True)
    least = bound.numerator // bound.denominator
    return Known(integer=False, least=least, above=least != bound or name in open_low)


def _of_any_term(
    stem: str,
    reals: Set[str],
    lower: Mapping[str, int | Fraction],
    open_low: Set[str],
) -> Known:
    """What is known of n_i in a sum over i: what the conditions leave to every term of n."""
    terms = {other for other in {*reals, *lower} if (at := place_of(other)) and at.stem == stem}
    found = [SIZE, *(known_of(other, reals, lower, open_low) for other in terms)]
    least = min(known.least for known in found)
    return Known(integer=all(known.integer for known in found), least=least)
