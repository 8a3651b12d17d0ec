"""Switches of a program beside a formula: ``(bias=False)`` says what the formula leaves out."""

from __future__ import annotations

import re
from contextlib import suppress

from closedform.errors import ClosedformError, ParseError
from closedform.language.claim import Member
from closedform.language.layers import Expand, layers_of
from closedform.language.parser import parse
from closedform.language.surroundings.asides import without
from closedform.language.tokens import Scan
from closedform.later import regex

_SET = r"\w+\s*=\s*(?:[Tt]rue|[Ff]alse)"
_SWITCHED = regex(
    rf"[(（\[]\s*{_SET}(?:\s*[,，]\s*{_SET})*\s*[)）\]]"
    rf"|(?:[,，;#]|//|\b(?:if|for|with|when|where)\s)\s*{_SET}(?:\s*[,，]\s*{_SET})*"
    r"(?=\s*[.。$]*\s*\Z)"
)
_SWITCH = regex(r"(\w+)\s*=\s*([Tt]rue|[Ff]alse)")
#: How programs spell the flags of a layer.
_PREFIX = regex(r"(?:use|with|has|add|enable)_?")
_SPELLED = dict.fromkeys(("batch_norm", "batchnorm", "norm", "batchnormalization"), "bn")


def without_switches(scan: Scan, target: Member, expand: Expand) -> list[str]:
    """Take the switches beside a formula out of a scan that is held against a target; notes on it.

    Raises:
        ParseError: one that is set otherwise than in the layers of the target, or that none has.
    """
    if "rue" not in scan.text and "alse" not in scan.text:
        return []
    layers = [layer for part in target.quantities for layer in layers_of(part)]
    on = {a.name for layer in layers for a in layer.arguments if a.value in (None, True)}
    notes: list[str] = []
    for switched in _SWITCHED.finditer(scan.text):
        inside = [t for t in scan.tokens if switched.start() <= t.start < switched.end()]
        if not inside or inside[0].start == scan.tokens[0].start:
            continue
        for switch in _SWITCH.finditer(scan.text, *switched.span()):
            flag = _flag(switch[1])
            if layers and not any(_has(layer.name, flag, expand) for layer in layers):
                problem = f"the text sets {switch[0]}, and {layers[0].name} has no such switch"
                raise ParseError(scan.text, *switch.span(), problem, "leave it out")
            if layers and (flag in on) != (switch[2].lower() == "true"):
                raise _otherwise(scan, switch, layers[0].name)
        notes.append(without(scan, inside))
        scan.tokens[:] = [item for item in scan.tokens if item not in inside]
    return notes


def _has(layer: str, flag: str, expand: Expand) -> bool:
    """Whether a layer can be had with a flag."""
    text = f"params({layer}({flag}))"
    with suppress(ClosedformError):
        expand(parse(text), text)
        return True
    return False


def _flag(written: str) -> str:
    plain = _PREFIX.sub("", written.lower(), count=1) or written
    return _SPELLED.get(plain, plain)


def _otherwise(scan: Scan, switch: re.Match[str], layer: str) -> ParseError:
    flag, on = _flag(switch[1]), switch[2].lower() == "true"
    problem = f"the text sets {switch[0]}, and the target does not"
    hint = f"leave it out, or hold the text against {layer} {'with' if on else 'without'} {flag!r}"
    return ParseError(scan.text, *switch.span(), problem, hint)
