"""What people say around a formula, by rule: its label, its unit, a remark, what its letters are.

Each word is filed by what it says, in several languages. A text that says of its target what is so
is true; one that says anything else is another claim, which is never proven.
"""

from __future__ import annotations

import random
from typing import NamedTuple


class Formula(NamedTuple):
    """What is held against a target, what it counts, and what its letters are."""

    target: str
    text: str
    counts: str
    letters: str = ""
    layer: str = ""


FORMULAS = (
    Formula("params(conv)", "k*k*M*N", "params", "kMN", "conv"),
    Formula("params(linear(bias))", "M*N + N", "params", "MN", "linear"),
    Formula("params(conv(bias))", "k*k*M*N + N", "params", "kMN", "conv"),
    Formula("params(depthwise_conv)", "k*k*M", "params", "kM", "depthwise conv"),
    Formula("macs(conv)", "k*k*M*N*H*W", "macs", "kMN", "conv"),
    Formula("macs(linear(n))", "n*M*N", "macs", "MN", "linear"),
    Formula("flops(linear, convention=mac2)", "2*M*N", "flops", "MN", "linear"),
    Formula("activations(conv)", "N*H*W", "activations", "N", "conv"),
    Formula("params(conv(k=3, M=64, N=128))", "73,728", "params", "", "conv"),
    Formula("params(llama2_7b)", "6.74B", "params", "", "Llama 2 7B"),
    Formula("macs(resnet50)", "4.1G", "macs", "", "ResNet-50"),
    Formula("bytes(params(llama2_7b))", "13.5 GB", "bytes", "", "Llama 2 7B"),
)
#: Right behind a formula, by what they count.
UNITS = {
    "params": "params|parameters|weights|Parameter|paramètres|parámetros|параметров|个参数|"
    "パラメータ|개 파라미터|trainable parameters|parametri",
    "macs": "MACs|multiply-adds|multiply-accumulates|次乘加|MAdds",
    "flops": "FLOPs|floating-point operations|floating point operations|浮点运算",
    "activations": "activations|neurons|激活",
    "other": "tokens|layers|heads|images|channels|pixels|seconds|epochs|biases|buffers|USD"
    "|Schichten|jetons|слоёв|层数|kbps|Watt|ms",
}
#: Before a formula, as the name of the result.
LABELS = {
    "params": "Params|Parameters|#params|Number of parameters|参数量|参数总量|パラメータ数|"
    "파라미터 수|Anzahl der Parameter|Nombre de paramètres|Número de parámetros|"
    "Число параметров|weights",
    "macs": "MACs|Number of MACs|MAdds|乘加次数|Multiply-adds",
    "flops": "FLOPs|Number of FLOPs|浮点运算量|flops",
    "activations": "Activations|激活值|activations",
    "bytes": "Memory|Model size|显存|Speicher|Mémoire|メモリ|메모리",
    "neutral": "Result|P|Total|Answer|结果|Ergebnis|Résultat|Resultado|Итого|結果|Conv1|Ours",
    "other": "tokens|layers|heads|vocab|vocabulary size|hidden size|sequence length|context length|"
    "batch size|groups|stride|KV cache|gradients|latency|intensity|experts|epochs|steps|images|"
    "词表大小|序列长度|步长|批大小|optimizer states|buffers",
}
#: What a letter is, in words.
SIZES = {
    "k": "kernel size|filter size|kernel side|卷积核大小|Kernelgröße|カーネルサイズ|размер ядра",
    "M": "number of input channels|input channels|in_channels|inputs|输入通道数|Eingabekanäle",
    "N": "number of output channels|output channels|out_channels|outputs|输出通道数|Ausgabekanäle",
    "": "batch size|stride|number of groups|batch|padding|批大小|步长|number of heads|"
    "sequence length",
}
SAID = (
    "{f}, where {l} is the {w}", "{f} where {l} is the {w}", "{f} ({l}: {w})", "{f}, {l}: {w}",
    "{f}，其中 {l} 为{w}", "{f}（{l}为{w}）", "{f} with {l} the {w}", "{f}, {l} is the {w}",
    "{f} ({l} is the {w})", "{f}; {l} denotes the {w}", "{f}, wobei {l} die {w} ist",
)  # fmt: skip
NEUTRAL = (
    "see Table 2", "eq. 3", "in PyTorch", "ours", "как в статье", "wie in Tabelle 2",
    "voir table 2",
    "见表2", "表2参照",
)  # fmt: skip
#: Behind a formula without a sign: what it is of, and whether that is so of some targets.
PHRASES = {
    " for a {layer} layer": "layer",
    " for the {layer}": "layer",
    " for a pooling layer": "",
    " for one filter": "",
    " per head": "",
    " per pixel": "",
    " per image": "work",
    " per group": "",
    " at 224x224": "resnet",
    " at 112x112": "",
    " only if N = 1": "",
    " (groups=1)": "conv",
    " (groups=2)": "",
    ", groups=1": "conv",
    " in fp16": "number",
    " in fp64": "counted",
}


def surrounded(rng: random.Random) -> tuple[str, str, bool | None]:
    """A text, what it is held against, and whether it is so; ``None``: it says something else."""
    formula = rng.choice(FORMULAS)
    text, true = formula.text, True
    if rng.random() < 0.5:
        kind = rng.choice([formula.counts] * 3 + [*LABELS])
        if {kind, formula.counts} in ({"params", "bytes"}, {"macs", "flops"}):
            return surrounded(rng)  # Model size: 6.74B; MACs as FLOPs are told
        true = kind in (formula.counts, "neutral")
        label = rng.choice(LABELS[kind].split("|"))
        if label == "weights" and formula.counts == "macs":
            return surrounded(rng)
        text = rng.choice(("{}: {}", "{} = {}", "{}：{}")).format(label, text)
    shape = rng.random()
    if shape < 0.3 and formula.counts != "bytes":
        kind = rng.choice([formula.counts] * 3 + [*UNITS])
        if {kind, formula.counts} == {"macs", "flops"}:
            return surrounded(rng)
        text += " " + rng.choice(UNITS[kind].split("|"))
        true = true and kind == formula.counts
    elif shape < 0.6 and formula.letters:
        letter = rng.choice(formula.letters)
        kind = rng.choice([letter, letter, *SIZES])
        words = rng.choice(SIZES[kind].split("|"))
        text = rng.choice(SAID).format(f=text, l=letter, w=words)
        true = true and kind == letter
    elif shape < 0.8:
        phrase = rng.choice([*PHRASES])
        if "groups" in phrase and formula.counts == "activations":  # whatever the groups are
            return surrounded(rng)
        text += phrase.format(layer=formula.layer)
        true = true and _is_of(PHRASES[phrase], formula)
    elif shape < 0.9:
        text = rng.choice(("{} ({})", "{}, {}", "{} [{}]")).format(text, rng.choice(NEUTRAL))
    return text, formula.target, true or None


def _is_of(kind: str, formula: Formula) -> bool:
    return {
        "layer": True,
        "work": formula.counts in ("macs", "flops", "activations"),
        "resnet": "resnet" in formula.target,
        "conv": "(conv" in formula.target,
        "number": True,
        "counted": formula.counts != "bytes",
    }.get(kind, False)
