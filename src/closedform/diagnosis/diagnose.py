"""Why a wrong formula is wrong: the likeliest mistake that explains it, proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.condition import Condition, unwrapped
from closedform.algebra.exact import about
from closedform.algebra.search.written_out import written_out
from closedform.algebra.sequences.terms import lettered
from closedform.algebra.steps.recurrences import solved_steps
from closedform.algebra.tree import (
    Number,
    Power,
    Symbol,
    Tree,
    numeral,
    substitute,
    symbol_names,
    walk,
)
from closedform.algebra.work import work_at_most
from closedform.algebra.zeros import balanced
from closedform.diagnosis.case import HEAVY, Case, Finding, read_case, value_of
from closedform.diagnosis.mistakes import ARITHMETIC, MISTAKES, Mistake
from closedform.diagnosis.number_mistakes import decimal
from closedform.diagnosis.symbol_mistakes import usual_letters
from closedform.errors import ClosedformError
from closedform.language.claims import Claim, Member
from closedform.language.numbers.digits import rounds_to
from closedform.records import record, replace
from closedform.solving.comparison import compared
from closedform.solving.integers import integers
from closedform.solving.solve_numbers import in_one_symbol
from closedform.typeset.prose import (
    EQUAL,
    RELATION_SIGNS,
    Code,
    Prose,
    in_text,
    is_readable,
    listed,
    say,
)

#: The work for all mistakes of one step together: about 0.15 s.
DIAGNOSIS = 150_000


@record
class Diagnosis:
    """A mistake that explains a wrong step: its kind, for programs, and a sentence, for people.

    ``row`` is the row of the table that found it, where one did.
    """

    kind: str
    said: Prose
    row: str = ""

    @property
    def sentence(self) -> str:
        """The sentence as plain text."""
        return in_text(self.said)


def diagnose(
    claim: Claim, relation: str, left: Member, right: Member, assumptions: Assumptions
) -> Diagnosis | None:
    """The likeliest mistake that explains a refuted step; None if none is found.

    It has been proven: the formula with the mistake made in it equals the one that is claimed.
    """
    with work_at_most(DIAGNOSIS):
        try:
            if relation not in ("=", "≈"):
                return _where_it_holds(relation, left.tree, right.tree, assumptions)
            case = _worked_out(read_case(claim, left, right, assumptions))
            if named := _result_named(claim, left, case):
                return named
            return _explained(case, relation, left, right) if case.weight <= HEAVY else None
        except ClosedformError:
            return None


def _worked_out(case: Case) -> Case:
    """The case with terms of sequences by their steps, and a number where symbols cancel."""
    solved = solved_steps((case.reference, case.claimed), case.assumptions)
    if solved is not case.assumptions:
        sides, solved = written_out((case.reference, case.claimed), solved)
        reference, claimed = map(solved.apply, sides)
        case = replace(case, reference=reference, claimed=claimed, assumptions=solved)
    if case.names[0] and not case.names[1]:
        tree = case.assumptions.apply(case.reference)
        constant = case.assumptions.field(tree).normal(tree).constant()
        if constant is not None:
            return replace(case, reference=numeral(constant))
    return case


def _result_named(claim: Claim, left: Member, case: Case) -> Diagnosis | None:
    """A symbol or word that begins a whole claim and stands nowhere else: the result's name."""
    name, right = case.reference, case.written[1]
    if claim.target is not None or left is not claim.members[0]:
        return None
    if not (isinstance(name, Symbol) or left.written.isalpha()):
        return None
    used = [member.tree for member in claim.members[1:]]
    used += [side for condition in claim.conditions for side in condition.sides]
    formula = not isinstance(right.tree, (Symbol, Number))
    if not formula or not set(symbol_names(name)).isdisjoint(symbol_names(*used)):
        return None
    advice = "leave the name of a result out, or hold the formula against a target (verify --is)"
    for member in claim.members[2:]:
        if symbol_names(right.tree) and not symbol_names(member.tree):
            text = "the numbers of {} do not stand where the letters of {} do: " + advice
            return Diagnosis("name", say(text, Code(member.written), Code(right.written)))
    text = "{} stands nowhere else, so any number can be meant: " + advice
    return Diagnosis("name", say(text, name if isinstance(name, Symbol) else Code(left.written)))


def _explained(case: Case, relation: str, left: Member, right: Member) -> Diagnosis | None:
    if case.numeric:
        return _of_numbers(case, relation, left, right)
    told = _in_other_letters(case) or first_mistake(case, MISTAKES)
    if told is not None:
        return told
    if not case.names[1]:
        text = "the value depends on {}: a number can only be right at certain sizes"
        return Diagnosis("sizes", say(text, listed(map(Symbol, case.names[0]))))
    if not case.names[0] and case.quantities:
        if value_of(case.reference, case.assumptions) == 0:
            return Diagnosis("value", say("{} is 0", case.right_one))
        single = len(case.names[1]) == 1
        verb, them = ("has no value", "it") if single else ("have no values", "them")
        names = listed(map(Symbol, case.names[1]))
        text = "{} is a number, and {} {} here: give {} after where"
        return Diagnosis("sizes", say(text, case.right_one, names, verb, them))
    return None


def _in_other_letters(case: Case) -> Diagnosis | None:
    """What is wrong once the sizes stand for the letters that the claim has for them, if at all."""
    letters = usual_letters(case)
    if not letters:
        return None
    sizes: dict[str, Tree] = {name: Symbol(size) for size, name in letters.items()}
    words = listed(say("{} for {}", Symbol(name), size) for name, size in sizes.items())
    renamed = replace(case, claimed=substitute(case.claimed, sizes))
    if case.proves(renamed.claimed, case.reference):
        where = listed((Symbol(name), EQUAL, size) for name, size in sizes.items())
        text = "the right formula in other letters: {}; say so with where {}"
        return Diagnosis("symbol", say(text, words, where))
    told = first_mistake(renamed, MISTAKES)
    return told and replace(told, said=say("in other letters ({}): {}", words, told.said))


def _of_numbers(case: Case, relation: str, left: Member, right: Member) -> Diagnosis | None:
    """A mistake that gives this number, or one that was rounded to it."""
    unit = max(member.unit or Fraction(0) for member in (left, right))
    if relation == "≈" and (near := _rounds_otherwise(case, left, right, within=unit)):
        return near
    told = first_mistake(case, MISTAKES) if relation != "≈" else None
    if told is None and (relation == "≈" or 0 < unit < 1):
        told = first_mistake(replace(case, tolerance=unit / 2), MISTAKES)
    told = told or first_mistake(case, (ARITHMETIC,))
    if told is None and relation == "≈":
        told = _rounds_otherwise(case, left, right, within=None)
    return told


def first_mistake(case: Case, mistakes: Iterable[Mistake]) -> Diagnosis | None:
    """The first mistake that is proven to explain the case, in words that somebody would read."""
    for mistake in mistakes:
        for finding in _findings(case, mistake):
            if case.proves(finding.tree, finding.wanted):
                said = finding.said()
                # Letters stand for the indices of its sums.
                sentence = tuple(lettered(p) if isinstance(p, Tree) else p for p in said)
                if is_readable(*sentence):
                    return Diagnosis(finding.kind, sentence, mistake.name)
    return None


def _findings(case: Case, mistake: Mistake) -> Iterator[Finding]:
    """What a mistake proposes; past a bound, or without a value, it cannot be told here."""
    try:  # suppress takes longer than most of the proposals
        yield from mistake.proposals(case)
    except (ClosedformError, ArithmeticError):
        return


def _rounds_otherwise(
    case: Case, left: Member, right: Member, *, within: Fraction | None
) -> Diagnosis | None:
    """What the exact value is, where it is no further than ``within`` from the claimed one."""
    written, other = (right, left) if right.unit is not None else (left, right)
    exact = about(case.assumptions.apply(other.tree))
    claimed = value_of(written.tree, case.assumptions)
    if exact is None or claimed is None:
        return None
    unit = written.unit or Fraction(1)
    # Behind a point zeros are digits: 0.10G.
    without_zeros = "." not in written.written and rounds_to(
        exact, claimed, _coarser(unit, claimed)
    )
    if within is not None and abs(exact - claimed) > within * Fraction(3, 2) and not without_zeros:
        return None
    number = f"{decimal(exact * 100)}%" if "%" in written.written else decimal(exact)
    name = case.right_one if case.targeted and other is left else Code(other.written)
    words = "{} is {}, which does not round to {}"
    if without_zeros:
        words = "write ≈: {} is {}, and {} only where zeros at its end are no digits"
    elif 0 < exact - claimed < unit:
        words = "{} is {}: {} is cut off, not rounded"
    text = say(words, name, number, Code(written.written))
    return Diagnosis("rounding", text)


def _coarser(unit: Fraction, number: Fraction) -> Fraction:
    """What the last digit of a number is worth that is no zero: 10M of 110M."""
    while number and number % (10 * unit) == 0:
        unit *= 10
    return unit


# -- inequalities that fail -----------------------------------------------------------------------

#: Formulas with a higher power are not solved: a sign alone takes seconds to prove there.
POWER = 64
#: More ranges than this are not told.
RANGES = 3


def _where_it_holds(
    relation: str, left: Tree, right: Tree, assumptions: Assumptions
) -> Diagnosis | None:
    """For which integers an inequality in one symbol holds: all ranges are told, or none."""
    powers = [
        node.exponent for side in (left, right) for node in walk(side) if isinstance(node, Power)
    ]
    high = any(isinstance(by, Number) and by.value > POWER for by in powers)
    comparison = None if high else in_one_symbol(relation, left, right, assumptions)
    if comparison is None:
        return None if high else _in_short(relation, left, right, assumptions)
    symbol, solved = Symbol(comparison.symbol), integers(comparison)
    if solved.step != 1 or not 1 <= len(solved.ranges) <= RANGES:
        return None
    domain = assumptions.domain(symbol.name)
    low, end = ceil(domain.least), None if domain.high is None else floor(domain.high)
    ranges = [(first, None if last == end else last) for first, last in solved.ranges]
    told = [_range(symbol, low, *ends) for ends in ranges]
    first, last = ranges[-1]
    bound = f"{symbol.name} >= {first}" if last is None else f"{symbol.name} <= {last}"
    advice = last is None or ranges == [(low, last)]
    add = say(": add {} after where", Code(bound)) if advice else ()
    return Diagnosis("bound", say("this holds {}{}", listed(told, " and "), add))


def _in_short(relation: str, left: Tree, right: Tree, assumptions: Assumptions) -> Diagnosis | None:
    """What an inequality in several symbols says once the factors of one sign are gone."""
    one, other = map(assumptions.apply, unwrapped(Condition(relation, left, right)).sides)
    if not (names := symbol_names(one, other)):
        return None
    asked = compared("", names[0], relation, one, other, assumptions)
    sides = balanced(asked.field, asked.poly)
    before, after = (
        sum(isinstance(node, (Symbol, Number)) for side in pair for node in walk(side))
        for pair in ((left, right), sides)
    )
    if asked.needs or not asked.names or after >= before:
        return None
    text = "this holds exactly where {}{}{}"
    return Diagnosis("bound", say(text, sides[0], RELATION_SIGNS[relation], sides[1]))


def _range(symbol: Symbol, low: int, first: int, last: int | None) -> Prose:
    if last is None:
        return say("from {} on", (symbol, EQUAL, Number(first)))
    if first == last:
        return say("for {}", (symbol, EQUAL, Number(first)))
    if first == low:
        return say("up to {}", (symbol, EQUAL, Number(last)))
    return say("from {} to {}", (symbol, EQUAL, Number(first)), Number(last))
