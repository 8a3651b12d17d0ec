"""The dimensions of a template taken for the symbols of a formula: of all ways, the most usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache, reduce
from operator import truediv

from closedform.algebra.tree import Symbol, Tree, substitute, total
from closedform.cost.layer_type import LAYERS
from closedform.identification.templates import Part, Template, Terms, is_atom, leading
from closedform.records import replace
from closedform.symbols import USUAL_LETTERS

#: How many bindings of one template are tried.
BINDINGS = 400
#: How unusual the last of the letters that papers use is at most, and one that none uses.
RARE, UNUSUAL = 12, 30
#: What the places of a map are called as one size, which are as many positions.
PLACES = "places_of_map"

#: What makes a name a word.
_WORD = re.compile("[A-Za-z]{3}")

Binding = dict[str, str]


def best_binding(
    template: Template, names: tuple[str, ...], terms: Terms, *, exact: bool = True
) -> Binding | None:
    """The most usual binding of a template's dimensions that gives these terms."""
    if exact and len(names) > len(template.names):
        return None
    best: tuple[int, Binding] | None = None
    wanted = terms if exact else leading(terms)
    shape = template.terms if exact else leading(template.terms)
    for count, binding in enumerate(_bindings(template.names, shape, names, wanted)):
        if count >= BINDINGS:
            break
        size = strangeness(binding)
        if best is not None and size >= best[0]:
            continue
        if _renamed(template.names, shape, names, binding) == wanted:
            best = (size, binding)
    return None if best is None else best[1]


def _bindings(
    dims: tuple[str, ...], shape: Terms, names: tuple[str, ...], wanted: Terms
) -> Iterator[Binding]:
    """Every way to name the dimensions so that one longest term becomes a term that is wanted.

    The first is to leave the names as they are.
    """
    if {*dims} <= {*names}:
        yield dict(zip(dims, dims, strict=True))
    pivot = max(shape, key=lambda m: (sum(map(abs, m)), m))
    # Terms that become the same one add up: only the degree of the partner is known.
    goals = (m for m in wanted if sum(m) == sum(pivot))
    for goal in sorted(goals, key=lambda m: wanted[m] != shape[pivot]):
        order = sorted(range(len(dims)), key=lambda i: -abs(pivot[i]))
        yield from _assign(dims, pivot, names, list(goal), order, {})


def _assign(
    dims: tuple[str, ...],
    pivot: tuple[int, ...],
    names: tuple[str, ...],
    left: list[int],
    order: list[int],
    binding: Binding,
) -> Iterator[Binding]:
    if not order:
        if not any(left):
            yield dict(binding)
        return
    place, *rest = order
    able = (i for i in range(len(names)) if not _is_another(dims[place], names[i]))
    ranked = sorted(able, key=lambda i: unusual(dims[place], names[i]))
    for i in ranked:
        # A dimension that is divided by and still to be named may take back a factor.
        if 0 < pivot[place] > left[i] and not any(pivot[other] < 0 for other in rest):
            continue
        left[i] -= pivot[place]
        yield from _assign(dims, pivot, names, left, rest, binding | {dims[place]: names[i]})
        left[i] += pivot[place]


def _renamed(
    dims: tuple[str, ...], shape: Terms, names: tuple[str, ...], binding: Binding
) -> Terms:
    places = [names.index(binding[dimension]) for dimension in dims]
    sums: dict[tuple[int, ...], Fraction] = {}
    for monomial, coefficient in shape.items():
        exponents = [0] * len(names)
        for place, exponent in zip(places, monomial, strict=True):
            exponents[place] += exponent
        key = tuple(exponents)
        sums[key] = sums.get(key, Fraction(0)) + coefficient
    return {m: c for m, c in sums.items() if c}


def bound(template: Template, binding: Binding) -> Tree:
    """The formula of a template in the symbols that its dimensions are taken for."""
    return substitute(template.tree, {d: Symbol(name) for d, name in binding.items()})


def strangeness(binding: Binding) -> int:
    """How unusual the letters of a binding are, together."""
    return sum(unusual(dimension, name) for dimension, name in binding.items())


def unusual(dimension: str, name: str) -> int:
    """How unusual a letter is for a dimension; an atom is taken for an atom."""
    if is_atom(dimension) or (dimension, name) == ("n", PLACES):
        return 0
    letters = USUAL_LETTERS.get(dimension, (dimension,))
    return min(letters.index(name), RARE) if name in letters else UNUSUAL


@lru_cache(maxsize=1024)
def _is_another(dimension: str, name: str) -> bool:
    """Whether a name says that it is another size, as ``n_layers`` does for every size but L.

    What an atom is, no size is.
    """
    if is_atom(dimension) or is_atom(name):
        return is_atom(dimension) != is_atom(name)
    if not _WORD.search(name) or name in USUAL_LETTERS.get(dimension, (dimension,)):
        return False
    return any(name in letters for letters in USUAL_LETTERS.values())


def sizes_in(layer: str, part: Part, binding: Binding) -> dict[str, Tree]:
    """The sizes of a layer of a part that are told, in the symbols of a formula."""
    symbols: dict[str, Tree] = {dimension: Symbol(name) for dimension, name in binding.items()}
    given = dict(part.sizes)
    sizes: dict[str, Tree] = {}
    for dimension in LAYERS[layer].dims:
        size = substitute(given.get(dimension, Symbol(dimension)), symbols)
        if dimension in given or (dimension in binding and size != Symbol(dimension)):
            sizes[dimension] = size
    return sizes


def as_told(template: Template, binding: Binding) -> Tree:
    """What is told of a template, worked out anew: a layer may have another form at such sizes."""
    trees: list[Tree] = []
    for part in template.parts:
        sizes = {name: sizes_in(name, part, binding) for name in part.layers}
        layers = (replace(part, layers=(n,), sizes=(*s.items(),)) for n, s in sizes.items())
        trees.append(total(layer.tree() for layer in layers))
    return reduce(truediv, trees)
