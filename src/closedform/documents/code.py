"""The statements of code that stands in a document: one formula each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from keyword import kwlist
from typing import NamedTuple

from closedform.documents.languages import DECLARES, NARROW, Language, without_casts
from closedform.documents.lines import blank_lines
from closedform.documents.rows import Equation
from closedform.records import record, replace

#: So many statements on one line are told apart.
_ON_A_LINE = 20
_LEAD = re.compile(
    r"\s*(?P<prompt>(?:>>>|\.\.\.)\s)?\s*(?:(?P<said>return|yield|assert)\s+"
    rf"|\w+\s*=\s*lambda\b[^:\n]*:\s*|(?:(?:{DECLARES})\s+)+)?"
)
#: The type of a name: n: int = 3.
_TYPED = re.compile(rf"\A(\w+)\s*:\s*(?!{NARROW}\b)\w[\w.\[\], |]*(?==[^=])")
_PRINTED = re.compile(r"\Aprint\(([^()]*(?:\([^()]*\)[^()]*)*)\)\Z")
#: An object of a program: conv = nn.Conv2d(64, 128, 3).
_OBJECT = re.compile(
    r"\A(?:[\w.]+\s*=\s*)?(?!Math)(?:\w+\.)*[A-Z](?=\w*[a-z])\w*\(.*\)\Z", re.DOTALL
)
_PROMPT = re.compile(r"^[ \t]*>>> ", re.MULTILINE)
#: Where statements that stand on one line part.
_CUT = re.compile(rf";\s*(?=(?:return\b|(?:(?:{DECLARES})\s+)*[A-Za-z_][\w.]*\s*=(?!=)))")
_TEXTS = re.compile(r"\"\"\"|\'\'\'")
# What stands around a computation: definitions, imports, blocks, text.
_FRAME = re.compile(
    rf"(?:{'|'.join(sorted({*kwlist} - {'lambda', 'not', 'None', 'True', 'False'}))})\b"
    r"|[@{}]|[A-Za-z]?[\"']|.*[:{]\Z"
)
_OPERATORS = tuple("-+*/=<>,([\\×·÷−^")
_CONTINUES = re.compile(r"[-+*/=<>)\]×·÷−^≤≥≈≠]")
_OPENS = re.compile(r"[ \t]*(?:async[ \t]+)?(?:(?P<loop>for|while)|def|class|function|fn|func)\b")


class Place(NamedTuple):
    """Where a line stands: in which function, by its line, and in which loop; -1 is in none."""

    function: int = -1
    loop: int = -1


@record
class Statement(Equation):
    """One statement of code; ``indent``: how far it is set in, ``word``: return, or another one."""

    indent: int = 0
    word: str = ""


def statements(body: str, language: Language = Language()) -> list[Statement]:  # noqa: B008
    r"""The statements of ``body``: a line each, and lines that brackets or operators join.

    Remarks (``# …``), prompts with what they print and ``return`` are left out, and lines that
    compute nothing. Where a line ends a statement, ``+ N`` below one is a statement of its own,
    unless it is indented.

    >>> [one.text for one in statements("p = (k * k  # area\n     * M)\nreturn p")]
    ['p = (k * k * M)', 'p']
    """
    parts: list[Statement] = []
    depth = margin = 0
    quoted = False
    body = re.sub(language.comment, blank_lines, body)
    prompts = _PROMPT.search(body) is not None
    for number, indent, line in _pieces(body):
        inside, quoted = quoted, quoted ^ (len(_TEXTS.findall(line)) % 2 == 1)
        lead: re.Match[str] = _LEAD.match(line)  # type: ignore[assignment]
        text = line[lead.end() :].strip().removesuffix(";")
        text = without_casts(_PRINTED.sub(r"\1", _TYPED.sub(r"\1 ", text)))
        pointer = text.startswith("*") and not line.lstrip().startswith("*")  # int *p = q
        printed = prompts and not lead["prompt"]
        if not text or inside or pointer or printed or _FRAME.match(text):
            continue
        above = parts[-1] if parts else None
        goes_on = _CONTINUES.match(text) and not (
            language.lines and text[0] in "+-" and indent <= margin
        )
        if above and (depth > 0 or above.text.endswith(_OPERATORS) or goes_on):
            joined = f"{above.text.removesuffix(chr(92)).rstrip()} {text}"
            parts[-1] = replace(above, text=joined, last=number)
        else:
            depth, margin = 0, indent
            parts.append(Statement(text, number, number, indent=indent, word=lead["said"] or ""))
        depth += sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")
    return [part for part in parts if not _OBJECT.match(part.text)]


def _pieces(body: str) -> Iterator[tuple[int, int, str]]:
    """The statements that stand on one line apart, with the number of the line and its indent."""
    for number, line in enumerate(body.split("\n")):
        begin = at = depth = 0
        indent = len(line) - len(line.lstrip())
        for cut in islice(_CUT.finditer(line), _ON_A_LINE):
            depth += line.count("(", at, cut.start()) - line.count(")", at, cut.start())
            at = cut.start()
            if depth == 0:
                yield number, indent, line[begin : cut.start()]
                begin = cut.end()
        yield number, indent, line[begin:]


def places_of(body: str) -> list[Place]:
    """The place of each line, by how far the lines are set in."""
    places: list[Place] = []
    opened: list[tuple[int, Place]] = [(-1, Place())]
    for number, line in enumerate(body.split("\n")):
        indent = len(line) - len(line.lstrip()) if line.strip() else opened[-1][0] + 1
        while indent <= opened[-1][0]:
            opened.pop()
        places.append(place := opened[-1][1])
        if opens := _OPENS.match(line):
            inner = place._replace(loop=number) if opens["loop"] else Place(number)
            opened.append((indent, inner))
    return places
