"""One design over another: params, MACs and FLOPs, simplified, with the steps."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, cast

from closedform.algebra.bridge import to_sympy
from closedform.algebra.exact import known_value
from closedform.algebra.forms.grouped import plainest
from closedform.algebra.forms.readable import readable
from closedform.algebra.tree import ZERO, Tree
from closedform.cost.conventions import convention as convention_called
from closedform.cost.conventions.convention import heading
from closedform.cost.measures import MEASURES
from closedform.cost.own_sizes import own_places, placing
from closedform.cost.sums import LayerSum
from closedform.derivation.arithmetic import Arithmetic
from closedform.derivation.derivation import Derivation
from closedform.derivation.quotient import quotient_lines
from closedform.derivation.rows import Line, display
from closedform.derivation.steps import Chain, Step
from closedform.errors import ClosedformError, UndefinedValue, UnknownName
from closedform.given import Layers, label, layers_of, split_quotient
from closedform.later import Later
from closedform.records import record
from closedform.typeset.displayed import Displayed
from closedform.typeset.line_breaks import GAP, SET_IN, displayed
from closedform.typeset.notation import SOURCE, Notation
from closedform.typeset.numbers import Digits, number_text
from closedform.typeset.prose import Code, Part, Prose, Sign, in_math, in_text
from closedform.typeset.tables import Column, Table
from closedform.typeset.width import width

if TYPE_CHECKING:
    from closedform.derivation import facts
    from closedform.later import Expression
else:  # they are proven, which a ratio itself is not
    facts = Later("closedform.derivation.facts")

#: Two designs of one name are told apart as they are written, if that is no longer.
LONGEST_NAME = 30
#: The measures that are compared.
COMPARED = ("params", "macs", "flops")
#: A fraction with such a denominator is told in decimals too, with so many digits.
UNREADABLE, ABOUT = 100, Digits(4)


@record
class MeasureRatio(Arithmetic, Displayed):
    """One measure of ``numerator`` over that of ``denominator``; prints itself.

    ``problem`` is a sentence where there is no ratio: a denominator that is zero, or a layer that
    the convention does not count. Asking for the expression then raises :class:`UndefinedValue`.
    """

    measure: str
    convention: str
    numerator: LayerSum
    denominator: LayerSum

    @cached_property
    def problem(self) -> str | None:
        """Why there is no ratio, if there is none."""
        word = MEASURES[self.measure]
        sums, by = (self.numerator, self.denominator), self.convention
        missing = dict.fromkeys(n for layers in sums for n in layers.uncounted(by, self.measure))
        if missing:
            return f"the convention {by} does not count {', '.join(missing)}"
        below = readable(self._cost(self.denominator))
        return f"no ratio: the denominator has no {word}" if below == ZERO else None

    @cached_property
    def derivation(self) -> Derivation:
        """Both costs, the quotient, what was cancelled, and what follows from it."""
        word = heading(self.measure, self.convention)
        above, below = self._cost(self.numerator), self._cost(self.denominator)
        if self.problem is not None:
            return Derivation("", (Chain((f"ratio of {word}",), (), note=(self.problem,)),))
        lines = quotient_lines(above, below, (f"{MEASURES[self.measure]} of both",))
        divisions = tuple(
            dict.fromkeys((*self.numerator._divisions(), *self.denominator._divisions()))
        )
        asked = dict.fromkeys((*self.numerator.holds_where(), *self.denominator.holds_where()))
        follows = facts.facts(lines[-1].tree, MEASURES[self.measure], divisions)
        follows += tuple((f"where {shown}",) for shown in asked)
        both = (self.numerator, self.denominator)
        names: list[Part] = [*map(label, both)]
        if names[0] == names[1]:
            written = [repr(layers).replace("()", "") for layers in both]
            short = max(map(len, written)) <= LONGEST_NAME
            names = [*map(Code, written)] if short else ["the numerator", "the denominator"]
        chains = (
            Chain((f"{word} of ", names[0]), (Line(above, ()),)),
            Chain((f"{word} of ", names[1]), (Line(below, ()),)),
            Chain((f"ratio of {word}",), lines, follows),
        )
        return Derivation("", chains, own_places(self.numerator.terms, self.denominator.terms))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, MeasureRatio) and (self.problem or other.problem):
            return self.problem == other.problem
        return self.problem is None and super().__eq__(other)

    def __hash__(self) -> int:
        return hash(self.problem) if self.problem else super().__hash__()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps from the quotient of both costs to the readable form, each proven."""
        return self.derivation.steps

    @cached_property
    def _tree(self) -> Tree:
        """The ratio in readable form.

        Raises:
            UndefinedValue: there is no ratio.
        """
        if self.problem is not None:
            raise UndefinedValue(self.problem, "compare another measure, or another layer")
        lines = quotient_lines(self._cost(self.numerator), self._cost(self.denominator))
        return lines[-1].tree

    @property
    def _about(self) -> Prose:
        """What a fraction is about that nobody sees through: 528997/3194629 is about 0.1656."""
        number = None if self.problem else known_value(self._tree)
        if number is None or number.denominator < UNREADABLE:
            return ()
        decimals = number_text(number, ABOUT)
        return (Sign(f" ≈ {decimals}", rf"\approx {decimals}"),)

    @property
    def expr(self) -> Expression:
        """The ratio as a SymPy expression."""
        return cast("Expression", to_sympy(self._tree))

    def to_text(self, notation: Notation = SOURCE) -> str:
        """The ratio as a line of text, or why there is none."""
        return self.problem or self._ratio(notation) + in_text(self._about)

    def to_latex(self, notation: Notation = SOURCE) -> str:
        """The ratio in LaTeX."""
        return in_math((self.problem or self._tree, *self._about), self._placed(notation))

    def to_markdown(self, notation: Notation = SOURCE) -> str:
        """The ratio as a formula in Markdown."""
        return f"${self.to_latex(notation)}$"

    _repr_latex_ = to_markdown

    def _cost(self, layers: LayerSum) -> Tree:
        return plainest(layers._tree(self.measure, self.convention))

    def _ratio(self, notation: Notation) -> str:
        return in_text((self._tree,), self._placed(notation))

    def _placed(self, notation: Notation) -> Notation:
        return placing(notation, self.numerator.terms, self.denominator.terms)


@record
class Ratio(Displayed):
    """Params, MACs and FLOPs of one design over another.

    >>> from closedform.catalogue import lookup
    >>> print(ratio(lookup("depthwise_separable")(), lookup("conv")()))
    params         1/N + 1/k²
    MACs           1/N + 1/k²
    FLOPs (exact)  ((2k² − 1)·M + (2M − 1)·N)/((2k²M − 1)·N)
    """

    numerator: LayerSum
    denominator: LayerSum
    convention: str = "exact"

    @cached_property
    def params(self) -> MeasureRatio:
        """Parameters over parameters."""
        return self.of("params")

    @cached_property
    def macs(self) -> MeasureRatio:
        """MACs over MACs."""
        return self.of("macs")

    @cached_property
    def flops(self) -> MeasureRatio:
        """FLOPs over FLOPs, by the convention."""
        return self.of("flops")

    def of(self, measure: str) -> MeasureRatio:
        """The ratio of one measure.

        Raises:
            UnknownName: no measure of that name.
        """
        if measure not in MEASURES:
            raise UnknownName("measure", measure, MEASURES)
        return MeasureRatio(measure, self.convention, self.numerator, self.denominator)

    def derivation(self, measures: tuple[str, ...] = COMPARED) -> Derivation:
        """The steps of the ratios of these measures."""
        title = f"{label(self.numerator)} over {label(self.denominator)}"
        chains = (self.of(measure).derivation._chains for measure in measures)
        places = own_places(self.numerator.terms, self.denominator.terms)
        return Derivation(title, tuple(chain.from_iterable(chains)), places)

    def rows(self) -> dict[str, MeasureRatio]:
        """The ratios by heading; FLOPs with the name of the convention."""
        return {heading(m, self.convention): self.of(m) for m in COMPARED}

    def to_text(self, notation: Notation = SOURCE) -> str:
        """A line a measure."""
        rows = self.rows()
        column = max(map(len, rows))
        return "\n".join(f"{word:<{column}}  {row.to_text(notation)}" for word, row in rows.items())

    def to_latex(self, notation: Notation = SOURCE) -> str:
        """An align* with a row a measure (amsmath); words stand above what is too long for them."""
        rows = {rf"\text{{{word}:}}": row.to_latex(notation) for word, row in self.rows().items()}
        room = notation.line - GAP - max(map(width, rows)) - SET_IN
        if max(map(width, rows.values())) <= room:
            lines = [rf"{word}\quad & {shown}" for word, shown in rows.items()]
        else:
            room = notation.line - SET_IN
            shown = (rf"&\quad {displayed(long, room)}" for long in rows.values())
            lines = [*chain.from_iterable(zip(map("& {}".format, rows), shown, strict=True))]
        return display(" \\\\\n".join(lines))

    def to_table(self, notation: Notation = SOURCE) -> Table:
        """A row a measure."""
        rows = tuple((word, row.problem or row._tree) for word, row in self.rows().items())
        columns = (Column("", "measure"), Column("ratio", "ratio"))
        both = self.numerator.terms, self.denominator.terms
        return Table(columns, rows, notation=placing(notation, *both))

    def to_markdown(self, notation: Notation = SOURCE) -> str:
        """A table with a row a measure."""
        return self.to_table(notation).to_markdown()

    def to_json(self, notation: Notation = SOURCE) -> dict[str, object]:
        """The ratios as plain data, ``null`` where there is none."""
        values = {m: self.of(m) for m in COMPARED}
        return {
            "convention": self.convention,
            **{m: None if row.problem else row._ratio(notation) for m, row in values.items()},
            "problems": {m: row.problem for m, row in values.items() if row.problem},
        }

    _repr_latex_ = to_latex

    def _repr_html_(self) -> str:
        return self.to_table().to_html()


def ratio(
    numerator: Layers, denominator: Layers | None = None, *, convention: str = "exact"
) -> Ratio:
    """``numerator`` over ``denominator``, simplified, in parameters, MACs and FLOPs.

    Args:
        numerator: a layer or a sum of layers, such as ``"depthwise_separable"`` or
            ``depthwise_separable_conv(k=3)``; as text one over another too, ``"A / B"``.
        denominator: what it is compared with, such as ``"conv"``.
        convention: how FLOPs are counted.

    >>> print(ratio("depthwise_separable", "conv").macs)
    1/N + 1/k²

    Raises:
        UnknownName: no layer or convention of that name.
        ParseError: a text that is no sum of layers.
        ClosedformError: one layer alone.
    """
    above, below = both_sides(numerator, denominator)
    return Ratio(layers_of(above), layers_of(below), convention_called(convention).name)


def both_sides(above: Layers, below: Layers | None) -> tuple[Layers, Layers]:
    """What is compared and with what, of which a text may hold both."""
    if below is None and isinstance(above, str):
        above, below = split_quotient(above)
    if below is None:
        problem = f"{above} is compared with nothing"
        raise ClosedformError(problem, 'name the other layer behind it, or write "A / B"')
    return above, below
