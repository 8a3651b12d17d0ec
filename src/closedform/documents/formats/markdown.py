r"""Claims in Markdown: each formula behind a ``<!-- closedform: … -->`` comment.

Formulas are ``$…$`` by Pandoc's rule (no space inside of the dollars, no digit behind them, so
prices are prices), ``$$…$$``, GitHub's ``$`…`$`` and ```` ```math ````, ``\(…\)``, ``\[…\]``
and TeX environments. Code, raw HTML and front matter hold none.
"""

from __future__ import annotations

import re

from closedform.documents import directive
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.directive import KEYWORD
from closedform.documents.pairing import Pairing
from closedform.documents.plain.formulas import (
    ENVIRONMENTS,
    INNER,
    Barrier,
    delimited,
    dollar,
    environment,
)
from closedform.documents.plain.lines import Indented, blank_lines, unix
from closedform.documents.plain.walk import Walk
from closedform.language.definitions import DEFINITION

_FENCE = (
    r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    r"(?P<bar>`{3,}(?=[^`\n]*$)|~{3,}|:{3,}(?=[ \t]*\{math\}))(?P<info>[^\n]*)"
)
_TOKEN = re.compile(
    rf"(?P<fence>{_FENCE})"
    r"|(?P<line>^[ \t]*%[^\n]*)|(?P<blank>^[ \t]*\n(?= {4}|\t))"
    r"|(?P<note>^[ \t]*\[(?://|comment)\]:[ \t]*(?:#|<>)[ \t]*[(\"'](?P<said>[^\n]*)[)\"'][ \t]*$)"
    r"|(?=[<{`$\\])(?:(?P<comment><!--)"
    r"|(?P<mdx>\{/\*(?P<remark>[^{}]*)\*/\})"
    r"|(?P<element><[A-Za-z][\w-]*(?:\s+[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*')){1,20}\s*/?>)"
    r"|(?P<ensured>\\ensuremath\s*(?=\{))"
    r"|(?P<role>\{math\}`(?P<body>[^`\n]+)`)"
    r"|(?P<raw><(?P<tag>(?i:pre|code|script|style|textarea))\b[^<>\n]{0,500}>)"
    r"|(?P<ticks>`+)"
    r"|(?P<dollars>\$+)"
    rf"|(?P<define>{DEFINITION})"
    r"|(?P<begin>\\begin\s*\{(?P<name>[A-Za-z]+\*?)\})"
    r"|(?P<open>\\\\?[(\[])"
    r"|(?P<escape>\\.))",
    re.MULTILINE | re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\A(?:---[ \t]*\n(?!\s*\n)|\+\+\+[ \t]*\n)")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE)
_CLOSING_FENCE = re.compile(r"^(?P<lead>[ \t>]*)(?P<bar>`{3,}|~{3,}|:{3,})[ \t]*$", re.MULTILINE)
_UNQUOTED = re.compile(r"^(?![ \t]*>)", re.MULTILINE)
_MATH_FENCE = re.compile(r"[ \t]*(?:math|\{math\}(?P<first>.*))[ \t]*", re.IGNORECASE)
_OPTIONS = re.compile(
    r"\A(?:(?:[ \t]*:\w+:[^\n]*\n)+|[ \t]*---[ \t]*\n(?:[^\n]*\n)*?[ \t]*---[ \t]*\n)"
)
# A paragraph ends at a blank line, a fence, a heading. Blank lines in a quotation have a ">".
_PARAGRAPH_END = re.compile(r"\n(?=[ \t>]*\n|[ \t>]*(?:`{3,}|~{3,}|#{1,6}[ \t]))")
_BACKTICKS = re.compile("`+")
_FENCE_LINE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})", re.MULTILINE)
_GITHUB = re.compile(r"`(?P<body>[^`]+)`\$")
# On both sides of what is no formula: a$b$c.
_LETTERS = re.compile("[A-Za-z]{2}")
_MATHS = re.compile(r"[=^_\\*+/×·<>≈≤≥÷]")
# In Markdown a "%" may be a percent sign; only a line of its own, or a directive, is a comment.
_COMMENT = re.compile(
    rf"(?P<comment>^[ \t]*%[^\n]*|(?<!%)%+[ \t]*{KEYWORD}\b[^\n]*)|\\.",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def read(text: str, *, every: bool = False) -> list[QuotedClaim | Problem]:
    r"""The claims of a Markdown text, in order, with a problem for each that cannot be read.

    With ``every``, also the formulas that nothing is said of, as claims not ``directed``.

    >>> [claim] = read("<!-- closedform: params(conv) -->\n$k^2 M N$")
    >>> claim.text, claim.target, claim.line
    ('k^2 M N', 'params(conv)', 2)
    """
    reader = _Reader(unix(text), every=every)
    return reader.read(reader.front_matter())


class _Reader(Walk):
    token = _TOKEN

    def __init__(self, text: str, *, every: bool) -> None:
        super().__init__(text, Pairing(text, _COMMENT, every=every))
        self._paragraph = Barrier(text, _PARAGRAPH_END)
        self._fence_ahead = Barrier(text, _FENCE_LINE)
        self._quotation = Barrier(text, _UNQUOTED)
        self._code_runs: dict[int, int] = {}
        self._code_limit = -1
        self._indented = Indented(text)
        self._never: set[str] = set()

    _element = Walk._escape

    def _note(self, token: re.Match[str]) -> int:
        return self._pairing.comment(token["said"] or token["remark"] or "", *token.span())

    _mdx = _note

    def _role(self, token: re.Match[str]) -> int:
        return self._formula(token["body"], *token.span())

    def front_matter(self) -> int:
        """Where the text begins behind what is said of it."""
        opening = _FRONT_MATTER.match(self._text)
        closing = _FRONT_MATTER_END.search(self._text, opening.end()) if opening else None
        if closing is None:
            return 0
        # Pandoc's header-includes define abbreviations there.
        self._pairing.macros.take(self._text[: closing.start()])
        return closing.end()

    def _fence(self, token: re.Match[str]) -> int:
        start = token.end()
        limit = len(self._text)
        if ">" in token["lead"]:
            limit = self._quotation.after(start + 1)
        bar, indent = token["bar"], len(token["lead"]) + 3
        for closing in _CLOSING_FENCE.finditer(self._text, start, limit):
            same = closing["bar"].startswith(bar) and len(closing["lead"]) <= indent
            if same:
                break
        else:
            closing = None
        math = _MATH_FENCE.fullmatch(token["info"])
        if math:
            if closing is None:
                self._pairing.unclosed(bar + token["info"].strip(), token.start())
            else:
                body = _OPTIONS.sub(blank_lines, self._text[start + 1 : closing.start()])
                first = math["first"] or ""
                self._formula(f"{first}\n{body}", token.start("bar"), closing.end())
        elif closing is not None:
            body = self._unquoted(self._text[start : closing.start()], token.start("bar"))
            if token["info"].strip() in ("{=latex}", "{=tex}"):
                self._pairing.macros.take(body)
            self._pairing.code(body, token.start("bar"), closing.end(), token["info"])
        return closing.end() if closing else limit

    def _comment(self, token: re.Match[str]) -> int:
        start = token.end()
        end = self._find("-->", start)
        if end < 0:
            head = self._text[start : start + 200].lstrip().lower()
            if head.startswith(KEYWORD):
                self._pairing.problem("this directive is never closed: no -->", token.start())
            # An open comment that begins a line hides the rest of the page.
            return len(self._text) if self._begins_line(token.start()) else start
        return self._pairing.comment(self._text[start:end].strip("-"), token.start(), end + 3)

    def _line(self, token: re.Match[str]) -> int:
        """MyST has comments of a line; elsewhere such a line is prose, unless it is a directive."""
        content = token[0].lstrip().lstrip("%")
        if not directive.read(content, line=1, end=1):
            return token.start() + 1
        return self._pairing.comment(content, *token.span())

    def _blank(self, token: re.Match[str]) -> int:
        end = self._indented.code(start := token.end())
        return start if end is None else self._pairing.code(self._text[start:end], start, end)

    def _raw(self, token: re.Match[str]) -> int:
        end = self._find(f"</{token['tag'].lower()}", token.end())
        return token.end() if end < 0 else end

    def _ticks(self, token: re.Match[str]) -> int:
        """Behind the next run of as many backticks in the paragraph, if there is one."""
        length = len(token[0])
        limit = self._paragraph.after(token.end())
        if limit != self._code_limit:
            runs = _BACKTICKS.finditer(self._text, token.start(), limit)
            self._code_runs = {len(run[0]): run.start() for run in runs}
            self._code_limit = limit
        if self._code_runs.get(length, -1) < token.end():
            return token.end()
        for run in _BACKTICKS.finditer(self._text, token.end(), limit):
            if len(run[0]) == length:
                body = self._text[token.end() : run.start()]
                return self._pairing.code(body, token.start(), run.end())
        return token.end()

    def _dollars(self, token: re.Match[str]) -> int:
        start = token.end()
        if len(token[0]) > 1:
            return start if len(token[0]) > 2 else self._display(token)
        limit = self._paragraph.after(start)
        if (github := _GITHUB.match(self._text, start, limit)) is not None:
            return self._formula(github["body"], token.start(), github.end())
        span = dollar(self._text, start, limit)
        if span is None:
            return start
        body = self._text[span.start : span.end]
        tight = not body[0].isspace() and not body[-1].isspace()
        spaced = body[0].isspace() and body[-1].isspace() and _MATHS.search(body) is not None
        digit = "0" <= self._text[span.after : span.after + 1] <= "9"
        before = self._text[max(0, token.start() - 1) : token.start()]
        amid = _LETTERS.fullmatch(before + self._text[span.after : span.after + 1])
        if "`" in body or digit or amid or not (tight or spaced):
            return start
        return self._formula(body, token.start(), span.after)

    def _display(self, token: re.Match[str]) -> int:
        r"""``$$`` or ``\[`` in one paragraph; on lines of their own, past blank lines too."""
        opener, start = token[0], token.end()
        behind, end, _ = self._text[start : start + 80].partition("\n")
        ends = not behind.strip() and (bool(end) or start + 80 >= len(self._text))
        alone = ends and self._begins_line(token.start())
        span = delimited(self._text, start, opener, self._paragraph.after(start))
        if span is None and alone:
            span = delimited(self._text, start, opener, self._fence_ahead.after(start))
            if span is not None and not self._begins_line(span.end):
                span = None
        if span is None:
            if self._begins_line(token.start()):
                self._pairing.unclosed(opener, token.start())
            return start
        return self._formula(self._text[span.start : span.end], token.start(), span.after)

    def _open(self, token: re.Match[str]) -> int:
        r"""``\(`` and ``\[`` are also escaped brackets of prose: only mathematics is a formula."""
        square = token[0].endswith("[")
        if square and self._begins_line(token.start()):
            return self._display(token)
        start = token.end()
        span = delimited(self._text, start, token[0], self._paragraph.after(start))
        if span is None:
            return start
        body = self._text[span.start : span.end]
        if not _MATHS.search(body) and (square or " " in body.strip()):
            return start
        return self._formula(body, token.start(), span.after)

    def _begin(self, token: re.Match[str]) -> int:
        name, start = token["name"], token.end()
        if name not in ENVIRONMENTS | INNER:
            return start
        span = environment(self._text, start, name, self._fence_ahead.after(start))
        return self._spanned(span, token, name)

    def _formula(self, body: str, start: int, end: int, *, environment: str = "") -> int:
        return super()._formula(self._unquoted(body, start), start, end, environment=environment)

    def _unquoted(self, body: str, start: int) -> str:
        """``body`` without the signs of the quotation in which it begins."""
        if "\n" not in body:
            return body
        lead = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        depth = lead.count(">") if not lead.strip(" \t>-*+0123456789.)") else 0
        return re.sub(rf"\n(?:[ \t]*>){{1,{depth}}}", "\n", body) if depth else body

    def _find(self, closing: str, start: int) -> int:
        """Where ``closing`` next stands, -1 if nowhere; a vain search is not repeated."""
        if closing in self._never:
            return -1
        end = self._text.find(closing, start)
        if end < 0:
            self._never.add(closing)
        return end

    def _begins_line(self, offset: int) -> bool:
        before = self._text[max(0, offset - 80) : offset].rpartition("\n")
        return not before[2].strip(" \t>") and (bool(before[1]) or offset <= 80)
