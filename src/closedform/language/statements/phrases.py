"""Words behind a formula that say of what it is, each held to the target: at 224×224, 32 layers.

They need no sign before them, and are left out only where the target is of all that they say: a
layer by its name, one image where no batch is a size, a side where there is one to compare, bytes
of a width, memory of bytes, FLOPs of a MAC, and sizes with which the target is the same.
"""

from __future__ import annotations

import re

from closedform.algebra.tree import Number, Product
from closedform.errors import ParseError
from closedform.language.claim import Member
from closedform.language.layer_names import layer_called
from closedform.language.layers import Expand, LayerNode, Quantity
from closedform.language.numbers.memory import counts_bytes, widths_of
from closedform.language.parser import parse
from closedform.language.statements.another_formula import with_size, with_sizes
from closedform.language.statements.asked_layers import has_argument, is_network
from closedform.language.surroundings.numerals import without
from closedform.language.tokens import Scan
from closedform.later import regex
from closedform.symbols import SIZES
from closedform.synonyms import meant, sizes_called

_NOUN = r"[^\W\d_]+(?:[ _-][^\W\d_]+){0,3}"
_VALUE = r"\d+[A-Za-z]?|[A-Za-z](?:_\w+)?"
_ONE = r"(?:an?|the|one|a single|each|every|per|pro|par|chaque|每一?[个個张張]?)"
#: What may be said, and what holds it; the words for a size stand before its number or behind it.
_SAID = regex(
    rf"(?i)(?:(?:of|for) )?{_ONE}\s*(?:(?P<single>layer|block|schicht|couche|层)"
    r"|(?P<image>image|sequence|sample|example|input|inference|forward pass|bild|sequenz"
    r"|séquence|图[像片]|序列|样本)|(?P<token>token))\Z"
    r"|(?:(?:of|for) )?(?:an?|the|one) (?P<layer>[a-z][\w -]*?)(?: layer)?\Z"
    r"|(?P<width>(?:b?fp?|float|u?int)-?\d{1,2}|half[ -]precision"
    r"|(?P<bits>\d+)[ -]bits?(?: \w+)?)\Z"
    r"|(?:每个?参数)?(?P<bytes>\d+) ?(?:bytes?|octets?|字节)"
    r"(?: ?(?:/|per|par|pro|each) ?(?:param\w*|paramètre|weight|value|element)?)?\Z"
    r"|(?:of )?(?P<memory>v?ram|memory|disk|显存|内存)\Z"
    r"|(?=.*\bmacs?\b)(?:(?:1|one|an?) macs? ?(?:=|is|为|是) ?)?(?P<flops>\d) ?flops?"
    r"(?: ?(?:/|per|for (?:an?|each)) ?macs?)?\Z"
    rf"|(?:from )?(?P<inputs>{_VALUE}) ?(?:→|⟶|->|\\?to|\\rightarrow) ?(?P<outputs>{_VALUE})"
    r"(?: channels?)?\Z"
    rf"|(?P<side>{_VALUE}) ?[x×] ?(?P=side)(?: (?P<of>{_NOUN}))?\Z"
    rf"|(?:(?:an?|the) )?(?P<name>{_NOUN}) ?(?:=|为|是| of | is |\s) ?(?P<value>{_VALUE})\Z"
    rf"|(?P<count>{_VALUE}) ?(?P<what>(?=[^\W\d_]{{2}}){_NOUN})\Z"
)
_LEADS = "for|with|at|in|using|assuming|given|since|because|as|if|when|where|of|für|mit|pour|avec"
#: Where such a phrase may begin: behind a sign, or such a word.
_BEGINS = regex(
    rf"(?i)(?<=\S)[\s~]*(?:(?P<opened>[(（\[])|[,，;；])\s*(?:(?:{_LEADS})\b\s*"
    rf"|[当若设]|其中)?|(?<=\S)[\s~]+(?:(?:{_LEADS})\s+|(?=(?:per|pro|par|v?ram|memory|disk|显存|内存)\b))"
)
_ENDS = regex(r"\s*时?[\s.。$]*\Z")
_JOINS = regex(r"\s*(?:[,，、]|\b(?:and|und|et|y)\b|和)\s*")
_KERNELS = regex(r"(?i)kernels?|filters?|conv\w*|卷积核?")
_WORD = regex(r"[^\W\d_]{3}\s*\Z")
_CONVENTION = regex(r"convention\s*=\s*(\w+)")
#: So far before the end they may begin.
_LONG = 200
#: How many gates a cell has, and so how many times the weights of one.
_GATES = {"lstm": "4", "gru": "3"}
#: Quantities of one pass, where the batch is no size.
_PASSES = frozenset({"macs", "flops", "activations", "operations", "kv_cache", "kv_cache_memory"})


def without_phrase(scan: Scan, target: Member, expand: Expand) -> list[str]:
    """Take such words out of the tokens, and tell it."""
    if not (scan.has_words or scan.text[-1:] in ")）"):
        return []
    until = next(iter(_ENDS.finditer(scan.text))).start()
    for begin in _BEGINS.finditer(scan.text, max(0, until - _LONG)):
        said = scan.text[begin.end() : until]
        if begin["opened"] and said[-1:] not in (")", "）", "]"):
            continue
        parts = _JOINS.split(said[:-1] if begin["opened"] else said)
        phrases = [_SAID.match(" ".join(part.split())) for part in parts]
        apart = begin["opened"] and not _WORD.search(scan.text, 0, begin.start())
        place = begin.end(), until - bool(begin["opened"])
        if all(
            phrase
            and not (apart and phrase["side"] and not phrase["of"])  # 4.1G (224x224)
            and _holds(scan.text, place, phrase, target, expand)
            for phrase in phrases
        ):
            inside = [item for item in scan.tokens if item.start >= begin.start()]
            if not inside or inside[0] is scan.tokens[0]:
                return []
            scan.tokens[:] = [item for item in scan.tokens if item.start < begin.start()]
            return [without(scan, inside)]
    return []


def _holds(
    text: str,
    place: tuple[int, int],
    said: re.Match[str],
    target: Member,
    expand: Expand,
) -> bool:
    """Whether the target is of what is said, or what is said is held to it elsewhere.

    Raises:
        ParseError: a size is said to be another one than it is.
    """
    names = {layer_called(layer.name) or layer.name for layer in target.layers}
    once = isinstance(target.asked, Quantity) or target.written.startswith("bytes(")
    single = once and [type(quantity.layers) for quantity in target.quantities] == [LayerNode]
    measures = {quantity.measure for quantity in target.quantities}
    match said.lastgroup:
        case "layer":
            words = "_".join(said["layer"].split())
            return single and not names.isdisjoint(map(layer_called, (words, *meant(words))))
        case "single":
            return single and not is_network(target.layers[0].name, expand)
        case "image":
            arguments = (argument for layer in target.layers for argument in layer.arguments)
            if any(a.name == "B" and a.value != Number(1) for a in arguments):
                raise _other(text, place, "give the target no batch size")
            return measures <= _PASSES and "B" not in target.names
        case "outputs":
            return _leads(text, place, said, target, expand)
        case "memory":
            return counts_bytes(target.written)
        case "flops":
            return said["flops"] == _flops_per_mac(target)
        case "width" | "bytes":
            bits = said["bits"] or (8 * int(said["bytes"]) if said["bytes"] else "")
            return not bits or str(bits) in widths_of(target.written)
        case "token" if not measures <= _PASSES | {"active_params"}:
            return False
    if said["what"] == "gates":
        return single and {_GATES.get(name) for name in names} == {said["count"]}
    held = _is_set(said, target, expand)
    if isinstance(held, str):
        raise _other(text, place, f"hold the text against {held}")
    return held


def _other(text: str, place: tuple[int, int], instead: str) -> ParseError:
    """The error for words that say something else than the target."""
    problem = f"the text says {text[slice(*place)].strip()!r}, and the target does not"
    return ParseError(text, *place, problem, f"leave it out, or {instead}")


def _leads(
    text: str, place: tuple[int, int], said: re.Match[str], target: Member, expand: Expand
) -> bool:
    """Whether one layer leads from so many channels to so many: 64 → 128.

    Raises:
        ParseError: it leads from others, or to others.
    """
    names = [layer.name for layer in target.layers]
    if len(names) > 1 or not all(has_argument(names[0], size, expand) for size in "MN"):
        return False
    values = {"M": parse(said["inputs"]), "N": parse(said["outputs"])}
    if other := with_sizes(target, values, expand):
        raise _other(text, place, f"hold the text against {other}")
    return True


def _flops_per_mac(target: Member) -> str:
    """How many FLOPs a target counts for one MAC, where it is the same for each."""
    convention = _CONVENTION.search(target.written)
    if convention:
        return {"mac": "1", "mac2": "2"}.get(convention[1], "")
    doubled = isinstance(target.asked, Product) and target.asked.factors[0] == Number(2)
    macs = [quantity.measure for quantity in target.quantities] == ["macs"]
    return ("2" if doubled else "1") if macs else ""


def _is_set(said: re.Match[str], target: Member, expand: Expand) -> bool | str:
    """Whether a size has the value that is said of it, or the target with which it would."""
    side = "kernel" if _KERNELS.match(said["of"] or "") else "tokens"
    words = said["name"] or said["what"] or side
    value = said["value"] or said["count"] or said["side"] or "1"
    if said["side"] and words == "tokens":
        return value.isdigit() and all(has_argument(x.name, "R", expand) for x in target.layers)
    called = (sizes_called(words) | {words}) & SIZES.keys()
    own = [n for n in called if all(has_argument(x.name, n, expand) for x in target.layers)]
    if words in target.names or not own or (value.isdigit() and target.names & {*own}):
        # A stride of 1 is none, and one image is all; a network has strides of its own.
        strided = any(is_network(x.name, expand) for x in target.layers)
        single = called & ({"B"} if strided else {"s", "B"})
        return value == "1" and bool(single) and target.names.isdisjoint(called)
    others = [with_size(target, name, parse(value), expand) for name in own]
    if all(others):
        return words not in SIZES and others[0]  # else it is a condition
    return not (target.names and value.isdigit() and said["count"]) or value == "1"
