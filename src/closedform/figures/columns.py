"""The columns of a table: what each measures, how it was counted, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from closedform.algebra.forms.grouped import plainest
from closedform.algebra.tree import Tree
from closedform.cost.conventions import convention as convention_called
from closedform.cost.measures import QUANTITIES
from closedform.cost.sums import LayerSum
from closedform.cost.training import OPTIMIZERS
from closedform.errors import UnknownName
from closedform.figures.sizes import Sizes
from closedform.records import record
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.notation import Notation
from closedform.typeset.prose import Part, Prose, Sign
from closedform.typeset.text import text

#: What a number of each measure counts; FLOPs are what their convention says, bytes depend on how
#: one trains and on the bits of an element.
_COUNTED = {
    "params": "learnable scalars",
    "macs": "one for each multiply-accumulate",
    "activations": "output elements",
    "active_params": "those that work on a token",
    "buffers": "what is kept and not learned",
    "operations": "scalar operations of every kind, comparisons among them",
    "memory_access": "elements of inputs, outputs and weights",
    "kv_cache": "elements of the keys and values that are kept",
    "intensity": "FLOPs (exact) over memory access",
    "kv_cache_memory": "the keys and values that are kept, in {bits} bits",
    "weight_memory": "{each.weights} a parameter ({way})",
    "gradient_memory": "{each.gradients} a parameter ({way})",
    "optimizer_memory": "{each.states} a parameter ({way})",
    "activation_memory": "what the backward pass needs, in {bits} bits",
    "training_memory": "weights, gradients, optimizer states ({way}), activations kept",
    "backward_flops": "twice the forward pass, 2 for each multiply-accumulate",
    "training_flops": "three times the forward pass, 2 for each multiply-accumulate",
}


@record
class Measured:
    """A measure; the convention of FLOPs; the way to train, or the bits, of bytes."""

    measure: str
    by: str
    kind: str = ""

    @property
    def heading(self) -> str:
        """What stands above the column."""
        way = self.by or (f"{self.kind} bits" if self.kind.isdigit() else self.kind)
        return QUANTITIES[self.measure] + (f", {way}" if way else "")

    @property
    def key(self) -> str:
        """What the column is called in data."""
        return f"{self.measure}_{self.by}" if self.by else self.measure

    @property
    def rule(self) -> str:
        """How it is counted."""
        way = self.kind if self.kind in OPTIMIZERS else "adam_mixed"
        bits = self.kind if self.kind.isdigit() else "16"
        counted = _COUNTED.get(self.measure, "").format(way=way, each=OPTIMIZERS[way], bits=bits)
        counted = convention_called(self.by).description if self.by else counted
        return f"{self.heading[:1].upper()}{self.heading[1:]}: {counted}."

    def of(self, layers: LayerSum) -> Tree | None:
        """The cost by what its convention counts; ``None`` where that is nothing, or unknown."""
        by = self.by or "exact"
        nothing = self.by and not layers.counted(by)
        if nothing or (self.measure != "params" and layers.uncounted(by, "macs")):
            return None
        return plainest(self.tree(layers))

    def tree(self, layers: LayerSum) -> Tree:
        """The cost of what is counted."""
        return layers._tree(self.measure, self.by or "exact", kind=self.kind)

    def uncounted(self, layers: LayerSum) -> tuple[str, ...]:
        """Names of the layers that the convention does not know."""
        return layers.uncounted(self.by or "exact", self.measure)


def read_measures(measures: Sequence[str], conventions: Sequence[str]) -> tuple[Measured, ...]:
    """The columns: each measure once, FLOPs once for each convention.

    >>> [one.heading for one in read_measures(["macs", "flops"], ["exact", "mac"])]
    ['MACs', 'FLOPs, exact', 'FLOPs, mac']

    Raises:
        UnknownName: no measure or convention of that name.
    """
    columns: list[Measured] = []
    for measure in dict.fromkeys(measures):
        if measure not in QUANTITIES:
            raise UnknownName("measure", measure, QUANTITIES)
        ways = (
            [convention_called(name).name for name in conventions] if measure == "flops" else [""]
        )
        columns += (Measured(measure, way) for way in dict.fromkeys(ways))
    return tuple(columns)


def caption(
    given: str, sizes: Sizes, measured: Sequence[Measured], notation: Notation, baseline: str = ""
) -> Prose:
    """What the user says, the sizes, how everything was counted, and what ratios are to."""
    parts: list[Part] = [given.rstrip(". ") + ". "] if given else []
    if sizes:
        parts += ["For ", *size_words(sizes, notation), ". "]
    parts.append(" ".join(column.rule for column in measured))
    if baseline:
        parts.append(f" Ratios are to {baseline}.")
    return tuple(parts)


def size_words(sizes: Sizes, notation: Notation) -> Iterator[Part]:
    """The sizes, symbols of the same size together: k = 3, M = N = 512."""
    alike: dict[Tree, dict[str, str]] = {}
    for name in sorted(sizes, key=notation.rank):
        alike.setdefault(sizes[name], {})[notation.latex(name)] = notation.text(name)
    for number, (tree, letters) in enumerate(alike.items()):
        if number:
            yield ", "
        size = arrange(tree, notation)
        plain = " = ".join([*letters.values(), text(size, notation)])
        yield Sign(plain, " = ".join([*letters, latex(size, notation)]))


def uncounted_notes(rows: Iterable[LayerSum], measured: Sequence[Measured]) -> tuple[str, ...]:
    """Which layers each convention leaves uncounted, and where the forms hold."""
    rows, uncounted = [*rows], dict[str, dict[str, None]]()
    where = dict.fromkeys(f"Where {shown}." for layers in rows for shown in layers.holds_where())
    for layers in rows:
        for column in measured:
            for name in column.uncounted(layers):
                uncounted.setdefault(column.by, {})[name] = None
    return tuple(
        f"Not {f'counted by {by}' if by else 'known'}: {', '.join(names)}."
        for by, names in uncounted.items()
    ) + tuple(where)
