"""What the catalogue is recognised by: each layer, flag, measure and convention as a polynomial.

A polynomial is kept as a table from exponents to coefficients; exponents may be negative (a
division by g). Renaming symbols keeps the degree of every term, by which they are filed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, reduce
from itertools import islice, product
from operator import truediv
from typing import TypeAlias

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.tree import Number, Symbol, Tree, symbol_names
from closedform.cost.conventions import PAPERS
from closedform.cost.layer_type import FLAGS, LAYERS, LayerType
from closedform.errors import ClosedformError
from closedform.records import entity, record, replace
from closedform.symbols import letter, role
from closedform.typeset.text import text

#: Sizes of a layer that are no symbol of their own name.
Sizes: TypeAlias = tuple[tuple[str, Tree], ...]

#: Kernel sides that are written as numbers, and how many times wider one side of a linear layer is.
KERNELS, WIDTHS = (3, 5, 7), (2, 4)
#: A kernel of side 1 has a layer of its own, but in groups.
KERNEL, GROUPS = letter("kernel"), letter("groups")
INPUTS, OUTPUTS = letter("inputs"), letter("outputs")
POINTWISE = ((KERNEL, Number(1)),)

#: What so many times the MACs are.
MULTIPLES = {2: ("flops", "mac2"), 6: ("training_flops", "twice")}
#: The sides of a kernel that is no square.
SIDES = ("k_h", "k_w")
#: A head is as wide as the model allows: d_h = d/h.
HEADS: Sizes = (("d_h", Symbol("d") / Symbol("h")),)
#: Inner widths by themselves, heads of another width in all than the model, and shared ones.
INNER: Sizes = (("f", Symbol("f")),)
OWN_HEADS: Sizes = (("d_h", Symbol("d_attn") / Symbol("h")),)
SHARED_HEADS: Sizes = (("h_kv", Symbol("h") / Symbol(letter("groups"))),)
SUMMED = ("params", "macs")
#: Roles of the sizes with a default of which papers write formulas all the same.
OPEN = ("width", "heads", "count", "outputs", "kernel", "")
#: What no name of a symbol has in it.
_SIGN = re.compile(r"[^\w']")
#: Exponents of the symbols, in the order of their names, and the coefficient.
Terms = dict[tuple[int, ...], Fraction]
Signature = tuple[tuple[int, Fraction], ...]
Index: TypeAlias = "dict[Signature, tuple[Template, ...]]"


@record
class Part:
    """One quantity of layers that are added up, each at these sizes; ``by`` is its option."""

    measure: str
    layers: tuple[str, ...]
    sizes: Sizes = ()
    flags: tuple[str, ...] = ()
    by: str = "exact"

    def tree(self) -> Tree:
        """The quantity as a formula in the dimensions."""
        made = [
            LAYERS[layer].at(
                {n: size for n, size in self.sizes if n in LAYERS[layer].dims}, self.flags
            )
            for layer in self.layers
        ]
        layers = sum(made[1:], made[0])
        if self.measure == "training_flops":
            return layers._tree(self.measure, kind=self.by)
        return layers._tree(self.measure, self.by)


#: What papers write besides the layers at sizes that are open, or by default: a bottleneck that is
#: as wide at both ends, a transformer without its norms, all heads of an attention together, and
#: what is kept of a layer for its backward pass.
AS_IN_PAPERS: tuple[Part, ...] = (
    *(Part(m, ("bottleneck",), ((INPUTS, 4 * Symbol("m")),)) for m in SUMMED),
    Part("params", ("multi_head_attention", "feed_forward")),
    Part("params", ("multi_head_attention", "feed_forward"), INNER),
    Part("params", ("multi_head_attention", "feed_forward"), (*INNER, *OWN_HEADS)),
    Part("params", ("multi_head_attention", "gated_feed_forward"), INNER),
    Part("params", ("multi_head_attention", "gated_feed_forward"), (*INNER, *SHARED_HEADS)),
    Part("macs", ("attention",), HEADS),
    Part("activation_memory", ("transformer_layer",), flags=("gelu", "dropout")),
    Part("activation_memory", ("multi_head_attention",), flags=("dropout",)),
)


@entity
class Template:
    """A quantity, or one over another, as a polynomial in ``names``."""

    parts: tuple[Part, ...]
    names: tuple[str, ...]
    terms: Terms

    @property
    def measure(self) -> str:
        """What is measured; of a ratio, above."""
        return self.parts[0].measure

    def times_macs(self, number: int) -> Template | None:
        """What is so many times the MACs of a template: FLOPs, or those of a training step."""
        if self.measure != "macs" or number not in MULTIPLES or len(self.parts) > 1:
            return None
        measure, by = MULTIPLES[number]
        part = replace(self.parts[0], measure=measure, by=by)
        return Template((part,), self.names, {m: c * number for m, c in self.terms.items()})

    @property
    def tree(self) -> Tree:
        """The formula in the dimensions."""
        return reduce(truediv, [part.tree() for part in self.parts])


def polynomial(tree: Tree) -> tuple[tuple[str, ...], Terms] | None:
    """Names and terms of a formula; ``None`` if it is divided by a sum.

    A root, a floor or another atom goes by its text, as a symbol does.
    """
    space = Assumptions().field(tree)
    try:
        value = space.normal(tree).cancelled()
    except ClosedformError:
        return None
    above, below = space.lift(value.num), space.lift(value.den)
    if len(below) != 1:
        return None
    ((common, divisor),) = below.items()
    terms = {
        tuple(a - b for a, b in zip(monomial, common, strict=True)): Fraction(int(c), int(divisor))
        for monomial, c in above.items()
    }
    names = (tree.name if isinstance(tree, Symbol) else text(tree) for tree in space.trees)
    return in_use(tuple(names), terms)


def is_atom(name: str) -> bool:
    """Whether it is the text of a floor or another atom, and no symbol's name."""
    return _SIGN.search(name) is not None


def in_use(names: tuple[str, ...], terms: Terms) -> tuple[tuple[str, ...], Terms]:
    """The names that occur in terms, in alphabetic order, and the terms in these names alone."""
    used = [i for i in range(len(names)) if any(m[i] for m in terms)]
    used.sort(key=names.__getitem__)
    kept = {tuple(m[i] for i in used): c for m, c in terms.items()}
    return tuple(names[i] for i in used), kept


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


def templates(group: str = "plain", *, whole: bool = True) -> Index:
    """The templates of a group by their signature.

    ``plain``: layers of which most formulas are. ``further``: attention, recurrent layers, blocks,
    kernels that are no squares. ``operations``: FLOPs of every layer by the textbook algorithm.
    ``networks``: those whose own sizes are open, their FLOPs too. Not ``whole``, the signature is
    that of the terms of the highest degree.
    """
    return _filed(group, len(LAYERS), whole=whole)


@cache
def _filed(group: str, known: int, *, whole: bool) -> Index:
    """A group of the first layers: after those that are ``known`` a user's own may come."""
    index: defaultdict[Signature, list[Template]] = defaultdict(list)
    for template in _GROUPS[group](list(islice(LAYERS.values(), known))):
        terms = template.terms if whole else leading(template.terms)
        index[signature(terms)].append(template)
    return {key: tuple(values) for key, values in index.items()}


def _further(kinds: list[LayerType]) -> Iterator[Template]:
    for kind in kinds:
        if not (kind.is_plain or kind.is_network or kind in FLAGS.values()):
            open_sizes = (size for size in kind._defaults if role(size) in OPEN)
            yield from _with_flags(kind, [(), *(((size, Symbol(size)),) for size in open_sizes)])
        elif {*SIDES} <= {*kind.dims}:
            yield from _with_flags(kind, [tuple((side, Symbol(side)) for side in SIDES)])
    yield from _different(AS_IN_PAPERS)


def _networks(kinds: list[LayerType]) -> Iterator[Template]:
    for kind in kinds:
        if kind.is_network and kind.free and not kind.preset_of:
            yield from _with_flags(kind, [()], (*SUMMED, "flops"))


def _operations(kinds: list[LayerType]) -> Iterator[Template]:
    for kind in kinds:
        if not kind.is_network:
            alone = (n for n, written in kind.written_defaults.items() if written.isdigit())
            yield from _with_flags(kind, [(), tuple((n, Symbol(n)) for n in alone)], ("flops",))


def _with_flags(
    kind: LayerType, given: list[Sizes], measures: tuple[str, ...] = SUMMED
) -> Iterator[Template]:
    """A layer at these sizes, with each flag; what a flag does not change is told without it."""
    flags = [(), *((flag,) for flag in kind.flags)]
    if "params" in measures and any(role(n) == "heads" for n in kind.dims):
        measures = (*measures, "kv_cache")
    return _different(
        Part(measure, (kind.name,), sizes, chosen)
        for sizes, chosen, measure in product(given, flags, measures)
    )


def _plain(kinds: list[LayerType]) -> Iterator[Template]:
    for kind in kinds:
        if not kind.is_plain and kind not in FLAGS.values():
            continue
        taken = [flag for flag in FLAGS if flag in kind.flags]
        flags = [(), *((flag,) for flag in taken), *([tuple(taken)] if taken[1:] else [])]
        for sizes in _sizes(kind.name):
            yield from _different(
                Part(measure, (kind.name,), sizes, chosen, by)
                for chosen in (flags if sizes != POINTWISE else [()])
                for measure, by in _ways(sizes)
            )
    yield from _ratios()


def _different(parts: Iterable[Part]) -> Iterator[Template]:
    """The templates of parts, of several that are alike the first: MACs do not see a bias."""
    told: list[object] = []
    for part in parts:
        sort = "macs" if part.measure == "flops" else part.measure
        template = _template(part)
        if template and (alike := (sort, template.names, template.terms)) not in told:
            told.append(alike)
            yield template


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
        if GROUPS in dims and GROUPS not in LAYERS[layer]._defaults:
            yield POINTWISE
    if layer == "linear":
        for width in WIDTHS:
            yield ((OUTPUTS, width * Symbol(INPUTS)),)
            yield ((INPUTS, width * Symbol(OUTPUTS)),)


def _ratios() -> Iterator[Template]:
    beside = {KERNEL, letter("position")}  # a kernel slides over a map, as in a convolution
    names = [name for name, kind in LAYERS.items() if beside <= {*kind.dims} and name != "conv"]
    for name, measure, sizes in product(names, SUMMED, ((), ((KERNEL, Number(3)),))):
        if template := _template(*(Part(measure, (of,), sizes) for of in (name, "conv"))):
            yield template


def _template(*parts: Part) -> Template | None:
    tree = Template(parts, (), {}).tree
    expanded = polynomial(tree) if symbol_names(tree) else None
    return Template(parts, *expanded) if expanded is not None and expanded[1] else None


_GROUPS = {
    "plain": _plain,
    "further": _further,
    "operations": _operations,
    "networks": _networks,
}
