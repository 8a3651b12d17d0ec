r"""Definitions of abbreviations as TeX writes them: a name, its arguments, a text.

``\newcommand{\x}[1]{…}``, ``\def\x#1{…}``, ``\let\x=\y``, ``\NewDocumentCommand\x{O{2} m}{…}``,
``\DeclarePairedDelimiter\x{…}{…}``, ``\newenvironment{x}{…}{…}``.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from closedform.later import regex
from closedform.records import NamedTuple

#: A definition whose closing brace is farther away than this is none.
MAX_BODY = 20_000

DEFINITION = (
    r"\\(?:(?:(?:re)?new|provide)(?:command|robustcmd)\*?|[gex]?def|let"
    r"|(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand|DeclareRobustCommand\*?"
    r"|DeclareMathOperator\*?|DeclarePairedDelimiter|(?:re)?newenvironment\*?)(?![A-Za-z@])"
)

START = regex(DEFINITION)
_NAME = regex(r"(?:\s|%[^\n]*\n)*(?:\{\s*(?P<braced>\\?[A-Za-z@]+\*?)\s*\}|(?P<bare>\\[A-Za-z@]+))")
_ARGUMENTS = regex(r"\s*(?:\[[^\]\n]{0,200}\]\s*){1,2}|[^\\{}\n]{0,200}(?=\{)")
#: What \let gives another name: one command or character.
_LET = regex(r"\s*=?\s*(\\[A-Za-z@]+|\\.|\S)")
_REMARK = regex(r"(\\.)|%[^\n]*(?:\n\s*|\Z)", re.DOTALL)
#: Arguments as \NewDocumentCommand declares them.
_DECLARED = regex(r"\s*(?:([ms]|o)|O\s*\{([^{}]*)\})")
_LEAD = regex(r"(?:\s|%[^\n]*\n)*")
_BEGIN = regex(r"\\begin\s*\{([A-Za-z]+\*?)\}")
_BRACE = regex(r"\\.|%[^\n]*|[{}]", re.DOTALL)
_ENSURED = regex(r"\s*\\ensuremath\s*\{(?P<body>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*")
_COUNTED = regex(r"\[\s*(?P<count>\d)\s*\](?:\s*\[(?P<default>[^\]]*)\])?")
_HASHES = regex(r"(?:#\d\s*)+")

#: The arguments of an abbreviation: None for one that must be there, ``*`` for a star, else the
#: text that stands for one in square brackets.
Arguments: TypeAlias = "tuple[str | None, ...]"


class Definition(NamedTuple):
    """What a name stands for; ``arguments`` is None where they cannot be read.

    ``again``: it means what another name means by now. ``environment``: a name for the environment
    with which the text of its own begins. ``provided``: only where the name stands for nothing yet.
    """

    name: str
    body: str
    arguments: Arguments | None = ()
    again: bool = False
    environment: bool = False
    provided: bool = False


def definition(text: str, start: int) -> tuple[Definition | None, int]:
    """The definition that begins at ``text[start]``, if it is one, and the offset behind it."""
    command = START.match(text, start)
    if command is None:
        return None, start + 1
    name = _NAME.match(text, command.end())
    if name is None:
        return None, command.end()
    word, at = name["braced"] or name["bare"], name.end()
    if command[0].endswith(("let", "Delimiter")):
        body, at = _group(text, at)
        if command[0] == r"\let":
            return Definition(word, body, again=True), at
        right, end = _group(text, at)
        return Definition(word, f"{body} #3 {right}", ("*", "", None)), end
    if command[0].endswith("DocumentCommand"):
        declared, at = braced(text, at)
        arguments = _declared(declared or "")
    else:
        between = _ARGUMENTS.match(text, at)
        at = between.end() if between else at
        arguments = _counted(text[name.end() : at].strip())
    inside, end = braced(text, at)
    if "environment" in command[0]:
        begins = _BEGIN.fullmatch(inside.strip()) if inside else None
        own = Definition(word, begins[1], environment=True) if begins else None
        return own, end if inside is None else braced(text, end)[1]
    if inside is None or not word.startswith("\\"):
        return None, end
    if "Operator" in command[0]:
        inside = rf"\operatorname{{{inside}}}"
    provided = command[0].startswith(("\\provide", "\\Provide"))
    return Definition(word, _meaning(inside), arguments, provided=provided), end


def _meaning(body: str) -> str:
    """What a text stands for; as in TeX a remark takes the end of its line along."""
    body = _REMARK.sub(lambda remark: remark[1] or "", body)
    ensured = _ENSURED.fullmatch(body)
    return " ".join((ensured["body"] if ensured else body).split())


def braced(text: str, start: int) -> tuple[str | None, int]:
    """The text in the braces that open at ``start``, and the offset behind them.

    Without a closing brace the offset is where the search ended, so that a text of many
    openings is still read in linear time.
    """
    start = _LEAD.match(text, start).end()  # type: ignore[union-attr]
    if text[start : start + 1] != "{":
        return None, start
    depth = 0
    limit = min(len(text), start + MAX_BODY)
    for brace in _BRACE.finditer(text, start, limit):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace[0] == "}":
            return text[start + 1 : brace.start()], brace.end()
    return None, limit


def _counted(between: str) -> Arguments | None:
    """What stands between the name and the body of a definition; None: no plain arguments."""
    counted = _COUNTED.fullmatch(between)
    if counted:
        arguments: list[str | None] = [None] * int(counted["count"])
        arguments[:1] = [counted["default"]] * bool(arguments)
        return tuple(arguments)
    plain = not between or _HASHES.fullmatch(between)
    return (None,) * between.count("#") if plain else None


def _declared(said: str) -> Arguments | None:
    """The arguments that ``{O{2} m}`` declares; None: others than these are."""
    arguments: list[str | None] = []
    at = 0
    while at < len(said.rstrip()):
        argument = _DECLARED.match(said, at)
        if argument is None:
            return None
        letters = {"m": None, "o": "", "s": "*"}
        arguments.append(letters[argument[1]] if argument[1] else argument[2])
        at = argument.end()
    return tuple(arguments)


def _group(text: str, start: int) -> tuple[str, int]:
    """One argument: what braces hold, or one command or character."""
    body, end = braced(text, start)
    if body is not None:
        return body, end
    token = _LET.match(text, start)
    return (token[1], token.end()) if token else ("", end)
