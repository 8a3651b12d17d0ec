"""What a call costs: its closed form where that speaks, else counted off what it executes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from closedform.algebra.forms.collect import collect
from closedform.algebra.tree import ONE, ZERO, Number, Tree, terms_of
from closedform.cost.call import OF_WEIGHTS, LayerCall
from closedform.cost.formula import size
from closedform.cost.kinds import SCALARS
from closedform.cost.measures import QUANTITIES
from closedform.cost.operations import Operation
from closedform.errors import ClosedformError, UnknownName

#: Costs that are kept: a network of 10,000 layers, measured in a dozen ways, asks for each again.
KEPT = 131_072


@lru_cache(maxsize=KEPT)
def measured(call: LayerCall, quantity: str, kind: str = "") -> Tree:
    """One quantity of a call, its batch included; ``kind`` is the kind of scalar operation.

    Raises:
        UnknownName: no such quantity.
    """
    if quantity not in QUANTITIES:
        raise UnknownName("measure", quantity, QUANTITIES)
    if quantity == "kv_cache_memory":
        return bytes_of_element(kind) * measured(call, "kv_cache")
    if quantity == "intensity":
        return intensity(measured(call, "flops"), measured(call, "memory_access"))
    if quantity == "activations" and call.owner is not None:
        return ZERO  # A bias or batch norm that is a flag works in place.
    return _stated(call, quantity) or counted(call, quantity, kind)


def term_by_term(times: Tree, cost: Tree) -> tuple[Tree, ...]:
    """``times · cost``, term by term: costs add."""
    return tuple(times * term for term in terms_of(cost))


def intensity(flops: Tree, moved: Tree) -> Tree:
    """FLOPs for each element that is moved; of none, 0."""
    return ZERO if flops == ZERO else flops / moved


def bytes_of_element(bits: str) -> Tree:
    """The bytes of an element of so many bits: of 16 where nothing is said.

    Raises:
        ClosedformError: no number of bits.
    """
    if bits and not (bits.isdigit() and int(bits)):
        raise ClosedformError(f"{bits} is no number of bits", "write bits=16, bits=32")
    return Number(int(bits or 16)) / 8


def _stated(call: LayerCall, quantity: str) -> Tree | None:
    """A quantity as the closed form says it, where there is one that does."""
    if quantity == "kv_cache" and call.kv_cache is not None:
        return call.batch * call.kv_cache
    if quantity == "memory_access" and call.inputs is not None and call.owner is None:
        moved = call.batch * call.inputs + measured(call, "activations")
        return collect([moved, measured(call, "params")])
    name = "params" if quantity == "active_params" and call.parts is None else quantity
    if name not in ("params", "macs", "flops", "activations") or call.closed_form is None:
        return None
    stated: Tree | None = getattr(call.closed_form, name)
    if stated is None or quantity in OF_WEIGHTS:
        return stated
    return call.batch * stated


def counted(call: LayerCall, quantity: str, kind: str = "") -> Tree:
    """A quantity off the second entry: the operations of a call and the layers it is made of."""
    rule = _OF_OPERATION[quantity]
    times = ONE if quantity in OF_WEIGHTS else call.batch
    executed = call.operations[-1:] if quantity == "activations" else call.operations
    terms = [term for operation in executed for term in term_by_term(times, rule(operation, kind))]
    if quantity == "memory_access":
        terms = [_moved(call, operation) for operation in call.operations]
    terms += [
        term.times(quantity) * measured(term.call, quantity, kind) for term in call.parts or ()
    ]
    return collect(terms)


def _moved(call: LayerCall, operation: Operation) -> Tree:
    """Elements in and out, and weights; a flag works in place and reads its weights alone."""
    weights = _OF_OPERATION["params"](operation, "")
    if call.owner is not None:
        return weights
    return call.batch * (operation.reads + operation.output) + weights


def _sizes(shapes: tuple[tuple[Tree, ...], ...]) -> Tree:
    return collect(size(shape) for shape in shapes)


def _scalars(operation: Operation, kind: str) -> Tree:
    if not kind:
        return collect(operation.scalars(of) for of in SCALARS)
    if kind not in SCALARS:
        raise UnknownName("kind of scalar operation", kind, SCALARS)
    return operation.scalars(kind)


_OF_OPERATION: dict[str, Callable[[Operation, str], Tree]] = {
    "params": lambda operation, _: _sizes(operation.weights),
    "active_params": lambda operation, _: _sizes(operation.weights),
    "buffers": lambda operation, _: _sizes(operation.buffers),
    "macs": lambda operation, _: operation.macs,
    "flops": lambda operation, _: operation.flops,
    "activations": lambda operation, _: operation.output,
    "operations": _scalars,
    "memory_access": lambda operation, _: operation.reads + operation.output,
    "kv_cache": lambda *_: ZERO,
}
