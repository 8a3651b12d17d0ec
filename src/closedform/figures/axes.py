"""The axes of a figure: what they say, where they start and end, which ticks they have."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from closedform.errors import ClosedformError
from closedform.figures.running import Running
from closedform.figures.ticks import doublings, even_steps, round_values, short
from closedform.plots.curves import Axis
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import Exact, prefix_of
from closedform.typeset.prose import Prose, Sign

#: Heights that differ by less than this factor have a linear axis.
NEAR = 6


def size_axis(running: Running, notation: Notation) -> Axis:
    """The axis of a size: logarithmic, with powers of two, where it doubles twice."""
    letter = notation.letter(running.name)
    defined = notation.definitions.get(letter, "")
    symbol = Sign(notation.text(running.name), notation.latex(running.name))
    label: Prose = (f"{defined} ", symbol) if defined else (symbol,)
    if running.is_wide:
        ticks: Sequence[Exact] = doublings(running.low, running.high)
        ticks = ticks[:: -(-len(ticks) // 8)]
    else:
        steps = even_steps(running.low, running.high)
        ticks = [int(step) for step in steps if step.denominator == 1]
    named = tuple((tick, short(tick, "")) for tick in ticks)
    return Axis(label, running.low, running.high, running.is_wide, named)


def cost_axis(heights: Sequence[Exact], what: Prose) -> Axis:
    """The axis of a cost or a ratio, in the unit of the largest.

    Raises:
        ClosedformError: a height that is not positive has no place on it.
    """
    low, high = Fraction(min(heights)), Fraction(max(heights))
    if low <= 0:
        raise ClosedformError(
            "a cost of 0 has no place in a figure", "draw another measure, or another convention"
        )
    prefix = prefix_of([high])
    label = (*what, f" ({prefix})") if prefix else what
    if high > NEAR * low:
        low, high = low * Fraction(4, 5), high * Fraction(5, 4)
        ticks = round_values(low, high, least=3)
        return Axis(label, low, high, True, tuple((tick, short(tick, prefix)) for tick in ticks))
    high *= Fraction(21, 20)
    steps = even_steps(0, high)
    return Axis(label, Fraction(0), high, False, tuple((s, short(s, prefix)) for s in steps))
