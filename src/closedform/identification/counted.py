"""Formulas of many layers, experts, tokens or examples: which symbols count them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from closedform.identification.templates import Terms, in_use
from closedform.symbols import USUAL_LETTERS

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
            yield from (one for one in named if len({*one.values()}) == length)


def divided_by(
    names: tuple[str, ...], terms: Terms, counts: Sequence[str]
) -> tuple[tuple[str, ...], Terms]:
    """The symbols that are left in terms divided by symbols, and these terms."""
    rest = {
        tuple(e - (name in counts) for name, e in zip(names, monomial, strict=True)): c
        for monomial, c in terms.items()
    }
    return in_use(names, rest)
