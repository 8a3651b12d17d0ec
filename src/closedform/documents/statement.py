"""The clause that leads up to a formula: what is said to be so much, or to have it.

It is a plain statement of one subject, as ``the layer has $…$``, or the formula is no cost of it.
"""

from __future__ import annotations

import re

from closedform.language import vocabulary as v
from closedform.language.amounts import speaks_of_amount
from closedform.language.statements.sizes import without_sizes
from closedform.later import regex

#: A word.
WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
#: What goes on with a formula before it begins no farther away: a pattern is tried at each place.
REACH = 64
#: Of which, and in which: for each head, per group.
OF = (
    r"(?i:in|for|on|per|pro|je|für|auf|bei|pour|par|en|dans|sur|por|para|em|на|для|в)"
    r" (?:the |each |every |all )?"
)
#: What of such words may stand there: a ratio is named, or what costs so much.
NAMING = regex(
    r"per se\b|no(?:t(?: one per)?)? (?:more|fewer|less|macs|flops|pixel)\b|ratio|"
    r"factor|redu[ck]tion|saving|fraction|mult|times|fois(?! )|norm|form|einm",
    re.IGNORECASE,
)
#: The sides of a window or a map, before what has them: 3×3, k × k.
_SIDES = regex(
    r"(?i)(?<![\w×])(?<!× )(\d+|k|h(?=\s*[x×]\s*w))\s*[x×]\s*(?:\1|w)"
    rf"(?=[\s-]*{WORD}|\s*[,，)])"
)
#: A state: so much is it, or has it; and forms of that which say no more than that it may be so.
_HAVE = "have|are|need|require|contain|cost|take|use|hold|haben|brauchen|ont|tienen|têm|hanno|имеют"
_STATE = (
    r"(?:has|had|is|was|were|needs|requires|contains|costs|takes|uses|holds|hat|ist|sind"
    r"|braucht|est|sont|ha|è|tem|tiene|es|son|имеет)"
)
VERB = regex(rf"(?i){_STATE}")
#: The clause that leads up to a formula: its subject, the state, and a few words more.
_STATED = regex(
    rf"(?i)(?P<subject>[^\n]*)(?<!\w)(?:(?P<many>{_HAVE})?(?(many)|{_STATE})"
    rf"(?P<more>(?:\s+{WORD}){{0,3}})|a(?: donc)?)\s*\Z"
)
_STOP = regex(r"[!?;:。！？；：|&]|\.(?!\d)")
_WINDOW = regex(r"\$(\d+|k)\s*(?:\\times|[x×])\s*\1\$")
_IN_SIGNS = regex(
    r"(?s)\$\$[^$]*\$\$|\$[^$\n]+\$|`[^`\n]*`|\\{1,2}\(.*?\\{1,2}\)|\\{1,2}\[.*?\\{1,2}\]"
)
#: The end of a display of which the beginning is farther away.
_END_OF_ONE = regex(r"\$\$|\\\]")
#: What says nothing of how much of a subject there is: where, with what, which one, names.
_ASIDE = regex(
    r"(?i)\s(?:that|which|with|without|whose|in|from|for|when|if|where|mit|ohne|avec|sans|con)"
    r"\s.*|\bover · \w+|\d+ by \d+"
    r"|\bof \d+ (?:\w+ )?(?:filter|channel|kernel|unit|neuron|input|output)s\b"
    r"|\bthe \w+(?:rd|th) (?!of\b)|\b(?:each|every|jede\w?|chaque|cada|ogni) (?:(?:one )?of \w+ )?"
    r"|(?-i:\b[A-Z])[\w-]*[ -]\d+\b(?!\s*×)"
)
#: It is a fact that it has, a layer that has: what is before the word.
_FACT = regex(
    r"(?i)\b(?:so|such|note|recall|remember|see|know|known|follows?|shows?|shown|find|means?|implies"
    r"|clear|obvious|evident|true|get|conclude|observe|we say)\Z"
)
_RELATIVE = regex(r"(?i)\A\W*(?:an?|the|this|each|every|any)\b(?!.*\b(?:claim|idea|belief|myth)\b)")
_NO = (
    r"(?:not|never|cannot|no longer|neither|nobody|none|seldom|sometimes|often|far from"
    r"|anything but|nicht|nie|niemals|keine?|aucune?|jamais|nunca|nessun\w*|ningun\w*|nenhum\w*"
    r"|не|никогда|between|of order|beinahe|presque|casi|quase|quasi|почти"
    r"|(?!only|simply|exactly|precisely)\w{3,}(?<!consequent)(?<!according)(?<!obvious)(?<!famil)ly)"
)
_NOT = regex(rf"(?i)\b{_NO}\b|n['’]t\b|\A\W*no\b|\A\s*fast\s*\Z")  # hat fast
#: What may be so, or was, or somebody thinks: would have, fails to have, I doubt the layer has.
_MAY_BE = regex(
    rf"(?i)\b(?:would|could|might|may|can|should|ought|think|believe|doubt|guess|claim|hope|expect"
    rf"|imagine)\b|\bto(?:\s+{WORD})?\s*\Z"
)
#: Several subjects, which may have so much together: the layers have, a layer and another have.
_SEVERAL = regex(
    rf"(?i)\A\W*(?:(?:so|now|then|here|thus|hence|but|and)\s+)*(?:the|all|these|those|our|both|some"
    rf"|most|many|several|(?:a )?few|die|beide|les|los|las|as|os)\b"
    rf"(?!(?:.*\s)?(?:{'|'.join(sorted(v.NAMING))})(?:\s+of\b.*)?\s*\Z)"
    r"|.*\b(?:and|und|et|y|e) (?:an?|another|one|eine?|une?|una|\d+)\b"
)
#: Words with which a sentence goes on from the one before, por lo tanto, or names the subject.
_CONNECTIVE = regex(
    r"(?i)por (?:lo )?(?:tanto|ello|eso)|par (?:conséquent|définition|exemple)"
    r"|for (?:each|every|any|one|a single) (?:[\w-]+ )?(?:layer|conv\w*|image|sample|sequence)\b"
)
#: So many things, or none, before a formula: two convolutions: $…$, | 2 convs | $…$ |, 2つの層は.
SO_MANY = regex(
    r"(?i)\W*(?:(?:[2-9]|\d\d+)\s*[×x]?\s+(?!of\b)[^\W\d_]{2}|[2-9]つ"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|both)\s)|.*(?:\blacks?|[没沒不][有为為]?)\s*\Z"
    r"|.*\b(?:hätten?|wären?|würden?|aurai(?:en)?t|serait|tendrían?|sería|avrebbe)\b"
    r"|.*\b(?!(?:given|described|expressed|computed|counted|denoted|determined)\b)\w+ by\s*\Z"
)
_TOGETHER = regex(r"(?i)\W*(?:together|combined|jointly)\W*\Z")
_LEAD_IN = regex(rf"(?i){OF}|(?!with|mit |avec |con )\S+(?: \S+){{0,2}}\Z")
#: A target that is more than the cost of one sum of layers: 2*params(conv), macs(A)/macs(B).
COMPUTED = regex(r"\)\s*[-+*/·×÷−^]|[-+*/·×÷−^]\s*\w+\(")


class Statement:
    """What leads up to a formula: a clause that states something, and phrases before it.

    >>> Statement("Thus the layer has ").wrong()
    >>> Statement("It has a bias, and half a layer has ").wrong()
    'and half a layer has'
    """

    def __init__(self, before: str) -> None:
        near = _IN_SIGNS.sub("·", _WINDOW.sub(r"\1×\1", before.rstrip(" \n:：")[-2 * REACH :]))
        near = _END_OF_ONE.split(near)[-1]
        #: From its beginning, or from the formula before.
        self.sentence = " ".join(_STOP.split(near)[-1].split())
        plain = _SIDES.sub(" ", self.sentence)
        *self.leads, self._clause = map(str.strip, re.split("[,，]", plain))
        self._stated = _STATED.match(self._clause)
        #: Whether its verb is that of several subjects.
        self.many = self._stated is not None and self._stated["many"] is not None

    def wrong(self, *, apart: bool = False) -> str | None:
        """The words that say something else than that one subject has so much.

        ``apart``: each of several subjects has.
        """
        if not self._stated:
            return self._clause if SO_MANY.match(self._clause) else self._phrase()
        matrix, _, subject = self._stated["subject"].rpartition(" that ")
        if _RELATIVE.match(matrix):
            matrix, subject = "", matrix
        subject = without_sizes(_ASIDE.sub(" ", f" {subject}"))
        said = (matrix, subject, self._stated["more"] or "")
        together = _SEVERAL.match(subject) or any(map(_TOGETHER.match, self.leads))
        how_much = not apart and ((self.many and together) or any(map(_amount, said)))
        unsure = (matrix and not _FACT.search(matrix)) or _MAY_BE.search(subject)
        wrong = how_much or unsure or any(map(_NOT.search, said))
        return self._clause if wrong else self._phrase()

    def _phrase(self) -> str | None:
        """A phrase that says how much, before the clause or set in: per pixel, at most."""
        plain = (lead for lead in self.leads if _LEAD_IN.match(lead) and {*lead}.isdisjoint("·="))
        said = ((lead, without_sizes(_CONNECTIVE.sub("", lead))) for lead in plain)
        return next((lead for lead, rest in said if _amount(rest)), None)


def _amount(words: str) -> bool:
    return speaks_of_amount(NAMING.sub(" ", words))
