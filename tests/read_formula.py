"""The tests' own reader of formulas, so that tables of claims read as mathematics.

It knows what the tables need: one-letter names with subscripts, juxtaposition, ``^``, the
functions, ``sum(i=1..N, body)``, and conditions such as ``g | M, 0 < alpha <= 1``. The language of
users is another, larger one; what is tested here does not rest on it.
"""

from __future__ import annotations

import re
from fractions import Fraction

from closedform.algebra.assumptions import Condition
from closedform.algebra.tree import Call, Number, Series, Symbol, Tree, negate, power

FUNCTIONS = ("floor", "ceil", "sqrt", "log", "min", "max", "factorial")
RELATIONS = ("<=", ">=", "<", ">", "=", "|")
_TOKEN = re.compile(
    r"\s*(alpha|floor|ceil|sqrt|log|min|max|factorial|sum|[A-Za-z](?:_\w+)?|\d+(?:\.\d+)?(?!\d)|\.\.|[<>]=?|\S)"
)


def formula(text: str) -> Tree:
    """The expression that ``text`` writes.

    >>> formula("2M N") == 2 * Symbol("M") * Symbol("N")
    True
    """
    reader = _Reader(text)
    tree = reader.sum()
    reader.end()
    return tree


def relation(text: str) -> Condition:
    """A claim of one step, or a condition."""
    (found,) = _chain(_Reader(text))
    return found


def conditions(text: str) -> tuple[Condition, ...]:
    """Conditions separated by commas; a chain is one for each neighbouring pair."""
    if not text:
        return ()
    reader = _Reader(text)
    found = _chain(reader, last=False)
    while reader.takes(","):
        found += _chain(reader, last=False)
    reader.end()
    return tuple(found)


def _chain(reader: _Reader, *, last: bool = True) -> list[Condition]:
    left, found = reader.sum(), []
    while reader.next in RELATIONS:
        sign = reader.take()
        right = reader.sum()
        found.append(Condition(sign, left, right))
        left = right
    if last:
        reader.end()
    return found


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _TOKEN.findall(text)
        self.place = 0

    @property
    def next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        self.place += 1
        return str(self.tokens[self.place - 1])

    def takes(self, token: str) -> bool:
        if self.next != token:
            return False
        self.place += 1
        return True

    def expect(self, token: str) -> None:
        if not self.takes(token):
            raise ValueError(f"{token} is missing at {self.next!r} in {self.text!r}")

    def end(self) -> None:
        if self.next:
            raise ValueError(f"{self.next!r} is too much in {self.text!r}")

    def sum(self) -> Tree:
        total = self.product()
        while self.next in ("+", "-"):
            total = total + self.product() if self.take() == "+" else total - self.product()
        return total

    def product(self) -> Tree:
        if self.takes("-"):
            return negate(self.product())
        total = self.power()
        while self.next in ("*", "/", "(") or self.next[:1].isalnum():
            if self.takes("/"):
                total = total / self.power()
            else:
                self.takes("*")
                total = total * self.power()
        return total

    def power(self) -> Tree:
        base = self.atom()
        if self.takes("!"):
            base = Call("factorial", (base,))
        if not self.takes("^"):
            return base
        return power(base, negate(self.atom()) if self.takes("-") else self.power())

    def atom(self) -> Tree:
        word = self.take()
        if word == "(":
            inside = self.sum()
            self.expect(")")
            return inside
        if word[0].isdigit():
            number = Fraction(word)
            return Number(number.numerator if number.denominator == 1 else number)
        if word == "sum":
            return self.series()
        if word in FUNCTIONS:
            return Call(word, self.arguments())
        if not word[0].isalpha():
            raise ValueError(f"{word!r} is no expression in {self.text!r}")
        return Symbol(word)

    def arguments(self) -> tuple[Tree, ...]:
        self.expect("(")
        found = [self.sum()]
        while self.takes(","):
            found.append(self.sum())
        self.expect(")")
        return tuple(found)

    def series(self) -> Tree:
        self.expect("(")
        index = self.take()
        self.expect("=")
        lower = self.sum()
        self.expect("..")
        upper = self.sum()
        self.expect(",")
        body = self.sum()
        self.expect(")")
        return Series(index, lower, upper, body)
