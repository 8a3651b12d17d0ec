"""The statements of code that stands in a document: one formula each."""

from __future__ import annotations

import re
from bisect import bisect_right
from keyword import kwlist

from closedform.documents.languages import DECLARES, Language, check_signs, language_of
from closedform.documents.lines import Lines, blank_lines
from closedform.documents.rows import Equation
from closedform.errors import ClosedformError

_LEAD = re.compile(
    r"\s*(?:(?:>>>|\.\.\.)\s)?\s*(?:return\s+|assert\s+|\w+\s*=\s*lambda\b[^:\n]*:\s*"
    rf"|(?:(?:{DECLARES})\s+)+)?"
)
#: The type of a name: n: int = 3.
_TYPED = re.compile(r"\A(\w+)\s*:\s*\w[\w.\[\], |]*(?==[^=])")
_PRINTED = re.compile(r"\Aprint\(([^()]*(?:\([^()]*\)[^()]*)*)\)\Z")
#: A name gets a value, by itself or one of several, or is changed in place.
_NAME = re.compile(r"\A([A-Za-z_][\w.]*)\s*(?:[-+*/]|:)?=(?!=)")
_GIVEN = re.compile(
    rf"(?:^|[;:{{}})])[ \t]*(?:(?:{DECLARES})[ \t]+)*"
    r"(?=(?P<all>(?:\+\+|--)?(?P<name>[A-Za-z_][\w.]*)(?:\s*:\s*[\w.\[\]]+)?[ \t]*"
    r"(?:\+\+|--|(?:[-+*/%&|^@]|//|\*\*|<<|>>)?:?=(?!=)|,[^=()\n]{0,80}=(?!=))[^\n]{0,80}))",
    re.MULTILINE,
)
#: Where the names of another function begin.
_FUNCTION = re.compile(
    r"^(?:[ \t]*(?:async[ \t]+)?(?:def|class|function|fn|func)\b|\})", re.MULTILINE
)
_TEXTS = re.compile(r"\"\"\"|\'\'\'")
# What stands around a computation: definitions, imports, blocks, text.
_FRAME = re.compile(
    rf"(?:{'|'.join(sorted({*kwlist} - {'lambda', 'not', 'None', 'True', 'False'}))})\b"
    r"|[@{}]|[\"']|.*[:{]\Z"
)
_OPERATORS = tuple("-+*/=<>,([\\×·÷−^")
_CONTINUES = re.compile(r"[-+*/=<>)\]×·÷−^≤≥≈≠]")


def statements(body: str, language: Language = Language()) -> list[Equation]:  # noqa: B008
    r"""The statements of ``body``: a line each, and lines that brackets or operators join.

    Remarks (``# …``), prompts and ``return`` are left out, and lines that compute nothing. Where
    a line ends a statement, ``+ N`` below one is a statement of its own, unless it is indented.

    >>> [one.text for one in statements("p = (k * k  # area\n     * M)\nreturn p")]
    ['p = (k * k * M)', 'p']
    """
    equations: list[Equation] = []
    depth = margin = 0
    quoted = False
    body = re.sub(language.comment, blank_lines, body)
    for number, line in enumerate(body.split("\n")):
        inside, quoted = quoted, quoted ^ (len(_TEXTS.findall(line)) % 2 == 1)
        text = line[_LEAD.match(line).end() :].strip().removesuffix(";")  # type: ignore[union-attr]
        text = _PRINTED.sub(r"\1", _TYPED.sub(r"\1 ", text))
        pointer = text.startswith("*") and not line.lstrip().startswith("*")  # int *p = q
        if not text or inside or pointer or _FRAME.match(text):
            continue
        above = equations[-1] if equations else None
        indent = len(line) - len(line.lstrip())
        goes_on = _CONTINUES.match(text) and not (
            language.lines and text[0] in "+-" and indent <= margin
        )
        if above and (depth > 0 or above.text.endswith(_OPERATORS) or goes_on):
            joined = f"{above.text.removesuffix(chr(92)).rstrip()} {text}"
            equations[-1] = Equation(joined, above.first, number)
        else:
            depth, margin = 0, indent
            equations.append(Equation(text, number, number))
        depth += sum(text.count(sign) for sign in "([{") - sum(text.count(sign) for sign in ")]}")
    return equations


class Block:
    """A block of code, or a span of it: its statements, and whether each is what it says.

    ``info``: what is said of the block, with the name of its language.
    """

    def __init__(self, body: str, info: str) -> None:
        self._language = language_of(info)
        self.parts = statements(body, self._language)
        # Two stars are Python's, where no language is said: there a line may end a statement.
        twofold = not self._language.name and "**" in body
        parts = statements(body, language_of("python")) if twofold else self.parts
        self._lines = {(part.first, part.last) for part in parts}
        lines = Lines(body)
        self._functions = [lines.at(start.start()) - 1 for start in _FUNCTION.finditer(body)]
        self._given: dict[str, list[tuple[int, str]]] = {}
        for given in _GIVEN.finditer(re.sub(self._language.comment, blank_lines, body)):
            number = lines.at(given.start("name")) - 1
            self._given.setdefault(given["name"], []).append((number, given["all"].strip()))

    def check(self, part: Equation, held: int) -> None:
        """Refuse a statement that is no formula; the next ones that are ``held`` are their own.

        Raises:
            ClosedformError: a sign of its language computes something else, or a line below gives
                its name another value: ``p *= 2``.
        """
        check_signs(part.text, self._language)
        if (part.first, part.last) not in self._lines:
            problem = "a line that begins with a sign is a statement of its own in Python"
            raise ClosedformError(problem, "say the language behind the fence, or set brackets")
        name = (_NAME.match(part.text) or ["", ""])[1]
        given = [] if self._language.data else self._given.get(name, [])
        place = self.parts.index(part) + 1 if held and given else 0
        theirs = self.parts[place : place + held]
        ends = self._functions[bisect_right(self._functions, part.last) :][:1]
        for number, written in given[bisect_right(given, (part.last, "\U0010ffff")) :]:
            if number >= min(ends, default=number + 1):
                break
            if not any(below.first <= number <= below.last for below in theirs):
                problem = f"a line below gives {name} another value: {written}"
                raise ClosedformError(problem, "end the block above it, or hold that line too")
