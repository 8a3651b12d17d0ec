"""Conditions on a size that is no symbol any more: ``macs(resnet50) = … where R = 112``.

The layer has another value there, its default or the one that is given, and the condition would
change nothing. Where the cost is another one with it put in, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from closedform.algebra.assumptions import Condition, assume
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.tree import Symbol, Tree
from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Member
from closedform.language.layers import (
    Argument,
    Expand,
    LayerNode,
    Quantity,
    with_layers,
    with_quantities,
)


def check_sizes(
    texts: Iterable[str], sides: Sequence[Member], conditions: Sequence[Condition], expand: Expand
) -> None:
    """Do nothing where every equation of the conditions says something of the sides.

    Raises:
        ParseError: a layer of a side has another value for the size; in which of ``texts``.
    """
    free = {name for side in sides for name in side.names}
    for condition in conditions:
        name = condition.left
        if condition.relation != "=" or not isinstance(name, Symbol) or name.name in free:
            continue
        for side in sides:
            if put := _otherwise(side, name.name, condition.right, conditions, expand):
                raise _error(texts, name.name, put)


def _otherwise(
    side: Member, name: str, value: Tree, conditions: Sequence[Condition], expand: Expand
) -> str:
    """The quantity with the size put in, where that is another formula; else nothing."""

    def change(layer: LayerNode) -> LayerNode:
        others = tuple(argument for argument in layer.arguments if argument.name != name)
        put = LayerNode(layer.name, (*others, Argument(name, value)))
        with suppress(ClosedformError):  # no size of this layer
            expand(Quantity("params", put), "")
            return put
        return layer

    changed = [with_layers(quantity, change) for quantity in side.quantities]
    pairs = zip(changed, side.quantities, strict=True)
    put = next((new.written for new, old in pairs if new != old), "")
    parts = iter(changed)
    apply = assume(tuple(conditions)).apply
    with suppress(ClosedformError):
        tree = expand(with_quantities(side.asked, lambda _: next(parts)), "").tree
        return "" if not put or surely_equal(apply(tree), apply(side.tree)) else put
    return ""


def _error(texts: Iterable[str], name: str, put: str) -> ParseError:
    pattern = re.compile(rf"(?<![A-Za-z_])\\?{re.escape(name)}\s*=[^,;)）]*")
    found = ((text, match) for text in texts if (match := pattern.search(text)))
    text, match = next(found, (name, re.match(".*", name)))
    start, end = match.span() if match else (0, len(text))
    problem = f"{name} is no symbol here: the layer has a value for it"
    return ParseError(text, start, end, problem, f"write it into the layer: {put}")
