"""Claims in reStructuredText: each formula behind a ``.. closedform: …`` comment.

Formulas are the blocks of ``.. math::``, a paragraph each, and the role ``:math:``. Literal text,
code and comments hold none.
"""

from __future__ import annotations

import re

from closedform.documents.claim import Problem, QuotedClaim
from closedform.documents.context.around import NO_COMMENT
from closedform.documents.directive import KEYWORD
from closedform.documents.pairing import Pairing
from closedform.documents.plain.lines import blank_lines, unix
from closedform.documents.plain.walk import Walk

_TOKEN = re.compile(
    r"(?P<block>^(?P<lead>[ \t]*)\.\.(?:[ \t]+(?P<name>[\w-]+) ?::|[ \t]+(?P<target>[_\[|])"
    r"|(?=\s)))"
    r"|(?P<role>:math:`(?P<body>[^`]+)`|(?<![`\w])`(?P<before>[^`\n]+)`:math:)"
    r"|(?P<prompt>^[ \t]*>>>(?:[^\n]*\S[^\n]*(?:\n|\Z))+)"
    r"|(?P<literal>``(?P<code>[^\n]{1,500}?)``(?!`))"
    r"|(?P<quote>(?<=[^:\s]|[ \t])::[ \t]*(?=\n)|^(?P<margin>[ \t]*)::[ \t]*(?=\n))"
    r"|(?P<escape>\\.)",
    re.MULTILINE | re.DOTALL,
)
_OPTIONS = re.compile(r"(?P<first>[^\n]*)\n(?P<options>(?:[ \t]*:[\w-]+:[^\n]*(?:\n|\Z))+)")
_LANGUAGE = re.compile(r"\A[^\n]*\n(?:[ \t]*:[\w-]+:[^\n]*\n)*")
_PARAGRAPHS = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_CODE = frozenset("code code-block sourcecode highlight parsed-literal doctest ipython".split())
_LINE = re.compile(r"[^\n]*\n?")


def read(text: str, *, every: bool = False) -> list[QuotedClaim | Problem]:
    r"""The claims of a text, in order, with a problem for each that cannot be read.

    With ``every``, also the formulas without a directive.

    >>> [claim] = read(".. closedform: params(conv)\n\n.. math:: k^2 M N")
    >>> claim.text, claim.target, claim.line
    ('k^2 M N', 'params(conv)', 3)
    """
    text = unix(text)
    return _Reader(text, Pairing(text, NO_COMMENT, every=every)).read()


class _Reader(Walk):
    token = _TOKEN

    def _role(self, token: re.Match[str]) -> int:
        return self._formula(token["body"] or token["before"], *token.span())

    def _literal(self, token: re.Match[str]) -> int:
        return self._pairing.code(token["code"], *token.span())

    def _prompt(self, token: re.Match[str]) -> int:
        return self._pairing.code(token[0], *token.span(), "python")

    def _block(self, token: re.Match[str]) -> int:
        """``.. name::`` with what is indented below it; without a name it is a comment."""
        name = token["name"] and token["name"].lower()
        if name is None and token["target"]:
            return token.end("target")
        end = self._indented(token["lead"], token.end())
        if name is None:
            self._pairing.comment(self._text[token.end() : end], token.start(), end)
        elif name == KEYWORD:
            self._pairing.problem("a comment has one colon: .. closedform: …", token.start())
        elif name == "math":
            self._math(token, end)
        elif name in _CODE:
            body = self._text[token.end() : end]
            info = f"{name} {body.partition(chr(10))[0]}"
            self._pairing.code(_LANGUAGE.sub(blank_lines, body), token.start(), end, info)
        elif name != "raw":
            options = _OPTIONS.match(self._text, token.end(), end)
            return options.end() if options else token.end()
        return end

    def _math(self, token: re.Match[str], end: int) -> None:
        """Each paragraph is a formula; the first one begins with the directive."""
        start = token.end()
        text = self._text[start:end]
        if options := _OPTIONS.match(text):  # places stay
            blank = re.sub(r"[^\n]", " ", options["options"])
            text = f"{options['first']}\n{blank}{text[options.end() :]}"
        first = True
        for part in _PARAGRAPHS.finditer(text):
            if part[0].strip():
                begin = token.start() if first else start + part.start()
                above = "\n" * text.count("\n", 0, part.start()) if first else ""
                self._pairing.formula(above + part[0], begin, start + part.end())
                first = False

    def _quote(self, token: re.Match[str]) -> int:
        """``::`` at the end of a paragraph: what is indented below it is literal."""
        line = self._text[self._text.rfind("\n", 0, token.start()) + 1 : token.start()]
        lead = line[: len(line) - len(line.lstrip())]
        end = self._indented(lead, token.end())
        return self._pairing.code(self._text[token.end() : end], token.start(), end)

    def _indented(self, lead: str, start: int) -> int:
        """Behind the lines that are indented more than ``lead``; blank ones go along."""
        at = end = self._text.find("\n", start) + 1 or len(self._text)
        depth = len(lead.expandtabs())
        while at < len(self._text):
            line = _LINE.match(self._text, at)[0]  # type: ignore[index]
            at += len(line)
            if line.strip():
                if len(line.expandtabs()) - len(line.expandtabs().lstrip()) <= depth:
                    break
                end = at
        return end
