"""What a chain defines and gives before the same in numbers: d_k = d_model/h = 512/8 = 64."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from contextlib import suppress
from typing import TYPE_CHECKING

from closedform.algebra.tree import Number
from closedform.errors import ClosedformError
from closedform.language.claim import Member
from closedform.language.parser import parse_tokens
from closedform.language.surroundings.example import Put, put_in
from closedform.language.surroundings.token_kinds import items_of, shape
from closedform.language.tokens import Scan, Token
from closedform.language.vocabulary import SUFFIXES
from closedform.later import Later
from closedform.records import NamedTuple

if TYPE_CHECKING:
    from closedform.algebra.normal_form import quick
else:  # few texts put numbers in
    quick = Later("closedform.algebra.normal_form.quick")

#: What no number has.
_LETTERED = frozenset({"NAME", "QUANTITY", "SERIES", "WORD"})


class Defined(NamedTuple):
    """How many first members are names of the result, and the conditions that numbers make."""

    names: int = 0
    conditions: Sequence[Token] = ()
    notes: Sequence[str] = ()


def defined(
    scan: Scan,
    pieces: Sequence[Sequence[Token]],
    given: Sequence[Token],
    known: Set[str],
    equated: Set[str],
    target: Member | None,
) -> Defined:
    """The names with which a chain begins, and a number for each letter where one is put in.

    A whole claim may begin with names that stand nowhere else. ``given``: the conditions of the
    text; ``known``: symbols of others, ``equated``: those that have a value already. What is held
    against a ``target`` is put into numbers where it is its formula.
    """
    known = known | _names(given)
    equated = equated | _equated(given)
    named = 0 if target else _results(scan, pieces, known)
    rest = pieces[named:]
    numeric = [_LETTERED.isdisjoint(item.type for item in piece) for piece in rest]
    result = rest[-1][1:]  # 174B
    numeric[-1] |= len(result) == 1 and result[0].value in SUFFIXES and len(rest[-1]) == 2
    at = numeric.index(True) if True in numeric else 0
    letter = named == 1 < len(rest) and shape(items_of(scan, pieces[0], frozenset())) in "mS"
    notes = [f"{scan.excerpt(piece)} as the name of the result" for piece in pieces[:named]]
    if named and at and all(numeric[at:]) and _names(rest[at - 1]) <= equated:
        return Defined(named, (), notes)
    if not all(numeric[at:]) or (len(rest[at]) < 3 if at else not letter):
        return Defined()
    put: Put = {}
    if at:
        with suppress(ClosedformError):  # which is raised where the members are read
            formula, example = (parse_tokens(scan, rest[place]) for place in (at - 1, at))
            put = put_in(formula, example) or {}
            if target and not (target.names and quick.surely_equal(formula, target.tree)):
                put = {}  # at these numbers another formula may be right
        if not put:
            return Defined()
    conditions: list[Token] = []
    start, end = rest[at][0].start, rest[at][0].end
    values = ((name, part.value) for name, part in put.items() if isinstance(part, Number))
    numbers = {name: number for name, number in values if name not in equated}
    for name, number in numbers.items():
        signs = [("COMMA", ","), ("NAME", name), ("EQUALS", "="), ("NUMBER", f"{number.numerator}")]
        signs += [("DIVIDE", "/"), ("NUMBER", f"{number.denominator}")] * (number.denominator > 1)
        conditions += [Token(kind, value, start, end) for kind, value in signs]
    return Defined(named, conditions, notes + [f"{n} as {x}" for n, x in numbers.items()])


def _results(scan: Scan, pieces: Sequence[Sequence[Token]], known: Set[str]) -> int:
    """How many first members are names that stand nowhere else."""
    times = Counter(item.value for piece in pieces for item in piece if item.type == "NAME")
    for place, piece in enumerate(pieces[:-1]):
        kinds = shape(items_of(scan, piece, frozenset())) if piece else ""
        alone = len(piece) == 1 and kinds in ("m", "S") and times[piece[0].value] == 1
        if kinds not in ("U", "Q") and not (alone and piece[0].value not in known):
            return place  # FLOPs is a name as P is
    return len(pieces) - 1


def _names(tokens: Sequence[Token]) -> set[str]:
    return {item.value for item in tokens if item.type == "NAME"}


def _equated(given: Sequence[Token]) -> set[str]:
    """The symbols of equations among conditions: an order leaves a number to be put in."""
    names: set[str] = set()
    part: list[Token] = []
    for item in (*given, Token("COMMA", "", 0, 0)):
        if item.type != "COMMA":
            part.append(item)
            continue
        names |= _names(part) if "EQUALS" in {item.type for item in part} else set()
        part = []
    return names
