"""The input's height and width for the output's, the stride, padding, and sizes not put in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations

from closedform.algebra.tree import Symbol, Tree, substitute, symbol_names
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.layer_mistakes import (
    groups,
    is_position,
)
from closedform.symbols import role
from closedform.typeset.prose import Prose, listed, say

#: More symbols than this are not tried for the output's height and width.
MANY = 5
#: The claim that is proven is the renaming; what it means for a stride is added in words.
STRIDE = "they are equal at stride 1, and stride s enters as s²"
INPUTS = "this layer multiplies once for each input position"


def input_size(case: Case) -> Iterator[Finding]:
    """The claim is right once H and W of the target are called by two other symbols of the text."""
    theirs = case.only[1]
    known = _positions(case) if theirs and case.only[0] else ()
    mine = [name for name in known if name in case.only[0]]
    if 1 <= len(mine) <= 2 and len(theirs) <= MANY:
        for order in permutations(theirs, len(mine)):
            new: dict[str, Tree] = {a: Symbol(b) for a, b in zip(mine, order, strict=True)}
            said = partial(_input_said, order, mine)
            yield Finding("size", said, substitute(case.reference, new), case.claimed)


def _input_said(stand: tuple[str, ...], meant: list[str]) -> Prose:
    sides, why = ("output", "input"), STRIDE
    if role(meant[0]) == "input position":
        sides, why = ("input", "output"), INPUTS
    text = (
        "{{}} stand where the {0} size {{}} is meant: this holds with the {1} size for the "
        "{0} size; {{}}"
    )
    stands, means = (listed(map(Symbol, names), " and ") for names in (stand, meant))
    return say(text.format(*sides), stands, means, why)


def stride_squared(case: Case) -> Iterator[Finding]:
    """The claim is off by the square of one symbol, which is no size of a layer: the stride."""
    counted = any(q.measure in ("macs", "flops", "activations") for q in case.quantities)
    factor = case.ratio if counted and not case.numeric else None
    if factor is None or factor.number != 1 or len(factor.powers) != 1:
        return
    ((name, by),) = factor.powers
    parts = [part for quantity in case.quantities for part in groups(quantity.layers)]
    inside = name in _positions(case)
    # H² is the output itself and M² a channel, not a stride.
    if by != -2 or any(Symbol(name) in part.call.sizes.values() for part in parts):
        return
    if name in case.names[0] and not inside:
        return
    square = Symbol(name) ** 2
    text = "this counts the positions of the input: stride {} enters as {}, "
    text += f"by which the cost is {'' if inside else 'then '}too large"
    said = partial(say, text, Symbol(name), square)
    yield Finding("size", said, case.reference * square, case.claimed)


def _positions(case: Case) -> tuple[str, ...]:
    """The symbols in the heights and widths of the target's layers."""
    parts = [part for quantity in case.quantities for part in groups(quantity.layers)]
    sizes = dict.fromkeys(t for part in parts for n, t in part.call.arguments if is_position(n))
    return symbol_names(*map(case.assumptions.apply, sizes))
