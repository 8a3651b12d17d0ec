"""The leading term of a formula that grows as a power does, and from where on that term leads."""

from __future__ import annotations

from fractions import Fraction

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.forms.readable import readable
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.proofs.univariate import nonnegative_from
from closedform.algebra.rates import Rate, lead
from closedform.algebra.tree import ONE, Call, Quotient, Symbol, Tree, symbol_names, walk
from closedform.errors import ClosedformError
from closedform.records import record, replace


@record
class Leading:
    """The leading term ``coefficient``·xⁿ of a formula in x, n its ``degree``."""

    name: str
    degree: int
    coefficient: Tree
    #: What is left of the formula, where nothing in it was rounded.
    rest: Tree | None

    @property
    def term(self) -> Tree:
        """The leading term itself."""
        return readable(self.coefficient * Symbol(self.name) ** self.degree)

    def leads_from(self) -> int | Tree | None:
        """From where on the leading term is at least as large as all the rest, where that is known.

        An integer where all else is a number, else a formula.
        """
        if self.rest is None or not self.degree:
            return None
        field = Assumptions().field(self.term, self.rest)
        if set(symbol_names(self.term - self.rest)) == {self.name}:
            gap = field.normal(self.term - self.rest).cancelled()
            if len(field.keys) > 1 or not gap.den.is_ground:
                return None
            return nonnegative_from(gap.num.coefficients(0))
        bound = readable(Quotient(self.rest * Symbol(self.name), self.term))
        if prove_sign(ONE - bound, Assumptions(), strict=False):
            return 1
        return None if self.name in symbol_names(bound) else bound


def leading(tree: Tree, name: str) -> Leading:
    """The leading term of a formula that grows as a power does, as ``name`` grows.

    >>> n, d = Symbol("n"), Symbol("d")
    >>> top = leading(2 * d * n**2 + 12 * d**2 * n, "n")
    >>> top.degree, top.leads_from() == readable(6 * d)
    (2, True)

    Raises:
        ClosedformError: it does not, or that is not seen.
    """
    rate, coefficient, _ = lead(tree, name, Assumptions(), strict=False)
    if rate != Rate(power=Fraction(int(rate.power))):
        raise ClosedformError(
            f"it is not known how {name} grows inside a root, a logarithm or an exponent",
            "growth works with sums, products, quotients and rounding of them",
        )
    top = Leading(name, int(rate.power), readable(coefficient), None)
    calls = (FUNCTIONS[node.function] for node in walk(tree) if isinstance(node, Call))
    if any(row.rounds or row.chooses for row in calls):
        return top
    return replace(top, rest=readable(tree - top.term))
