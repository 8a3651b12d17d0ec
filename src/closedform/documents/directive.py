"""The comment beside a formula that says what the formula is: ``TARGET [where …] [; OPTION]``.

An option is ``expect VERDICT``, ``names WORD = SYMBOL, …`` or ``in code``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from closedform.documents.claim import VERDICTS, Problem, QuotedClaim
from closedform.documents.plain.lines import Lines
from closedform.documents.plain.rows import Equation
from closedform.errors import ClosedformError, suggestion
from closedform.language.vocabulary import QUANTITIES
from closedform.records import NamedTuple, field, record, replace

KEYWORD = "closedform"
FORM = "TARGET [where CONDITIONS] [; expect VERDICT] [; names WORD = SYMBOL, …] [; in code]"

# A target whose sizes have numbers.
_NUMBERS = re.compile(r"(?:\A|=)\s*\d")
_HEAD = re.compile(
    r"[\s@!#*-]*(?P<word>[A-Za-z]+(?:[-_ ][A-Za-z]+)?)\s*(?P<mark>[:：]|(?=[;；]))", re.ASCII
)
_BARE = re.compile(rf"[\s@!#*-]*{KEYWORD}[\s-]*", re.IGNORECASE)
# Several in a line of TeX, or a line each.
_SEVERAL = re.compile(
    rf"(?<!%)%+[ \t]*(?={KEYWORD}\b)|\n[ \t]*(?={KEYWORD}[ \t]*(?:[:：;；]|\n))", re.IGNORECASE
)
_QUANTITY = rf"(?:{'|'.join(QUANTITIES)})\s*\("
# A comment that forgot the colon. Any other comment that starts with the word is prose.
_NO_COLON = re.compile(
    rf"[\s@!#*-]*{KEYWORD}(?:\s+(?:is\s+)?|\s*[=.,|>-]+[:：]?\s*)"
    rf"(?:{_QUANTITY}|expect\b|where\b[^<>=|]*[<>=|])",
    re.IGNORECASE,
)
_STOP, _WORDS = re.compile("[;；]"), re.compile(r"\b(?:where|expect)\b")
_OPTION = re.compile(
    r"expect\s*[:=]?\s*(?P<expect>\S*)|names\s*[:=]?(?:\s+|(?=\{))\{?(?P<names>.+?)\}?"
    r"|(?P<code>in\s+code)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*(?P<word>[^=]*[^=\s])\s*=\s*(?P<symbol>[^=\s]+)\s*")


@record
class Directive:
    """What a comment says of the formula after it; no target: that formula is a whole claim."""

    target: str | None = None
    where: str | None = None
    expect: str = VERDICTS[0]
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    in_code: bool = False
    line: int = 1
    end: int = 1

    def over(
        self, part: Equation, line: int, end: int, *, tex: bool, directed: bool
    ) -> QuotedClaim:
        """What it says of an equation, whose sizes hold where those of its target are numbers."""
        sized = _NUMBERS.search(self.target or "") is not None
        return QuotedClaim(
            text=part.text + part.gives * (sized or not part.sizes),
            line=line,
            end=end,
            target=self.target,
            where=", ".join(filter(None, (self.where, part.sizes if sized else ""))) or None,
            names=self.names,
            expect=self.expect,
            tex=tex,
            directed=directed,
            id=part.label,
            said=part.said,
            told=f"without {part.sizes}" if part.sizes and not sized else "",
        )

    @property
    def empty(self) -> bool:
        """Whether it says no more than that a whole claim follows."""
        return self.target is None and self.where is None and self.expect == VERDICTS[0]


class Inside(NamedTuple):
    """A directive inside a formula, and the line it is on, counted from the formula's first."""

    line: int
    said: Directive | Problem


def taken_out(body: str, comments: re.Pattern[str], line: int) -> tuple[str, list[Inside]]:
    """A formula that begins on a line, without its comments, and the directives in them."""
    inside: list[Inside] = []
    lines = Lines(body)

    def drop(remark: re.Match[str]) -> str:
        content = remark["comment"]
        if content is None:
            return remark[0]
        below = lines.at(remark.start()) - 1
        said = read(content.strip().lstrip("%"), line=line + below, end=line + below)
        inside.extend(Inside(below, given) for given in said)
        return ""

    return comments.sub(drop, body), inside


def read(comment: str, *, line: int, end: int) -> list[Directive | Problem]:
    """The directives that a comment holds, a problem for a misspelt one; a remark holds none.

    A TeX comment goes on to the end of its line, so several share one: ``% closedform: … %
    closedform: …``.

    >>> [said] = read(" closedform: macs(conv) where k = 3; expect refuted ", line=1, end=1)
    >>> said.target, said.where, said.expect
    ('macs(conv)', 'k = 3', 'refuted')
    >>> read(" a remark ", line=1, end=1)
    []
    """
    parts = (_one(part, line, end) for part in _SEVERAL.split(comment))
    return [part for part in parts if part is not None]


def parse(body: str) -> Directive:
    """What stands behind the colon.

    Raises :class:`ClosedformError` when a part behind ``;`` is no option.

    >>> said = parse("params(conv(bias)) where N = M; names Cin = M; in code")
    >>> said.target, said.where, said.expect, dict(said.names), said.in_code
    ('params(conv(bias))', 'N = M', 'proven', {'Cin': 'M'}, True)
    >>> parse("").target
    """
    outside = _outside(body)
    stop = _STOP.search(outside)
    end = stop.start() if stop else len(body)
    words = {word[0]: word.start() for word in reversed([*_WORDS.finditer(outside, 0, end)])}
    after = body[words.get("expect", end) : end].split()
    if len(after) == 2:
        hint = f"write {body[: words['expect']].strip(' ,')}; {' '.join(after)}"
        raise ClosedformError("no `;` before `expect`", hint)
    at = words.get("where", end)
    where = _squeeze(body[at + len("where") : end])
    if where is None and "where" in words:
        raise ClosedformError("no condition after `where`", f"a directive is {FORM}")
    said = Directive(target=_squeeze(body[:at]), where=where)
    for option in re.split("[;；]", body[end + 1 :]):
        said = _with_option(said, option.strip()) if option.strip() else said
    return said


def expectation(value: str) -> str:
    """``value`` as a verdict's name; raises :class:`ClosedformError` with the nearest one.

    >>> expectation("refuted")
    'refuted'
    """
    if value not in VERDICTS:
        value = value[:40]
        hint = suggestion(value.lower(), VERDICTS)
        raise ClosedformError(f"no verdict is called {value!r}", hint)
    return value


def _one(comment: str, line: int, end: int) -> Directive | Problem | None:
    try:
        body = _body(comment)
        return None if body is None else replace(parse(body), line=line, end=end)
    except ClosedformError as error:
        return Problem(line, end, str(error))


def _body(comment: str) -> str | None:
    if _BARE.fullmatch(comment):
        return ""
    head = _HEAD.match(comment)
    if head is None:
        if _NO_COLON.match(comment):
            problem = "no colon after `closedform`, so this comment would check nothing"
            raise ClosedformError(problem, f"write closedform: {FORM}")
        return None
    word = head["word"].lower()
    if word == KEYWORD and comment[head.end() : head.end() + 1] in (":", "："):
        raise ClosedformError("a directive has one colon", f"write {KEYWORD}: {FORM}")
    if word == KEYWORD:
        return comment[head.end() :]
    asked = " " not in word or re.match(rf"\s*{_QUANTITY}", comment[head.end() :])
    if head["mark"] and asked and difflib.get_close_matches(word[:20], [KEYWORD], 1, 0.86):
        raise ClosedformError(f"no directive is called {head['word']!r}", f"write {KEYWORD}:")
    return None


def _outside(body: str) -> str:
    """What stands outside of brackets, with spaces for what is inside."""
    kept, depth = "", 0
    for sign in body:
        depth += sign in "([{（［｛⌊⌈"
        kept += " " if depth else sign
        depth -= depth > 0 and sign in ")]}）］｝⌋⌉"
    return kept


def _with_option(said: Directive, written: str) -> Directive:
    option = _OPTION.fullmatch(written)
    if option is None:
        shown = " ".join(written.split())[:40]
        problem = f"behind `;` stands `expect VERDICT`, `names …` or `in code`, not {shown!r}"
        raise ClosedformError(problem, f"a directive is {FORM}")
    if option["code"]:
        return replace(said, in_code=True)
    if option["names"] is None:
        return replace(said, expect=expectation(option["expect"]))
    names = dict(said.names)
    for pair in option["names"].split(","):
        named = _NAMED.fullmatch(pair)
        if named is None:
            raise ClosedformError(f"{pair.strip()[:40]!r} names nothing", "write Cin = M, Cout = N")
        if names.setdefault(named["word"], named["symbol"]) != named["symbol"]:
            raise ClosedformError(f"{named['word'][:40]!r} stands for two symbols", "give it one")
    return replace(said, names=names)


def _squeeze(text: str) -> str | None:
    return " ".join(text.split()) or None
