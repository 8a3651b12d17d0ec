r"""Labels that look like formulas: ``\frac{P}{L}``, ``P^l``, ``P_a + P_b``, ``F(2, 3)``.

They are told from formulas by their symbols: the target and the conditions know none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from closedform.language.around.remarks import partners
from closedform.language.tokens import OPENERS, Scan, Token

_SIGNS = frozenset({"DIVIDE", "FRACTION", "POWER", "PLUS", "MINUS"})


def looks_formal(tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a leading member names the result in symbols that nothing else knows."""
    shapes = (_is_raised_name, _is_applied_to_several, _is_sum_of_names)
    return any(shape(tokens, known) for shape in shapes)


def sides(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    r"""Numerator and denominator, where a quotient is all: ``\frac{\text{FLOPs}}{L}``."""
    closed = partners(tokens)
    if tokens[0].type == "FRACTION":
        upper = closed.get(1, 0)
        lower = closed.get(upper + 1, 0)
        if upper and lower == len(tokens) - 1:
            return [tokens[2:upper], tokens[upper + 2 : lower]]
    signs = [place for place, item in enumerate(tokens) if item.type == "DIVIDE"]
    if len(signs) == 1 and tokens[0].type == tokens[-1].type == "NAME":
        return [tokens[: signs[0]], tokens[signs[0] + 1 :]]
    return []


def formal_names(found: Scan, labels: Sequence[Sequence[Token]]) -> list[str]:
    """A note on each label that could be a formula or a condition: P + Q, P^l, FLOPs(g=1)."""
    formal = [
        label
        for label in labels
        if any("=" in t.value for t in label)  # FLOPs(g=1): a condition that is not read
        or (_SIGNS & {t.type for t in label} and not any(t.start in found.words for t in label))
    ]
    return [f"{found.excerpt(label)} as the name of the result" for label in formal]


def is_listed(found: Scan, tokens: Sequence[Token]) -> bool:
    r"""Whether words follow a formula and a comma: ``k^2, \text{biases: } N`` are two things."""
    kinds = [item.type for item in tokens]
    first = tokens[: kinds.index("COMMA")] if "COMMA" in kinds else []
    wordless = not any(t.type in ("WORD", "PROSE") or t.start in found.words for t in first)
    return bool(first) and wordless and not any(t.type in OPENERS for t in first)


def _is_raised_name(tokens: Sequence[Token], known: frozenset[str]) -> bool:
    r"""``P^l`` and ``n_p^{\text{GRU}}``: an index above a symbol, both of them unknown."""
    if [item.type for item in tokens[:2]] != ["NAME", "POWER"]:
        return False
    inner = [item for item in tokens[2:] if item.type not in ("LPAR", "RPAR")]
    named = all(item.type in ("NAME", "WORD", "PROSE") for item in inner)
    return named and len(inner) == 1 and not {tokens[0].value, inner[0].value} & known


def _is_applied_to_several(tokens: Sequence[Token], known: frozenset[str]) -> bool:
    r"""``F(2, 3)`` and ``\mathrm{cost}(\cdot)``: what no product holds."""
    kinds = [item.type for item in tokens]
    if kinds[:2] != ["NAME", "LPAR"] or partners(tokens).get(1) != len(tokens) - 1:
        return False
    return tokens[0].value not in known and ("COMMA" in kinds or kinds[2:-1] == ["TIMES"])


def _is_sum_of_names(tokens: Sequence[Token], known: frozenset[str]) -> bool:
    r"""``P_{\text{attn}} + P_{\text{ffn}}``: symbols that nothing else knows."""
    names, signs = tokens[::2], tokens[1::2]
    shape = len(names) == len(signs) + 1 > 1 and {t.type for t in signs} <= {"PLUS", "MINUS"}
    return shape and all(t.type == "NAME" and t.value not in known for t in names)
