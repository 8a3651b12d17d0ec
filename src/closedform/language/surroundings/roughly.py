"""Words beside a formula that make an equality an approximation: roughly, leading term, 约为."""

from __future__ import annotations

from closedform.language.surroundings.chain import Chain
from closedform.language.tokens import Scan
from closedform.later import regex

#: What says nothing else, and what may also speak of a subject: all about convolutions.
_PLAIN = (
    r"approx(?:\.|\b)|(?:approximately|approximated|roughly|estimated|estimate|asymptotically"
    r"|(?:leading|dominant|dominating)(?:[- ]order(?: terms?)?| terms?)|ungefähre?|geschätzte?"
    r"|environ|estim[ée]e?|aproximad[ao](?:mente)?|stimat[oa]|примерно|приблизительно|оценка)\b"
)
#: The same in scripts without spaces between words; 节约 is to save, 合约 a contract.
_SCRIPT = (
    r"大[约約]|大概|大致|(?<![节節合条條契制])[约約]|近似|估[计計算]|概算|およそ|おおよそ|ほぼ|推定"
    r"|대략|근사|추정"
)
_OTHERS = r"(?:about|around|circa|or so|etwa|rund|около)\b|ca\.|左右|약|정도"
#: What is counted may stand between the word and the formula: estimated number of params: ….
_COUNTED = (
    r"(?:\s+(?:the|number|count|total|of|params?|parameters?|weights|macs?|flops?|madds?|ops"
    r"|operations|cost|memory|size)\b)*"
)
_ENDS = rf"{_COUNTED}(?:\s+(?:is|equal to)\b|[为為是等])?[\s\W]*\Z"
_BEFORE = regex(rf"(?:(?<![\w-])({_PLAIN}|{_OTHERS})|({_SCRIPT})){_ENDS}")
_BEHIND = regex(rf"\A[\s\W]*(?:({_PLAIN}|{_SCRIPT})(?=\s*(?:[^\w\s]|\Z))|({_OTHERS})[\s\W]*\Z)")
_NOT = regex(
    r"(?:\b(?:no|not|non|never|without|kein\w*|nicht|sans|sin|не|без)|[不非无無])[\s\W]*\Z"
)
#: What is in each of them: four letters that are no command, two short ones, or another script.
_SPOKEN = regex(r"(?<![\\A-Za-z])[A-Za-z]{4}|[Cc][Aa]\.|[Oo][Rr] [Ss][Oo]|[^\x00-\x7f]")


def weaken(scan: Scan, chain: Chain, *, quoted: bool) -> None:
    """Put ≈ for the = of each formula beside which such a word was left out, and tell it.

    What is claimed to be roughly so is not refuted because a small term is missing.
    """
    if not _SPOKEN.search(scan.text):
        return
    pieces = [piece.tokens for piece in chain.pieces]
    until = chain.conditions[0].start if chain.conditions else len(scan.text)
    starts = [tokens[0].start for tokens in pieces] + [until]
    behind = 0
    for place, tokens in enumerate(pieces):
        before = scan.text[behind : starts[place]].lower()
        before = before.rpartition("=")[2] if place else before
        behind = tokens[-1].end
        after = scan.text[behind : starts[place + 1]].lower()
        after = after if place == len(pieces) - 1 else after.rpartition("=")[0]
        said = _BEFORE.search(before) or _BEHIND.search(after)
        if said is None or _NOT.search(said.string[: said.start()]):
            continue
        at = max(place - 1, 0) if place or not quoted else None
        relation = chain.opening if at is None else chain.relations[at]
        if relation == "=":
            chain.notes.append(f"{next(filter(None, said.groups()))!r} as ≈")
            if at is None:
                chain.opening = "≈"
            else:
                chain.relations[at] = "≈"
