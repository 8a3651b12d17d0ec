"""A product in words or letters before the member that says the same in numbers or symbols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from closedform.language.surroundings import patterns as p
from closedform.language.surroundings.token_kinds import Item, items_of, shape
from closedform.language.tokens import Scan, Token
from closedform.later import regex

_SIGNS = regex(r"[*+/-]")
#: Factors side by side.
_FACTORS = regex(r"[9mS]+")
_NAMES = regex("[mS]")
#: Where a times sign is left out, and an exponent that is set high.
_BESIDE = regex(r"(?<=[9mS)])(?=[mS(])|(?<=[mS)])(?=9)")
_EXPONENT = regex(r"\^\(9\)")


def is_in_words(
    scan: Scan, pieces: Sequence[Sequence[Token]], place: int, known: frozenset[str]
) -> bool:
    """Whether a member says in words what the next one says in numbers: ``kernel × kernel × in``.

    A sum of such names stands behind another label: ``P = P_weights + P_biases = 34,848 + 96``.
    What a condition of the text says of a name holds for it here, too.
    """
    items = [item for item in items_of(scan, pieces[place], known) if item.kind not in "_N"]
    kinds = shape(items)
    stated = _stated(scan)
    if _example_of(items, items_of(scan, pieces[place + 1], known), stated) is not None:
        return True
    if not stated.keys().isdisjoint(item.written for item in items):
        return False
    if not p.pattern_of(p.IN_WORDS, kinds):
        return False
    later = {item.value for piece in pieces[place + 1 :] for item in piece if item.type == "NAME"}
    split = {t.value for item in items if item.kind in "WU" for t in item.tokens}
    names = {item.written for item in items if item.kind in "mS"}
    plain = any(item.kind == "m" and "_" not in item.written for item in items)
    if names & (later | known) or (plain and "+" not in kinds):
        return False
    following = shape(items_of(scan, pieces[place + 1], known))
    numeric = set(following) <= set("9*+-/()[]^")
    long = any(item.kind in "WUSm" and len(item.written) > 3 for item in items)
    if not {"/", "-", "9"}.isdisjoint(kinds) or ("U" in kinds and ("*" in kinds or not place)):
        # params × groups computes with the result; N_GPUS/TP = 64/4 says what 64 and 4 are.
        return numeric and _SIGNS.findall(kinds) == _SIGNS.findall(following)
    return numeric or (long and not split & known) or ("m" in kinds and place > 0)


def _stated(scan: Scan) -> dict[str, str]:
    """The names behind ``where``, each with its number or with "" where that is none."""
    kinds = [item.type for item in scan.tokens]
    behind = scan.tokens[kinds.index("WHERE") :] if "WHERE" in kinds else []
    stated = dict.fromkeys((item.value for item in behind if item.type == "NAME"), "")
    for name, sign, number in zip(behind, behind[1:], behind[2:], strict=False):
        if (name.type, sign.type, number.type) == ("NAME", "EQUALS", "NUMBER"):
            stated[name.value] = number.value
    return stated


def _example_of(
    items: Sequence[Item],
    numbers: Sequence[Item],
    given: Mapping[str, str],
) -> dict[str, str] | None:
    """What a member in symbols is put to in the next one: (W - F)/S + 1 = (7 - 3)/2 + 1.

    The same signs stand in both, a number for each symbol, and the same one each time: the
    ``given`` one, where a condition says so.
    """
    if len(items) < 3 or not {"m", "S"} & {*shape(items)}:
        return None
    if {*shape(numbers)} - {*"9*+-/()^"}:
        return None
    values = [item.written for item in numbers if item.kind == "9"]
    signs = _EXPONENT.sub("^9", shape(numbers))
    runs = [[item] for item in items if item.kind in "9mS"]
    beside = _BESIDE.sub("*", shape(items))  # 4d² is 4·512²
    if _EXPONENT.sub("^9", _NAMES.sub("9", beside)) != signs:
        runs = [list(items[run.start() : run.end()]) for run in _FACTORS.finditer(shape(items))]
        if _FACTORS.sub("9", shape(items)) != shape(numbers):
            return None
    put = {**given}
    same = all(
        len(run) > 1
        or value == run[0].written
        or (run[0].kind != "9" and value == put.setdefault(run[0].written, value))
        for run, value in zip(runs, values, strict=True)
    )
    return put if same else None
