"""A slip of the pen: what stands in a place, what is meant, and where the place is, in words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from closedform.algebra.tree import Negative, Sum, Tree, children, walk
from closedform.diagnosis.case import shown
from closedform.diagnosis.factors import Factor
from closedform.diagnosis.places import Place
from closedform.records import record
from closedform.typeset.prose import Part, Prose, say

#: A formula with more characters than this is shortened in a sentence.
LONG = 80
Said = Callable[[], Prose]


@record
class Slip:
    """What stands in a place, what is meant, and the factor from one to the other.

    ``of``: words for the target, where the place is one of the target.
    """

    stands: Tree
    meant: Tree
    factor: Factor
    place: Place
    of: Prose = ()


def where(place: Place, of: Prose = ()) -> Prose:
    """Where a place is, in words."""
    said = _where((*place.above, place.node), of)
    return say(" ({})", (str(said[0]).lstrip(), *said[1:])) if of else said


def here(place: Place, words: str, *parts: Part | Prose, of: Prose = ()) -> Said:
    """A sentence that ends with where the place is."""
    return lambda: say(words + "{}", *parts, where(place, of))


def _where(chain: tuple[Tree, ...], of: Prose) -> Prose:
    """``" in the term k²M"`` for what stands inside a term of a sum."""
    for outer, inner in reversed(list(pairwise(chain))):
        if isinstance(outer, Sum):
            term = inner.operand if isinstance(inner, Negative) else inner
            if inner is chain[-1] and not children(term):
                return say(" in {}{}", _cut(outer), of)
            return say(" in the term {}{}", _cut(term), of)
    return of


def _cut(tree: Tree) -> Part:
    """A formula as it stands in a sentence: by its ends where it is long."""
    if sum(1 for _ in walk(tree)) > LONG:
        return "with the most parts"
    text = shown(tree)
    return tree if len(text) <= LONG else f"{text[: LONG // 2]} … {text[-LONG // 4 :]}"
