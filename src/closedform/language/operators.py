"""Sums, products and powers, by precedence climbing: a method for each level of the grammar.

Sums and products are read in loops, so that a long one costs no more per term than a short one;
what nests calls itself, and is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from closedform.algebra.tree import ZERO, Call, Negative, Power, Product, Quotient, Sum, Tree
from closedform.language import ambiguous, refusals
from closedform.language.cursor import NOT_SUBTRACTED, Cursor, Value
from closedform.language.layers import Added, Layers, Repeated
from closedform.language.operands import READERS, number_of, series, symbol_of
from closedform.language.shorthands import remainder
from closedform.language.tokens import BEGINS, Token

#: A sum of more layers than this is no network that anyone wrote down.
LAYER_TERMS = 1_000
_SIGNS = frozenset({"PLUS", "MINUS"})
#: What may belong to an exponent, and not to the power.
_ABOVE = frozenset({"POWER", "FACTORIAL"})
_PREFIXES = frozenset({"PREFIX", "LOGBASE"})
#: What can stand beside a factor without a sign between them.
_BESIDE = BEGINS - {"SERIES", "WORD"}
_JOINING = frozenset({"TIMES", "SERIES", "DIVIDE", "OVERFLOOR", "MOD"})
_FACTORS = _BESIDE | {"TIMES", "DIVIDE", "SERIES"}

#: What has been read; a list is a product that may still grow.
Growing: TypeAlias = "Value | list[Tree]"


def _closed(value: Growing) -> Value:
    """A value to which nothing is added any more."""
    return Product(tuple(value)) if isinstance(value, list) else value


class Operators(Cursor):
    """The levels, the loosest first.

    ``last`` is the last factor that was read; ``reach`` the function that it is, where that has no
    brackets, as in ``log n``: nothing may stand beside it.
    """

    __slots__ = ("last", "reach")

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        super().__init__(text, tokens)
        self.last: Value = ZERO
        self.reach: Token | None = None

    def sum(self) -> Value:
        """``a + b - c``, behind a sign maybe."""
        kinds = self.kinds
        sign = self.take() if kinds[self.at] in _SIGNS else None
        if sign and sign.type == "PLUS":
            refusals.opening_sign(self.text, self.tokens, self.at - 1)
        left = self.product(sign if sign and sign.type == "MINUS" else None)
        if kinds[self.at] not in _SIGNS:
            return left
        terms: list[Tree] = []
        layers: list[Layers] = []
        if isinstance(left, Layers):
            layers.append(left)
        else:
            terms += left.terms if isinstance(left, Sum) else (left,)
        while kinds[self.at] in _SIGNS:
            sign = self.take()
            right = self.product(None)
            if isinstance(right, Layers) or layers:
                self.add_layer(layers, sign, right)
            else:
                terms.append(Negative(right) if sign.type == "MINUS" else right)
        return Added(tuple(layers)) if layers else Sum(tuple(terms))

    def add_layer(self, layers: list[Layers], sign: Token, right: Value) -> None:
        """One more term of a sum of layers."""
        if sign.type == "MINUS":
            raise self.fail(sign, *NOT_SUBTRACTED)
        if not (layers and isinstance(right, Layers)):
            hint = "inside params( ), macs( ), flops( ) every term is a layer"
            raise self.fail(sign, "a layer and a formula cannot be added", hint)
        if len(layers) > LAYER_TERMS:
            problem = f"more than {LAYER_TERMS} layers"
            raise self.fail(sign, problem, "repeat layers by a factor: 3 conv")
        layers.append(right)

    def product(self, minus: Token | None) -> Value:
        """Factors and divisors from left to right, behind a minus sign maybe.

        The sign is that of the whole product, save before ``//`` and ``%``: -7//2 is ⌊−7/2⌋, as in
        Python.
        """
        kinds = self.kinds
        left: Growing = self.series() if kinds[self.at] == "SERIES" else self.run()
        while True:
            kind = kinds[self.at]
            if kind not in _JOINING:
                value = _closed(left)
                return Negative(self.tree(value, minus)) if minus else value
            if kind == "TIMES":
                sign = self.take()
                left = self.times(left, self.factor(), sign)
                self.reach = None
            elif kind == "SERIES":
                left = self.beside(left, self.last, self.reach, self.series())
            elif kind == "DIVIDE":
                left = self.quotient(left, self.take())
            elif kind == "OVERFLOOR":
                if minus:
                    left, minus = Negative(self.tree(_closed(left), minus)), None
                left = Call("floor", (self.quotient(left, self.take()),))
            else:  # MOD
                sign = self.take()
                above = self.tree(_closed(left), sign)
                if minus:
                    above, minus = Negative(above), None
                below = self.tree(_closed(self.factor()), sign)
                if ambiguous.no_remainder(above, below):
                    raise self.fail(sign, *ambiguous.remainder(above, below))
                left = remainder(above, below)
                self.reach = None

    def factor(self) -> Growing:
        """What stands behind a times sign: a run, ``-`` and a run, or a sum over an index."""
        kind = self.kinds[self.at]
        if kind == "SERIES":
            return self.series()
        if kind != "MINUS":
            return self.run()
        minus = self.take()
        return Negative(self.tree(_closed(self.run()), minus))

    def quotient(self, left: Growing, sign: Token) -> Tree:
        """``left / right``, where what is divided by must be one factor."""
        above, right = _closed(left), self.factor()
        if isinstance(above, Layers) or isinstance(right, Layers):
            hint = "divide quantities: params(A) / params(B)"
            raise self.fail(sign, "layers are not divided", hint)
        if isinstance(right, list):
            last = self.tree(self.last, sign)
            raise self.fail(sign, *ambiguous.quotient(above, right, last))
        self.reach = None
        return Quotient(above, self.divisor(right, sign))

    def run(self) -> Growing:
        """Factors without a sign between them."""
        left: Growing = self.power()
        while self.kinds[self.at] in _BESIDE:
            if self.kinds[self.at - 1] in ("NUMBER", "LAYER"):
                refusals.beside(self.text, self.tokens, self.at)
            last, reach = self.last, self.reach
            left = self.beside(left, last, reach, self.power())
        return left

    def beside(self, left: Growing, last: Value, reach: Token | None, right: Value) -> Growing:
        """Two factors without a sign between them; ``last`` is the last one on the left."""
        if reach is None:
            return self.times(left, right, None)
        if isinstance(right, Layers) or not isinstance(last, Call):
            raise self.fail(reach, "a function beside a layer")
        raise self.fail(reach, *ambiguous.reach(reach.value, last, right))

    def times(self, left: Growing, right: Growing, sign: Token | None) -> Growing:
        """A product that may grow, or layers repeated."""
        if isinstance(left, Layers) or isinstance(right, Layers):
            return self.repeated(_closed(left), _closed(right), sign)
        if not isinstance(left, list):
            left = [*left.factors] if isinstance(left, Product) else [left]
        if isinstance(right, list):
            left += right
        elif isinstance(right, Product):
            left += right.factors
        else:
            left.append(right)
        return left

    def repeated(self, left: Value, right: Value, sign: Token | None) -> Layers:
        """A layer times a number or a formula, in either order."""
        times, layers = (right, left) if isinstance(left, Layers) else (left, right)
        if isinstance(times, Layers) or not isinstance(layers, Layers):
            problem = "layers are not multiplied with each other"
            hint = "add them with +, repeat one with a number or symbol: 3 conv, L * conv"
            raise self.fail(sign or self.tokens[self.at - 1], problem, hint)
        return Repeated(times, layers)

    def power(self) -> Value:
        """An operand with its exponents, behind functions without brackets maybe."""
        kind = self.kinds[self.at]
        if kind in _PREFIXES:
            value: Value = self.prefixed()
        else:
            value = self.atom()
            kind = self.kinds[self.at]
            if kind == "FACTORIAL":
                value = Call("factorial", (self.tree(value, self.take()),))
                kind = self.kinds[self.at]
            if kind == "POWER":
                value = self.tower(value)
            self.reach = None  # What stood in brackets reaches no further.
        self.last = value
        return value

    def prefixed(self) -> Tree:
        r"""Functions without brackets before an operand: ``log n``, ``\log_2 n``."""
        prefixes: list[tuple[Token, tuple[Tree, ...]]] = []
        while self.kinds[self.at] in _PREFIXES:
            item = self.take()
            prefixes.append((item, (self.group(item),) if item.type == "LOGBASE" else ()))
        operand = self.atom()
        if self.kinds[self.at] == "FACTORIAL":
            problem = f"{item} of the factorial, or the factorial of {item}?"
            raise self.fail(self.take(), problem, f"write {item}(n!), or ({item}(n))!")
        raised = self.kinds[self.at] == "POWER"
        value = self.tree(self.tower(operand) if raised else operand, item)
        for item, base in reversed(prefixes):
            if item.value == "sqrt" and raised and isinstance(value, Power):
                raise self.fail(item, *ambiguous.root(value))
            value = Call(item.value, (value, *base))
        self.reach = prefixes[0][0]
        return value

    def tower(self, base: Value) -> Tree:
        """``a^b^c``, which is a^(b^c); a sign may stand before the last exponent."""
        first = self.at
        if self.kinds[first + 1] == "NUMBER" and self.kinds[first + 2] not in _ABOVE:  # most are
            self.at += 2
            exponent = number_of(self.tokens[first + 1].value)
            return Power(self.tree(base, self.tokens[first]), exponent)
        parts = [self.tree(base, self.tokens[first])]
        while self.kinds[self.at] == "POWER":
            sign = self.take()
            minus = self.take() if self.kinds[self.at] == "MINUS" else None
            part = self.tree(self.exponent(), minus or sign)
            parts.append(Negative(part) if minus else part)
            if minus:
                break
        top = parts.pop()
        while parts:
            top = Power(parts.pop(), top)
        return top

    def exponent(self) -> Value:
        """An operand, or a function without brackets before one."""
        if self.kinds[self.at] not in _PREFIXES:
            value = self.atom()
            if self.kinds[self.at] == "FACTORIAL":
                problem = "the factorial of the power, or of the exponent?"
                raise self.fail(self.take(), problem, "write (a^b)!, or a^(b!)")
            return value
        self.deeper()
        value = self.prefixed()
        self.depth -= 1
        return value

    def series(self) -> Tree:
        r"""``\sum_{i=1}^{L} a``, which reaches over the rest of the product.

        How far ``\prod`` reaches is not seen where more than one factor follows.
        """
        item = self.take()
        index = self.expect("NAME")
        lower, upper = self.group(item), self.group(item)
        self.deeper()
        body = self.tree(self.product(None) if item.value == "sum" else self.power(), item)
        if item.value != "sum" and self.kinds[self.at] in _FACTORS:
            hint = "write brackets around all that is multiplied"
            raise self.fail(item, "how far does this product reach?", hint)
        self.depth -= 1
        return series(self, item, index, (lower, upper, body))

    def atom(self) -> Value:
        """A number, a name, a bracket, or what begins with a word or sign of its own."""
        at = self.at
        kind = self.kinds[at]
        self.at = at + 1
        if kind == "NAME":
            return symbol_of(self.tokens[at].value)
        if kind == "NUMBER":
            return number_of(self.tokens[at].value)
        if kind == "LPAR":
            value = self.nested()
            self.close()
            return value
        if kind not in READERS:
            self.at = at
            raise self.unexpected()
        return READERS[kind](self, self.tokens[at])
