"""What follows from a ratio of costs: its limits, how many times fewer, when the saving is real.

Each statement is exact. Limits are read off the leading coefficients, the others are proven as
inequalities for all admissible sizes; what is not proven is not said.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from closedform.algebra.assumptions import Condition, assume, of_sizes
from closedform.algebra.forms.readable import readable_function, readable_polynomial
from closedform.algebra.normal_form.rational import Field, RationalFunction
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.proofs.univariate import nonnegative_from
from closedform.algebra.tree import ONE, Number, Symbol, Tree, substitute, symbol_names
from closedform.typeset.notation import SOURCE
from closedform.typeset.numbers import Digits, number_text
from closedform.typeset.prose import AT_LEAST, EQUAL, LESS, TO_INFINITY, Prose, listed

Divisions = tuple[tuple[Tree, Tree], ...]
#: The kernel that "k = 3" facts are stated for: the common one (MobileNets, section 3.1).
KERNEL = 3
#: A ratio of more sizes than this has no limits that anybody would read one after the other.
READ = 40


def facts(ratio: Tree, what: str, divisions: Divisions = ()) -> tuple[Prose, ...]:
    """Statements about a ratio of ``what`` (``"MACs"``), none where it holds more than symbols.

    >>> from closedform.algebra.tree import Symbol
    >>> from closedform.typeset.prose import in_text
    >>> for fact in facts(1 / Symbol("N") + 1 / Symbol("k") ** 2, "MACs"):
    ...     print(in_text(fact))
    N → ∞: 1/k²; k → ∞: 1/N
    for k = 3: between 8 and 9 times fewer MACs from N = 72 on
    fewer MACs exactly when k² + N < k²N, that is for k ≥ 2 and N ≥ 2
    """
    field = of_sizes(ratio).field(ratio)
    value = field.normal(ratio).cancelled()
    if not len(field.keys) == len(symbol_names(ratio)) <= READ:
        return ()
    if not field.keys:
        return _number(value, what)
    told = (_limits(value, divisions), _times_fewer(ratio, what), _saving(value, what, divisions))
    return tuple(fact for fact in told if fact)


# -- limits
# ------------------------------------------------------------------------------------------


def _limits(value: RationalFunction, divisions: Divisions) -> Prose:
    """What the ratio tends to as one size grows, the kernel side last.

    A size that divides another one, as g divides M, cannot grow alone.
    """
    bounded = {name for divisor, _ in divisions for name in symbol_names(divisor)}
    free = (name for name in map(str, value.field.keys) if name not in bounded)
    names = sorted(free, key=lambda name: (name == "k", SOURCE.rank(name)))
    limits = ((name, limit_at_infinity(value, name)) for name in names)
    return listed(
        (
            (Symbol(name), TO_INFINITY, ": ", "grows without bound" if limit is None else limit)
            for name, limit in limits
        ),
        "; ",
    )


def limit_at_infinity(value: RationalFunction, name: str) -> Tree | None:
    """The limit as one symbol grows, ``None`` where there is no finite one."""
    field = value.field
    place = field.index[name]
    above, below = (poly.by_power(place) for poly in (value.num, value.den))
    upper, lower = max(above, default=0), max(below)
    if upper > lower:
        return None
    if upper < lower:
        return Number(0)
    return readable_function(RationalFunction(field, above[upper], below[lower]))


# -- how many times fewer
# ------------------------------------------------------------------------------


def _number(value: RationalFunction, what: str) -> tuple[Prose, ...]:
    ratio = value.constant()
    if not ratio or ratio < 0:
        return ()
    times, word = (1 / ratio, "fewer") if ratio < 1 else (ratio, "more")
    if times == 1:
        return ((f"as many {what}",),)
    return ((f"{decimal(times)} times {word} {what}",),)


def decimal(value: Fraction) -> str:
    """A fraction to two places, rounded exactly; "about" where it was rounded.

    >>> decimal(Fraction(576, 73)), decimal(Fraction(5, 2))
    ('about 7.89', '2.5')
    """
    digits = number_text(value, Digits(decimals=2), group=",").rstrip("0").rstrip(".")
    return digits if (100 * value).denominator == 1 else f"about {digits}"


def _times_fewer(ratio: Tree, what: str) -> Prose:
    """Between 8 and 9 times fewer from N = 72 on, for the common kernel."""
    kernel: Prose = ()
    if "k" in symbol_names(ratio) and len(symbol_names(ratio)) > 1:
        ratio = substitute(ratio, {"k": Number(KERNEL)})
        kernel = ("for ", Symbol("k"), EQUAL, Number(KERNEL), ": ")
    names = symbol_names(ratio)
    if len(names) != 1:
        return ()
    field = of_sizes(ratio).field(ratio)
    value = field.normal(ONE / ratio).cancelled()
    limit = limit_at_infinity(value, names[0])
    if not isinstance(limit, Number) or limit.value <= 2:
        return ()
    below = ceil(limit.value) - 1
    start = _from_where(field, value, below)
    within = prove_sign(limit - ONE / ratio, assume(()), strict=True)
    if start is None or within is None:
        return ()
    between = ("between ", Number(below), " and ", limit, f" times fewer {what} from ")
    return (*kernel, *between, Symbol(names[0]), EQUAL, Number(start), " on")


def _from_where(field: Field, value: RationalFunction, least: int) -> int | None:
    """The integer from which on ``value ≥ least``, in a field of one symbol."""
    difference = value - field.number(least)
    reduced = difference.cancelled()
    product = reduced.num * reduced.den  # the sign of the quotient
    return nonnegative_from(product.coefficients(0))


# -- when the saving is real
# ---------------------------------------------------------------------------


def _saving(value: RationalFunction, what: str, divisions: Divisions) -> Prose:
    """When the ratio is below 1, as a condition on integers."""
    field = value.field
    small, large = readable_polynomial(field, value.num), readable_polynomial(field, value.den)
    assumptions = of_sizes(small, large, divisions=divisions)
    difference = large - small
    if prove_sign(large, assumptions, strict=True) is None:
        return ()
    if prove_sign(difference, assumptions, strict=True):
        return (f"always fewer {what}: ", small, LESS, large)
    if prove_sign(-difference, assumptions, strict=False):
        return (f"never fewer {what}: ", small, AT_LEAST, large)
    said: Prose = (f"fewer {what} exactly when ", small, LESS, large)
    return (*said, *_solved(difference, divisions))


def _solved(difference: Tree, divisions: Divisions) -> Prose:
    """The condition ``difference > 0`` as k ≥ 2 and N ≥ 2, where it has that form.

    At its smallest value 1, a symbol may decide the sign for all values of the others.
    """
    assumptions = of_sizes(difference, divisions=divisions)
    fails, holds = [], []
    for name in sorted(symbol_names(difference), key=SOURCE.rank):
        at_one = substitute(difference, {name: ONE})
        if prove_sign(-at_one, assumptions, strict=False):
            fails.append(name)
        elif prove_sign(at_one, assumptions, strict=True):
            holds.append(name)
    beyond = [Condition(">=", Symbol(name), Number(2)) for name in fails or holds]
    rest = assume(beyond, divisions)
    if fails and not holds and prove_sign(difference, rest, strict=True):
        bounds = ((Symbol(name), AT_LEAST, Number(2)) for name in fails)
        return (", that is for ", *listed(bounds, " and "))
    if holds and not fails and prove_sign(-difference, rest, strict=False):
        return (", that is for ", *listed(((Symbol(n), EQUAL, ONE) for n in holds), " or "))
    return ()
