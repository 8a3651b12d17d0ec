"""What the catalogue is recognised by: each layer, flag, measure and convention as a polynomial.

A polynomial is kept as a table from exponents to coefficients; exponents may be negative (a
division by g). Renaming symbols keeps the degree of every term, by which they are filed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice, product
from typing import TypeAlias

from closedform.algebra.conditions import Assumptions
from closedform.algebra.tree import Number, Symbol, Tree, divide, multiply, symbol_names
from closedform.cost.conventions import PAPERS
from closedform.cost.registry import FLAGS, LAYERS
from closedform.errors import ClosedformError
from closedform.records import record
from closedform.symbols import letter, role

#: Sizes of a layer that are no symbol of their own name.
Sizes: TypeAlias = tuple[tuple[str, Tree], ...]

#: Kernel sides that are written as numbers, and how many times wider one side of a linear layer is.
KERNELS, WIDTHS = (3, 5, 7), (2, 4)
#: A kernel of side 1 has a layer of its own, but in groups.
KERNEL, GROUPS = letter("kernel"), letter("groups")
INPUTS, OUTPUTS = letter("inputs"), letter("outputs")
POINTWISE = ((KERNEL, Number(1)),)

#: Roles of the sizes with a default of which papers write formulas all the same.
OPEN = ("width", "heads", "count", "outputs", "")
#: Sizes at which papers write a further layer besides those that are open, and those by default.
AS_IN_PAPERS: dict[str, Sizes] = {"bottleneck": ((INPUTS, multiply(Number(4), Symbol("m"))),)}

#: Exponents of the symbols, in the order of their names, and the coefficient.
Terms = dict[tuple[int, ...], Fraction]
Signature = tuple[tuple[int, Fraction], ...]


@record
class Part:
    """One quantity of a layer."""

    measure: str
    layer: str
    sizes: Sizes
    flags: tuple[str, ...]
    by: str

    def tree(self) -> Tree:
        """The quantity as a formula in the dimensions."""
        return LAYERS[self.layer].at(dict(self.sizes), self.flags).tree(self.measure, self.by)


@dataclass(frozen=True, eq=False)
class Template:
    """A quantity, or one over another, as a polynomial in ``names``."""

    parts: tuple[Part, ...]
    names: tuple[str, ...]
    terms: Terms

    @property
    def tree(self) -> Tree:
        """The formula in the dimensions."""
        trees = [part.tree() for part in self.parts]
        return trees[0] if len(trees) == 1 else divide(*trees)


def polynomial(tree: Tree) -> tuple[tuple[str, ...], Terms] | None:
    """Names and terms of a formula; ``None`` if it is divided by a sum, or has roots or floors."""
    space = Assumptions().field(tree)
    try:
        value = space.normal(tree).cancelled()
    except ClosedformError:
        return None
    above, below = space.lift(value.num), space.lift(value.den)
    if len(below) != 1 or not all(isinstance(t, Symbol) for t in space.trees):
        return None
    ((common, divisor),) = below.items()
    terms = {
        tuple(a - b for a, b in zip(monomial, common, strict=True)): Fraction(int(c), int(divisor))
        for monomial, c in above.items()
    }
    used = [i for i in range(len(space.keys)) if any(m[i] for m in terms)]
    names = tuple(str(space.keys[i]) for i in used)
    return names, {tuple(m[i] for i in used): c for m, c in terms.items()}


def signature(terms: Terms) -> Signature:
    """The sum of the coefficients for each degree: the same after any renaming of symbols."""
    sums: defaultdict[int, Fraction] = defaultdict(Fraction)
    for monomial, coefficient in terms.items():
        sums[sum(monomial)] += coefficient
    return tuple(sorted((degree, total) for degree, total in sums.items() if total))


def leading(terms: Terms) -> Terms:
    """The terms of the highest degree."""
    top = max(map(sum, terms), default=0)
    return {monomial: c for monomial, c in terms.items() if sum(monomial) == top}


def templates() -> dict[Signature, tuple[Template, ...]]:
    """All templates by their signature."""
    return _templates(len(LAYERS))


@cache
def _templates(known: int) -> dict[Signature, tuple[Template, ...]]:
    """The same of the first layers: after those that are ``known`` a user's own may come."""
    by_signature: defaultdict[Signature, list[Template]] = defaultdict(list)
    for template in _all(known):
        by_signature[signature(template.terms)].append(template)
    return {key: tuple(values) for key, values in by_signature.items()}


def further() -> dict[Signature, tuple[Template, ...]]:
    """Those of layers that few formulas are of: attention, recurrent layers, blocks."""
    return _further(len(LAYERS))


@cache
def _further(known: int) -> dict[Signature, tuple[Template, ...]]:
    by_signature: defaultdict[Signature, list[Template]] = defaultdict(list)
    for name, kind in islice(LAYERS.items(), known):
        if kind.is_plain or kind.is_network or kind in FLAGS.values():
            continue
        told: list[object] = []  # what a flag does not change is told without it
        open_sizes = (size for size in kind.defaults if role(size) in OPEN)
        given: list[Sizes] = [((size, Symbol(size)),) for size in open_sizes]
        given += [sizes] if (sizes := AS_IN_PAPERS.get(name)) else []
        flags = [(), *((flag,) for flag in kind.flags)]
        for sizes, chosen, measure in product([(), *given], flags, ("params", "macs")):
            template = _template(Part(measure, name, sizes, chosen, "exact"))
            key = template and (measure, template.names, template.terms)
            if template is not None and key not in told:
                told.append(key)
                by_signature[signature(template.terms)].append(template)
    return {key: tuple(values) for key, values in by_signature.items()}


def by_leading_terms() -> dict[Signature, tuple[Template, ...]]:
    """All templates by the signature of their terms of the highest degree."""
    return _by_leading_terms(len(LAYERS))


@cache
def _by_leading_terms(known: int) -> dict[Signature, tuple[Template, ...]]:
    by_signature: defaultdict[Signature, list[Template]] = defaultdict(list)
    for group in _templates(known).values():
        for template in group:
            by_signature[signature(leading(template.terms))].append(template)
    return {key: tuple(values) for key, values in by_signature.items()}


def _all(first: int) -> Iterator[Template]:
    for name, kind in islice(LAYERS.items(), first):
        if not kind.is_plain and kind not in FLAGS.values():
            continue
        for sizes in _sizes(name):
            known: list[tuple[str, object]] = []
            taken = [flag for flag in FLAGS if flag in kind.flags]
            flags = [(), *((flag,) for flag in taken), *([tuple(taken)] if taken[1:] else [])]
            for chosen in flags if sizes != POINTWISE else [()]:
                for measure, by in _ways(sizes):
                    part = Part(measure, name, sizes, chosen, by)
                    template = _template(part)
                    # MACs do not see a bias, and a convention may count what another one counts.
                    sort = "macs" if measure == "flops" else measure
                    key = (sort, None if template is None else sorted(template.terms.items()))
                    if template is not None and key not in known:
                        known.append(key)
                        yield template
    yield from _ratios()


def _ways(sizes: Sizes) -> list[tuple[str, str]]:
    """Measures and conventions; the outputs of a layer do not depend on these sizes."""
    measures = ("params", "macs") if sizes else ("params", "macs", "activations")
    return [*((measure, "exact") for measure in measures), *(("flops", by) for by in PAPERS)]


def _sizes(layer: str) -> Iterator[Sizes]:
    dims = LAYERS[layer].dims
    yield ()
    if KERNEL in dims:
        for side in KERNELS:
            yield ((KERNEL, Number(side)),)
        if GROUPS in dims and GROUPS not in LAYERS[layer].defaults:
            yield POINTWISE
    if layer == "linear":
        for width in WIDTHS:
            yield ((OUTPUTS, multiply(Number(width), Symbol(INPUTS))),)
            yield ((INPUTS, multiply(Number(width), Symbol(OUTPUTS))),)


def _ratios() -> Iterator[Template]:
    names = [name for name, kind in LAYERS.items() if _beside_conv(kind.dims) and name != "conv"]
    for above in names if "conv" in LAYERS else ():
        for measure in ("params", "macs"):
            for sizes in ((), ((KERNEL, Number(3)),)):
                one, two = (Part(measure, name, sizes, (), "exact") for name in (above, "conv"))
                template = _template(one, two)
                if template is not None:
                    yield template


def _beside_conv(dims: tuple[str, ...]) -> bool:
    """Whether a layer of these sizes slides a kernel over a map, as a convolution does."""
    return {KERNEL, letter("position")} <= {*dims}


def _template(*parts: Part) -> Template | None:
    try:
        tree = Template(parts, (), {}).tree
    except ClosedformError:
        return None
    expanded = polynomial(tree) if symbol_names(tree) else None
    return Template(parts, *expanded) if expanded is not None and expanded[1] else None
