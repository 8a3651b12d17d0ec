"""What training takes: bytes of weights, gradients, optimizer states and kept activations; FLOPs.

Sources: Rajbhandari et al. (ZeRO), arXiv:1910.02054, section 3.1, for bytes per parameter;
Korthikanti et al., arXiv:2205.05198, section 4, for what is kept for the backward pass, from which
sbh(34 + 5as/h) comes out of the parts of a transformer layer; Kaplan et al., arXiv:2001.08361,
section 2.1, for 6ND. A matrix product is differentiated by two products of its own size, one for
each factor; the layers that read the data need one of them, as no one asks for its gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from closedform.algebra.forms.collect import collect
from closedform.algebra.tree import ONE, ZERO, Call, Tree, walk
from closedform.cost.call import LayerCall, Term
from closedform.cost.common_sizes import without_common_sizes
from closedform.cost.kinds import KINDS
from closedform.cost.measuring import bytes_of_element, measured
from closedform.cost.operations import Operation
from closedform.errors import ClosedformError, UnknownName
from closedform.later import Later
from closedform.records import NamedTuple

if TYPE_CHECKING:
    from closedform.algebra.forms import readable
else:  # what is kept is asked for now and then
    readable = Later("closedform.algebra.forms.readable")


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


def _per_parameter(count: Callable[[Bytes], int]) -> Callable[[Sequence[Term], str], Tree]:
    def memory(terms: Sequence[Term], option: str) -> Tree:
        if option and option not in OPTIMIZERS:
            raise UnknownName("way to train", option, OPTIMIZERS)
        return collect([count(OPTIMIZERS[option or "adam_mixed"]) * _total(terms, "params")])

    return memory


def _total(terms: Sequence[Term], quantity: str) -> Tree:
    """A quantity of the layers, sizes that are named once put in."""
    return collect(
        without_common_sizes(term.times(quantity) * measured(term.call, quantity)) for term in terms
    )


# Activations.


class Kept(NamedTuple):
    """What a backward pass needs: elements, and masks of a byte each."""

    elements: Tree
    masks: Tree


def _activation_memory(terms: Sequence[Term], option: str) -> Tree:
    size = bytes_of_element(option)
    maps, _ = _of_parts(terms, held=False)
    kept = collect([*(size * part.elements for part in maps), *(part.masks for part in maps)])
    # The sides of a network's maps stay as they are written: ⌈R/32⌉.
    return kept if any(isinstance(node, Call) for node in walk(kept)) else readable.readable(kept)


def _of_parts(terms: Sequence[Term], *, held: bool) -> tuple[list[Kept], bool]:
    """What the parts keep, each map once, and whether what the last one makes is kept.

    ``held``: whether what the first one reads is kept already. Paths that are not added in the end
    are joined, side by side, in a map of its own.
    """
    known = {"input"} if held else set()
    maps: list[Kept] = []
    paths = False
    for place, term in enumerate(terms):
        reads = term.reads or (str(place) if place else "input")
        inner, held = _of_call(term.call, held=reads in known)
        maps += (Kept(*(term.executed * tree for tree in part)) for part in inner)
        known |= {reads} if _keeps_input(term.call) else set()
        known |= {str(place + 1)} if held else set()
        paths = (paths or bool(term.reads and place)) and not _adds(term.call)
    return maps, held and not paths


def _adds(call: LayerCall) -> bool:
    return [operation.kind for operation in call.operations] == ["add"]


def _keeps_input(call: LayerCall) -> bool:
    if call.parts:
        return _keeps_input(call.parts[0].call)
    return _rules(call)[:1] in (["inputs"], ["input"])


def _rules(call: LayerCall) -> list[str]:
    """What each operation keeps."""
    return [KINDS[operation.kind].kept for operation in call.operations]


def _of_call(call: LayerCall, *, held: bool) -> tuple[list[Kept], bool]:
    if call.parts is not None:
        return _of_parts(call.parts, held=held)
    elements: Tree = ZERO
    masks: Tree = ZERO
    given = ZERO if held else call.inputs
    rules = _rules(call)
    for place, (operation, kept) in enumerate(zip(call.operations, rules, strict=True)):
        if kept == "input" and held and not place:
            continue
        if kept == "inputs":
            elements, given = elements + _read(operation, given), ZERO
        elif kept == "mask":
            masks = masks + operation.output
        elif kept or (operation.kind == "scale" and operation.weights):
            elements = elements + (2 if kept == "both" else 1) * operation.output
    maps = Kept(call.batch * elements, call.batch * masks)
    return [maps], rules[-1:] == ["result"]


def _read(operation: Operation, given: Tree | None) -> Tree:
    if operation.inputs is not None:
        return operation.inputs
    return operation.output if given is None else given


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
            first = _of_data(terms) or ()
            return collect([4 * macs, *(-2 * measured(call, "macs") for call in first)])
        case "six_nd":
            return collect([4 * _parameter_tokens(terms)])
    raise UnknownName("rule of the backward pass", option, ("twice", "exact", "six_nd"))


def _training_flops(terms: Sequence[Term], option: str) -> Tree:
    forward = _parameter_tokens(terms) if option == "six_nd" else _total(terms, "macs")
    return collect([2 * forward, _backward_flops(terms, option)])


def _of_data(terms: Sequence[Term]) -> tuple[LayerCall, ...] | None:
    """The layers that multiply the data by their weights; none where they are looked up first.

    They are the first layer that has weights, and those beside it that read the same.
    """
    for place, term in enumerate(terms):
        first = _first(term.call)
        if first is not None:
            beside = (t for t in terms[place + 1 :] if term.reads and t.reads == term.reads)
            return first + tuple(call for t in beside for call in _first(t.call) or ())
    return None


def _first(call: LayerCall) -> tuple[LayerCall, ...] | None:
    if call.parts is not None:
        return _of_data(call.parts)
    if not call.weights:
        return None
    return (call,) if call.operations[0].kind == "contract" else ()


def _parameter_tokens(terms: Sequence[Term]) -> Tree:
    """Parameters that work on a token, without those that are looked up, times tokens.

    Kaplan et al., arXiv:2001.08361, section 2.1: N leaves vocabulary and positions out.
    """
    tokens = {(term.call.sizes.get("n"), term.call.batch) for term in terms}
    n, batch = next(iter(tokens)) if len(tokens) == 1 else (None, ONE)
    if n is None:
        raise ClosedformError(
            "six_nd needs a number of tokens n", "choose rule=twice or rule=exact"
        )
    return collect([_total(terms, "active_params"), *_looked_up(terms)]) * n * batch


def _looked_up(terms: Sequence[Term], active: Tree = ONE) -> Iterator[Tree]:
    """The tables of embeddings, words and positions, of which a token takes a row: less these."""
    for term in terms:
        times = active * term.working
        if term.call.parts is not None:
            yield from _looked_up(term.call.parts, times)
        elif term.call.layer == "embedding":
            yield -without_common_sizes(times * measured(term.call, "params"))


#: Each quantity of training, of layers and an option: the optimizer, the bits or the rule.
TRAINING: dict[str, Callable[[Sequence[Term], str], Tree]] = {
    "weight_memory": _per_parameter(lambda optimizer: optimizer.weights),
    "gradient_memory": _per_parameter(lambda optimizer: optimizer.gradients),
    "optimizer_memory": _per_parameter(lambda optimizer: optimizer.states),
    "activation_memory": _activation_memory,
    "training_memory": _training_memory,
    "backward_flops": _backward_flops,
    "training_flops": _training_flops,
}
