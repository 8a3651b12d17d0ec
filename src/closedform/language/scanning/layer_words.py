"""Words where layers stand: ``conv``, ``k=3``, ``bias``, ``convention=mac``."""

from __future__ import annotations

import re

from closedform.cost.registry import FLAGS, is_layer, layer_names
from closedform.errors import suggestion
from closedform.language.scanning.state import State
from closedform.language.vocabulary import QUANTITIES

_HYPHENED = re.compile(r"[A-Za-z]\w{0,80}(?:-[A-Za-z]\w{0,80}){0,6}", re.ASCII)
#: What a word among layers is behind a comma or an equals sign: ``flops(conv, convention=mac)``.
OPTION_KINDS = {"EQUALS": "OPTION", "COMMA": "KEY"}


def layer_argument(s: State, written: str, at: int, end: int, follow: int) -> bool:
    """Inside the brackets of a layer: ``k=3``, ``bias``, ``bias=true``."""
    before = s.before()
    if before == "EQUALS" and len(s.out) > 1 and s.out[-2].type == "FLAG":
        s.emit("TRUTH", written.lower(), at, end)
        return True
    if before not in ("LPAR", "COMMA"):
        return False
    equals = s.text[follow : follow + 1] in ("=", "＝")
    s.emit("FLAG" if written.lower() in FLAGS or not equals else "KEY", written, at, end)
    return True


def unknown_quantity(s: State, written: str, at: int, end: int) -> int | None:
    """A word over a layer that is no quantity, such as ``param(conv)``; None for a product."""
    opens = s.follow(end) + 1
    inside = _HYPHENED.match(s.text, s.follow(opens))
    if inside is None or not is_layer(inside[0]) or len(written) < 3 or not written.isalpha():
        return None
    if written.isupper() and len(inside[0]) < 3:
        return None  # HWN(bn + 1) is a product
    hint = suggestion(written.lower(), QUANTITIES)
    return s.refuse(at, end, f"unknown quantity {written[:40]!r}", hint)


def layer_word(s: State, at: int, end: int, stop: int) -> int | None:
    """Where layers may stand, the longest name of one, hyphens included; or an option."""
    found = _HYPHENED.match(s.text, at, stop)
    written = found[0] if found else s.text[at:end]
    kind = OPTION_KINDS.get(s.before())
    if kind is not None:
        s.emit(kind, written, at, at + len(written))
        return at + len(written)
    while written:
        if is_layer(written):
            s.emit("LAYER", written, at, at + len(written))
            return at + len(written)
        written = written.rpartition("-")[0]
    written = s.text[at:end]
    if written.lower() in QUANTITIES:
        return None
    if len(written) > 1 and written not in s.bound and written.isalpha():
        hint = suggestion(written, layer_names())
        return s.refuse(at, end, f"unknown layer {written[:40]!r}", hint)
    return None
