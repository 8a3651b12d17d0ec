"""The axes of a figure: what they say, where they start and end, round values for their ticks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from closedform.errors import ClosedformError
from closedform.figures.ranges import Running
from closedform.plots.curves import Axis
from closedform.typeset.notation import Notation
from closedform.typeset.numbers import Digits, Exact, number_text, prefix_of, unit_of, whole_digits
from closedform.typeset.prose import Prose, Sign

#: Heights that differ by less than this factor have a linear axis.
NEAR = 6
#: Leading digits to choose from, the coarsest set first.
_LEADING: tuple[tuple[int, ...], ...] = (
    (10,),
    (10, 30),
    (10, 20, 50),
    (10, 15, 20, 30, 40, 50, 60, 80),
    tuple(range(10, 100, 2)),
)
#: No axis has more.
MOST = 9


def size_axis(running: Running, notation: Notation) -> Axis:
    """The axis of a size: logarithmic, with powers of two, where it doubles twice."""
    defined = notation.meaning(running.name)
    symbol = Sign(notation.text(running.name), notation.latex(running.name))
    label: Prose = (f"{defined} ", symbol) if defined else (symbol,)
    if running.is_wide:
        doubled = (2**n for n in range(running.high.bit_length()))
        ticks: Sequence[Exact] = [power for power in doubled if power >= running.low]
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
    label = (*what, unit_of(prefix)) if prefix else what
    if high > NEAR * low:
        low, high = low * Fraction(4, 5), high * Fraction(5, 4)
        ticks = round_values(low, high, least=3)
        return Axis(label, low, high, True, tuple((tick, short(tick, prefix)) for tick in ticks))
    high *= Fraction(21, 20)
    steps = even_steps(0, high)
    return Axis(label, Fraction(0), high, False, tuple((s, short(s, prefix)) for s in steps))


def round_values(low: Exact, high: Exact, least: int = 4) -> list[Fraction]:
    """Round values from ``low`` to ``high``, ``least`` or a few more, evenly apart by ratio.

    >>> [int(tick) for tick in round_values(700, 2 * 10**6)]
    [1000, 10000, 100000, 1000000]
    """
    values: list[Fraction] = []
    for leading in _LEADING:
        values = list(_between(Fraction(low), Fraction(high), leading))
        if len(values) >= least:
            break
    step = -(-len(values) // MOST)
    return values[::step] if step > 1 else values


def even_steps(low: Exact, high: Exact) -> list[Fraction]:
    """Round values from ``low`` to ``high``, evenly apart, five or so.

    >>> [int(tick) for tick in even_steps(3, 11)]
    [4, 6, 8, 10]
    """
    span = Fraction(high) - Fraction(low)
    power = Fraction(10) ** (whole_digits(span) - 1)
    step = next(
        power * n for n in (Fraction(1, 5), Fraction(1, 2), 1, 2) if span / (power * n) <= 6
    )
    first = -(-Fraction(low) // step)
    count = Fraction(high) // step - first + 1
    return [(first + n) * step for n in range(count)]


def short(number: Exact, prefix: str | None = None) -> str:
    """A round number in few signs: 0.05, 10 M; in a given prefix without its letter.

    >>> short(Fraction(1, 20)), short(10**7), short(10**7, "k")
    ('0.05', '10 M', '10000')
    """
    chosen = prefix_of([number]) if prefix is None else prefix
    digits = number_text(number, Digits(3), chosen)
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits} {chosen}" if chosen and prefix is None else digits


def _between(low: Fraction, high: Fraction, leading: tuple[int, ...]) -> Iterator[Fraction]:
    power = Fraction(10) ** (whole_digits(low) - 2)
    while power <= high:
        for digit in leading:
            if low <= power * digit <= high:
                yield power * digit
        power *= 10
