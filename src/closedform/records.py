"""Records: classes of named values.

``dataclasses`` loads ``inspect`` for every process, and compiles six functions for a class, which
takes four times as long as all that is done for a class here: together a sixth of the time of a
command. Of a record one function is compiled, which sets its values; it is compared, hashed and
printed by functions that all records share. That nothing is set after it was made, a type checker
sees.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, cast

T = TypeVar("T")


class _Field(dict[str, Any]):
    """What is said of a named value: its ``default`` or factory, and who looks at it."""


if TYPE_CHECKING:
    from dataclasses import field, replace
    from typing import NamedTuple

    from typing_extensions import dataclass_transform
else:
    field = _Field

    def replace(known: T, /, **changes: Any) -> T:
        """The same with other values."""
        kept = [name for name in type(known).__fields__ if name not in changes]
        return type(known)(**changes, **{name: getattr(known, name) for name in kept})

    def dataclass_transform(**_: Any) -> Any:
        """What a type checker knows of a decorator."""
        return lambda decorator: decorator

    class _Tuples(type):
        """Makes a class of named tuples; that of ``typing`` compiles what is said of the types."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            names = body.get("__annotations__", {})
            if not bases:
                return super().__new__(cls, name, bases, body)
            defaults = [body[field] for field in names if field in body]
            made = namedtuple(name, names, defaults=defaults, module=body["__module__"])
            for key in body.keys() - names.keys() - {"__module__", "__qualname__"}:
                setattr(made, key, body[key])
            return made

    class NamedTuple(metaclass=_Tuples):
        """A record that is a tuple, too."""


__all__ = ["NamedTuple", "entity", "field", "record", "replace", "slotted", "slotted_entity"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """A class of named values, as ``dataclass(frozen=True)`` makes it.

    >>> @record
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(x=1, y=0), len({Point(1), Point(1)})
    (Point(x=1, y=0), True, 1)
    """
    return cast("type[T]", _compared(_named(kind)))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def slotted(kind: type[T]) -> type[T]:
    """A record of which there are many: its values in slots."""
    return cast("type[T]", _compared(_in_slots(_named(kind))))


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def entity(kind: type[T]) -> type[T]:
    """A class of named values that may change: each is itself alone, whatever its values."""
    return cast("type[T]", _named(kind))


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def slotted_entity(kind: type[T]) -> type[T]:
    """The same, of which there are many."""
    return cast("type[T]", _in_slots(_named(kind)))


def _named(kind: Any) -> Any:
    """The class with the function that sets its values, those of its bases first."""
    fields: dict[str, _Field] = dict(getattr(kind, "__fields__", {}))
    for name in kind.__annotations__:
        value = vars(kind).get(name, _Field())
        fields[name] = said = value if isinstance(value, _Field) else _Field(default=value)
        if "default" in said:
            setattr(kind, name, said["default"])
        elif name in vars(kind):
            delattr(kind, name)
    kind.__fields__ = fields
    kind.__init__ = _initializer(fields, looks_again=hasattr(kind, "__post_init__"))
    setattr(kind, "__match_args__", tuple(fields))  # noqa: B010  (a type checker knows its own)
    return kind


def _initializer(fields: dict[str, _Field], *, looks_again: bool) -> Any:
    """Compiled: a loop over the fields would take several times as long for each record."""
    scope: dict[str, Any] = {"_unsaid": object()}
    parameters, lines = ["self"], ["pass"]
    for name, said in fields.items():
        scope[f"_{name}"] = said.get("default_factory", said.get("default"))
        parameter, value = f"{name}=_{name}" if "default" in said else name, name
        if "default_factory" in said:
            parameter, value = f"{name}=_unsaid", f"_{name}() if {name} is _unsaid else {name}"
        parameters.append(parameter)
        lines.append(f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if looks_again else []
    # The names are those of the program's own classes, as in ``dataclasses``: nothing that a user
    # typed comes here. ``compile`` would make all classes of syntax trees first, which take longer.
    exec(f"def __init__({', '.join(parameters)}): {'; '.join(lines)}", scope)  # noqa: S102
    return scope["__init__"]


def _in_slots(kind: Any) -> Any:
    """The class made anew: a class gets its slots when it is made."""
    own = kind.__annotations__
    left_out = {*own, "__dict__", "__weakref__"}
    kept = {name: value for name, value in vars(kind).items() if name not in left_out}
    said = {"__slots__": tuple(own), "__qualname__": kind.__qualname__}
    return type(kind)(kind.__name__, kind.__bases__, {**kept, **said})


def _compared(kind: Any) -> Any:
    """The class with what all records have, where no class of its own says it."""
    fields = kind.__fields__.items()
    public = (_public(kind, name) for name, said in fields if said.get("repr", True))
    names = [name for name in public if name]
    compared = [name for name, said in fields if said.get("compare", True)]
    get = _getter(compared)
    hashable = _getter([n for n in compared if kind.__fields__[n].get("hash") is not False])

    def same(self: Any, other: object) -> bool:
        return other.__class__ is self.__class__ and get(self) == get(other)

    def hashed(self: Any) -> int:
        return hash(hashable(self))

    def shown(self: Any) -> str:
        said = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{kind.__qualname__}({', '.join(said)})"

    own = [base for base in kind.__mro__[:-1] if base is kind or not hasattr(base, "__fields__")]
    for name, method in (("__eq__", same), ("__hash__", hashed), ("__repr__", shown)):
        if not any(vars(base).get(name) for base in own):
            setattr(kind, name, method)
    return kind


def _public(kind: Any, name: str) -> str:
    """The name that a field is shown by: what is private by that of its public form, if any."""
    public = name.removeprefix("_")
    return public if public == name or hasattr(kind, public) else ""


def _getter(names: list[str]) -> Callable[[Any], Any]:
    """The values of these names, one after the other."""
    return attrgetter(*names) if names else lambda _: ()
