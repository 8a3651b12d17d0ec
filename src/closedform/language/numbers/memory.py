"""Units of memory: bytes and bits, beside quantities that are numbers and beside one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from closedform.algebra.tree import Product, Quotient, Tree, children, walk
from closedform.errors import ParseError
from closedform.language.layers import Quantity
from closedform.language.tokens import ENDS, Scan, Token
from closedform.language.vocabulary import RELATIONS
from closedform.later import regex

_BITS = regex(
    r"(?:(?<=[0-9\s}{~,([（])|\A)(?:[kKMGT]i?bits?|[Bb]its?|[kKMGT]b|[кКМГТ]б)(?![\w=])|\\bit(?![a-z])"
)
_BYTES = regex(
    r"(?:(?<=[0-9\s}{~,([（])|\A)(?:(?:[a-z]{4})?[Bb]ytes?|octets?|[kKMGTP]i?B|[KMG]o)(?![A-Za-z_=(])"
    r"|\\byte(?![a-z])|字[节節]|バイト|바이트|байт|[КМГТ]Б(?!\w)"
)
_WIDTH = regex(r"(?i)(?:u?int|b?fp?|float)-?(4|8|16|32|64)(?!\d)")
_PRECISION = regex(
    r"(?i)(?:(?P<b16>half|demi|halbe|半)|(?P<b32>single|full|simple|pleine|einfache|volle|[单単單全])"
    r"|(?P<b64>double|doppelte|[双倍雙]))[- ]?(?:precision|précision|genauigkeit|精度)"
)
_GIVEN = regex(r"bits\s*=\s*([0-9]+)")
#: What has elements of one width; how wide those of weights and gradients are, training= says.
_OF_WIDTH = regex(
    r"bytes\(|(?:kv_cache|activation)_memory\(|(?:weight|gradient)_memory\((?!.*training)"
)
#: Bits of an element where nothing is said.
_USUAL = "16"
#: Numbers and signs, and nothing with them but their scales and units.
_NUMERIC = regex(
    r"(?:[\d\s.,×*/+()=≈<>^−-]|\d\s?[kKMGTB]\b|\b[kKMGT]?i?(?:B|[Bb](?:its?|ytes?))\b)+"
)
#: A side that is a number and its unit, by what it counts.
_COUNTED = regex(
    r"(?i)[\s$~]*[0-9][0-9.,]*\s*(?:thousand|million|billion)?\s*(?:(?P<bytes>[kKMGTP]i?B|[kmg]?bytes?)"
    r"|[kKMGTPEB]?\s*(?:(?P<flops>FLOPs?)|(?P<macs>MACs?)|(?P<params>param(?:eter)?s?|weights)"
    r"|(?P<tokens>tokens?)))[\s$.]*"
)
_RELATION = regex(r"[=≈<>≤≥]+")
#: MACs or FLOPs behind a number: 4.1 GMACs, 8.2 GFLOPs.
_OPERATIONS = regex(
    r"(?i)[0-9](?:[\s~}]|\\[,;: ])*(?:\\(?:text|mathrm)\{\s*)?[kKMGTP]?"
    r"(?:(?P<macs>macs?)|(?P<flops>flops?)|(?P<bytes>(?<=[kKMGTP])i?B))(?![A-Za-z_(])"
)
#: What is told of such a B.
AS_BYTES = "B as bytes"
_B = regex(r"(?<![A-Za-z])B(?![A-Za-z])")
#: What a rate is of: 4 B/param.
_RATE = regex(r"\s*(?:param|weight|element|value|token)")
#: What ends a formula.
_ENDING = frozenset({"END", "WHERE", "COMMA", "STOP", "GAP", "ROW", *RELATIONS})
#: Quantities that are numbers of things, and none of bytes.
NUMBERS = frozenset(
    "params active_params macs flops operations activations buffers kv_cache memory_access "
    "intensity backward_flops training_flops".split()
)
#: Words for what is kept in memory, and the quantities of which they are.
_KEEPING = regex(
    r"(?i)(?<![A-Za-z])(?:(?P<weights>weights?|param(?:eter)?s?)|(?P<gradients>grad(?:ient)?s?)"
    r"|(?P<optimizer>optimi[sz]ers?|adamw?|momentum)|(?P<activations>activations?)"
    r"|(?P<kv_cache>kv[\s_-]*cache)|(?P<buffers>buffers))(?![A-Za-z])"
    "|(?P<of_weights>权重|参数)|(?P<of_gradients>梯度)|(?P<of_optimizer>优化器)|(?P<of_activations>激活)"
    r"|(?P<of_kv_cache>kv[\s_-]*(?:缓存|キャッシュ)|cache kv)|(?P<of_training>训练|(?<!\w)training)"
)
_IN_MEMORY = {
    "weight_memory": "weights",
    "params": "weights",
    "active_params": "weights",
    "gradient_memory": "gradients",
    "optimizer_memory": "optimizer",
    "activation_memory": "activations",
    "activations": "activations",
    "kv_cache_memory": "kv_cache",
    "kv_cache": "kv_cache",
}
_LESS = regex(r"(?i)\b(?:without|no|not|excl\w*|w/o|ohne|sans|sin|без)\b|[不无無]")


def check_memory(text: str, sides: Iterable[Tree], notes: Sequence[str]) -> None:
    """Refuse a unit of memory beside a number of parameters or operations.

    ``notes``: what was told of the reading.

    Raises:
        ParseError: with the place of the unit.
    """
    memory = _bytes(text) or _bits(text)
    memory = _B.search(text) if memory is None and any(AS_BYTES in n for n in notes) else memory
    if memory is None:
        return
    for number in filter(None, map(_number_in, sides)):
        problem = f"a unit of memory stands here, and {number.measure}( ) is a number"
        bits = (_WIDTH.search(text) or ["", "32"])[1]  # int8, bf16
        hint = f"leave the unit out, or write bytes({number.measure}(…), bits={bits})"
        raise ParseError(text, *memory.span(), problem, hint)


def _number_in(side: Tree) -> Quantity | None:
    """A quantity that is a number, where the side is a sum or a ratio of such, or the largest.

    Some bytes for each of them make a product.
    """
    if isinstance(side, Quantity):
        return side if side.measure in NUMBERS else None
    divided = isinstance(side, Quotient) and not any(
        isinstance(part, Quantity) for part in walk(side.denominator)
    )
    parts = () if divided or isinstance(side, Product) else children(side)
    return next(filter(None, map(_number_in, parts)), None)


def speaks_of_bytes(text: str) -> bool:
    """Whether a text has a unit of memory in it: beside 1 KiB, 1,024 B are bytes."""
    return _bytes(text) is not None


def counts_bytes(target: str) -> bool:
    """Whether what a text is held against is a number of bytes."""
    return "bytes(" in target or "_memory(" in target


def name_bytes(scan: Scan, known: frozenset[str]) -> None:
    """Take B for bytes behind a number that ends a formula with symbols, and in 4 B/param.

    Raises:
        ParseError: it stands behind a symbol, and may be a factor.
    """
    several = any(item.type == "NAME" and item.value != "B" for item in scan.tokens)
    inside = {at for word in scan.words.values() for at in range(word.start + 1, word.end)}
    end = Token("END", "", len(scan.text), len(scan.text))
    for before, item, after in zip(
        scan.tokens, scan.tokens[1:], [*scan.tokens[2:], end], strict=False
    ):
        if item.type != "NAME" or item.value != "B" or item.start in inside or "B" in known:
            continue
        rate = after.type == "DIVIDE" and _RATE.match(scan.text, after.end)
        closes = several and after.type in _ENDING and before.type in ENDS
        if rate or (closes and before.type == "NUMBER"):
            item.type, item.value = "WORD", "bytes"
            scan.kinds.add("WORD")
            scan.notes.append(AS_BYTES)
        elif closes:
            hint = "write bytes, or bind B in the target"
            raise scan.error([item], "B is bytes here, or a factor", hint)


def check_bits(text: str, target: str = "") -> None:
    """Refuse bits beside bytes, in a text or its target, and elements of another width.

    Raises:
        ParseError: with the place of the bits, or of ``int8`` beside ``bytes(…, bits=16)``.
    """
    bits = _bits(text)
    numeric = bits and not target and _NUMERIC.fullmatch(text)
    if bits and bits[0][-1] in "bб" and not bits[0].startswith("\\"):
        hint = "write GB for bytes, Gbit for bits"
        raise ParseError(text, *bits.span(), f"{bits[0]} are bits, or bytes?", hint)
    if bits and (counts_bytes(target) or speaks_of_bytes(text)) and not numeric:
        problem, hint = "bits stand beside bytes", "write both in one: 1 byte is 8 bits"
        raise ParseError(text, *bits.span(), problem, hint)
    if given := widths_of(target):
        widths = {m[1]: m for m in _WIDTH.finditer(text)}
        widths |= {str(m.lastgroup)[1:]: m for m in _PRECISION.finditer(text)}
        if widths and given.isdisjoint(widths):
            width, said = next(iter(widths.items()))
            problem = f"{said[0]} elements, and the target has bits={', '.join(sorted(given))}"
            raise ParseError(text, *said.span(), problem, f"hold it against bytes of {width} bits")


def widths_of(target: str) -> set[str]:
    """How many bits an element of a target has that has elements of one width."""
    if not (counts_bytes(target) and _OF_WIDTH.search(target)):
        return set()
    return set(_GIVEN.findall(target)) or {_USUAL}


def check_counted(text: str) -> None:
    """Refuse ``4.1 GFLOPs = 4.1 GB``: numbers of different things, MACs and FLOPs above all.

    Raises:
        ParseError: with the place of the last of them.
    """
    sides = [*filter(None, map(_COUNTED.fullmatch, _RELATION.split(text)))]
    done = [*_OPERATIONS.finditer(text)]
    if "/" in text or "per" in text:  # FLOPs for each byte
        done = [said for said in done if not said["bytes"]]
    for said in (sides, done):
        kinds = {side.lastgroup: side[side.lastgroup or 0] for side in said}
        if len(kinds) > 1:
            problem = f"{' and '.join(kinds.values())} are compared by no convention"
            hint = "hold each against its quantity: macs(X), flops(X, convention=mac2)"
            last = said[-1][said[-1].lastgroup or 0]
            start = text.rindex(last)
            raise ParseError(text, start, start + len(last), problem, hint)


def kept_otherwise(text: str, measures: set[str]) -> re.Match[str] | None:
    """Where a text says what is kept in memory, and not of what the target is the memory."""
    own = {_IN_MEMORY.get(measure, "") for measure in measures}
    said = {str(m.lastgroup).removeprefix("of_"): m for m in _KEEPING.finditer(text)}
    others = [match for kind, match in said.items() if kind not in own]
    more = len(others) == len(said) or not _LESS.search(text)  # weights and KV cache
    return others[0] if "" not in own and others and more else None


def _bytes(text: str) -> re.Match[str] | None:
    maybe = not text.isascii() or any(part in text for part in ("B", "yte", "octet"))
    return _BYTES.search(text) if maybe else None


def _bits(text: str) -> re.Match[str] | None:
    return _BITS.search(text) if "b" in text or "Bit" in text or "б" in text else None
