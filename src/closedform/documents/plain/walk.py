"""One walk over a text from token to token, which the readers of TeX, Markdown and rst share."""

from __future__ import annotations

import re

from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.pairing import Pairing
from closedform.documents.plain.formulas import INNER, FormulaSpan
from closedform.language.definitions import braced


class Walk:
    """What the group ``name`` of a token begins is read by ``_name``, which says where it ends."""

    token: re.Pattern[str]

    def __init__(self, text: str, pairing: Pairing) -> None:
        self._text, self._pairing = text, pairing

    def read(self, at: int = 0) -> list[QuotedClaim | Problem]:
        """The claims of the text from an offset on, in order."""
        while (token := self.token.search(self._text, at)) is not None:
            at = getattr(self, f"_{token.lastgroup}")(token)
        return self._pairing.claims()

    def _escape(self, token: re.Match[str]) -> int:
        return token.end()

    def _define(self, token: re.Match[str]) -> int:
        return self._pairing.macros.define(self._text, token.start())

    def _ensured(self, token: re.Match[str]) -> int:
        body, end = braced(self._text, token.end())
        if body is None:
            return self._pairing.unclosed(token[0], token.start())
        return self._formula(body, token.start(), end)

    def _spanned(self, span: FormulaSpan | None, token: re.Match[str], name: str = "") -> int:
        """A formula that a token begins, if it ends; ``name``: of its environment."""
        if span is None:
            return self._pairing.unclosed(token[0], token.start())
        whole = name in INNER
        begin, end = (token.start(), span.after) if whole else (span.start, span.end)
        body, name = self._text[begin:end], "" if whole else name
        return self._formula(body, token.start(), span.after, environment=name)

    def _formula(self, body: str, start: int, end: int, *, environment: str = "") -> int:
        return self._pairing.formula(body, start, end, environment=environment)
