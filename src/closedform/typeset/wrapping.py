"""Lines of text broken where they are too long: at spaces, before a sign, around brackets."""

from __future__ import annotations

from closedform.errors import columns
from closedform.later import regex

#: A word, and the spaces before it.
_WORD = regex(r"( *)([^ ]+)")
#: What stands with what follows it; an equals sign stands with both its sides.
_LEADS = frozenset("+ − - = < > ≤ ≥ ≠ ≈ × / ·".split())
_JOINS = frozenset("=<>≤≥≠≈")
#: What follows in a label, two spaces behind it, is kept below itself.
_LABEL = regex(r" *[^ ]+(?: [^ ]+)*? {2,}(?=[^ ])")


def fitted(text: str, room: int) -> str:
    """``text`` with lines that are too long broken, and what follows set in.

    >>> print(fitted("  FLOPs   64·(a + b) + 128·(c + d)", 24))
      FLOPs   64·(a + b)
              + 128·(c + d)
    """
    return "\n".join(
        part for line in text.split("\n") for part in wrapped(line, room, _hanging(line, room))
    )


def wrapped(line: str, room: int, hanging: int = 0) -> list[str]:
    """The lines of one that is too long for the room; those behind the first are set in.

    >>> wrapped("k = 1, M = 2: left is 2", 12)
    ['k = 1,', 'M = 2: left', 'is 2']
    >>> wrapped("  macs  31,460,635", 12, 8)
    ['  macs', '  31,460,635']
    """
    if columns(line) <= room:
        return [line]
    lines = [""]
    for gap, chunk in _chunks(line, room - hanging, kept=True):
        if not lines[-1].strip() or columns(lines[-1] + gap + chunk) <= room:
            lines[-1] += gap + chunk
        else:
            # Less far in where it would not fit.
            lines.append(" " * max(0, min(hanging, room - columns(chunk))) + chunk)
    return lines


def _hanging(line: str, room: int) -> int:
    """How far what goes on is set in: to where it began behind a label, else a little."""
    label = _LABEL.match(line)
    if label and columns(label[0]) <= room * 0.6:
        return columns(label[0])
    indent = len(line) - len(line.lstrip())
    return indent + 4 if indent else 0


def _chunks(line: str, room: int, *, kept: bool) -> list[tuple[str, str]]:
    """What no line ends in, each with the gap before it; brackets are kept whole while they fit."""
    chunks: list[tuple[str, str]] = []
    depth, before = 0, ""
    for gap, word in _WORD.findall(line):
        joined = f"{chunks[-1][1]}{gap}{word}" if chunks else ""
        stays = before in _LEADS or (word in _JOINS and columns(joined) <= room // 3)
        if chunks and len(gap) == 1 and (depth > 0 or stays):
            chunks[-1] = chunks[-1][0], joined
        else:
            chunks.append((gap, word))
        if kept:
            depth += sum(map(word.count, "([{⌈⌊")) - sum(map(word.count, ")]}⌉⌋"))
        before = word
    return [
        part
        for gap, chunk in chunks
        for part in (
            _chunks(gap + chunk, room, kept=False)
            if kept and columns(chunk) > room
            else [(gap, chunk)]
        )
    ]
