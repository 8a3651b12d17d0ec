"""What is known of the values of a symbol or an atom."""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import ceil, floor

from closedform.algebra.domains import SIZE as NO_BOUND
from closedform.algebra.domains import Domain
from closedform.algebra.indexed import place_of
from closedform.records import record


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


#: What is known of a symbol without a condition: it is a positive integer.
SIZE = Known(least=1)


def known_of(name: str, domains: Mapping[str, Domain], sequences: Set[str] = frozenset()) -> Known:
    """What the conditions say of a symbol: its kind, and its smallest value.

    ``sequences`` are summed: their terms without a condition of their own are as any term may be.
    """
    domain = domains.get(name, NO_BOUND)
    term = place_of(name) if "_" in name and not domain.begins else None
    if term and ("_#" in name or term.stem in sequences):
        return _of_any_term(term.stem, domains)
    if not domain.begins:
        return SIZE
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
    facts = [SIZE, *(known_of(other, domains) for other in terms)]
    least = min(known.least for known in facts)
    return Known(integer=all(known.integer for known in facts), least=least)
