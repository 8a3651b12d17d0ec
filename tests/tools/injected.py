"""Single mistakes injected at random into the formulas of the catalogue."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.tree import (
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    Tree,
    children,
    rebuild,
    substitute,
    symbol_names,
    walk,
)
from closedform.catalogue import LAYERS
from closedform.typeset.text import text as as_text

#: Other letters for the dimensions, as papers have them.
LETTERS: tuple[dict[str, str], ...] = (
    {},
    {"k": "K", "M": "C_in", "N": "C_out", "H": "H_out", "W": "W_out", "g": "G"},
    {"k": "D_K", "H": "D_F", "W": "D_G"},
    {"k": "f", "M": "c", "N": "n", "H": "h", "W": "w"},
)


@dataclass(frozen=True)
class Formula:
    """A target in the language with its tree, and how it came about."""

    layer: str
    flags: tuple[str, ...]
    measure: str
    by: str
    letters: dict[str, str]

    @property
    def target(self) -> str:
        sizes = [f"{d}={self.letters[d]}" for d in LAYERS[self.layer].dims if d in self.letters]
        inside = ", ".join((*sizes, *self.flags))
        by = f", convention={self.by}" if self.by != "exact" else ""
        return f"{self.measure}({self.layer}{f'({inside})' if inside else ''}{by})"

    def tree(self, **other: object) -> Tree:
        """The tree, with another layer, flags, measure or convention where one is given."""
        kind = LAYERS[str(other.get("layer", self.layer))]
        flags = other.get("flags", self.flags)
        sizes = {d: Symbol(self.letters[d]) for d in kind.dims if d in self.letters}
        flags = tuple(flag for flag in ("bias", "bn") if flag in flags)
        layers = kind.at(sizes, flags)
        return layers._tree(str(other.get("measure", self.measure)), str(other.get("by", self.by)))

    def letter(self, dimension: str) -> str:
        return self.letters.get(dimension, dimension)


Injection = Callable[[Formula, random.Random], "Tree | None"]


def formulas() -> list[Formula]:
    """Every layer with every flag, measure and convention, in each set of letters."""
    found = []
    for kind in (one for one in LAYERS.values() if one.is_plain):
        flags = [(), ("bias",), ("bn",), ("bias", "bn")] if kind.flags else [()]
        for letters in LETTERS:
            for chosen in flags:
                for measure, by in (
                    ("params", "exact"),
                    ("macs", "exact"),
                    ("flops", "exact"),
                    ("flops", "mac2"),
                ):
                    found.append(Formula(kind.name, chosen, measure, by, letters))
    return found


def formulas_of(family: str) -> list[Formula]:
    """Every layer of a family of the catalogue in its own letters, bare and with its flags."""
    return [
        Formula(kind.name, flags, measure, "exact", {})
        for kind in LAYERS.values()
        if kind.family == family
        for flags in dict.fromkeys([(), tuple(f for f in ("bias", "bn") if f in kind.flags)])
        for measure in ("params", "macs", "flops")
    ]


def injected(
    seed: int, count: int, everything: list[Formula] | None = None
) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """As many mistakes of each sort: (name, target, text, kinds of diagnosis that name it).

    Of given formulas, to which a sort may not apply, mistakes of any sort.
    """
    dice = random.Random(seed)
    names, chosen = list(INJECTIONS), everything or formulas()
    while count:
        formula = dice.choice(chosen)
        name = dice.choice(names) if everything else names[count % len(names)]
        make, kinds = INJECTIONS[name]
        wrong = make(formula, dice)
        if wrong is None or not symbol_names(wrong) or _same(wrong, formula.tree()):
            continue
        count -= 1
        yield name, formula.target, as_text(wrong), frozenset(kinds.split(", "))


# -- injections


def _without_bias(formula: Formula, _: random.Random) -> Tree | None:
    return formula.tree(flags=set(formula.flags) - {"bias"})


def _with_bias(formula: Formula, _: random.Random) -> Tree | None:
    takes = "bias" in LAYERS[formula.layer].flags
    return formula.tree(flags={*formula.flags, "bias"}) if takes else None


def _without_norm(formula: Formula, _: random.Random) -> Tree | None:
    return formula.tree(flags=set(formula.flags) - {"bn"})


def _with_norm(formula: Formula, _: random.Random) -> Tree | None:
    takes = "bn" in LAYERS[formula.layer].flags
    return formula.tree(flags={*formula.flags, "bn"}) if takes else None


def _norm_counted_four(formula: Formula, _: random.Random) -> Tree | None:
    if "bn" not in formula.flags or formula.measure != "params":
        return None
    plain = formula.tree(flags=set(formula.flags) - {"bn"})
    return 2 * formula.tree() - plain


def _swapped(formula: Formula, _: random.Random) -> Tree | None:
    M, N = formula.letter("M"), formula.letter("N")
    tree = formula.tree()
    if not {M, N} <= set(symbol_names(tree)):
        return None
    return substitute(tree, {M: Symbol(N), N: Symbol(M)})


def _measure(formula: Formula, dice: random.Random) -> Tree | None:
    return formula.tree(measure=dice.choice(["params", "macs", "activations"]), by="exact")


def _convention(formula: Formula, dice: random.Random) -> Tree | None:
    if formula.measure == "params":
        return None
    measure, by = dice.choice([("macs", "exact"), ("flops", "exact"), ("flops", "mac2")])
    return formula.tree(measure=measure, by=by)


def _layer(formula: Formula, dice: random.Random) -> Tree | None:
    other = dice.choice([n for n in LAYERS if LAYERS[n].is_plain])
    if "conv" not in formula.layer or formula.measure not in ("params", "macs"):
        return None
    tree = formula.tree(layer=other)
    letters = {*map(formula.letter, LAYERS[formula.layer].dims)}
    extra = set(symbol_names(tree)) - letters
    if extra & {formula.letter("N")}:
        tree = substitute(tree, {formula.letter("N"): Symbol(formula.letter("M"))})
        extra -= {formula.letter("N")}
    return None if extra else tree


def _groups(formula: Formula, _: random.Random) -> Tree | None:
    tree = formula.tree()
    g = formula.letter("g")
    return substitute(tree, {g: Number(1)}) if g in symbol_names(tree) else None


def _one_square(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        return node.base if isinstance(node, Power) else None

    return _edited(formula.tree(), edit, dice)


def _higher_power(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        return Power(node.base, Number(3)) if isinstance(node, Power) else None

    return _edited(formula.tree(), edit, dice)


def _twice(formula: Formula, _: random.Random) -> Tree | None:
    return 2 * formula.tree()


def _half(formula: Formula, _: random.Random) -> Tree | None:
    return formula.tree() / Number(2)


def _three(formula: Formula, _: random.Random) -> Tree | None:
    return 3 * formula.tree()


def _batch(formula: Formula, _: random.Random) -> Tree | None:
    return Symbol("B") * formula.tree()


def _factor_lost(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        factors = node.factors if isinstance(node, Product) else ()
        places = [i for i, f in enumerate(factors) if isinstance(f, (Symbol, Power))]
        if len(factors) < 2 or not places:
            return None
        place = dice.choice(places)
        kept = factors[:place] + factors[place + 1 :]
        return kept[0] if len(kept) == 1 else Product(kept)

    return _edited(formula.tree(), edit, dice)


def _symbol_for_another(formula: Formula, dice: random.Random) -> Tree | None:
    tree = formula.tree()
    names = [Symbol(n) for n in symbol_names(tree)]

    def edit(node: Tree) -> Tree | None:
        others = [s for s in names if s != node]
        return dice.choice(others) if isinstance(node, Symbol) and others else None

    return _edited(tree, edit, dice)


def _term_lost(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        if not isinstance(node, Sum):
            return None
        place = dice.randrange(len(node.terms))
        kept = node.terms[:place] + node.terms[place + 1 :]
        return kept[0] if len(kept) == 1 else Sum(kept)

    return _edited(formula.tree(), edit, dice)


def _sign(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        if not isinstance(node, Sum):
            return None
        place = dice.randrange(1, len(node.terms))
        return Sum((*node.terms[:place], -node.terms[place], *node.terms[place + 1 :]))

    return _edited(formula.tree(), edit, dice)


def _off_by_one(formula: Formula, dice: random.Random) -> Tree | None:
    step = dice.choice([1, -1])

    def edit(node: Tree) -> Tree | None:
        return node + step if isinstance(node, Sum) else None

    return _edited(formula.tree(), edit, dice)


def _number(formula: Formula, dice: random.Random) -> Tree | None:
    def edit(node: Tree) -> Tree | None:
        known = isinstance(node, Number) and node.value > 1
        return Number(node.value + dice.choice([1, 2])) if known else None

    return _edited(formula.tree(), edit, dice)


def _input_size(formula: Formula, _: random.Random) -> Tree | None:
    tree = formula.tree()
    H, W = formula.letter("H"), formula.letter("W")
    if not {H, W} <= set(symbol_names(tree)):
        return None
    return substitute(tree, {H: Symbol("H_i"), W: Symbol("W_i")})


def _stride(formula: Formula, _: random.Random) -> Tree | None:
    tree = formula.tree()
    H, W = formula.letter("H"), formula.letter("W")
    if not {H, W} <= set(symbol_names(tree)):
        return None
    return substitute(tree, {H: Symbol("s") * Symbol(H), W: Symbol("s") * Symbol(W)})


def _edited(tree: Tree, edit: Callable[[Tree], Tree | None], dice: random.Random) -> Tree | None:
    """The tree with one of the nodes that can be edited exchanged; exponents are left alone."""
    nodes = [node for node in walk(tree) if edit(node) is not None]
    return _exchanged(tree, dice.choice(nodes), edit, [False]) if nodes else None


def _exchanged(
    tree: Tree, old: Tree, edit: Callable[[Tree], Tree | None], done: list[bool]
) -> Tree:
    if tree is old and not done[0]:
        done[0] = True
        return edit(tree) or tree
    if isinstance(tree, Power):
        return Power(_exchanged(tree.base, old, edit, done), tree.exponent)
    parts = children(tree)
    return rebuild(tree, tuple(_exchanged(p, old, edit, done) for p in parts)) if parts else tree


def _same(one: Tree, other: Tree) -> bool:
    space = Assumptions().field(one, other)
    return (space.normal(one) - space.normal(other)).is_zero()


#: Each injection with the kinds of diagnosis that name it. Where two mistakes give one formula (2n
#: for 2n − 1 is also a bias that is off) either is an answer.
INJECTIONS: dict[str, tuple[Injection, str]] = {
    "bias dropped": (_without_bias, "bias"),
    "bias added": (_with_bias, "bias, bn, convention, off by one"),
    "batch norm dropped": (_without_norm, "bn"),
    "batch norm added": (_with_norm, "bn, inside, convention"),
    "batch norm counted 4N": (_norm_counted_four, "bn"),
    "M and N swapped": (_swapped, "swap"),
    "another measure": (_measure, "measure, convention"),
    "another convention": (_convention, "convention"),
    "another layer": (_layer, "layer, groups, part"),
    "groups forgotten": (_groups, "groups"),
    "k for k²": (_one_square, "exponent"),
    "k³ for k²": (_higher_power, "exponent"),
    "twice": (_twice, "factor, convention, bn"),
    "half": (_half, "factor, convention, bn"),
    "three times": (_three, "factor, number"),
    "batch": (_batch, "factor"),
    "factor lost": (_factor_lost, "factor, exponent"),
    "one symbol for another": (_symbol_for_another, "symbol, exponent"),
    "term lost": (_term_lost, "term, bias, bn, part, off by one, convention"),
    "sign": (_sign, "sign, term, off by one, number"),
    "off by one": (_off_by_one, "off by one, bias, bn, number, term, convention"),
    "another number": (_number, "number, factor, off by one, bn, bias, part"),
    "input size": (_input_size, "size"),
    "stride": (_stride, "size"),
}
