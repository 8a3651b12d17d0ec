"""A layer type, called with sizes: the sum of one layer at them, and what it executes there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, SupportsFloat, TypeAlias

from closedform.algebra.tree import ONE, Number, Symbol, Tree
from closedform.cost.call import LayerCall, Made, Term
from closedform.cost.common_sizes import without_common_sizes
from closedform.cost.declaration import Declaration
from closedform.cost.formula import evaluated, put, read_size, size, space, worked_out
from closedform.cost.operations import Operation
from closedform.cost.size_checks import (
    check_asked,
    check_size,
    is_on,
    unknown_size,
)
from closedform.cost.sums import LayerSum
from closedform.errors import ClosedformError, NotDivisible
from closedform.records import entity
from closedform.symbols import role
from closedform.synonyms import in_own_words, own_flag

if TYPE_CHECKING:
    from closedform.later import Symbolic

#: A size as a caller gives it: a number, an expression, a text, or both sides of a kernel.
Size: TypeAlias = "SupportsFloat | Symbolic | str | Sequence[SupportsFloat] | Tree"

#: Every layer type by its name, in the order of registration; the registry fills it.
LAYERS: dict[str, LayerType] = {}
#: Flags of a layer call and the layer each one appends: ``bias`` and ``bn``.
FLAGS: dict[str, LayerType] = {}


@entity
class LayerType(Declaration):
    """A layer type; calling it with sizes gives a :class:`~closedform.cost.sums.LayerSum`.

    A size that is not given is its default, else the symbol of its name.
    """

    @property
    def is_plain(self) -> bool:
        """Whether formulas of people are likely to be of it: of one step, or of kernels alone."""
        if self.family == "own":
            return True
        roles = {role(name) for name in self.free}
        one_step = self.contents is None or "kernel" in roles
        return one_step and {*FLAGS} <= {*self.flags} and not roles & {"count", "input position"}

    def __repr__(self) -> str:
        given = self.written_defaults
        sizes = [f"{name}={given[name]}" if name in given else name for name in self.dims]
        return f"<{self.name}({', '.join((*sizes, *self.flags))}): {self.summary.splitlines()[0]}>"

    def __call__(self, *unnamed: NoReturn, **sizes: Size) -> LayerSum:
        """The layer at the given sizes; a flag is given as ``bias=True``, the batch as ``B=8``.

        Raises:
            UnknownName: a size that this layer does not have.
            ClosedformError: a flag that makes no sense here, or a size without its name.
            NotPositiveInteger, NotDivisible: a size that no layer can have.
        """
        if unnamed:
            hint = f"its sizes: {', '.join(self.dims)}" if self.dims else "it has none"
            raise ClosedformError(f"sizes of {self.name} are given by name, as in k=3", hint)
        given = {own_flag(self.name, name): value for name, value in sizes.items()}
        on = tuple(name for name in self.words if is_on(name, given.pop(name, False)))
        for name in [name for name in FLAGS if name in given]:
            if is_on(name, given.pop(name)):
                self._check_flag(name)
        return self.at(given, on)

    # In a sum, as everywhere, the type itself is its layer with open sizes.
    def __add__(self, other: LayerSum | LayerType) -> LayerSum:
        return self() + (other() if isinstance(other, LayerType) else other)

    def __radd__(self, other: LayerSum | int) -> LayerSum:
        return other + self()

    def __mul__(self, copies: SupportsFloat | Symbolic | Tree) -> LayerSum:
        return self() * copies

    __rmul__ = __mul__

    def at(
        self,
        sizes: Mapping[str, Any],
        flags: Iterable[str] = (),
        *,
        named: Mapping[str, Tree] | None = None,
        owner: Declaration | None = None,
    ) -> LayerSum:
        """The same, with the sizes and flags as data."""
        given = dict(sizes)
        batch = read_size(given.pop("B", ONE)) if "B" not in self.dims else ONE
        for flag in flags:
            self._check_flag(flag)
        values = self._sizes(given, named or {})
        check_size("B", batch, named or {}, 1)
        chosen = tuple(word for word in self.words if word in tuple(flags))
        return _built(self, tuple(values.items()), chosen, batch, owner)

    def made(self, call: LayerCall) -> Made:
        """The operations and the layers of a call."""
        appended = tuple(flag for flag in call.flags if flag not in self._own_flags)
        if appended:
            return (), self._with_flags(call, appended)
        if self.contents is None:
            return self._declared(call.sizes), None
        flags = {word: word in call.flags for word in self._told}
        parts = self.contents(**call.sizes, **flags)
        several = isinstance(parts, (list, tuple)) and not isinstance(parts, Operation)
        listed = parts if several else [parts]
        operations = tuple(part for part in listed if isinstance(part, Operation))
        if operations:
            if len(operations) < len(listed):
                problem = f"{self.name} is made of operations or of layers, not of both"
                raise ValueError(f"{problem}: step(...) makes a layer of operations")
            return operations, None
        terms = (term for part in listed for term in part.terms)
        return (), tuple(t._replace(call=t.call.with_batch(call.batch)) for t in terms)

    @cached_property
    def _own_flags(self) -> frozenset[str]:
        """The flags and ways of the layer's own; the others append a layer.

        Raises:
            ValueError: a flag that neither entry takes, which would change nothing.
        """
        appends = FLAGS.keys() if self.contents is None else ()
        for flag in self.flags:
            if flag not in {*self.spoken_flags, *self._told, *appends}:
                raise ValueError(f"{self.name} has a flag {flag} that no function of it takes")
        return self.spoken_flags | {word for word in self.words if word not in appends}

    @cached_property
    def _told(self) -> tuple[str, ...]:
        """The flags and ways of calling that the contents ask for."""
        asked: Any = self.contents
        if asked is None:
            return ()
        while within := getattr(asked, "func", None) or getattr(asked, "__wrapped__", None):
            asked = within  # of a preset, or of a layer that yields its two entries
        code = asked.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        return tuple(word for word in self.words if word in names)

    def _declared(self, sizes: Mapping[str, Tree]) -> tuple[Operation, ...]:
        values = dict(sizes)
        if not self.declared:
            raise ValueError(f"{self.name} does not say what it executes: operations, or layers")
        first, *others = (operation.put(values) for operation in self.declared)
        weights = tuple(put(space(part), values) for part in self.weights.split(";") if part)
        buffers = tuple(put(space(part), values) for part in self.buffers.split(";") if part)
        sums = None if self.summed is None else read_size(self.summed(sizes))
        return (first._replace(weights=weights, buffers=buffers, sums=sums), *others)

    def _with_flags(self, call: LayerCall, appended: tuple[str, ...]) -> tuple[Term, ...]:
        kept = tuple(flag for flag in call.flags if flag not in appended)
        plain = LayerCall(self, call.arguments, kept, call.batch, call.owner)
        N, *places = plain.operations[0].outputs
        H, W = places if len(places) == 2 else (size(tuple(places)), ONE)
        terms = [Term.of(plain)]
        for flag in appended:
            sizes = {"N": N, "H": H, "W": W, "B": call.batch}
            terms += FLAGS[flag].at(sizes, owner=self).terms
        return tuple(terms)

    def _check_flag(self, flag: str) -> None:
        if flag not in self.words:
            allowed = ", ".join(self.flags) or "none"
            raise ClosedformError(f"{self.name} takes no flag {flag}", f"its flags: {allowed}")

    def _sizes(self, called: Mapping[str, Any], named: Mapping[str, Tree]) -> dict[str, Tree]:
        pairs = in_own_words(called, self.dims, self.module or self.name)
        given = dict(pairs)
        if len(given) < len(pairs):
            twice = next(name for name in given if sum(name == own for own, _ in pairs) > 1)
            raise ClosedformError(
                f"{twice} is given twice, by {', '.join(called)}", "give each size once"
            )
        for name in [name for name in given if name not in self.dims]:
            raise unknown_size(self, name)
        values: dict[str, Tree] = {}
        for name in self.dims:
            tree = without_common_sizes(read_size(given[name], name)) if name in given else None
            values[name] = worked_out(tree) if tree is not None else Symbol(name)
            check_size(name, values[name], named, self.least.get(name, 1))
        # A default may be a formula of sizes that come before it or after it.
        for name in self.dims:
            if name not in given and name in self._defaults:
                values[name] = self._default(name, given, values)
                check_size(name, values[name], self._defaults, self.least.get(name, 1))
        for divisor, name in self.divides:
            by, whole = values.get(divisor) or Number(int(divisor)), values[name]
            if isinstance(by, Number) and isinstance(whole, Number) and whole.value % by.value:
                raise NotDivisible(divisor, by.value, name, whole.value)
        check_asked(self.asks, values)
        for held in self.holds:
            held.check(values)
        return values

    def _default(self, name: str, given: Mapping[str, Any], values: Mapping[str, Tree]) -> Tree:
        def value_of(other: str) -> Tree:
            unsaid = other in self._defaults and other not in given
            return self._default(other, given, values) if unsaid else values[other]

        return evaluated(self.written_defaults[name], value_of)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Say where it is, if the layer with open sizes has it."""
            there = f"; write {self.name}().{name}" if hasattr(LayerSum, name) else ""
            raise AttributeError(f"a type of layer has no {name!r}{there}", name=name, obj=self)

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy, in this process or another one, is the registered layer itself: an attribute of
        # the package, which loads the catalogue for it.
        return sys.modules["closedform"].__getattr__, (self.name,)


@lru_cache(maxsize=16_384)
def _built(
    kind: LayerType,
    values: tuple[tuple[str, Tree], ...],
    flags: tuple[str, ...],
    batch: Tree,
    owner: Declaration | None,
) -> LayerSum:
    """A layer at its sizes, once: a file of claims and a diagnosis ask for the same ones often."""
    return LayerSum((Term.of(LayerCall(kind, values, flags, batch, owner)),))
