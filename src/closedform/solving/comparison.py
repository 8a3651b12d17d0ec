"""A comparison that is to be solved: read, and reduced to the sign of a polynomial."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from closedform.algebra.assumptions import SIGNS, Assumptions, Condition, assume
from closedform.algebra.defined import Need, needs
from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.normal_form.build import places_in, polynomial_tree
from closedform.algebra.normal_form.factors import without_signed
from closedform.algebra.normal_form.polynomials import Polynomial, integer_content
from closedform.algebra.normal_form.rational import Field
from closedform.algebra.proofs.bounds import known_sign, prove_sign
from closedform.algebra.tree import (
    Call,
    Number,
    Product,
    Symbol,
    Tree,
    children,
    rebuild,
    symbol_names,
    walk,
)
from closedform.algebra.work import Work
from closedform.cost.call import Term
from closedform.cost.expand import layers_asked
from closedform.cost.own_sizes import placing
from closedform.cost.size_checks import how_left_open
from closedform.errors import ClosedformError, ParseError, TooLarge
from closedform.language.claims import Claim, Member
from closedform.language.vocabulary import SUFFIXES
from closedform.later import sympy
from closedform.reading import read_claim
from closedform.records import record, replace
from closedform.symbols import is_scale
from closedform.typeset.notation import SOURCE
from closedform.typeset.prose import NEED_SIGNS, RELATION_SIGNS, Prose
from closedform.typeset.text import text

#: What it may cost to decide all largest and smallest ones of a comparison.
DECIDED = 50_000
_BUDGET = re.compile(r"[\d.,\s]*\d\s*([kKMGBT])")


@record
class Comparison:
    """``left relation right`` for a symbol; the sign of left − right is that of ``poly``.

    ``poly`` has lost the factors that are positive for all admissible sizes.
    """

    text: str
    symbol: str
    relation: str
    left: Tree
    right: Tree
    assumptions: Assumptions
    field: Field
    poly: Polynomial
    #: What must hold for both sides to have a value.
    needs: tuple[Need, ...] = ()
    #: The dimensions whose place sizes of one's own take.
    places: Mapping[str, str] | None = None
    #: What was left out of the text.
    told: str | None = None

    @property
    def place(self) -> int:
        """The symbol among the generators of the polynomial's ring."""
        return self.field.index[self.symbol]

    @property
    def names(self) -> tuple[str, ...]:
        """The symbols on which the answer depends."""
        return symbol_names(*(self.field.trees[place] for place in places_in(self.poly)))

    @property
    def inside(self) -> bool:
        """Whether the symbol stands inside a floor, a root, a logarithm or an exponent."""
        return any(self.symbol in symbol_names(tree) for tree in self._held)

    @property
    def others(self) -> bool:
        """Whether the answer depends on other symbols."""
        return not {*self.names} <= {self.symbol}

    @property
    def has_constants(self) -> bool:
        """Whether all that stands beside the symbol are numbers such as √2."""
        return bool(self._held) and not symbol_names(*self._held)

    @property
    def _held(self) -> list[Tree]:
        """What the polynomial holds besides the symbol itself."""
        return [self.field.trees[place] for place in places_in(self.poly) if place != self.place]

    @property
    def real(self) -> bool:
        """Whether the symbol is a number rather than an integer."""
        return self.assumptions.domain(self.symbol).real

    @property
    def poles(self) -> list[Tree]:
        """What must not be 0 for both sides to have a value."""
        return [tree for tree, kind in self.needs if kind == "≠ 0"]


def read_comparison(text: str, symbol: str, where: str = "") -> Comparison:
    """Read a comparison and bring everything to one side.

    Raises:
        ClosedformError: no single relation, or a symbol that is not there.
    """
    claim = read_claim(text, where=where)
    if len(claim.members) != 2 or claim.relations[0] not in SIGNS:
        raise ClosedformError(
            "solve takes one relation: = < <= > >=",
            'write a budget such as "macs(conv(k=3, M=64, H=56, W=56)) <= 100M", or A = B',
        )
    pairs = claim.members, claim.members[::-1]
    left, right = (_budget(*pair, claim, symbol) for pair in pairs)
    # A width multiplier is any positive number.
    reals = {symbol} if is_scale(symbol) else set[str]()
    assumptions = assume(claim.given, claim.divisions, reals)
    work = Work(DECIDED)
    applied = assumptions.apply(left), assumptions.apply(right)
    layers = layers_asked(*(member.asked for member in claim.members))
    terms = [term for one in layers for term in one.terms]
    _check_symbol(symbol, claim.text, (left, right), applied, terms)
    part, two = (_decided(side, assumptions, work) for side in applied)
    comparison = compared(text, symbol, claim.relations[0], part, two, assumptions)
    places = placing(SOURCE, terms).places
    return replace(comparison, places=places, told=claim.told)


def compared(
    text: str, symbol: str, relation: str, one: Tree, two: Tree, assumptions: Assumptions
) -> Comparison:
    """Two sides, and the polynomial whose sign says how they compare."""
    field = assumptions.field(one, two, Symbol(symbol))
    sides = field.normal(one), field.normal(two)
    difference = (sides[0] - sides[1]).cancelled()
    bottom = polynomial_tree(field, difference.den)
    positive = prove_sign(bottom, assumptions, strict=True) is not None
    poly = (difference if positive else difference * field.polynomial(difference.den)).num
    if len(field.keys) > 1:
        poly = _without_signed(field, poly, assumptions)
    wanted = needs(field, sides, assumptions)
    whole = poly.over(poly.ring.zero_monom, integer_content(poly))
    return Comparison(text, symbol, relation, one, two, assumptions, field, whole, wanted)


def told_with(comparison: Comparison, settled: Collection[str] = ()) -> tuple[Prose, ...]:
    """The conditions that an answer does not hold in itself, each as a sentence.

    A condition whose symbols are all ``settled`` has been met by the answer.
    """
    said: list[Prose] = []
    for condition in dict.fromkeys(comparison.assumptions.stated):
        left, right = map(comparison.assumptions.apply, condition.sides)
        names = {*symbol_names(left, right)}
        if comparison.symbol not in names or names <= set(settled):
            continue
        if condition.relation == "|":
            said.append(("and ", left, " must divide ", right))
        elif condition.relation in RELATION_SIGNS:
            said.append(("and ", left, RELATION_SIGNS[condition.relation], right, " must hold"))
    for tree, kind in comparison.needs:
        if not set(symbol_names(tree)) <= set(settled):
            said.append(("and ", tree, NEED_SIGNS.get(kind, f" {kind}"), " must hold"))
    return tuple(dict.fromkeys(said))


def _budget(member: Member, other: Member, claim: Claim, symbol: str) -> Tree:
    """The side itself, or a number for a budget such as ``100M``."""
    match member.tree:
        case Product(factors=(Number(value=value), Symbol(name=suffix))) if suffix in SUFFIXES:
            if not _BUDGET.fullmatch(member.written.strip()):
                return member.tree
            elsewhere = [side for condition in claim.conditions for side in condition.sides]
            if suffix != symbol and suffix not in symbol_names(other.tree, *elsewhere):
                return Number(value * SUFFIXES[suffix])
            start = claim.text.find(member.written.strip())
            zeros = len(str(SUFFIXES[suffix])) - 1
            number = member.written.strip()[:-1].strip()
            raise ParseError(
                claim.text,
                start,
                start + len(member.written.strip()),
                f"{member.written.strip()} can be read in two ways",
                f"write {number}e{zeros} for the number, or {number} * {suffix} for the product",
            )
    return member.tree


def _decided(tree: Tree, given: Assumptions, work: Work) -> Tree:
    """A tree in which a largest or smallest that the conditions decide is that one."""
    if not any(isinstance(node, Call) and FUNCTIONS[node.function].chooses for node in walk(tree)):
        return tree
    parts = tuple(_decided(part, given, work) for part in children(tree))
    way = FUNCTIONS[tree.function].chooses if isinstance(tree, Call) else 0
    if not (isinstance(tree, Call) and way):
        return rebuild(tree, parts)
    for part in parts:
        gaps = (way * (part - other) for other in parts)
        if all(prove_sign(gap, given, strict=False, work=work) for gap in gaps):
            return part
    return Call(tree.function, parts)


def _check_symbol(
    symbol: str,
    text: str,
    written: tuple[Tree, ...],
    put_in: tuple[Tree, ...],
    terms: Iterable[Term],
) -> None:
    names = symbol_names(*put_in)
    if symbol in names:
        return
    if any(symbol in symbol_names(tree) for tree in written):
        raise ClosedformError(
            f"the conditions give {symbol} a value already", f"leave {symbol} out of the conditions"
        )
    if re.search(rf"(?<![\w.]){re.escape(symbol)}(?!\w|\s*=)", text):
        # A size that the quantity does not depend on, as the parameters of a network on R.
        return
    hint = f"symbols that do: {', '.join(names) or 'none'}{how_left_open(symbol, terms)}"
    raise ClosedformError(f"{symbol} does not occur, so it cannot be solved for", hint)


def _without_signed(field: Field, poly: Polynomial, assumptions: Assumptions) -> Polynomial:
    """``poly`` without the factors that are known never to vanish, its sign kept."""

    def sign(factor: Polynomial) -> int:
        return known_sign(polynomial_tree(field, factor), assumptions)

    return without_signed(field, poly, sign) if poly else poly


# -- where the symbol must divide a number --------------------------------------------------------

#: Numbers past the first are not split into divisors; past the second, residues are not tried.
FACTORED, PERIOD = 10**15, 10_000


def candidates(comparison: Comparison) -> list[int] | None:
    """Where the symbol sought must divide a number: the numbers that can."""
    name = comparison.symbol
    for divisor, multiple in comparison.assumptions.divisions:
        if symbol_names(divisor) != (name,) or not isinstance(multiple, Number):
            continue
        whole = abs(int(multiple.value))
        if whole and isinstance(divisor, Symbol):
            if whole > FACTORED:
                raise TooLarge("a number that is split into its divisors", FACTORED)
            return [int(number) for number in sympy.divisors(whole)]
        space = comparison.assumptions.field(divisor)
        poly = space.normal(divisor).cancelled()
        if not whole or not poly.den.is_ground or len(space.keys) > 1:
            raise unusable(Condition("|", divisor, multiple), name)
        # Past this the divisor is larger than what it should divide.
        reach = whole * abs(poly.den.LC) + sum(abs(c) for c in poly.num.values())
        if reach > PERIOD:
            raise TooLarge("a number that is split into its divisors", PERIOD)
        return list(range(1, reach + 1))
    return None


def unusable(condition: Condition, name: str) -> ClosedformError:
    """What is said of a comparison whose integers are not found."""
    written = f"{text(condition.left)} {condition.relation} {text(condition.right)}"
    return ClosedformError(
        f"it is not known for which {name} {written}",
        "solve works with sums, products, quotients, floors over numbers, and with sides that only "
        f"rise or only fall; where {name} is bounded on both sides it looks at each integer",
    )
