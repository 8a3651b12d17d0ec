"""How a formula grows in one symbol: its leading term, and from where on that term leads.

Rounding goes, a largest is what grows fastest: neither changes the leading term of a sum of
positive terms.
"""

from __future__ import annotations

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.normal_form.build import polynomial_tree
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.proofs.univariate import runs
from closedform.algebra.readable import readable
from closedform.algebra.tree import (
    ONE,
    Call,
    Number,
    Quotient,
    Symbol,
    Tree,
    children,
    power,
    rebuild,
    symbol_names,
)
from closedform.errors import ClosedformError
from closedform.records import record


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
        return readable(self.coefficient * power(Symbol(self.name), Number(self.degree)))

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
            below: int | None = 0
            for run in runs(gap.num.coefficients(0), 1):
                below = below if run.sign >= 0 else run.last
            return None if below is None else below + 1
        bound = readable(Quotient(self.rest * Symbol(self.name), self.term))
        if prove_sign(ONE - bound, Assumptions(), strict=False):
            return 1
        return None if self.name in symbol_names(bound) else bound


def leading(tree: Tree, name: str) -> Leading:
    """The leading term of a formula whose terms are positive, as ``name`` grows.

    >>> n, d = Symbol("n"), Symbol("d")
    >>> lead = leading(2 * d * n**2 + 12 * d**2 * n, "n")
    >>> lead.degree, lead.leads_from() == readable(6 * d)
    (2, True)

    Raises:
        ClosedformError: a formula that does not grow as a power does.
    """
    smooth = _smooth(tree, name)
    field = Assumptions().field(smooth, Symbol(name))
    degree, above, below = quotient_of_leads(field, field.normal(smooth).cancelled(), name)
    coefficient = readable(Quotient(above, below))
    lead = Leading(name, degree, coefficient, None)
    if smooth != tree:
        return lead
    return Leading(name, degree, coefficient, readable(tree - lead.term))


def quotient_of_leads(field: Field, value: RationalFunction, name: str) -> tuple[int, Tree, Tree]:
    """The degree of a function in ``name``, and its leading coefficients above and below.

    Raises:
        ClosedformError: it is 0, or the symbol stands inside a root, say.
    """
    held = [key for key, inner in zip(field.keys, field.trees, strict=True) if key != name
            and name in symbol_names(inner)]  # fmt: skip
    if held:
        raise ClosedformError(
            f"it is not known how {name} grows inside a root, a logarithm or an exponent",
            "growth works with sums, products, quotients and rounding of them",
        )
    if not value.num:
        raise ClosedformError(f"0 has no leading term as {name} grows", "leave it out")
    place = field.index[name]
    tops = [max(m[place] for m in poly) for poly in (value.num, value.den)]
    above, below = (
        polynomial_tree(field, poly.by_power(place)[top])
        for poly, top in zip((value.num, value.den), tops, strict=True)
    )
    return tops[0] - tops[1], above, below


def _smooth(tree: Tree, name: str) -> Tree:
    """A formula that grows the same way, without rounding and choices."""
    if name not in symbol_names(tree):
        return tree
    parts = tuple(_smooth(part, name) for part in children(tree))
    row = FUNCTIONS[tree.function] if isinstance(tree, Call) else None
    if not isinstance(tree, Call) or row is None or not (row.rounds or row.chooses):
        return tree if parts == children(tree) else rebuild(tree, parts)
    leads = [leading(part, name) for part in parts]
    chooses = min if row.chooses < 0 else max
    chosen = chooses(lead.degree for lead in leads)
    fastest = [lead for lead in leads if lead.degree == chosen]
    sizes = [lead.coefficient.value for lead in fastest if isinstance(lead.coefficient, Number)]
    if len(sizes) < len(fastest) > 1 or (len(parts) == 1 and chosen < 1):
        raise ClosedformError(
            f"it is not known how {tree.function} grows with {name}", "give other sizes a value"
        )
    if len(fastest) == 1:
        return parts[leads.index(fastest[0])]
    return fastest[sizes.index(chooses(sizes))].term
