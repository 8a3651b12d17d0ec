"""A cost from first principles: counted off the index spaces of each layer, then added up."""

from __future__ import annotations

from closedform.algebra.tree import (
    ONE,
    ZERO,
    Node,
    Number,
    Product,
    Sum,
    Symbol,
    Tree,
    multiply,
    symbol_names,
)
from closedform.cost.call import LayerCall
from closedform.cost.conventions import convention
from closedform.cost.record import MEASURES
from closedform.cost.spaces import Space, size
from closedform.cost.sums import LayerSum
from closedform.derivation.prose import EQUAL, TIMES, AsWritten, Part, Prose
from closedform.derivation.steps import Chain, Line

#: What an element-wise layer does to each output, by kind; else so many operations.
_OPERATIONS = {
    "bias": "one addition",
    "normalization": "one multiplication and one addition",
}


def cost_chains(layers: LayerSum, measure: str, by: str = "exact") -> tuple[Chain, ...]:
    """How one measure of a sum of layers comes about: a chain a layer, and one for their sum.

    >>> from closedform.catalogue import lookup
    >>> from closedform.derivation.prose import in_text, shown_text
    >>> (chain,) = cost_chains(lookup("linear")(), "flops")
    >>> [in_text(line.reason) for line in chain.lines]
    ['M multiplications and M − 1 additions for each output', 'collect']
    """
    times = _merged(layers)
    chains = [_call_chain(call, measure, by, _name(call, times)) for call in times]
    if len(times) == 1 and next(iter(times.values())) == ONE:
        return tuple(chains)
    # A bias adds no MACs: among other layers that goes without saying.
    told = [chain for chain in chains if not chain.lines or chain.lines[-1].tree != ZERO]
    total = _total(layers, times, measure, by)
    if len(told) == 1 and told[0].lines and told[0].lines[-1].tree == total.lines[-1].tree:
        return tuple(told)
    return (*told, total)


def measure_word(measure: str, by: str) -> str:
    """A measure in words; FLOPs with the name of their convention.

    >>> measure_word("flops", "mac")
    'FLOPs (mac)'
    """
    return MEASURES[measure] + (f" ({by})" if measure == "flops" else "")


def _merged(layers: LayerSum) -> dict[LayerCall, Tree]:
    """Each call once, and how often it occurs."""
    times: dict[LayerCall, Tree] = {}
    for count, call in layers.terms:
        times[call] = times.get(call, ZERO) + count
    return times


def _name(call: LayerCall, among: dict[LayerCall, Tree]) -> Prose:
    """The layer's name; where others share it, with what tells them apart."""
    name = call.layer.replace("_", " ")
    same = [other for other in among if other.layer == call.layer]
    if len(same) == 1:
        return (name,)
    if call.fused:
        listed = list(among)
        before = next(c for c in reversed(listed[: listed.index(call)]) if not c.fused)
        return (f"{name} of ", *_name(before, among))
    parts: list[Part] = []
    for place, (size_name, value) in enumerate(call.arguments):
        if any(other.arguments[place : place + 1] != ((size_name, value),) for other in same):
            parts += [", " if parts else " (", Symbol(size_name), EQUAL, AsWritten(value)]
    return (name, *parts, ")")


def _call_chain(call: LayerCall, measure: str, by: str, name: Prose) -> Chain:
    subject = (f"{measure_word(measure, by)} of ", *name)
    if measure == "flops" and by != "exact":
        return _by_convention(call, by, subject)
    first = _FIRST[measure](call)
    closed: Tree = getattr(call.closed_form, measure)
    if closed == first.tree:
        return Chain(subject, (first,))
    return Chain(subject, (first, Line(closed, ("collect",))))


def _by_convention(call: LayerCall, by: str, subject: Prose) -> Chain:
    rule = convention(by)
    counted = rule.flops(call)
    if counted is None:
        return Chain(subject, (), note=(f"the convention {rule.name} does not count it",))
    return Chain(subject, (Line(counted, (f"the rule of the convention {rule.name}",)),))


def _params(call: LayerCall) -> Line:
    weights = call.spaces.weights
    if not weights:
        return Line(ZERO, ("no weights",))
    shapes: list[Part] = []
    for place, shape in enumerate(weights):
        shapes += [*([" and "] if place else []), *_shape(shape)]
    word = "tensor" if len(weights) == 1 else "tensors"
    terms = tuple(raw(shape) for shape in weights)
    tree = terms[0] if len(terms) == 1 else Sum(terms)
    return Line(tree, (f"weight {word} of ", *shapes, " entries"), as_written=True)


def _macs(call: LayerCall) -> Line:
    spaces = call.spaces
    if spaces.elementwise:
        return Line(ZERO, ("element by element: no sums of products",))
    # The kernel first, as one says it: a sum of k·k·M products.
    products = tuple(reversed(spaces.contracted))
    outputs = AsWritten(raw(spaces.outputs))
    reason = (outputs, " outputs, each a sum of ", AsWritten(raw(products)), " products")
    return Line(raw((*spaces.outputs, *products)), reason, as_written=True)


def _flops(call: LayerCall) -> Line:
    spaces = call.spaces
    if spaces.elementwise:
        outputs = AsWritten(raw(spaces.outputs))
        each = _OPERATIONS.get(call.kind, f"{spaces.elementwise} operations")
        tree = raw((Number(spaces.elementwise), *spaces.outputs))
        return Line(tree, (f"{each} for each of the ", outputs, " outputs"), as_written=True)
    products = size(spaces.contracted)
    fewer = products - 1
    words = " multiplications and "
    reason = (products, words, fewer, " additions for each output")
    bracket = products if fewer == ZERO else Sum((products, fewer))
    tree = raw((*spaces.outputs, bracket))
    return Line(tree, reason, as_written=not symbol_names(products))


def _activations(call: LayerCall) -> Line:
    if call.fused:
        return Line(ZERO, ("works in place: no output of its own",))
    return Line(raw(call.spaces.outputs), ("one for each output",), as_written=True)


_FIRST = {"params": _params, "macs": _macs, "flops": _flops, "activations": _activations}


def _total(layers: LayerSum, times: dict[LayerCall, Tree], measure: str, by: str) -> Chain:
    rule = convention(by)
    terms = []
    for call, count in times.items():
        cost = rule.flops(call) if measure == "flops" else getattr(call.closed_form, measure)
        if cost is not None and cost != ZERO:
            terms.append(multiply(count, cost))
    plain = terms[0] if len(terms) == 1 else Sum(tuple(terms)) if terms else ZERO
    numbers = not symbol_names(plain)
    lines = [Line(plain, ("add up the layers",), as_written=numbers)]
    total = layers.tree(measure, by)
    if total != plain:
        lines.append(Line(total, ("add up",) if numbers else ("join like terms",)))
    word = measure_word(measure, by)
    subject: Prose = (f"{word} in all",)
    uncounted = layers.uncounted(by) if measure == "flops" else ()
    if uncounted:
        subject = (f"{word} in all, without what {rule.name} does not count",)
    return Chain(subject, tuple(lines))


def raw(space: Space | tuple[Node, ...]) -> Tree:
    """The extents of a space multiplied, as they stand: k·k·M, or 3·3·64."""
    factors = tuple(extent for extent in space if extent != ONE)
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Product(factors)


def _shape(shape: Space) -> Prose:
    parts: list[Part] = []
    for place, extent in enumerate(shape):
        parts += [*([TIMES] if place else []), AsWritten(extent)]
    return tuple(parts)
