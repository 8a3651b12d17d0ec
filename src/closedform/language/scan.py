"""From characters to tokens, for typed text and LaTeX alike.

The scanner brings every spelling of a thing to one token: ``×``, ``\\times`` and the x of ``3x3``
are TIMES, ``\\frac ns`` is FRACTION with two bracketed groups, ``C_{\\text{in}}`` and ``C_in`` are
one name. It knows which words are bound, so that other words can be split into letters. It
evaluates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lark import Token

from closedform.cost.registry import FLAGS, is_layer, layer_names
from closedform.errors import ParseError, suggestion
from closedform.language import vocabulary as v
from closedform.language.times import resolve_times
from closedform.language.tokens import ENDS, Scan, token

#: Bounds on a text: characters, nesting of brackets, digits of one number.
LENGTH, NESTING, DIGITS = 20_000, 60, 1_000

_TEX = re.compile(r"\\|[_^]\{")
_SPACE = re.compile(r"[\s\u200b\ufeff~$&]+")
_NUMBER = re.compile(
    r"(?:\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?![\d])|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,5}(?![A-Za-z\d]))?|\.\d+"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\\?_[A-Za-z0-9]+)*")
_LETTERS = re.compile(r"[A-Za-z]\d*")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.S)
_LONG = re.compile("|".join(re.escape(sign) for sign in v.LONG_SIGNS))
_FOREIGN = re.compile(r"[^\W\d_A-Za-zα-ωΑ-Ω]+")
_SUBSCRIPTS = re.compile("[" + "".join(v.SUBSCRIPTS) + "]+")
_SUPERSCRIPTS = re.compile("[" + "".join(v.SUPERSCRIPTS) + "]+")
_PRIMES = re.compile("['′’‘]+")
_PLAIN = re.compile(r"[A-Za-z]+$")


def scan(
    text: str,
    *,
    bound: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
    layers: bool = False,
) -> Scan:
    """The tokens of ``text``.

    ``bound``: words that are one symbol each. ``names``: pieces of the text and the symbols they
    stand for. ``layers``: the whole text is a sum of layers, as inside ``params( )``.

    Raises:
        ParseError: a character or command that has no meaning here, or a bound is passed.
    """
    if len(text) > LENGTH:
        raise ParseError(
            text, LENGTH, LENGTH + 1, f"the text is longer than {LENGTH:,} characters", "split it"
        )
    scanner = _Scanner(text, bound, names or {}, layers)
    scanner.run(0, len(text))
    if scanner.depth:
        raise scanner.error(
            scanner.open_at[-1], 1, "this bracket is not closed", "add the closing bracket"
        )
    return resolve_times(scanner.result, bound)


class _Scanner:
    """One pass over a text; ``context`` tells what the innermost round bracket belongs to."""

    def __init__(
        self, text: str, bound: frozenset[str], names: Mapping[str, str], layers: bool
    ) -> None:
        self.text = text
        self.tex = bool(_TEX.search(text))
        self.bound = bound
        self.names = sorted(names.items(), key=lambda item: -len(item[0]))
        self.out: list[Token] = []
        self.result = Scan(text, self.out)
        self.context = ["layers" if layers else "expression"]
        self.open_at: list[int] = []

    @property
    def depth(self) -> int:
        return len(self.open_at)

    def error(self, at: int, length: int, problem: str, hint: str = "") -> ParseError:
        return ParseError(self.text, at, at + length, problem, hint)

    def emit(self, kind: str, value: str, start: int, end: int) -> None:
        self.out.append(token(kind, value, start, end))

    def run(self, at: int, stop: int) -> None:
        """Scan ``text[at:stop]``."""
        while at < stop:
            at = self.step(at, stop)

    def step(self, at: int, stop: int) -> int:
        """Scan one thing at ``at`` and return where it ends."""
        text = self.text
        char = text[at]
        if self.names:
            named = self.named(at)
            if named is not None:
                return named
        if char.isspace() or char in "~$&\u200b\ufeff":
            match = _SPACE.match(text, at, stop)
            return match.end() if match else at + 1
        if char.isascii() and char.isalpha():
            return self.word(at, stop)
        if char.isdigit() and char.isascii() or char == "." and _NUMBER.match(text, at, stop):
            return self.number(at, stop)
        if char == "\\":
            return self.command(at, stop)
        if char == "%" and self.tex:
            newline = text.find("\n", at, stop)
            return stop if newline < 0 else newline + 1
        if char in "#.;；。！!?？" :
            return self.punctuation(at, stop)
        long = _LONG.match(text, at, stop)
        if long:
            self.emit(v.LONG_SIGNS[long[0]], long[0], at, long.end())
            return long.end()
        if char in v.GREEK:
            return self.name(v.GREEK[char], at, at + 1, stop)
        if char in v.SUPERSCRIPTS:
            return self.superscript(at, stop)
        kind = v.SIGNS.get(char)
        if kind is not None:
            return self.sign(kind, at, stop)
        foreign = _FOREIGN.match(text, at, stop)
        if foreign:
            self.emit("WORD", foreign[0], at, foreign.end())
            return foreign.end()
        raise self.error(at, 1, f"{char!r} has no meaning here", "")

    # -- numbers, signs --------------------------------------------------------------------------

    def number(self, at: int, stop: int) -> int:
        match = _NUMBER.match(self.text, at, stop)
        written = match[0] if match else self.text[at]
        end = match.end() if match else at + 1
        if "," in written and self.context[-1] in ("call", "arguments"):
            written = written.split(",")[0].rstrip("{")
            end = at + len(written)
        plain = re.sub(r"\{,\}|\\,|,", "", written)
        if len(plain) > DIGITS:
            raise self.error(at, end - at, f"a number of more than {DIGITS:,} digits", "shorten it")
        percent = 2 if self.text.startswith("\\%", end) else int(self.text.startswith("%", end))
        if percent and not (percent == 1 and self.tex):
            end += percent
            plain += "%"
        self.emit("NUMBER", plain, at, end)
        return end

    def sign(self, kind: str, at: int, stop: int) -> int:
        if kind == "LPAR":
            before = self.out[-1].type if self.out else ""
            self.open(at, {"FUNCTION": "call", "QUANTITY": "layers", "LAYER": "arguments"}.get(before))
        elif kind == "RPAR":
            self.close(at)
        elif kind == "ROOTSIGN":
            return self.group_after("ROOT", at, at + 1, stop)
        elif kind == "SUMSIGN":
            return self.series(at, at + 1, stop)
        elif kind == "POWER":
            return self.exponent(at, at + 1, stop)
        self.emit(kind, self.text[at], at, at + 1)
        return at + 1

    def punctuation(self, at: int, stop: int) -> int:
        char = self.text[at]
        if char == "#":
            self.emit("WORD", char, at, at + 1)
            return at + 1
        long = _LONG.match(self.text, at, stop)
        if long:
            self.emit(v.LONG_SIGNS[long[0]], long[0], at, long.end())
            return long.end()
        if self.text[at:stop].strip(" \n\t$.;；。！!?？&\\") == "":
            return stop
        self.emit("STOP", char, at, at + 1)
        return at + 1

    def open(self, at: int, context: str | None = None) -> None:
        if len(self.open_at) >= NESTING:
            raise self.error(at, 1, f"brackets nest deeper than {NESTING}", "write a flatter formula")
        inner = "expression" if self.context[-1] != "layers" else "layers"
        self.context.append(context or inner)
        self.open_at.append(at)

    def close(self, at: int) -> None:
        if not self.open_at:
            raise self.error(at, 1, "this bracket was never opened", "remove it, or open it before")
        self.context.pop()
        self.open_at.pop()

    def superscript(self, at: int, stop: int) -> int:
        match = _SUPERSCRIPTS.match(self.text, at, stop)
        end = match.end() if match else at + 1
        written = "".join(v.SUPERSCRIPTS[c] for c in self.text[at:end])
        self.emit("POWER", "^", at, end)
        self.emit("LPAR", "(", at, end)
        for piece in re.findall(r"\d+|[+\-ni]", written):
            kind = {"+": "PLUS", "-": "MINUS"}.get(piece, "NUMBER" if piece.isdigit() else "NAME")
            self.emit(kind, piece, at, end)
        self.emit("RPAR", ")", at, end)
        return end

    # -- words and names -------------------------------------------------------------------------

    def named(self, at: int) -> int | None:
        """A piece of the text that ``names`` gives a symbol."""
        for written, symbol in self.names:
            if not self.text.startswith(written, at):
                continue
            end = at + len(written)
            inside = written[0].isascii() and written[0].isalnum()
            cut = inside and (
                self.text[end : end + 1].isascii() and self.text[end : end + 1].isalnum()
                or at > 0 and self.text[at - 1].isascii() and self.text[at - 1].isalpha()
            )
            if not cut:
                self.emit("NAME", symbol, at, end)
                return end
        return None

    def word(self, at: int, stop: int) -> int:
        """A run of letters: a known word, a bound name, or single letters."""
        match = _WORD.match(self.text, at, stop)
        written = match[0].replace("\\", "") if match else self.text[at]
        end = match.end() if match else at + 1
        layer = self.layer_word(at, end, stop)
        if layer is not None:
            return layer
        if self.tex and "_" in written and written not in self.bound and not _long_word(written):
            escaped = match is not None and "\\_" in match[0]
            if not escaped:
                written = written.split("_")[0]
                end = at + len(written)
        stem = written.split("_")[0]
        known = self.keyword(written, at, end, stop)
        if known is not None:
            return known
        if written in self.bound:
            return self.whole(written, at, end, stop)
        if self.times_before(stem, at):
            self.emit("X", stem[0], at, at + 1)
            return at + 1
        if "_" in written:
            return self.whole(_canonical(written), at, end, stop)
        if written in v.GREEK_NAMES:
            return self.name(v.GREEK_NAMES[written], at, end, stop)
        return self.letters(written, at, end, stop)

    def times_before(self, stem: str, at: int) -> bool:
        """Whether the x that a word begins with may be the sign in ``3x3`` or ``3xC_in``."""
        if stem[0] not in "xX" or stem in self.bound or stem[0] in self.bound:
            return False
        after = self.out and self.out[-1].type in ENDS
        return bool(after) and len(stem) > 1 and stem not in v.GREEK_NAMES

    def letters(self, written: str, at: int, end: int, stop: int) -> int:
        """Split a word into letters, each with the digits after it."""
        pieces = list(_LETTERS.finditer(self.text, at, end))
        if len(pieces) > 1:
            self.result.words[at] = token("NAME", written, at, end)
        for place, piece in enumerate(pieces):
            letter = piece[0]
            marked = self.text[piece.end() : piece.end() + 1] in tuple("_'′^") or (
                self.text[piece.end() : piece.end() + 1] in v.SUBSCRIPTS
            )
            may_be_sign = letter[0] in "xX" and letter not in self.bound and not marked
            if may_be_sign and (place or len(letter) == 1):
                self.emit("X", letter[0], piece.start(), piece.start() + 1)
                if len(letter) > 1:
                    self.emit("NUMBER", letter[1:], piece.start() + 1, piece.end())
                continue
            name = letter if len(letter) == 1 else f"{letter[0]}_{letter[1:]}"
            if place == len(pieces) - 1:
                return self.name(name, piece.start(), piece.end(), stop)
            self.emit("NAME", name, piece.start(), piece.end())
        return end

    def keyword(self, written: str, at: int, end: int, stop: int) -> int | None:
        """A word with a meaning of its own, where it stands in its place."""
        text, lowered = self.text, written.lower()
        if lowered == "where" and self.depth == 0:
            self.emit("WHERE", written, at, end)
            return end
        rest = _SPACE.match(text, end, stop)
        follow = rest.end() if rest else end
        opens = text[follow : follow + 1] in ("(", "（")
        if self.context[-1] == "arguments" and self.argument_word(written, at, end, follow):
            return end
        if written in self.bound:
            return None
        base = re.fullmatch(r"log_?(\d+)", written)
        if base:
            self.emit("LOGBASE", "log", at, end)
            for kind, value in (("LPAR", "("), ("NUMBER", base[1]), ("RPAR", ")")):
                self.emit(kind, value, at, end)
            return end
        if written in v.FUNCTIONS and (opens or v.FUNCTIONS[written] == "log"):
            self.emit("FUNCTION" if opens else "PREFIX", v.FUNCTIONS[written], at, end)
            return end
        if lowered == "sum" and opens:
            self.emit("SUMMATION", "sum", at, end)
            return end
        if lowered in v.QUANTITIES and opens:
            self.emit("QUANTITY", v.QUANTITIES[lowered], at, end)
            return end
        return None

    def argument_word(self, written: str, at: int, end: int, follow: int) -> bool:
        """Inside the brackets of a layer: ``k=3``, ``bias``, ``bias=true``."""
        before = self.out[-1].type if self.out else ""
        if before == "EQUALS" and len(self.out) > 1 and self.out[-2].type == "FLAG":
            self.emit("TRUTH", written.lower(), at, end)
            return True
        if before not in ("LPAR", "COMMA"):
            return False
        equals = self.text[follow : follow + 1] == "="
        if written.lower() in FLAGS or not equals:
            self.emit("FLAG", written, at, end)
        else:
            self.emit("KEY", written, at, end)
        return True

    def layer_word(self, at: int, end: int, stop: int) -> int | None:
        """Where layers may stand, the longest name of one, hyphens included; or an option."""
        if self.context[-1] != "layers":
            return None
        match = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z][A-Za-z0-9_]*)*").match(
            self.text, at, stop
        )
        written = match[0] if match else self.text[at:end]
        before = self.out[-1].type if self.out else ""
        if before == "EQUALS":
            self.emit("OPTION", written, at, at + len(written))
            return at + len(written)
        if before == "COMMA":
            self.emit("KEY", written, at, at + len(written))
            return at + len(written)
        while written:
            if is_layer(written):
                self.emit("LAYER", written, at, at + len(written))
                return at + len(written)
            written = written.rpartition("-")[0]
        follow = _SPACE.match(self.text, end, stop)
        opens = self.text[follow.end() if follow else end :][:1] == "("
        if opens and len(self.text[at:end]) > 1:
            raise self.unknown_layer(self.text[at:end], at)
        return None

    def unknown_layer(self, written: str, at: int) -> ParseError:
        hint = suggestion(written, layer_names())
        return self.error(at, len(written), f"unknown layer {written!r}", hint)

    def whole(self, written: str, at: int, end: int, stop: int) -> int:
        """A word that is one symbol, with the primes after it."""
        return self.name(written, at, end, stop)

    def name(self, base: str, at: int, end: int, stop: int) -> int:
        """A symbol: the base, then subscripts, primes, and (in TeX) exponents before a subscript."""
        text, subscript, primes = self.text, "", ""
        powers: list[tuple[int, int]] = []
        while end < stop:
            if text[end] in v.SUBSCRIPTS:
                match = _SUBSCRIPTS.match(text, end, stop)
                subscript += "".join(v.SUBSCRIPTS[c] for c in match[0]) if match else ""
                end = match.end() if match else end + 1
            elif text[end] in "'′’":
                match = _PRIMES.match(text, end, stop)
                primes += "'" * len(match[0] if match else "'")
                end = match.end() if match else end + 1
            elif text[end] == "_" and (self.tex or text[end + 1 : end + 2] in ("{", "\\")):
                inner, end = self.argument(end + 1, stop, "a subscript")
                subscript += self.plain(*inner)
            elif text[end] == "^" and self.tex:
                inner, after = self.argument(end + 1, stop, "an exponent")
                prime = re.fullmatch(r"\s*(\\prime\s*|['′])+\s*", text[inner[0] : inner[1]])
                if prime:
                    primes += "'" * len(re.findall(r"\\prime|['′]", prime[0]))
                    end = after
                elif _SPACE.sub("", text[after:stop])[:1] == "_" and not powers:
                    powers.append(inner)
                    end = after
                else:
                    break
            else:
                break
        name = f"{base}_{subscript}" if subscript else base
        self.emit("NAME", _canonical(name) + primes, at, end)
        for inner in powers:
            self.emit("POWER", "^", inner[0], inner[1])
            self.bracketed(inner)
        return end

    # -- LaTeX -----------------------------------------------------------------------------------

    def command(self, at: int, stop: int) -> int:
        """A backslash and what it means."""
        match = _COMMAND.match(self.text, at, stop)
        if match is None:
            raise self.error(at, 1, "a backslash at the end", "remove it")
        name, end = match[1], match.end()
        if name == "\\":
            self.emit("GAP", "\\\\", at, end)
            return end
        if name in v.IGNORED or name in "()[]":
            dot = name in ("left", "right") and self.text[end : end + 1] == "."
            return end + 1 if dot else end
        if name in v.GAPS:
            self.emit("GAP", name, at, end)
            return end
        if name in v.COMMANDS:
            return self.sign_command(v.COMMANDS[name], at, end)
        if name in v.GREEK_NAMES:
            return self.name(v.GREEK_NAMES[name], at, end, stop)
        if name in v.FRACTIONS:
            return self.fraction(at, end, stop)
        if name == "sqrt":
            return self.square_root(at, end, stop)
        if name == "sum":
            return self.series(at, end, stop)
        if name in v.FUNCTIONS:
            return self.function(name, at, end, stop)
        return self.wrapped(name, at, end, stop)

    def sign_command(self, kind: str, at: int, end: int) -> int:
        if kind == "LPAR":
            before = self.out[-1].type if self.out else ""
            self.open(at, "call" if before == "FUNCTION" else None)
        elif kind == "RPAR":
            self.close(at)
        self.emit(kind, self.text[at:end], at, end)
        return end

    def wrapped(self, name: str, at: int, end: int, stop: int) -> int:
        """Commands with an argument in braces: faces, words, accents, wrappers, environments."""
        if name in v.IGNORED_ARGUMENT:
            return self.argument(end, stop, f"\\{name}")[1]
        if name in ("begin", "end"):
            _, end = self.argument(end, stop, f"\\{name}")
            extra = re.compile(r"(?:\{[^{}]*\}|\[[^\[\]]*\])*").match(self.text, end, stop)
            return extra.end() if extra and name == "begin" else end
        if name in ("underbrace", "overbrace"):
            inner, end = self.argument(end, stop, f"\\{name}")
            self.bracketed(inner)
            while self.text[end : end + 1] in ("_", "^"):
                end = self.argument(end + 1, stop, "the label of a brace")[1]
            return end
        if name in v.WRAPPERS:
            inner, end = self.argument(end, stop, f"\\{name}")
            self.bracketed(inner)
            return end
        if name in v.ACCENTS:
            inner, end = self.argument(end, stop, f"\\{name}")
            return self.name(self.plain(*inner) + name.replace("wide", ""), at, end, stop)
        if name in v.FACES or name in v.TEXTS:
            return self.faced(name, at, end, stop)
        if name in ("%", "#", "&", "$", "_"):
            self.emit("STOP", name, at, end)
            return end
        known = [*v.COMMANDS, *v.GREEK_NAMES, *v.FACES, *v.TEXTS, *v.FRACTIONS, "sqrt", "sum"]
        raise self.error(at, end - at, f"\\{name} is not known here", suggestion(name, known))

    def faced(self, name: str, at: int, end: int, stop: int) -> int:
        r"""``\mathrm{bytes}`` is a symbol, ``\text{in total}`` prose, ``\mathrm{params}(…)`` a quantity."""
        inner, end = self.argument(end, stop, f"\\{name}")
        content = self.plain(*inner)
        follow = _SPACE.match(self.text, end, stop)
        after = re.match(r"(?:\\left|\\bigl?)?\s*[(（]", self.text[follow.end() if follow else end : stop])
        lowered = content.lower()
        for named, symbol in self.names:
            if content == named:
                return self.name(symbol, at, end, stop)
        if after and lowered in v.QUANTITIES:
            self.emit("QUANTITY", v.QUANTITIES[lowered], at, end)
            return end
        if after and content in v.FUNCTIONS:
            self.emit("FUNCTION", v.FUNCTIONS[content], at, end)
            return end
        if self.context[-1] == "layers" and is_layer(content):
            self.emit("LAYER", content, at, end)
            return end
        if lowered == "where" and self.depth == 0:
            self.emit("WHERE", content, at, end)
            return end
        written = self.text[inner[0] : inner[1]].strip()
        if re.fullmatch(r"[A-Za-z0-9_'\\]+(?:[_^]\{?[\\A-Za-z0-9_]+\}?)*", written) and content:
            if name not in v.TEXTS and len(content) > 1 and content.isalpha() and name != "operatorname":
                self.result.words.setdefault(at, token("TEXT", content, at, end))
            elif len(content) > 1:
                self.result.words.setdefault(at, token("TEXT", content, at, end))
            return self.name(_canonical(content), at, end, stop)
        signs = {"×": "TIMES", "x": "TIMES", "-": "MINUS", "+": "PLUS"}
        if written in signs:
            self.emit(signs[written], written, at, end)
        elif written.strip(" .,;"):
            self.emit("PROSE", written, at, end)
        return end

    def fraction(self, at: int, end: int, stop: int) -> int:
        self.emit("FRACTION", "frac", at, end)
        for part in ("a numerator", "a denominator"):
            inner, end = self.argument(end, stop, part)
            self.bracketed(inner)
        return end

    def square_root(self, at: int, end: int, stop: int) -> int:
        index = re.compile(r"\s*\[([^\[\]]*)\]").match(self.text, end, stop)
        if index:
            self.emit("NTHROOT", "root", at, end)
            self.bracketed((index.start(1), index.end(1)))
            end = index.end()
        else:
            self.emit("ROOT", "root", at, end)
        inner, end = self.argument(end, stop, "a radicand")
        self.bracketed(inner)
        return end

    def group_after(self, kind: str, at: int, end: int, stop: int) -> int:
        self.emit(kind, self.text[at:end], at, end)
        inner, end = self.argument(end, stop, "an argument")
        self.bracketed(inner)
        return end

    def function(self, name: str, at: int, end: int, stop: int) -> int:
        function = v.FUNCTIONS[name]
        if function == "log" and self.text[end : end + 1] == "_":
            inner, end = self.argument(end + 1, stop, "a base")
            self.emit("LOGBASE", "log", at, end)
            self.bracketed(inner)
            return end
        follow = re.compile(r"(?:\s|\\left|\\bigl?|\\Bigl?|\\!|\\,)*").match(self.text, end, stop)
        rest = self.text[follow.end() if follow else end :]
        opens = rest[:1] in ("(", "[", "{") or rest.startswith(("\\{", "\\("))
        self.emit("FUNCTION" if opens else "PREFIX", function, at, end)
        return end

    def series(self, at: int, end: int, stop: int) -> int:
        r"""``\sum_{i=1}^{L}``: the index and its two bounds."""
        bounds: dict[str, tuple[int, int]] = {}
        while len(bounds) < 2:
            follow = re.compile(r"(?:\s|\\limits|\\nolimits)*").match(self.text, end, stop)
            end = follow.end() if follow else end
            mark = self.text[end : end + 1]
            if mark not in ("_", "^") or mark in bounds:
                break
            bounds[mark], end = self.argument(end + 1, stop, "a bound of the sum")
        lower = bounds.get("_", (end, end))
        split = re.compile(r"\s*([A-Za-z]|\\[A-Za-z]+)\s*=").match(self.text, *lower)
        if "^" not in bounds or split is None:
            raise self.error(
                at, end - at, "a sum without an index and two bounds", r"write \sum_{i=1}^{L}"
            )
        self.emit("SERIES", "sum", at, end)
        self.emit("NAME", split[1].lstrip("\\"), split.start(1), split.end(1))
        self.bracketed((split.end(), lower[1]))
        self.bracketed(bounds["^"])
        return end

    def exponent(self, at: int, end: int, stop: int) -> int:
        """After ``^``: in TeX one character or a group; in text a number, a word or a bracket."""
        self.emit("POWER", "^", at, end)
        follow = _SPACE.match(self.text, end, stop)
        end = follow.end() if follow else end
        if self.text[end : end + 1] == "{" or self.tex and self.text[end : end + 1] not in ("(", "-", "−"):
            inner, end = self.argument(end, stop, "an exponent")
            self.bracketed(inner)
            return end
        word = _WORD.match(self.text, end, stop)
        if word and len(word[0]) > 1:
            self.bracketed((end, word.end()))
            return word.end()
        return end

    def argument(self, at: int, stop: int, what: str) -> tuple[tuple[int, int], int]:
        """The span of one TeX argument and where it ends: a group in braces, or one token."""
        text = self.text
        follow = _SPACE.match(text, at, stop)
        at = follow.end() if follow else at
        if at >= stop:
            raise self.error(at - 1, 1, f"{what} is missing", "write it in braces: { }")
        if text[at] == "{":
            depth, place = 0, at
            while place < stop:
                if text[place] == "\\":
                    place += 1
                elif text[place] == "{":
                    depth += 1
                elif text[place] == "}":
                    depth -= 1
                    if not depth:
                        return (at + 1, place), place + 1
                place += 1
            raise self.error(at, 1, "this brace is not closed", "add }")
        if text[at] in ")]}&":
            raise self.error(at, 1, f"{what} is missing", "write it in braces: { }")
        if text[at] == "\\":
            match = _COMMAND.match(text, at, stop)
            end = match.end() if match else at + 1
            braces = match is not None and (match[1] in v.FACES or match[1] in v.TEXTS)
            if braces:
                end = self.argument(end, stop, what)[1]
            elif match is not None and match[1] in v.FRACTIONS:
                end = self.argument(self.argument(end, stop, what)[1], stop, what)[1]
            return (at, end), end
        return (at, at + 1), at + 1

    def bracketed(self, inner: tuple[int, int]) -> None:
        """Scan a span as if it stood in brackets."""
        start, end = inner
        if not self.text[start:end].strip():
            raise self.error(start - 1, 2, "nothing in this group", "write an expression in it")
        self.emit("LPAR", "(", start, start)
        self.open(start)
        depth = self.depth
        self.run(start, end)
        if self.depth != depth:
            raise self.error(start, end - start, "brackets in this group do not match", "")
        self.close(end)
        self.emit("RPAR", ")", end, end)

    def plain(self, start: int, end: int) -> str:
        """The letters of a subscript or a word, without faces and spaces."""
        text = self.text[start:end]
        text = re.sub(r"\\(?:[a-zA-Z]+)\s*\{([^{}]*)\}", r"\1", text)
        text = re.sub(r"\\(" + "|".join(v.GREEK_NAMES) + r")(?![A-Za-z])", r"\1", text)
        text = re.sub(r"\\(?:_|[,;:! ])", lambda m: "_" if m[0] == "\\_" else "", text)
        text = "".join(v.GREEK.get(c, c) for c in text)
        return re.sub(r"[\s{}$\\]", "", text)


def _long_word(written: str) -> bool:
    """Words such as ``batch_size``: even in TeX nobody means one-letter subscripts by them."""
    parts = written.split("_")
    return len(parts[0]) > 2 and all(len(part) > 2 and _PLAIN.match(part) for part in parts[1:])


def _canonical(name: str) -> str:
    """One spelling for a name: a Greek base by its English name, ``c1`` as ``c_1``."""
    base, underscore, subscript = name.partition("_")
    base = v.GREEK_NAMES.get(base, base)
    if not underscore and re.fullmatch(r"[A-Za-z]\d+", base):
        return f"{base[0]}_{base[1:]}"
    return base + underscore + subscript
