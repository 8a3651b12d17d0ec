r"""The clause that leads up to a formula: what is said to be so much, or to have it.

What has so much is the target's own layer, by its name, a pronoun or a noun that says no more; a
clause with any other word in its subject speaks of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from closedform.cost.layer_type import FLAGS, LAYERS
from closedform.language import vocabulary as v
from closedform.language.amounts import speaks_of_amount
from closedform.language.layer_names import layer_called, layer_names, of_layers
from closedform.language.statements.sizes import without_sizes
from closedform.later import regex
from closedform.synonyms import SYNONYMS, meant

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
#: What a subject may be called, whatever it is of, by language; and where no spaces part words.
_PLAIN = frozenset(
    """
    then here now where since as because while also one we you such same said given at from
    plain standard regular normal ordinary usual typical simple single common basic classical in all
    computational theoretical arithmetic computation compute complexity workload exact amount
    traditional two-dimensional bias-free unidirectional popular widely baseline version bank
    show prove verify find calculate exercise numbers values scalars floats products fused
    model filter lstm-schicht gru-schicht 2d-faltung batch-normalisierung nur lediglich bloß
    letzte gewöhnliche klassische übliche lineare vollständig verbundene zahl anzahl
    parameteranzahl rechenaufwand beträgt entièrement connectée linéaire dernière convolutive
    calcul complexité used
    naive vanilla original resulting corresponding overall above following full first second third
    fourth last next previous final general any each every its their our my i that there hence
    inference output kernel layer operation tensor matrix cost costs count size complexity figure
    expression formula result value answer table eq equation fig ratio note recall see know known
    follows shows find means clear obvious true for on by computed described expressed denoted
    determined counted needed required written can be get obtain 2d image sample sequence
    free real scalar distinct pesos them paper text section appendix case example row column term
    eine einer ein einem jede jeder diese dieser schicht faltung faltungsschicht parameterzahl
    normale gewichte damit daher kosten es ergibt sich davon daraus man
    une un cette chaque couche elle il au aux du coût convolution en on obtient
    por lo tanto par conséquent una uno convolución convolucional esta cada capa ella él costo coste
    essa uma camada questo di ogni strato слой слоя слое свёртка свёртки он она его
    """.split()
)
_PIECES = (
    "卷积核 仅 只 计算复杂度 复杂度 部分 一般的な 線形 出力 積和演算 回数 "
    "这个 这一 一个 每个 每一个 该 此 这 其 它 层 標準 标准 普通 常规 传统 二维 因此 所以 因而 "
    "那么 则 故 共 总 代价 结果 大小 比值 比率 公式 操作 的 中 この 一つ 層 代価 結果 コスト 式 "
    "標準的な 通常の したがって よって で に は が では の 이 그 층 값 결과 비용 따라서 의 은 는 가"
).split()
#: And what networks and blocks are called.
_OF_NETWORKS = frozenset(
    "network model net architecture whole entire netz modell réseau modèle red modelo rete сеть"
    " modello модель 整个网络 整个模型 该网络 该模型 网络 模型 ネットワーク モデル 네트워크".split()
)
_OF_BLOCKS = frozenset("block module cell unit blok bloc bloque".split())
#: What single layers are called by more words than their names.
_OF_LAYERS = {
    name: frozenset(words.split())
    for name, words in {
        "linear": "hidden input output projection classifier fully connected dense head",
        "conv": "convolutional spatial",
        "depthwise_conv": "channel-wise spatial",
        "batch_norm": "batch normalization normalisation",
        "layer_norm": "normalization normalisation",
        "embedding": "word token input lookup",
        "gru": "gated recurrent unit",
        "lstm": "long short-term memory recurrent",
        "feed_forward": "position-wise two-layer network feed-forward",
        "multi_head_attention": "self-attention mechanism sublayer",
        "transformer_layer": "encoder sublayers",
        "squeeze_excite": "squeeze-and-excitation squeeze excitation module",
    }.items()
}
#: A part of layers, by its name.
_PORTION = regex(r"\b(?:only|without)\(\s*[\w.-]+\s*,")
#: What is no part of the word beside it: the layer's, d'une couche, 3×3-Faltung.
_ELIDED = regex(r"(?i)['’]s\b|\b[dl]['’]|(?<=[×x]\d)-")
#: Of things that are there already.
_THE = regex(r"(?i)\W*(?:the|these|those|our|its|their|die|les|los|las|as|os)\b")
#: A sign, a letter with a number, or the sides of a window: C3, 3x3.
_LABEL = regex(r"\d+|[a-zα-ω]\d*|[\dk]+x[\dk]+")
#: Words with which a clause goes on, behind another formula or from the beginning.
_BEGINS = regex(r"(?i)\A(?:.*·.*?\b|\W*)(?:and|but|or|und|et|y|e|и)(?:\s|\Z)")
_JOINS = regex(r"(?i)\b(?:and|or|und|et|y|e|и|but|so|then|where)\b")
_TOKEN = regex(r"[^\W_]+(?:['’._-][^\W_]+)*")


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
        named = [said for is_layer, said in _named(self._subject or "") if is_layer]
        single = [said for said in named if not _is_network(said)]
        return [said for said in single or named if said not in _PLAIN]

    def wrong(self, target: str, behind: str = "", *, apart: bool = False) -> str | None:
        """The words that say something else than that one target has so much.

        ``behind``: the formula; ``apart``: each of several subjects has.
        """
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
    named = _is_layer(word.lower()) or word.lower() == "layer"
    return subject.removesuffix("s") if named and not _THE.match(subject) else subject


def _strange(said: str, target: str) -> str | None:
    """The first word of a subject that is no name of the target's layer and says anything."""
    known = _known(target)
    if known is None:
        return said if _amount(said) else None
    return next(
        (w for layer, w in _named(said) if not (layer or w in known or _LABEL.fullmatch(w))), None
    )


def _named(said: str) -> Iterator[tuple[bool, str]]:
    """The words, in lower case, and layers that are named, each with whether it is one."""
    words = _TOKEN.findall(_ELIDED.sub(" ", _pieces().sub(" ", said.lower())))
    place = 0
    while place < len(words):
        sizes = range(min(4, len(words) - place), 0, -1)
        runs = (" ".join(words[place : place + size]) for size in sizes)
        named = next(filter(_is_layer, runs), "")
        yield bool(named), named or words[place]
        place += named.count(" ") + 1


def _is_layer(written: str) -> bool:
    name = written.replace(" ", "_")
    names = (name, *meant(name), name.rstrip("0123456789"))
    return written in _families() or any(layer_called(name) and name not in FLAGS for name in names)


def _is_network(written: str) -> bool:
    called = layer_called(written.replace(" ", "_"))
    network = called and called not in FLAGS and LAYERS[called].family == "networks"
    return bool(network) or written in _families()


@of_layers
def _families() -> frozenset[str]:
    """What the names of networks of one family begin with: MobileNet."""
    networks = (name for name, layer in LAYERS.items() if layer.family == "networks")
    return frozenset(name.partition("_")[0].rstrip("0123456789") for name in networks)


@of_layers
def _pieces() -> re.Pattern[str]:
    """What is said of any subject where no spaces part words, and names of layers."""
    named = (name for name in {*layer_names(), *SYNONYMS} if not name.isascii())
    pieces = sorted([*_PIECES, *filter(_is_layer, named)], key=len, reverse=True)
    return re.compile(rf"{'|'.join(pieces)}|{v.COUNTED.pattern}")


@of_layers
def _known(target: str) -> frozenset[str] | None:
    """The words of a subject that a target may have; None where it is of none, or several."""
    words = re.findall(r"[A-Za-z][\w.-]*", _PORTION.sub("", target))
    called = {layer_called(word) for word in words}
    layers = [LAYERS[name] for name in called if name and name not in FLAGS]
    if len(layers) != 1:
        return None
    network = layers[0].family in ("networks", "own")
    known = _PLAIN | v.NAMING | v.LEADS | v.PRONOUNS | v.ABOUT
    known |= {word for measure in v.QUANTITIES if measure in target for word in measure.split("_")}
    own = layers[0].name
    known |= {name for name in layer_names() if layer_called(name) == own}  # BN
    known |= {name for name, meanings in SYNONYMS.items() if own in meanings}
    known |= _OF_LAYERS.get(own, frozenset())
    parts = own.split("_")
    known |= {"-".join(parts[:end]) for end in range(2, len(parts))}  # multi-head
    if network:  # MobileNet, of its first version
        known |= _OF_NETWORKS | {parts[0], own.rstrip("0123456789_")}
    return known | (_OF_BLOCKS if layers[0].contents is not None else frozenset())


def _amount(words: str) -> bool:
    return speaks_of_amount(NAMING.sub(" ", words))
