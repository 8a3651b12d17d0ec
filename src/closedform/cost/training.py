"""What training takes: bytes of weights, gradients, optimizer states and kept activations; FLOPs.

Sources: Rajbhandari et al. (ZeRO), arXiv:1910.02054, section 3.1, for bytes per parameter;
Korthikanti et al., arXiv:2205.05198, section 4, for what is kept for the backward pass, from which
sbh(34 + 5as/h) comes out of the parts of a transformer layer; Kaplan et al., arXiv:2001.08361,
section 2.1, for 6ND. A matrix product is differentiated by two products of its own size, one for
each factor; the first layer of a network needs one of them, as no one asks for the gradient of the
data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from closedform.algebra.collect import collect
from closedform.algebra.tree import ONE, ZERO, Number, Tree, multiply
from closedform.cost.call import Call, Term
from closedform.cost.common_sizes import without_common_sizes
from closedform.cost.kinds import KINDS
from closedform.cost.measuring import measured
from closedform.cost.operations import Operation
from closedform.errors import ClosedformError, UnknownName


class Bytes(NamedTuple):
    """Bytes for each parameter."""

    weights: int
    gradients: int
    states: int


#: Ways to train, and the bytes of each parameter.
OPTIMIZERS: dict[str, Bytes] = {
    # 16 bits for weights and gradients; a copy in 32 bits, momentum and variance.
    "adam_mixed": Bytes(2, 2, 12),
    "adam": Bytes(4, 4, 8),
    "momentum": Bytes(4, 4, 4),
    "sgd": Bytes(4, 4, 0),
}


def of_training(terms: Sequence[Term], quantity: str, option: str) -> Tree:
    """A quantity of :data:`TRAINING`; the option is the optimizer, the bits or the rule.

    Raises:
        UnknownName: an option that is none.
    """
    return TRAINING[quantity](terms, option)


def _per_parameter(count: Callable[[Bytes], int]) -> Callable[[Sequence[Term], str], Tree]:
    def memory(terms: Sequence[Term], option: str) -> Tree:
        if option and option not in OPTIMIZERS:
            raise UnknownName("way to train", option, OPTIMIZERS)
        return collect([count(OPTIMIZERS[option or "adam_mixed"]) * _total(terms, "params")])

    return memory


def _total(terms: Sequence[Term], quantity: str) -> Tree:
    """A quantity of the layers, sizes that are named once put in."""
    return collect(
        without_common_sizes(multiply(term.times(quantity), measured(term.call, quantity)))
        for term in terms
    )


# Activations.


class Kept(NamedTuple):
    """What a backward pass needs: elements, and masks of a byte each."""

    elements: Tree
    masks: Tree


def _activation_memory(terms: Sequence[Term], option: str) -> Tree:
    if option and not (option.isdigit() and int(option)):
        raise ClosedformError(f"{option} is no number of bits", "write bits=16, bits=32")
    found = list(_kept(terms))
    bits = Number(int(option or 16))
    return collect([*(bits / 8 * one.elements for one in found), *(one.masks for one in found)])


def _kept(terms: Sequence[Term]) -> Iterator[Kept]:
    """What each part keeps; what two parts of a layer read is kept once."""
    read: set[str] = set()
    for term in terms:
        if term.reads and term.reads in read:
            continue
        read.add(term.reads)
        call = term.call
        inner = _kept(call.parts) if call.parts is not None else [_of_operations(call)]
        for one in inner:
            yield Kept(multiply(term.runs, one.elements), multiply(term.runs, one.masks))


def _of_operations(call: Call) -> Kept:
    elements: Tree = ZERO
    masks: Tree = ZERO
    given = call.inputs
    for one in call.operations:
        kept = KINDS[one.kind].kept
        if kept == "inputs":
            elements, given = elements + _read(one, given), ZERO
        elif kept == "mask":
            masks = masks + one.output
        elif kept or (one.kind == "scale" and one.weights):
            elements = elements + (2 if kept == "both" else 1) * one.output
    return Kept(multiply(call.batch, elements), multiply(call.batch, masks))


def _read(one: Operation, given: Tree | None) -> Tree:
    if one.inputs is not None:
        return one.inputs
    return one.output if given is None else given


def _training_memory(terms: Sequence[Term], option: str) -> Tree:
    states = _per_parameter(sum)(terms, option)
    bits = 8 * OPTIMIZERS[option or "adam_mixed"].weights
    return collect([states, _activation_memory(terms, str(bits))])


# FLOPs.


def _backward_flops(terms: Sequence[Term], option: str) -> Tree:
    macs = _total(terms, "macs")
    match option:
        case "" | "twice":
            return collect([4 * macs])
        case "exact":
            first = _first(terms)
            return collect([4 * macs, -2 * measured(first, "macs") if first else ZERO])
        case "six_nd":
            return collect([4 * _parameter_tokens(terms)])
    raise UnknownName("rule of the backward pass", option, ("twice", "exact", "six_nd"))


def _training_flops(terms: Sequence[Term], option: str) -> Tree:
    forward = _parameter_tokens(terms) if option == "six_nd" else _total(terms, "macs")
    return collect([2 * forward, _backward_flops(terms, option)])


def _first(terms: Sequence[Term]) -> Call | None:
    """The first layer with weights, where it multiplies the data by them; a look-up does not."""
    for term in terms:
        if term.call.parts:
            if found := _first(term.call.parts):
                return found
        elif term.call.weights:
            return term.call if term.call.operations[0].kind == "contract" else None
    return None


def _parameter_tokens(terms: Sequence[Term]) -> Tree:
    """Parameters that work on a token, times tokens."""
    tokens = {(term.call.sizes.get("n"), term.call.batch) for term in terms}
    n, batch = next(iter(tokens)) if len(tokens) == 1 else (None, ONE)
    if n is None:
        raise ClosedformError(
            "six_nd needs a number of tokens n", "choose rule=twice or rule=exact"
        )
    return _total(terms, "active_params") * n * batch


TRAINING: dict[str, Callable[[Sequence[Term], str], Tree]] = {
    "weight_memory": _per_parameter(lambda one: one.weights),
    "gradient_memory": _per_parameter(lambda one: one.gradients),
    "optimizer_memory": _per_parameter(lambda one: one.states),
    "activation_memory": _activation_memory,
    "training_memory": _training_memory,
    "backward_flops": _backward_flops,
    "training_flops": _training_flops,
}
