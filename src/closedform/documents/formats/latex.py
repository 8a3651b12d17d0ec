r"""Claims in LaTeX: each formula behind a ``% closedform: …`` comment.

Comments, verbatim text, listings, ``\iffalse … \fi`` and what follows ``\end{document}`` hold no
formulas.
"""

from __future__ import annotations

import re

from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.pairing import Pairing
from closedform.documents.plain.formulas import (
    ENVIRONMENTS,
    INNER,
    Barrier,
    delimited,
    dollar,
    environment,
)
from closedform.documents.plain.lines import unix
from closedform.documents.plain.walk import Walk
from closedform.language.definitions import DEFINITION, START, braced

#: Environments whose text is printed, or dropped, as it stands.
VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim lstlisting minted"
    " comment filecontents filecontents* tcblisting alltt pycode".split()
)

_TOKEN = re.compile(
    r"(?=[%\\${}])(?:(?P<comment>%[^\n]*)"
    r"|(?P<finish>\\end\s*\{document\})"
    r"|(?P<opens>\{|\\(?:begingroup|bgroup)(?![A-Za-z@]))"
    r"|(?P<closes>\}|\\(?:endgroup|egroup)(?![A-Za-z@])|\\end\s*\{[A-Za-z]+\*?\})"
    r"|(?P<begin>\\begin\s*\{(?P<name>[A-Za-z]+\*?)\})"
    r"|(?P<verb>\\verb\*?(?P<bar>[^A-Za-z\s*])"
    r"|\\(?:lstinline|mintinline)\s*(?:\[[^\[\]\n]*\])?(?:\{[^{}\n]*\}(?=[^\s\w]))?)"
    r"|(?P<link>\\(?:url|href|path|nolinkurl)\s*\{[^{}\n]*\})"
    r"|(?P<hidden>\\iffalse(?![A-Za-z@])|\\if\s*0(?!\d))"
    r"|(?P<hook>\\At(?P<when>Begin|End)Document|\\AddToHook\s*\{(?:begindocument|env/document/begin)"
    r"[^{}]*\})(?=\s*\{)"
    rf"|(?P<define>{DEFINITION})"
    r"|(?P<ensured>\\ensuremath\s*(?=\{))"
    r"|(?P<number>\\(?:num|qty|SI)\s*(?:\[[^\[\]]*\]\s*)?(?=\{))"
    r"|(?P<open>\\[(\[])"
    r"|(?P<word>\\[A-Za-z@]+)"
    r"|(?P<escape>\\.)"
    r"|(?P<dollars>\$+))",
    re.DOTALL,
)
#: What begins a formula, and another number.
_FORMULA = re.compile(r"(?<!\\)(?:\$|\\[(\[]|\\begin(?![A-Za-z])|\\ensuremath)")
_NUMBER = re.compile(r"\\(?:num|qty|SI)(?![A-Za-z])")
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?=\n)|\\par(?![A-Za-z@])")
# \iff and \ifthenelse look like conditionals of TeX and are none.
_CONDITIONAL = re.compile(
    r"%[^\n]*|\\(?P<word>if(?!f(?![A-Za-z@])|thenelse)[A-Za-z@]*|else|fi)(?![A-Za-z@])|\\.",
    re.DOTALL,
)
_BEGINS = re.compile(r"\\begin\s*\{([A-Za-z]+\*?)\}")
_NUMCASES = frozenset({"numcases", "subnumcases"})
_EMPHEQ = re.compile(r"\s*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?\s*\{([A-Za-z]+\*?)\}")
# What a listing says of itself behind its \begin.
_OPTIONS = re.compile(r"(?:[ \t]*(?:\[[^\[\]\n]*\]|\{[^{}\n]*\}))+(?=[ \t]*\n)")
# A \verb ends on its line, and within this many characters.
_MAX_VERB = 1_000
_COMMENT = re.compile(r"(?P<comment>%[^\n]*)|\\.", re.DOTALL)


def read(text: str, *, every: bool = False, defined: str = "") -> list[QuotedClaim | Problem]:
    r"""The claims of a LaTeX text, in order, with a problem for each that cannot be read.

    With ``every``, also the formulas that nothing is said of, as claims not ``directed``.
    ``defined``: a text whose abbreviations hold in this one.

    >>> [claim] = read("% closedform: params(conv)\n\\[ k^2 M N \\]")
    >>> claim.text, claim.target, claim.line
    ('k^2 M N', 'params(conv)', 2)
    """
    return _Reader(unix(text), every=every, defined=unix(defined)).read()


class _Reader(Walk):
    token = _TOKEN

    def __init__(self, text: str, *, every: bool, defined: str) -> None:
        super().__init__(text, Pairing(text, _COMMENT, every=every, latex=True))
        self._pairing.macros.take(defined)
        self._hooked, self._begins = "", text.rfind(r"\begin{document}")
        self._paragraph = Barrier(text, _PARAGRAPH_END)
        self._formulas, self._next = Barrier(text, _FORMULA), Barrier(text, _NUMBER)
        self._several = -1  # the end of a paragraph with more numbers than one

    _link = Walk._escape

    def _comment(self, token: re.Match[str]) -> int:
        return self._pairing.comment(token[0].lstrip("%"), *token.span())

    def _finish(self, _: re.Match[str]) -> int:
        return len(self._text)

    def _begin(self, token: re.Match[str]) -> int:
        return self._environment(token, token["name"])

    def _environment(self, token: re.Match[str], name: str) -> int:
        start = token.end()
        if name in VERBATIM:
            closing = f"\\end{{{name}}}"
            end = self._text.find(closing, start)
            if end < 0:
                return len(self._text)
            options = _OPTIONS.match(self._text, start, end)
            body = self._text[options.end() if options else start : end]
            info = f"{name} {options[0] if options else ''}"
            return self._pairing.code(body, token.start(), end + len(closing), info)
        if name == "document":
            self._pairing.macros.take(self._hooked)
        own, start = self._own(name, start)
        if own not in ENVIRONMENTS | INNER:
            return self._opens(token, start)
        alias = self._pairing.macros.ending(name)
        end = len(self._text)
        span = environment(self._text, start, name, end, comments=True, alias=alias)
        if span is None or name not in _NUMCASES:
            return self._spanned(span, token, own)
        left, at = braced(self._text, span.start)
        body = rf"{left or ''}\begin{{cases}}{self._text[at : span.end]}\end{{cases}}"
        return self._formula(body, token.start(), span.after, environment=own)

    def _opens(self, token: re.Match[str], end: int = 0) -> int:
        """A group of TeX, of which the definitions hold to its end, begins here."""
        self._pairing.macros.open_group()
        return end or token.end()

    def _closes(self, token: re.Match[str]) -> int:
        self._pairing.macros.close_group()
        return token.end()

    def _own(self, name: str, start: int) -> tuple[str, int]:
        r"""The environment that a name stands for, and where its body begins.

        One that the text defines, or the align of ``\begin{empheq}[…]{align}``.
        """
        if name in _NUMCASES:
            return "equation", start
        inner = _EMPHEQ.match(self._text, start) if name == "empheq" else None
        return (inner[1], inner.end()) if inner else (self._pairing.macros.environment(name), start)

    def _hook(self, token: re.Match[str]) -> int:
        """What is defined where the document begins is kept for that place."""
        body, end = braced(self._text, token.end())
        if token["when"] != "End":
            self._hooked += body or ""
            if end > self._begins:
                self._pairing.macros.take(self._hooked)
        return end

    def _word(self, token: re.Match[str]) -> int:
        r"""An abbreviation such as ``\beq`` may begin an environment, or define another one."""
        body = self._pairing.macros.body(token[0])
        if body and START.search(body):
            self._pairing.macros.take(body)
        begins = _BEGINS.fullmatch(body) if body else None
        return self._environment(token, begins[1]) if begins else token.end()

    def _verb(self, token: re.Match[str]) -> int:
        r"""``\verb|…|`` with any bar, on one line; ``\lstinline`` also takes braces."""
        bar = token["bar"]
        start = token.end()
        if bar is None:
            bar = self._text[start : start + 1]
            start += 1
        closing = "}" if bar == "{" else bar
        line = self._text[start : start + _MAX_VERB].partition("\n")[0]
        end = line.find(closing) if bar else -1
        if end < 0:
            return token.end()
        return self._pairing.code(line[:end], token.start(), start + end + 1)

    def _hidden(self, token: re.Match[str]) -> int:
        depth = 1
        for mark in _CONDITIONAL.finditer(self._text, token.end()):
            word = mark["word"]
            if word == "fi":
                depth -= 1
            elif word is not None and word != "else":
                depth += 1
            if depth == 0 or (depth == 1 and word == "else"):
                return mark.end()
        return len(self._text)

    def _number(self, token: re.Match[str]) -> int:
        """A number that a command sets is what a directive is for, if the paragraph has no other.

        A formula in it is, where there is one.
        """
        limit = self._paragraph.after(token.start())
        if not self._pairing.waits or self._formulas.after(token.start()) < limit:
            return token.end()
        if self._next.after(token.end()) < limit or self._several == limit:
            self._several = limit
            return token.end()
        _, end = braced(self._text, token.end())
        unit = braced(self._text, end) if not token[0].startswith(r"\num") else ("", end)
        end = unit[1] if unit[0] is not None else end
        return self._pairing.formula(self._text[token.start() : end], token.start(), end)

    def _open(self, token: re.Match[str]) -> int:
        span = delimited(self._text, token.end(), token[0], len(self._text), comments=True)
        return self._spanned(span, token)

    def _dollars(self, token: re.Match[str]) -> int:
        count = len(token[0])
        if count > 2:  # empty formulas, and perhaps the dollar of another one
            return token.end() - count % 2
        start = token.end()
        limit = self._paragraph.after(start)
        if count == 2:
            return self._spanned(delimited(self._text, start, "$$", limit, comments=True), token)
        return self._spanned(dollar(self._text, start, limit, comments=True), token)
