"""The input's height and width for the output's, the stride, and floors."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from closedform.algebra.readable import readable
from closedform.algebra.tree import (
    ONE,
    Call,
    Number,
    Quotient,
    Symbol,
    Tree,
    children,
    power,
    rebuild,
    substitute,
    symbol_names,
    walk,
)
from closedform.cost.expand import Costed
from closedform.cost.registry import LAYERS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.factor_changes import ratio_of
from closedform.diagnosis.layer_mistakes import Wrong
from closedform.typeset.prose import EQUAL, listed, say

#: Past this many nodes no formula is searched for slips inside its floors.
SMALL = 120
#: The claim that is proven is the renaming; what it means for a stride is added in words.
STRIDE = "they are equal at stride 1, and stride s enters as s²"


def input_size(case: Case) -> Iterator[Finding]:
    """The claim is right once H and W of the target are called by two other symbols of the text."""
    positions = _positions(case)
    mine = [name for name in positions if name in case.only[0]]
    theirs = case.only[1]
    if not mine or len(mine) > 2 or len(theirs) > 5:
        return
    for order in permutations(theirs, len(mine)):
        wrong = substitute(case.reference, {a: Symbol(b) for a, b in zip(mine, order, strict=True)})
        if case.same(wrong, case.claimed):
            stand = listed(map(Symbol, order), " and ")
            meant = listed(map(Symbol, mine), " and ")
            text = say(
                "{} stand where the output size {} is meant: "
                "this holds with the input size for the output size; {}",
                stand,
                meant,
                STRIDE,
            )
            yield Finding("size", 0.4, text, wrong, case.claimed)
            return


def stride_squared(case: Case) -> Iterator[Finding]:
    """The claim is off by the square of one symbol, which is no size of a layer: the stride."""
    if not case.quantities or case.numeric:
        return
    put = case.assumptions.apply
    space = case.assumptions.field(put(case.reference), put(case.claimed))
    ratio = ratio_of(space.normal(put(case.reference)), space.normal(put(case.claimed)))
    if ratio is None or ratio.number != 1 or len(ratio.missing) + len(ratio.extra) != 1:
        return
    ((place, by),) = (ratio.missing or ratio.extra).items()
    tree = space.trees[place]
    if by != 2 or not isinstance(tree, Symbol):
        return
    counted = any(q.measure in ("macs", "flops", "activations") for q in case.quantities)
    inside = tree.name in _positions(case)
    known = tree.name in case.names[0]
    if _is_position(case, tree):
        # H² is the output itself, not a stride.
        return
    if not counted or (known and not inside) or tree.name in ("k", "K", "M", "N"):
        return
    square = power(tree, Number(2))
    if ratio.missing:
        text = say("this counts the positions of the input: stride {} enters as {}", tree, square)
        text += say(", by which the cost is {}too large", "" if inside else "then ")
        wrong = case.reference * power(tree, Number(2))
    else:
        text = say("the stride is divided by twice over: {} times too small", square)
        wrong = case.reference / power(tree, Number(2))
    yield Finding("size", 0.5, text, wrong, case.claimed)


def without_values(case: Case) -> Iterator[Finding]:
    """The target is a number, and the text has the letters of its layers: k for k = 3."""
    if case.names[0] or not case.names[1]:
        return
    values: dict[str, Tree] = {}
    for quantity in case.quantities:
        for term in quantity.layers.leaves():
            values = {**term.call.sizes, **values}
    mine = {name: tree for name, tree in values.items() if name in case.names[1]}
    if set(mine) == set(case.names[1]):
        given = listed((Symbol(name), EQUAL, tree) for name, tree in mine.items())
        text = say(
            "right at the sizes of the layer, which the text does not give: add where {}", given
        )
        yield Finding("condition", 0.6, text, substitute(case.claimed, mine), case.reference)


def unpadded(quantity: Costed) -> Iterator[Wrong]:
    """The output is taken to be smaller by k − 1, as it is without padding."""
    terms = []
    changed: dict[Tree, Tree] = {}
    for term in quantity.layers.leaves():
        call = term.call
        sizes = dict(call.sizes)
        if call.layer in LAYERS and {"k", "H", "W"} <= sizes.keys():
            for name in ("H", "W"):
                smaller = sizes[name] - sizes["k"] + ONE
                changed[sizes[name]] = readable(smaller)
                sizes[name] = smaller
            terms += [t.scaled(*term[:3]) for t in call.type.at(sizes).terms]
        else:
            terms.append(term)
    if not changed or quantity.measure == "params":
        return
    said = (say("{} stands where {} is meant", new, old) for old, new in changed.items())
    text = say(
        "{}: H and W are the output size already; without padding the input is larger",
        listed(said, " and "),
    )
    wrong = LayerSum(tuple(terms)).tree(quantity.measure, quantity.by)
    yield Wrong("size", 0.6, text, wrong)


def floors(case: Case) -> Iterator[Finding]:
    """A floor or ceiling forgotten, too many, or taken for the other."""
    other = {"floor": "ceil", "ceil": "floor"}
    names = {"floor": "⌊ ⌋", "ceil": "⌈ ⌉"}
    for tree, is_claim in ((case.claimed, True), (case.reference, False)):
        rest = case.reference if is_claim else case.claimed
        for node in walk(tree):
            if isinstance(node, Quotient) and case.numeric:
                text = say("⌊ ⌋ is missing around {}", node)
                down = Call("floor", (node,))
                yield Finding("floor", 0.7, text, _exchanged(tree, node, down), rest)
            if not isinstance(node, Call) or node.function not in other:
                continue
            bare = _exchanged(tree, node, node.arguments[0])
            turned = _exchanged(tree, node, Call(other[node.function], node.arguments))
            stands, meant = node.function, other[node.function]
            if not is_claim:
                stands, meant = meant, stands
            verb = "too much" if is_claim else "missing"
            text = say("{} is {} around {}", names[node.function], verb, node.arguments[0])
            yield Finding("floor", 0.7, text, bare, rest)
            text = say("{} stands where {} is meant", names[stands], names[meant])
            yield Finding("floor", 0.7, text, turned, rest)


def inside_floors(case: Case) -> Iterator[Finding]:
    """A number, sign, term or symbol inside a floor or ceiling of the claimed formula."""
    calls = [n for n in walk(case.claimed) if isinstance(n, Call)] if case.weight < SMALL else []
    for call in calls[:3]:
        for place, part in enumerate(call.arguments):
            for wrong, meant, new in _edits(part, case.names[0]):
                arguments = (*call.arguments[:place], new, *call.arguments[place + 1 :])
                tree = _exchanged(case.claimed, call, Call(call.function, arguments))
                text = say("{} stands where {} is meant in {}", wrong, meant, call)
                # The smaller the part that has to be changed, the better.
                size = 0.95 + 0.02 * min(sum(1 for _ in walk(wrong)), 20)
                yield Finding("number", size, text, tree, case.reference)


def _edits(tree: Tree, names: tuple[str, ...]) -> Iterator[tuple[Tree, Tree, Tree]]:
    """The tree with one of its parts exchanged for something near it: (part, other part, tree)."""
    for other in _near(tree, names):
        yield tree, other, other
    parts = children(tree)
    for place, part in enumerate(parts):
        for wrong, meant, new in _edits(part, names):
            yield wrong, meant, rebuild(tree, (*parts[:place], new, *parts[place + 1 :]))


def _near(tree: Tree, names: tuple[str, ...]) -> Iterator[Tree]:
    match tree:
        case Number(value=int(number)):
            yield from (Number(n) for n in (number - 1, number + 1, 1) if n > 0 and n != number)
        case Symbol(name=name):
            yield from (Symbol(n) for n in names if n != name)
            yield from (2 * tree, tree - 1, tree + 1)
        case Quotient():
            yield tree.numerator
        case _ if isinstance(tree, Call) or not children(tree):
            return
    terms = getattr(tree, "terms", None)
    if terms is not None:
        for place, term in enumerate(terms):
            rest = tuple(t for i, t in enumerate(terms) if i != place)
            yield rebuild(tree, (*rest, -term))
            yield rest[0] if len(rest) == 1 else rebuild(tree, rest)
        for step in (-1, 1):
            yield tree + step
        yield from (2 * tree, tree / 2) if len(terms) == 1 else ()
        for name in names:
            yield from (tree + Symbol(name), tree - Symbol(name))
    factors = getattr(tree, "factors", None)
    if factors is not None:
        for place in range(len(factors)):
            rest = tuple(f for i, f in enumerate(factors) if i != place)
            yield rest[0] if len(rest) == 1 else rebuild(tree, rest)


def _exchanged(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with one node exchanged, wherever it occurs."""
    if tree == old:
        return new
    parts = children(tree)
    return rebuild(tree, tuple(_exchanged(p, old, new) for p in parts)) if parts else tree


def _is_position(case: Case, tree: Symbol) -> bool:
    """Whether a symbol is the height or width of an output, rather than what divides it."""
    calls = [t.call for quantity in case.quantities for t in quantity.layers.leaves()]
    sizes = [dict(call.arguments).get(name) for call in calls for name in ("H", "W")]
    return any(size == tree for size in sizes)


def _positions(case: Case) -> tuple[str, ...]:
    """The symbols in the heights and widths of the target's layers."""
    found: dict[str, None] = {}
    for quantity in case.quantities:
        for term in quantity.layers.leaves():
            for name, tree in term.call.arguments:
                if name in ("H", "W"):
                    found.update(dict.fromkeys(symbol_names(case.assumptions.apply(tree))))
    return tuple(found)
