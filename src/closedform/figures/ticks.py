"""Round values within a range: the ticks of an axis, the levels of lines of equal cost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from closedform.typeset.numbers import Digits, Exact, number_text, prefix_of

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


def doublings(low: int, high: int) -> list[int]:
    """The powers of two from ``low`` to ``high``.

    >>> doublings(16, 100)
    [16, 32, 64]
    """
    powers = [2**n for n in range(high.bit_length())]
    return [power for power in powers if low <= power <= high]


def even_steps(low: Exact, high: Exact) -> list[Fraction]:
    """Round values from ``low`` to ``high``, evenly apart, five or so.

    >>> [int(tick) for tick in even_steps(3, 11)]
    [4, 6, 8, 10]
    """
    span = Fraction(high) - Fraction(low)
    power = Fraction(1)
    while power * 10 <= span:
        power *= 10
    while power > span:
        power /= 10
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
    power = Fraction(1, 10)
    while power * 10 > low:
        power /= 10
    while power * 100 <= low:
        power *= 10
    while power <= high:
        for digit in leading:
            if low <= power * digit <= high:
                yield power * digit
        power *= 10
