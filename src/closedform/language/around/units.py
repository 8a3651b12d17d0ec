"""Units that are named beside another quantity: FLOPs beside MACs, bits beside bytes."""

from __future__ import annotations

import re
from collections.abc import Set

from closedform.errors import ParseError
from closedform.later import regex

_FLOPS = regex(r"(?<![A-Za-z])[kKMGTP]?flops?(?![A-Za-z])", re.IGNORECASE)
_MACS = regex(
    r"(?<![A-Za-z])[kKMGTP]?(?:macs?|madds?|mult-?adds?|multiply-adds?)(?![A-Za-z])", re.IGNORECASE
)
_BITS = regex(r"[0-9\s}{~,](?:bits?|Mb|Gb|kb)(?![A-Za-z_=])")
_BYTES = regex(r"[0-9\s}{~,](?:[Bb]ytes?|[kKMGT]i?B)(?![A-Za-z_=(])")


def counted_otherwise(text: str, measures: Set[str]) -> list[str]:
    """A note where a text counts in FLOPs what is held against MACs, or the other way round."""
    flops, macs = _FLOPS.search(text), _MACS.search(text)
    if flops and not macs and "macs" in measures and "flops" not in measures:
        return ["FLOPs as MACs: 1 FLOP per MAC"]
    if macs and not flops and "flops" in measures and "macs" not in measures:
        return ["MACs as the FLOPs of the target"]
    return []


def speaks_of_bytes(text: str) -> bool:
    """Whether a text has a unit of memory in it: beside 1 KiB, 1,024 B are bytes."""
    return _BYTES.search(text) is not None


def check_bits(text: str) -> None:
    """Refuse a claim with bits and bytes in it, which are left out as units elsewhere.

    Raises:
        ParseError: with the place of the bits.
    """
    bits = _BITS.search(text)
    if bits and speaks_of_bytes(text):
        start, end = bits.start() + 1, bits.end()
        raise ParseError(
            text, start, end, "bits stand beside bytes", "write both in one: 1 byte is 8 bits"
        )
