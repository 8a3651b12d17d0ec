r"""Labels: what stands before a formula and names the result rather than computing it.

``Para =``, ``参数量:``, ``\Omega(\mathrm{MSA}) =``, ``FLOPs (224×224) =``: told from formulas by
their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from closedform.language.prose import SPACES, WORDLIKE, partners
from closedform.language.tokens import CLOSERS, ENDS, OPENERS, OPERATORS, Scan, Token, Word

_NAMING = WORDLIKE | {"LPAR", "RPAR", "UNREAD"}


def is_label(found: Scan, tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a leading member of a chain names the result. ``known``: symbols of the target."""
    tokens = _without_marks([item for item in tokens if item.type not in SPACES])
    if not tokens:
        return False
    sides = _sides(tokens)
    if sides and all(is_label(found, side, known) for side in sides):
        return True
    kinds = {item.type for item in tokens}
    names = [item.value for item in tokens if item.type == "NAME"]
    words = [found.words[item.start] for item in tokens if item.start in found.words]
    strange = [word for word in words if not word.names <= known]
    formal = (_is_raised_name, _is_applied_to_several, _is_sum_of_names)
    if any(looks(tokens, known) for looks in formal):
        return True
    if kinds - _NAMING:
        plain = (
            _without_sizes(tokens) if strange or kinds & {"WORD", "PROSE", "QUANTITY"} else tokens
        )
        if len(plain) < len(tokens):
            return is_label(found, plain, known)
        return _is_compound(kinds, names, strange)
    if kinds & {"WORD", "PROSE", "QUANTITY"}:
        return True
    bars = [place for place, item in enumerate(tokens) if item.type == "BAR"]
    if len(bars) > 1 and bars[0] == 0 and {t.type for t in tokens[bars[-1] + 1 :]} <= {"UNREAD"}:
        return not set(names) <= known  # |W| and ||W||_0
    if len(tokens) == 1:
        return kinds == {"UNREAD"} or (bool(names) and names[0] not in known)
    if tokens[0].type == "UNREAD":  # \dim\theta and \dim(\theta)
        return tokens[-1].type == "RPAR" or not set(names) <= known
    if kinds == {"NAME", "UNREAD"}:  # P^{(l)}
        return names[0] not in known and tokens[0].type == "NAME"
    # f(n) or P(k, M, N): a lone symbol, applied.
    applied = [t.type for t in tokens[:2]] == ["NAME", "LPAR"] and tokens[-1].type == "RPAR"
    if applied and tokens[0].value not in known and "NUMBER" not in kinds:
        return not words or bool(strange)
    return bool(strange)


def _sides(tokens: Sequence[Token]) -> list[Sequence[Token]]:
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


def _is_compound(kinds: set[str], names: list[str], strange: list[Word]) -> bool:
    """``FLOPs/layer``: words of several letters with signs between them, and nothing else."""
    inside = set[str]().union(*(word.names for word in strange))
    allowed = _NAMING | {"DIVIDE", "MINUS", "PLUS"}
    long = all(len(word.written) > 2 for word in strange)
    return bool(strange) and long and kinds <= allowed and set(names) <= inside


def _without_marks(tokens: list[Token]) -> list[Token]:
    """A label without what a list or a bold face puts around it: ``**Params**``, ``• Params``."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].type in ("POWER", "TIMES", "STOP"):
        first += 1
    while first < last and tokens[last - 1].type in ("POWER", "TIMES"):
        last -= 1
    return tokens[first:last]


def _without_sizes(tokens: Sequence[Token]) -> list[Token]:
    """A label without sizes in it: ``FLOPs (224×224)``, ``Params@224``."""
    kept: list[Token] = []
    sized = {"NUMBER", "TIMES", "X", "NAME", "WORD", "COMMA", "EQUALS", "UNREAD", "LAYER"}
    closed = partners(tokens)
    place = 0
    while place < len(tokens):
        item = tokens[place]
        stop = closed.get(place, 0)
        inner = {t.type for t in tokens[place + 1 : stop]}
        if kept and stop and "NUMBER" in inner and inner <= sized:
            place = stop + 1
        elif kept and item.type == "NUMBER" and kept[-1].type in ("UNREAD", "MINUS"):
            place += 1
        else:
            kept.append(item)
            place += 1
    return kept


def after_colon(found: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows ``参数量:``, ``Params:`` or ``Conv 3x3:``."""
    depth = 0
    for place, item in enumerate(tokens):
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if item.type == "COLON" and place and not depth:
            before = tokens[:place]
            if _is_listed(found, before):
                return tokens
            words = [t for t in before if t.type in ("WORD", "PROSE")]
            words += [t for t in before if t.start in found.words]
            return tokens[place + 1 :] if words or is_label(found, before, known) else tokens
    return tokens


def _is_listed(found: Scan, tokens: list[Token]) -> bool:
    r"""Whether words follow a formula and a comma: ``k^2, \\text{biases: } N`` are two things."""
    kinds = [item.type for item in tokens]
    first = tokens[: kinds.index("COMMA")] if "COMMA" in kinds else []
    wordless = not any(t.type in ("WORD", "PROSE") or t.start in found.words for t in first)
    return bool(first) and wordless and not any(t.type in OPENERS for t in first)


def after_words(tokens: list[Token]) -> list[Token]:
    """What follows a label of another script that stands before the formula without a sign."""
    place = 0
    while (
        place < len(tokens) and tokens[place].type == "WORD" and not tokens[place].value.isascii()
    ):
        place += 1
    rest = tokens[place:]
    if not rest or rest[0].type in OPERATORS or rest[0].type not in ENDS | {"LPAR", "FRACTION"}:
        return tokens
    return rest
