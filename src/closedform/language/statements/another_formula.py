"""Whether a side of a claim would be another formula if its layers were said otherwise.

Conditions on a size that is no symbol any more are such a saying: ``macs(resnet50) = … where R =
112``. The layer has another value there, its default or the one that is given, and the condition
would change nothing. Where the cost is another one with it put in, it is refused; one that speaks
of no size at all is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeAlias

from closedform.algebra.assumptions import Condition, assume, holds
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.sequences.indexed import placed
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

#: A quantity as it is said otherwise.
Change: TypeAlias = Callable[[Quantity], Quantity]


def another_formula(
    side: Member, change: Change, expand: Expand, conditions: Sequence[Condition] = ()
) -> str:
    """The first quantity that is changed, where the side is another formula then; else nothing."""
    changed = [change(quantity) for quantity in side.quantities]
    pairs = zip(changed, side.quantities, strict=True)
    other = next((new.written for new, old in pairs if new != old), "")
    if not other:
        return ""
    parts = iter(changed)
    apply = assume(tuple(conditions)).apply
    with suppress(ClosedformError):  # the layer cannot be had so
        tree = expand(with_quantities(side.asked, lambda _: next(parts)), "").tree
        return "" if surely_equal(apply(tree), apply(side.tree)) else other
    return ""


def with_size(side: Member, name: str, value: Tree, expand: Expand) -> str:
    """The first quantity with a value for a size, where the side is another formula then."""
    return with_sizes(side, {name: value}, expand)


def with_sizes(side: Member, values: Mapping[str, Tree], expand: Expand) -> str:
    """The same with several, all put in at once."""

    def put(layer: LayerNode) -> LayerNode:
        for name, value in values.items():
            layer = _with_size(layer, name, value, expand)
        return layer

    return another_formula(side, partial(with_layers, change=put), expand)


def check_sizes(
    texts: Sequence[str], sides: Sequence[Member], conditions: Sequence[Condition], expand: Expand
) -> list[str]:
    """Notes on the symbols to which an equation gives a value, and that stand nowhere else.

    Raises:
        ParseError: a layer of a side has another value for the size; in which of ``texts``.
    """
    free = {name for side in sides for name in side.names}
    times = Counter(name for condition in conditions for name in condition.names)
    notes: list[str] = []
    layers = [layer for side in sides for layer in side.layers]
    values = {name: number for layer in layers for name, number in layer.numbers.items()}
    for condition in conditions:
        name = condition.left
        bounds = condition.relation != "=" or not isinstance(name, Symbol)
        fixed = bounds and condition.names and condition.names <= values.keys() - free
        if fixed and not holds(condition, values):
            text, given = next(iter(texts)), next(iter(condition.names))
            problem = f"a condition does not hold of the layer, where {given} = {values[given]}"
            raise ParseError(text, 0, len(text), problem, "leave it out, or give it other sizes")
        if condition.relation != "=" or not isinstance(name, Symbol) or name.name in free:
            continue
        put = partial(_with_size, name=name.name, value=condition.right, expand=expand)
        for side in sides:
            change = partial(with_layers, change=put)
            if meant := another_formula(side, change, expand, conditions):
                raise _error(texts, name.name, meant)
        family = name.name.partition("_")[0] + "_"  # n_1 gives a term of a sum over n_l
        rest = {name for c in conditions if c is not condition for name in c.names} | free
        places = {place[0] for other in rest if (place := placed(other))}
        spoken = name.name in places or any(other.startswith(family) for other in rest)
        if times[name.name] == 1 and not spoken:
            notes.append(f"{name.name} of the conditions stands in no formula")
    return notes


def _with_size(layer: LayerNode, name: str, value: Tree, expand: Expand) -> LayerNode:
    """The layer with a value for a size, if it has such a size."""
    put = layer.put(Argument(name, value))
    with suppress(ClosedformError):
        expand(Quantity("params", put), "")
        return put
    return layer


def _error(texts: Iterable[str], name: str, put: str) -> ParseError:
    pattern = re.compile(rf"(?<![A-Za-z_])\\?{re.escape(name)}\s*=[^,;)）]*")
    said = next(filter(None, map(pattern.search, texts)), None)
    text, (start, end) = (said.string, said.span()) if said else (name, (0, len(name)))
    problem = f"{name} is no symbol here: the layer has a value for it"
    return ParseError(text, start, end, problem, f"write it into the layer: {put}")
