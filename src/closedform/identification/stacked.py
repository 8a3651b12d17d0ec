"""Layers on each other, and what stands beside them once: L(12d² + 13d) + Vd, as in GPT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from closedform.algebra.tree import Symbol, Tree, product, total
from closedform.identification.templates import Terms
from closedform.symbols import USUAL_LETTERS
from closedform.typeset.text import text as as_text

#: The likeliest quantity of each measure that a polynomial is, and how unusual its letters are.
Likeliest = Callable[[tuple[str, ...], Terms], Mapping[str, tuple[int, str]]]

_LAYERS = USUAL_LETTERS["L"]


def stacked(
    names: tuple[str, ...], terms: Terms, likeliest: Likeliest
) -> Iterator[tuple[str, int, str]]:
    """Measures in which a formula is a number of layers and something else: rank and quantity."""
    for place, name in enumerate(names):
        if name not in _LAYERS or {monomial[place] for monomial in terms} != {0, 1}:
            continue
        each = {m[:place] + m[place + 1 :]: c for m, c in terms.items() if m[place]}
        once = {m[:place] + m[place + 1 :]: c for m, c in terms.items() if not m[place]}
        others = names[:place] + names[place + 1 :]
        beside = {**_term_by_term(others, once, likeliest), **likeliest(others, once)}
        for measure, (rank, layer) in likeliest(others, each).items():
            if measure in beside:
                more, rest = beside[measure]
                yield measure, rank + more, f"{as_text(Symbol(name))} · {layer} + {rest}"


def _term_by_term(
    names: tuple[str, ...], terms: Terms, likeliest: Likeliest
) -> dict[str, tuple[int, str]]:
    """Each term as a cost of its own, or so many times one."""
    made: dict[str, tuple[int, str]] | None = None
    for monomial, coefficient in terms.items():
        times = f"{coefficient} · " if coefficient > 1 and coefficient.denominator == 1 else ""
        single = likeliest(names, {monomial: Fraction(1)})
        hits = {m: (rank, times + said) for m, (rank, said) in single.items()} if times else {}
        hits |= likeliest(names, {monomial: coefficient})
        if made is None:
            made = hits
        else:
            both = made.keys() & hits.keys()
            made = {m: (made[m][0] + hits[m][0], f"{made[m][1]} + {hits[m][1]}") for m in both}
    return made or {}


def tree_of(names: tuple[str, ...], terms: Terms) -> Tree:
    """The formula of a polynomial."""
    powers = [
        c * product(Symbol(n) ** e for n, e in zip(names, m, strict=True) if e)
        for m, c in terms.items()
    ]
    return total(powers)
