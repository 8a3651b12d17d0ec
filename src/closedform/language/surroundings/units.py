"""Units that are named beside another quantity: FLOPs beside MACs, bytes beside a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from closedform.algebra.tree import Tree
from closedform.errors import ParseError
from closedform.language.layers import Quantity
from closedform.later import regex

#: Words for what is counted, a group for each quantity.
_COUNTED = regex(
    r"(?P<flops>(?<![A-Za-z_])[kKMGTP]?flops?(?![A-Za-z])|浮点|浮點|浮動小数点|부동소수점)"
    r"|(?P<macs>(?<![A-Za-z_])[kKMGTP]?(?:macs?|madds?|mult-?adds?|multiply-adds?)(?![A-Za-z])"
    r"|乘加|積和)"
    r"|(?P<params>(?<![A-Za-z_])(?:params?|parameters?)(?![A-Za-z_])"
    r"|参数|參數|パラメータ|매개변수|파라미터)"
    r"|(?P<training_flops>(?<![A-Za-z])training[ _-](?:[kKMGTP]?flops?|compute)(?![A-Za-z]))"
    r"|(?P<work>计算量|計算量|运算量|演算量|연산량)",
    re.IGNORECASE,
)
_BITS = regex(
    r"(?:(?<=[0-9\s}{~,(（])|\A)(?:[kKMGT]i?bits?|bits?|[kKMGT]b)(?![A-Za-z_=])|\\bit(?![a-z])"
)
_BYTES = regex(r"(?:(?<=[0-9\s}{~,(（])|\A)(?:(?:[a-z]{4})?[Bb]ytes?|[kKMGTP]i?B)(?![A-Za-z_=(])")
#: MACs or FLOPs behind a number: 4.1 GMACs, 8.2\\,\\text{GFLOPs}.
_OPERATIONS = regex(
    r"[0-9](?:[\s~}]|\\[,;: ])*(?:\\(?:text|mathrm)\{\s*)?[kKMGTP]?(macs?|flops?)(?![A-Za-z_(])",
    re.IGNORECASE,
)
_WIDTH = regex(r"(?:u?int|b?fp?|float)-?(4|8|16|32|64)(?!\d)", re.IGNORECASE)
_PRECISION = regex(r"(half|single|double)[- ]precision", re.IGNORECASE)
_BITS_OF = {"half": "16", "single": "32", "double": "64"}
_GIVEN = regex(r"bits\s*=\s*([0-9]+)")
#: Bits of an element where nothing is said.
_USUAL = "16"
#: Quantities that are numbers of things, and none of bytes.
_NUMBERS = frozenset("params active_params macs flops activations buffers".split())


def check_memory(text: str, sides: Iterable[Tree]) -> None:
    """Refuse a unit of memory beside a number of parameters or operations.

    Raises:
        ParseError: with the place of the unit.
    """
    memory = _bytes(text) or _bits(text)
    for side in sides if memory else ():
        if memory and isinstance(side, Quantity) and side.measure in _NUMBERS:
            problem = f"a unit of memory stands here, and {side.measure}( ) is a number"
            bits = (_WIDTH.search(text) or ["", "32"])[1]  # int8, bf16
            hint = f"leave the unit out, or write bytes({side.measure}(…), bits={bits})"
            raise ParseError(text, *memory.span(), problem, hint)


def counted_otherwise(
    text: str, target: Iterable[Quantity]
) -> tuple[list[str], tuple[str, re.Match[str]] | None]:
    """What a text counts, where that is not the quantity that it is held against.

    Notes on it, and the quantity with its place. FLOPs named beside MACs are a convention.
    """
    measures = {quantity.measure for quantity in target}
    named = {m.lastgroup or "": m for m in _COUNTED.finditer(text)} if measures else {}
    spoken = {measure.rpartition("_")[2] for measure in measures}
    work = named.pop("work", None)  # MACs or FLOPs, where it is not said which
    if work and named.keys().isdisjoint({"macs", "flops"}):
        named["macs" if "macs" in spoken else "flops"] = work
    if not named or not (measures | spoken).isdisjoint(named):
        return [], None
    if [*named] == ["flops"] and "macs" in measures:
        return ["FLOPs as MACs: 1 FLOP per MAC"], None
    held = " and ".join(sorted(measures))
    notes = [f"{' and '.join(named)} named, held against {held}"]
    if [*named] == ["macs"] and "flops" in measures:
        notes = ["MACs as the FLOPs of the target"]
    return notes, next(iter(named.items())) if measures <= _NUMBERS else None


def check_operations(text: str) -> None:
    """Refuse a claim with numbers of MACs and of FLOPs: how many are one is a convention.

    Raises:
        ParseError: with the place of the second kind.
    """
    named = {match[1][0].lower(): match for match in _OPERATIONS.finditer(text)}
    if len(named) > 1:
        problem = "MACs and FLOPs of one claim are compared by no convention"
        hint = "hold each against its quantity: macs(X), flops(X, convention=mac2)"
        last = max(named.values(), key=lambda match: match.start())
        raise ParseError(text, *last.span(1), problem, hint)


def speaks_of_bytes(text: str) -> bool:
    """Whether a text has a unit of memory in it: beside 1 KiB, 1,024 B are bytes."""
    return _bytes(text) is not None


def check_bits(text: str, target: str = "") -> None:
    """Refuse bits beside bytes, in a text or its target, and elements of another width.

    Raises:
        ParseError: with the place of the bits, or of ``int8`` beside ``bytes(…, bits=16)``.
    """
    in_bytes = "bytes(" in target or "_memory(" in target
    bits = _bits(text)
    if bits and (in_bytes or speaks_of_bytes(text)):
        problem, hint = "bits stand beside bytes", "write both in one: 1 byte is 8 bits"
        raise ParseError(text, *bits.span(), problem, hint)
    if "bytes(" in target:
        widths = {m[1]: m for m in _WIDTH.finditer(text)}
        widths |= {_BITS_OF[m[1].lower()]: m for m in _PRECISION.finditer(text)}
        given = set(_GIVEN.findall(target)) or {_USUAL}
        if widths and given.isdisjoint(widths):
            width, said = next(iter(widths.items()))
            problem = f"{said[0]} elements, and the target has bits={', '.join(sorted(given))}"
            raise ParseError(text, *said.span(), problem, f"hold it against bits={width}")


def _bytes(text: str) -> re.Match[str] | None:
    return _BYTES.search(text) if "B" in text or "yte" in text else None


def _bits(text: str) -> re.Match[str] | None:
    return _BITS.search(text) if "b" in text else None
