"""Words where layers stand: ``conv``, ``k=3``, ``bias``, ``convention=mac``."""

from __future__ import annotations

import re

from closedform.errors import UnknownName, suggestion
from closedform.language import vocabulary as v
from closedform.language.layer_names import is_layer, layer_names
from closedform.language.scanning.state import LAYERS, State
from closedform.later import regex

_HYPHENED = regex(r"[A-Za-z]\w{0,80}(?:-\w{1,80}){0,6}", re.ASCII)
#: The first word in a bracket, behind numbers, signs, single letters and commands of TeX: with the
#: letter before an underscore (w_msa), or behind it where that is a symbol (L_1 conv).
_OPENS_ON = tuple(
    regex(
        r"(?:\\left)?[(\[{](?:[^A-Za-z\\]|\\[A-Za-z]+(?![A-Za-z])|\\[^A-Za-z]"
        rf"|[A-Za-z](?![A-Za-z]))*{least}([A-Za-z](?:\w|-|\\_){{1,80}})",
        re.ASCII,
    )
    for least in ("?", "")
)
#: How far that word may be.
_NEAR = 80
#: What is a factor where a layer may stand.
_IN_FORMULAS = v.FUNCTIONS.keys() | v.GREEK_NAMES.keys() | {"sum", "out"}
#: A letter with a subscript; a module before the name of a layer; sizes in brackets.
_LETTER = regex(r"[A-Za-z](?:[0-9]+|_[A-Za-z0-9]+)\Z")
_MODULE = regex(r"\.(?=[A-Za-z])")
_SIZED = regex(r"\s*\(\s*(?:\)|[0-9]+\s*[,)]|\w+\s*[=,)])")
_SPACED = regex(r"[A-Za-z]\w{0,80}(?:\s[A-Za-z]\w{0,80}){1,4}", re.ASCII)
_SUBSCRIPTED = regex(
    r"([A-Za-z])_(?:\{(?:\\(?:text|mathrm)\s*\{)?\s*(\w+)\s*\}?\}|(\w+))(?=\s*[=＝])", re.ASCII
)
#: The name of a part of a network: head, layer3.0.conv2.
_PART = regex(r"\w[\w-]{0,40}(?:\.[\w-]{1,40}){0,8}")
#: A name in two scripts: DW卷积.
_MIXED = regex(r"[A-Za-z]{2}[^\W\d_A-Za-z]+")
#: What is applied to layers and gives layers.
OF_LAYERS = {"shared": "SHARED", "only": "PORTION", "without": "PORTION"}
#: What a word among layers is behind a comma or an equals sign: ``flops(conv, convention=mac)``.
OPTION_KINDS = {"EQUALS": "OPTION", "COMMA": "KEY"}


def argument(s: State, written: str, at: int, end: int, follow: int) -> bool:
    """In the brackets of a layer: ``k=3``, ``bias``, ``bias=true``; in those of ``out`` a size."""
    context, before = s.contexts[-1], s.before()
    if context == "arguments" and before == "EQUALS" and written.lower() in ("true", "false"):
        s.emit("TRUTH", written.lower(), at, end)
        return True
    if context not in ("arguments", "named") or before not in ("LPAR", "COMMA"):
        return False
    assigned = s.text[follow : follow + 1] in ("=", "＝")
    if not assigned and context == "named":
        return False
    s.emit("KEY" if assigned else "FLAG", written, at, end)
    return True


def among_layers(s: State, at: int, end: int, stop: int) -> int | None:
    """A word where layers stand, or in the brackets of one; None where it is read as elsewhere."""
    if s.contexts[-1] in LAYERS:
        return _layer_word(s, at, end, stop)
    return _subscripted_size(s, at, stop) if s.contexts[-1] == "arguments" else None


def _subscripted_size(s: State, at: int, stop: int) -> int | None:
    r"""A size with a subscript, as it is set in TeX: ``H_{\text{in}}=8``, ``d_h=64``."""
    size = _SUBSCRIPTED.match(s.text, at, stop) if s.before() in ("LPAR", "COMMA") else None
    if size is None:
        return None
    return s.emit("KEY", f"{size[1]}_{size[2] or size[3]}", at, size.end())


def applied_kind(s: State, word: str, end: int, stop: int) -> str | None:
    """What a word that ends at ``end`` is before a bracket: a quantity, a shorthand, or neither."""
    at = s.follow(end)
    near = at == end  # Prose goes on in brackets: "the bias is left out (k = 1)".
    lowered = word.lower()
    if lowered in v.COMMON_QUANTITIES:
        speaks = any(is_layer(first) or first in OF_LAYERS for first in _firsts(s, at, stop))
        return "QUANTITY" if speaks else None
    if lowered in v.QUANTITIES:
        return "QUANTITY"
    in_bytes = lowered == "bytes" and any(first in v.QUANTITIES for first in _firsts(s, at, stop))
    return "SHORTHAND" if (word == "out" and near) or in_bytes else None


def _firsts(s: State, at: int, stop: int) -> list[str]:
    """The first words in the bracket that opens at ``at``, in both readings of an underscore."""
    openings = (pattern.match(s.text, at, min(stop, at + _NEAR)) for pattern in _OPENS_ON)
    return [m[1].replace("\\", "").lower() for m in openings if m]


def unknown_quantity(s: State, written: str, at: int, end: int) -> int | None:
    """A word over a layer that is no quantity, such as ``param(conv)``; None for a product."""
    opens = s.follow(end) + 1
    inside = _HYPHENED.match(s.text, s.follow(opens))
    if inside is None or not is_layer(inside[0]) or len(written) < 3 or not written.isalpha():
        return None
    apart = s.follow(end) > end and not v.VOWEL.search(written)
    apart |= at > 0 and s.follow(end) > end and written.lower() in v.UNITS  # 138M params (VGG-16)
    if apart or (written.isupper() and len(inside[0]) < 3):
        return None  # kMN (conv) has a remark, HWN(bn + 1) is a product
    if is_layer(written):
        return None
    hint = suggestion(written.lower(), v.QUANTITIES)
    if written.lower() == "bytes":
        hint = f"write bytes(params({inside[0]}))"
    return s.refuse(at, end, f"unknown quantity {written[:40]!r}", hint)


def _layer_word(s: State, at: int, end: int, stop: int) -> int | None:
    """Where layers may stand, the longest name of one, hyphens included; or an option."""
    if (
        s.contexts[-1] == "portion"
        and s.before() == "LPAR"
        and (part := _PART.match(s.text, at, stop))
    ):
        return s.emit("PART", part[0], at, part.end())
    if (mixed := _MIXED.match(s.text, at, stop)) and is_layer(mixed[0]):
        return s.emit("LAYER", mixed[0], at, mixed.end())
    hyphened = _HYPHENED.match(s.text, at, stop)
    written = hyphened[0] if hyphened else s.text[at:end]
    kind = OPTION_KINDS.get(s.before()) if s.contexts[-1] == "layers" else None
    if kind is not None:
        return s.emit(kind, written, at, at + len(written))
    while written:
        if is_layer(written):
            return s.emit("LAYER", written, at, at + len(written))
        written = written.rpartition("-")[0]
    written = s.text[at:end]
    if _MODULE.match(s.text, end, stop):
        return end + 1
    if written.lower() in OF_LAYERS and s.text[s.follow(end) :][:1] in ("(", "（"):
        return s.emit(OF_LAYERS[written.lower()], written.lower(), at, end)
    if written.lower() in v.QUANTITIES or written in _IN_FORMULAS:
        return None
    bound = written in s.bound and not _stands_alone(s, end, stop)
    if bound or not _is_unknown_layer(s, written, end, stop):
        return None
    return unknown_layer(s, written, at, end)


def unknown_layer(s: State, written: str, at: int, end: int) -> int:
    """A word that stands where a layer stands and names none."""
    unknown = UnknownName("layer", written[:40], layer_names())
    hint = "join layers with +" if written.lower() in v.JOINS else unknown.hint
    if (spaced := _SPACED.match(s.text, at)) and is_layer(joined := "_".join(spaced[0].split())):
        hint = f"did you mean {joined}?"
    if s.text[s.follow(end) :][:1] in ("=", "＝"):
        hint = "a comma stands before an option: flops(conv, convention=mac)"
    return s.refuse(at, end, unknown.problem, hint)


def _is_unknown_layer(s: State, written: str, end: int, stop: int) -> bool:
    """Whether a word is no factor: a name with an underscore is a symbol unless it stands alone."""
    if len(written) == 1 or _LETTER.match(written):
        return False
    if "_" not in written or _SIZED.match(s.text, end, stop):
        return True
    return _stands_alone(s, end, stop)


def _stands_alone(s: State, end: int, stop: int) -> bool:
    """Whether a word is a whole term: a factor has a layer beside it."""
    follow = s.follow(end)
    return s.before() in ("", "LPAR", "PLUS") and (follow >= stop or s.text[follow] in "+,)]）")
