"""A cost from first principles: counted off the operations of each layer, then added up."""

from __future__ import annotations

import re

from closedform.algebra.assumptions import of_sizes
from closedform.algebra.forms.grouped import plainest
from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Node,
    Number,
    Product,
    Sum,
    Symbol,
    Tree,
    over,
    symbol_names,
)
from closedform.cost.call import LayerCall
from closedform.cost.common_sizes import without_common_sizes
from closedform.cost.conventions import convention
from closedform.cost.conventions.convention import heading
from closedform.cost.formula import Space, size
from closedform.cost.kinds import KINDS
from closedform.cost.measuring import measured
from closedform.cost.operations import Operation
from closedform.cost.sums import LayerSum
from closedform.derivation.rows import Line
from closedform.derivation.steps import Chain
from closedform.typeset.prose import EQUAL, TIMES, AsWritten, Part, Prose, listed

#: So many operations for each output.
_EACH = re.compile(r"(\d+\*)?outputs")


def cost_chains(layers: LayerSum, measure: str, by: str = "exact") -> tuple[Chain, ...]:
    """How one measure of a sum of layers comes about: a chain a layer, and one for their sum.

    >>> from closedform.catalogue import lookup
    >>> from closedform.typeset.prose import in_text, shown_text
    >>> (chain,) = cost_chains(lookup("linear")(), "flops")
    >>> [in_text(line.reason) for line in chain.lines]
    ['M multiplications and M − 1 additions for each output', 'collect']
    """
    times = _merged(layers, measure, by)
    names = _names(tuple(times))
    chains = [_call_chain(call, measure, by, names[call]) for call in times]
    if len(times) == 1 and next(iter(times.values())) == ONE:
        return tuple(chains)
    # A bias adds no MACs: among other layers that goes without saying.
    told = [chain for chain in chains if not chain.lines or chain.lines[-1].tree != ZERO]
    total = _total(layers, times, measure, by)
    if len(told) == 1 and told[0].lines and told[0].lines[-1].tree == total.lines[-1].tree:
        return tuple(told)
    return (*told, total)


def _merged(layers: LayerSum, measure: str, by: str) -> dict[LayerCall, Tree]:
    """Each call that is executed once, and how often it counts."""
    times: dict[LayerCall, Tree] = {}
    for term in layers._leaves(lambda call: _by_rule(measure, by, call)):
        times[term.call] = times.get(term.call, ZERO) + term.times(measure)
    return times


def _names(calls: tuple[LayerCall, ...]) -> dict[LayerCall, Prose]:
    """The layers' names; where several share one, with what tells them apart."""
    alike: dict[str, list[LayerCall]] = {}
    for call in calls:
        alike.setdefault(call.layer, []).append(call)
    differing = {layer: _differing(same) for layer, same in alike.items()}
    names: dict[LayerCall, Prose] = {}
    latest: dict[str, LayerCall] = {}
    for call in calls:
        latest[call.layer] = call
        name = call.layer.replace("_", " ")
        if len(alike[call.layer]) == 1:
            names[call] = (name,)
        elif call.owner is not None and call.owner.name in latest:
            names[call] = (f"{name} of ", *names[latest[call.owner.name]])
        else:
            names[call] = _told_apart(name, call, differing[call.layer])
    return names


def _differing(same: list[LayerCall]) -> set[int]:
    """The places of the sizes that are not the same in all calls of a layer."""
    return {
        place
        for call in same
        for place, argument in enumerate(call.arguments)
        if same[0].arguments[place : place + 1] != (argument,)
    }


def _told_apart(name: str, call: LayerCall, differing: set[int]) -> Prose:
    parts: list[Part] = []
    for place, (size_name, value) in enumerate(call.arguments):
        shown = size_name in call.type.free or size_name in call.given
        if shown and place in differing:
            size = Symbol(size_name)
            parts += [", " if parts else " (", size]
            parts += [] if value == size else [EQUAL, AsWritten(value)]
    return (name, *parts, ")") if parts else (name,)


def _call_chain(call: LayerCall, measure: str, by: str, name: Prose) -> Chain:
    subject = (f"{heading(measure, by)} of ", *name)
    if (measure == "flops" and by != "exact") or _by_rule(measure, by, call):
        return _by_convention(call, measure, by, subject)
    first = _first(call, measure)
    closed = without_common_sizes(measured(call, measure))
    lines = (first,) if closed == first.tree else (first, Line(closed, ("collect",)))
    return Chain(subject, _written_out(lines))


def _written_out(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, and the last of them as a sum where a person reads that more easily."""
    plain = plainest(lines[-1].tree)
    return lines if plain == lines[-1].tree else (*lines, Line(plain, ("expand",)))


def _by_rule(measure: str, by: str, call: LayerCall) -> bool:
    """Whether a convention counts a layer as a whole, in a way of its own."""
    rule = convention(by)
    return by != "exact" and rule.counts_own(measure) and rule.has_rule_for(call, measure)


def _by_convention(call: LayerCall, measure: str, by: str, subject: Prose) -> Chain:
    rule = convention(by)
    counted = rule.counted(call, measure)
    if counted is None:
        return Chain(subject, (), note=(f"the convention {rule.name} does not count it",))
    reason = f"the rule of the convention {rule.name}"
    counts = rule.counts(call) if measure == "flops" else ()
    left = [name.replace("_", " ") for name, tree in counts if tree is None]
    if left:
        reason += f", which does not count {', '.join(dict.fromkeys(left))}"
    return Chain(subject, (Line(counted, (reason,)),))


def _first(call: LayerCall, measure: str) -> Line:
    """The first line: what the operations of a call count, and why, one after the other."""
    if measure == "activations" and call.owner is not None:
        return Line(ZERO, ("works in place: no output of its own",))
    if measure == "params":
        return _params(call)
    if measure == "activations" and len(call.operations) > 1:
        return Line(measured(call, measure), ("one for each output",), as_written=True)
    count = {"macs": _macs, "flops": _flops, "activations": _activations}[measure]
    lines = [count(operation) for operation in call.operations]
    lines = [line for line in lines if line.tree != ZERO] or lines[:1]
    tree = over(Sum, [line.tree for line in lines])
    if call.batch != ONE:
        tree = call.batch * tree
    reason = listed((line.reason for line in lines), "; ")
    return Line(tree, reason, as_written=all(line.as_written for line in lines))


def _params(call: LayerCall) -> Line:
    if not call.weights:
        return Line(ZERO, ("no weights",))
    shapes = listed(map(_shape, call.weights), " and ")
    word = "tensor" if len(call.weights) == 1 else "tensors"
    terms = tuple(raw(shape) for shape in call.weights)
    tree = over(Sum, terms)
    return Line(tree, (f"weight {word} of ", *shapes, " entries"), as_written=True)


def _macs(operation: Operation) -> Line:
    if operation.kind != "contract":
        alone = all(map(_EACH.fullmatch, KINDS[operation.kind].scalars.values()))
        return Line(ZERO, ("element by element: " * alone + "no sums of products",))
    # The kernel first, as one says it: a sum of k·k·M products.
    products = tuple(reversed(operation.over))
    outputs = AsWritten(raw(operation.outputs))
    reason = (outputs, " outputs, each a sum of ", AsWritten(raw(products)), " products")
    return Line(raw((*operation.outputs, *products)), reason, as_written=True)


def _flops(operation: Operation) -> Line:
    if operation.kind != "contract":
        return _scalars(operation)
    if operation.sums is not None and operation.sums != operation.output:
        made = readable(operation.products)
        words = " multiplications, and one addition less for each output that has any: "
        return Line(2 * made - operation.sums, (made, words, operation.sums))
    products = size(operation.over)
    fewer = products - 1
    words = " multiplications and "
    reason = (products, words, fewer, " additions for each output")
    bracket = products if fewer == ZERO else Sum((products, fewer))
    tree = raw((*operation.outputs, bracket))
    return Line(tree, reason, as_written=not symbol_names(products))


def _scalars(operation: Operation) -> Line:
    """Scalar operations of a kind that sums no products; comparisons are no FLOPs."""
    kind = KINDS[operation.kind]
    said = kind.words or operation.kind.replace("_", " ")
    outputs = AsWritten(raw(operation.outputs))
    formulas = {of: written for of, written in kind.scalars.items() if of != "cmp"}
    if not formulas:
        words = f"{said} for each output: no FLOPs" if kind.scalars else f"{said}: no FLOPs"
        return Line(ZERO, (words,))
    if all(_EACH.fullmatch(written) for written in formulas.values()):
        each = sum(
            int(written.partition("*")[0]) if "*" in written else 1 for written in formulas.values()
        )
        factors = (*([Number(each)] if each > 1 else []), *operation.outputs)
        return Line(
            raw(factors), (f"{said} for each of the ", outputs, " outputs"), as_written=True
        )
    each_over = (", each over ", AsWritten(raw(operation.over))) if operation.over else ()
    return Line(operation.flops, (f"{said}: ", outputs, " outputs", *each_over))


def _activations(operation: Operation) -> Line:
    return Line(raw(operation.outputs), ("one for each output",), as_written=True)


def _total(layers: LayerSum, times: dict[LayerCall, Tree], measure: str, by: str) -> Chain:
    rule = convention(by)
    terms = []
    for call, count in times.items():
        cost = rule.counted(call, measure)
        if cost is not None and cost != ZERO:
            terms.append(count * without_common_sizes(cost))
    plain = over(Sum, terms)
    lines = [Line(plain, ("add up the layers",), as_written=not symbol_names(plain))]
    total = plainest(layers._tree(measure, by))
    if total != plain:
        lines.append(Line(total, (_joined(terms, total),)))
    word = heading(measure, by)
    subject: Prose = (f"{word} in all",)
    if layers.uncounted(by, measure):
        subject = (f"{word} in all, without what {rule.name} does not count",)
    return Chain(subject, tuple(lines))


def _joined(terms: list[Tree], total: Tree) -> str:
    """What makes a total of the terms that are added up."""
    if not symbol_names(total):
        return "add up"
    field = of_sizes(total).field(total)
    apart = sum(len(field.normal(term).num) for term in terms)
    return "join like terms" if apart > len(field.normal(total).num) else "collect"


def raw(space: Space | tuple[Node, ...]) -> Tree:
    """The extents of a space multiplied, as they stand: k·k·M, or 3·3·64."""
    return over(Product, [extent for extent in space if extent != ONE])


def _shape(shape: Space) -> Prose:
    parts: list[Part] = []
    for place, extent in enumerate(shape):
        summed = isinstance(extent, Sum) and len(shape) > 1
        shut = ")" if extent is shape[-1] else ") "
        inside = ("(", AsWritten(extent), shut) if summed else (AsWritten(extent),)
        parts += [*([TIMES] if place else []), *inside]
    return tuple(parts)
