"""What stands around a formula, as patterns over kinds: labels, leads, remarks, what follows one.

A label names and never computes; a remark is set apart; only a unit or a verb follows a formula
without a sign. What no pattern describes is no remark, and stays in the formula to be refused.
The kinds are those of :mod:`closedform.language.surroundings.token_kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from closedform.language.amounts import PIECES, speaks_of_amount, speaks_of_more
from closedform.language.layer_names import is_layer
from closedform.language.surroundings.token_kinds import Item, named_whole, shape
from closedform.language.vocabulary import ORDERS, PRONOUNS
from closedform.later import regex
from closedform.records import NamedTuple
from closedform.symbols import SIZES
from closedform.synonyms import sizes_called


class Pattern(NamedTuple):
    """A shape with a name and an example, which is its test."""

    name: str
    shape: re.Pattern[str]
    example: str


def _table(*rows: tuple[str, str, str]) -> tuple[Pattern, ...]:
    return tuple(Pattern(name, regex(shape), example) for name, shape, example in rows)


#: Words; those and names of things; what may stand in the brackets of a label.
_WORDS = "WUCRJ"
_NAMES = f"{_WORDS}SQLmi"
_SIZES = r"\((?![^()]*9[mn])[^()f^/+?]*\)"
#: A run of things in a quotient of names, and what a remark holds, an amount apart.
_SIDE = r"[WUSQmi]+"
_SYMBOL = r"(?:mi?|m\^\(?[mWUS]\)?)"
_SIZE = r"\|+[^|f/+]*[mWSUi][^|f/+]*\|+i?"
_REMARK = rf"[{_NAMES}n,.:_N|()h]"

#: Before ``=`` or ``:``, and by themselves.
LABELS = _table(
    (
        "words, with sizes behind them",
        rf"(?=.*[{_WORDS}SQ])(?:[{_NAMES},.:@h]|(?<=[WUSLmiQ@h])9(?:\*9)*|(?<=[{_NAMES}@9]){_SIZES})+",
        "Conv2d(3, 64) params",
    ),
    ("a symbol that nothing else knows", r"mi?", "P"),
    ("such a symbol with a word above", r"m\^\(?[mWUS]\)?", "P^l"),
    ("such a symbol, applied to names", r"m\([mnWUCSQLi]*\)", "f(n)"),
    ("such a symbol, applied to several", r"m\((?!.*9[mn])[^f^/+]*,[^f^/+]*\)|m\(\*\)", "F(2, 3)"),
    ("several such symbols", rf"{_SYMBOL}(?:[,/]{_SYMBOL})+", "W_Q, W_K"),
    ("the size of such a symbol", rf"{_SIZE}(?:\+{_SIZE})*", r"|\Theta|"),
    (
        "a quotient of names",
        rf"F\({_SIDE}\)\({_SIDE}\)|{_SIDE}/{_SIDE}",
        r"\frac{\text{FLOPs of one}}{\text{FLOPs}}",
    ),
    ("a name that is added to", r"[US]\+", "flops +"),
    ("a sum of such symbols", r"m(?:[+-]m)+", "P_1 + P_2"),
)
#: Before a formula, without a sign.
LEADS = _table(
    ("words that end on a verb", r"[WURJSCmQLh,.]*C[UR,.]*", "the layer has"),
    ("how the result is called", r"[UR]+[,.]?", "weights"),
    ("words set apart", r"[WURJC][WURJCL]+,U*", "in other words, the weights"),
)
#: In brackets behind a factor.
ASIDES = _table(
    ("words", rf"(?=.*[{_WORDS}L]){_REMARK}+", "(bias)"),
    ("a list of names", r"[mn](?:,[mn])+", "(γ, β)"),
    ("terms in words", r"(?=.*[WUS])[WUSm]+(?:[+,][WUCSm]+)+", "(gamma + beta，不含统计量)"),
)
#: What may stand in a remark, an amount as well, which is refused; and the words among that.
REMARK = f"{_NAMES}n,.:_N|()hdA9*"
WORDS = f"{_WORDS}SQA"
#: Behind a formula, to its end.
TAILS = _table(
    ("the unit, and of what", r"U[UWCJLmh,.:_N]*", "k^2 parameters of a layer"),
    ("what it is", r"C[UWCRQLSmnh,.:_N()]*", "M*N is the number of weights"),
    ("a remark set apart", rf"[,.:_Nd|](?=.*[{_WORDS}Q]){_REMARK}*", "k^2 — the kernel of a layer"),
)
#: A symbol before a word says how many, unless a verb stands before it: the bias has N values.
_COUNTED = regex(r"(?<![C])n[WUS]")
#: Numbers in the names of things: a 3×3 conv, ResNet-50.
_SIZED = regex(r"9(?:\*9)+(?=[WUL])|(?<=[WUL])h9")
#: What the number behind it is none of an amount of.
REFERENCE = regex(
    r"(?i)\W*(?:tab(?:l?e|elle|leau|la|ela|ella)?|fig(?:ure)?|abb|[eé]q(?:uation|n)?|ec|gl|sec(?:tion)?"
    r"|abschnitt|ch(?:apter)?|page|p|ref|line|row|appendix|theorem|lemma|step|version|layer|stage"
    r"|block|(?:foot)?note|[见見参參如]?公?[表图圖図式节節页]|그림|표|식|рис|табл)\.?\Z"
)
#: A year behind names, as in (He et al., 2016).
_CITED = regex(r"\bet al(?: ?\.)?(?: ?,)? ((?:19|20)\d\d)(?= ?[,;)\]]|\Z)")
_NUMBER = regex(r"(?<![\w.,×-])\d+(?:[.,]\d+)*(?!\s*[x×*]\s*\d|[A-Za-z0-9-])")
_LETTER = regex(r"(?<![\w.-])[B-HJ-Z] [a-z]+s\b")
#: A ratio is named so, where another amount would compute with the result.
RATIO = regex(
    r"(?i)(?:compression |reduction )?(?<![a-z])ratio|reduction(?: factor)?|比例|比值|压缩比"
    r"|verhältnis|rapport"
)
#: A symbol over another, a difference of symbols, and an order of growth: P/L, P - Q, O(params).
_COMPUTING = regex(r"F?\(?(m)i?(?:/|\)\()(m)i?\)?|m[+m]*-[-+m]+|[mo]\(U+\)")
#: What joins the words of a name, and the place of a layer: P_{l-1}. The par of n_par is short.
_JOINT = regex(r"_(?:minus|plus)_[0-9]+|_par(?![a-z])|_|(?<=[a-z])(?=[A-Z])")
#: P_{per head}, without its space.
_PER = regex(rf"(?<![a-z])per(?={PIECES})")
#: A subject, if one stands there, a verb or another word for an equals sign, and symbols.
_RESULT = regex(r"[,.:_N|(]*(W?)(C[^n]*)n+[WUS]*[,._N|)]*")
#: A letter and what it is, in either order, and a list of them: k: kernel size, (M inputs), (γ, β).
_EXPLAINED = regex(
    r"n(?:[J,]+n)*[:C]|(?<!W)Z+[:CU]*n(?:\*\(?n|[J,]+Z?n)*|In(?:[J,]+n)*|n(?:\*n)*(?:[J,]+n)*[WUS]*Z"
    r"|\An(?:[,J]n)*\Z|Cn[WUS]|W\([^()]*\)"
)
#: A symbol set apart of its own, with no verb behind it: ``, N`` and ``; or N``.
_ANOTHER = regex(r"[:,.|]n(?!C)|\A[,.:_N|]+[WU]?Jn(?![CWUS])")


def pattern_of(table: Sequence[Pattern], kinds: str) -> Pattern | None:
    """The first pattern of a table that describes these kinds; none does where an amount is."""
    return next((row for row in table if row.shape.fullmatch(kinds)), None)


def goes_on(kinds: str) -> bool:
    """Whether what follows a formula holds another: ``, biases: N``."""
    return _ANOTHER.search(kinds) is not None


def _says_how_many(kinds: str) -> bool:
    """Whether a remark speaks of an amount: in words, with a number, a sign or a size in it."""
    plain = _SIZED.sub("W", kinds)
    return not {*plain}.isdisjoint("A9*") or _COUNTED.search(plain) is not None


def counts(items: Sequence[Item]) -> bool:
    """Whether a remark says how much: a word, a number, a letter before a plural, one more thing.

    (L layers), and no (a bias); (and BN); (3 layers), and no (see Table 3).
    """
    written = " ".join(item.written for item in items)
    plain, before = "", ""
    years = _CITED.findall(written)
    whole = named_whole(items)
    for own, after in zip(whole, [*whole[1:], None], strict=True):
        size = SIZES.get(own.written) if own.kind == "n" else None
        again = size and after and size.meaning == after.written.lower()
        item = after if after and again else own  # (g groups)
        names = REFERENCE.match(before) or item.written in years
        plain += "W" if item.kind == "9" and names else item.kind
        before = item.written if item.kind != "." else before
    if _says_how_many(plain) or speaks_of_more(written) or _says_result(items):
        return True
    if any(item.tokens[0].type == "PROSE" and _has_number(item.written) for item in items):
        return True
    return counted_by_letter(items) is not None or _takes_letter(whole)


def _takes_letter(items: Sequence[Item]) -> bool:
    """Whether a remark has a letter of the formula, and does not only say what it is: (omit k)."""
    kinds = ""
    for item in items:
        size = item.kind in "WUS" and not SIZES.keys().isdisjoint(sizes_called(item.written))
        kinds += {"in": "I", "on": "I", "size": "Z"}.get(item.written, "Z" if size else item.kind)
    return "n" in _EXPLAINED.sub("", kinds)


def _says_result(items: Sequence[Item]) -> bool:
    """Whether a remark says that the formula is another one: which is N, i.e. N."""
    said = _RESULT.fullmatch(shape(items))
    if said is None:
        return False
    subject = items[said.start(1)].written.lower() if said[1] else "it"
    return subject in PRONOUNS and items[said.end(2) - 1].written.lower() != "in"


def counted_by_letter(items: Sequence[Item]) -> Item | None:
    """The letter that nothing else knows before what it counts: L layers."""
    leads = ["", *(item.kind for item in items)]
    counting = (
        item
        for lead, item, after in zip(leads, items, items[1:], strict=False)
        if item.kind == "m"
        and item.written.lower() not in "aeiouy"
        and lead != "C"
        and after.kind in "WUS"
        and after.written.endswith("s")
    )
    return next(counting, None)


def computing(items: Sequence[Item]) -> Item | None:
    """The first symbol of a label in signs that is no name: P/L, where P_dw/P_conv is a ratio."""
    said = _COMPUTING.fullmatch(shape(items))
    if said is None:
        return None
    stems = {items[at].written.partition("_")[0] for at in (said.start(1), said.start(2))}
    ratio = said[1] and len(stems) == 1
    applied = "(U" in said[0] and items[0].written.strip("\\") not in ORDERS
    return None if ratio or applied else items[0]


def part_named(items: Sequence[Item]) -> Item | None:
    """The name of which a word says how much: params_half, P_{saved}, halfParams."""
    for item in items if {*"SmUW"} & {*shape(items)} else ():
        index = item.tokens[-1].value.partition("_")[2]
        index = "" if item.written.endswith(index) else f"_{index}"
        words = _PER.sub("per ", _JOINT.sub(" ", RATIO.sub("", item.written + index)))
        named = item.kind in "SmUW" and not is_layer(item.written)
        if " " in words and named and speaks_of_amount(words):
            return item
    return None


def _has_number(prose: str) -> bool:
    """Whether words set upright hold a number, or a letter before a plural: 8 GPUs, L layers."""
    numbers = _NUMBER.finditer(prose)
    before = (prose[: number.start()].rstrip(" .~(").split(" ")[-1] for number in numbers)
    return _LETTER.search(prose) is not None or not all(map(REFERENCE.match, before))
