"""Why what stands around a formula is no remark, in sentences with the place."""

from __future__ import annotations

from collections.abc import Sequence

from closedform.errors import ParseError
from closedform.language.amounts import speaks_of_amount
from closedform.language.layer_names import is_layer
from closedform.language.surroundings.token_kinds import Item
from closedform.language.tokens import ENDS, Scan, Token
from closedform.language.vocabulary import QUANTITIES
from closedform.later import regex
from closedform.synonyms import meant

_WORD = regex(r"[^\W\d_]+")
_CALLED = regex(r"[^\W\d_]+\s*\Z")


def goes_on(scan: Scan, item: Token) -> ParseError:
    """The error for a remark that holds another relation, or stands before one."""
    problem = "the text goes on after the formula, with another relation"
    hint = "give one claim at a time; write conditions after where"
    return scan.error([item], problem, hint)


def beside(scan: Scan, item: Item) -> ParseError:
    """The error for words that follow a formula without a sign."""
    problem = f"{scan.excerpt(item.tokens)[:40]!r} stands beside the formula without a sign"
    hint = "write the sign, or set a remark apart by a comma, a bracket or a new line"
    return scan.error(item.tokens, problem, hint)


def amount(scan: Scan, tokens: Sequence[Token]) -> ParseError:
    """The error for a remark that may change the value."""
    said = " ".join(scan.excerpt(tokens).strip(" ,;.:，。；：()（）\n").split())[:40]
    word = next(filter(speaks_of_amount, _WORD.findall(said)), "")
    says = "speaks of an amount, a factor or a comparison, and is no remark"
    problem = f"{word!r} {says}" if word else f"{said!r} may change the value, and is not read"
    return scan.error(tokens, problem, "leave it out, or write in signs what it changes")


def either(scan: Scan, tokens: Sequence[Token], other: str = "a remark") -> ParseError:
    """The error for a bracket that may hold a factor or something else."""
    problem = f"{scan.excerpt(tokens)} is a factor, or {other}"
    hint = "write * before a factor, leave out what is none"
    return scan.error(tokens, problem, hint)


def check_call(scan: Scan, name: Token, opening: Token) -> None:
    """Refuse a list of symbols in brackets that touches a name: ceil_div(n, s), no C（M, N）."""
    touches = name.type == "NAME" and name.end == opening.start
    if touches and scan.text[opening.start] == "(":
        problem = f"{scan.excerpt([name])}( ) is no function that is known here"
        hint = "write what it computes; a space before the bracket sets a remark apart"
        raise scan.error([name], problem, hint)


def no_part(scan: Scan, tokens: Sequence[Token]) -> ParseError:
    """The error for words beside a whole claim, or for a layer behind another word for a cost."""
    called = _CALLED.search(scan.text, 0, tokens[0].start)
    costs = [name for name in meant(called[0]) if name in QUANTITIES] if called else []
    inside = scan.excerpt(tokens).strip("()（） ").partition("(")[0]
    if called and costs and is_layer(inside):
        problem, hint = f"unknown quantity {called[0]!r}", f"did you mean {costs[0]}?"
        return ParseError(scan.text, *called.span(), problem, hint)
    problem = "words are no part of a claim"
    hint = "leave them out, or hold the formula against a target (verify --is)"
    return scan.error(tokens, problem, hint)


def check_reference(scan: Scan, before: Token, tokens: Sequence[Token]) -> None:
    """Refuse a number in brackets that stands apart at the end: a citation, a value or a factor."""
    opening = tokens[0]
    apart = opening.start - before.end
    if before.type in ENDS and apart:
        problem = "a number in brackets at the end can be read in two ways"
        hint = "write * before it for a factor, or leave out the number of a reference"
        raise scan.error([opening, tokens[-1]], problem, hint)
