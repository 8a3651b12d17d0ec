"""The ways that a module takes by its sizes: what ``if x.shape[-1] > 100`` asked, and was told.

An export follows one way. What was asked on it is noted here, and becomes a condition of what is
read. PyTorch's own questions, such as whether memory is in one piece, change no cost; those of its
modules, in torch/nn, may.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import lcm
from pathlib import Path
from typing import Any

from closedform.algebra.assumptions import Assumptions, assume
from closedform.algebra.condition import Condition
from closedform.algebra.decide import decide, equal
from closedform.algebra.tree import Number, Quotient, Symbol, Tree, substitute, walk
from closedform.cost.held import Held
from closedform.cost.measures import MEASURES
from closedform.cost.steps import multiple, only_where, unknown
from closedform.cost.sums import LayerSum
from closedform.models.reading import UnknownShape
from closedform.models.torch_stand_in import replaced
from closedform.records import NamedTuple

#: Up to this number, the remainders of a size are looked at one by one.
MODULI = 64
#: What sympy calls each relation, which relation it is, and which where it does not hold.
RELATIONS = {
    "StrictGreaterThan": (">", "<="),
    "GreaterThan": (">=", "<"),
    "StrictLessThan": ("<", ">="),
    "LessThan": ("<=", ">"),
    "Equality": ("=", "≠"),
    "Unequality": ("≠", "="),
}


class Branch(NamedTuple):
    """What a module asked of its open sizes, the answer in the export, and the line that asked."""

    asked: Any
    answer: bool
    line: str


@contextmanager
def noted(torch: Any) -> Iterator[list[Branch]]:
    """While it lasts, what is asked of open sizes in the code of modules is put in the list."""
    branches: list[Branch] = []
    own = Path(torch.__file__).parent
    ask = torch.SymBool.__bool__

    def answered(question: Any) -> bool:
        answer = bool(ask(question))
        frame = sys._getframe(1)
        if _of_a_module(Path(frame.f_code.co_filename), own):
            line = f"{Path(frame.f_code.co_filename).name}, line {frame.f_lineno}"
            branches.append(Branch(question.node.expr, answer, line))
        return answer

    with replaced(torch.SymBool, {"__bool__": answered}):
        yield branches


def _of_a_module(file: Path, own: Path) -> bool:
    """Whether code is of a module: somebody's own, or of torch/nn."""
    return file.is_relative_to(own / "nn") or not (
        file.is_relative_to(own) or file.is_relative_to(Path(__file__).parent)
    )


class Way(NamedTuple):
    """One way through a module: its layers, and the sizes at which it is taken.

    ``divisors``: of which number a size must be a multiple. ``unsaid``: questions that no formula
    of sizes says, by the lines that ask.
    """

    layers: LayerSum
    divisors: Mapping[str, int]
    held: tuple[Held, ...]
    unsaid: tuple[str, ...]

    def whole(self) -> LayerSum:
        """The layers, with what must be kept for the module to go this way."""
        parts: list[LayerSum] = [multiple(*asked) for asked in self.divisors.items()]
        parts += [only_where(condition) for condition in self.held]
        parts += [unknown("branch").at(line) for line in self.unsaid]
        return sum(parts, LayerSum(())) + self.layers


def asked_of(graph: Any, branches: Sequence[Branch]) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """What the sizes must keep for the same way to be taken, and the lines of what is unsaid."""
    held, unsaid = dict[Held, None](), dict[str, None]()
    given = assume((), ((Number(by), Symbol(size)) for size, by in graph.divisors.items()))
    for branch in branches:
        conditions = _conditions(graph, branch)
        if conditions is None:
            unsaid[branch.line] = None
        open_ = (one for one in conditions or () if not _sure(one, given))
        held |= dict.fromkeys(Held(one, branch.line) for one in open_)
    return tuple(held), tuple(unsaid)


def _conditions(graph: Any, branch: Branch) -> list[Condition] | None:
    """What keeps the answer; ``None`` where no formula of sizes says it."""
    parts = _parts(branch.asked, branch.answer, graph.before)
    try:
        return [Condition(sign, *map(graph.worked_out, sides)) for sign, *sides in parts]
    except UnknownShape:
        return None


def both_ways(one: Way, other: Way) -> Way:
    """Two ways as one, where each size has one of them, and they cost the same where it has both.

    A sequence that is padded to whole chunks costs as much where there is nothing to pad. That is
    seen for each remainder of a size; of two sizes that choose a way, one way is kept.
    """
    less = [held for held in one.held if held not in other.held]
    more = [held for held in other.held if held not in one.held]
    names = {name for held in (*less, *more) for name in held.condition.names} | {*one.divisors}
    if other.divisors or other.unsaid or len(names) > 1:
        return one
    for name in names:
        by = lcm(one.divisors.get(name, 1), *(_modulus(held.condition) for held in (*less, *more)))
        for rest in range(by) if by <= MODULI else ():
            put: dict[str, Tree] = {name: by * Symbol(name) - rest}
            first = not rest % one.divisors.get(name, 1) and _sure_of(less, put)
            if not (_sure_of(more, put) or (first and _alike(one, other, put))):
                return one
        if by > MODULI:
            return one
    return other._replace(held=tuple(held for held in other.held if held in one.held))


def _modulus(condition: Condition) -> int:
    """A number of which the remainders of a size decide what the floors in a condition are."""
    parts = (node for side in condition.sides for node in walk(side))
    below = (node.denominator for node in parts if isinstance(node, Quotient))
    return lcm(*(n.value for n in below if isinstance(n, Number) and isinstance(n.value, int)))


def _sure_of(held: Sequence[Held], put: Mapping[str, Tree]) -> bool:
    return all(_sure(one.at(put).condition, Assumptions()) for one in held)


def _alike(one: Way, other: Way, put: Mapping[str, Tree]) -> bool:
    """Whether both cost the same there."""
    costs = ((way.layers._tree(each) for each in MEASURES) for way in (one, other))
    pairs = zip(*costs, strict=True)
    return all(equal(*(substitute(tree, dict(put)) for tree in pair)) for pair in pairs)


def _sure(condition: Condition, given: Assumptions) -> bool:
    """Whether it holds for all sizes."""
    return decide(condition.relation, *condition.sides, given).verdict == "proven"


def _parts(asked: Any, answer: bool, sizes: Mapping[Any, int]) -> Iterator[tuple[str, Any, Any]]:
    """The relations that keep the answer; of two that differ, which was the larger one stays so."""
    name = asked.func.__name__
    if name == "Not":
        yield from _parts(asked.args[0], not answer, sizes)
    elif name == ("And" if answer else "Or"):
        for part in asked.args:
            yield from _parts(part, answer, sizes)
    elif name in ("And", "Or"):  # the first one that gave the answer is kept
        chosen = next(part for part in asked.args if bool(part.xreplace(sizes)) == answer)
        yield from _parts(chosen, answer, sizes)
    elif name in RELATIONS:
        relation, (left, right) = RELATIONS[name][not answer], asked.args
        if relation == "≠":
            relation = ">" if left.xreplace(sizes) > right.xreplace(sizes) else "<"
        yield relation, left, right
    elif name not in ("BooleanTrue", "BooleanFalse"):
        raise UnknownShape(f"the question {asked} is not known")
