"""The statements of code that stands in a document: one formula each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from keyword import kwlist

from closedform.documents.languages import (
    DECLARES,
    NARROW,
    Language,
    check_signs,
    language_of,
    without_casts,
)
from closedform.documents.lines import Lines, blank_lines
from closedform.documents.rows import Equation
from closedform.errors import ClosedformError, TooLarge
from closedform.records import record

#: So many statements on one line are told apart.
_ON_A_LINE = 20
#: A formula that code returns is no longer than this.
_MAX_TEXT = 20_000
_LEAD = re.compile(
    r"\s*(?:(?:>>>|\.\.\.)\s)?\s*(?:return\s+|assert\s+|\w+\s*=\s*lambda\b[^:\n]*:\s*"
    rf"|(?:(?:{DECLARES})\s+)+)?"
)
#: The type of a name: n: int = 3.
_TYPED = re.compile(rf"\A(\w+)\s*:\s*(?!{NARROW}\b)\w[\w.\[\], |]*(?==[^=])")
_PRINTED = re.compile(r"\Aprint\(([^()]*(?:\([^()]*\)[^()]*)*)\)\Z")
_NAME = r"(?<![\w.])[A-Za-z_][\w.]*"
_PLACES = r"(?:\[[^\[\]\n]{0,80}\])?"
#: Names get a value: by an equals sign, several at once, by another sign, or bound by a word.
_GIVEN = re.compile(
    rf"(?:^|[;:{{}})]|\bfor\s*\()[ \t]*(?:(?:{DECLARES}|{NARROW})[ \t]+)*[(\[]?"
    rf"(?P<set>{_NAME}{_PLACES}(?:\s*,\s*\*?{_NAME}{_PLACES}){{0,20}})[)\]]?"
    r"(?:\s*:\s*[\w.\[\]]+)?(?=[ \t]*:?=(?!=))"
    rf"|(?P<changed>{_NAME}){_PLACES}\s*(?:\+\+|--|(?:[-+*/%&|^@:]|//|\*\*|<<|>>)=(?!=))"
    rf"|(?:\+\+|--)(?P<stepped>[A-Za-z_][\w.]*)|=\s*(?P<chained>{_NAME})(?=\s*=(?!=))"
    rf"|\b(?:for|as|import|del|def|class)[ \t]+(?P<bound>\(?{_NAME}(?:\s*,\s*{_NAME}){{0,20}})",
    re.MULTILINE,
)
_WORD = re.compile(_NAME)
#: Names that get numbers: k = 3, or k, M = 3, 64.
_SIZES = re.compile(r"\A\w+(?:\s*,\s*\w+)*\s*=\s*\d[\d_.]*(?:\s*,\s*\d[\d_.]*)*\Z")
#: An object of a program: conv = nn.Conv2d(64, 128, 3).
_OBJECT = re.compile(
    r"\A(?:[\w.]+\s*=\s*)?(?!Math)(?:\w+\.)*[A-Z](?=\w*[a-z])\w*\(.*\)\Z", re.DOTALL
)
_ASSIGNED = re.compile(r"\A([A-Za-z_]\w*)\s*=(?!=)\s*(.+)\Z", re.DOTALL)
_RETURNS = re.compile(r"\s*return\b")
#: Where statements that stand on one line part.
_CUT = re.compile(rf";\s*(?=(?:return\b|(?:(?:{DECLARES})\s+)*[A-Za-z_][\w.]*\s*=(?!=)))")
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


@record
class Statement(Equation):
    """One statement of code; ``indent``: how far it is set in, ``returned``: what it ends with."""

    indent: int = 0
    returned: bool = False


def statements(body: str, language: Language = Language()) -> list[Statement]:  # noqa: B008
    r"""The statements of ``body``: a line each, and lines that brackets or operators join.

    Remarks (``# …``), prompts and ``return`` are left out, and lines that compute nothing. Where
    a line ends a statement, ``+ N`` below one is a statement of its own, unless it is indented.

    >>> [one.text for one in statements("p = (k * k  # area\n     * M)\nreturn p")]
    ['p = (k * k * M)', 'p']
    """
    parts: list[Statement] = []
    depth = margin = 0
    quoted = False
    body = re.sub(language.comment, blank_lines, body)
    for number, indent, line in _pieces(body):
        inside, quoted = quoted, quoted ^ (len(_TEXTS.findall(line)) % 2 == 1)
        text = line[_LEAD.match(line).end() :].strip().removesuffix(";")  # type: ignore[union-attr]
        text = without_casts(_PRINTED.sub(r"\1", _TYPED.sub(r"\1 ", text)))
        pointer = text.startswith("*") and not line.lstrip().startswith("*")  # int *p = q
        if not text or inside or pointer or _FRAME.match(text):
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
            returned = _RETURNS.match(line) is not None
            parts.append(Statement(text, number, number, indent=indent, returned=returned))
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


class Block:
    """A block of code, or a span of it: its statements, and whether each is what it says.

    ``info``: what is said of the block, with the name of its language. ``held``: how many formulas
    are held; where that is one, a block that returns is what it returns.
    """

    def __init__(self, body: str, info: str, held: int) -> None:
        self._language = language_of(info)
        self._body, self._held = body, held
        self._statements = statements(body, self._language)
        # Two stars are Python's, where no language is said: there a line may end a statement.
        twofold = not self._language.name and "**" in body
        python = statements(body, language_of("python")) if twofold else self._statements
        self._ends = {(part.first, part.last) for part in python}
        lines = Lines(body)
        self._functions = [lines.at(start.start()) - 1 for start in _FUNCTION.finditer(body)]
        #: The lines that give each name a value; the names and the statements of each line.
        self._given: dict[str, list[int]] = defaultdict(list)
        self._names: dict[int, list[str]] = defaultdict(list)
        self._at: dict[int, list[Statement]] = defaultdict(list)
        for statement in self._statements:
            self._at[statement.first].append(statement)
        code = "" if self._language.data else re.sub(self._language.comment, blank_lines, body)
        for given in _GIVEN.finditer(code):
            kind = str(given.lastgroup)
            number = lines.at(given.start(kind)) - 1
            names = re.sub(r"\[[^\]]*\]", "", given[kind])
            for name in _WORD.findall(names):
                self._given[name].append(number)
                self._names[number].append(name)
        self.parts = self._formulas()
        self._places = {id(part): place for place, part in enumerate(self.parts, start=1)}

    def _formulas(self) -> list[Statement]:
        """The statements that may be held: without those that only set sizes, where others are."""
        parts = self._statements
        sizes = {} if self._held >= len(parts) else dict(_sizes(parts, self._given))
        parts = [part for part in parts if not (sizes and _SIZES.match(part.text))] or parts
        ends = [part for part in parts if part.returned]
        alone = len(ends) == 1 and ends[0] is parts[-1] and "," not in ends[0].text
        if self._held == 1 and alone and len(parts) > 1:
            parts = [_returned(parts)]
        used = [dict.fromkeys(_WORD.findall(part.text)) for part in parts]
        said = (", ".join(f"{n} = {sizes[n]}" for n in names if n in sizes) for names in used)
        return [replace(part, sizes=sizes) for part, sizes in zip(parts, said, strict=True)]

    def check(self, part: Equation, held: int) -> None:
        """Refuse a statement that is no formula; the next ones that are ``held`` are their own.

        Raises:
            ClosedformError: a sign of its language computes something else, or a line below gives
                its name another value: ``p *= 2``.
        """
        check_signs(part.text, self._language)
        inside = [s for number in _lines([part]) for s in self._at.get(number, ())]
        if any((s.first, s.last) not in self._ends for s in inside):
            problem = "a line that begins with a sign is a statement of its own in Python"
            raise ClosedformError(problem, "say the language behind the fence, or set brackets")
        place = self._places[id(part)]
        returned = _WORD.findall(part.text) if self.parts[place - 1].returned else []
        theirs = {*_lines([*inside, *self.parts[place : place + held]])}
        ends = self._functions[bisect_right(self._functions, part.last) :][:1]
        plain = Counter(m[1] for s in inside if (m := _ASSIGNED.match(s.text)))
        changed = (name for number in _lines([part]) for name in self._names.get(number, ()))
        for name in dict.fromkeys([*changed, *returned]):
            given = self._given.get(name, [])
            here = [number for number in given if part.first <= number <= part.last]
            again = here[-1:] if len(here) > (plain[name] if returned else 1) else []
            below = (
                number for number in given[bisect_right(given, part.last) :] if number not in theirs
            )
            again += [number for number in below if number < min(ends, default=number + 1)][:1]
            if again:
                written = self._body.split("\n")[again[0]].strip()[:80]
                problem = f"a line below gives {name} another value: {written}"
                raise ClosedformError(problem, "end the block above it, or hold that line too")
        if returned and len({s.indent for s in inside}) > 1:
            problem = "what the code returns is computed in branches"
            raise ClosedformError(problem, "hold each of its lines, in a block of its own")


def _lines(parts: Iterable[Equation]) -> Iterator[int]:
    return (number for part in parts for number in range(part.first, part.last + 1))


def _sizes(
    parts: Iterable[Statement], given: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str, str]]:
    """The names that are set to a number once, each with it."""
    for part in parts:
        if _SIZES.match(part.text):
            names, _, numbers = part.text.partition("=")
            pairs = [*zip(names.split(","), numbers.split(","), strict=False)]
            if len(pairs) == names.count(",") + 1 == numbers.count(",") + 1:
                yield from ((n.strip(), v.strip()) for n, v in pairs if len(given[n.strip()]) == 1)


def _returned(parts: Sequence[Statement]) -> Statement:
    """What the last statement returns, with what the others give to names put in."""
    values: dict[str, str] = {}

    def put(text: str) -> str:
        text = _WORD.sub(lambda name: values.get(name[0], name[0]), text)
        if len(text) > _MAX_TEXT:
            raise TooLarge("the number of characters of what code returns", _MAX_TEXT)
        return text

    for part in parts[:-1]:
        if assigned := _ASSIGNED.match(part.text):
            values[assigned[1]] = f"({put(assigned[2])})"
    return replace(parts[-1], text=put(parts[-1].text), first=parts[0].first)
