r"""Labels: what stands before a formula and names the result rather than computing it.

``Para =``, ``参数量:``, ``\Omega(\mathrm{MSA}) =``, ``FLOPs (224×224) =``: told from formulas by
their kinds. A sign, a number before a word or a function makes no label, and is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from closedform.errors import ParseError
from closedform.language import vocabulary as v
from closedform.language.amounts import PIECES, speaks_in_several_words
from closedform.language.layer_names import is_layer
from closedform.language.numbers.rounding import rounded_quantity
from closedform.language.numbers.scales import is_scale
from closedform.language.surroundings import patterns as p
from closedform.language.surroundings.asides import partners
from closedform.language.surroundings.example import is_in_words
from closedform.language.surroundings.marks import (
    after_mark,
    is_bold,
    is_star,
    unmarked,
    without_emphasis,
)
from closedform.language.surroundings.numerals import without
from closedform.language.surroundings.token_kinds import (
    Item,
    is_product,
    items_of,
    named_whole,
    shape,
    without_sides,
)
from closedform.language.tokens import BEGINS, OPERATORS, Scan, Token, outside
from closedform.later import regex
from closedform.symbols import SIZES
from closedform.synonyms import meant

#: Tokens of words that lead to a formula: more are prose.
LEAD = 80
_COMPUTED = regex(r"[*+/^f-]")
_MULTIPLE = regex(r"\(?9(?:/9)?\)?\*?[UQWL]+|F\(9\)\(9\)[UQWL]+")
_NAME = regex(r"[SUWC]+|m")
#: What words before a formula are made of.
_LEADING = "WURJSCmQLh,."
#: A number before a word in brackets: (3 layers), and no (3×3 conv).
_COUNTED = regex(r"\([^)]*(?<!\*)(9)[WUSL?]")
#: How many times, or of how many, in brackets: (×2), (2x), (100K), [1e6].
_TIMES = regex(
    r"[(\[]\s*[x×*/:+-]|\d\s*[x×]\Z|s \( \d+ \)\Z"
    r"|\d\s*[x×*kKMGBT%]\s*[)\]]|[(\[]\s*\d+(?:\.\d+|\.?\d*e\d+)\s*[)\]]"
)
#: What is counted for each part of a layer, or for one of them: params/head, params of one head.
_EACH = regex(rf"(?i)(?:(?:/|\) \()|\bof (?:one|a single)) (?:{PIECES})s?\b")
#: A quantity over a symbol, or under one: params/g, where FLOPs/layer is a name.
_SHARE = regex(r"F?\(?[SWU]*U[SWU]*(?:/|\)\()([mn]i?)\)?|F?\(?([mn]i?)(?:/|\)\()[SWU]*U[SWU]*\)?")
#: Words that lead to a formula together.
_GIVEN = regex(
    r"(?i)\b(?:is|are|be) (?:(?:given|computed|calculated|obtained|expressed|defined|written)"
    r" (?:by|as)|equal to)(?: follows)?\Z"
)
#: A bracket in which nothing is computed.
_ASIDE = regex(r"\([^()*+/9^-]*\)")


def labels_of(
    scan: Scan, pieces: list[list[Token]], known: frozenset[str]
) -> tuple[int, list[str]]:
    """How many leading members name the result, and notes on what was left out; cuts the next one.

    Raises:
        ParseError: words that compute with the result, such as ``sqrt(params) =``.
    """
    labels = 0
    pieces[0] = _in_brackets(scan, after_mark(scan, pieces[0], known), known)
    pieces[0], notes = _after_colon(scan, pieces[0], known)
    while labels < len(pieces) - 1:
        piece = pieces[labels]
        if piece or labels:
            label = is_label(scan, piece, known)
            if not label and not is_in_words(scan, pieces, labels, known):
                _check_multiple(scan, pieces[labels : labels + 2], known)
                break
            notes += _told(scan, piece, known) if label else [without(scan, piece)]
        labels += 1
        _check_unit(scan, piece, pieces[labels], known)
        pieces[labels], more = _after_colon(scan, pieces[labels], known)
        notes += more
    rest = _after_lead(scan, pieces[labels], known)
    lead = pieces[labels][: len(pieces[labels]) - len(rest)]
    notes += _told(scan, lead, known)
    pieces[labels] = rest
    if rest and rest[0].type == "PLUS":
        problem, hint = "what is added, or the formula itself?", "leave out the sign before it"
        raise scan.error(rest[:1], problem, hint)
    without_emphasis(scan, pieces, labels)
    return labels, notes


def result_named_last(scan: Scan, pieces: list[list[Token]], known: frozenset[str]) -> bool:
    """Whether the last member names the result in what nothing else uses: ``… == n_params``."""
    if len(pieces) < 2:
        return False
    _check_multiple(scan, [pieces[-1], pieces[-2]], known)
    items = items_of(scan, pieces[-1], known)
    # M N = k and M N = d_model state another equation, and M N = n_params none.
    stem = items[0].written.partition("_")[0] if len(items) == 1 else ""
    size = stem in SIZES and (stem == items[0].written or stem not in "nN")
    if size or not _NAME.fullmatch(shape(items)):
        return False
    written = " ".join(item.written for item in items)
    if speaks_in_several_words(written) or _EACH.search(written):
        raise _computes(scan, items[0])
    # MACs is no product in which M stands again.
    names = {t.value for item in items if item.kind != "U" for t in item.tokens}
    return not any(item.value in names for piece in pieces[:-1] for item in piece)


def is_label(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> bool:
    """Whether a member names the result. ``known``: symbols of the target and the conditions.

    Raises:
        ParseError: it is made of words, and computes.
    """
    word = scan.words.get(tokens[0].start) if tokens else None
    called = word and any(map(is_layer, (word.written, *meant(word.written))))
    named: list[Item] = []
    if word and called and is_product(word, known) and not word.names <= known:  # BN: 2N
        own = [item for item in tokens if item.end <= word.end]
        named, tokens = [Item("W", own, word.written)], tokens[len(own) :]
    items = [*named, *named_whole(without_sides(unmarked(items_of(scan, tokens, known))))]
    items = [i._replace(kind="W") if p.RATIO.fullmatch(i.written.strip()) else i for i in items]
    kinds = shape(items)
    changes = items[:1] if len(items) > 1 and items[0].written.lower() == "delta" else []
    amount = next((item for item in (*changes, *items) if item.kind == "A" or changes), None)
    written = " ".join(item.written for item in items)
    if any(said.search(written) for said in (_TIMES, _EACH)) or speaks_in_several_words(written):
        amount = amount or items[0]
    if counted := _COUNTED.search(kinds):
        amount = amount or items[counted.start(1)]
    if len(items) > 1:
        amount = amount or next((item for item in items if item.written.endswith("%")), None)
    if share := _SHARE.fullmatch(kinds):
        amount = amount or items[share.start(share.lastindex or 0)]
    amount = amount or p.computing(items) or p.counted_by_letter(items) or p.part_named(items)
    if amount and p.pattern_of(p.LABELS, kinds.replace("A", "W")):
        raise _computes(scan, amount)
    label = p.pattern_of(p.LABELS, kinds) is not None
    if label and "n=" in kinds:
        problem, hint = "a condition stands in the name of the result", "write it after where"
        raise scan.error([items[0].tokens[0], items[-1].tokens[-1]], problem, hint)
    return label


def check_words(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> None:
    """Refuse a member in which the quantity's own name is computed with: ``2 * params``.

    Raises:
        ParseError: with the place of the name.
    """
    items = items_of(scan, tokens, known)
    if not _COMPUTED.search(shape(items)):
        return
    for place, item in enumerate(items):
        if item.kind == "U" and item.tokens[0].type != "QUANTITY":
            if place == len(items) - 1 and items[place - 1].kind == "*":
                problem = f"{item.written} is what is counted, and no factor"
                hint = "leave out the sign before a unit, or write its value"
                raise scan.error(item.tokens, problem, hint)
            raise _computes(scan, item)


def _check_unit(
    scan: Scan, label: Sequence[Token], number: Sequence[Token], known: frozenset[str]
) -> None:
    """Refuse ``GMACs: 0.231`` and ``Params (M) = 25.6``: what is named is a number of a unit."""
    plain = shape(items_of(scan, number, known)).strip("_N^*.,") == "9"
    items = items_of(scan, label, known)
    counted = plain or any(item.kind in "UQ" for item in items)
    for before, item in zip([None, *items], items, strict=False):
        bracketed = before is not None and (before.kind == "(" or before.written == "in")
        counted |= before is not None and scan.text[before.start] in "[［"
        if (counted and bracketed and item.written in v.SUFFIXES) or (
            is_scale(item.written) and item.written.lower() not in v.UNITS
        ):
            problem = f"{item.written} is the unit of the number"
            hint = "write it behind the number: 25.6M, 0.231 GMACs"
            raise scan.error(item.tokens, problem, hint)


def _check_multiple(scan: Scan, pieces: Sequence[list[Token]], known: frozenset[str]) -> None:
    """Refuse ``2 params = k^2 M N``, where a number stands before what is counted in symbols."""
    items = items_of(scan, pieces[0], known)
    symbols = {*_ASIDE.sub("", shape(items_of(scan, pieces[1], known)))} & {*"mnSf"}
    # … = 462 MFLOPs; 73,728 params (≈ 74K)
    scaled = any(rounded_quantity(scan, piece, known) for piece in pieces)
    if symbols and not scaled and _MULTIPLE.fullmatch(shape(items)):
        raise _computes(scan, items[0])


def _computes(scan: Scan, item: Item) -> ParseError:
    problem = f"a label names the result, and {item.written.strip()[:40]!r} computes with it"
    hint = "write the formula of the result itself, and signs for what is computed"
    return scan.error(item.tokens, problem, hint)


def _told(scan: Scan, tokens: Sequence[Token], known: frozenset[str]) -> list[str]:
    """A note on a label that is more than a symbol or the name of a quantity."""
    if not tokens:
        return []
    items = unmarked(items_of(scan, tokens, known))
    if shape(items).strip(":.,") in ("", "m", "S", "mi") or set(shape(items)) <= set("UQR:.,"):
        return []
    return [f"{scan.excerpt(tokens).strip(' ,.:：*')} as the name of the result"]


def _in_brackets(scan: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What stands in brackets behind the name of a layer, where that is a number: VGG-16 (138M)."""
    last = len(tokens) - 1
    first = next((at for at, end in partners(tokens).items() if end == last and at), 0)
    inner = tokens[first + 1 : last]
    if not first or rounded_quantity(scan, inner, known) is None:
        return tokens
    [name, *others] = named_whole(items_of(scan, tokens[:first], known))
    return tokens if others or not is_layer(name.written) else inner


def _after_colon(
    scan: Scan, tokens: list[Token], known: frozenset[str]
) -> tuple[list[Token], list[str]]:
    """What follows ``参数量:``, ``Conv 3x3:``, ``**Params:**`` or ``Params |``, and a note on that.

    Raises:
        ParseError: words before the colon that compute, such as ``2 * conv:``.
    """
    for place, item in outside(tokens):
        if item.type not in ("COLON", "BAR") or not place or item.value == r"\mid":
            continue
        before, after = tokens[:place], place + 1
        if not is_label(scan, before, known):
            if item.type == "COLON":
                check_words(scan, before, known)
            return tokens, []
        _check_unit(scan, before, tokens[after:], known)
        while after < len(tokens) and is_star(scan, tokens[after]) and is_star(scan, tokens[0]):
            after += 1
        return tokens[after:], _told(scan, before, known)
    return tokens, []


def _after_lead(scan: Scan, tokens: list[Token], known: frozenset[str]) -> list[Token]:
    """What follows words before the formula without a sign: ``the layer has``, ``参数量为``.

    Other words before a formula stay there, to be refused: half of k².
    """
    if shape(items_of(scan, tokens[:1], known)) not in _LEADING:
        return tokens
    items = named_whole(items_of(scan, tokens[:LEAD], known))
    kinds = shape(items)
    end = len(kinds) - len(kinds.lstrip(_LEADING))
    while end:
        rest = tokens[sum(len(item.tokens) for item in items[:end]) :]
        while len(rest) > 2 and is_star(scan, rest[0]) and is_bold(scan, rest):
            rest = rest[1:]
        begins = bool(rest) and rest[0].type in BEGINS - OPERATORS
        begins = begins and kinds[end : end + 1] not in [*"WUCRJA"]
        # len(k^2) and weights(k^2) apply what they name.
        begins = begins and not (rest[0].type == "LPAR" and rest[0].start == items[end - 1].end)
        said = " ".join(item.written for item in items[:end])
        computes = speaks_in_several_words(said)
        led = p.pattern_of(p.LEADS, kinds[:end]) or _GIVEN.search(said)
        if begins and not computes and led:
            return rest
        end -= 1
    return tokens
