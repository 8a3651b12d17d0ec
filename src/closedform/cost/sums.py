"""Formal sums of layer calls: costs add.

``+`` joins sums, ``L * block`` repeats one (L a number or a symbol). Totals, breakdowns, ratios
and all counting conventions are read off the one sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import sympy

from closedform.algebra.bridge import from_sympy, to_sympy
from closedform.algebra.collect import collect
from closedform.algebra.tree import ONE, Node, Number, Tree, multiply, symbol_names
from closedform.cost.call import LayerCall
from closedform.cost.conventions import Convention, convention
from closedform.cost.record import MEASURES
from closedform.errors import UnknownName
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.notation import Notation, lookup
from closedform.typeset.tables import Column, Table

Value: TypeAlias = int | sympy.Expr


@dataclass(frozen=True)
class LayerSum:
    """Layer calls, each with how often it occurs.

    >>> from closedform import conv, linear
    >>> (conv(k=3, M=16, N=32) + 2 * linear(M=10, N=5, bias=True)).params
    4718
    """

    terms: tuple[tuple[Tree, LayerCall], ...]

    @property
    def params(self) -> Value:
        """Learnable scalars: an int when every size is a number, else a SymPy expression."""
        return _value(self.tree("params"))

    @property
    def macs(self) -> Value:
        """Multiply-accumulates."""
        return _value(self.tree("macs"))

    @property
    def activations(self) -> Value:
        """Output elements; a bias or batch norm that came as a flag works in place."""
        return _value(self.tree("activations"))

    def flops(self, convention: str = "exact") -> Value:
        """FLOPs by the named convention; what it does not know is left to :meth:`uncounted`."""
        return _value(self.tree("flops", convention))

    def tree(self, measure: str, by: str = "exact") -> Tree:
        """One measure as an expression in the order a person writes."""
        if measure not in MEASURES:
            raise UnknownName("measure", measure, MEASURES)
        rule = convention(by)
        parts = []
        for times, call in self.terms:
            cost = rule.flops(call) if measure == "flops" else getattr(call.closed_form, measure)
            if cost is not None:
                parts.append(multiply(times, cost))
        return collect(parts)

    def uncounted(self, by: str = "exact") -> tuple[str, ...]:
        """Names of the layers that a convention does not know, each once."""
        rule: Convention = convention(by)
        return tuple(dict.fromkeys(c.layer for _, c in self.terms if rule.flops(c) is None))

    def by_kind(self, measure: str, by: str = "exact") -> dict[str, Tree]:
        """The measure broken down by layer type."""
        return {name: part.tree(measure, by) for name, part in self.parts().items()}

    def parts(self) -> dict[str, LayerSum]:
        """The sum split by layer type."""
        names = dict.fromkeys(call.layer for _, call in self.terms)
        return {
            name: LayerSum(tuple(term for term in self.terms if term[1].layer == name))
            for name in names
        }

    def divisions(self) -> tuple[tuple[Tree, Tree], ...]:
        """The pairs (divisor, multiple) that the layers ask to be whole: (g, M)."""
        pairs = (pair for _, call in self.terms for pair in call.divisions)
        return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != ONE))

    def missing(self) -> tuple[str, ...]:
        """Names of the sizes that are still symbols."""
        trees = [v for _, call in self.terms for _, v in call.arguments]
        trees += [times for times, _ in self.terms]
        return tuple(dict.fromkeys(name for tree in trees for name in symbol_names(tree)))

    def to_table(self, by: str = "exact", notation: str | Notation = "source") -> Table:
        """The four measures as a table, a row each; numbers where every size is a number."""
        rows = tuple((name, _entry(tree)) for name, tree in self._forms(by).items())
        missing = self.uncounted(by)
        notes = (f"uncounted by {by}: {', '.join(missing)}",) if missing else ()
        columns = (Column("measure", "measure"), Column("closed form", "closed_form"))
        return Table(columns, rows, notes=notes, notation=lookup(notation))

    def _forms(self, by: str) -> dict[str, Tree]:
        names = {**MEASURES, "flops": f"{MEASURES['flops']} ({by})"}
        return {name: self.tree(measure, by) for measure, name in names.items()}

    def _repr_latex_(self) -> str:
        rows = [
            rf"\text{{{name}}} &= {latex(arrange(tree))}"
            for name, tree in self._forms("exact").items()
        ]
        return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$"

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def __add__(self, other: LayerSum) -> LayerSum:
        if not isinstance(other, LayerSum):
            return NotImplemented
        return LayerSum(self.terms + other.terms)

    def __mul__(self, times: int | sympy.Expr | Tree) -> LayerSum:
        if isinstance(times, LayerSum):
            return NotImplemented
        factor = times if isinstance(times, Node) else from_sympy(times)
        return LayerSum(tuple((multiply(factor, count), call) for count, call in self.terms))

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return " + ".join(_shown(times, call) for times, call in self.terms)


def _shown(times: Tree, call: LayerCall) -> str:
    sizes = ", ".join(f"{name}={to_sympy(value)}" for name, value in call.arguments)
    return f"{'' if times == ONE else f'{to_sympy(times)} * '}{call.layer}({sizes})"


def _entry(tree: Tree) -> int | Fraction | Tree:
    return tree.value if isinstance(tree, Number) else tree


def _value(tree: Tree) -> Value:
    if isinstance(tree, Number) and isinstance(tree.value, int):
        return tree.value
    expression: sympy.Expr = to_sympy(tree)
    return expression
