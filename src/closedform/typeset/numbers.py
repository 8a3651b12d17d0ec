"""Exact numbers in few digits: 462422016 as 462,422,016, or as 462 in a column of millions.

Rounding is half up and done on integers; no float is involved.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from closedform.errors import ClosedformError
from closedform.records import record, replace
from closedform.typeset.printer import digits as all_digits

Exact: TypeAlias = int | Fraction

#: Prefixes of counts and the power of ten of each; the empty one is no prefix.
PREFIXES: dict[str, int] = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15}
#: Prefixes in a heading, beside formulas: there k is a kernel's side.
_IN_HEADINGS = {"k": "thousands"}
#: A number in a unit with more zeros behind the point has an exponent: 2.70e-8.
_ZEROS = 3


@record
class Digits:
    """How many digits a number is printed with.

    ``significant`` digits, or all before the point, and no more than ``decimals`` after it; with
    neither, every digit. ``prefixed`` numbers are printed in thousands, millions, … as their column
    asks for, or in ``unit``.
    """

    significant: int | None = None
    decimals: int | None = None
    prefixed: bool = False
    unit: str = ""


FULL = Digits()
#: Three digits of each number, in the unit of its column.
SI = Digits(3, prefixed=True)
#: In a unit that is given, as tables of papers are: 462, 52.3, 0.15 (arXiv:1704.04861, Table 3).
IN_UNIT = Digits(3, 2, prefixed=True)
#: A ratio.
RATIO = Digits(3)
#: A share of a whole, in percent.
PERCENT = Digits(None, 2)


def read_digits(written: str | int) -> Digits:
    """``full``, ``si``, a prefix such as ``M``, or a number of significant digits.

    >>> read_digits("M").unit
    'M'

    Raises:
        ClosedformError: anything else.
    """
    written = str(written)
    chosen = {"full": FULL, "si": SI}.get(written.strip().lower())
    if chosen is not None:
        return chosen
    if written in PREFIXES and written:
        return replace(IN_UNIT, unit=written)
    if written.isascii() and written.isdigit() and 1 <= int(written) <= 15:
        return Digits(int(written), prefixed=True)
    raise ClosedformError(
        f"{written!r} is no way to print numbers",
        "write full, si, a prefix (k, M, G, T), or how many significant digits, 1 to 15",
    )


def prefix_of(numbers: Iterable[Exact], digits: Digits = FULL) -> str:
    """The prefix in which the largest of the numbers, in so many digits, is at least 1.

    >>> prefix_of([462422016, 52283392]), prefix_of([999999]), prefix_of([999999], SI)
    ('M', 'k', 'M')
    """
    largest = max((abs(Fraction(number)) for number in numbers), default=Fraction(0))
    if digits.significant:
        step = Fraction(10) ** (whole_digits(largest) - digits.significant)
        largest = int(largest / step + Fraction(1, 2)) * step
    reached = [prefix for prefix, power in PREFIXES.items() if largest >= 10**power]
    return reached[-1] if reached else ""


def unit_of(prefix: str) -> str:
    """What a heading says behind its words: `` (M)``, `` (thousands)``, nothing without a prefix.

    >>> "MACs" + unit_of("k")
    'MACs (thousands)'
    """
    return f" ({_IN_HEADINGS.get(prefix, prefix)})" if prefix else ""


def number_text(number: Exact, digits: Digits = FULL, prefix: str = "", *, group: str = "") -> str:
    """The number in decimal digits; ``group`` stands between thousands.

    A fraction with all its digits is written a/b.

    >>> [number_text(n, SI, "M") for n in (462422016, 52283392, 266752)]
    ['462', '52.3', '0.267']
    >>> number_text(462422016, group=","), number_text(Fraction(521, 4608))
    ('462,422,016', '521/4608')
    """
    scaled = Fraction(number) / 10 ** PREFIXES[prefix]
    if digits.prefixed and scaled and whole_digits(scaled) < -_ZEROS:
        return _with_exponent(scaled, digits)
    if digits.significant is None and digits.decimals is None:
        whole = _grouped(all_digits(scaled.numerator), group)
        below = scaled.denominator
        return whole if below == 1 else f"{whole}/{_grouped(all_digits(below), group)}"
    places = _places(scaled, digits)
    written = _fixed(scaled, places)
    if places and digits.significant and whole_digits(Fraction(written)) > whole_digits(scaled):
        # 9.996 has become 10.00: one digit too many.
        written = _fixed(scaled, places - 1)
    whole, _, decimals = written.partition(".")
    return _grouped(whole, group) + (f".{decimals}" if decimals else "")


def _with_exponent(scaled: Fraction, digits: Digits) -> str:
    """A number far below 1, its digits before its power of ten."""
    exponent = whole_digits(scaled) - 1
    few = Digits(digits.significant, prefixed=True)
    shown = number_text(scaled / Fraction(10) ** exponent, few)
    if whole_digits(Fraction(shown)) > 1:  # 9.996 has become 10.0
        exponent += 1
        shown = number_text(scaled / Fraction(10) ** exponent, few)
    return f"{shown}e{exponent}"


def _places(scaled: Fraction, digits: Digits) -> int:
    """How many decimals are printed."""
    if scaled == 0 or (scaled.denominator == 1 and scaled < 1000 and not digits.prefixed):
        return 0
    wanted = (
        None if digits.significant is None else max(0, digits.significant - whole_digits(scaled))
    )
    if digits.decimals is None or wanted is None:
        return wanted if wanted is not None else digits.decimals or 0
    # What is not zero is not printed as zero.
    least = max(0, 1 - whole_digits(scaled))
    return min(wanted, max(digits.decimals, least))


def whole_digits(scaled: Fraction) -> int:
    """How many digits stand before the point; for 0.0x it is -1.

    >>> whole_digits(Fraction(462)), whole_digits(Fraction(1, 2)), whole_digits(Fraction(1, 50))
    (3, 0, -1)
    """
    scaled = abs(scaled)
    if scaled >= 1:
        return len(all_digits(scaled.numerator // scaled.denominator))
    zeros = 0
    while scaled and scaled * 10 < 1:
        scaled, zeros = scaled * 10, zeros + 1
    return -zeros


def _fixed(scaled: Fraction, places: int) -> str:
    """The number with so many decimals, rounded half up."""
    shifted = abs(scaled) * 10**places + Fraction(1, 2)
    whole = all_digits(shifted.numerator // shifted.denominator).rjust(places + 1, "0")
    sign = "-" if scaled < 0 and whole.strip("0") else ""
    return sign + (f"{whole[:-places]}.{whole[-places:]}" if places else whole)


def _grouped(whole: str, group: str) -> str:
    first = whole.startswith("-") + (len(whole.lstrip("-")) % 3 or 3)
    parts = [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]
    return group.join(parts)
