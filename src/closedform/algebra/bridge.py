"""Trees to SymPy and back.

:func:`to_sympy` gives SymPy's evaluated expression, so the written form is lost; its symbols are
the positive integers of :mod:`closedform.symbols`. :func:`from_sympy` gives a tree of the same
value, in SymPy's order: the printers put it in the order a person writes.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Rational, Real
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from closedform.algebra.functions import FUNCTIONS
from closedform.algebra.tree import (
    ONE,
    Call,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Sum,
    Symbol,
    Tree,
    numeral,
    total,
)
from closedform.errors import ClosedformError, TooLarge, UndefinedValue, what_is
from closedform.later import sympy
from closedform.symbols import symbol

if TYPE_CHECKING:
    from closedform.later import Expression

#: What Python code has for an exact value.
Foreign: TypeAlias = "sympy.Basic | int | Fraction"

#: SymPy works a power of numbers out, whatever its size; past this many bits it is refused.
MAX_BITS = 1_000_000


def to_sympy(tree: Tree) -> sympy.Expr:
    """The SymPy expression of a tree, evaluated, every symbol a positive integer.

    Raises :class:`UndefinedValue` for a division by zero or the logarithm of zero,
    :class:`TooLarge` for a power of numbers past :data:`MAX_BITS`.

    >>> to_sympy(Quotient(Power(Symbol("k"), Number(2)), Symbol("k")))
    k
    """
    match tree:
        case Number(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Symbol(name=name):
            return symbol(name)
        case Sum(terms=terms):
            return sympy.Add(*map(to_sympy, terms))
        case Product(factors=factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Negative(operand=operand):
            return -to_sympy(operand)
        case Quotient(numerator=above, denominator=below):
            return _defined(to_sympy(above) / to_sympy(below))
        case Power(base=base, exponent=exponent):
            return _power(to_sympy(base), to_sympy(exponent))
        case Call(function=function, arguments=arguments):
            return _call(function, tuple(map(to_sympy, arguments)))
        case Series(index=index, lower=lower, upper=upper, body=body):
            limits = (symbol(index), to_sympy(lower), to_sympy(upper))
            return sympy.Sum(to_sympy(body), limits)
    raise TypeError(f"not an expression: {type(tree).__name__}")


def to_python(tree: Tree) -> Expression:
    """The value of a tree outside: an int where it is one, else its SymPy expression."""
    if isinstance(tree, Number) and isinstance(tree.value, int):
        return cast("Expression", tree.value)
    return cast("Expression", to_sympy(tree))


def from_sympy(expr: Foreign) -> Tree:
    """The tree of a SymPy expression, an int or a Fraction; quotients are gathered into one.

    Raises :class:`ClosedformError` naming the part that is no closed form (a float, π, sin, …).

    >>> from_sympy(symbol("M") / symbol("g"))
    M/g
    """
    if isinstance(expr, (int, Rational)) and not isinstance(expr, bool):
        return numeral(Fraction(int(expr.numerator), int(expr.denominator)))
    if isinstance(expr, sympy.Symbol):
        return Symbol(expr.name)
    if isinstance(expr, sympy.Add):
        return total(map(from_sympy, expr.args))
    if isinstance(expr, (sympy.Mul, sympy.Pow)):
        return _quotient(expr)
    if isinstance(expr, sympy.Sum):
        return _series(expr)
    for function, row in FUNCTIONS.items():
        if isinstance(expr, sympy.Basic) and expr.func is getattr(sympy, row.sympy):
            return Call(function, tuple(map(from_sympy, expr.args)))
    raise _foreign(expr)


def from_python(given: Any) -> Tree:
    """The tree of what Python code has: a tree, a number of any package, a SymPy expression.

    >>> from_python(3.0), from_python(Symbol("M"))
    (3, M)

    Raises:
        ClosedformError: a float that is no integer, or what :func:`from_sympy` refuses.
    """
    if isinstance(given, Node):
        return given
    if isinstance(given, Decimal) and given.is_finite():
        return numeral(Fraction(given))
    if isinstance(given, Real) and not isinstance(given, Rational):
        number = float(given)
        if not number.is_integer():
            near = Fraction(str(number)) if isfinite(number) else "…"
            problem = f"{number} is a float, which is not exact"
            raise ClosedformError(problem, f'write it as a fraction: Fraction("{near}")')
        return numeral(Fraction(int(number)))
    return from_sympy(given)


def _defined(value: sympy.Expr) -> sympy.Expr:
    """The value itself, unless SymPy says that there is none."""
    if value.has(sympy.zoo, sympy.nan):
        raise UndefinedValue("this divides by zero, or takes the logarithm of zero")
    return value


def _power(base: sympy.Expr, exponent: sympy.Expr) -> sympy.Expr:
    if exponent.is_Rational:
        bits = max((_bits(number) for number in base.atoms(sympy.Rational)), default=0)
        if bits * abs(exponent) > MAX_BITS:
            raise TooLarge("the number of bits in a power", MAX_BITS)
    return _defined(base**exponent)


def _bits(number: sympy.Rational) -> int:
    # 0 and ±1 stay small in any power.
    size = max(abs(int(number.p)), int(number.q))
    return 0 if size == 1 else size.bit_length()


def _call(function: str, arguments: tuple[sympy.Expr, ...]) -> sympy.Expr:
    try:
        return _defined(getattr(sympy, FUNCTIONS[function].sympy)(*arguments))
    except ValueError:  # SymPy's word for min and max of numbers that are not real
        listed = ", ".join(map(str, arguments))
        raise UndefinedValue(f"{function}({listed}) compares numbers that are not real") from None


def _quotient(expr: sympy.Basic) -> Tree:
    """A product or a power with what stands under the line gathered there."""
    above: Tree = ONE
    below: Tree = ONE
    negative = False
    for factor in sympy.Mul.make_args(expr):
        if isinstance(factor, sympy.Rational):
            negative = factor < 0
            above = abs(int(factor.p)) * above
            below = int(factor.q) * below
            continue
        is_power = isinstance(factor, sympy.Pow)
        base, exponent = factor.as_base_exp() if is_power else (factor, sympy.S.One)
        if exponent.as_coeff_Mul()[0].is_negative:
            below = below * _raised(base, -exponent)
        else:
            above = above * _raised(base, exponent)
    quotient = above / below
    return -quotient if negative else quotient


def _raised(base: sympy.Expr, exponent: sympy.Expr) -> Tree:
    if exponent == 1:
        return from_sympy(base)
    if exponent == sympy.Rational(1, 2):
        return Call("sqrt", (from_sympy(base),))
    return Power(from_sympy(base), from_sympy(exponent))


def _series(expr: sympy.Sum) -> Tree:
    """Nested series, SymPy's first limit innermost."""
    body = from_sympy(expr.function)
    for index, lower, upper in expr.limits:
        body = Series(index.name, from_sympy(lower), from_sympy(upper), body)
    return body


def _foreign(expr: object) -> ClosedformError:
    listed = ", ".join(row.sympy for row in FUNCTIONS.values())
    hint = f"use exact numbers, symbols, + − × / powers, {listed} and Sum"
    if isinstance(expr, (list, tuple, dict, set)):
        hint = "give one at a time"
    return ClosedformError(f"{what_is(expr)} is no part of a closed form", hint)
