"""Directives and formulas in the order of the document, and the claims that they make together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from closedform.documents import directive
from closedform.documents.claim import Problem, QuotedClaim, Said
from closedform.documents.context.around import Around
from closedform.documents.directive import KEYWORD, Directive, Inside
from closedform.documents.plain.lines import Lines
from closedform.documents.plain.rows import AWAITS, ENDS, Equation, equations, placed
from closedform.documents.programs.block import Block
from closedform.errors import ClosedformError, TooLarge
from closedform.language.macros import Macros
from closedform.records import record, replace

#: A formula of more characters than this is an error of that formula.
MAX_FORMULA = 50_000

_LEFT_OVER = "no formula comes after this directive, which stands before its formula"
# What may stand between two comments in a row: space, and the signs of a quotation.
_GAP = re.compile(r"[\s>]*")
_BLANK_LINES = re.compile(r"\n(?:[ \t>]*\n)+")
_BLANK_BEFORE = re.compile(r"\n[ \t>]*\n[ \t>]*\Z")
_INLINE = re.compile(r"\$(?!\$)|\\\\?\(|[:{`\\](?=math|ensuremath|num|qty|SI|begin\{math\})")


@record
class _Held:
    """A formula that the next one may go on with."""

    body: str
    start: int
    end: int
    environment: str
    inside: list[Inside]


class Pairing:
    """Told of comments and formulas from top to bottom; ``claims`` are those that pair up.

    ``comments`` is the pattern of a comment inside a formula: its group ``comment`` holds one.
    With ``every``, a formula that nothing is said of is there too, as a claim not ``directed``.
    """

    def __init__(
        self, text: str, comments: re.Pattern[str], *, every: bool = False, latex: bool = False
    ) -> None:
        self.macros = Macros()
        self._around = Around(text, comments, latex=latex, macros=self.macros)
        self._held: _Held | None = None
        self._beside = "", 0  # the last formula that nothing was said of, and where it ends
        self._text = text
        self._every = every
        self._behind = -1  # the end of the comments in a row that begin with a directive
        self._since = 0  # the end of the last directive, or of the last formula that had one
        self._blank = [blank.start() for blank in _BLANK_LINES.finditer(text)]
        self._passed = 0  # blank lines since then that are in or around code and remarks
        self._lines = Lines(text)
        self._comments = comments
        self._waiting: deque[Directive | Problem] = deque()
        self._claims: list[QuotedClaim | Problem] = []

    def comment(self, content: str, start: int, end: int) -> int:
        """A comment stands at these offsets; if it holds directives, they wait for formulas.

        This, a formula and code say where they end, as readers of a document do.
        """
        line, last = self._span(start, end)
        said = directive.read(content, line=line, end=last)
        gap = _GAP.match(self._text, self._behind) if self._behind >= 0 else None
        in_a_row = gap is not None and gap.end() >= start
        if said:
            self._settle(alone=False)
            if not in_a_row:
                self._leave_over()
        self._waiting += said
        self._behind = end if said or in_a_row else -1
        if said:
            self._since, self._passed = end, 0
            return end
        return self._pass(start, end)

    def formula(self, body: str, start: int, end: int, *, environment: str = "") -> int:
        """A formula stands at these offsets, delimiters included.

        It is held until the next one is there, which may go on with it.
        """
        if self._held and not self._joins(self._held, body, start, end):
            self._settle()
        if self._held or not body.strip():
            return end
        if self._waiting and self._out_of_reach(start):
            self._leave_over()
        if not (self._waiting or self._every) and KEYWORD not in body.lower():
            if body := self.macros.take(body).strip():
                self._beside = body, end
            return end
        inside: list[Inside] = []
        try:
            if len(body) > MAX_FORMULA:
                raise TooLarge("the number of characters of a formula", MAX_FORMULA)
            body, inside = directive.taken_out(body, self._comments, self._lines.at(start))
            body = self.macros.expand(self.macros.take(body))
            if not body.strip():
                return end
            self._check_begun(start)
        except ClosedformError as error:
            self._refused(error, inside, start, end)
        else:
            self._held = _Held(body, start, end, environment, inside)
        self._since, self._passed = end, 0
        return end

    def _joins(self, held: _Held, body: str, start: int, end: int) -> bool:
        """Whether the formula goes on with the one before it, which it is added to then."""
        if self._to_come() > 1 or "\\\\" in held.body + body or len(held.body) > MAX_FORMULA:
            return False
        apart = self._inline(held.start) or self._inline(start)
        between = self._around.joint(held.body, held.end, body, start, parted=apart)
        if between is None:
            return False
        body = self.macros.expand(self.macros.take(body))
        self._held = replace(held, body=f"{held.body} {between} {body}", end=end)
        self._since = end
        return True

    def _settle(self, *, alone: bool = True) -> None:
        """Nothing goes on with the formula that is held: it is what its directive governs.

        ``alone``: no other formula may stand beside it.
        """
        held, self._held = self._held, None
        if held is None:
            return
        start, end, display = held.start, held.end, not self._inline(held.start)
        try:
            alone = alone and self._to_come() == 1
            body, said = self._around.whole(held.body, start, end, display=display, alone=alone)
            parts = equations(body, held.environment)
            said = said if len(parts) == 1 else (said[0]._replace(kind="several"),)
            parts = [replace(part, said=said) for part in parts]
        except ClosedformError as error:
            self._refused(error, held.inside, start, end)
        else:
            self._govern(parts, held.inside, *self._span(start, end))

    def _refused(self, error: ClosedformError, inside: list[Inside], start: int, end: int) -> None:
        """A formula cannot be read, and the directive before it is spent."""
        self._waiting += [remark.said for remark in inside]
        if self._next() is not None:
            self._claims.append(Problem(*self._span(start, end), str(error)))

    def _check_begun(self, start: int) -> None:
        """Refuse a formula right behind another one that nothing is said of."""
        body, end = self._beside
        inline = self._inline(start)
        between = self._around.printed(end, start, parted=inline) if body else "."
        touches = inline and "\n" not in between and not ENDS.search(body)
        if self._waiting and not between.strip() and (touches or AWAITS.search(body)):
            self._around.refuse("another formula", end, start)

    @property
    def waits(self) -> bool:
        """Whether a directive waits for a formula."""
        return self._held is None and self._to_come() > 0

    def _to_come(self) -> int:
        return sum(not _is_in_code(said) for said in self._waiting)

    def _inline(self, start: int) -> bool:
        return _INLINE.match(self._text, start) is not None

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last line between two offsets."""
        return self._lines.at(start), self._lines.at(max(start, end - 1))

    def code(self, body: str, start: int, end: int, info: str = "") -> int:
        """Code stands at these offsets: a span, or a block of statements from its own line on.

        ``info``: what is said of it, with the name of its language.
        """
        if self._every or any(map(_is_in_code, self._waiting)):
            block = Block(body, info, len(self._waiting) - self._to_come())
            for part, line, last in placed(block.parts, *self._span(start, end)):
                said = self._next(in_code=True)
                text, alone = part.text, not self._waiting
                beside: tuple[Said, ...] = ()
                try:
                    if "\n" not in self._text[start:end]:
                        text, beside = self._around.whole(text, start, end, code=True, alone=alone)
                    block.check(part, len(self._waiting) - self._to_come())
                except ClosedformError as error:
                    if said is not None:
                        self._claims.append(Problem(line, last, str(error)))
                else:
                    whole = replace(part, text=text, said=part.said + beside)
                    self._add(said, whole, line, last, tex=False)
        return self._pass(start, end)

    def unclosed(self, opener: str, start: int) -> int:
        """A formula begins here and has no end; the directive before it is spent."""
        self._settle()
        if self._next() is not None:
            self.problem(f"the formula that begins here with {opener} is never closed", start)
        return start + len(opener)

    def problem(self, message: str, start: int) -> None:
        """Something at this offset cannot be read."""
        self._claims.append(Problem(*self._span(start, start + 1), message))

    def claims(self) -> list[QuotedClaim | Problem]:
        """All that was found, in the order of the document; what still waits has no formula."""
        self._settle()
        self._leave_over()
        return sorted(self._claims, key=lambda claim: claim.line)

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
        return self._blanks(self._since, start) - self._passed - (not self._inline(start)) > 1

    def _leave_over(self) -> None:
        """What waits has no formula: directives in a row share formulas, later ones have theirs."""
        for said in self._waiting:
            left_over = Problem(said.line, said.end, _LEFT_OVER)
            self._claims.append(said if isinstance(said, Problem) else left_over)
        self._waiting.clear()

    def _govern(
        self, parts: Sequence[Equation], inside: list[Inside], line: int, last: int
    ) -> None:
        """Give each equation its directive.

        One inside the formula governs the equation on its own line, or the next one. An empty one
        governs all equations up to the next: each of them says by itself what it claims.
        """
        to_come = deque(inside)
        whole: Directive | None = None
        for part, begin, end in placed(parts, line, last):
            while to_come and to_come[0].line < part.first:
                self._waiting.append(to_come.popleft().said)
            said = self._next()
            if said is None and to_come and (to_come[0].line <= part.last or part is parts[-1]):
                said = to_come.popleft().said
            if said is None:
                said = whole
            whole = said if isinstance(said, Directive) and said.empty else None
            self._add(said, part, begin, end, tex=True)
        self._waiting += [remark.said for remark in to_come]

    def _add(
        self, said: Directive | Problem | None, part: Equation, line: int, end: int, *, tex: bool
    ) -> None:
        """What is said of an equation, or the equation that nothing is said of."""
        if isinstance(said, Problem):
            self._claims.append(said)
        elif said or self._every:
            claim = (said or Directive()).over(part, line, end, tex=tex, directed=said is not None)
            self._claims.append(claim)


def _is_in_code(said: Directive | Problem) -> bool:
    return isinstance(said, Directive) and said.in_code
