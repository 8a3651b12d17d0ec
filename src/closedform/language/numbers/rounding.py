"""Rounded numbers: quantities such as 569M, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from closedform.algebra.exact import known_value
from closedform.algebra.tree import Number, Quotient, Tree, children, rebuild, walk
from closedform.errors import ParseError
from closedform.language.claim import Member
from closedform.language.numbers.digits import last_digit, rounds_to
from closedform.language.numbers.memory import AS_BYTES, speaks_of_bytes
from closedform.language.numbers.scales import scale_at
from closedform.language.scanning.numerals import read_value
from closedform.language.tokens import Scan, Token
from closedform.later import regex
from closedform.records import NamedTuple

#: How much memory differs that is counted in powers of 1024 and of 1000.
_OTHER_BASE = frozenset(Fraction(1024, 1000) ** power for power in range(1, 6))
#: A power of 1000, and of 1024.
_POWERS = {1000**power: 1024**power for power in range(1, 6)}
#: A unit of memory with a prefix: MB, kilobytes.
_PREFIXED = regex(r"[kKMGTP]i?[Bb]\b|kilo|mega|giga|tera|peta|bibyte")
#: Why MB is no MiB, and what to write.
OTHER_BASE = "this holds where a prefix is 1024, and not where it is 1000"
BINARY_UNITS = "write KiB, MiB, GiB for powers of 1024"
#: Signs between the factors of a product.
_COMPUTED = regex(r"[*×·+]|\\times|\\cdot")
#: KiB, or kibibyte.
_BINARY = regex(r"iB|bibyte")


class Rounded(NamedTuple):
    """A quantity as printed, the size of its last digit, and its scale.

    ``other``: a second scale that may be meant. ``letter``: a digit and a letter, maybe a product.
    ``word``: more than a letter says the scale, as in 8 GiB. ``cut``: digits go on, as in 0.33….
    """

    number: Fraction
    step: Fraction
    zeros: Fraction
    scale: int | Fraction
    other: int | Fraction | None = None
    letter: bool = False
    word: bool = False
    cut: bool = False


def rounded_quantity(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> Rounded | None:
    """What ``569M``, ``4.1 GFLOPs`` or ``25.6 million`` says, or None for any other tokens.

    ``known``: symbols of the target and the conditions, which are no suffixes.
    """
    kept = [item for item in tokens if item.type not in ("GAP", "ROW")]
    if not kept or kept[0].type not in ("NUMBER", "LPAR", "LBAR"):
        return None
    # A bracket that nobody typed, and the bars of a cell: such a number is its absolute value.
    pair = (kept[0].type, kept[-1].type)
    if pair == ("LBAR", "RBAR") or (pair == ("LPAR", "RPAR") and kept[0].start == kept[0].end):
        kept = kept[1:-1]
    if len(kept) < 2 or kept[0].type != "NUMBER" or kept[0].value.endswith("%"):
        return None
    if kept[1].type == "DOTS" and len(kept) == 2 and "." in kept[0].value:
        last = last_digit(kept[0].value, zeros=False)
        return Rounded(Fraction(read_value(kept[0].value)), last, last, 1, cut=True)
    scale = scale_at(scan, kept, 1, known)
    if scale is None or scale.end < len(kept):
        return None
    written = kept[0].value
    letter = len(kept) == 2 and len(written) == 1 and not scale.certain
    digit, zeros = last_digit(written, zeros=False), last_digit(written, zeros=True)
    number = Fraction(read_value(written))
    word = scale.certain and (len(kept) > 2 or len(kept[1].value) > 1)
    return Rounded(number, digit, zeros, scale.worth, scale.other, letter, word)


def in_bytes(quantity: Rounded | None) -> Rounded | None:
    """The same with its B as bytes first."""
    if quantity is None or quantity.other is None:
        return quantity
    return quantity._replace(scale=quantity.other, other=quantity.scale)


class Reading(NamedTuple):
    """What a rounded quantity is read as, and a note where it is not the first reading."""

    value: int | Fraction
    unit: Fraction
    note: str = ""


def chosen(
    quantity: Rounded,
    others: Sequence[Tree],
    values: Mapping[str, Fraction],
    *,
    coarse: bool,
    divided: bool,
) -> Reading:
    """The reading of a quantity that holds beside the ``others``, or the first one.

    ``14 GB`` is 14·10⁹, or 14 where the other side has divided by 10⁹ already; ``1,024 B`` is a
    number of bytes where it is no number of billions. ``coarse``: beside ≈, zeros that end a number
    are no digits of it. ``divided``: the others may have divided by the unit already.
    """
    other = quantity.other or quantity.scale
    scales = {quantity.scale: "", other: AS_BYTES if other == 1 else "B as billions"}
    units = [divides(tree, quantity.scale, values) for tree in others] if divided else []
    if divisor := max(units, default=0):
        scales.setdefault(1, f"the unit as that of what is divided by {divisor:,} already")
    if other == 1 and divided and any(divides(tree, 1000, values, more=True) for tree in others):
        del scales[1]  # 14e9/1e9 = 14 B are billions, or GB
    scales[quantity.scale] = ""
    numbers = [number for tree in others if (number := known_value(tree, values)) is not None]
    readings = []
    for scale, note in scales.items():
        unit = (quantity.zeros if coarse else quantity.step) * scale
        amount = quantity.number * scale
        whole = amount.numerator if amount.denominator == 1 else amount
        readings.append(Reading(whole, unit, note))
        if numbers and all(rounds_to(number, amount, unit) for number in numbers):
            return readings[-1]
    if quantity.number * _POWERS.get(quantity.scale, 0) in numbers:
        return readings[0]._replace(note="the scale as a power of 1000: Ki, Mi, GiB are of 1024")
    return readings[0]


class Amount(NamedTuple):
    """The number that a side is, if it is one, also where each power of 1000 is one of 1024."""

    value: Fraction | None
    binary: Fraction | None
    unit: Fraction = Fraction(0)


def amount_of(side: Rounded | Member, values: Mapping[str, Fraction]) -> Amount:
    """What a quantity or a formula is."""
    if isinstance(side, Rounded):
        other = _POWERS.get(side.scale, side.scale)
        return Amount(side.number * side.scale, side.number * other, side.step * side.scale)
    return Amount(known_value(side.tree, values), known_value(_in_binary(side.tree), values))


def _in_binary(tree: Tree) -> Tree:
    """A formula with 1024 for each 1000."""
    if isinstance(tree, Number):
        return Number(_POWERS.get(tree.value, tree.value))
    parts = children(tree)
    return rebuild(tree, tuple(map(_in_binary, parts))) if parts else tree


def converted(
    scan: Scan,
    starts: Sequence[int],
    equal: Sequence[bool],
    rounded: Sequence[Rounded | None],
    amounts: Sequence[Amount],
) -> list[Rounded | None]:
    """The quantities of a chain, those exact that are one digit of memory made from memory.

    ``1 GiB = 1000 MiB`` rounds nothing. ``starts``: where the members begin; ``equal``: whether =
    stands between each and the next.

    Raises:
        ParseError: ``1 GB = 1024 MB``, true where a prefix is 1024 and false where it is 1000.
    """
    read = [*rounded]
    ends = [*starts[1:], len(scan.text)]
    texts = [f" {scan.text[start:end]}" for start, end in zip(starts, ends, strict=True)]
    for place, same in enumerate(equal):
        (one, left, unit), (other, right, digit) = amounts[place : place + 2]
        sides = texts[place : place + 2]
        if not (same and one and other and any(map(speaks_of_bytes, sides))):
            continue
        prefixed = [_PREFIXED.search(side) is not None for side in sides]
        # A conversion rounds nothing, 1 MiB = 10^6 bytes; a product does, 7·8 bytes = 0.1 KB.
        exact = all(prefixed) or not any(map(_COMPUTED.search, sides))
        exact = exact and all(map(speaks_of_bytes, sides))
        binary = _BINARY.search("".join(sides))
        wrong_base = one != other and left == right
        # 13 KiB are 13,312 bytes, and no rounded 13,000.
        based = all(prefixed) or (binary and any(prefixed))
        wrong_base |= bool(based) and max(one / other, other / one) in _OTHER_BASE
        rounds = not exact and _same(one, unit, other, digit)
        if wrong_base and any(prefixed) and not (binary or rounds):
            hint = f"{BINARY_UNITS}, or ≈"
            raise ParseError(scan.text, starts[place], ends[place + 1], OTHER_BASE, hint)
        for side in (place, place + 1) if exact or wrong_base else ():
            quantity = read[side]
            one_digit = quantity and len(str(quantity.number / quantity.step).strip("0")) < 2
            if quantity and (wrong_base or one_digit):
                read[side] = quantity._replace(step=Fraction(0), zeros=Fraction(0))
    return read


def agree(members: Sequence[Member], values: Mapping[str, Fraction]) -> bool:
    """Whether the members are numbers, and the same ones to the digits written."""
    numbers = [known_value(member.tree, values) for member in members]
    digits = [(member.suffixed and member.unit) or Fraction(0) for member in members]
    return all(
        one is not None and other is not None and _same(one, unit, other, digit)
        for (one, unit), (other, digit) in pairwise(zip(numbers, digits, strict=True))
    )


def _same(one: Fraction, unit: Fraction, other: Fraction, digit: Fraction) -> bool:
    """Whether one of two numbers, each with what its last digit is worth, rounds to the other."""
    return rounds_to(one, other, digit) or rounds_to(other, one, unit)


def apart(members: Sequence[Member], values: Mapping[str, Fraction]) -> Fraction:
    """How many times a member is the one beside it, at most; 0 where that is not known."""
    numbers = [known_value(member.tree, values) for member in members]
    times = [
        max(one / other, other / one) if one and other else Fraction(0)
        for one, other in pairwise(numbers)
    ]
    return max(times, default=Fraction(0)) if all(times) else Fraction(0)


def divides(
    tree: Tree, scale: int | Fraction, values: Mapping[str, Fraction], *, more: bool = False
) -> int:
    """The unit in the denominators of a formula, ``/1e6``, ``/1024/1024``: a scale or its 1024s.

    It is 0 where they hold neither, or a larger unit: what is divided by 10⁹ is not in MB, but
    with ``more``.
    """
    product = Fraction(1)
    for part in walk(tree):
        if isinstance(part, Quotient) and (below := known_value(part.denominator, values)):
            product *= below
    binary = 2 ** (10 * (len(str(scale)) // 3))  # M is 10⁶, or 2²⁰ where so much is divided by
    units = (int(scale), binary) if scale > 1 and product >= scale else ()
    for unit in units:
        times = product / unit
        if times.denominator == 1 and (more or (times % 1000 and times % 1024)):
            return unit
    return 0


def is_binary(quantity: Rounded, side: Member, values: Mapping[str, Fraction]) -> bool:
    """Whether a quantity in powers of 1000 is what a side has divided by 1024: /1024² = 97.5 MB."""
    number = known_value(side.tree, values)
    unit = divides(side.tree, quantity.scale, values)
    same = number is not None and rounds_to(number, quantity.number, quantity.step)
    return same and unit not in (0, quantity.scale)


def is_no_product(
    quantity: Rounded, tokens: Sequence[Token], names: frozenset[str], *, last: bool
) -> bool:
    """Whether a quantity beside formulas is none of their ``names`` times a number.

    ``= 85M`` with two digits or a point, where M stands nowhere else; 600 MFLOPs and 8 GiB, unless
    each of these letters is a symbol.
    """
    letters = {item.value for item in tokens if item.type == "NAME"}
    if quantity.word and not (letters and letters <= names):
        return True
    return last and len(tokens[0].value) > 1 and not letters & names
