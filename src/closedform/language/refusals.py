"""Why tokens make no formula, in sentences with the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from closedform.errors import ParseError, UnknownName
from closedform.language import vocabulary as v
from closedform.language.layer_names import is_layer, layer_names
from closedform.language.tokens import BEGINS, CLOSERS, DEEPER, ENDS, OPENERS, SPACES, Scan, Token
from closedform.later import regex
from closedform.synonyms import meant

#: Names of layers as short as this may be letters that multiply: dw, bn, se.
SHORT = 3
_WORD = regex(r"[A-Za-z][A-Za-z0-9_]+\Z")
_REFUSED = {
    "WORD": ("{!r} is no symbol", "bind it with names, or write a letter for it"),
    "PROSE": ("{!r} is no part of a formula", "leave it out, or bind it with names"),
    "BAR": (
        "a bar has no meaning inside a formula",
        "write * |a - b| for an absolute value, M mod g = 0 for a divisor, or where g | M",
    ),
    "NORM": ("a norm has no value here", "write the number that is meant"),
    "COLON": ("a colon has no meaning inside a formula", "write / for a quotient"),
    "STOP": ("{!r} has no meaning inside a formula", "end the formula before it"),
    "WHERE": ("'where' stands inside a formula", "write the conditions after the whole claim"),
    "ORDER": ("an order of growth has no value", "write the formula without O( )"),
}
_NAMED = "a size goes by its name: conv(k=3, M=64), resnet50(R=224)"
_IN_A_LAYER = "expected here: a size such as k=3, or a flag such as bias"
_SIZED = "commas stand between the sizes of a layer: conv(k=3, M=64)"
#: Tokens for which a formula is looked through before it is parsed.
_LOOKED_AT = SPACES | _REFUSED.keys() | {"UNREAD", "SERIES"}


def check(scan: Scan, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without wide spaces. What the parser refuses is refused before words are.

    Raises:
        ParseError: a token that no formula contains.
    """
    if scan.kinds.isdisjoint(_LOOKED_AT) and not scan.layers:
        return tokens
    kinds = {item.type for item in tokens}
    if kinds.isdisjoint(_LOOKED_AT) and not scan.layers:
        return tokens
    kept = [item for item in tokens if item.type not in SPACES]
    for place, item in enumerate(kept):
        if len(scan.layers.get(item.start, "")) > SHORT:
            raise no_formula(scan, item)
        if item.type == "WORD" and is_layer(item.value):  # in another script
            raise _is_a_layer(scan, item, item.value, item.value)
        if item.type in _REFUSED or item.type == "UNREAD":
            unread = item.type == "UNREAD"
            problem, hint = scan.refused[item.start] if unread else _REFUSED[item.type]
            if place and item.type == "WORD" and item.value.lower().strip(".") in v.LEADS:
                problem, hint = "{!r} leads to another formula", "write = before it"
            if item.type in ("COLON", "STOP") and _in_a_layer(kept[:place]):
                hint = _SIZED
            problem = problem.format(item.value[:40])
            raise scan.error([item], problem, hint)
        if place:
            beside(scan.text, kept, place)
        if item.type == "PLUS":
            opening_sign(scan.text, kept, place)
    if "SERIES" in kinds:
        _check_indices(scan, kept)
    return kept


def _in_a_layer(before: Sequence[Token]) -> bool:
    """Whether the brackets of a layer are open behind these tokens."""
    opened = sum(DEEPER.get(item.type, 0) for item in before) > 0
    return opened and any(item.type in ("KEY", "FLAG") for item in before)


def _closed(tokens: Sequence[Token], item: Token) -> bool:
    """Whether every bracket before an item is closed again, and there is one."""
    before = [token.type for token in tokens[: tokens.index(item)]]
    return "RPAR" in before and sum(DEEPER.get(kind, 0) for kind in before) == 0


def beside(text: str, tokens: Sequence[Token], place: int) -> None:
    """Refuse two numbers or two layers side by side, the second at ``place``."""
    before, item = tokens[place - 1], tokens[place]
    if before.type == "NUMBER" and item.type in _AFTER_NUMBER:
        _check_number(text, before, tokens, place)
    if before.type == item.type == "LAYER":
        hint = "add them with +, repeat one with a number or symbol: 3 conv, L * conv"
        joined = f"{before.value}_{item.value}"
        hint = f"did you mean {joined}?" if is_layer(joined) else hint
        raise ParseError(text, before.start, item.end, "two layers side by side", hint)


def opening_sign(text: str, tokens: Sequence[Token], place: int) -> None:
    """Refuse ``k (+ M)``, the sign at ``place``."""
    if place > 1 and tokens[place - 1].type == "LPAR" and tokens[place - 2].type in ENDS:
        problem = "a sign opens this bracket: a factor, or a term that may be left out?"
        hint = "write * before it for a factor, or one formula for each case"
        raise ParseError(text, tokens[place - 1].start, tokens[place].end, problem, hint)


def check_exclaimed(scan: Scan, *, tex: bool) -> None:
    """Refuse a quoted text in which only the last sign ends the formula: k^2 M N! or N!."""
    signs = [item for item in scan.tokens if item.type == "FACTORIAL"]
    if len(signs) == 1 and not tex and not scan.text[signs[0].end :].strip(" \n.\"'"):
        hint = "write factorial(N) for the one, leave the ! out for the other"
        raise scan.error(signs, "a factorial, or the end of a sentence?", hint)


def check_formula(scan: Scan, tokens: Sequence[Token]) -> None:
    """Refuse a layer or a quantity by itself as a formula: conv, params, conv.params."""
    written = scan.excerpt(tokens)
    if scan.layers.get(tokens[0].start) == written:
        raise no_formula(scan, tokens[0])
    layer, _, quantity = written.rpartition(".")
    if quantity in v.QUANTITIES and (not layer or is_layer(layer)):
        raise scan.error(tokens, f"{written} is no formula", f"write {quantity}({layer or 'conv'})")


def no_formula(scan: Scan, item: Token) -> ParseError:
    """The error for the name of a layer where a formula is expected."""
    written = scan.layers[item.start]
    name = written if is_layer(written) else next(filter(is_layer, meant(written)))
    return _is_a_layer(scan, item, written, name)


def _is_a_layer(scan: Scan, item: Token, written: str, name: str) -> ParseError:
    return ParseError(
        scan.text,
        item.start,
        max(item.end, item.start + len(written)),
        f"{written!r} is a layer, and no formula",
        f"say what of it is meant: params({name}), macs({name}), flops({name}), activations({name})"
        "; a symbol of that name is bound by names",
    )


def _check_indices(scan: Scan, tokens: Sequence[Token]) -> None:
    """Refuse a name with the index of a sum behind that sum: it was meant to be inside."""
    for place, item in enumerate(tokens):
        if item.type != "SERIES":
            continue
        index = tokens[place + 1].value
        depth, inside = 0, True
        for later in tokens[place + 2 :]:
            depth += DEEPER.get(later.type, 0)
            if depth < 0 or later.type == "SERIES":
                break
            inside = inside and not (depth == 0 and later.type in ("PLUS", "MINUS"))
            if not inside and later.type == "NAME" and later.value.partition("_")[2] == index:
                problem = f"{later.value} stands outside of the sum over {index}"
                hint = "put brackets around all that is summed"
                raise scan.error([later], problem, hint)


_AFTER_NUMBER = frozenset({"NUMBER", "FRACTION", "LPAR"})


def _check_number(text: str, number: Token, tokens: Sequence[Token], place: int) -> None:
    """Refuse two numbers side by side, and a mixed number."""
    item = tokens[place]
    if item.type == "NUMBER":
        hint = "write the sign between them, such as 3 * 4, or close the gap"
        hint += f": {number.value},{item.value}" if len(item.value) == 3 else ""
        raise ParseError(text, number.start, item.end, "two numbers side by side", hint)
    kinds = [t.type for t in tokens[place + 1 : place + 7]]
    mixed = kinds == ["LPAR", "NUMBER", "RPAR", "LPAR", "NUMBER", "RPAR"]
    if (item.type == "FRACTION" and mixed) or text[item.start] in v.FRACTION_SIGNS:
        problem = "a number before a fraction can be read in two ways"
        hint = "write the sign between them: 2 + 1/2 or 2 * 1/2"
        raise ParseError(text, number.start, item.end, problem, hint)


def between_factors(scan: Scan, tokens: Sequence[Token], *, more: bool) -> None:
    """Refuse a new row or a wide space between two factors: they would multiply.

    ``more``: a relation follows, so that these are two equations.
    """
    before = ""
    gap: Token | None = None
    for item in tokens:
        if item.type in SPACES:
            gap = item
            continue
        if gap is not None and before in ENDS and item.type in BEGINS:
            raise _two_things(scan, gap, more=more)
        before, gap = item.type, None


def _two_things(scan: Scan, gap: Token, *, more: bool) -> ParseError:
    problem, hint = "a wide space between two factors", "write the sign between them, such as *"
    if more:
        problem = "several equations in one text"
        hint = "give one claim at a time; conditions go after where"
    elif gap.type == "ROW":
        problem, hint = "a new row begins without a sign", "write the sign that joins the rows: +"
    return scan.error([gap], problem, hint)


def _called(text: str, tokens: Sequence[Token], item: Token) -> re.Match[str] | None:
    """The word before the bracket in which a token stands, where it is no known one."""
    opened = []
    for place, token in enumerate(tokens):
        if token is item:
            break
        if token.type in OPENERS:
            opened.append(place)
        elif token.type in CLOSERS:
            opened.pop()
    if not opened or tokens[max(0, opened[-1] - 1)].type not in ("NAME", "NUMBER"):
        return None
    return _WORD.search(text, 0, tokens[opened[-1]].start)


def unexpected(
    text: str, tokens: Sequence[Token], item: Token, allowed: Iterable[str]
) -> ParseError:
    """The error for a token that cannot stand where it does."""
    allowed = frozenset(allowed)
    operand = bool(BEGINS.intersection(allowed))
    wanted = "a number, a name or a bracket" if operand else "an operator such as + - * / ^"
    if item.type == "$END":
        end = tokens[-1].end
        problem, hint = "the formula stops short", f"after this, {wanted} is expected"
        return ParseError(text, max(tokens[-1].start, end - 1), end, problem, hint)
    if item.type in ("COMMA", "EQUALS") and (called := _called(text, tokens, item)):
        unknown = UnknownName("layer", called[0][:40], layer_names())
        return ParseError(text, *called.span(), unknown.problem, unknown.hint)
    kinds = {token.type for token in tokens}
    shown = text[item.start : item.end].strip()[:40] or item.value
    problem, hint = f"{shown!r} cannot stand here", f"expected here: {wanted}"
    if item.type == "COMMA":
        problem = "a comma has no meaning inside a formula"
        hint = "give one claim at a time; conditions go after where"
        if "LAYER" in kinds:
            hint = "join layers with +, and give each size by its name: conv(k=3, M=64)"
    elif item.type == "DOTS":
        problem, hint = "dots stand for what is not written", "write a sum as sum(i=1..L, …)"
    elif allowed == {"EQUALS"} and "QUANTITY" in kinds:
        problem = "a comma between layers, or after one"
        hint = "join layers with +; sizes and flags go into their brackets: params(conv(bias))"
    elif allowed == {"EQUALS"}:
        problem, hint = "this is no sum over an index", "write sum(i=1..L, …)"
    elif {"KEY", "FLAG"} & allowed:
        hint = _NAMED if item.type == "NUMBER" else _IN_A_LAYER
        split = [token.type for token in tokens[: tokens.index(item)][-2:]] == ["NUMBER", "COMMA"]
        hint += ". A number has no commas here" if item.type == "NUMBER" and split else ""
    elif item.type == "RPAR" and "SUMMATION" in kinds:
        hint = "write what is summed: sum(i=1..L, …)"
    elif item.type == "EQUALS" and "LAYER" in kinds and not _closed(tokens, item):
        hint = _SIZED
    elif item.type in v.RELATIONS:
        hint = "a relation stands between two whole formulas; conditions go after where"
    return ParseError(text, item.start, item.end, problem, hint)
