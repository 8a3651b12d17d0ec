"""The claims of a file in parts: packed, many of them wait in little room, for any process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from closedform.documents.claim import Problem, QuotedClaim
from closedform.later import Later
from closedform.records import record

if TYPE_CHECKING:
    import pickle
else:
    pickle = Later("pickle")

#: So many claims make a part: to send one to a process costs as much as to check a claim.
TOGETHER = 64

#: How work is done on each of several things, which are given up: by this process, or by several.
Each: TypeAlias = "Callable[[Callable[[Any], Any], list[Any]], Iterable[Any]]"
_Item = TypeVar("_Item")


@record
class Document:
    """The claims and problems of one file, in its order, some of them in each part."""

    parts: list[bytes]
    title: str | None = None
    source: str | None = None

    @property
    def claims(self) -> tuple[QuotedClaim | Problem, ...]:
        """All of them, unpacked."""
        return tuple(chain.from_iterable(map(unpack, self.parts)))


def packed(items: Sequence[Any]) -> list[bytes]:
    """Things in parts."""
    return [pack(items[at : at + TOGETHER]) for at in range(0, len(items), TOGETHER)]


def pack(items: Sequence[Any]) -> bytes:
    """Things that make one part."""
    return pickle.dumps(items, pickle.HIGHEST_PROTOCOL)


def unpack(part: bytes) -> Sequence[Any]:
    """The things of one part."""
    items: Sequence[Any] = pickle.loads(part)
    return items


def unpacked(parts: list[bytes]) -> Iterator[Any]:
    """The things of all parts, which are given up as they are unpacked."""
    return chain.from_iterable(map(unpack, given_up(parts)))


def given_up(parts: list[_Item]) -> Iterator[_Item]:
    """The parts, none of which is kept."""
    parts.reverse()
    while parts:
        yield parts.pop()
