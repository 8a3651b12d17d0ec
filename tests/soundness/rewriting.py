"""Other forms of the same value, one step at a time; and mutations, which change one node.

Each rule returns an expression that is equal to its argument wherever both have a value, or
``None`` where it does not apply.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    children,
    rebuild,
)
from tests.soundness.expressions import NAMES, leaf, modulus, positive, whole

Rule = Callable[[random.Random, Tree], "Tree | None"]


def rewritten(rng: random.Random, tree: Tree, steps: int) -> Tree:
    """The same value in another form."""
    for _ in range(steps):
        tree = _somewhere(rng, tree, _rewrite)
    return tree


def mutated(rng: random.Random, tree: Tree) -> Tree:
    """One node changed: mostly another value."""
    return _somewhere(rng, tree, _mutate)


def _somewhere(
    rng: random.Random, tree: Tree, change: Callable[[random.Random, Tree], Tree]
) -> Tree:
    """Change a node that is chosen at random."""
    parts = children(tree)
    if not parts or rng.random() < 0.35:
        return change(rng, tree)
    place = rng.randrange(len(parts))
    if isinstance(tree, Power) and place == 1:
        place = 0  # an exponent that is written anew would rarely be a number any more
    changed = _somewhere(rng, parts[place], change)
    return rebuild(tree, (*parts[:place], changed, *parts[place + 1 :]))


def _rewrite(rng: random.Random, tree: Tree) -> Tree:
    for rule in rng.sample(RULES, len(RULES)):
        found = rule(rng, tree)
        if found is not None:
            return found
    return tree


# -- rules -------------------------------------------------------------------------------------


def _reordered(rng: random.Random, tree: Tree) -> Tree | None:
    if not isinstance(tree, (Sum, Product)):
        return None
    parts = children(tree)
    return rebuild(tree, tuple(rng.sample(parts, len(parts))))


def _expanded(_: random.Random, tree: Tree) -> Tree | None:
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if isinstance(factor, Sum):
            others = tree.factors[:place] + tree.factors[place + 1 :]
            return Sum(tuple(Product((term, *others)) for term in factor.terms))
    return None


def _factored(rng: random.Random, tree: Tree) -> Tree | None:
    """By a + b = s·(a/s + b/s)."""
    if not isinstance(tree, Sum):
        return None
    factor = positive(rng, 1)
    return Product((factor, Sum(tuple(Quotient(term, factor) for term in tree.terms))))


def _plus_zero(rng: random.Random, tree: Tree) -> Tree:
    extra = leaf(rng)
    return Sum((tree, extra, Negative(extra)))


def _times_one(rng: random.Random, tree: Tree) -> Tree:
    extra = positive(rng, 1)
    return Quotient(Product((tree, extra)), extra)


def _squared(_: random.Random, tree: Tree) -> Tree | None:
    """By a² = a·a, and (a + b)² = a² + 2ab + b²."""
    if not (isinstance(tree, Power) and tree.exponent == Number(2)):
        return None
    base = tree.base
    if isinstance(base, Sum) and len(base.terms) == 2:
        a, b = base.terms
        return Sum((Power(a, Number(2)), Product((Number(2), a, b)), Power(b, Number(2))))
    return Product((base, base))


def _powers(_: random.Random, tree: Tree) -> Tree | None:
    """By aⁿ = aⁿ⁻¹·a."""
    if not isinstance(tree, Power):
        return None
    if isinstance(tree.exponent, Symbol):
        less = Sum((tree.exponent, Number(-1)))
        return Product((tree.base, Power(tree.base, less)))
    if isinstance(tree.exponent, Number) and tree.exponent.value == 3:
        return Product((Power(tree.base, Number(2)), tree.base))
    return None


def _product_of_quotient(_: random.Random, tree: Tree) -> Tree | None:
    if not isinstance(tree, Quotient):
        return None
    return Product((tree.numerator, Power(tree.denominator, Number(-1))))


def _half(_: random.Random, tree: Tree) -> Tree:
    return Product((Number(Fraction(1, 2)), Sum((tree, tree))))


def _shifted_floor(rng: random.Random, tree: Tree) -> Tree | None:
    """⌊x⌋ = ⌊x + n⌋ − n."""
    if not (isinstance(tree, Call) and tree.function in ("floor", "ceil")):
        return None
    added = whole(rng, 0)
    inside = Sum((tree.arguments[0], added))
    return Sum((Call(tree.function, (inside,)), Negative(added)))


def _mirrored_floor(_: random.Random, tree: Tree) -> Tree | None:
    """⌈x⌉ = −⌊−x⌋."""
    if not (isinstance(tree, Call) and tree.function in ("floor", "ceil")):
        return None
    other = "ceil" if tree.function == "floor" else "floor"
    return Negative(Call(other, (Negative(tree.arguments[0]),)))


def _nested_floor(_: random.Random, tree: Tree) -> Tree | None:
    """⌊a/(bc)⌋ = ⌊⌊a/b⌋/c⌋ for positive integers b and c."""
    if not (isinstance(tree, Call) and tree.function == "floor"):
        return None
    inside = tree.arguments[0]
    if isinstance(inside, Quotient) and inside.denominator == Number(4):
        half = Call("floor", (Quotient(inside.numerator, Number(2)),))
        return Call("floor", (Quotient(half, Number(2)),))
    return None


def _halves(rng: random.Random, tree: Tree) -> Tree | None:
    """By n = ⌊n/2⌋ + ⌈n/2⌉ for an integer n, and the same for thirds."""
    if not isinstance(tree, Symbol) or tree.name not in NAMES:
        return None
    if rng.random() < 0.6:
        half = Quotient(tree, Number(2))
        return Sum((Call("floor", (half,)), Call("ceil", (half,))))
    thirds = (Quotient(Sum((tree, Number(i))), Number(3)) for i in range(3))
    return Sum(tuple(Call("floor", (third,)) for third in thirds))


def _extremes(rng: random.Random, tree: Tree) -> Tree | None:
    """max(a, b) = a + b − min(a, b) = −min(−a, −b)."""
    if not (isinstance(tree, Call) and tree.function in ("min", "max")):
        return None
    other = "min" if tree.function == "max" else "max"
    if len(tree.arguments) == 2 and rng.random() < 0.5:
        return Sum((*tree.arguments, Negative(Call(other, tree.arguments))))
    return Negative(Call(other, tuple(Negative(part) for part in tree.arguments)))


def _rooted(_: random.Random, tree: Tree) -> Tree | None:
    """By n = √n·√n, √(a²) = max(a, −a)."""
    if isinstance(tree, Symbol) and tree.name in NAMES:
        return Product((Call("sqrt", (tree,)), Call("sqrt", (tree,))))
    if isinstance(tree, Call) and tree.function == "sqrt":
        inside = tree.arguments[0]
        if isinstance(inside, Power) and inside.exponent == Number(2):
            return Call("max", (inside.base, Negative(inside.base)))
    return None


def _logs(rng: random.Random, tree: Tree) -> Tree | None:
    if not (isinstance(tree, Call) and tree.function == "log" and len(tree.arguments) == 1):
        return None
    extra = whole(rng, 0)
    return Sum(
        (
            Call("log", (Product((tree.arguments[0], extra)),)),
            Negative(Call("log", (extra,))),
        )
    )


def _falling(rng: random.Random, tree: Tree) -> Tree | None:
    """By a! = a·(a − 1)! = (a + 1)!/(a + 1)."""
    if not (isinstance(tree, Call) and tree.function == "factorial"):
        return None
    (of,) = tree.arguments
    if rng.random() < 0.5:
        return Product((of, Call("factorial", (Sum((of, Number(-1))),))))
    above = Sum((of, Number(1)))
    return Quotient(Call("factorial", (above,)), above)


def _summed(_: random.Random, tree: Tree) -> Tree | None:
    """By n = Σ 1 over i = 1..n, and a sum without its last term."""
    if isinstance(tree, Symbol) and tree.name in NAMES:
        return Series("j", Number(1), tree, Number(1))
    # The upper bound must not be below the lower one: an empty sum has no last term.
    full = isinstance(tree, Series) and tree.lower in (Number(0), Number(1))
    if full and isinstance(tree, Series) and isinstance(tree.upper, Symbol):
        earlier = Series(tree.index, tree.lower, Sum((tree.upper, Number(-1))), tree.body)
        return Sum((earlier, _at(tree.body, tree.index, tree.upper)))
    return None


def _at(tree: Tree, index: str, value: Tree) -> Tree:
    """The body of a sum at one value of its index; a sum inside may have an index of that name."""
    if isinstance(tree, Symbol):
        if tree.name.startswith(f"u_{index}") and isinstance(value, Symbol):
            return Symbol(tree.name.replace(f"u_{index}", f"u_{value.name}", 1))
        return value if tree.name == index else tree
    if isinstance(tree, Series) and tree.index == index:
        lower, upper = (_at(part, index, value) for part in (tree.lower, tree.upper))
        return Series(index, lower, upper, tree.body)
    return rebuild(tree, tuple(_at(part, index, value) for part in children(tree)))


RULES: tuple[Rule, ...] = (
    _reordered,
    _expanded,
    _factored,
    _plus_zero,
    _times_one,
    _squared,
    _powers,
    _product_of_quotient,
    _half,
    _shifted_floor,
    _mirrored_floor,
    _nested_floor,
    _halves,
    _extremes,
    _rooted,
    _logs,
    _falling,
    _summed,
)


# -- mutations ---------------------------------------------------------------------------------


def _mutate(rng: random.Random, tree: Tree) -> Tree:
    match tree:
        case Number(value=value):
            return Number(value + rng.choice((-1, 1, 1, 2)))
        case Symbol(name="u_i" | "u_i_minus_1" as name):
            return Symbol({"u_i": "u_i_minus_1", "u_i_minus_1": "u_i"}[name])
        case Symbol():
            return rng.choice((Symbol(rng.choice(NAMES)), Sum((tree, Number(1)))))
        case Sum(terms=terms) if len(terms) > 1:
            place = rng.randrange(len(terms))
            rest = terms[:place] + terms[place + 1 :]
            return Sum(rest) if rng.random() < 0.5 else Sum((*rest, Negative(terms[place])))
        case Product(factors=factors) if len(factors) > 1:
            return Product(factors[1:]) if rng.random() < 0.5 else Sum(factors)
        case Quotient(numerator=a, denominator=b):
            return rng.choice((Quotient(b, a), Product((a, b)), a))
        case Power(base=a, exponent=b):
            return rng.choice((a, Power(a, Sum((b, Number(1))))))
        case Negative(operand=a):
            return a
        case Call(function=name, arguments=parts) if name in _EXCHANGED:
            return rng.choice((Call(_EXCHANGED[name], parts), parts[0]))
        case Call(arguments=parts):
            return Quotient(parts[0], modulus(rng))
        case Series(index=index, lower=a, upper=b, body=body):
            return Series(index, Sum((a, Number(1))), b, body)
    return Sum((tree, Number(1)))


_EXCHANGED = {"floor": "ceil", "ceil": "floor", "min": "max", "max": "min"}
