"""What layers become inside ``params( )`` and its like: sums of layers, and then formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from closedform.algebra.tree import Symbol, Tree
from closedform.catalogue import lookup
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, ParseError, UnknownName
from closedform.language.growing import finished
from closedform.language.tokens import Token

#: A sum of more layers than this is no network that anyone wrote down.
LAYER_TERMS = 1_000


@dataclass(frozen=True)
class Quantity:
    """A quantity as it was asked for: ``measure(layers)``, FLOPs counted ``by`` a convention."""

    measure: str
    layers: LayerSum
    by: str


@dataclass(slots=True)
class _Argument:
    """A size or flag of a layer call, and where it stands."""

    name: Token
    value: Any


@dataclass
class LayerBuilder:
    """The methods for layers of one parse.

    ``divisions``: pairs (divisor, multiple) that the layers met so far ask for. ``apart``: where
    quantities are left standing, those met so far.
    """

    text: str
    divisions: list[tuple[Tree, Tree]] = field(default_factory=list)
    apart: list[Quantity] | None = None

    def fail(self, item: Token, problem: str, hint: str = "") -> ParseError:
        """An error at a token."""
        return ParseError(self.text, item.start, item.end, problem, hint)

    def tree(self, value: Any, item: Token) -> Tree:
        """What has been read, which must be no layer."""
        value = finished(value)
        if isinstance(value, LayerSum):
            raise self.fail(
                item,
                "a layer stands where a number is expected",
                "say what of it: params(…), macs(…), flops(…)",
            )
        tree: Tree = value
        return tree

    def layers_added(self, left: Any, sign: Token, right: Any) -> LayerSum:
        """A sum of layers."""
        if not (isinstance(left, LayerSum) and isinstance(right, LayerSum)):
            raise self.fail(
                sign,
                "a layer and a formula cannot be added",
                "inside params( ), macs( ), flops( ) every term is a layer",
            )
        if len(left.terms) > LAYER_TERMS:
            raise self.fail(
                sign, f"more than {LAYER_TERMS} layers", "repeat layers by a factor: 3 conv"
            )
        return left + right

    def layers_repeated(self, left: Any, right: Any, sign: Token | None) -> LayerSum:
        """A layer times a number or a formula."""
        if isinstance(left, LayerSum) and isinstance(right, LayerSum):
            problem = "layers are not multiplied with each other"
            hint = "add them with +, repeat one with a number or symbol: 3 conv, L * conv"
            raise self.fail(sign, problem, hint) if sign else ClosedformError(problem, hint)
        try:
            result: LayerSum = left * right if isinstance(left, LayerSum) else right * left
        except ClosedformError as error:
            raise self.fail(sign, error.problem, error.hint) if sign else error from error
        return result

    def size(self, parts: list[Any]) -> _Argument:
        """``k=3`` in the brackets of a layer."""
        return _Argument(parts[0], self.tree(parts[2], parts[0]))

    def flag(self, parts: list[Any]) -> _Argument:
        """``bias`` or ``bias=true``."""
        name = parts[0]
        value = parts[-1].value if len(parts) > 1 else "true"
        if value not in ("true", "false"):
            raise self.fail(parts[-1], f"{name} is true or false", f"write {name}, or {name}=true")
        return _Argument(name, value == "true")

    def layer(self, parts: list[Any]) -> LayerSum:
        """A layer type at its sizes."""
        name = parts[0]
        kind = lookup(name.value)
        sizes: dict[str, Any] = {}
        for argument in parts[2] if len(parts) > 3 else ():
            key = argument.name.value
            known = (*kind.dims, *kind.flags)
            if isinstance(argument.value, bool):
                key = key.lower()
            if key in sizes:
                raise self.fail(argument.name, f"{key} is given twice", "give each size once")
            if key not in known or isinstance(argument.value, bool) != (key in FLAGS):
                error = UnknownName(f"size or flag of {kind.name}", key[:40], known)
                sizes_known = f"sizes of {kind.name}: {', '.join(kind.dims)}"
                flags_known = f"flags: {', '.join(kind.flags) or 'none'}"
                hint = f"{error.hint}\n{sizes_known}; {flags_known}"
                raise self.fail(argument.name, error.problem, hint)
            sizes[key] = argument.value
        try:
            return kind(**sizes)
        except ClosedformError as error:
            raise self.fail(name, error.problem, error.hint) from error

    def option(self, parts: list[Any]) -> tuple[Token, Token]:
        """``convention=mac``."""
        return parts[0], parts[2]

    def quantity(self, parts: list[Any]) -> Tree:
        """``params(X)`` and its like: the formula that X costs."""
        item, layers = parts[0], finished(parts[2])
        if not isinstance(layers, LayerSum):
            raise self.fail(
                item,
                f"{item}( ) takes a layer or a sum of layers",
                f"write {item}(conv), {item}(depthwise_conv + pointwise_conv)",
            )
        by, at = "exact", item
        for key, value in parts[4] if len(parts) > 4 else ():
            if key.value != "convention" or item.value != "flops":
                hint = "flops(X, convention=mac)"
                raise self.fail(key, f"{item}( ) has no option {key.value[:40]!r}", hint)
            by, at = value.value, value
        try:
            uncounted = layers.uncounted(by) if item.value == "flops" else ()
            tree = layers.tree(item.value, by)
        except UnknownName as error:
            raise self.fail(at, error.problem, error.hint) from error
        if uncounted:
            raise self.fail(at, f"the convention {by} does not count {', '.join(uncounted)}")
        self.divisions.extend(layers.divisions())
        if self.apart is not None:
            self.apart.append(Quantity(item.value, layers, by))
            return Symbol(f"§{len(self.apart) - 1}")
        return tree
