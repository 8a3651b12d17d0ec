r"""Signs that what stands around them decides: the letter x, bars, and indices above a letter.

An x between two factors is a times sign, as in ``3x3xC``, unless the text also has an x that cannot
be one (``x^2``, an x beside an operator): then x is a symbol throughout, save between two numbers.
That of a matrix is neither. |a − b| is an absolute value, g | M says that g divides M.
Papers write the layers of n^{(l)} n^{(l-1)} in brackets above, where an exponent would stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from closedform.language.tokens import BEGINS, CLOSERS, ENDS, OPENERS, Scan, Token
from closedform.later import regex
from closedform.records import replace

INDEX = regex(r"\^\s*\{\s*([(\[])\s*(\w+(?:\s*[-+]\s*\w+)?)\s*[)\]]\s*\}")
#: What holds no factors: subscripts, words, commands.
_NO_FACTORS = regex(r"_\s*(?:\{[^{}]*\}|\w)|\\?[A-Za-z]{3,}|\\[a-z]+")
_RAISED = regex(r"([A-Za-z])\s*\^\s*(?:[A-Za-z0-9]|\{)")


def resolve_times(scan: Scan, bound: frozenset[str]) -> None:
    """Turn the undecided X tokens into TIMES or NAME, and note what was read as a sign."""
    tokens = scan.tokens
    places = [i for i, item in enumerate(tokens) if item.type == "X"]
    long = [word for word in scan.words.values() if len(word.written) > 4]
    spelled = {i for i in places for word in long if word.start <= tokens[i].start < word.end}
    alone = {i for i in places if not _between(tokens, i)}
    symbols = {tokens[i].value for i in alone - spelled} | (bound & {"x", "X"})
    kinds = [item.type for item in tokens]
    signs = 0
    for place in places:
        item = tokens[place]
        numbers = kinds[place - 1 : place] == kinds[place + 1 : place + 2] == ["NUMBER"]
        symbol = item.value in symbols or place in alone
        kind = "NAME" if symbol and not numbers else "TIMES"
        signs += kind == "TIMES" and place not in spelled
        tokens[place] = replace(item, type=kind)
        scan.kinds.add(kind)
    if signs:
        scan.notes.append("x as a times sign")


def _between(tokens: list[Token], place: int) -> bool:
    """Whether factors stand on both sides, maybe with a remark in brackets behind the first one.

    Another undecided x counts as no factor, the same letter in the other case does.
    """
    if not 0 < place < len(tokens) - 1:
        return False
    before, item, after = tokens[place - 1 : place + 2]
    aside = before.type == "PROSE" and before.value.strip().endswith(")")
    others = [side.type == "X" and side.value != item.value for side in (before, after)]
    return (before.type in ENDS or aside or others[0]) and (after.type in BEGINS or others[1])


def _is_size(tokens: Sequence[Token], place: int) -> bool:
    """Whether a bar behind an operand opens ``|V|``, set apart as no cell of a table is."""
    before, opening, *inner = tokens[place - 1 : place + 3]
    if [item.type for item in inner] != ["NAME", "BAR"] or before.end == opening.start:
        return False
    return opening.end == inner[0].start and inner[0].end == inner[1].start


def paired(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with LBAR and RBAR for the bars of absolute values.

    A bar where an operand is expected opens one, and the next one behind an operand closes it.
    Where not all bars are of pairs, and where two touch as those of a norm do, all stay.
    """
    marked = list(tokens)
    depths: list[int] = []
    depth, before = 0, ""
    for place, item in enumerate(tokens):
        depth += (item.type in OPENERS) - (item.type in CLOSERS)
        if item.type == "BAR":
            if place and tokens[place - 1].type == "BAR" and tokens[place - 1].end == item.start:
                return list(tokens)
            opens = before not in ENDS or _is_size(tokens, place)
            if opens:
                depths.append(depth)
            elif not depths or depths.pop() != depth:
                return list(tokens)
            marked[place] = replace(item, type="LBAR" if opens else "RBAR")
        before = marked[place].type
    return list(tokens) if depths else marked


@lru_cache(maxsize=256)
def upper_indices(text: str) -> frozenset[tuple[str, str]]:
    """Pairs (base, index) of which no reader takes the index for an exponent.

    A letter is an index where there are several such and it is no factor of the text; a number
    where its base has another one. A base that is raised to anything else may be raised here, too.

    >>> sorted(upper_indices(r"n^{(l)} n^{(l-1)} + k^{(2)}"))
    [('n', 'l'), ('n', 'l-1')]
    """
    rest = _NO_FACTORS.sub(" ", INDEX.sub(" ", text))
    raised = {*_RAISED.findall(INDEX.sub(" ", text))}
    above: dict[str, set[str]] = {}
    indices = [*INDEX.finditer(text)]
    for index in indices if len(indices) > 1 else ():
        base = text[: index.start()].rstrip()[-1:]
        if base.isalpha() and base not in raised:
            above.setdefault(base, set()).add(index[2])
    return frozenset(
        (base, said)
        for base, several in above.items()
        for said in several
        if (said.isdigit() and len(several) > 1) or _is_no_factor(said, rest)
    )


def _is_no_factor(said: str, rest: str) -> bool:
    """Whether an index has letters, and none of them multiplies elsewhere."""
    letters = {*filter(str.isalpha, said)}
    return bool(letters) and letters.isdisjoint(rest)
