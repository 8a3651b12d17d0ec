"""The state of a scan: the text, the tokens so far, the brackets that are open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from closedform.errors import ParseError
from closedform.language.scanning import commands as c
from closedform.language.tokens import Scan, Token, Word, closing_places
from closedform.later import regex
from closedform.records import NamedTuple

#: Bounds on a text: characters, tokens, nesting of brackets, digits of one number.
LENGTH, TOKENS, NESTING, DIGITS = 20_000, 8_000, 60, 1_000

#: No text of so few characters has too many tokens.
SHORT = 1_000

#: Contexts in which layers stand.
LAYERS = frozenset({"layers", "shared", "portion"})

#: The span ``text[start:end]``.
Span: TypeAlias = tuple[int, int]

# A backslash or a dollar, a brace after _ or ^, or one around nothing or a sign, as in 1{/}N.
_TEX = regex(r"\\|\$|_\{|\^\{|\{[-+*/=<>×·,]?\}")
_SPACE, _TEX_SPACE = regex(r"[\s$]*"), regex(r"[\s~&$]*")
_BRACES = regex(r"\\.|[{}]", re.DOTALL)
_OVER = regex(r"\\(?:over|choose)(?![A-Za-z])")
_NO_BRACES: Mapping[int, int] = MappingProxyType({})
COMMAND = regex(r"\\([A-Za-z]+|.)", re.DOTALL)


class Names(NamedTuple):
    """Pieces of text and the symbols they stand for; a pattern with a group for each of them."""

    symbols: Mapping[str, str] = MappingProxyType({})
    meanings: Sequence[str] = ()
    pattern: re.Pattern[str] | None = None


class State:
    """What the readers of a scan share; each reader reads one thing and says where it ends."""

    __slots__ = tuple(
        "alones bound braces contexts faces longer meanings meant named open_at other out readers "
        "result shown singles space symbols tex text".split()
    )

    def __init__(
        self,
        shown: str,
        text: str,
        *,
        bound: frozenset[str],
        names: Names,
        layers: bool,
        tex: bool,
        readers: Readers,
    ) -> None:
        self.shown = shown
        self.text = text
        self.tex = tex or bool(_TEX.search(shown))
        self.space = _TEX_SPACE if self.tex else _SPACE
        self.bound = bound
        #: Bound words of several letters, the longest first.
        self.longer = sorted([w for w in bound if len(w) > 1], key=len, reverse=True)
        self.symbols, self.meanings, self.named = names
        #: Where such a piece of text stands.
        self.meant: set[int] = set()
        #: Whether a letter stands alone, of those that were asked for.
        self.alones: dict[str, bool] = {}
        self.out: list[Token] = []
        self.result = Scan(shown, self.out)
        #: What the innermost bracket belongs to: an expression, a call, :data:`LAYERS`, arguments.
        self.contexts = ["layers" if layers else "expression"]
        self.open_at: list[tuple[int, str]] = []
        self.readers, self.singles = readers.known, readers.singles[self.tex or "_" in text]
        self.other = readers.other
        self.faces: dict[str, tuple[str, int]] = {}
        self.braces: Mapping[int, int] = _NO_BRACES
        if "{" in text:
            signs = ((brace.start(), brace[0]) for brace in _BRACES.finditer(text))
            self.braces = closing_places(signs, "{", "}")

    # -- errors and tokens -----------------------------------------------------------------------

    def error(self, at: int, length: int, problem: str, hint: str = "") -> ParseError:
        """An error at ``text[at : at + length]``."""
        return ParseError(self.shown, at, at + length, problem, hint)

    def emit(self, kind: str, value: str, start: int, end: int) -> int:
        """Add a token; where it ends."""
        self.out.append(Token(kind, value, start, end))
        return end

    def refuse(self, start: int, end: int, problem: str, hint: str = "") -> int:
        """Add a token that no formula may contain; a label before a formula may."""
        self.result.refused[start] = (problem, hint)
        self.out.append(Token("UNREAD", self.text[start:end], start, end))
        return end

    def note_word(self, written: str, start: int, end: int, first: int, *, split: bool) -> None:
        """Remember that a word became the names emitted from ``first`` on."""
        names = frozenset(t.value for t in self.out[first:] if t.type == "NAME")
        self.result.words[start] = Word(written, start, end, names, split)

    def before(self) -> str:
        """The type of the last token."""
        return self.out[-1].type if self.out else ""

    def closes(self, at: int) -> bool:
        """Whether a round bracket closes at a place."""
        return self.text.startswith((")", "）"), self.follow(at))

    def alone(self, letter: str) -> bool:
        """Whether a letter stands anywhere by itself: a symbol."""
        if letter not in self.alones:
            alone = re.search(rf"(?<![A-Za-z0-9.\\]){letter}(?![A-Za-z0-9])", self.text)
            self.alones[letter] = alone is not None
        return self.alones[letter]

    def follow(self, at: int) -> int:
        """Where the space at ``at`` ends."""
        if self.text[at : at + 1].isalnum():
            return at
        space = self.space.match(self.text, at)
        return space.end() if space else at

    # -- running ---------------------------------------------------------------------------------

    def run(self, at: int, stop: int) -> None:
        """Read ``text[at:stop]``."""
        text, readers, other, named = self.text, self.readers, self.other, self.named
        out, last, contexts = self.out, stop - 1, self.contexts
        singles = self.singles if contexts[-1] == "expression" else {}
        while at < stop:
            if at > SHORT and len(out) > TOKENS:
                raise self.error(
                    at, 1, f"more than {TOKENS:,} signs and names", "split the formula"
                )
            if named and (name := named.match(text, at, stop)) and not self._is_option():
                self.emit("NAME", self.meanings[(name.lastindex or 1) - 1], at, name.end())
                self.meant.add(at)
                at = name.end()
                continue
            char = text[at]
            if char == " ":
                at += 1
            elif char in singles and at < last and text[at + 1] in singles[char][1]:
                out.append(Token(singles[char][0], char, at, at + 1))
                at += 1
            else:
                at = readers.get(char, other)(self, at, stop)
                singles = self.singles if contexts[-1] == "expression" else {}

    def _is_option(self) -> bool:
        """Whether a word among the sizes of a layer is a flag or the name of a size: no symbol."""
        before = self.before() in ("LPAR", "COMMA")
        return before and self.contexts[-1] in ("arguments", "named")

    def open(self, at: int, kind: str, context: str | None = None) -> None:
        """A bracket opens."""
        if len(self.open_at) >= NESTING:
            hint = "write a flatter formula"
            raise self.error(at, 1, f"brackets nest deeper than {NESTING}", hint)
        inner = self.contexts[-1] if self.contexts[-1] in LAYERS else "expression"
        self.contexts.append(context or inner)
        self.open_at.append((at, kind))

    def close(self, at: int, kind: str) -> None:
        """A bracket closes; it must be of the kind that was opened."""
        if not self.open_at:
            hint = "remove it, or open it before"
            raise self.error(at, 1, "this bracket was never opened", hint)
        _, opened = self.open_at.pop()
        if opened != kind:
            raise self.error(
                at, 1, f"a {opened} bracket is closed by a {kind} one", "close it by its own kind"
            )
        self.contexts.pop()

    def bracketed(self, inner: Span, context: str | None = None) -> None:
        """Read a span as if it stood in brackets."""
        start, end = inner
        if not self.text[start:end].strip():
            raise self.error(start - 1, 2, "nothing in this group", "write an expression in it")
        self.emit("LPAR", "(", start, start)
        self.nested(inner, context)
        self.emit("RPAR", ")", end, end)

    def nested(self, inner: Span, context: str | None = None) -> None:
        """Read a span in which every bracket closes that opens."""
        start, end = inner
        self.open(start, "group", context)
        depth = len(self.open_at)
        over = self._over(start, end)
        if over is None:
            self.run(start, end)
        else:
            kind = "FRACTION" if over[0] == "\\over" else "BINOMIAL"
            self.emit(kind, over[0], *over.span())
            self.bracketed((start, over.start()))
            self.bracketed((over.end(), end))
        if len(self.open_at) != depth or self.open_at[-1] != (start, "group"):
            raise self.error(start, end - start, "brackets in this group do not match")
        self.close(end, "group")

    def _over(self, start: int, end: int) -> re.Match[str] | None:
        r"""The ``\over`` or ``\choose`` that splits a group, and not one inside of it."""
        over = _OVER.search(self.text, start, end)
        if over is None:
            return None
        at = start
        while (brace := self.text.find("{", at, over.start())) >= 0:
            at = self.braces.get(brace, brace) + 1
            if at > over.start():
                over = _OVER.search(self.text, at, end)
                if over is None:
                    return None
        return over

    # -- arguments of TeX ------------------------------------------------------------------------

    def argument(self, at: int, stop: int, what: str, depth: int = 0) -> tuple[Span, int]:
        """The span of one TeX argument and where it ends: a group in braces, or one token."""
        text = self.text
        asked, at = at, self.follow(at)
        if at >= stop or text[at] in ")]}":
            raise self.error(max(0, asked - 1), 1, f"{what} is missing", "write it in braces: { }")
        if text[at] == "{":
            partner = self.braces.get(at, stop)
            if partner >= stop:
                raise self.error(at, 1, "this brace is not closed", "add }")
            return (at + 1, partner), partner + 1
        if text[at] != "\\":
            return (at, at + 1), at + 1
        command = COMMAND.match(text, at, stop)
        if command is None or depth > 3:
            raise self.error(at, 1, f"{what} is missing", "write it in braces: { }")
        end = command.end()
        more = 1 if command[1] in c.FACES or command[1] in c.TEXTS or command[1] == "sqrt" else 0
        for _ in range(2 if command[1] in c.FRACTIONS else more):
            end = self.argument(end, stop, what, depth + 1)[1]
        return (at, end), end


#: Characters that are a token of a kind by themselves, in front of any of some others.
Singles: TypeAlias = Mapping[str, tuple[str, frozenset[str]]]
#: Reads the thing at a place, not past a stop, and returns where it ends.
Reader: TypeAlias = Callable[[State, int, int], int]


class Readers(NamedTuple):
    """The reader of what begins with a character, by character; that of any ``other``.

    ``singles``: the characters that need none, by whether a ^ may belong to a name, as in TeX and
    in d^2_model.
    """

    known: Mapping[str, Reader]
    singles: Mapping[bool, Singles]
    other: Reader
