"""From the rules of the grammar to trees: one method for each alias in ``grammar.lark``.

The methods for layers are in ``build_layers.py``: quantities such as ``params(conv(bias))`` are
worked out on the way.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from closedform.algebra.tree import (
    FUNCTIONS,
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    Symbol,
    Tree,
    symbol_names,
    walk,
)
from closedform.cost.sums import LayerSum
from closedform.errors import ParseError
from closedform.language.build_layers import LayerBuilder
from closedform.language.growing import Factors, Prefixed, factors_of, finished, terms_of
from closedform.language.scanning.names import changes_oddly
from closedform.language.scanning.numerals import read_value
from closedform.language.tokens import Token
from closedform.typeset.text import text as as_text

#: Readings of an ambiguous text are spelled out up to this many nodes.
SPELLED = 60


class Builder(LayerBuilder):
    """The methods of one parse; each takes the parts of its rule."""

    # -- atoms -------------------------------------------------------------------------------------

    def number(self, parts: list[Any]) -> Tree:
        """An exact number."""
        written = parts[0].value
        return Number(read_value(written), written)

    def symbol(self, parts: list[Any]) -> Tree:
        """A symbol."""
        return Symbol(parts[0].value)

    def bracket(self, parts: list[Any]) -> Any:
        """What stands in brackets."""
        return finished(parts[1])

    def floor(self, parts: list[Any]) -> Tree:
        """``⌊a⌋``."""
        return Call("floor", (self.tree(parts[1], parts[0]),))

    def ceil(self, parts: list[Any]) -> Tree:
        """``⌈a⌉``."""
        return Call("ceil", (self.tree(parts[1], parts[0]),))

    def fraction(self, parts: list[Any]) -> Tree:
        r"""``\frac{a}{b}``."""
        return Quotient(self.tree(parts[1], parts[0]), self.tree(parts[2], parts[0]))

    def square_root(self, parts: list[Any]) -> Tree:
        r"""``\sqrt{a}``."""
        return Call("sqrt", (self.tree(parts[1], parts[0]),))

    def nth_root(self, parts: list[Any]) -> Tree:
        r"""``\sqrt[n]{a}``."""
        item, index, radicand = parts
        return Power(self.tree(radicand, item), Quotient(Number(1), self.tree(index, item)))

    def series(self, parts: list[Any]) -> Tree:
        r"""``\sum_{i=1}^{L} a``."""
        item, index, lower, upper, body = parts
        inside = self.tree(body, item)
        for name in symbol_names(inside):
            if changes_oddly(name, index.value):
                problem = f"{name} changes with the index {index} in a way that is not read"
                raise self.fail(item, problem, f"give it the index alone: {name[0]}_{index}")
        return Series(index.value, self.tree(lower, item), self.tree(upper, item), inside)

    def sum_call(self, parts: list[Any]) -> Tree:
        """``sum(i=1..L, a)``."""
        return self.series([parts[0], parts[2], parts[4], parts[6], parts[8]])

    # -- functions ---------------------------------------------------------------------------------

    def one(self, parts: list[Any]) -> list[Any]:
        """A list with one part."""
        return parts

    def more(self, parts: list[Any]) -> list[Any]:
        """A list with one part more."""
        parts[0].append(parts[2])
        found: list[Any] = parts[0]
        return found

    def call(self, parts: list[Any]) -> Tree:
        """A function with its arguments in brackets."""
        item = parts[0]
        arguments = tuple(self.tree(part, item) for part in parts[2])
        least, most = FUNCTIONS[item.value]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            plural = "" if wanted == "1" else "s"
            raise self.fail(item, f"{item} takes {wanted} argument{plural}, not {len(arguments)}")
        return Call(item.value, arguments)

    def prefix(self, parts: list[Any]) -> Prefixed:
        """A function before an argument without brackets: ``log n``."""
        item, argument = parts[0], self.tree(parts[1], parts[0])
        if item.value == "sqrt" and isinstance(argument, Power):
            one = Call("sqrt", (argument,))
            two = Power(Call("sqrt", (argument.base,)), argument.exponent)
            problem = "how far this root reaches can be read in two ways"
            raise self.fail(item, problem, _either(one, two))
        return Prefixed(item, Call(item.value, (argument,)))

    def log_base(self, parts: list[Any]) -> Prefixed:
        r"""``\log_2 n``."""
        item, base, argument = parts
        return Prefixed(item, Call("log", (self.tree(argument, item), self.tree(base, item))))

    def log_of(self, parts: list[Any]) -> Tree:
        r"""``\log_2(n)``."""
        item, base, argument = parts[0], parts[1], parts[3]
        return Call("log", (self.tree(argument, item), self.tree(base, item)))

    # -- operators ---------------------------------------------------------------------------------

    def negative(self, parts: list[Any]) -> Tree:
        """``-a``."""
        return Negative(self.tree(parts[1], parts[0]))

    def positive(self, parts: list[Any]) -> Any:
        """``+a``."""
        return parts[1]

    def plus(self, parts: list[Any]) -> Any:
        """``a + b``."""
        left, sign, right = parts
        right = finished(right)
        if isinstance(left, LayerSum) or isinstance(right, LayerSum):
            return self.layers_added(finished(left), sign, right)
        terms = terms_of(left)
        terms.terms.append(right)
        return terms

    def minus(self, parts: list[Any]) -> Any:
        """``a - b``."""
        left, sign, right = parts
        right = finished(right)
        if isinstance(left, LayerSum) or isinstance(right, LayerSum):
            hint = "subtract quantities: params(A) - params(B)"
            raise self.fail(sign, "layers are not subtracted", hint)
        terms = terms_of(left)
        terms.terms.append(Negative(right))
        return terms

    def times(self, parts: list[Any]) -> Any:
        """``a * b``."""
        return self._product(parts[0], finished(parts[2]), parts[1])

    def times_negative(self, parts: list[Any]) -> Any:
        """``a * -b``."""
        return self._product(parts[0], Negative(self.tree(parts[3], parts[2])), parts[1])

    def beside(self, parts: list[Any]) -> Any:
        """``a b``."""
        left, right = parts
        last = left.last if isinstance(left, Factors) else left
        if isinstance(last, Prefixed):
            raise self._reach(last, finished(right))
        product = self._product(left, finished(right), None)
        if isinstance(product, Factors):
            product.last = right
        return product

    def over(self, parts: list[Any]) -> Any:
        """``a / b``."""
        left, sign, right = parts
        left = finished(left)
        if isinstance(left, LayerSum) or isinstance(finished(right), LayerSum):
            raise self.fail(
                sign, "layers are not divided", "divide quantities: params(A) / params(B)"
            )
        if isinstance(right, Factors):
            raise self.fail(sign, *_ambiguous(left, right))
        return Quotient(left, finished(right))

    def floored(self, parts: list[Any]) -> Tree:
        """``a // b``."""
        return Call("floor", (self.tree(self.over(parts), parts[1]),))

    def raised(self, parts: list[Any]) -> Tree:
        """``a^b``."""
        base, sign, exponent = parts
        return Power(self.tree(base, sign), self.tree(exponent, sign))

    def _product(self, left: Any, right: Any, sign: Token | None) -> Any:
        if isinstance(left, LayerSum) or isinstance(right, LayerSum):
            return self.layers_repeated(finished(left), right, sign)
        factors = left if isinstance(left, Factors) else factors_of(finished(left))
        factors.factors.extend(right.factors if isinstance(right, Product) else (right,))
        factors.last = right
        return factors

    def _reach(self, prefixed: Prefixed, right: Any) -> ParseError:
        name = prefixed.function
        if isinstance(right, LayerSum) or not isinstance(prefixed.call, Call):
            return self.fail(name, "a function beside a layer")
        argument, *base = prefixed.call.arguments
        inside = Call(prefixed.call.function, (Product((argument, right)), *base))
        hint = _either(inside, Product((prefixed.call, right)))
        return self.fail(name, f"how far this {name} reaches can be read in two ways", hint)


def _ambiguous(left: Tree, right: Factors) -> tuple[str, str]:
    last = finished(right.last)
    count = len(last.factors) if isinstance(last, Product) else 1
    inner = (
        Product(tuple(right.factors[:-count]))
        if len(right.factors) > count + 1
        else right.factors[0]
    )
    hint = _either(Quotient(left, right.tree()), Product((Quotient(left, inner), last)))
    return "this quotient can be read in two ways", hint


def _either(one: Tree, two: Tree) -> str:
    """Both readings spelled out, or a word of advice where they are long."""
    if any(len([*islice(walk(tree), SPELLED)]) == SPELLED for tree in (one, two)):
        return "write brackets around what belongs together"
    return f"write {as_text(one)} or {as_text(two)}"
