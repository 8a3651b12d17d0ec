"""Mistakes about layers: another flag, measure, convention, layer or binding than the target's.

Each takes one quantity of the target at a time and proposes what it would be with the mistake made;
:func:`proposals` puts that into the target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from closedform.algebra.tree import Number, Tree, add, multiply, negate
from closedform.cost.call import Call, Term
from closedform.cost.conventions import PAPERS
from closedform.cost.expand import Costed
from closedform.cost.record import MEASURES
from closedform.cost.registry import FLAGS
from closedform.cost.sums import LayerSum
from closedform.diagnosis.case import Case, Finding, shown
from closedform.errors import ClosedformError
from closedform.typeset.prose import Code, Prose, Sign, say

#: Sums of more layers than this are looked at only as a whole.
GROUPS = 8
#: So many pairs of mistakes in a ratio are tried.
PAIRS = 200


@dataclass(frozen=True)
class Wrong:
    """What a quantity would be with a mistake made, and the sentence about the mistake."""

    kind: str
    size: float
    sentence: Prose
    tree: Tree


@dataclass(frozen=True)
class Group:
    """A layer of a sum with the bias and batch norm that came with it as flags."""

    term: Term
    flags: tuple[Term, ...] = ()

    @property
    def times(self) -> Tree:
        """How often the layer occurs."""
        return self.term.runs

    @property
    def call(self) -> Call:
        """The layer itself."""
        return self.term.call

    @property
    def layers(self) -> LayerSum:
        """The layer and its flags as a sum again."""
        return LayerSum((self.term, *self.flags))

    def has(self, flag: str) -> bool:
        """Whether the flag is on."""
        return any(term.call.layer == FLAGS[flag].name for term in self.flags)

    def takes(self, flag: str) -> bool:
        """Whether the layer has such a flag at all."""
        return flag in self.call.type.flags

    def flag(self, flag: str) -> LayerSum:
        """The bias or batch norm of this layer, by itself."""
        sizes = dict(self.call.arguments)
        (_, *others) = self.call.type.at(sizes, (flag,)).leaves()
        factors = self.term[:3]
        return LayerSum(tuple(term.scaled(*factors) for term in others))


Mistake = Callable[[Costed], Iterator[Wrong]]


def proposals(case: Case, mistakes: Mistake) -> Iterator[Finding]:
    """The target with a mistake made in one of its quantities, or in all of them alike."""
    wrongs = [list(_safely(mistakes, quantity)) for quantity in case.quantities]
    for place, found in enumerate(wrongs):
        for wrong in found:
            tree = case.with_quantity(place, wrong.tree)
            yield Finding(wrong.kind, wrong.size, wrong.sentence, tree, case.claimed)
    if len(wrongs) == 2:
        yield from _alike(case, *wrongs)


def _alike(case: Case, first: list[Wrong], second: list[Wrong]) -> Iterator[Finding]:
    """The same mistake in both quantities of a ratio."""
    pairs = [(a, b) for a in first for b in second if (a.kind, a.size) == (b.kind, b.size)]
    for one, two in pairs[:PAIRS]:
        tree = case.with_quantities([one.tree, two.tree])
        same = one.sentence == two.sentence
        text = one.sentence if same else say("{}; {}", one.sentence, two.sentence)
        crowd = 0.3 if one.kind == "layer" else 0.1
        yield Finding(one.kind, one.size + crowd, text, tree, case.claimed)


def groups(layers: LayerSum) -> list[Group]:
    """The layers of a sum, each with its flags."""
    found: list[Group] = []
    for term in layers.leaves():
        if term.call.owner is not None and found:
            found[-1] = Group(found[-1].term, (*found[-1].flags, term))
        else:
            found.append(Group(term))
    return found


# -- flags
# -------------------------------------------------------------------------------------------


def flag_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """A bias or batch norm missing or too many, on all layers or on one."""
    right = quantity.layers.tree(quantity.measure, quantity.by)
    parts = groups(quantity.layers)
    for flag, name in (("bias", "bias"), ("bn", "batch norm")):
        without = [part for part in parts if part.takes(flag) and not part.has(flag)]
        having = [part for part in parts if part.takes(flag) and part.has(flag)]
        for chosen, size in _choices(without):
            cost = _flag_cost(quantity, flag, chosen)
            yield Wrong(flag, size, _extra(quantity, flag, name, chosen, cost), add(right, cost))
        for chosen, size in _choices(having):
            cost = _flag_cost(quantity, flag, chosen)
            whose = () if len(chosen) == len(parts) else say(" of {}", _call(chosen[0]))
            text = say("the {}{} is missing ({})", name, whose, cost)
            yield Wrong(flag, size, text, add(right, negate(cost)))
            if flag == "bias" and quantity.measure == "macs":
                text = _extra(quantity, flag, name, chosen, cost)
            else:
                text = say("the {}{} is counted twice ({} too much)", name, whose, cost)
            yield Wrong(flag, size + 0.1, text, add(right, cost))


def all_flags_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """Bias and batch norm are missing, both of them."""
    parts = groups(quantity.layers)
    if not any(part.has("bias") for part in parts) or not any(part.has("bn") for part in parts):
        return
    bare = LayerSum(tuple(part.term for part in parts))
    flags = LayerSum(tuple(term for part in parts for term in part.flags))
    amount = flags.tree(quantity.measure, quantity.by)
    text = say("the bias and the batch norm are missing ({})", amount)
    yield Wrong("bias", 0.8, text, bare.tree(quantity.measure, quantity.by))


def _extra(quantity: Costed, flag: str, name: str, chosen: list[Group], cost: Tree) -> Prose:
    amount = cost
    if flag == "bias" and quantity.measure == "macs":
        return say("the additions of a bias are counted ({}): they are no MACs", amount)
    return say("a {} is counted that {} not have ({} too much)", name, _those(chosen), amount)


def _those(chosen: list[Group]) -> str:
    return "this layer does" if len(chosen) == 1 else "these layers do"


def _flag_cost(quantity: Costed, flag: str, chosen: list[Group]) -> Tree:
    """What a flag adds; where a measure does not count it, one (two) for each output."""
    layers = LayerSum(tuple(term for part in chosen for term in part.flag(flag).terms))
    by_convention = quantity.measure == "flops" and quantity.by != "exact"
    if by_convention or quantity.measure == "macs":
        return layers.tree("flops")
    return layers.tree(quantity.measure, quantity.by)


def _choices(parts: list[Group]) -> list[tuple[list[Group], float]]:
    if not parts:
        return []
    single = [([part], 0.8) for part in parts[:GROUPS]] if len(parts) > 1 else []
    return [(parts, 0.6), *single]


# -- measures and conventions
# ------------------------------------------------------------------------


def convention_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """Another measure or another way to count FLOPs."""
    layers = quantity.layers
    for measure in MEASURES:
        for by in PAPERS if measure == "flops" else ("exact",):
            if (measure, by) == (quantity.measure, quantity.by):
                continue
            if measure == "flops" and layers.uncounted(by):
                continue
            text, size = _other_count(quantity, measure, by)
            kind = "convention" if {measure, quantity.measure} <= {"macs", "flops"} else "measure"
            yield Wrong(kind, size, text, layers.tree(measure, by))
    macs = layers.tree("macs")
    biased = any(part.has("bias") for part in groups(layers))
    if biased and quantity.measure in ("macs", "flops"):
        text = say(
            "2 for each MAC and 2 for each output: the +1 of the bias stands inside the factor 2"
        )
        twice = multiply(Number(2), add(macs, layers.tree("activations")))
        yield Wrong("inside", 0.5, text, twice)


def _other_count(quantity: Costed, measure: str, by: str) -> tuple[Prose, float]:
    meant = MEASURES[quantity.measure]
    if quantity.measure == "flops" and quantity.by != "exact":
        meant = f"FLOPs by the convention {quantity.by}"
    pair = (_way(quantity.measure, quantity.by), _way(measure, by))
    if pair in _PAIRS:
        # Where rounding lets both pass, 2 per MAC is what people do.
        return _PAIRS[pair], 0.48 if by == "mac2" else 0.5
    if measure in ("params", "activations") or quantity.measure in ("params", "activations"):
        return say("these are {}, not {}", MEASURES[measure], meant), 0.95
    return say("these are FLOPs by the convention {}, not {}", by, meant), 0.9


def _way(measure: str, by: str) -> str:
    """MACs are the same under every name."""
    return "macs" if (measure, by) == ("flops", "mac") else by if measure == "flops" else measure


_N, _LESS, _ADDED = Sign("n", "n"), Sign("n − 1", "n - 1"), Sign("2n − 1", "2 n - 1")
_PAIRS: dict[tuple[str, str], Prose] = {
    ("macs", "mac2"): say("exactly twice the MACs: these are FLOPs at 2 per MAC"),
    ("macs", "exact"): say("these are FLOPs, multiplications and additions, where MACs are meant"),
    ("mac2", "macs"): say("exactly half: these are MACs, and each MAC is 2 FLOPs"),
    ("mac2", "exact"): say(
        "a sum of {} products is counted {} here, where 2 per MAC are meant", _N, _ADDED
    ),
    ("exact", "macs"): say(
        "these are MACs: FLOPs are multiplications and additions, {} for a sum of {} products",
        _ADDED,
        _N,
    ),
    ("exact", "mac2"): say(
        "2 per MAC: a sum of {} products is {} multiplications and {} additions, {} and not {}",
        _N,
        _N,
        _LESS,
        _ADDED,
        Sign("2n", "2 n"),
    ),
}


# -- parts of a sum
# ----------------------------------------------------------------------------------


def part_mistakes(quantity: Costed) -> Iterator[Wrong]:
    """A layer of the sum is forgotten, or not repeated as often as it occurs."""
    parts = groups(quantity.layers)
    if len(parts) > GROUPS:
        return
    right = quantity.layers.tree(quantity.measure, quantity.by)
    for place, part in enumerate(parts):
        cost = part.layers.tree(quantity.measure, quantity.by)
        if len(parts) > 1:
            rest = LayerSum(
                tuple(t for i, p in enumerate(parts) if i != place for t in p.layers.terms)
            )
            text = say("the part of {} is missing ({})", _call(part), cost)
            yield Wrong("part", 0.85, text, rest.tree(quantity.measure, quantity.by))
            text = say("the part of {} is counted twice ({} too much)", _call(part), cost)
            yield Wrong("part", 0.9, text, add(right, cost))
        if part.times != Number(1):
            whole = 1 / part.times
            flags = tuple(term.scaled(whole, whole, whole) for term in part.flags)
            once = Group(Term.of(part.call), flags)
            single = once.layers.tree(quantity.measure, quantity.by)
            text = say("{} is counted once, not {} times", _call(part), part.times)
            yield Wrong("part", 0.9, text, add(right, add(single, negate(cost))))


def quantity_left_out(case: Case) -> Iterator[Finding]:
    """One of the quantities that the target adds is missing."""
    if len(case.quantities) < 2:
        return
    for place, quantity in enumerate(case.quantities):
        whose = " + ".join(_call(part).written for part in groups(quantity.layers)[:GROUPS])
        text = say("{} is missing ({})", Code(f"{quantity.measure}({whose})"), case.right[place])
        wrong = case.with_quantity(place, Number(0))
        yield Finding("part", 0.85, text, wrong, case.claimed)


def _call(part: Group) -> Code:
    """The layer of a part, in the language: linear(M=d, N=4d)."""
    sizes = ", ".join(
        f"{name}={shown(tree)}" for name, tree in part.call.given.items() if name not in ("H", "W")
    )
    return Code(f"{part.call.layer}({sizes})" if sizes else part.call.layer)


def _safely(mistakes: Mistake, quantity: Costed) -> Iterator[Wrong]:
    """The proposals up to the first that is no layer at all (a size below 1, say)."""
    try:
        yield from mistakes(quantity)
    except ClosedformError:
        return
