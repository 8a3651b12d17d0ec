"""What can be read in two ways, with both readings spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from closedform.algebra.tree import Call, Number, Power, Product, Quotient, Tree, walk
from closedform.errors import ParseError
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import SUFFIXES
from closedform.typeset.text import text

#: Readings are spelled out up to this many nodes.
SPELLED = 60
#: Letters of a time, and of how many times.
_UNITS = {*"sxX"}


def quotient(left: Tree, right: Sequence[Tree], last: Tree) -> tuple[str, str]:
    """``a / b c``: the problem and the hint; ``last`` is the last factor as it was typed."""
    count = len(last.factors) if isinstance(last, Product) else 1
    inner = Product(tuple(right[:-count])) if len(right) > count + 1 else right[0]
    hint = _either(Quotient(left, Product(tuple(right))), Product((Quotient(left, inner), last)))
    return "this quotient can be read in two ways", hint


def root(argument: Power) -> tuple[str, str]:
    """``√a^2``."""
    problem = "how far this root reaches can be read in two ways"
    inside = Power(Call("sqrt", (argument.base,)), argument.exponent)
    return problem, _either(Call("sqrt", (argument,)), inside)


def reach(name: str, call: Call, right: Tree) -> tuple[str, str]:
    """``log a b``."""
    argument, *base = call.arguments
    inside = Call(call.function, (Product((argument, right)), *base))
    problem = f"how far this {name} reaches can be read in two ways"
    return problem, _either(inside, Product((call, right)))


def no_remainder(above: Tree, below: Tree) -> bool:
    """Whether a number is divided that is not seen to be as large as what it is divided by."""
    return isinstance(above, Number) and not (
        isinstance(below, Number) and above.value >= below.value
    )


def remainder(above: Tree, below: Tree) -> tuple[str, str]:
    """``a = 0 mod b``: the problem and the hint."""
    problem = "a remainder of this number, or a congruence"
    a, b = text(above), text(below)
    return problem, f"write ≡ {a} (mod {b}) for a congruence, {a} for the remainder"


def _either(one: Tree, two: Tree) -> str:
    """Both readings, or a word of advice where they are long."""
    if any(len([*islice(walk(tree), SPELLED)]) == SPELLED for tree in (one, two)):
        return "write brackets around what belongs together"
    return f"write {text(one)} or {text(two)}"


def two_readings(scan: Scan, tokens: Sequence[Token]) -> ParseError:
    """The error for ``5 M > 6``: five million, or five times M."""
    number, letter = tokens[0], tokens[-1]
    problem = f"{number} {letter} can be read in two ways"
    scale = SUFFIXES.get(letter.value)  # or a second, or so many times
    written = f"{number}e{len(str(scale)) - 1}" if scale else f"{number}"
    return scan.error([number, letter], problem, f"write {written} or {number} * {letter}")


def check_unit(scan: Scan, pieces: Iterable[Sequence[Token]], names: frozenset[str]) -> None:
    """Refuse ``100/4 = 25x`` and ``14/2 = 7 s``, where no other symbol stands: a unit, or a factor.

    ``names``: the symbols of all members that have no value.
    """
    for tokens in pieces:
        kinds = [item.type for item in tokens]
        alone = kinds == ["NUMBER", "NAME"] and names == {tokens[1].value} <= _UNITS
        if alone and sum(item.value in names for item in scan.tokens) == 1:
            raise two_readings(scan, tokens)


def check_suffix(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse ``0.07M`` among numbers where M is a size too: 0.07 million, or 0.07 times M."""
    kinds = [item.type for item in tokens]
    if kinds != ["NUMBER", "NAME"] or tokens[1].value not in known & SUFFIXES.keys():
        return
    problem = f"{tokens[1]} is a symbol here, and a suffix for {SUFFIXES[tokens[1].value]:,}"
    hint = f"write the number out, or {tokens[0]} * {tokens[1]} for the product"
    raise scan.error([tokens[0], tokens[1]], problem, hint)
