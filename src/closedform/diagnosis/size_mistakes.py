"""The input's height and width for the output's, the stride, padding, and sizes not put in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations

from closedform.algebra.readable import readable
from closedform.algebra.tree import ONE, Symbol, Tree, substitute, symbol_names
from closedform.cost.expand import Costed
from closedform.cost.layer_type import LAYERS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding, cost
from closedform.diagnosis.layer_mistakes import (
    Group,
    groups,
    having,
    is_position,
    of_quantities,
    with_call,
)
from closedform.symbols import role
from closedform.typeset.prose import EQUAL, Prose, listed, say

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


def without_values(case: Case) -> Iterator[Finding]:
    """The target is a number, and the text has the letters of its layers: k for k = 3."""
    if case.names[0] or not case.names[1]:
        return
    values: dict[str, Tree] = {}
    for quantity in case.quantities:
        for term in quantity.layers._leaves():
            values = {**term.call.sizes, **values}
    mine = {name: tree for name, tree in values.items() if name in case.names[1]}
    if set(mine) == set(case.names[1]):
        given = listed((Symbol(name), EQUAL, tree) for name, tree in mine.items())
        text = "right at the sizes of the layer, which the text does not give: add where {}"
        claimed = substitute(case.claimed, mine)
        yield Finding("condition", partial(say, text, given), claimed, case.reference)


def left_at_default(case: Case) -> Iterator[Finding]:
    """A symbol of the text is a size of the layer, which has a value where it is not given."""
    if names := tuple(name for name in case.names[1] if name not in case.names[0]):
        yield from of_quantities(partial(_with_open_sizes, names=names))(case)


def _with_open_sizes(quantity: Costed, names: tuple[str, ...]) -> Iterator[Finding]:
    for place, term in enumerate(quantity.layers.terms[:MANY]):
        call, given = term.call, term.call.given
        opened = [name for name in names if name in call.type.defaults and name not in given]
        if all(role(name) == "groups" for name in opened):
            continue  # a layer in groups is told by its own name
        open_sizes = {name: Symbol(name) for name in opened}
        other = with_call(quantity.layers, place, {**given, **open_sizes}, call.flags)
        at = listed((size, EQUAL, call.sizes[name]) for name, size in open_sizes.items())
        batch = {} if call.batch == ONE else {"B": call.batch}
        written = Group(term).named_at({**given, **open_sizes, **batch}, call.flags)
        said = partial(say, "{} unless given: write {}", at, written)
        yield Finding("size", said, cost(other, quantity.measure, quantity.by))


@of_quantities
def unpadded(quantity: Costed) -> Iterator[Finding]:
    """The output is taken to be smaller by k − 1, as it is without padding."""
    terms = []
    changed: dict[Tree, Tree] = {}
    for term in quantity.layers._leaves():
        call, sizes = term.call, dict(term.call.sizes)
        kernels = list(having(call, "kernel").values())
        sides = having(call, "position") if kernels and call.layer in LAYERS else {}
        for name, side in sides.items():
            sizes[name] = changed[side] = side - kernels[0] + ONE
        # What the input's size is by default follows from the new one.
        kept = {name: sizes[name] for name in call.type.main} if sides else {}
        terms += [t.scaled(*term[:3]) for t in call.type.at(kept).terms] if sides else [term]
    if changed and quantity.measure != "params":
        wrong = cost(LayerSum(tuple(terms)), quantity.measure, quantity.by)
        yield Finding("size", partial(_unpadded_said, changed), wrong)


def _unpadded_said(changed: dict[Tree, Tree]) -> Prose:
    pairs = (say("{} stands where {} is meant", readable(n), old) for old, n in changed.items())
    text = "{}: H and W are the output size already; without padding the input is larger"
    return say(text, listed(pairs, " and "))


def _positions(case: Case) -> tuple[str, ...]:
    """The symbols in the heights and widths of the target's layers."""
    parts = [part for quantity in case.quantities for part in groups(quantity.layers)]
    sizes = dict.fromkeys(t for part in parts for n, t in part.call.arguments if is_position(n))
    return symbol_names(*map(case.assumptions.apply, sizes))
