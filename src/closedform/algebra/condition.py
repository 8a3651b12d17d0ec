"""One condition, and what it says plainly: 2^M ≤ 2^N is M ≤ N, and M mod 2 = 1 is 2 | M − 1."""

from __future__ import annotations

from math import ceil

from closedform.algebra.exact import known_value
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    symbol_names,
)
from closedform.records import record

#: Relations, and what each says of (left, right).
RELATIONS = ("=", "<", "<=", ">", ">=", "≈", "|")
#: Which signs of left − right satisfy a relation.
SIGNS: dict[str, frozenset[int]] = {
    "=": frozenset({0}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}
#: What an order says with its sides exchanged, and where it does not hold.
EXCHANGED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@record
class Condition:
    """``left relation right``; ``|`` says that left divides right."""

    relation: str
    left: Tree
    right: Tree

    @property
    def sides(self) -> tuple[Tree, Tree]:
        """What is compared."""
        return self.left, self.right

    @property
    def ordered(self) -> tuple[Tree, Tree]:
        """What is said to be smaller, and what larger."""
        return self.sides if self.relation in ("<", "<=") else (self.right, self.left)

    @property
    def strict(self) -> bool:
        """Whether the sides are said to differ."""
        return self.relation in ("<", ">")

    def lowest(self, index: str) -> int | None:
        """The number from which an index runs by it: 2 where i >= 2."""
        small, large = self.ordered
        if self.relation in EXCHANGED and large == Symbol(index) and isinstance(small, Number):
            return ceil(small.value) + (self.strict and small.value == ceil(small.value))
        return None

    @property
    def names(self) -> set[str]:
        """The symbols of both sides."""
        return {*symbol_names(*self.sides)}


def unwrapped(condition: Condition) -> Condition:
    """A condition without a function that keeps the order on both sides: 2^M ≤ 2^N is M ≤ N."""
    if condition.relation not in SIGNS:  # 2^M | 2^N says nothing of M | N
        return condition
    if condition.relation == "=" and (division := _division(condition.left, condition.right)):
        return division
    match condition.sides:
        case Call(function=f, arguments=(a, *one)), Call(function=g, arguments=(b, *two)) if f == g:
            based = all(isinstance(base, Number) and base.value > 1 for base in one)
            if one != two or not (FUNCTIONS[f].strictly and based):
                return condition
            sides = a, b
        case Call(function="log", arguments=(a, Number() as base)), Number(value=int(times)):
            if not (base.value > 1 and 0 <= times <= 64):
                return condition
            sides = a, Number(base.value**times)
        case Power(base=Number(value=one), exponent=a), Power(base=Number(value=two), exponent=b):
            if one != two or not one > 1:
                return condition
            sides = a, b
        case Power(base=Number(value=int(base)), exponent=a), Number() as power if base > 1:
            exact = known_value(Call("log", (power, Number(base))))
            if exact is None:
                return condition
            sides = a, Number(exact)
        case _:
            return condition
    return unwrapped(Condition(condition.relation, *sides))


def _division(left: Tree, right: Tree) -> Condition | None:
    """What d divides where a mod d = r, or a mod d = b mod d; what 2 divides where (−1)ⁿ = 1."""
    one, two = _remainder(left), _remainder(right)
    match right:
        case Number(value=int(rest)) if one and 0 <= rest < one[1]:
            return Condition("|", Number(one[1]), one[0] - rest)
        case _ if isinstance(left, Power) and known_value(left.base) == -1:
            sign = known_value(right)
            if sign in (1, -1):
                return Condition("|", Number(2), left.exponent + (sign == -1))
    if one and two and one[1] == two[1]:
        return Condition("|", Number(one[1]), one[0] - two[0])
    return None


def _remainder(tree: Tree) -> tuple[Tree, int] | None:
    """The a and the d of a − d·⌊a/d⌋."""
    match tree:
        case Sum(terms=(*_, Negative(operand=Product(factors=(Number(value=int(by)), whole))))):
            match whole:
                case Call(function="floor", arguments=(Quotient(numerator=a),)) if by > 0:
                    return (a, by) if tree == a - Number(by) * whole else None
    return None
