"""A counting convention: a table from the kind of an operation to what one call of it counts.

The keys of a table, looked up in this order: the name of a layer (``lstm``), the module that
frameworks call it by (``conv``, ``linear``), the kind of one of its operations (``softmax``), which
may say whose it is (``conv bias``). A layer without an entry is taken apart. What is in no table is
*uncounted*, which is something else than zero; ``None`` says so of a layer that would be taken
apart. How a layer is called stands before its name (``functional relu``), or alone where it is the
same for all (``functional``). A :class:`Kernel` counts what it takes, and leaves the rest to the
next key that fits.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from closedform.algebra.forms.collect import collect
from closedform.algebra.tree import ONE, ZERO, Number, Tree
from closedform.cost.call import LayerCall
from closedform.cost.conventions.kernels import Entry, Rule, shares
from closedform.cost.formula import evaluated, size
from closedform.cost.measures import QUANTITIES
from closedform.cost.measuring import KEPT, measured
from closedform.cost.operations import Operation
from closedform.errors import ClosedformError, UnknownName
from closedform.later import Later
from closedform.records import field, record, replace

if TYPE_CHECKING:
    from closedform.algebra.forms import readable
else:  # what papers count needs no arithmetic
    readable = Later("closedform.algebra.forms.readable")

#: What a call counts: of which layer or operation, and how much, if that is known.
Pieces: TypeAlias = "tuple[tuple[str, Tree | None], ...]"


@record
class Convention:
    """A named way to count FLOPs.

    ``rules`` maps a layer, a module or a kind of operation to a formula over what one call has:
    ``macs outputs inputs params rows flops B samples bias`` and the sizes of the layer; ``rest`` is
    the rule of every other kind. ``params`` are rules for parameters, of layers whose parameters
    are counted in another way than they are. ``version`` and ``source`` say whose rules these are;
    ``defects`` what the tool gets wrong besides its rules, by kind.
    """

    name: str
    description: str
    source: str
    rules: Mapping[str, Entry] = field(repr=False)
    rest: Rule = None
    version: str = ""
    defects: Mapping[str, str] = field(default_factory=dict, repr=False)
    params: Mapping[str, Rule] = field(default_factory=dict, repr=False)
    _kept: dict[LayerCall, Pieces] = field(default_factory=dict, repr=False, compare=False)

    def counts_own(self, measure: str) -> bool:
        """Whether a measure is counted in a way of its own: FLOPs always are."""
        return measure == "flops" or (measure == "params" and bool(self.params))

    def has_rule_for(self, call: LayerCall, measure: str = "flops") -> bool:
        """Whether this convention counts a layer as a whole, whatever it is made of."""
        return bool(_keys(call, self.params if measure == "params" else self.rules))

    def counts(self, call: LayerCall) -> Pieces:
        """What a call counts, piece by piece; ``None`` for a piece this convention does not know.

        Each piece is named by its layer. A network asks for the same calls many times.
        """
        pieces = self._kept.get(call)
        if pieces is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            pieces = self._kept[call] = tuple(self._pieces(call))
        return pieces

    def _pieces(self, call: LayerCall) -> Iterator[tuple[str, Tree | None]]:
        if call.type.is_unknown:
            yield call.layer, None
            return
        whole = _keys(call, self.rules)
        if whole:
            only = call.operations[0] if len(call.operations) == 1 else None
            for share, rule in shares(call, whole, self.rules):
                yield call.layer, None if rule is None else share * _by(rule, _Values(call, only))
            return
        for operation in call.operations:
            rule = self._of_operation(call, operation)
            name = call.layer if len(call.operations) == 1 else operation.kind
            yield name, None if rule is None else _by(rule, _Values(call, operation))
        for term in call.parts or ():
            for name, tree in self.counts(term.call):
                yield name, None if tree is None else term.executed * tree

    def flops(self, call: LayerCall) -> Tree | None:
        """FLOPs of what this convention knows of a call, or ``None`` where it knows nothing."""
        known = [tree for _, tree in self.counts(call) if tree is not None]
        return collect(known) if known else None

    def counted(self, call: LayerCall, measure: str) -> Tree | None:
        """A measure of a call, in this convention's way where it has one."""
        if measure == "flops":
            return self.flops(call)
        return self.parameters(call) if self.counts_own(measure) else measured(call, measure)

    def parameters(self, call: LayerCall) -> Tree:
        """Parameters of a call, as this convention counts them."""
        # What is learned in a flag is learned all the same: a batch norm behind a convolution.
        whole = _keys(replace(call, owner=None), self.params)
        rule = self.params[whole[0]] if whole else None
        if rule is not None:
            return evaluated(rule, _Values(call))
        if call.parts is None:
            return measured(call, "params")
        return collect(term.owned * self.parameters(term.call) for term in call.parts)

    def _of_operation(self, call: LayerCall, operation: Operation) -> Rule:
        owner = call.type if call.owner is None else call.owner
        for key in (
            f"{owner.name} {operation.kind}",
            f"{owner.module} {operation.kind}",
            operation.kind,
        ):
            rule = self.rules.get(key, ())
            if not isinstance(rule, tuple):
                return rule
        return self.rest


def _keys(call: LayerCall, rules: Container[str]) -> list[str]:
    """Keys of rules for a layer as a whole, in order; none for what no program has as a module."""
    own = {*call.given, *call.flags}
    if call.owner is not None or not own.isdisjoint(call.type.no_module):
        return []
    names = (call.layer, call.type.module)
    called = [key for way in call.ways for key in (*(f"{way} {name}" for name in names), way)]
    return [key for key in (*called, *names) if key in rules]


def _by(rule: str, values: _Values) -> Tree:
    """What a rule counts; one that computes something, in the form of a person."""
    cost = evaluated(rule, values)
    return cost if rule.isidentifier() or isinstance(cost, Number) else readable.shortest(cost)


class _Values:
    """What one call, or one operation of it, has, for the formula of a rule."""

    def __init__(self, call: LayerCall, operation: Operation | None = None) -> None:
        self.call = call
        self.operation = operation

    def __call__(self, name: str) -> Tree:
        if name in ("B", "samples"):
            return self.call.batch if name == "B" else self.call.first
        if name in self.call.type.words:
            return ONE if name in self.call.flags else ZERO
        value = (
            self._of_call(name) if self.operation is None else self._of_one(name, self.operation)
        )
        if value is None:
            value = self.call.sizes.get(name)
        if value is None:
            known = "macs outputs inputs params rows over flops B samples bias"
            problem = f"a rule for {self.call.layer} asks for {name}"
            raise ClosedformError(problem, f"known: {known}, and the layer's sizes")
        return value

    def _of_call(self, name: str) -> Tree | None:
        call = self.call
        if name == "outputs":
            return measured(call, "activations")
        if name == "inputs":
            inputs = call.inputs
            return measured(call, "activations") if inputs is None else call.batch * inputs
        return measured(call, name) if name in ("macs", "params", "buffers", "flops") else None

    def _of_one(self, name: str, operation: Operation) -> Tree | None:
        batch = self.call.batch
        match name:
            case "outputs":
                return batch * operation.output
            case "inputs":
                inputs = self.call.inputs
                return batch * (operation.reads if inputs is None else inputs)
            case "macs" | "flops" if len(self.call.operations) == 1:
                return measured(self.call, name)  # in the form of the layer's paper
            case "macs":
                return batch * operation.macs
            case "flops":
                return batch * operation.flops
            case "rows":
                return batch * operation.rows
            case "over":
                return size(operation.over)
            case "params":
                return sum((size(shape) for shape in operation.weights), Number(0))
        return None


def said(measure: str, by: str, form: str = " ({})") -> str:
    """The name of the convention as it stands beside a measure; nothing where none matters.

    >>> said("flops", "exact"), said("macs", "exact")
    (' (exact)', '')
    """
    return form.format(by) if registered(by).counts_own(measure) else ""


def heading(measure: str, by: str) -> str:
    """A measure in words, with the name of the convention where it is counted by one.

    >>> heading("flops", "exact"), heading("macs", "exact")
    ('FLOPs (exact)', 'MACs')
    """
    return QUANTITIES[measure] + said(measure, by)


#: Every convention by its name, in the order in which they are listed.
CONVENTIONS: dict[str, Convention] = {}


def register(*conventions: Convention) -> None:
    """Add conventions to the table.

    Raises:
        ValueError: a name is taken already.
    """
    for new in conventions:
        if new.name in CONVENTIONS:
            raise ValueError(f"a convention called {new.name} is registered already")
        CONVENTIONS[new.name] = new


def registered(name: str) -> Convention:
    """The convention called ``name``, whose file has been read where it is one's own.

    Raises:
        UnknownName: with the nearest known name.
    """
    known = CONVENTIONS.get(str(name).strip().lower().replace("-", "_"))
    if known is None:
        raise UnknownName("convention", name, CONVENTIONS)
    return known
