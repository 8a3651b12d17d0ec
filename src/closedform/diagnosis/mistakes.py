"""The table of mistakes: one entry each, and the one place to add a diagnosis.

A mistake is a function of the case that proposes findings: a sentence, and two formulas whose
equality makes the sentence true. Nothing is said before that is proven. Which finding is told first
is a matter of its size, not of the order here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from closedform.diagnosis import layer_mistakes as layers
from closedform.diagnosis import number_mistakes as numbers
from closedform.diagnosis import sign_mistakes as signs
from closedform.diagnosis import size_mistakes as sizes
from closedform.diagnosis import slips
from closedform.diagnosis import sum_mistakes as sums
from closedform.diagnosis.addition_mistakes import addition_mistakes
from closedform.diagnosis.bias_mistakes import bias_mistakes
from closedform.diagnosis.case import Case, Finding
from closedform.diagnosis.norm_mistakes import norm_mistakes
from closedform.diagnosis.numeric_slips import numeric_slips
from closedform.diagnosis.other_layers import layer_mistakes


@dataclass(frozen=True)
class Mistake:
    """A mistake that people make; a last resort is tried only where nothing else explains."""

    name: str
    proposals: Callable[[Case], Iterator[Finding]]
    last_resort: bool = False


def _of_quantities(mistakes: layers.Mistake) -> Callable[[Case], Iterator[Finding]]:
    return lambda case: layers.proposals(case, mistakes)


MISTAKES: tuple[Mistake, ...] = (
    Mistake("= where ≈ is meant", numbers.rounded),
    Mistake("two digits changed places", numbers.reversed_digits),
    Mistake("a point between thousands", numbers.thousands),
    Mistake("the factor stands on the wrong side", numbers.wrong_side),
    Mistake("bias or batch norm missing or too many", _of_quantities(layers.flag_mistakes)),
    Mistake("bias and batch norm both missing", _of_quantities(layers.all_flags_mistakes)),
    Mistake("a bias of another size", bias_mistakes),
    Mistake("2n for 2n − 1 beside a bias, the −1 misplaced", _of_quantities(addition_mistakes)),
    Mistake("batch norm counted 3N or 4N", _of_quantities(norm_mistakes)),
    Mistake("another measure or convention", _of_quantities(layers.convention_mistakes)),
    Mistake("input size for output size", sizes.input_size),
    Mistake("stride squared", sizes.stride_squared),
    Mistake("a layer of the sum forgotten", _of_quantities(layers.part_mistakes)),
    Mistake("what is saved for what is left", numbers.complement),
    Mistake("a quantity of the target forgotten", layers.quantity_left_out),
    Mistake("one slip, with numbers put in", _of_quantities(numeric_slips)),
    Mistake("off by a whole factor", numbers.multiple),
    Mistake("off by a factor 2 or a power of ten", numbers.scaled),
    Mistake("upside down", numbers.reciprocal),
    Mistake("the formula of another layer", layer_mistakes),
    Mistake("+ for ×", signs.sign_for_sign),
    Mistake("a reciprocal term by term", signs.term_by_term),
    Mistake("an exponent lost in copying", slips.lost_exponent),
    Mistake("the sizes of the layer not put in", sizes.without_values),
    Mistake("padding forgotten", _of_quantities(sizes.unpadded)),
    Mistake("symbols swapped", slips.symbols_swapped),
    Mistake("one slip of the pen", slips.one_slip),
    Mistake("one symbol for another throughout", slips.symbol_for_symbol),
    Mistake("floor and ceiling", sizes.floors),
    Mistake("inside a floor", sizes.inside_floors),
    Mistake("the bounds of a sum", sums.other_bounds),
    Mistake("inside a sum", sums.inside_sums),
    Mistake("arithmetic", numbers.arithmetic),
    Mistake("other letters", slips.other_letters),
    Mistake("a size left out", slips.special_case),
    Mistake("one slip, seen from the target", slips.one_slip_of_the_target, last_resort=True),
    Mistake("terms left out", slips.terms_left_out, last_resort=True),
    Mistake("several slips", slips.several_slips, last_resort=True),
    Mistake("a condition that is not stated", slips.unstated_condition, last_resort=True),
)
