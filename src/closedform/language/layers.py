"""Layers as a text names them, and the quantities that ask what they cost: data, nothing computed.

A layer is a name with arguments; layers are added, repeated and shared. What a layer of that name
costs, and which of its arguments are sizes and which flags, is known above
(:mod:`closedform.cost.expand`).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from closedform.algebra.condition import Condition
from closedform.algebra.nodes import Leaf, Node, Number, Product, Sum, Symbol, Tree
from closedform.algebra.tree import children, rebuild
from closedform.records import NamedTuple, field, replace, slotted
from closedform.typeset.latex import latex
from closedform.typeset.text import text

#: Where something stands: ``text[start:end]``.
Place: TypeAlias = tuple[int, int]
_NOWHERE: Place = (0, 0)


class Layers:
    """A sum of layers as it is written: :class:`LayerNode` and what is built of them."""

    __slots__ = ()


@slotted
class Argument:
    """``k=3``, ``bias=true`` (a bool), or a word alone (None): a flag, or a size left open."""

    name: str
    value: Tree | bool | None = None
    place: Place = field(default=_NOWHERE, compare=False)
    value_place: Place = field(default=_NOWHERE, compare=False)


@slotted
class LayerNode(Layers):
    """One layer: ``conv(k=3, bias)``."""

    name: str
    arguments: tuple[Argument, ...] = ()
    place: Place = field(default=_NOWHERE, compare=False)

    @property
    def numbers(self) -> dict[str, int | Fraction]:
        """The sizes that are numbers."""
        return {a.name: a.value.value for a in self.arguments if isinstance(a.value, Number)}

    def without(self, *names: str) -> LayerNode:
        """The layer without arguments of these names."""
        return LayerNode(self.name, tuple(a for a in self.arguments if a.name not in names))

    def put(self, *new: Argument) -> LayerNode:
        """The layer with these arguments in the place of its own of the same names."""
        kept = self.without(*(argument.name for argument in new)).arguments
        return LayerNode(self.name, (*kept, *new))


@slotted
class Added(Layers):
    """Layers one after the other: ``depthwise_conv + pointwise_conv``."""

    terms: tuple[Layers, ...]


@slotted
class Repeated(Layers):
    """So many copies, each with weights of its own: ``L * conv``."""

    times: Tree
    layers: Layers


@slotted
class Shared(Layers):
    """One set of weights, used so many times: ``shared(n, linear)``."""

    uses: Tree
    layers: Layers


@slotted
class Portion(Layers):
    """A part of layers by its name, or all else: ``only(head, gpt2)``, ``without(fc, vgg16)``."""

    part: str
    layers: Layers
    kept: bool
    place: Place = field(default=_NOWHERE, compare=False)


@slotted
class Option:
    """``convention=mac`` behind the layers of a quantity."""

    name: str
    value: str
    place: Place = field(default=_NOWHERE, compare=False)
    value_place: Place = field(default=_NOWHERE, compare=False)


@slotted
class Quantity(Leaf):
    """A quantity as it was asked for: ``flops(conv(bias), convention=mac)``."""

    measure: str
    layers: Layers
    options: tuple[Option, ...] = ()
    place: Place = field(default=_NOWHERE, compare=False)

    @property
    def written(self) -> str:
        """The quantity in the language."""
        return _shown(self, _TEXT)

    @property
    def latex(self) -> str:
        """The quantity in LaTeX, which reads back."""
        return _shown(self, _LATEX)


class Expanded(NamedTuple):
    """A tree without quantities, and the pairs (divisor, multiple) that its layers ask for.

    ``notes``: what a reader must be told of the quantities. ``held``: what else its layers ask for.
    """

    tree: Tree
    divisions: tuple[tuple[Tree, Tree], ...] = ()
    notes: tuple[str, ...] = ()
    held: tuple[Condition, ...] = ()


#: Puts formulas in the place of the quantities in a tree that was read in a text.
Expand: TypeAlias = Callable[[Tree, str], Expanded]


def as_read(tree: Tree, _: str) -> Expanded:
    """The tree with its quantities left standing."""
    return Expanded(tree)


_PLAIN = (Symbol, Number)


def quantities(tree: Tree) -> tuple[Quantity, ...]:
    """The quantities in a tree, in the order in which they are read."""
    asked: list[Quantity] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Quantity):
            asked.append(node)
        stack += [part for part in reversed(children(node)) if type(part) not in _PLAIN]
    return tuple(asked)


def layers_of(node: Quantity | Layers) -> tuple[LayerNode, ...]:
    """The single layers that a quantity asks about, as they are written."""
    match node:
        case LayerNode():
            return (node,)
        case Added(terms=terms):
            return tuple(layer for term in terms for layer in layers_of(term))
        case Quantity() | Repeated() | Shared() | Portion():
            return layers_of(node.layers)
    return ()


def with_layers(quantity: Quantity, change: Callable[[LayerNode], LayerNode]) -> Quantity:
    """The quantity of the same sum, each single layer in it changed."""

    def changed(node: Layers) -> Layers:
        match node:
            case LayerNode():
                return change(node)
            case Added(terms=terms):
                return Added(tuple(map(changed, terms)))
            case Repeated(times=times, layers=layers):
                return Repeated(times, changed(layers))
            case Shared(uses=uses, layers=layers):
                return Shared(uses, changed(layers))
            case Portion():
                return replace(node, layers=changed(node.layers))
        return node

    return Quantity(quantity.measure, changed(quantity.layers), quantity.options)


def with_quantities(tree: Tree, put: Callable[[Quantity], Tree]) -> Tree:
    """The tree with a formula in the place of each quantity, as if it had been written there.

    ``2 params(conv)`` becomes the product 2·k²·M·N and not 2·(k²·M·N), as brackets that are typed
    leave no trace either.
    """
    if isinstance(tree, Quantity):
        return put(tree)
    parts = children(tree)
    made = [with_quantities(part, put) for part in parts]
    if all(new is old for new, old in zip(made, parts, strict=True)):
        return tree
    if isinstance(tree, Product):
        factors: list[Node] = []
        for factor in made:
            factors += factor.factors if isinstance(factor, Product) else (factor,)
        return Product(tuple(factors))
    if isinstance(tree, Sum) and isinstance(made[0], Sum):
        return Sum((*made[0].terms, *made[1:]))
    return rebuild(tree, tuple(made))


class _Form(NamedTuple):
    """How formulas and words are printed, and the sign between copies and what is copied."""

    tree: Callable[[Tree], str]
    name: Callable[[str], str]
    times: str


_TEXT = _Form(text, str, " * ")
_LATEX = _Form(latex, lambda name: rf"\text{{{name.replace('_', chr(92) + '_')}}}", r" \cdot ")


def _shown(node: Quantity | Layers | Argument, form: _Form) -> str:
    match node:
        case Quantity(measure=name, layers=layers, options=options):
            inside = [_shown(layers, form)]
            inside += [f"{form.name(option.name)}={form.name(option.value)}" for option in options]
            return f"{form.name(name)}({', '.join(inside)})"
        case LayerNode(name=name, arguments=arguments):
            listed = ", ".join(_shown(argument, form) for argument in arguments)
            return f"{form.name(name)}({listed})" if listed else form.name(name)
        case Argument(name=name, value=None):
            return form.name(name)
        case Argument(name=name, value=bool(value)):
            return f"{form.name(name)}={form.name(str(value).lower())}"
        case Argument(name=name, value=Node() as value):
            return f"{form.tree(Symbol(name))}={form.tree(value)}"
        case Added(terms=terms):
            return " + ".join(_shown(term, form) for term in terms)
        case Shared(uses=uses, layers=layers):
            return f"{form.name('shared')}({form.tree(uses)}, {_shown(layers, form)})"
        case Portion(part=part, layers=layers, kept=kept):
            chosen = form.name("only" if kept else "without")
            return f"{chosen}({form.name(part)}, {_shown(layers, form)})"
        case Repeated(times=times, layers=layers):
            left = f"({form.tree(times)})" if isinstance(times, Sum) else form.tree(times)
            right = _shown(layers, form)
            return f"{left}{form.times}{f'({right})' if isinstance(layers, Added) else right}"
    raise TypeError(f"no layers: {type(node).__name__}")
