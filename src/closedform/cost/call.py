"""One call of a layer type: its sizes and flags, and what it executes at them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from closedform.algebra.bridge import to_python
from closedform.algebra.forms.collect import joined
from closedform.algebra.tree import (
    ONE,
    Number,
    Quotient,
    Tree,
    factors_of,
    symbol_names,
    total,
)
from closedform.cost.declaration import Declaration
from closedform.cost.formula import evaluated, put, size, space, worked_out
from closedform.cost.held import Held
from closedform.cost.measures import Cost
from closedform.cost.operations import Operation
from closedform.records import NamedTuple, field, record, replace

if TYPE_CHECKING:
    from closedform.later import Expression

#: What a batch does not multiply.
OF_WEIGHTS = frozenset({"params", "active_params", "buffers"})


@record
class LayerCall:
    """A layer at given sizes.

    ``batch``: how many samples it works on. ``owner``: the layer whose flag this bias or batch norm
    is; it then works in place, without an output of its own. ``samples``: the first extent of what
    the whole model is given, where that is another one than the layer's. ``once``: it runs once,
    however many samples there are.
    """

    type: Declaration
    arguments: tuple[tuple[str, Tree], ...]
    flags: tuple[str, ...] = ()
    batch: Tree = ONE
    owner: Declaration | None = field(default=None)
    samples: Tree | None = None
    once: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.type, self.arguments, self.flags, self.batch, self.owner, self.once))

    @property
    def layer(self) -> str:
        """The name of the layer type."""
        return self.type.name

    @cached_property
    def sizes(self) -> dict[str, Tree]:
        """The value of each size."""
        return dict(self.arguments)

    @cached_property
    def given(self) -> dict[str, Tree]:
        """The sizes that are not what they would be if nothing were said."""
        unsaid = self.type.unsaid
        return {n: tree for n, tree in self.arguments if tree != unsaid(n, self.sizes)}

    @cached_property
    def closed_form(self) -> Cost | None:
        """The closed form of the paper for one sample; none where it does not speak of a flag."""
        cost = self.type.closed_form(self.sizes, self.flags)
        # What the paper adds may be alike: 3df and 2fN at N = 16d, 2n and 2m at m = n.
        return None if cost is None else Cost(*(None if x is None else joined(x) for x in cost))

    @cached_property
    def parts(self) -> tuple[Term, ...] | None:
        """The layers that this one is made of; none for a layer that executes its operations."""
        return self._made_of[1]

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """What the layer itself executes, for one sample, besides its parts."""
        return self._made_of[0]

    @cached_property
    def _made_of(self) -> Made:
        operations, parts = self.type.made(self)
        if self.samples is not None and parts is not None:
            parts = tuple(t._replace(call=replace(t.call, samples=self.samples)) for t in parts)
        return operations, parts

    @property
    def first(self) -> Tree:
        """The first extent of what the model is given: its batch, or tokens that come first."""
        own = self.sizes["n"] if "seq_first" in self.flags else self.batch
        return own if self.samples is None else self.samples

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """How it is called, where it is not as a module."""
        return tuple(word for word in self.flags if word in self.type.ways)

    @cached_property
    def weights(self) -> tuple[tuple[Tree, ...], ...]:
        """The shape of each weight tensor of its own operations."""
        return tuple(shape for operation in self.operations for shape in operation.weights)

    @cached_property
    def divisions(self) -> tuple[tuple[Tree, Tree], ...]:
        """The pairs (divisor, multiple) that must be whole: g | M, and h | d where d_h is d/h.

        A side that is padded to a multiple is taken for one where it is open, or what divides it.
        """
        own = [(self.sizes.get(a) or Number(int(a)), self.sizes[b]) for a, b in self.type.divides]
        padded = [(self.sizes[a], self.sizes[b]) for a, b in self.type.pads]
        own += [(a, b) for a, b in padded if symbol_names(a, b) and a not in factors_of(b)]
        for name in self.type._defaults:
            tree = self.sizes[name]
            if isinstance(tree, Quotient) and tree == self.type.unsaid(name, self.sizes):
                own.append((tree.denominator, tree.numerator))
        inside = (pair for term in self.parts or () for pair in term.call.divisions)
        return (*own, *inside)

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The conditions under which it is as it is stated, at its sizes."""
        inside = (one for term in self.parts or () for one in term.call.held)
        return (*(one.at(self.sizes) for one in self.type.holds), *inside)

    @property
    def inputs(self) -> Tree | None:
        """How many elements it reads, where its type says so."""
        if not self.type.inputs:
            return None
        parts = self.type.inputs.split(";")
        return total(size(put(space(part), self.sizes)) for part in parts)

    @property
    def kv_cache(self) -> Tree | None:
        """Elements of keys and values that are kept, where its type says so."""
        formula = self.type.kv_cache
        if callable(formula):
            return worked_out(formula(self.sizes))
        return evaluated(formula, self.sizes.__getitem__) if formula else None

    def with_batch(self, batch: Tree) -> LayerCall:
        """The call for ``batch`` times as many samples."""
        if self.once:
            return replace(self, samples=batch)
        return self if batch == ONE else replace(self, batch=batch * self.batch)

    def symbols(self) -> tuple[str, ...]:
        """Names of the sizes that are still symbols."""
        return symbol_names(*(tree for _, tree in self.arguments), self.batch, self.first)


class Term(NamedTuple):
    """A call in a sum, and its multiples: ``copies``, ``runs`` and ``active`` as trees.

    ``place``: where in a network it stands, such as ``layer3.0.conv2``; ``reads``: the name of what
    it reads, ``input`` or the number of parts that made it, if it is not the part before.
    """

    owned: Tree
    executed: Tree
    working: Tree
    call: LayerCall
    place: str = ""
    reads: str = ""

    @classmethod
    def of(cls, call: LayerCall) -> Term:
        """One call."""
        return cls(ONE, ONE, ONE, call)

    @property
    def copies(self) -> Expression:
        """How many copies of its weights there are."""
        return to_python(self.owned)

    @property
    def runs(self) -> Expression:
        """How often it is executed."""
        return to_python(self.executed)

    @property
    def active(self) -> Expression:
        """How many copies work on one token: fewer than all in a mixture of experts."""
        return to_python(self.working)

    def times(self, quantity: str) -> Tree:
        """By how much a quantity of the call counts."""
        if quantity in OF_WEIGHTS:
            return self.working if quantity == "active_params" else self.owned
        return self.executed

    def named(self, name: str) -> str:
        """What something of it is called: with its place where nobody knows it."""
        return f"{name} at {self.place}" if self.place and self.call.type.is_unknown else name

    def scaled(self, copies: Tree, runs: Tree, active: Tree, place: str = "") -> Term:
        """The term in a sum that is itself taken so many times."""
        return self._replace(
            owned=copies * self.owned,
            executed=runs * self.executed,
            working=active * self.working,
            place=".".join(filter(None, (place, self.place))),
        )


#: Lists of modules that hold a network's stages (torchvision, models/; the authors' ghostnet.py).
LISTS = frozenset({"blocks", "features", "layers"})


def stage_of(place: str) -> str:
    """The stage that a place is in: layer3 of layer3.0.conv2, features.2 of features.2.0.block."""
    first, second = (*place.split(".", 2), "")[:2]
    return f"{first}.{second}" if first in LISTS and second.isdigit() else first


#: The operations that a call executes itself, or the calls that it is made of.
Made: TypeAlias = tuple[tuple[Operation, ...], tuple[Term, ...] | None]
