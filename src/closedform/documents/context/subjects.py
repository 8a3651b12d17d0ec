"""What the subject of a clause may be called: layers, networks, and words that say no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from closedform.cost.layer_type import FLAGS, LAYERS
from closedform.language import vocabulary as v
from closedform.language.layer_names import layer_called, layer_names, of_layers
from closedform.later import regex
from closedform.synonyms import SYNONYMS, meant

#: What a subject may be called, whatever it is of, by language; and where no spaces part words.
PLAIN = frozenset(
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
_OF_NETWORKS = v.NETWORKS | {
    *"net architecture whole entire модель 整个网络 整个模型 该网络 该模型".split()
}
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
_TOKEN = regex(r"[^\W_]+(?:['’._-][^\W_]+)*")


def named_in(said: str) -> Iterator[tuple[bool, str]]:
    """The words, in lower case, and layers that are named, each with whether it is one."""
    words = _TOKEN.findall(_ELIDED.sub(" ", _pieces().sub(" ", said.lower())))
    place = 0
    while place < len(words):
        sizes = range(min(4, len(words) - place), 0, -1)
        runs = (" ".join(words[place : place + size]) for size in sizes)
        named = next(filter(is_layer, runs), "")
        yield bool(named), named or words[place]
        place += named.count(" ") + 1


def is_layer(written: str) -> bool:
    """Whether words name a layer or a network, and no flag."""
    name = written.replace(" ", "_")
    names = (name, *meant(name), name.rstrip("0123456789"))
    return written in _families() or any(layer_called(name) and name not in FLAGS for name in names)


def is_network(written: str) -> bool:
    """Whether words name a network, or a family of some."""
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
    pieces = sorted([*_PIECES, *filter(is_layer, named)], key=len, reverse=True)
    return re.compile(rf"{'|'.join(pieces)}|{v.COUNTED.pattern}")


@of_layers
def known_words(target: str) -> frozenset[str] | None:
    """The words of a subject that a target may have; None where it is of none, or several."""
    words = re.findall(r"[A-Za-z][\w.-]*", _PORTION.sub("", target))
    called = {layer_called(word) for word in words}
    layers = [LAYERS[name] for name in called if name and name not in FLAGS]
    if len(layers) != 1:
        return None
    network = layers[0].family in ("networks", "own")
    known = PLAIN | v.NAMING | v.LEADS | v.PRONOUNS | v.ABOUT
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
