"""What is declared of a layer type: one plain function of sizes, and what is known besides.

The function's body is the closed form of the paper; called with SymPy symbols it gives SymPy
expressions. The second entry is what the layer executes: operations, and other layers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from closedform.algebra.bridge import to_python
from closedform.algebra.tree import Symbol, Tree
from closedform.cost.formula import evaluated, read, read_size
from closedform.cost.held import Held
from closedform.cost.measures import Cost
from closedform.cost.operations import Operation, read_operations
from closedform.records import NamedTuple, entity, field
from closedform.symbols import meaning, role

if TYPE_CHECKING:
    from closedform.later import Expression


class Asked(NamedTuple):
    """Two sizes, of which one is ``<=`` the other or ``=`` to it, where a size is a number.

    Of no size, that is asked for always.
    """

    left: str
    sign: str
    right: str
    at: str = ""
    number: int = 0


@entity
class Declaration(ABC):
    """A layer type as it is declared.

    ``weights``, ``operations``, ``inputs``, ``buffers`` and ``kv_cache`` are as they were written;
    ``kv_cache`` may be a function of the sizes.
    ``cases`` are the sizes of which a number may choose another form: t = 1 drops an expansion.
    ``asks`` is what is asked of sizes besides.
    ``summed`` says how many outputs have a product at all, where some have none.
    ``pads`` are pairs such as those of ``divides``, of a multiple that is padded where it is none.
    ``ways`` are how it may be called besides as a module: no cost depends on it, what a tool sees
    may. ``no_module`` are sizes and flags with which no framework has it as one module. ``holds``
    are the conditions under which it is as it is stated.
    """

    name: str
    summary: str
    source: str
    formula: Callable[..., Cost | None]
    dims: tuple[str, ...]
    written_defaults: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    no_module: tuple[str, ...] = ()
    weights: str = ""
    written_operations: str = ""
    inputs: str = ""
    buffers: str = ""
    kv_cache: str | Callable[[Mapping[str, Any]], Any] = ""
    module: str = ""
    family: str = ""
    preset_of: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    divides: tuple[tuple[str, str], ...] = ()
    spoken_flags: frozenset[str] = frozenset()
    cases: tuple[str, ...] = ()
    pads: tuple[tuple[str, str], ...] = ()
    least: Mapping[str, int] = field(default_factory=dict)
    asks: tuple[Asked, ...] = ()
    holds: tuple[Held, ...] = ()
    contents: Callable[..., Any] | None = None
    summed: Callable[[Mapping[str, Any]], Any] | None = None

    @abstractmethod
    def at(
        self,
        sizes: Mapping[str, Any],
        flags: Iterable[str] = (),
        *,
        named: Mapping[str, Tree] | None = None,
        owner: Declaration | None = None,
    ) -> Any:
        """The layer at sizes, with flags: a :class:`~closedform.cost.sums.LayerSum`.

        ``named`` is what each size stood for.
        """

    @abstractmethod
    def made(self, call: Any) -> Any:
        """The operations and the layers of a call."""

    @property
    def is_network(self) -> bool:
        """Whether it is a whole network of the catalogue."""
        return self.family == "networks"

    @property
    def is_unknown(self) -> bool:
        """Whether it stands for an operator of which only the output is known."""
        return self.family == "unknown"

    @property
    def words(self) -> tuple[str, ...]:
        """What may be switched on: flags, and the ways in which it is called."""
        return (*self.flags, *self.ways)

    @cached_property
    def free(self) -> tuple[str, ...]:
        """The sizes that have no default."""
        return tuple(name for name in self.dims if name not in self.written_defaults)

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The sizes that tell layers apart: those without a default, and the groups."""
        groups = (name for name in self.dims if role(name) == "groups")
        chosen = {*self.free, *groups}
        return tuple(name for name in self.dims if name in chosen)

    @property
    def defaults(self) -> dict[str, Expression]:
        """The default of each size that has one: a number, or an expression of other sizes."""
        return {name: to_python(tree) for name, tree in self._defaults.items()}

    @cached_property
    def _defaults(self) -> dict[str, Tree]:
        """The same as trees."""
        return {name: read(written) for name, written in self.written_defaults.items()}

    @cached_property
    def declared(self) -> tuple[Operation, ...]:
        """The operations as they were declared, in the names of the sizes."""
        return read_operations(self.written_operations)

    def unsaid(self, name: str, sizes: Mapping[str, Tree]) -> Tree:
        """What a size is when nothing is said of it, beside the others."""
        written = self.written_defaults.get(name)
        return Symbol(name) if written is None else evaluated(written, sizes.__getitem__)

    def meaning(self, name: str) -> str:
        """What a size of this layer is, in words."""
        return self.meanings.get(name) or meaning(name)

    def closed_form(self, sizes: Mapping[str, Tree], flags: tuple[str, ...]) -> Cost | None:
        """The closed form for one sample; ``None`` where it does not speak of a flag that is on."""
        if not set(flags) - set(self.ways) <= self.spoken_flags:
            return None
        cost = self.formula(**sizes, **{flag: flag in flags for flag in self.spoken_flags})
        return None if cost is None else Cost(*(None if x is None else read_size(x) for x in cost))
