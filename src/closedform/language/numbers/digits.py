"""What the digits of a number say: what the last one is worth, and what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Sum, Tree, children
from closedform.language.scanning.numerals import read_value
from closedform.language.tokens import DEEPER, Token

#: What a plain number is written with, and what may stand around it.
_NUMERIC = frozenset("NUMBER MINUS TIMES POWER GAP ROW LPAR RPAR".split())
#: What a product of numbers is written with.
_FACTORED = frozenset("NUMBER TIMES DIVIDE POWER LPAR RPAR".split())


def unit_of(tokens: Sequence[Token]) -> Fraction | None:
    """What one step of the last digit of a plain number is worth, ``4.1 × 10^9`` too; else None."""
    for item in tokens:
        if item.type not in _NUMERIC:
            return None
    kept = [t for t in tokens if t.type not in ("GAP", "ROW", "LPAR", "RPAR")]
    kinds = [t.type for t in kept]
    if kinds[:1] == ["MINUS"]:
        kept, kinds = kept[1:], kinds[1:]
    if kinds == ["NUMBER"]:
        return last_digit(kept[0].value, zeros=True)
    power = kinds[:4] == ["NUMBER", "TIMES", "NUMBER", "POWER"] and kept[2].value == "10"
    if power and kinds[4:] in (["NUMBER"], ["MINUS", "NUMBER"]) and kept[-1].value.isdigit():
        exponent = int(kept[-1].value) if len(kept[-1].value) < 5 else 0
        return last_digit(kept[0].value, zeros=True) * Fraction(10) ** (
            -exponent if kinds[4] == "MINUS" else exponent
        )
    return None


def stands_for(number: Fraction, unit: Fraction) -> tuple[Fraction, Fraction]:
    """The middle of the numbers that a rounded one stands for, and how far they reach from it.

    Half a unit to each side; but what is below 100 has another first digit, and rounds to it only
    from 95 on.

    >>> stands_for(Fraction(200), Fraction(100))
    (Fraction(200, 1), Fraction(50, 1))
    >>> middle, within = stands_for(Fraction(100), Fraction(100))
    >>> middle - within, middle + within
    (Fraction(95, 1), Fraction(150, 1))
    """
    below = unit / 20 if abs(number) == unit >= 10 else unit / 2
    away = (unit / 2 - below) / 2
    return number + (away if number > 0 else -away), (unit / 2 + below) / 2


def rounds_to(exact: Fraction, number: Fraction, unit: Fraction) -> bool:
    """Whether a number is one of those that a rounded one stands for; a tie goes both ways."""
    middle, within = stands_for(number, unit)
    return abs(exact - middle) <= within


def coarseness(
    tokens: Sequence[Token], tree: Tree, values: Mapping[str, Fraction], *, powers: bool
) -> Fraction:
    """What the rounded numbers leave open of a formula of numbers, its ``tree``.

    Rounded is what a letter scales, 6.74B, and of ``powers`` 6.74e9, 6.74 × 10^9, and no 1e9. A
    product is as coarse as the coarsest of them, a sum as its terms together: 14.7M + 123.6M.
    """
    terms: list[list[Token]] = [[]]
    depth = 0
    for item in tokens:
        depth += DEEPER.get(item.type, 0)
        if item.type in ("PLUS", "MINUS") and not depth:
            terms.append([])
        else:
            terms[-1].append(item)
    sides = children(tree) if len(terms) > 1 and isinstance(tree, Sum) else (tree,)
    parts = [_coarseness(term, powers=powers) for term in terms]
    if not any(parts) or len(parts) != len(sides):
        return Fraction(0)
    worth = [known_value(side, values) for side in sides]
    rounded = [part * abs(n) for part, n in zip(parts, worth, strict=True) if n is not None]
    return sum(rounded, Fraction(0)) if len(rounded) == len(parts) else Fraction(0)


def _coarseness(tokens: Sequence[Token], *, powers: bool) -> Fraction:
    """What the last digit of the coarsest number in a product is worth, as a part of it."""
    kinds = [item.type for item in tokens]
    if len(kinds) < 2 or not {*kinds} <= _FACTORED:
        return Fraction(0)
    coarse = Fraction(0)
    for place, item in enumerate(tokens):
        sign, power = (*tokens[place + 1 : place + 3], item, item)[:2]
        lettered = sign.type == "TIMES" and sign.start == sign.end
        power_of = "e" in item.value.lower() or (sign.type == "TIMES" and power.value == "10")
        raised = kinds[place - 1 : place] == ["POWER"]
        if item.type == "NUMBER" and not raised and (lettered or (powers and power_of)):
            number = Fraction(read_value(item.value))
            mantissa = item.value.lower().partition("e")[0].strip("0.")
            step = last_digit(item.value, zeros=False) if mantissa not in ("1", "") else 0
            coarse = max(coarse, step / number) if number else coarse
    return coarse


def last_digit(written: str, *, zeros: bool) -> Fraction:
    """What the last digit is worth; with ``zeros``, those that end an integer do not count."""
    mantissa, _, exponent = written.rstrip("%").lower().partition("e")
    power = int(exponent or 0) - 2 * written.endswith("%")
    _, point, decimals = mantissa.partition(".")
    if point:
        power -= len(decimals)
    elif zeros and (stripped := mantissa.rstrip("0")):
        power += len(mantissa) - len(stripped)
    return Fraction(10**power) if power >= 0 else Fraction(1, 10**-power)
