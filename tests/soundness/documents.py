"""Documents made by rule, with the truth of their claim known: markup, words beside, language.

A formula that is right, or wrong, stands in a sentence, a table, a list, a footnote or code. Words
that name leave it as true as it is; words that say how much, of what else or of which layer make
another claim of it, which may be refuted or refused and never proven. The sentences are the tests'
own; nothing here rests on the code under test.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import NamedTuple

from closedform.documents.checking import check_claim
from closedform.documents.reader import read_text

#: (target, its formula as TeX, a wrong one, the same two as code)
FORMULAS = (
    ("params(conv)", "k^2 M N", "k^2 M^2", "k*k*M*N", "k*k*M*M"),
    ("params(conv(bias))", "k^2 M N + N", "k^2 M N + M", "k*k*M*N + N", "k*k*M*N + M"),
    ("macs(conv)", r"k^2 M N H W", r"k M N H W", "k*k*M*N*H*W", "k*M*N*H*W"),
    ("activations(conv)", r"N H W", r"M H W", "N*H*W", "M*H*W"),
    ("params(conv(k=3, M=64, N=128))", "73728", "73856", "9*64*128", "9*64*128 + 128"),
)
#: Sentences by language that say no more than that something costs so much.
PLAIN = {
    "en": ("A layer has {f} of them.", "It needs {f}, as said.", "So {f} is the cost ({w}).",
           "The cost is {f} in total.", "We count {f} here."),
    "zh": ("该层的代价为{f}。", "总共有{f}个。", "因此，{f}就是结果（{w}）。"),
    "ja": ("この層では{f}になる。", "結果は{f}です。", "したがって、{f}（{w}）となる。"),
    "ko": ("이 층의 값은 {f}이다.", "따라서 {f} ({w})가 된다."),
    "fr": ("La couche en a {f}.", "On obtient {f} ({w}).", "Donc {f} en tout."),
    "de": ("Die Schicht hat davon {f}.", "Es ergibt sich {f} ({w}).", "Also {f} insgesamt."),
    "es": ("La capa tiene {f} de ellos.", "Se obtiene {f} ({w}).", "Es decir, {f} en total."),
    "ru": ("У слоя их {f}.", "Получаем {f} ({w}).", "Итого {f}."),
}  # fmt: skip
#: Names of things, which change nothing.
NAMED = {
    "en": ("conv layer", "see Table 2", "in PyTorch"), "zh": ("卷积层", "见表2"),
    "ja": ("畳み込み層", "表2を参照"), "ko": ("합성곱", "표 2 참조"),
    "fr": ("couche de convolution", "voir la table 2"), "de": ("Faltung", "siehe Tabelle 2"),
    "es": ("capa", "véase la tabla 2"), "ru": ("слой", "см. таблицу 2"),
}  # fmt: skip
#: Words that say how much of the formula is meant, how often, more or less, or no.
AMOUNTS = {
    "en": ("half of {f}", "{f} for each head", "{f}, doubled", "twice {f}", "{f} per group",
           "less than {f}", "{f} or less", "no more than {f}", "{f} times two", "two times {f}",
           "the square root of {f}", "{f} (per head)", "{f} on each GPU", "{f}, halved.",
           "up to {f}", "{f} in millions", "a third of {f}", "{f} divided by two", "{f}; squared",
           "{f} for all heads", "not {f}", "{f} is wrong", "{f} for every group", "Per group, {f}",
           "10 times {f}", "{f} squared", "at least {f}", "{f} at most", "nearly twice {f}",
           "{f} less one", "{f} minus one", "the inverse of {f}", "{f} and a half",
           "three quarters of {f}", "double {f}", "{f} — twice", "{f} ×", "× {f}", "{f} × 2"),
    "zh": ("{f}的一半", "{f}的两倍", "小于{f}", "每组{f}", "{f}（每组）", "不到{f}", "不超过{f}",
           "{f}，再乘以二", "两倍于{f}", "{f}的三分之一", "{f}除以组数", "{f}以上", "超过{f}",
           "{f}倍", "{f}的平方", "不是{f}", "{f}，的一半", "至少{f}", "{f}以内", "一半的{f}",
           "{f}万"),
    "ja": ("{f}の半分", "{f}の2倍", "{f}未満", "{f}以下", "{f}（グループごと）", "{f}を超える",
           "{f}より少ない", "{f}の二乗", "グループごとに{f}", "{f}ではない", "最大{f}", "{f}以上",
           "{f}の3分の1", "半分の{f}", "{f}ずつ", "{f}、の半分"),
    "ko": ("{f}의 절반", "{f}의 두 배", "{f} 미만", "{f} 이하", "그룹당 {f}", "{f}보다 적다",
           "{f}의 제곱", "{f}를 초과", "최대 {f}", "{f} 이상", "{f}가 아니다", "{f} (그룹당)"),
    "fr": ("la moitié de {f}", "le double de {f}", "moins de {f}", "{f} par groupe",
           "deux fois {f}", "{f} pour chaque tête", "{f}, doublé", "au plus {f}", "le carré de {f}",
           "{f} au maximum", "plus de {f}", "un tiers de {f}", "{f} fois deux",
           "{f} divisé par deux", "au moins {f}", "jusqu'à {f}", "{f} (par tête)",
           "{f} en millions", "pas {f}"),
    "de": ("die Hälfte von {f}", "das Doppelte von {f}", "weniger als {f}", "{f} pro Gruppe",
           "zweimal {f}", "{f} je Kopf", "{f}, verdoppelt", "höchstens {f}", "{f} mal zwei",
           "das Quadrat von {f}", "ein Drittel von {f}", "{f} für jeden Kopf", "mehr als {f}",
           "mindestens {f}", "{f} geteilt durch zwei", "nicht {f}", "{f} (pro Kopf)", "bis zu {f}",
           "halb so viele wie {f}", "{f} in Millionen", "die Wurzel aus {f}"),
    "es": ("la mitad de {f}", "el doble de {f}", "menos de {f}", "{f} por grupo", "dos veces {f}",
           "{f} para cada cabeza", "como máximo {f}", "el cuadrado de {f}", "más de {f}",
           "un tercio de {f}", "{f} dividido por dos", "al menos {f}", "hasta {f}", "no {f}",
           "{f}, duplicado", "{f} (por cabeza)", "{f} en millones"),
    "ru": ("половина {f}", "вдвое больше {f}", "меньше {f}", "{f} на группу", "два раза {f}",
           "{f} для каждой головы", "не более {f}", "квадрат {f}", "больше {f}", "треть {f}",
           "{f}, удвоенное", "до {f}", "{f} (на группу)", "не {f}", "{f} в миллионах",
           "по крайней мере {f}", "{f}, делённое на два"),
}  # fmt: skip
#: What is said to be counted, by language, for each quantity.
COUNTED = {
    "params": ("{f} parameters", "Parameters: {f}", "the layer has {f} params", "参数量：{f}",
               "{f}个参数", "パラメータ数は{f}", "매개변수는 {f}", "{f} paramètres",
               "{f} Parameter", "{f} parámetros", "{f} параметров"),
    "macs": ("{f} MACs", "MACs: {f}", "Its MACs, {f}, are", "the MACs ({f})", "{f} multiply-adds",
             "{f}次乘加", "{f} MAdds", "the MACs are {f}", "MACs = {f}"),
    "bytes": ("{f} bytes", "{f}字节", "{f}バイト", "{f}바이트", "{f} octets", "{f} Bytes",
              "{f} байт", "{f} MB", "{f} bits"),
    "activations": ("{f} activations", "activations: {f}", "{f}个激活值"),
    "gradients": ("{f} gradients", "gradients: {f}", "{f} optimizer states"),
}  # fmt: skip
#: Layers, in words.
LAYERS = ("the depthwise layer has {f}", "a depthwise convolution needs {f}", "the LSTM has {f}",
          "Depthwise: {f}", "an embedding has {f}", "{f} (depthwise)", "the LSTM ({f}) is",
          "深度卷积有{f}个", "{f} for a depthwise layer")  # fmt: skip
#: What a formula may stand in; none changes it.
HOLDERS = {
    "markdown": ("{s}", "- {s}", "> {s}", "1. {s}", "| row | {s} |", "**{s}**", "Text.\n{s}\nText.",
                 "a[^1]\n\n[^1]: {s}", "### {s}", "| a | b |\n|---|---|\n| x | {s} |"),
    "latex": ("{s}", "\\begin{{itemize}}\n\\item {s}\n\\end{{itemize}}", "a & {s} \\\\",
              "\\footnote{{{s}}}", "\\emph{{{s}}}", "\\begin{{quote}}{s}\\end{{quote}}",
              "\\caption{{{s}}}", "\\section{{{s}}}"),
    "rst": ("{s}", "- {s}", "* {s}", "1. {s}"),
}  # fmt: skip
SPANS = {
    "markdown": ("${}$", "$`{}`$", r"\\({}\\)", "$ {} $"),
    "latex": ("${}$", r"\({}\)", r"\ensuremath{{{}}}", r"\begin{{math}}{}\end{{math}}"),
    "rst": (":math:`{}`",),
}
SAID = {
    "markdown": (
        "<!-- closedform: {} -->\n",
        "[//]: # (closedform: {})\n\n",
        "{{/* closedform: {} */}}\n",
    ),
    "latex": ("% closedform: {}\n",),
    "rst": (".. closedform: {}\n\n",),
}
#: Code that gives the formula, whether it gives another value, and its language.
CODE = (
    ("p = {f}", "p = {g}", "python"), ("return {f}", "return {g}", "python"),
    ("def f(k, M, N):\n    return {f}", "def f(k, M, N):\n    return {g}", "python"),
    ("p = {f}\nprint(p)", "p = {f}\nprint(2*p)", "python"),
    ("w = {f}\nb = 0*N\np = w + b", "w = {f}\nb = 3\np = w * b", "python"),
    ("p = {f}", "p = 0\nfor i in range(2):\n    p += {f}", "python"),
    ("p = {f}\nassert p > 0", "p = {f}\np -= 1", "python"),
    ("p = {f}", "p = {f}\np.mul_(2)", "python"), ("p = {f};", "p = {f};\np++;", "c"),
    ("long p = {f};\nreturn p;", "long p = {f};\nreturn p + 1;", "c"),
    ("a = {f}\nq = a", "a = {f}\nq = 2 * a", "python"),
    ("def f():\n    p = {f}\n    return p", "def f():\n    p = {f}\n    return p, 2 * p", "python"),
    ("const p = {f};", "const p = {f};\nconst q = p * 2;", "js"),
    ("def f():\n    return {f}", "@double\ndef f():\n    return {f}", "python"),
    ("p = {f}", "if big:\n    p = {f}\nelse:\n    p = 0", "python"),
    ("p = {f}", "w = {f}\nb = N\np = w + b", "python"),
    ("p = {f}", "N = 2 * N\np = {f}", "python"), ("p = {f}", "N *= 2\np = {f}", "python"),
)  # fmt: skip


class Page(NamedTuple):
    """A document, its kind, and whether its claim is true; None: it says another thing."""

    text: str
    kind: str
    true: bool | None


def pages(seed: int, count: int) -> Iterator[Page]:
    """So many documents, the same for the same seed."""
    rng = random.Random(seed)
    rules = (_sentence, _sentence, _amount, _amount, _amount, _counted, _layer, _apart, _code)
    for _ in range(count):
        yield rng.choice(rules)(rng)


def judged(page: Page) -> str:
    """The outcome of the one claim of a document.

    Raises:
        AssertionError: a false proof or a false refutation, or not one claim.
    """
    [claim] = map(check_claim, read_text(page.text, kind=page.kind).claims)
    if claim.outcome == "proven":
        assert page.true is True, ("false proof", page)
    if claim.outcome == "refuted":
        assert page.true is not True, ("false refutation", page)
    return claim.outcome


def _page(
    rng: random.Random, sentence: str, *, target: str = "", holders: bool = True
) -> tuple[Page, str]:
    """A sentence around a formula that is right or wrong, in some markup, and its target."""
    formulas = [row for row in FORMULAS if target in ("", row[0])]
    target, right, wrong, _, _ = rng.choice(formulas)
    true = rng.random() < 0.75
    kind = rng.choice([*SPANS])
    formula = right if true else wrong
    # In Markdown what has no sign of mathematics is a formula in tight dollars alone.
    span = rng.choice(SPANS[kind] if "^" in formula else SPANS[kind][:1]).format(formula)
    held = rng.choice(HOLDERS[kind]) if holders else "{s}"
    text = rng.choice(SAID[kind]).format(target) + held.format(s=sentence.replace("{f}", span))
    return Page(text + "\n", kind, true), target


def _sentence(rng: random.Random) -> Page:
    language = rng.choice([*PLAIN])
    sentence = rng.choice(PLAIN[language]).replace("{w}", rng.choice(NAMED[language]))
    return _page(rng, sentence)[0]


def _amount(rng: random.Random) -> Page:
    language = rng.choice([*AMOUNTS])
    sentence = rng.choice(AMOUNTS[language])
    if rng.random() < 0.3:
        around = rng.choice(PLAIN[language]).replace("{w}", rng.choice(NAMED[language]))
        sentence = f"{around.replace('{f}', 'x')} {sentence}"
    return _page(rng, sentence)[0]._replace(true=None)


def _counted(rng: random.Random) -> Page:
    said = rng.choice([*COUNTED])
    page, target = _page(rng, rng.choice(COUNTED[said]))
    return page if target.startswith(f"{said}(") else page._replace(true=None)


def _layer(rng: random.Random) -> Page:
    return _page(rng, rng.choice(LAYERS))[0]._replace(true=None)


def _apart(rng: random.Random) -> Page:
    """A sign in another paragraph, another cell or a footnote."""
    kinds = ("2 ×\n\n{f}", "{f}\n\n× 2", "| ×2 | {f} |", "| {f} | ×2 |", "×\n\n{f}", "{f}\n\n×")
    page, _ = _page(rng, rng.choice(kinds), holders=False)
    return page._replace(true=None)


def _code(rng: random.Random) -> Page:
    target, _, _, right, wrong = rng.choice(FORMULAS[:-1])
    gives, changes, language = rng.choice(CODE)
    true = rng.choice((True, False, None))
    formula = wrong if true is False else right
    code = (changes if true is None else gives).replace("{f}", formula).replace("{g}", wrong)
    if rng.random() < 0.3:
        cell = {"cell_type": "code", "source": f"# closedform: {target}\n{code}"}
        metadata = {"language_info": {"name": language}}
        text = json.dumps({"cells": [cell], "metadata": metadata}, indent=rng.choice((None, 1)))
        return Page(text, "notebook", true)
    text = f"<!-- closedform: {target}; in code -->\n```{language}\n{code}\n```\n"
    return Page(text, "markdown", true)
