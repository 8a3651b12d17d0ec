"""Pieces of texts: every construct of the language, its delimiters, and what is none of it."""

from __future__ import annotations

#: Pieces that make formulas, claims and prose when they are put side by side.
FORMULAS = [
    "k", "M", "N", "x", "X", "O", "e", "C_in", "C_{in}", r"C_{\text{in}}", "c1", "d'", "D_K",
    "kernel_size", "alpha", "α", r"\alpha", r"\hat L", "Cin", "n_hd_h", "2", "0.25", "1,792", "1e6",
    "81%", r"\%", "569M", "½", "²", "⁻¹", "ₗ", "+", "-", "−", "*", "×", "/", "//", "^", "**", "·",
    "_", "'", "(", ")", "[", "]", "{", "}", "（", "）", "⌊", "⌋", "⌈", "⌉", "√", "∑", "Σ", "=", "<",
    ">=", "≈", "~", ",", ";", ":", ".", "..", "...", "|", "!", "&", "%", "#", "$", "\\", r"\\", " ",
    "\n", r"\,", r"\quad", r"\frac", r"\frac ns", r"\tfrac34", r"\frac{a}{b}", r"\sqrt",
    r"\sqrt[3]",
    r"\log", r"\log_2", "log ", "log2(", "floor(", "min(", "max(a, b)", "sqrt(", "exp(",
    "sum(i=1..",
    r"\sum_{i=1}^{L}", r"\sum_", r"\left(", r"\right)", r"\lfloor", r"\rfloor", r"\{", r"\}",
    r"\cdot", r"\times", r"\le", r"\approx", r"\mid", r"\cdots", r"\text{in}", r"\text{a b}",
    r"\mathrm", r"\mathbf{W}", r"\mathcal{O}(", r"\operatorname{macs}(", r"\underbrace{a}_{b}",
    r"\boxed{", r"\stackrel{?}{=}", r"\begin{align}", r"\end{align}", r"\label{a}", r"{\rm in}",
    "params(", "macs(conv)", "flops(conv, convention=mac)", "params(conv(k=3, bias))", "conv",
    "depthwise-conv", "bias", "where ", "if ", "and ", "g | M", "N = M", "Para = ", "参数量: ",
    "（偏置）",
    "(bias)", "T(n) = ", "plus ", "parameters", "GFLOPs", "million", "<sub>", "</sub>", "&times;",
]  # fmt: skip

#: Characters that surprise programs.
STRANGE = [
    "\x00", "\x1b[31m", "\ud800", "\udfff", "\u202e", "\u200b", "\ufeff", "\u0301", "\u0302", "😀",
    "👨‍👩‍👧", "ا", "אב", "٣", "𝑘", "Ａ", "ﬁ", "İ", "ß", "é", "М", "\u2028", "\r", "\x85", "\xa0",
    "\u3000",
    "ⅷ", "㎡", "\U000e0001", "9" * 400, "1e9999", "(" * 70, r"\frac" * 30, "^" * 30, "x" * 90,
]  # fmt: skip
