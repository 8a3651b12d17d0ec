"""Directives and formulas in the order of the document, and the claims that they make together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from closedform.documents import directive
from closedform.documents.behind import check_apart, with_scale
from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.code import statements
from closedform.documents.directive import KEYWORD, Directive
from closedform.documents.lines import Lines
from closedform.documents.rows import Equation, equations
from closedform.errors import ClosedformError, TooLarge
from closedform.language.macros import Macros
from closedform.records import record

#: A formula of more characters than this is an error of that formula.
MAX_FORMULA = 50_000

_LEFT_OVER = "no formula comes after this directive, which stands before its formula"
# What may stand between two comments in a row: space, and the signs of a quotation.
_GAP = re.compile(r"[\s>]*")
_BLANK_LINES = re.compile(r"\n(?:[ \t>]*\n)+")
_BLANK_BEFORE = re.compile(r"\n[ \t>]*\n[ \t>]*\Z")
_INLINE = re.compile(r"\$(?!\$)|\\\\?\(|[:{`\\](?=math|ensuremath)")


@record
class _Inside:
    """A directive inside a formula, and the line it is on, counted from the formula's first."""

    line: int
    said: Directive | Problem


class Pairing:
    """Told of comments and formulas from top to bottom; ``claims`` are those that pair up.

    ``comments`` is the pattern of a comment inside a formula: its group ``comment`` holds one.
    With ``every``, a formula that nothing is said of is there too, as a claim not ``directed``.
    """

    def __init__(self, text: str, comments: re.Pattern[str], *, every: bool = False) -> None:
        self.macros = Macros()
        self._text = text
        self._every = every
        self._behind = -1  # the end of the comments in a row that begin with a directive
        self._since = 0  # the end of the last directive, or of the last formula that had one
        self._blank = [blank.start() for blank in _BLANK_LINES.finditer(text)]
        self._passed = 0  # blank lines since then that are in or around code and remarks
        self._lines = Lines(text)
        self._comments = comments
        self._waiting: deque[Directive | Problem] = deque()
        self._found: list[QuotedClaim | Problem] = []

    def comment(self, content: str, start: int, end: int) -> int:
        """A comment stands at these offsets; if it holds directives, they wait for formulas.

        This, a formula and code say where they end, as readers of a document do.
        """
        line, last = self._lines.at(start), self._lines.at(max(start, end - 1))
        said = directive.read(content, line=line, end=last)
        gap = _GAP.match(self._text, self._behind) if self._behind >= 0 else None
        in_a_row = gap is not None and gap.end() >= start
        if said and not in_a_row:
            self._leave_over()
        self._waiting += said
        self._behind = end if said or in_a_row else -1
        if said:
            self._since, self._passed = end, 0
            return end
        return self._pass(start, end)

    def formula(self, body: str, start: int, end: int, *, environment: str = "") -> int:
        """A formula stands at these offsets, delimiters included."""
        if self._waiting and self._out_of_reach(start):
            self._leave_over()
        if not (self._waiting or self._every) and KEYWORD not in body.lower():
            self.macros.take(body)
            return end
        if not body.strip():
            return end
        line, last = self._lines.at(start), self._lines.at(max(start, end - 1))
        inside: list[_Inside] = []
        try:
            if len(body) > MAX_FORMULA:
                raise TooLarge("the number of characters of a formula", MAX_FORMULA)
            body, inside = self._uncommented(body, line)
            body = self.macros.expand(self.macros.take(body))
            if _INLINE.match(self._text, start):
                scaled = with_scale(body, self._text, end)
                check_apart(self._text, start, end, scaled=scaled != body)
                body = scaled
            parts = equations(body, environment)
        except ClosedformError as error:
            self._waiting += [remark.said for remark in inside]
            if self._next() is not None:
                self._found.append(Problem(line, last, str(error)))
        else:
            self._govern(parts, inside, line, last)
        self._since, self._passed = end, 0
        return end

    def code(self, body: str, start: int, end: int) -> int:
        """Code stands at these offsets: a span, or a block of statements from its own line on."""
        if self._every or any(map(_is_in_code, self._waiting)):
            line, last = self._lines.at(start), self._lines.at(max(start, end - 1))
            parts = statements(body)
            for index, part in enumerate(parts):
                said = self._next(in_code=True)
                begin, stop = _place(index, parts, line, last)
                if isinstance(said, Directive):
                    self._found.append(_claim(said, part, begin, stop))
                elif self._every:
                    claim = QuotedClaim(text=part.text, line=begin, end=stop, directed=False)
                    self._found.append(claim)
        return self._pass(start, end)

    def unclosed(self, opener: str, start: int) -> int:
        """A formula begins here and has no end; the directive before it is spent."""
        if self._next() is not None:
            self.problem(f"the formula that begins here with {opener} is never closed", start)
        return start + len(opener)

    def problem(self, message: str, start: int) -> None:
        """Something at this offset cannot be read."""
        line = self._lines.at(start)
        self._found.append(Problem(line, line, message))

    def claims(self) -> list[QuotedClaim | Problem]:
        """All that was found, in the order of the document; what still waits has no formula."""
        self._leave_over()
        return sorted(self._found, key=lambda claim: claim.line)

    def _next(self, *, in_code: bool = False) -> Directive | Problem | None:
        """The first directive that waits for a formula, or for code."""
        for place, said in enumerate(self._waiting):
            if _is_in_code(said) == in_code:
                del self._waiting[place]
                return said
        return None

    def _pass(self, start: int, end: int) -> int:
        """Code and remarks are no paragraphs, and the blank lines around them part none."""
        apart = _BLANK_BEFORE.search(self._text, max(0, start - 80), start)
        around = apart is not None and _BLANK_LINES.match(self._text, end) is not None
        self._passed += self._blanks(start, end) + around
        return end

    def _blanks(self, start: int, end: int) -> int:
        return bisect_left(self._blank, end) - bisect_left(self._blank, start)

    def _out_of_reach(self, start: int) -> bool:
        """Whether a formula is farther away than the next paragraph, to which a display belongs."""
        display = not _INLINE.match(self._text, start)
        return self._blanks(self._since, start) - self._passed - display > 1

    def _leave_over(self) -> None:
        """What waits has no formula: directives in a row share formulas, later ones have theirs."""
        for said in self._waiting:
            left_over = Problem(said.line, said.end, _LEFT_OVER)
            self._found.append(said if isinstance(said, Problem) else left_over)
        self._waiting.clear()

    def _uncommented(self, body: str, line: int) -> tuple[str, list[_Inside]]:
        inside: list[_Inside] = []
        lines = Lines(body)

        def drop(remark: re.Match[str]) -> str:
            content = remark["comment"]
            if content is None:
                return remark[0]
            below = lines.at(remark.start()) - 1
            said = directive.read(content.strip().lstrip("%"), line=line + below, end=line + below)
            inside.extend(_Inside(below, given) for given in said)
            return ""

        return self._comments.sub(drop, body), inside

    def _govern(
        self, parts: Sequence[Equation], inside: list[_Inside], line: int, last: int
    ) -> None:
        """Give each equation its directive.

        A directive inside the formula governs the equation on its own line when that one has
        none yet, otherwise the next one. An empty directive governs all equations up to the
        next directive: each of them says by itself what it claims.
        """
        to_come = deque(inside)
        whole: Directive | None = None
        for index, part in enumerate(parts):
            while to_come and to_come[0].line < part.first:
                self._waiting.append(to_come.popleft().said)
            final = index == len(parts) - 1
            said = self._next()
            if said is None and to_come and (to_come[0].line <= part.last or final):
                said = to_come.popleft().said
            if said is None:
                said = whole
            whole = said if isinstance(said, Directive) and said.empty else None
            if isinstance(said, Problem):
                self._found.append(said)
            elif said is not None:
                begin, end = _place(index, parts, line, last)
                self._found.append(_claim(said, part, begin, end))
            elif self._every:
                begin, end = _place(index, parts, line, last)
                self._found.append(
                    QuotedClaim(text=part.text, line=begin, end=end, tex=True, directed=False)
                )
        self._waiting += [remark.said for remark in to_come]


def _is_in_code(said: Directive | Problem) -> bool:
    return isinstance(said, Directive) and said.in_code


def _place(index: int, parts: Sequence[Equation], line: int, last: int) -> tuple[int, int]:
    """The lines of one equation of several: the delimiters belong to what stands next to them."""
    part = parts[index]
    begin = line if index == 0 else line + part.first
    return begin, last if len(parts) == 1 else line + part.last


def _claim(said: Directive, part: Equation, line: int, end: int) -> QuotedClaim:
    return QuotedClaim(
        text=part.text,
        line=line,
        end=end,
        target=said.target,
        where=said.where,
        names=said.names,
        expect=said.expect,
        tex=not said.in_code,
        id=part.label,
    )
