"""Sequences that conditions define step by step, as what each term is.

n_i = 2 n_{i-1} says n_i = n_0·2ⁱ, and c_l = c_{l-1} + k says c_l = c_0 + k·l, where a claim or a
condition speaks of a term at a number. What a sequence is at each place is put into the steps and
conditions that need it at another one: s_i = 2i into n_i = n_{i-1} + s_{i-1}. A step that is not
solved keeps its own index, so that n_i in the claim is the term at one place, and the step speaks
of every place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias

from closedform.algebra.assumptions import Assumptions, Condition, assume
from closedform.algebra.condition import EXCHANGED, SIGNS
from closedform.algebra.normal_form.signs import integer_valued
from closedform.algebra.proofs.bounds import known_sign, prove_sign
from closedform.algebra.sequences.indexed import (
    SequenceTerm,
    Stem,
    first_numbered,
    is_index,
    placed,
    running,
    terms_of,
)
from closedform.algebra.sequences.terms import at_place, neighbours_alone, reindexed, runs
from closedform.algebra.steps.progressions import linear, multiplied, plain, roundings
from closedform.algebra.tree import (
    ONE,
    ZERO,
    Call,
    Number,
    Power,
    Product,
    Series,
    Symbol,
    Tree,
    put,
    sums_in,
    symbol_names,
)
from closedform.records import record, replace

#: Letters for the index of a sum, the most usual first.
LETTERS = "ijltpqrsuvwxyz"


@record
class Step:
    """A condition that ties a term to the one before it, and gives it where that is known."""

    index: str
    term: SequenceTerm
    value: Tree | None
    #: How far before the index it reaches, and how the term compares with the value.
    back: int = 1
    relation: str = "="
    #: The value needs no term before.
    given: bool = False

    @property
    def before(self) -> str:
        """The name of the term before."""
        return replace(self.term, shift=-1).at(self.index)


#: What a sequence is at each place, and the step that says so; by the sequence.
Closed: TypeAlias = "dict[Stem, tuple[Step, Tree]]"


def solved_steps(trees: tuple[Tree, ...], assumptions: Assumptions) -> Assumptions:
    """The conditions, each step among them as what it says of every term."""
    written = assumptions.written
    if not any("_minus_" in name or "_plus_" in name for c in written for name in c.names):
        return assumptions
    claimed = symbol_names(*trees)
    given = {c: step for c in written if (step := _given(c, written))}
    rest = [c for c in written if c not in given]
    steps = {c: step for c in rest if (step := _step(c, written, assumptions, claimed))}
    names = {*claimed}.union(*(c.names for c in written))
    sums = [*sums_in(*trees)]  # their indices, and the names in them
    named = {*names, *(s.index for s in sums), *symbol_names(*(s.body for s in sums))}
    taken = {part for n in named for part in n.rstrip("'").split("_")}
    letters = [letter for letter in LETTERS if letter not in taken]
    closed = _all_closed([*steps.values(), *given.values()], names, assumptions, letters)
    conditions: list[Condition] = []
    for condition in written:
        step = steps.get(condition)
        said = _with_values(condition, closed)
        if step is None:
            conditions.append(said)
            continue
        known, first = None, first_numbered(names, step.term.sequence)
        if step.relation != "=":
            conditions.append(said)
            # Terms at numbers are reached by the step itself.
            if terms_of(claimed).get(step.term.sequence, {}).keys() - {""}:
                conditions += _least(step, closed, names, assumptions, letters)
        elif known := closed.get(step.term.sequence):
            said, first = Condition("=", Symbol(step.term.at(step.index)), known[1]), None
        fixed = any(step.index in c.names and not _is_of_terms(c) for c in written)
        if letters and (fixed or (not known and step.index in claimed)):
            # The index of the claim is one place; and the step is of no term before those given.
            letter = letters.pop(0)
            conditions.append(_moved(said, step.index, letter))
            if first is not None:
                conditions.append(Condition(">=", Symbol(letter), Number(first + step.back)))
        elif step.relation == "=":
            conditions.append(said)
    return assume(conditions, assumptions.divisions) if conditions != [*written] else assumptions


def _all_closed(
    steps: Collection[Step], names: set[str], given: Assumptions, letters: list[str]
) -> Closed:
    """The steps that are solved, by their sequences: one may need what another is."""
    closed: Closed = {}
    for _ in steps:
        for step in steps:
            own = step.term.sequence
            if step.value is None or own in closed or step.relation != "=":
                continue
            value = _put(step.value, step.index, closed)
            waits = _running(value, step.index) - {own}
            if waits.isdisjoint(other.term.sequence for other in steps):
                tree = _closed(step, value, names, given, letters)
                closed |= {own: (step, tree)} if tree is not None else {}
    return closed


def _step(
    condition: Condition,
    conditions: tuple[Condition, ...],
    given: Assumptions,
    claimed: tuple[str, ...],
) -> Step | None:
    """The step that a condition is: n_{i+1} = 2 n_i gives n_i by n_{i-1}."""
    if condition.relation not in SIGNS or any(sums_in(*condition.sides)):
        return None
    terms = [place for name in condition.names if (place := placed(name))]
    for index, term in terms:
        shifts = [t.shift for at, t in terms if at == index and t.sequence == term.sequence]
        last = term.shift == max(shifts) and len(shifts) > 1 and is_index(index)
        bounds = [c for c in conditions if index in c.names and not _is_of_terms(c)]
        bounds = [] if index in claimed else bounds  # they are of the place in the claim
        # Which term a claim is of is said by i = 3, while other bounds are on the step itself.
        if not last or not all(
            c.relation == "=" and any(isinstance(s, Number) for s in c.sides) for c in bounds
        ):
            continue
        here = replace(term, shift=0)
        said: tuple[str, Tree | None] = condition.relation, None
        if sum(t.sequence == term.sequence for _, t in terms) == 2 and term.shift - 1 in shifts:
            sides = [at_place(side, index, Symbol(index), -term.shift) for side in condition.sides]
            said = _solved(condition.relation, sides, here.at(index), given)
        return Step(index, here, said[1], -min(shifts), said[0])
    return None


def _given(condition: Condition, conditions: tuple[Condition, ...]) -> Step | None:
    """What a condition says of every term without any term before: s_i = 2, p_i = 9 c_i."""
    for side, value in (condition.sides, condition.sides[::-1]):
        place = placed(side.name) if isinstance(side, Symbol) else None
        if condition.relation != "=" or place is None:
            continue
        index, term = place
        if term.shift or not is_index(index) or term.sequence in _running(value, index):
            continue
        # With i = 3 or s_{i-1} = 4 beside it, it may speak of that term alone.
        alone = (term.sequence, index) in neighbours_alone(c.sides for c in conditions)
        if not alone and not any(index in c.names and not _is_of_terms(c) for c in conditions):
            return Step(index, term, value, given=True)
    return None


def _with_values(condition: Condition, closed: Closed) -> Condition:
    """A condition with what its terms at other places than the index are: m_{i-1} where m_i = i."""
    indices = dict.fromkeys(place[0] for name in condition.names if (place := placed(name)))
    left, right = condition.sides
    for index in indices:
        left, right = (_put(side, index, closed, moved=True) for side in (left, right))
    return Condition(condition.relation, left, right)


def _is_of_terms(condition: Condition) -> bool:
    return any(placed(name) for name in condition.names)


def _moved(condition: Condition, index: str, other: str) -> Condition:
    sides = (reindexed(side, index, other) for side in condition.sides)
    return Condition(condition.relation, *sides)


def _solved(
    relation: str, sides: list[Tree | None], name: str, given: Assumptions
) -> tuple[str, Tree | None]:
    """How a name compares with what, by a condition that is linear in it."""
    left, right = sides
    if left is None or right is None:
        return relation, None
    turned = EXCHANGED.get(relation, relation)
    for way, one, other in ((relation, left, right), (turned, right, left)):
        if one == Symbol(name) and name not in symbol_names(other):
            return way, other
    parts = linear(left - right, name, given)
    sign = known_sign(parts[0], given) if parts and relation != "=" else 1
    value = plain(-parts[1] / parts[0], given) if parts and sign else None
    return relation if sign > 0 else turned, value


def _running(tree: Tree, index: str) -> set[Stem]:
    """The sequences that run with an index."""
    return {term.sequence for name in symbol_names(tree) if (term := running(name, index))}


def _put(value: Tree, index: str, closed: Closed, *, moved: bool = False) -> Tree:
    """A formula with what is known of the sequences in it put in; ``moved``: at other places."""
    values = {}
    for name in symbol_names(value):
        term = running(name, index)
        known = closed.get(term.sequence) if term and (term.shift or not moved) else None
        if term and known:
            other, tree = known
            place = Symbol(index) + term.shift
            values[name] = put(reindexed(tree, other.index, index), {index: place})
    return put(value, values)


def _closed(
    step: Step, value: Tree, names: set[str], given: Assumptions, letters: list[str]
) -> Tree | None:
    """A term as a formula of its place, for the steps that are known; else None."""
    if step.given:
        return value
    first = first_numbered(names, step.term.sequence)
    if first is None:
        return None
    start, times = Symbol(step.term.at(str(first))), Symbol(step.index) - Number(first)
    for name, by in roundings(value, step.before, step.index, given) if first < 2 else ():
        return Call(name, (start / by**times,))
    parts = linear(value, step.before, given)
    if parts is None:
        return None
    slope, rest = parts
    grown = multiplied(slope, step.index, first, given)
    if plain(rest, given) == ZERO or grown is None:
        # 1ⁱ says that it is of every place.
        grown = Power(ONE, times) if grown == ONE else grown
        return grown and Product((start, grown))
    if grown == ONE and not runs(rest, step.index):
        return start + rest * times
    if not letters:
        return None
    own = letters.pop(0)
    body = reindexed(rest / grown, step.index, own)
    added = Series(own, ONE, Symbol(step.index), body)
    return grown * (start + added - (Series(own, ONE, Number(first), body) if first else ZERO))


def _least(
    step: Step, closed: Closed, names: set[str], given: Assumptions, letters: list[str]
) -> Iterator[Condition]:
    """What n_i >= 2 n_{i-1} says of every term: n_i >= n_0·2ⁱ from the first one on.

    A step that never falls with the term before keeps the order.
    """
    first = first_numbered(names, step.term.sequence)
    if first is None or step.value is None or len(letters) < 2:
        return
    value = _put(step.value, step.index, closed)
    past = given.with_symbols({}, {step.index: first + 1})
    parts = linear(value, step.before, past)
    form = past.field(value).normal(value)
    if step.relation in ("<", ">") and integer_valued(form):
        value += Number(1 if step.relation == ">" else -1)
    rises = any(roundings(value, step.before, step.index, given)) if parts is None else False
    if rises or (parts and prove_sign(parts[0], past, strict=False)):
        tree, letter = _closed(step, value, names, given, letters), letters.pop(0)
        if tree is not None:
            said = Condition(f"{step.relation[0]}=", Symbol(step.term.at(step.index)), tree)
            yield _moved(said, step.index, letter)
            yield Condition(">=", Symbol(letter), Number(first))
