"""Words beside a formula that make an equality an approximation: roughly, leading term, 约为."""

from __future__ import annotations

from closedform.language.surroundings.chain import Chain
from closedform.language.tokens import Scan
from closedform.later import regex

_ROUGHLY = regex(
    r"\b(?:about|approx\w*|roughly|circa|ca\.|around|or so|estimat\w*|asymptotic\w*"
    r"|(?:leading|dominant|dominating)(?:[- ]order)?(?: terms?)?\b|etwa|rund|ungefähr\w*"
    r"|geschätzt\w*|environ|estim[ée]\w*|aproximad\w*|circa|stimat\w*|примерно|приблизительно|около|оценка)"
    r"|大[约約]|大概|大致|[约約](?=[为為是等\W])|[约約]\Z|近似|左右|估[计計算]|概算|およそ|おおよそ|ほぼ|推定"
    r"|대략|약(?!\w)|정도|근사|추정",
)
#: What is in each of them: four letters that are no command, two short ones, or another script.
_SPOKEN = regex(r"(?<![\\A-Za-z])[A-Za-z]{4}|[Cc][Aa]\.|[Oo][Rr] [Ss][Oo]|[^\x00-\x7f]")


def weaken(scan: Scan, chain: Chain) -> None:
    """Put ≈ for each = beside which such a word was left out, and tell it.

    What is claimed to be roughly so is not refuted because a small term is missing.
    """
    if not _SPOKEN.search(scan.text) or not _ROUGHLY.search(scan.text.lower()):
        return
    end = 0
    last = len(chain.pieces) - 1
    for place, piece in enumerate(chain.pieces):
        left_out = ""
        for item in piece.tokens:
            left_out += scan.text[end : max(end, item.start)] + " "
            end = max(end, item.end)
        if place == last:
            until = chain.conditions[0].start if chain.conditions else len(scan.text)
            left_out += scan.text[end : max(end, until)]
        said = _ROUGHLY.search(left_out.lower())
        relation = chain.relations[place - 1] if place else chain.opening
        if said is None or relation != "=":
            continue
        chain.notes.append(f"{said[0].strip()!r} as ≈")
        if place:
            chain.relations[place - 1] = "≈"
        else:
            chain.opening = "≈"
