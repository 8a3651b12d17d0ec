"""Formal sums of layer calls: costs add.

``+`` joins sums, ``L * block`` is L copies with L sets of weights, ``shared(n, block)`` is one set
of weights used n times. Totals, breakdowns, ratios and all counting conventions are read off the
one sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, SupportsFloat

from closedform.algebra.bridge import from_python, to_python
from closedform.algebra.forms.collect import collect
from closedform.algebra.forms.grouped import grouped, plainest
from closedform.algebra.tree import ONE, ZERO, Number, Tree, substitute, symbol_names
from closedform.cost.call import OF_WEIGHTS, LayerCall, Term, stage_of
from closedform.cost.common_sizes import without_common_sizes
from closedform.cost.conventions import convention
from closedform.cost.conventions.convention import heading
from closedform.cost.counting import counts, known
from closedform.cost.held import Held, each_once
from closedform.cost.measures import MEASURES
from closedform.cost.measuring import intensity, measured, term_by_term
from closedform.cost.own_sizes import placing
from closedform.cost.put_in import with_sizes
from closedform.cost.size_checks import check_copies
from closedform.cost.training import TRAINING
from closedform.cost.typed import typed
from closedform.later import Later
from closedform.symbols import VARYING
from closedform.typeset.arrange import arrange
from closedform.typeset.latex import latex
from closedform.typeset.notation import Notation

if TYPE_CHECKING:
    from closedform.later import Expression, Symbolic
    from closedform.typeset import tables
else:  # costs are rarely shown as a table
    tables = Later("closedform.typeset.tables")


class LayerSum:
    """Layer calls, each with how often it occurs.

    >>> from closedform import conv, linear
    >>> (conv(k=3, M=16, N=32) + 2 * linear(M=10, N=5, bias=True)).params
    4718
    """

    def __init__(self, terms: tuple[Term, ...] = (), *, joins: tuple[LayerSum, ...] = ()) -> None:
        # What is added is joined when it is asked for: a sum of thousands is not copied each time.
        self._joins = joins
        if not joins:
            self.terms = terms

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The calls, in order."""
        terms: list[Term] = []
        waiting = list(reversed(self._joins))
        while waiting:
            layers = waiting.pop()
            waiting += reversed(layers._joins)
            terms += () if layers._joins else layers.terms
        self._joins = ()
        return tuple(terms)

    @property
    def params(self) -> Expression:
        """Learnable scalars: an int when every size is a number, else a SymPy expression."""
        return to_python(self._asked("params"))

    @property
    def macs(self) -> Expression:
        """Multiply-accumulates; what is unknown in a model that was read is left out.

        Raises:
            ClosedformError: nothing is counted, and something is unknown.
        """
        return to_python(self._asked("macs"))

    @property
    def activations(self) -> Expression:
        """Output elements; a bias or batch norm that came as a flag works in place."""
        return to_python(self._asked("activations"))

    def flops(self, convention: str = "exact") -> Expression:
        """FLOPs by the named convention; what it does not know is left to :meth:`uncounted`.

        Raises:
            ClosedformError: nothing is counted, and something is unknown.
        """
        return to_python(self._asked("flops", convention))

    def quantity(self, name: str, *, kind: str = "") -> Expression:
        """Any quantity, such as ``memory_access``, or ``operations`` of a ``kind`` such as exp.

        ``kind`` is the option of every quantity that has one: the optimizer, the bits, the rule.

        Raises:
            UnknownName: no such quantity or kind.
        """
        return to_python(self._asked(name, kind=kind))

    def _tree(self, measure: str, by: str = "exact", *, kind: str = "") -> Tree:
        """One measure as an expression in the order a person writes.

        Raises:
            UnknownName: no such measure, convention or kind.
        """
        cost = self._total(measure, by, kind)
        networks = any(term.place or term.call.type.is_network for term in self.terms)
        return grouped(cost, VARYING.__contains__) if networks else cost

    def _known(self, measure: str, by: str = "exact") -> Tree | None:
        """One measure as it is shown; ``None`` for FLOPs of which a convention counts nothing."""
        return plainest(self._tree(measure, by)) if self.counted(by, measure) else None

    def _asked(self, measure: str, by: str = "exact", *, kind: str = "") -> Tree:
        """One measure; raises where nobody knows any of it."""
        return known(self._tree(measure, by, kind=kind), self.terms, measure)

    def _total(self, measure: str, by: str, kind: str) -> Tree:
        rule = convention(by)
        if measure in TRAINING:
            return TRAINING[measure](self.terms, kind)
        if measure == "flops" and by != "exact":
            return collect(
                term.executed * without_common_sizes(tree)
                for term, _, tree in counts(self.terms, by)
                if tree is not None
            )
        if measure == "params" and rule.params:
            return collect(term.owned * rule.parameters(term.call) for term in self.terms)
        if measure == "intensity":
            return intensity(plainest(self._tree("flops")), self._tree("memory_access"))
        return collect(
            without_common_sizes(part)
            for term in self.terms
            for part in term_by_term(term.times(measure), measured(term.call, measure, kind))
        )

    def uncounted(self, by: str = "exact", measure: str = "flops") -> tuple[str, ...]:
        """The layers and operations that a convention does not know, each once.

        Operators of a model that was read in which nobody knows are named with their places: MACs
        and activations leave out those alone, what weights cost nothing.
        """
        if measure in OF_WEIGHTS:
            return ()
        terms = [t for t in self.terms if measure == "flops" or t.call.type.is_unknown]
        left = (term.named(name) for term, name, tree in counts(terms, by) if tree is None)
        return tuple(dict.fromkeys(left))

    def counted(self, by: str = "exact", measure: str = "flops") -> bool:
        """Whether a convention counts any of the layers: what is left uncounted is no 0."""
        if measure == "flops" and all(tree is None for _, _, tree in counts(self.terms, by)):
            return False
        return not self.uncounted(by, measure) or self._total(measure, by, "") != ZERO

    def _leaves(self, whole: Callable[[LayerCall], bool] = lambda _: False) -> Iterator[Term]:
        """The calls that are executed, each with its place: layers made of layers taken apart.

        A call that is asked for ``whole`` stays in one piece.
        """
        waiting = list(reversed(self.terms))
        while waiting:
            term = waiting.pop()
            parts = term.call.parts
            if parts is None or whole(term.call):
                yield term
            else:
                inside = [
                    t.scaled(term.owned, term.executed, term.working, term.place) for t in parts
                ]
                waiting.extend(reversed(inside))

    def parts(self) -> dict[str, LayerSum]:
        """The sum split by layer type."""
        return self._split(lambda term: term.call.layer)

    def stages(self) -> dict[str, LayerSum]:
        """The sum split by the first part of each place; what has no place, by its layer type.

        Of a list that all stages stand in, features.3 and layers.8, each is a stage of its own.
        """
        return self._split(lambda term: stage_of(term.place) or term.call.layer)

    def _split(self, name: Callable[[Term], str]) -> dict[str, LayerSum]:
        parts: dict[str, list[Term]] = {}
        for term in self._leaves():
            parts.setdefault(name(term), []).append(term)
        return {part: LayerSum(tuple(terms)) for part, terms in parts.items()}

    def _divisions(self) -> tuple[tuple[Tree, Tree], ...]:
        """The pairs (divisor, multiple) that the layers ask to be whole: (g, M)."""
        pairs = (pair for term in self.terms for pair in term.call.divisions)
        return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != ONE))

    def _held(self) -> tuple[Held, ...]:
        """The conditions under which the layers are as they are stated, which sizes may break."""
        return each_once(held for term in self.terms for held in term.call.held)

    def holds_where(self) -> tuple[str, ...]:
        """The conditions on open sizes under which a model that was read is as it is stated.

        Each is named with what asks for it: the line of a branch, or an operator and its place.
        """
        return tuple(held.shown for held in self._held())

    def missing(self) -> tuple[str, ...]:
        """Names of the sizes that are still symbols."""
        names = [name for term in self.terms for name in term.call.symbols()]
        names += symbol_names(*(term.executed for term in self.terms))
        return tuple(dict.fromkeys(names))

    def _with_sizes(self, values: Mapping[str, Tree]) -> LayerSum:
        """The layers with values put in for symbols.

        Raises:
            SizeError: sizes that no layer can have, or copies that nobody can.
        """
        if not values:
            return self
        terms: list[Term] = []
        for term in self.terms:
            copies, runs, active = (substitute(tree, dict(values)) for tree in term[:3])
            check_copies(copies)
            put_in = with_sizes(term, values)
            terms += [inner.scaled(copies, runs, active, term.place) for inner in put_in]
        return LayerSum(tuple(terms))

    def at(self, place: str, *, reads: str = "") -> LayerSum:
        """The same layers, at a place of a network; ``reads``: what the first of them reads."""
        first, *rest = (term.scaled(ONE, ONE, ONE, place) for term in self.terms)
        return LayerSum((first._replace(reads=reads or first.reads), *rest))

    def to_table(
        self, by: str = "exact", notation: str | Notation = "source", *, title: str = "measure"
    ) -> tables.Table:
        """The four measures as a table, a row each; numbers where every size is a number."""
        by = convention(by).name
        forms = self._forms(by).items()
        rows = tuple((name, x.value if isinstance(x, Number) else x) for name, x in forms)
        missing = self.uncounted(by)
        notes = [f"uncounted by {by}: {', '.join(missing)}"] if missing else []
        notes += [f"where {shown}" for shown in self.holds_where()]
        columns = (tables.Column(title, "measure"), tables.Column("closed form", "closed_form"))
        letters = placing(notation, self.terms)
        return tables.Table(columns, rows, notes=tuple(notes), notation=letters)

    def _forms(self, by: str) -> dict[str, Tree | None]:
        return {heading(measure, by): self._known(measure, by) for measure in MEASURES}

    def _repr_latex_(self) -> str:
        own = placing("source", self.terms)
        forms = ((name, tree) for name, tree in self._forms("exact").items() if tree is not None)
        rows = [rf"\text{{{name}}} &= {latex(arrange(tree, own), own)}" for name, tree in forms]
        return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$"

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def __add__(self, other: LayerSum) -> LayerSum:
        if not isinstance(other, LayerSum):
            return NotImplemented
        return LayerSum(joins=(self, other))

    def __radd__(self, other: int) -> LayerSum:
        # sum([a, b]) starts from 0.
        return self if other == 0 else NotImplemented

    def __mul__(self, times: SupportsFloat | Symbolic | Tree) -> LayerSum:
        factor = from_python(times)
        check_copies(factor)
        return LayerSum(tuple(term.scaled(factor, factor, factor) for term in self.terms))

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LayerSum) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)

    def __reduce__(self) -> tuple[type[LayerSum], tuple[tuple[Term, ...]]]:
        return LayerSum, (self.terms,)

    def __repr__(self) -> str:
        return " + ".join(typed(term) for term in self.terms)
