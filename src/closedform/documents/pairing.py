"""Directives and formulas in the order of the document, and the claims that they make together."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from closedform.documents import directive
from closedform.documents.claim import Claim, Problem
from closedform.documents.directive import KEYWORD, Directive
from closedform.documents.lines import Lines
from closedform.documents.macros import Macros
from closedform.documents.rows import Equation, equations
from closedform.errors import ClosedformError, TooLarge

#: A formula of more characters than this is an error of that formula.
MAX_FORMULA = 50_000

_LEFT_OVER = "no formula comes after this directive"
# What may stand between two comments in a row: space, and the signs of a quotation.
_GAP = re.compile(r"[\s>]*")


@dataclass(frozen=True)
class _Inside:
    """A directive inside a formula, and the line it is on, counted from the formula's first."""

    line: int
    said: Directive | Problem


class Pairing:
    """Told of comments and formulas from top to bottom; ``claims`` are those that pair up.

    ``comments`` is the pattern of a comment inside a formula: its group ``comment`` holds one.
    """

    def __init__(self, text: str, comments: re.Pattern[str]) -> None:
        self.macros = Macros()
        self._text = text
        self._behind = -1  # the end of the comments in a row that begin with a directive
        self._lines = Lines(text)
        self._comments = comments
        self._waiting: deque[Directive | Problem] = deque()
        self._found: list[Claim | Problem] = []

    def comment(self, content: str, start: int, end: int) -> None:
        """A comment stands at these offsets; if it holds directives, they wait for formulas."""
        line, last = self._lines.at(start), self._lines.at(max(start, end - 1))
        said = directive.read(content, line=line, end=last)
        gap = _GAP.match(self._text, self._behind) if self._behind >= 0 else None
        in_a_row = gap is not None and gap.end() >= start
        if said and not in_a_row:
            self._leave_over()
        self._waiting += said
        self._behind = end if said or in_a_row else -1

    def formula(self, body: str, start: int, end: int, *, environment: str = "") -> None:
        """A formula stands at these offsets, delimiters included."""
        if not self._waiting and KEYWORD not in body.lower():
            self.macros.take(body)
            return
        if not body.strip():
            return
        line, last = self._lines.at(start), self._lines.at(max(start, end - 1))
        inside: list[_Inside] = []
        try:
            if len(body) > MAX_FORMULA:
                raise TooLarge("the number of characters of a formula", MAX_FORMULA)
            body, inside = self._uncommented(body, line)
            parts = equations(self.macros.expand(self.macros.take(body)), environment)
        except ClosedformError as error:
            self._waiting += [one.said for one in inside]
            if self._waiting:
                self._waiting.popleft()
                self._found.append(Problem(line, last, str(error)))
            return
        self._govern(parts, inside, line, last)

    def unclosed(self, opener: str, start: int) -> None:
        """A formula begins at this offset and has no end; the directive before it is spent."""
        if self._waiting:
            self._waiting.popleft()
            self.problem(f"the formula that begins here with {opener} is never closed", start)

    def problem(self, message: str, start: int) -> None:
        """Something at this offset cannot be read."""
        line = self._lines.at(start)
        self._found.append(Problem(line, line, message))

    def claims(self) -> list[Claim | Problem]:
        """All that was found, in the order of the document; what still waits has no formula."""
        self._leave_over()
        return sorted(self._found, key=lambda found: found.line)

    def _leave_over(self) -> None:
        """What waits has no formula: directives in a row share formulas, later ones have theirs."""
        for said in self._waiting:
            left_over = Problem(said.line, said.end, _LEFT_OVER)
            self._found.append(said if isinstance(said, Problem) else left_over)
        self._waiting.clear()

    def _uncommented(self, body: str, line: int) -> tuple[str, list[_Inside]]:
        inside: list[_Inside] = []
        lines = Lines(body)

        def drop(found: re.Match[str]) -> str:
            content = found["comment"]
            if content is None:
                return found[0]
            below = lines.at(found.start()) - 1
            said = directive.read(content.strip().lstrip("%"), line=line + below, end=line + below)
            inside.extend(_Inside(below, one) for one in said)
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
            said = self._waiting.popleft() if self._waiting else None
            if said is None and to_come and (to_come[0].line <= part.last or final):
                said = to_come.popleft().said
            if said is None:
                said = whole
            whole = said if isinstance(said, Directive) and said.empty else None
            if isinstance(said, Problem):
                self._found.append(said)
            elif said is not None:
                begin = line if index == 0 else line + part.first
                end = last if len(parts) == 1 else line + part.last
                self._found.append(_claim(said, part, begin, end))
        self._waiting += [one.said for one in to_come]


def _claim(said: Directive, part: Equation, line: int, end: int) -> Claim:
    return Claim(
        text=part.text,
        line=line,
        end=end,
        target=said.target,
        where=said.where,
        expect=said.expect,
        id=part.label,
    )
