"""What a document holds: claims, and problems where a claim should have been.

Many of them wait in parts: packed, in little room, for any process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from closedform.later import Later
from closedform.records import NamedTuple, field, record, slotted

if TYPE_CHECKING:
    import pickle
else:
    pickle = Later("pickle")

#: What a verdict can be, and so what a claim can expect.
VERDICTS = ("proven", "refuted", "undecided")
#: So many claims make a part: to send one to a process costs as much as to check a claim.
TOGETHER = 64

#: How work is done on each of several things, which are given up: by this process, or by several.
Each: TypeAlias = "Callable[[Callable[[Any], Any], list[Any]], Iterable[Any]]"
_Item = TypeVar("_Item")


class Said(NamedTuple):
    r"""What stands beside a formula, \0 in its place: as what it does, and its words.

    A ``span`` or a ``display`` stands in its sentence, one of ``several`` in a display that has
    more; ``head`` is over its column, ``row`` before its row, ``cell`` one of that, under its head,
    which a tab parts; and ``code`` are remarks and names there.
    """

    kind: str
    words: str


@slotted
class QuotedClaim:
    r"""One claim, as it stands in a file.

    ``text`` is held against ``target``; without a target it is a whole claim (``a = b``).
    With ``tex`` it stood between the delimiters of TeX, whose rules hold without a backslash.
    One that is not ``directed`` is a formula that nothing is said of.
    ``said``: what stands beside it and over it. ``told``: what is left out.
    ``line`` is the line of the formula's opening delimiter, ``end`` its last line, from 1;
    ``cell``: the number of a notebook's cell, and the line in that.
    """

    text: str
    line: int
    end: int
    target: str | None = None
    where: str | None = None
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    expect: str = "proven"
    tex: bool = False
    directed: bool = True
    note: str | None = None
    id: str | None = None
    source: str | None = None
    said: tuple[Said, ...] = ()
    told: str = ""
    cell: tuple[int, int] | None = None


@slotted
class Problem:
    """A claim that cannot be read: the lines it stands on, and what is wrong with it."""

    line: int
    end: int
    message: str
    id: str | None = None
    cell: tuple[int, int] | None = None


def place_of(claim: Any) -> str:
    """``line 3``; ``cell 2, line 3`` of a notebook."""
    return "cell {}, line {}".format(*claim.cell) if claim.cell else f"line {claim.line}"


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
