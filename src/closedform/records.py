"""Records: classes of named values that compare by value and never change.

``dataclass(frozen=True)`` makes six functions for a class, each by a compilation of its own: with
fifty classes that was a quarter of the time of a command. A record lets ``dataclass`` make the
first of them, and compares, hashes and prints by functions that all records share. That nothing is
set after it was made, a type checker sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Any:
        """What a type checker knows of a decorator."""
        return lambda decorator: decorator


T = TypeVar("T")


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
    return _shared(dataclass(eq=False, repr=False)(kind))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def slotted(kind: type[T]) -> type[T]:
    """A record of which there are many: its values in slots."""
    return _shared(dataclass(eq=False, repr=False, slots=True)(kind))


def _shared(kind: type[T]) -> type[T]:
    """The class with what all records have, where no class of its own says it."""
    values = fields(kind)  # type: ignore[arg-type]
    names = [value.name for value in values if value.repr]
    compared = [value for value in values if value.compare]
    get = _getter([value.name for value in compared])
    hashable = _getter([value.name for value in compared if value.hash is not False])

    def same(self: Any, other: object) -> bool:
        return other.__class__ is self.__class__ and get(self) == get(other)

    def hashed(self: Any) -> int:
        return hash(hashable(self))

    def shown(self: Any) -> str:
        said = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{kind.__qualname__}({', '.join(said)})"

    own = [base for base in kind.__mro__[:-1] if base is kind or not is_dataclass(base)]
    for name, method in (("__eq__", same), ("__hash__", hashed), ("__repr__", shown)):
        if not any(vars(base).get(name) for base in own):
            setattr(kind, name, method)
    return kind


def _getter(names: list[str]) -> Callable[[Any], Any]:
    """The values of these names, one after the other."""
    return attrgetter(*names) if names else lambda _: ()
