"""What a convention counts of calls, and what nobody knows: that is never 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from closedform.algebra.tree import ZERO, Tree
from closedform.cost.call import OF_WEIGHTS, Term
from closedform.cost.conventions import convention
from closedform.cost.measures import QUANTITIES
from closedform.errors import ClosedformError


def counts(terms: Iterable[Term], by: str) -> Iterator[tuple[Term, str, Tree | None]]:
    """What a convention counts, by name; no tree for what it does not know."""
    rule = convention(by)
    for term in terms:
        yield from ((term, name, tree) for name, tree in rule.counts(term.call))


def known(total: Tree, terms: Sequence[Term], measure: str) -> Tree:
    """A total; operators that nobody knows are no 0 where nothing else is counted.

    Raises:
        ClosedformError: that is so.
    """
    left = [term for term in terms if term.call.type.is_unknown] if total == ZERO else []
    if left and measure not in OF_WEIGHTS:
        names = ", ".join(dict.fromkeys(term.named(term.call.layer) for term in left))
        problem = f"its {QUANTITIES[measure]} are not known: nothing but {names} has any"
        raise ClosedformError(problem, "uncounted() lists what is not known")
    return total


def partly(terms: Iterable[Term], measures: Iterable[str]) -> tuple[str, ...]:
    """The measures that leave out operators which nobody knows."""
    unknown = any(term.call.type.is_unknown for term in terms)
    return tuple(m for m in measures if unknown and m not in OF_WEIGHTS)
