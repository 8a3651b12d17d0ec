r"""Abbreviations that a text defines: ``\newcommand{\x}{…}`` and its like.

An abbreviation holds from its definition on, as in TeX. Nothing is executed: a definition is a
name and a text, and the text takes the place of the name, with its arguments where ``#1`` stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from closedform.errors import ClosedformError, TooLarge
from closedform.language.definitions import START, Arguments, Definition, definition
from closedform.language.tokens import closing_places
from closedform.later import regex
from closedform.records import NamedTuple

#: A formula does not grow past this many characters; a hostile document doubles at each level.
MAX_LENGTH = 20_000
#: Nor do all formulas of a document together.
MAX_TOTAL = 5_000_000
#: Definitions that use definitions that use definitions: no honest document nests them so deep.
MAX_DEPTH = 40
_TOKEN = regex(r"\\[A-Za-z@]+|\\.|[{}]|\s+|.", re.DOTALL)
_WORD = regex(r"\\.*[^\W\d_]\Z", re.DOTALL)
_GLOBAL = regex(r"\\[gx]def")
_PLACE = regex(r"#(\d)")
# An optional argument longer than this is none.
_MAX_OPTION = 200
# Commands that take what follows as arguments: an abbreviation there is one argument, whole.
_ARITY = {r"\frac": 2, r"\dfrac": 2, r"\tfrac": 2, r"\cfrac": 2, r"\sqrt": 1}


class _Known(NamedTuple):
    """What names stand for at a place of a text, and the arguments they take.

    ``ends``: the name that ends an environment; ``environments``: what one of the text's own
    begins with.
    """

    bodies: dict[str, str]
    arguments_of: dict[str, Arguments]
    ends: dict[str, str]
    environments: dict[str, str]

    def copied(self) -> _Known:
        """The same, apart from what is learnt later."""
        bodies, arguments_of = {**self.bodies}, {**self.arguments_of}
        return _Known(bodies, arguments_of, {**self.ends}, {**self.environments})

    def learn(self, new: Definition) -> None:
        """Take a definition in."""
        if new.environment:
            self.environments[new.name] = new.body
            return
        if new.provided and new.name in self.bodies:
            return
        if new.arguments is None:  # left for the reader of formulas to refuse
            self.bodies.pop(new.name, None)
            return
        body, arguments = new.body, new.arguments
        if new.again:  # what the other name means by now
            body, arguments = self.bodies.get(body, body), self.arguments_of.get(body, ())
        self.bodies[new.name], self.arguments_of[new.name] = body, arguments
        if body.startswith(r"\end{"):
            self.ends[body] = new.name


class Macros:
    r"""The abbreviations met so far.

    >>> macros = Macros()
    >>> macros.take(r"\newcommand{\cin}{C_{in}} \frac1\cin")
    ' \\frac1\\cin'
    >>> macros.expand(r"\frac1\cin")
    '\\frac1{C_{in}}'
    """

    def __init__(self) -> None:
        self._known = _Known({r"\xspace": ""}, {}, {}, {})
        self._expanded: dict[str, str | ClosedformError] = {}
        self._total = 0
        #: What was known before each group that is open, once something is defined in it.
        self._groups: list[_Known | None] = []

    def define(self, text: str, start: int) -> int:
        """Learn the definition that begins at ``text[start]``; the offset behind it."""
        new, end = definition(text, start)
        if new is None:
            return end
        self._expanded.clear()
        if _GLOBAL.match(text, start) or text[:start].rstrip().endswith(r"\global"):
            for known in filter(None, self._groups):
                known.learn(new)
        elif self._groups and self._groups[-1] is None:
            self._groups[-1] = self._known.copied()
        self._known.learn(new)
        return end

    def open_group(self) -> None:
        """From here on definitions hold to the end of the group."""
        self._groups.append(None)

    def close_group(self) -> None:
        """What was defined in the group is forgotten."""
        before = self._groups.pop() if self._groups else None
        if before is not None:
            self._known = before
            self._expanded.clear()

    def take(self, text: str) -> str:
        """``text`` without the definitions in it, which are learnt; line ends stay."""
        kept: list[str] = []
        at = 0
        while (start := START.search(text, at)) is not None:
            kept.append(text[at : start.start()])
            at = max(self.define(text, start.start()), start.end())
            kept.append("\n" * text.count("\n", start.start(), at))
        return "".join([*kept, text[at:]])

    def expand(self, text: str) -> str:
        """``text`` with every abbreviation written out.

        Raises :class:`ClosedformError` for one that is defined by itself, and
        :class:`TooLarge` past the bounds of this module.
        """
        if len(self._known.bodies) == 1 or "\\" not in text:
            return text
        written = self._written_out(text, ())
        if written != text:
            self._total += len(written)
        if self._total > MAX_TOTAL:
            raise TooLarge(r"the length of all formulas with \newcommand written out", MAX_TOTAL)
        return written

    def body(self, name: str) -> str | None:
        """What ``name`` stands for, None when it is no abbreviation."""
        return self._known.bodies.get(name)

    def environment(self, name: str) -> str:
        """The environment that one of the text's own begins with, or ``name`` itself."""
        return self._known.environments.get(name, name)

    def ending(self, environment: str) -> str | None:
        r"""The abbreviation that stands for ``\end{environment}``, as in ``\eeq``."""
        return self._known.ends.get(rf"\end{{{environment}}}")

    def _written_out(self, text: str, within: tuple[str, ...]) -> str:
        if len(within) > MAX_DEPTH:
            raise TooLarge(r"the depth of \newcommand definitions", MAX_DEPTH)
        parts: list[str] = []
        wanted = [0]  # arguments still to come, at each depth of braces
        size = at = 0
        pieces = _TOKEN.findall(text)
        partners = closing_places(enumerate(pieces), "{", "}")
        while at < len(pieces):
            piece = part = pieces[at]
            at += 1
            arguments, after = self._arguments(piece, pieces, partners, at)
            if piece in self._known.bodies and arguments is not None:
                inner = [self._written_out(argument, (*within, "")) for argument in arguments]
                part, at = _filled(self._meaning(piece, within), inner), after
                if wanted[-1]:
                    part = f"{{{part}}}"
                elif part[:1].isalpha() and parts and _WORD.match(parts[-1]):
                    part = " " + part  # or \cdot\x would become \cdotM
            _count_arguments(piece, wanted)
            parts.append(part)
            size += len(part)
            if size > MAX_LENGTH:
                raise TooLarge(r"the length of a formula with \newcommand written out", MAX_LENGTH)
        return "".join(parts)

    def _arguments(
        self, name: str, pieces: Sequence[str], partners: Mapping[int, int], at: int
    ) -> tuple[list[str] | None, int]:
        """The arguments of ``name`` from ``pieces[at]`` on and where they end; None: too few."""
        arguments: list[str] = []
        for default in self._known.arguments_of.get(name, ()):
            start = at
            while start < len(pieces) and pieces[start].isspace():
                start += 1
            opens = "*" if default == "*" else "["
            if default is not None and pieces[start : start + 1] != [opens]:
                arguments.append("" if opens == "*" else default)
                continue
            if start == len(pieces):
                return None, at
            end = partners.get(start, start) + 1
            if default is not None and opens == "[":
                end = _option_end(pieces, start)
            bare = end == start + 1
            arguments.append("".join(pieces[start:end] if bare else pieces[start + 1 : end - 1]))
            at = end
        return arguments, at

    def _meaning(self, name: str, within: tuple[str, ...]) -> str:
        if name in within:
            raise ClosedformError(f"{name} is defined by itself", "write out what it stands for")
        if len(within) == MAX_DEPTH:
            raise TooLarge(r"the depth of \newcommand definitions", MAX_DEPTH)
        if name not in self._expanded:
            try:
                self._expanded[name] = self._written_out(self._known.bodies[name], (*within, name))
            except ClosedformError as error:
                # Kept, or a document could ask for the same long failure at every formula.
                self._expanded[name] = error
        meaning = self._expanded[name]
        if isinstance(meaning, ClosedformError):
            raise meaning
        return meaning


def written_out(text: str) -> str:
    r"""A formula with the abbreviations that it defines itself: ``\def\x{k} \x M``.

    Raises:
        ClosedformError: one that is defined by itself, or a bound is passed.

    >>> written_out(r"\newcommand{\nh}{n_h} $m\nh$")
    '$mn_h$'
    """
    if "\\" not in text or len(text) > MAX_LENGTH or not START.search(text):
        return text
    macros = Macros()
    return macros.expand(macros.take(text)).strip()


def _option_end(pieces: Sequence[str], start: int) -> int:
    """Behind the ``]`` of an optional argument; without one, behind its ``[``."""
    depth = 0
    for place in range(start, min(len(pieces), start + _MAX_OPTION)):
        depth += {"{": 1, "}": -1}.get(pieces[place], 0)
        if pieces[place] == "]" and depth == 0:
            return place + 1
    return start + 1


def _filled(body: str, arguments: Sequence[str]) -> str:
    """``body`` with its arguments put in; a letter does not run into the command before it."""

    def put(place: re.Match[str]) -> str:
        number = int(place[1])
        argument = arguments[number - 1] if 0 < number <= len(arguments) else place[0]
        before = body[: place.start()]
        joins = argument[:1].isalpha() and re.search(r"\\[A-Za-z@]+\Z", before[-40:])
        return f" {argument}" if joins else argument

    return _PLACE.sub(put, body) if arguments else body


def _count_arguments(piece: str, wanted: list[int]) -> None:
    if piece.isspace():
        return
    if piece == "}":
        if len(wanted) > 1:
            wanted.pop()
        return
    wanted[-1] = max(0, wanted[-1] - 1)
    if piece == "{":
        wanted.append(0)
    elif piece in _ARITY:
        wanted[-1] = _ARITY[piece]
