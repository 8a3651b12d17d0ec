"""The table of mistakes, the likeliest first: the one place to add a diagnosis.

A mistake is a row: what it is, a claim that makes it (text and target), and a function of the case
that proposes findings: two formulas whose equality makes the mistake the right one, and how it is
told. The rows are tried in this order, and the first that is proven is told.
"""

from __future__ import annotations

from closedform.diagnosis import count_mistakes as counts
from closedform.diagnosis import factor_slips as factors
from closedform.diagnosis import flag_mistakes as flags
from closedform.diagnosis import number_mistakes as numbers
from closedform.diagnosis import other_layers as layers
from closedform.diagnosis import size_mistakes as sizes
from closedform.diagnosis import symbol_mistakes as symbols
from closedform.diagnosis import term_slips as terms
from closedform.diagnosis import variants
from closedform.diagnosis.layer_mistakes import Proposals, other_parts
from closedform.diagnosis.nested_slips import nested_slips
from closedform.diagnosis.put_in import numbers_put_in
from closedform.records import NamedTuple


class Mistake(NamedTuple):
    """A mistake that people make."""

    name: str
    text: str
    target: str
    proposals: Proposals


CONV_9 = "conv(k=3, M=64, N=128)"

MISTAKES: tuple[Mistake, ...] = (
    Mistake("= where ≈ is meant", "25/9 = 2.78", "", numbers.rounded),
    Mistake("two digits changed places", "2.87", "25/9", numbers.reversed_digits),
    Mistake(
        "a factor on the wrong side",
        "macs(conv) = 2 flops(conv, convention=mac2)",
        "",
        numbers.wrong_side,
    ),
    Mistake("input size for output size", "k^2 M N H_i W_i", "macs(conv)", sizes.input_size),
    Mistake("bias or batch norm missing", "k^2 M N", "params(conv(bias))", flags.missing),
    Mistake(
        "bias inside the factor 2", "2 (M + 1) N", "flops(linear(bias))", counts.inside_the_two
    ),
    Mistake("MACs for FLOPs", "k^2 M N H W", "flops(conv)", counts.known_pairs),
    Mistake("stride squared", "s^2 k^2 M N H W", "macs(conv)", sizes.stride_squared),
    Mistake("batch norm counted 3N or 4N", "k^2 M N + 4N", "params(conv(bn))", flags.norm_counted),
    Mistake("2n for 2n − 1", "(2 k^2 M + 1) N H W", "flops(conv(bias))", counts.doubled),
    Mistake("bias or batch norm too many", "k^2 M N + 2N", "params(conv(bias))", flags.extra),
    Mistake("a ratio taken the other way", "1 - 1/N", "1/N", numbers.other_way),
    Mistake(
        "a layer near the one meant", "k^2 M^2", "params(depthwise_conv)", layers.confused_layers
    ),
    Mistake("a known variant", "E k^2 M N H W", "macs(cond_conv)", variants.variants),
    Mistake("another flag", "2 h n^2 d_h", "macs(attention(causal))", flags.other_flag),
    Mistake(
        "a layer of the sum forgotten", "k^2 M", "params(depthwise_separable_conv)", other_parts
    ),
    Mistake("one slip, with numbers put in", "3*64*128", f"params({CONV_9})", numbers_put_in),
    Mistake("off by a whole factor", "737280", f"params({CONV_9})", numbers.off_by),
    Mistake(
        "another measure or convention", "D^2 M N", "macs(conv(k=D, H=F, W=F))", counts.other_counts
    ),
    Mistake("what a tool counts", "5 n", "flops(softmax)", variants.counts_of_tools),
    Mistake("a term too many", "a b + c + d", "a b + c", terms.extra_terms),
    Mistake("one factor", "k M N", "params(conv)", factors.one_factor),
    Mistake("the formula of another layer", "M N H W", "macs(conv3d)", layers.any_layer),
    Mistake("one symbol for another throughout", "a^2 + a", "a^2 + b", symbols.symbol_for_symbol),
    Mistake("a bracket", "(1 - a) (1 - b) x", "x", terms.other_bracket),
    Mistake("one term", "a + b", "a + b + c d", terms.other_terms),
    Mistake("inside a floor", "floor((H + p)/s)", "floor((H + 2p)/s)", nested_slips),
    Mistake("two factors", "a b x + c", "x + c", factors.two_factors),
    Mistake("several factors", "a b c x", "x", factors.many_factors),
    Mistake("terms left out", "a/b", "(a + c)/(b + d)", terms.terms_left_out),
    Mistake("several slips", "a^2 b^2 + a^3 c", "a^2 b + a^2 c", terms.several_slips),
    Mistake(
        "a condition that is not stated", "12 d^2", "4 d a + 2 d f", symbols.unstated_condition
    ),
)
#: What is told of numbers that no mistake explains.
ARITHMETIC = Mistake("arithmetic", "3*3*64*128 = 73738", "", numbers.arithmetic)
