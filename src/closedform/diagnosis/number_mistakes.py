"""Mistakes with numbers: rounding, arithmetic, digits, and values taken the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise

from closedform.algebra.exact import about, near
from closedform.algebra.tree import ONE, Number, Product, Tree, numeral, over
from closedform.diagnosis.case import Case, Finding, shown, value_of
from closedform.language.claims import Member
from closedform.language.layers import Quantity, quantities
from closedform.language.numbers.digits import rounds_to, stands_for
from closedform.typeset.prose import Code, Prose, Sign, say

#: Factors by which a number is often off, and what is said of each.
SCALES: dict[int, str] = {
    2: "exactly {} times what is right",
    4: "exactly {} times what is right",
    10: "the point has moved: off by the factor {}",
    100: "the point has moved, or a % is missing: off by the factor {}",
    1000: "the prefix is wrong (K, M, G): off by the factor {}",
    1000000: "the prefix is wrong (K, M, G): off by the factor {}",
    1024: "the prefix is wrong (K is 1000 and Ki is 1024): off by the factor {}",
}
#: The largest whole factor that is told.
MOST = 100_000
#: A longer target is not written out again in a sentence.
LONG = 40


def rounded(case: Case) -> Iterator[Finding]:
    """Two numbers that agree to the digits written, with = between them."""
    if not case.numeric:
        return
    for (member, stands), (other, meant) in (case.sides, case.sides[::-1]):
        if member.unit is None or not (number := value_of(stands, case.assumptions)):
            continue
        tree = case.assumptions.apply(meant)
        if (exact := about(tree)) is None:
            continue
        if other.unit is not None and other.unit < member.unit and member.unit >= 1:
            continue
        halfway = member.unit >= 1 and 2 * abs(exact - number) == member.unit
        # 112.5 for 112 is a quotient that was rounded down: a floor is missing.
        if not halfway and near(tree, *stands_for(number, member.unit)):
            long = case.targeted and other is case.written[0] and len(other.written) > LONG
            name = "the target" if long else Code(other.written)
            text = "write ≈: {} is {}, which is {} only to the digits written"
            said = partial(say, text, name, decimal(exact), Code(member.written))
            yield Finding("rounding", said)
            return


def arithmetic(case: Case) -> Iterator[Finding]:
    """A calculation with numbers that comes out wrong."""
    left, right = case.written
    one, two = (value_of(tree, case.assumptions) for _, tree in case.sides)
    if one is None or two is None:
        return
    if case.of_the_target:
        tail = (
            say(", not {}", Code(right.written))
            if _plain(right)
            else say("; {} is {}", Code(right.written), decimal(two))
        )
        yield Finding("value", partial(say, "the target is {}{}", decimal(one), tail))
        return
    parts = [
        say("{} is {}", Code(m.written), decimal(v))
        for m, v in ((left, one), (right, two))
        if not _plain(m)
    ]
    # A quantity of layers is no calculation that could be wrong.
    counted = any(quantities(member.asked) for member in case.written)
    wrong = "" if counted else "the arithmetic is wrong: "
    if not parts or max(len(decimal(one)), len(decimal(two))) > LONG:
        said = partial(say, "these are two different numbers, {} apart", decimal(abs(one - two)))
    elif len(parts) == 2:
        said = partial(say, wrong + "{}, and {}", parts[0], parts[1])
    else:
        other = right if not _plain(left) else left
        said = partial(say, wrong + "{}, not {}{}", parts[0], Code(other.written), _whose(case))
    yield Finding("value" if counted else "arithmetic", said)


def _whose(case: Case) -> Prose:
    """What says whose count a published number is: a network has many."""
    for member, other in (case.written, case.written[::-1]):
        asked = other.asked
        if member.suffixed and isinstance(asked, Quantity) and not asked.options:
            layers = asked.written.removeprefix(asked.measure)[1:-1]
            command = f'closedform explain {member.written} --for "{layers}"'
            return say("; {} says whose count it is, if anyone's", Code(command))
    return ()


def reversed_digits(case: Case) -> Iterator[Finding]:
    """Two digits that changed places: 1.19 for 1.91."""
    for (member, _), (_, tree) in (case.sides, case.sides[::-1]):
        if member.unit is None or (exact := value_of(tree, case.assumptions)) is None:
            continue
        for meant in swaps(member.written):
            number = _read(meant, member)
            if number is not None and rounds_to(exact, number, member.unit):
                text = "two digits changed places: {}, not {}"
                said = partial(say, text, Code(meant), Code(member.written))
                yield Finding("digits", said)
                return


def off_by(case: Case) -> Iterator[Finding]:
    """A number that is right up to a whole factor: 2, a power of ten, a prefix of 1024."""
    ratio = _ratio(case)
    if not case.numeric or ratio == 0:
        return
    tried = [Fraction(factor) for factor in SCALES]
    if ratio is not None:
        whole = value_of(case.reference, case.assumptions)
        counted = whole is not None and whole.denominator == 1
        tried = [f for f in (max(ratio, 1 / ratio),) if counted or f in tried]
    for factor in tried:
        for by in (factor, 1 / factor):
            if ratio not in (None, by) or factor.denominator != 1 or not 1 < factor <= MOST:
                continue
            words = SCALES.get(int(factor), "exactly {} times what is right")
            tree = case.reference * numeral(by)
            yield Finding("factor", partial(say, words, numeral(by)), tree, case.claimed)


def _ratio(case: Case) -> Fraction | None:
    """The claimed number over the right one, where both are known exactly and none is rounded."""
    if case.tolerance or not case.numeric:
        return None
    right, claimed = (value_of(t, case.assumptions) for t in (case.reference, case.claimed))
    return claimed / right if claimed is not None and right else None


def other_way(case: Case) -> Iterator[Finding]:
    """A ratio upside down, or what is saved for what is left."""
    said = partial(say, "the quotient is upside down: this is its reciprocal")
    yield Finding("reciprocal", said, 1 / case.reference, case.claimed)
    right = value_of(case.reference, case.assumptions)
    if right is not None and not 0 < right < 1:
        return  # no share of anything
    rest = ONE - case.reference
    yield Finding("complement", partial(_complement_said, rest), rest, case.claimed)


def _complement_said(rest: Tree) -> Prose:
    brief = rest if len(shown(rest)) < LONG else Sign("1 − the ratio", r"1 - \text{the ratio}")
    return say("this is {}: what is saved, not what is left", brief)


def wrong_side(case: Case) -> Iterator[Finding]:
    """A = 2 B where 2 A = B is meant: the factor stands on the wrong side."""
    if case.targeted or case.numeric:
        return
    for one, other in (case.written, case.written[::-1]):
        for number, rest in _numbers(other.tree):
            text = "the wrong way round: the factor {} belongs on the other side"
            said = partial(say, text, number)
            yield Finding("reversed", said, number * one.tree, rest)


def _numbers(tree: Tree) -> Iterator[tuple[Number, Tree]]:
    """The number factors of a product, each with the rest of it."""
    factors = tree.factors if isinstance(tree, Product) else ()
    for place, factor in enumerate(factors):
        rest = factors[:place] + factors[place + 1 :]
        if isinstance(factor, Number) and factor.value not in (0, 1):
            yield factor, over(Product, rest)


def swaps(written: str) -> Iterator[str]:
    """The number with two neighbouring digits exchanged.

    >>> list(swaps("1.19%"))
    ['1.91%']
    """
    places = [i for i, char in enumerate(written) if char.isdigit()]
    for a, b in pairwise(places):
        if written[a] != written[b] and b - a == 1 and not (a == places[0] and written[b] == "0"):
            yield written[:a] + written[b] + written[a] + written[b + 1 :]


def decimal(number: Fraction) -> str:
    """A number as people write it: whole, or with as many digits as tell it apart.

    >>> decimal(Fraction(25, 9)), decimal(Fraction(7, 4)), decimal(Fraction(3880))
    ('2.77778…', '1.75', '3880')
    """
    if number.denominator == 1:
        return shown(Number(number.numerator))
    bottom = number.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    short = f"{float(number):.6g}"
    exact = bottom == 1 and Fraction(short) == number
    return short if exact else f"{short}…"


def _plain(member: Member) -> bool:
    return isinstance(member.asked, Number)


def _read(written: str, member: Member) -> Fraction | None:
    """The value of a plain number that differs from a member in the order of its digits only."""
    digits = "".join(c for c in member.written if c.isdigit() or c == ".").strip(".")
    other = "".join(c for c in written if c.isdigit() or c == ".").strip(".")
    if not isinstance(member.tree, Number) or not digits or digits.count(".") > 1:
        return None
    before = Fraction(digits)
    return Fraction(member.tree.value) / before * Fraction(other) if before else None
