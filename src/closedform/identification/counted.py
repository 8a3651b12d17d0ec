"""Costs of which there are many: some symbols say how many layers, experts, tokens or examples.

Layers may stand on each other, and something beside them once: L(12d² + 13d) + Vd, as in GPT.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from closedform.algebra.tree import Symbol
from closedform.identification.templates import Terms, in_use
from closedform.symbols import USUAL_LETTERS
from closedform.typeset.text import text as as_text

#: Costs that an example in a batch has for itself.
OF_EXAMPLES = ("macs", "flops", "training_flops", "activations", "kv_cache", "activation_memory")
#: Costs of which there are as many as there are layers, experts, tokens, or examples in a batch.
COUNTED: dict[str, tuple[str, ...]] = {
    "L": ("params", *OF_EXAMPLES),
    "E": ("params",),
    "n": ("macs", "flops", "training_flops"),
    "B": OF_EXAMPLES,
}


def counts(names: tuple[str, ...], terms: Terms) -> Iterator[dict[str, str]]:
    """Symbols that are factors of every term, each with the size of which there may be so many."""
    common = [name for place, name in enumerate(names) if all(m[place] > 0 for m in terms)]
    options = [[(name, size) for size in COUNTED if name in USUAL_LETTERS[size]] for name in common]
    for length in range(1, len(COUNTED) + 1):
        for chosen in combinations(options, length):
            named = map(dict, product(*chosen))
            yield from (counting for counting in named if len({*counting.values()}) == length)


def divided_by(
    names: tuple[str, ...], terms: Terms, counts: Sequence[str]
) -> tuple[tuple[str, ...], Terms]:
    """The symbols that are left in terms divided by symbols, and these terms."""
    rest = {
        tuple(e - (name in counts) for name, e in zip(names, monomial, strict=True)): c
        for monomial, c in terms.items()
    }
    return in_use(names, rest)


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
        beside = _likelier(likeliest(others, once), _term_by_term(others, once, likeliest))
        for measure, (rank, layer) in likeliest(others, each).items():
            if measure in beside:
                more, rest = beside[measure]
                yield measure, rank + more, f"{as_text(Symbol(name))} · {layer} + {rest}"


def _likelier(
    quantities: Mapping[str, tuple[int, str]], others: Mapping[str, tuple[int, str]]
) -> dict[str, tuple[int, str]]:
    """For each measure the quantity in the more usual letters, the first of equals."""
    beaten = {m for m, (rank, _) in quantities.items() if m in others and others[m][0] < rank}
    return {**others, **{m: way for m, way in quantities.items() if m not in beaten}}


def _term_by_term(
    names: tuple[str, ...], terms: Terms, likeliest: Likeliest
) -> dict[str, tuple[int, str]]:
    """Each term as a cost of its own, or so many times one."""
    made: dict[str, tuple[int, str]] | None = None
    for monomial, coefficient in terms.items():
        times = f"{coefficient} · " if coefficient > 1 and coefficient.denominator == 1 else ""
        hits = dict(likeliest(names, {monomial: coefficient}))
        if times:
            single = likeliest(names, {monomial: Fraction(1)})
            hits = _likelier(hits, {m: (rank, times + said) for m, (rank, said) in single.items()})
        if made is None:
            made = hits
        else:
            both = made.keys() & hits.keys()
            made = {m: (made[m][0] + hits[m][0], f"{made[m][1]} + {hits[m][1]}") for m in both}
    return made or {}
