"""How a formula grows in one symbol n: its leading term c · b^n · n^a · log(n)^l · log(log(n))^k.

Rounding goes, a largest is what grows fastest: neither changes the leading term of a sum of
positive terms. Where terms cancel, the normal form is looked at.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from functools import reduce

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.exact import known_value
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.proofs.bounds import known_sign
from closedform.algebra.steps.progressions import linear
from closedform.algebra.tree import (
    ONE,
    ZERO,
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
    total,
)
from closedform.errors import ClosedformError
from closedform.records import NamedTuple

#: Powers of a base past this are not worked out.
_EXPONENT = 100


class Rate(NamedTuple):
    """Exponents: a rate that is more than another passes any multiple of it.

    Of n!, then the ``base`` of b^n, then the powers of n, log(n) and log(log(n)).
    """

    factorials: Fraction = Fraction(0)
    base: Fraction = Fraction(1)
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)
    nested: Fraction = Fraction(0)

    def times(self, other: Rate, sign: int = 1) -> Rate:
        """The rate of a product; with −1 that of a quotient."""
        factorials, *rest = (a + sign * b for a, b in zip(self, other, strict=True))
        return Rate(factorials, self.base * other.base**sign, *rest[1:])

    def raised(self, exponent: Fraction) -> Rate:
        """The rate of a power."""
        if abs(exponent) > _EXPONENT or (self.base != 1 and exponent.denominator > 1):
            raise ClosedformError(f"the power {exponent} is not worked out", "take a smaller one")
        factorials, base, *rest = self
        raised = base ** int(exponent) if base != 1 else base
        return Rate(exponent * factorials, raised, *(exponent * part for part in rest))


class Lead(NamedTuple):
    """A leading term: how fast it grows, its coefficient and the sign of that."""

    rate: Rate
    coefficient: Tree = ONE
    sign: int = 1


CONSTANT = Rate()


def lead(tree: Tree, name: str, assumptions: Assumptions, *, strict: bool = True) -> Lead:
    """The leading term of a formula as ``name`` grows.

    Its coefficient is 0 nowhere; where not ``strict`` it may be so for some sizes.

    >>> n = Symbol("n")
    >>> lead(n * Call("log", (n,)) + n, "n", Assumptions()).rate > Rate(power=Fraction(1))
    True

    Raises:
        ClosedformError: it is not seen, or the formula is 0.
        TooLarge: nor is it in the normal form, which passes a bound.
    """
    leads = _Leads(name, assumptions, strict=strict)
    with suppress(_Unseen):
        return leads.of(tree)
    space = assumptions.field(tree, Symbol(name))
    normal = space.normal(tree).cancelled()
    if normal.is_zero():
        raise ClosedformError(f"0 has no leading term as {name} grows", "leave it out")
    return leads.of(function_tree(normal))


class _Unseen(ClosedformError):
    """A leading term that may be seen in another form."""


class _Leads:
    """The leading terms of the parts of a formula as ``name`` grows."""

    def __init__(self, name: str, assumptions: Assumptions, *, strict: bool) -> None:
        self.name, self.assumptions, self.strict = name, assumptions, strict

    def of(self, tree: Tree) -> Lead:
        """The leading term of a part."""
        if self.name not in symbol_names(tree):
            return self._constant(tree)
        match tree:
            case Symbol():
                return Lead(Rate(power=Fraction(1)))
            case Negative(operand=operand):
                rate, coefficient, sign = self.of(operand)
                return Lead(rate, -coefficient, -sign)
            case Sum(terms=terms):
                return self._sum([self.of(term) for term in terms])
            case Product(factors=factors):
                return reduce(_times, map(self.of, factors))
            case Quotient(numerator=above, denominator=below):
                return self._quotient(self.of(above), self.of(below))
            case Power(base=base, exponent=exponent):
                if self.name not in symbol_names(exponent):
                    return self._power(self.of(base), exponent)
                return self._exponential(base, exponent)
            case Call():
                return self._call(tree)
        raise self._unseen("inside a sum")

    def _unseen(self, where: str) -> _Unseen:
        return _Unseen(
            f"it is not known how {self.name} grows {where}",
            "growth works with sums, products, powers, roots, logarithms and rounding",
        )

    def _constant(self, tree: Tree) -> Lead:
        """What does not grow: its sign must be known."""
        if sign := known_sign(tree, self.assumptions, strict=self.strict):
            return Lead(CONSTANT, tree, sign)
        raise _Unseen(
            f"the leading terms, as {self.name} grows, may vanish for some sizes",
            "state the sizes for which they do not",
        )

    def _sum(self, leads: list[Lead]) -> Lead:
        """The fastest terms together."""
        fastest = max(term.rate for term in leads)
        top = [term for term in leads if term.rate == fastest]
        coefficient = total(term.coefficient for term in top)
        if len({term.sign for term in top}) == 1:
            return Lead(fastest, coefficient, top[0].sign)
        if coefficient == ZERO:
            raise self._unseen("where terms cancel")
        return self._constant(coefficient)._replace(rate=fastest)

    def _quotient(self, above: Lead, below: Lead) -> Lead:
        rate = above.rate.times(below.rate, -1)
        return Lead(rate, above.coefficient / below.coefficient, above.sign * below.sign)

    def _power(self, base: Lead, exponent: Tree) -> Lead:
        """The power by what does not grow."""
        known = known_value(exponent)
        if known is None or base.sign < int(known.denominator > 1 or known < 0):
            raise self._unseen("inside a root, or to a power that is no number")
        sign = base.sign if known % 2 else base.sign**2
        raised = ONE if base.coefficient == ONE else base.coefficient**exponent
        return Lead(base.rate.raised(known), raised, sign)

    def _exponential(self, base: Tree, exponent: Tree) -> Lead:
        """b^(a·n + c) is b^c · (b^a)^n."""
        known = known_value(base)
        slope, rest = self._line(exponent)
        if known is None or known <= 0 or abs(slope) > _EXPONENT:
            raise self._unseen("in an exponent")
        return Lead(Rate(base=known**slope), base**rest)

    def _line(self, tree: Tree) -> tuple[int, Tree]:
        """The integer a and the c of a·n + c."""
        line = linear(tree, self.name, self.assumptions)
        times = line and known_value(line[0])
        if line is None or times is None or times.denominator > 1:
            raise self._unseen("in an exponent or a factorial")
        return int(times), line[1]

    def _call(self, tree: Call) -> Lead:
        row, arguments = FUNCTIONS[tree.function], tree.arguments
        if tree.function == "factorial":
            slope, rest = self._line(arguments[0])
            known = known_value(rest)
            if slope == 1 and known is not None:
                return Lead(Rate(factorials=Fraction(1), power=known))
        leads = [self.of(argument) for argument in arguments]
        if tree.function == "log":
            logs = [self._log(part) for part in leads]
            return logs[0] if len(logs) == 1 else self._quotient(*logs)
        if tree.function == "sqrt":
            return self._power(leads[0], Number(Fraction(row.degree)))
        if row.rounds and leads[0].rate > CONSTANT:
            return leads[0]
        if row.chooses:
            return self._chosen(tree, leads)
        raise _Unseen(
            f"it is not known how {tree.function} grows with {self.name}",
            "give other sizes a value",
        )

    def _log(self, inner: Lead) -> Lead:
        """log(c·bⁿ·nᵃ) is n·log b, or else a·log n, or else …, and the rest is less."""
        rate, coefficient, sign = inner
        if sign > 0 and rate.factorials > 0:
            return Lead(Rate(power=Fraction(1), logs=Fraction(1)), Number(rate.factorials))
        if sign > 0 and not rate.factorials and rate.base != 1:
            log = self._constant(Call("log", (Number(rate.base),)))
            return log._replace(rate=Rate(power=Fraction(1)))
        if sign > 0 and rate == CONSTANT:
            return self._constant(Call("log", (coefficient,)))
        if sign > 0 and rate > CONSTANT and (rate.power or rate.logs):
            logs = Rate(logs=Fraction(1)) if rate.power else Rate(nested=Fraction(1))
            return Lead(logs, Number(rate.power or rate.logs))
        raise self._unseen("inside a logarithm")

    def _chosen(self, tree: Call, leads: list[Lead]) -> Lead:
        """The fastest of a largest one, the slowest of a smallest, or what is chosen of factors."""
        largest = FUNCTIONS[tree.function].chooses > 0
        if largest:
            leads = [part for part in leads if part.sign > 0] or leads
        if any(part.sign < 1 for part in leads):
            raise self._unseen("where what may be negative is chosen from")
        end = (max if largest else min)(part.rate for part in leads)
        factors = dict.fromkeys(part.coefficient for part in leads if part.rate == end)
        chosen = (*factors,) if len(factors) == 1 else (Call(tree.function, (*factors,)),)
        return Lead(end, chosen[0])


def _times(one: Lead, other: Lead) -> Lead:
    coefficient = one.coefficient * other.coefficient
    return Lead(one.rate.times(other.rate), coefficient, one.sign * other.sign)
