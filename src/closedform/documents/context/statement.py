r"""The clause that leads up to a formula: what is said to be so much, or to have it.

What has so much is the target's own layer, by its name, a pronoun or a noun that says no more; a
clause with any other word in its subject speaks of something else.
"""

from __future__ import annotations

import re

from closedform.documents.context.subjects import PLAIN, is_layer, is_network, known_words, named_in
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
    r"per se\b|no(?:t(?: one per)?)? (?:more|fewer|less|macs|flops|pixel)\b|ratio|比[值率]|"
    r"factor|redu[ck]tion|saving|fraction|mult|times|fois(?! )|norm|form|einm",
    re.IGNORECASE,
)
#: A state of several subjects, and of one: so much is it, or has it.
_HAVE = (
    r"(?:have|are|need|require|contain|cost|take|use|hold|add|comprise|number|haben|brauchen|kosten"
    r"|benötigen|enthalten|ont|coûtent|nécessitent|tienen|cuestan|têm|hanno|имеют)"
)
_STATE = (
    r"(?:has|had|is|was|were|needs|requires|contains|costs|takes|uses|holds|adds|comprises|consumes"
    r"|caches|trains|stores|equals|hat|ist|sind|braucht|kostet|benötigt|enthält|besitzt|umfasst"
    r"|beträgt|est|sont|coûte|nécessite|compte|comporte|possède|contient|requiert|ha|è|costa"
    r"|richiede|contiene|tem|custa|requer|contém|tiene|cuesta|requiere|necesita|es|son|имеет"
    r"|требует|содержит)"
)
#: The clause that leads up to a formula: its subject, the state, and a few words more; in French
#: the state may be one letter.
_STATED = regex(
    rf"(?i)(?P<subject>[^\n]*)(?:(?<!\w)(?:(?P<many>{_HAVE})|{_STATE})|(?<=\bit)['’]s)"
    rf"(?P<more>(?:\s+{WORD}){{0,3}})\s*\Z"
)
_A = regex(
    r"(?i)\A((?:aucune?|les?|la|l['’]|une?|cette|ce|chaque|elle|il)\b.*(?<!\w))a(?= donc\Z|\Z)"
)
_STOP = regex(r"[!?;:。！？；：|&]|\.(?!\d)")
_IN_SIGNS = regex(
    r"(?s)\$\$[^$]*\$\$|\$[^$\n]+\$|`[^`\n]*`|\\{1,2}\(.*?\\{1,2}\)|\\{1,2}\[.*?\\{1,2}\]"
)
#: The end of a display of which the beginning is farther away.
_END_OF_ONE = regex(r"\$\$|\\\]")
#: What says with what, or which one; the sizes and flags in it are held elsewhere.
_ASIDE = regex(
    r"(?i)(?<=\S)\s(?:which|with|without|whose|when|if|where|mit|ohne|avec|sans|con|com)\s.*"
    r"|\b(?:over|for) (?:the |·)\s*(?!(?:layer|head|group|block|expert|batch|step|time)\w*)\w+"
    r"|\d+ by \d+|\([^()]*\)|\bof \d+ (?:\w+ )?(?:input|output)s\b"
)
#: Each of several things is one.
_ONE_OF = regex(r"(?i)\b(?:each|every|jede\w?|chaque|cada|ogni) (?:one )?of (?:the )?(?:\w+ )?")
_EVERY = regex(r"(?i)\b(?:each|every|jede\w?|chaque|cada|ogni)\b|[每各]")
#: What a clause goes on about, the layer that, is no fact: it is true that.
_RELATIVE = regex(r"(?i)\A\W*(?:an?|the|this|each|every|any)\b")
#: So many things, or none, before a formula: two convolutions: $…$, | 2 convs | $…$ |, 2つの層は.
SO_MANY = regex(
    r"(?i)\W*(?:(?:[2-9]|\d\d+)\s*[×x]?\s+(?!of\b)[^\W\d_]{2}|[2-9]つ"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|both)\s)|.*(?:\blacks?|[没沒不][有为為]?)\s*\Z"
    r"|.*\b(?:hätten?|wären?|würden?|aurai(?:en)?t|serait|tendrían?|sería|avrebbe)\b"
    r"|.*\b(?!(?:given|described|expressed|computed|counted|denoted|determined)\b)\w+ by\s*\Z"
    r"|.*\b(?:lower|reduc|cut|shrink|compress)\w*\b.* to\s*\Z"
)
_LEAD_IN = regex(rf"(?i){OF}|(?!with|mit |avec |con )\S+(?: \S+){{0,2}}\Z")
#: What takes more than one pass forward.
_PASS = regex(r"(?i)(?<!unlike )\b(?:training|backward|back-?prop|decoding|generat)|训练|反向|学習")
#: A target that is more than the cost of one sum of layers: 2*params(conv), macs(A)/macs(B).
COMPUTED = regex(r"\)\s*[-+*/·×÷−^]|[-+*/·×÷−^]\s*\w+\(")
#: Of things that are there already.
_THE = regex(r"(?i)\W*(?:the|these|those|our|its|their|die|les|los|las|as|os)\b")
#: A sign, a letter with a number, or the sides of a window: C3, 3x3.
_LABEL = regex(r"\d+|[a-zα-ω]\d*|[\dk]+x[\dk]+")
#: What a clause may be about before it begins.
_OF_WHICH = regex(r"(?i)\W*(?:for|in|of|für|bei|pour|para|per)\b")
#: What says that a clause is not so, wherever it stands.
_DENIES = regex(
    r"(?i)\b(?:not(?! only)|cannot|never|nobody|no one|none|wrongly|falsely|incorrectly|mistakenly"
    r"|erroneously)\b(?! (?:trained|learned|counted|shared|grouped|biased|surprising\w*)\b)"
    r"|[a-z]n['’]t\b"
)
#: Words with which a clause goes on, behind another formula or from the beginning.
_BEGINS = regex(r"(?i)\A(?:.*·.*?\b|\W*)(?:and|but|or|und|et|y|e|и)(?:\s|\Z)")
_JOINS = regex(r"(?i)\b(?:and|or|und|et|y|e|и|but|so|then|where)\b")


#: What is said to be so many, in letters of Latin or Cyrillic, up to a word that goes on.
_COUNTED = regex(
    r"[ \t]*(?!(?:and|per|for|when|where|while|with|without|but|are)\b)[A-Za-zÀ-ÿА-я-]{3,}"
)
#: Of what in the clause, or behind the formula: the weights of the network, (the whole block).
_OF_WHAT = regex(
    r"(?i)(?:\b(?:of|in|for|within) |\0[^(（]{0,40}[(（]\s*)(?:an?|the|each|every|one) "
    rf"({WORD}(?: {WORD}){{0,2}})"
)


class Statement:
    """What leads up to a formula: a clause that states something, and phrases before it.

    >>> Statement("Thus the layer has ").wrong("params(conv)")
    >>> Statement("It has a bias, and the block has ").wrong("params(conv)")
    'block'
    """

    def __init__(self, before: str) -> None:
        before = before.rstrip()
        label = before.endswith((":", "：", "=", "|", "&"))  # or a cell
        near = before[-2 * REACH :].rstrip(" \n:：=|&")
        near = _END_OF_ONE.split(_IN_SIGNS.sub("·", near))[-1]
        #: From its beginning, or from the formula before.
        self.sentence = " ".join(_STOP.split(near)[-1].split())
        *self.leads, self.clause = map(str.strip, re.split("[,，]", self.sentence))
        stated = _STATED.match(_A.sub(r"\1est", self.clause))
        ends = v.LEADING.search(self.clause)
        #: What is said to have so much; None where that is not stated.
        self._subject = stated["subject"] if stated else ends and self.clause[: ends.start()]
        self._more = (stated and stated["more"]) or ""
        #: Whether its verb is that of several subjects.
        self.many = stated is not None and stated["many"] is not None
        leads = self._subject is not None or v.LEADS & {*self.clause.lower().split()[-1:]}
        #: The clause, or what goes on with it behind a formula, or a label: which leads up to it.
        self.leading = ""
        if label or leads:
            _, goes_on, clause = self.clause.rpartition("·")
            clause = f"that {_JOINS.split(clause)[-1]}" if goes_on else clause
            clause = clause.replace(named := (self._subject or "").strip(), _singular(named), 1)
            self.leading = f"{clause.strip()}{': ' if label else ' '}"

    @property
    def layers(self) -> list[str]:
        """The layers that are named as what has so much; and no network that one is of."""
        named = [said for is_layer, said in named_in(self._subject or "") if is_layer]
        leads = filter(_OF_WHICH.match, self.leads)  # for an LSTM, it is
        named = named or [said for lead in leads for layer, said in named_in(lead) if layer]
        single = [said for said in named if not is_network(said)]
        return [said for said in single or named if said not in PLAIN]

    def wrong(self, target: str, behind: str = "", *, apart: bool = False) -> str | None:
        """The words that say something else than that one target has so much.

        ``behind``: the formula; ``apart``: each of several subjects has.
        """
        if denied := _DENIES.search(self.clause):
            return denied[0]
        if COMPUTED.search(target):
            return None
        for whose in _OF_WHAT.finditer(
            f"{self.clause} \0{re.split('[.,;:!?，。；$`]', behind)[0]}"
        ):
            words = whose[1].split()
            if all(_strange(" ".join(words[:end]), target) for end in range(1, len(words) + 1)):
                return whose[1]
        if SO_MANY.match(self.clause) and not apart:
            return self.clause
        if self._subject is not None and not apart:
            matrix, _, subject = self._subject.rpartition(" that ")
            if _RELATIVE.match(matrix):
                matrix, subject = "", matrix
            subject = _BEGINS.sub("", _ASIDE.sub(" ", f" {subject}"))
            subject = subject if _EVERY.search(subject) else without_sizes(subject)
            counted = _COUNTED.match(behind)
            said = f"{matrix} {_singular(subject)} {self._more} {counted[0] if counted else ''}"
            if word := _strange(said, target):
                return word
        return self._phrase(target)

    def _phrase(self, target: str) -> str | None:
        """A phrase that says how much, before the clause or set in: per pixel, at most."""
        plain = (lead for lead in self.leads if _LEAD_IN.match(lead) and {*lead}.isdisjoint("·="))
        wrong = [lead for lead in plain if _amount(without_sizes(lead)) and _strange(lead, target)]
        if "params" not in target and "train" not in target:
            wrong += filter(_PASS.search, self.leads)
        return wrong[0] if wrong else None


def _singular(subject: str) -> str:
    """One of several layers, or a layer of which a plural speaks: each of them, convolutions."""
    subject = _ONE_OF.sub(" ", subject).strip()
    word = re.split(r"\s", subject)[-1].removesuffix("s")
    named = is_layer(word.lower()) or word.lower() == "layer"
    return subject.removesuffix("s") if named and not _THE.match(subject) else subject


def _strange(said: str, target: str) -> str | None:
    """The first word of a subject that is no name of the target's layer and says anything."""
    known = known_words(target)
    if known is None:
        return said if _amount(said) else None
    return next(
        (w for layer, w in named_in(said) if not (layer or w in known or _LABEL.fullmatch(w))), None
    )


def _amount(words: str) -> bool:
    return speaks_of_amount(NAMING.sub(" ", words))
