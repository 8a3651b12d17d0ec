"""What people write of a layer that they know: variants that are wrong, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from closedform.algebra.tree import ONE, ZERO, Tree
from closedform.cost.call import LayerCall
from closedform.cost.conventions import CONVENTIONS, PAPERS
from closedform.cost.expand import Costed
from closedform.cost.formula import evaluated
from closedform.diagnosis.case import Finding, cost
from closedform.diagnosis.layer_mistakes import is_position, of_quantities
from closedform.records import NamedTuple
from closedform.typeset.prose import say


class Variant(NamedTuple):
    """A measure of a layer as it is often written, a formula of its sizes and flags, and why not.

    What stands in ``parts`` is put into the braces of ``why``.
    """

    layer: str
    measure: str
    written: str
    why: str
    parts: str = ""


VARIANTS = (
    Variant(
        "cond_conv",
        "macs",
        "E*k**2*M*N*H*W",
        "{} convolutions are counted: their kernels are mixed into one, which is {}, and that runs",
        "E E*k**2*M*N",
    ),
    Variant(
        "moe",
        "macs",
        "(2 + gated)*E*n*d*f",
        "all {} experts are counted, where {} work on each token, and the router ({}) is left out",
        "E a n*d*E",
    ),
    Variant(
        "moe",
        "macs",
        "(2 + gated)*E*n*d*f + n*d*E",
        "all {} experts are counted: {} of them work on each token",
        "E a",
    ),
    Variant(
        "moe",
        "macs",
        "(2 + gated)*a*n*d*f",
        "the router is left out ({})",
        "n*d*E",
    ),
    Variant(
        "lstmp",
        "params",
        "4*N*(M + N)",
        "these are the gates of an LSTM without projection: what comes back is {} wide, not {}, "
        "and its projection has {} weights",
        "r N N*r",
    ),
    Variant(
        "local_response_norm",
        "flops",
        "(q + 4)*N*H*W",
        "the windows are clipped at both ends of the channels: {} additions fewer at each place",
        "(q**2-1)/4",
    ),
    Variant(
        "conv_lstm",
        "macs",
        "4*k**2*M*N*H*W*n",
        "the state is convolved too: {} channels and not {}",
        "M+N M",
    ),
    Variant(
        "cp_conv",
        "params",
        "r*(M + k**2 + N)",
        "two kernels of {} taps, one after the other: {} and not {}",
        "k 2*k k**2",
    ),
    Variant(
        "squeeze_excite",
        "macs",
        "2*N**2/r*H*W",
        "it works on the means of the channels: once, and not at each of {} places",
        "H*W",
    ),
    Variant("group_norm", "params", "2*g", "a scale and a shift for each channel, not each group"),
    Variant("eca", "params", "k*N", "all channels share one kernel: {} and not {}", "k k*N"),
)


@of_quantities
def variants(quantity: Costed) -> Iterator[Finding]:
    """A layer as it is often written, at each of its places or at one."""
    for term in quantity.layers.terms if quantity.by == "exact" else ():
        call = term.call
        rest = quantity.tree - cost(type(quantity.layers)((term,)), quantity.measure)
        for variant in VARIANTS:
            if (variant.layer, variant.measure) != (call.layer, quantity.measure):
                continue
            why = say(variant.why, *(_value(part, call) for part in variant.parts.split()))
            for place in (False, True):
                if place and not any(map(is_position, call.sizes)):
                    continue
                words = say("of one place, and {}", why) if place else why
                tree = rest + term.executed * _value(variant.written, call, at_one=place)
                yield Finding("variant", partial(say, "{}", words), tree)


def _value(written: str, call: LayerCall, *, at_one: bool = False) -> Tree:
    """A formula of the sizes and flags of a call, or with one place alone."""

    def value(name: str) -> Tree:
        if name in call.type.words:
            return ONE if name in call.flags else ZERO
        return ONE if at_one and is_position(name) else call.sizes[name]

    return evaluated(written, value)


@of_quantities
def counts_of_tools(quantity: Costed) -> Iterator[Finding]:
    """What a tool counts, for the textbook's FLOPs."""
    for by in CONVENTIONS if (quantity.measure, quantity.by) == ("flops", "exact") else ():
        if by not in PAPERS and not quantity.layers.uncounted(by):
            said = partial(say, "this is what {} counts, and not the textbook's FLOPs", by)
            yield Finding("convention", said, cost(quantity.layers, "flops", by))
