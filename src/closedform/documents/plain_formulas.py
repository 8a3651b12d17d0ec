"""Formulas in plain text: what is joined by the signs of arithmetic, cut out of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closedform.documents.languages import DECLARES

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(
    # addresses, paths, and statements of a program: no formula stands in them
    r"(?P<apart>(?<![^\W_])(?:[a-z]{2,9}://|www\.)[^\s<>\"']+|(?<!\S)/\w[^\s/]*/\S*"
    rf"|\b(?:{DECLARES})\s*\*+\s*\w[^\n;]*"
    r"|\b(?:for|while|if|switch)\s*\([^()\n]*[;<>=][^\n]*)"
    rf"|(?P<name>[A-Za-zα-ωΑ-Ω]+(?:_(?:\{{\w+\}}|[A-Za-z0-9]+))*[0-9]*'*[{_RAISED}]*)"
    rf"|(?P<number>[0-9]+(?:[.,][0-9]+)*[{_RAISED}]*)"
    r"|(?P<sign>\*\*|//|==|<=|>=|[-+*/^=≈<>≤≥−×·⋅÷✖])"
    r"|(?P<open>[(（\[{⌊⌈])"
    r"|(?P<shut>[)）\]}⌋⌉])"
    r"|(?P<space>[ \t]+)"
    r"|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
#: Deeper brackets are no formula of a sentence.
_DEPTH = 20


def plain_formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas of ``text`` stand, which has no delimiters around them.

    A word beside another one is prose; a formula holds a sign, and ends behind an operand.

    >>> text = "so k×k×M×N + N(bias included) is more than 2 M (N + 1), as said"
    >>> [text[start:end] for start, end in plain_formulas(text)]
    ['k×k×M×N + N', '2 M (N + 1)']
    """
    run = _Run()
    for token in _TOKEN.finditer(text):
        kind = str(token.lastgroup)
        if kind == "space":
            run.gap = True
            continue
        if not run.takes(kind, token[0]):
            if run.found():
                yield run.start, run.end
            run = _Run()
            if kind in ("sign", "shut", "other", "apart"):
                continue
        run.take(kind, token)
    if run.found():
        yield run.start, run.end


class _Run:
    """Tokens that may be one formula; ``end`` is behind the last operand outside of brackets."""

    def __init__(self) -> None:
        self.start = self.end = -1
        self.gap = False
        self._depth = 0
        self._last = ""
        self._prose = False  # the last token is a word, which a sign may still make an operand
        self._signs = self._kept = 0

    def found(self) -> bool:
        return self._kept > 0

    def takes(self, kind: str, written: str) -> bool:
        operand = self._last in ("name", "number", "shut")
        if self.gap and self._prose and kind in ("name", "number", "open"):
            return False
        if kind == "sign":
            return operand or (self._last == "open" and written in "-−")
        if kind == "shut":
            return operand and self._depth > 0
        if kind == "open":
            return self._depth < _DEPTH
        if kind in ("other", "apart") or not operand:
            return kind not in ("other", "apart")
        # Side by side: 2k, k k, (a)(b); a word after a word is prose.
        return not self.gap or (kind == "name" and len(written.rstrip(_RAISED)) == 1)

    def take(self, kind: str, token: re.Match[str]) -> None:
        if self.start < 0:
            self.start = token.start()
        self._depth += (kind == "open") - (kind == "shut")
        self._signs += kind == "sign"
        self._last, self.gap = kind, False
        word = token[0]
        symbol = len(set(word)) == 1 or (len(word) == 2 and word.isupper()) or not word.isalpha()
        self._prose = kind == "name" and (not symbol or word in ("a", "A", "I"))
        if self._depth == 0 and kind in ("name", "number", "shut"):
            self.end, self._kept = token.end(), self._signs
