"""Sizes put into layers that are symbols: conv with k = 3, M = N = 512."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from closedform.algebra.conditions import assume
from closedform.algebra.exact import value
from closedform.algebra.tree import Number, Tree, substitute, symbol_names
from closedform.cost.call import LayerCall
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, NotDivisible, NotPositiveInteger
from closedform.reading import read_conditions
from closedform.typeset.arrange import arrange
from closedform.typeset.text import text

Sizes = Mapping[str, Tree]


def read_sizes(written: str) -> dict[str, Tree]:
    """The sizes in a text such as ``k=3, M=N=512``.

    >>> read_sizes("k=3, M=N=512")["M"]
    Number(value=512, written='')

    Raises:
        ClosedformError: a condition that is no equation, or that cannot be solved for a symbol.
    """
    conditions = read_conditions(written)
    for condition in conditions:
        if condition.relation != "=":
            raise ClosedformError(
                f"{text(condition.left)} {condition.relation} {text(condition.right)} is no size",
                "write equations: k=3, M=N=512",
            )
    equations = assume(conditions).equations
    return {
        name: tree if symbol_names(tree) else Number(value(tree, {}))
        for name, tree in equations.items()
    }


def sizes_of(written: str, layers: Iterable[LayerSum]) -> dict[str, Tree]:
    """The sizes in a text that is meant for these layers; no text is no sizes.

    Raises:
        ClosedformError: what :func:`read_sizes` raises, or a size that no layer has.
    """
    if not written.strip():
        return {}
    sizes = read_sizes(written)
    missing = dict.fromkeys(name for one in layers for name in one.missing())
    free, known = ", ".join(missing) or "none", set(missing)
    # A size may be given by way of another symbol: M = 4c, c = 64.
    linked = [
        {*symbol_names(one.left), *symbol_names(one.right)} for one in read_conditions(written)
    ]
    for _ in linked:
        known.update(*(names for names in linked if names & known))
    for name in sizes:
        if name not in known:
            raise ClosedformError(f"no layer has a free size {name}", f"free sizes: {free}")
    return sizes


def put_in(layers: LayerSum, sizes: Sizes) -> LayerSum:
    """The layers with the sizes in place of the symbols.

    >>> from closedform import conv, parse
    >>> from closedform.symbols import N
    >>> put_in(conv(k=3, M=N), read_sizes("N=8")).params
    576

    Raises:
        NotPositiveInteger, NotDivisible: sizes that no layer can have.
    """
    if not sizes:
        return layers
    return LayerSum(tuple((_put(times, sizes), _call(call, sizes)) for times, call in layers.terms))


def _call(call: LayerCall, sizes: Sizes) -> LayerCall:
    arguments = tuple((name, _put(tree, sizes)) for name, tree in call.arguments)
    for (name, before), (_, after) in zip(call.arguments, arguments, strict=True):
        if isinstance(after, Number) and (not isinstance(after.value, int) or after.value < 1):
            raise NotPositiveInteger(_named(name, before), after.value)
    divisions = tuple((_put(a, sizes), _put(b, sizes)) for a, b in call.divisions)
    for (divisor, multiple), (a, b) in zip(call.divisions, divisions, strict=True):
        if isinstance(a, Number) and isinstance(b, Number) and Fraction(b.value) / a.value % 1:
            raise NotDivisible(_text(divisor), a.value, _text(multiple), b.value)
    cost = call.closed_form
    closed_form = replace(
        cost,
        params=_put(cost.params, sizes),
        macs=_put(cost.macs, sizes),
        flops=_put(cost.flops, sizes),
        activations=_put(cost.activations, sizes),
    )
    return replace(
        call,
        arguments=arguments,
        closed_form=closed_form,
        spaces=call.spaces.substituted(dict(sizes)),
        divisions=divisions,
    )


def _put(tree: Tree, sizes: Sizes) -> Tree:
    found = substitute(tree, dict(sizes))
    return found if symbol_names(found) else Number(value(found, {}))


def _named(name: str, size: Tree) -> str:
    """A size by its dimension, and by what was written where that says more: M = 3M/4."""
    return name if _text(size) == name else f"{name} = {_text(size)}"


def _text(tree: Tree) -> str:
    return text(arrange(tree))
