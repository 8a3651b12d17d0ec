"""What a document holds: claims, and problems where a claim should have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from closedform.records import slotted

#: What a verdict can be, and so what a claim can expect.
VERDICTS = ("proven", "refuted", "undecided")


#: What most claims say of words: nothing.
NO_NAMES: Mapping[str, str] = {}


@slotted
class QuotedClaim:
    """One claim, as it stands in a file.

    ``text`` is held against ``target``; without a target it is a whole claim (``a = b``).
    With ``tex`` it stood between the delimiters of TeX, whose rules hold without a backslash.
    One that is not ``directed`` is a formula that nothing is said of.
    ``line`` is the line of the formula's opening delimiter, ``end`` its last line, from 1.
    """

    text: str
    line: int
    end: int
    target: str | None = None
    where: str | None = None
    names: Mapping[str, str] = field(default_factory=lambda: NO_NAMES, hash=False)
    expect: str = "proven"
    tex: bool = False
    directed: bool = True
    note: str | None = None
    id: str | None = None
    source: str | None = None


@slotted
class Problem:
    """A claim that cannot be read: the lines it stands on, and what is wrong with it."""

    line: int
    end: int
    message: str
    id: str | None = None
