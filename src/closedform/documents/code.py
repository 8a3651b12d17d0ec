"""The statements of code that stands in a document: one formula each."""

from __future__ import annotations

import re
from keyword import kwlist

from closedform.documents.rows import Equation

_REMARK = re.compile(r"(?:^|(?<=\s))#.*")
_LEAD = re.compile(
    r"\s*(?:(?:>>>|\.\.\.)\s)?\s*(?:return\s+|assert\s+|\w+\s*=\s*lambda\b[^:\n]*:\s*"
    r"|(?:(?:const|let|var|auto|static|unsigned|int|long|float|double|size_t|int64_t)\s+)+)?"
)
#: The type of a name: n: int = 3.
_TYPED = re.compile(r"\A(\w+)\s*:\s*\w[\w.\[\], |]*(?==[^=])")
_PRINTED = re.compile(r"\Aprint\(([^()]*(?:\([^()]*\)[^()]*)*)\)\Z")
_TEXTS = re.compile(r"\"\"\"|\'\'\'")
# What stands around a computation: definitions, imports, blocks, text.
_FRAME = re.compile(
    rf"(?:{'|'.join(sorted({*kwlist} - {'lambda', 'not', 'None', 'True', 'False'}))})\b"
    r"|[@{}]|[\"']|.*[:{]\Z"
)
_OPERATORS = tuple("-+*/=<>,([\\")
_CONTINUES = re.compile(r"[-+*/=<>)\]]")


def statements(body: str) -> list[Equation]:
    r"""The statements of ``body``: a line each, and lines that brackets or operators join.

    Remarks (``# …``), prompts and ``return`` are left out, and lines that compute nothing.

    >>> [one.text for one in statements("p = (k * k  # area\n     * M)\nreturn p")]
    ['p = (k * k * M)', 'p']
    """
    equations: list[Equation] = []
    depth = 0
    quoted = False
    for number, line in enumerate(body.split("\n")):
        inside, quoted = quoted, quoted ^ (len(_TEXTS.findall(line)) % 2 == 1)
        text = _REMARK.sub("", line[_LEAD.match(line).end() :]).strip().removesuffix(";")  # type: ignore[union-attr]
        text = _PRINTED.sub(r"\1", _TYPED.sub(r"\1 ", text))
        if not text or inside or _FRAME.match(text):
            continue
        above = equations[-1] if equations else None
        if above and (depth > 0 or above.text.endswith(_OPERATORS) or _CONTINUES.match(text)):
            joined = f"{above.text.removesuffix(chr(92)).rstrip()} {text}"
            equations[-1] = Equation(joined, above.first, number)
        else:
            depth = 0
            equations.append(Equation(text, number, number))
        depth += sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")
    return equations
