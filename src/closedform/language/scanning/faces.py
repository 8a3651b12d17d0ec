r"""Letters in another face: ``\mathrm{…}``, ``\text{…}``; names, quantities, words and prose."""

from __future__ import annotations

from closedform.language import vocabulary as v
from closedform.language.layer_names import is_layer
from closedform.language.scanning import commands as c
from closedform.language.scanning.keywords import applied_function, is_applied, modulo
from closedform.language.scanning.layer_words import (
    OF_LAYERS,
    OPTION_KINDS,
    applied_kind,
    argument,
)
from closedform.language.scanning.names import MARKS, canonical, plain, read_name
from closedform.language.scanning.state import LAYERS, Span, State
from closedform.language.tokens import ENDS, OPERATORS
from closedform.later import regex

_IDENTIFIER = regex(r"[A-Za-z][A-Za-z0-9_'\\]*(?:[_^]\{?[\\A-Za-z0-9_]+\}?)*\Z")
_GREEK = regex(r"\\[A-Za-z]+\Z")
_NAME = regex(r"[A-Za-z][A-Za-z0-9_]*'*\Z")
_HYPHENED = regex(r"(?=[A-Za-z-]*[A-Za-z]{3})[A-Za-z]+(?:-[A-Za-z]+)+")
_SCALED = regex(rf"(?:{'|'.join([*v.SUFFIXES, *v.SCALES, *v.BYTES])})(?:\\[,;:! ]|[~\s/])")
_SIGN_WORDS = {"×": "TIMES", "x": "TIMES", "·": "TIMES", "-": "MINUS", "+": "PLUS", "/": "DIVIDE"}


def faced(s: State, name: str, at: int, end: int, stop: int) -> int:
    r"""A command for a face, ``\mathrm`` or ``\text``, and its argument."""
    if name == "operatorname" and s.text.startswith("*", end):
        end += 1
    inner, end = s.argument(end, stop, f"\\{name}")
    return face(s, name, inner, at, end, stop)


def face(s: State, name: str, inner: Span, at: int, end: int, stop: int) -> int:
    r"""``\mathrm{bytes}`` is a symbol, ``\text{in all}`` prose, ``\mathrm{macs}(…)`` a quantity."""
    written = s.text[inner[0] : inner[1]].strip()
    content = plain(written)
    if written in s.symbols or content in s.symbols:
        return read_name(s, s.symbols.get(written) or s.symbols[content], at, end, stop)
    known = _keyword(s, content, at, end, stop)
    if known is not None:
        return known
    if s.before() == "NUMBER" and _SCALED.match(written):  # 569\,\text{M FLOPs}
        s.run(*inner)
        return end
    marked = len(written) > 1 and written[-1] in ":：=＝"
    if marked and (name in c.TEXTS or written[:-1].isalpha()):  # \mathbf{Parameters:} k^2
        s.emit("PROSE", written[:-1], at, end)
        mark = s.text.rfind(written[-1], at, end)
        s.emit("EQUALS" if written[-1] in "=＝" else "COLON", written[-1], mark, mark + 1)
        return end
    if name not in c.TEXTS and _HYPHENED.fullmatch(content):  # the W-MSA of Swin: one name
        return s.emit("PROSE", content, at, end)
    if name in c.TEXTS:
        return _text(s, written, content, inner, at, end, stop)
    if not (_NAME.match(content) and (_IDENTIFIER.match(written) or _GREEK.match(written))):
        wrapped(s, inner)
        return end
    return _symbol(s, name, content, at, end, stop)


def _keyword(s: State, content: str, at: int, end: int, stop: int) -> int | None:
    lowered = content.lower()
    applied = is_applied(s, end, stop)
    if argument(s, content, at, end, s.follow(end)):
        return end
    if applied and (kind := applied_kind(s, content, end, stop)):
        s.emit(kind, lowered, at, end)
    elif applied and lowered == "sum":
        s.emit("SUMMATION", "sum", at, end)
    elif applied and lowered in v.FUNCTIONS:
        s.emit("FUNCTION", v.FUNCTIONS[lowered], at, end)
    elif lowered in v.MODULO:
        return modulo(s, content, at, end)
    elif content in ("log", "ln"):
        return applied_function(s, "log", at, end, stop)
    elif s.contexts[-1] in LAYERS and lowered in OF_LAYERS and applied:
        s.emit(OF_LAYERS[lowered], lowered, at, end)
    elif s.contexts[-1] == "portion" and s.before() == "LPAR":
        s.emit("PART", content, at, end)
    elif s.contexts[-1] == "layers" and s.before() in OPTION_KINDS:
        s.emit(OPTION_KINDS[s.before()], content, at, end)
    elif s.contexts[-1] in LAYERS and is_layer(content):
        s.emit("LAYER", content, at, end)
    elif lowered.strip(",.;:") == "where" and (not s.open_at or s.before() == "LPAR"):
        s.emit("WHERE", content, at, end)
    else:
        return None
    return end


def _text(s: State, written: str, content: str, inner: Span, at: int, end: int, stop: int) -> int:
    r"""What stands in ``\text{…}``: a name, a number, punctuation, or prose."""
    bare = written.strip(" .,;。，；~")
    if not bare:
        return s.emit("STOP" if written.strip(" ~") else "GAP", written, at, end)
    if len(written) > 2 and written[0] == written[-1] == "$" and written.count("$") == 2:
        wrapped(s, inner)
        return end
    if bare in _SIGN_WORDS:
        return s.emit(_SIGN_WORDS[bare], bare, at, end)
    if bare.lower() in v.SIGN_WORDS:
        return s.refuse(at, end, f"{bare} in a word", "write the sign: + - * / ^")
    names = _NAME.match(content) and _IDENTIFIER.match(written)
    if names and content.lower() not in v.PROSE | v.UPRIGHT_PROSE:
        return _symbol(s, "text", content, at, end, stop)
    if bare.isascii() and bare.replace(",", "").isdigit():
        s.run(*inner)
        return end
    return s.emit("PROSE", written, at, end)


def _symbol(s: State, name: str, content: str, at: int, end: int, stop: int) -> int:
    first = len(s.out)
    if content not in s.bound and is_layer(content):
        s.result.layers[at] = content
    base = canonical(content)
    if content in ("x", "X") and content not in s.bound and s.before() in ENDS:
        return s.emit("X", content, at, end)
    if name in c.DISTINCT_FACES and len(content) == 1:
        s.faces.setdefault(base, (name, at))
        applied = is_applied(s, end, stop)
        if applied and name == "mathcal" and content == "O":
            return s.emit("ORDER", content, at, end)
    if end < stop and s.text[end] in MARKS:
        end = read_name(s, base, at, end, stop)
    else:
        s.emit("NAME", base, at, end)
    if len(content) > 1:
        s.note_word(content, at, end, first, split=False)
    return end


def wrapped(s: State, inner: Span) -> None:
    """A group that multiplies as one, unless it holds a sign alone or a whole equation."""
    text = s.text[inner[0] : inner[1]].strip()
    if not text:
        return
    first = len(s.out)
    s.emit("LPAR", "(", inner[0], inner[0])
    s.nested(inner)
    kinds = [item.type for item in s.out[first + 1 :]]
    related = any(kind in v.RELATIONS for kind in kinds)
    if related or (len(kinds) == 1 and kinds[0] in OPERATORS) or continues(s, first):
        del s.out[first]
    elif len(kinds) > 0 and kinds != ["NUMBER"]:
        s.emit("RPAR", ")", inner[1], inner[1])
    else:
        del s.out[first]


def continues(s: State, first: int) -> bool:
    """Whether a group without brackets goes on with the sum before it, as in ``k {+ N}``."""
    signed = [item.type for item in s.out[first + 1 : first + 2]] in (["PLUS"], ["MINUS"])
    return signed and first > 0 and s.out[first - 1].type in ENDS
