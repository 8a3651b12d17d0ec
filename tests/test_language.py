"""The language, sentence by sentence: how a text reads, and the one beside it that does not."""

from __future__ import annotations

import pytest

from closedform.algebra.decide import equal
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    walk,
)
from closedform.errors import ClosedformError, ParseError, TooLarge
from closedform.language import parser
from closedform.language.layers import (
    Added,
    Argument,
    LayerNode,
    Layers,
    Option,
    Quantity,
    Repeated,
    Shared,
    quantities,
)
from closedform.reading import parse, parse_layers, read_claim
from closedform.typeset.latex import latex
from closedform.typeset.text import text

#: (as written, as read), by what it is about.
READ: dict[str, list[tuple[str, str]]] = {
    "numbers are exact": [
        ("0.25", "1/4"),
        (".5", "1/2"),
        ("1e6", "1000000"),
        ("1.5e9", "1500000000"),
        ("2.5e-1", "1/4"),
        ("1,792", "1792"),
        ("1'792", "1792"),
        ("1’792’000", "1792000"),
        ("1\u00a0792", "1792"),
        ("k&sup2;&#215;M", "k²M"),
        ("1,234,567", "1234567"),
        (r"112{,}896", "112896"),
        (r"112\,896", "112896"),
        ("1_000_000", "1000000"),
        ("81%", "81/100"),
        ("81 %", "81/100"),
        (r"1.91\%", "191/10000"),
        ("½ d", "1/2·d"),
        ("３×３", "3·3"),
        ("٣", "3"),
    ],
    "operators": [
        ("a + b - c", "a + b − c"),
        ("a−b–c", "a − b − c"),
        ("k×k·M⋅N∙g∗H✖W", "kkMNgHW"),
        ("a*b/c", "ab/c"),
        ("a÷b", "a/b"),
        ("-7//2", "⌊−7/2⌋"),
        ("(log n) m", "log(n)·m"),
        ("sqrt(log n) m / (log n)", "sqrt(log(n))·m/log(n)"),
        ("-(-M//N)", "−⌊−M/N⌋"),
        ("a - 7//2", "a − ⌊7/2⌋"),
        ("-a*b//c*d", "⌊−ab/c⌋·d"),
        ("-7/2", "−7/2"),
        ("a/b*c", "a/b·c"),
        ("1/2/3", "(1/2)/3"),
        ("k^2", "k²"),
        ("k**2", "k²"),
        ("k²M", "k²M"),
        ("k⁻¹", "k^(−1)"),
        ("2ⁿ", "2^n"),
        ("10⁶", "10⁶"),
        ("a^-1", "a^(−1)"),
        ("a^b^c", "a^(b^c)"),
        ("-a b", "−ab"),
        ("-k^2", "−k²"),
        ("(-k)^2", "(−k)²"),
        ("a * -b", "a·(−b)"),
        ("(H - k)//s + 1", "⌊(H − k)/s⌋ + 1"),
        (r"a \ast b \div c", "ab/c"),
        (r"3{\times}3", "3·3"),
        (r"k\*k", "kk"),
        ("k &times; k", "kk"),
        ("k<sup>2</sup>C<sub>in</sub>", "k²·C_in"),
        ("✖️".join(["k", "M"]), "kM"),
    ],
    "juxtaposition multiplies": [
        ("2k", "2k"),
        ("k k", "kk"),
        ("MN", "MN"),
        ("kk", "kk"),
        ("hw(2cm/g+9m)", "hw·(2cm/g + 9m)"),
        ("N(k^2M+1)", "N·(k²M + 1)"),
        ("(a+b)(c+d)", "(a + b)·(c + d)"),
        (r"d_{model}3d_{attn}", "d_model·3·d_attn"),
        ("n(n+1)/2", "n·(n + 1)/2"),
        ("6LH(2QT)", "6LH·2QT"),
        ("f(k)", "fk"),
        ("foo(k)", "fook"),
        ("LN(N)", "LNN"),
        ("h'w'", "h'·w'"),
        (r"a\,b\;c\!d\ e~f", "abcdef"),
        (r"\left(a+b\right)c", "(a + b)·c"),
    ],
    "brackets": [
        ("[a+b]{c}", "(a + b)·c"),
        ("（a＋b）［c］｛d｝", "(a + b)·cd"),
        (r"\bigl(a+b\bigr)c", "(a + b)·c"),
        (r"\{a+b\}c", "(a + b)·c"),
        (r"\left\{a+b\right\}c", "(a + b)·c"),
        ("⌊H/2⌋ + ⌈W/2⌉", "⌊H/2⌋ + ⌈W/2⌉"),
        (r"\lfloor H/2\rfloor", "⌊H/2⌋"),
        (r"\ceil*{\frac{H}{s}} + \floor[\big]{W}", "⌈H/s⌉ + ⌊W⌋"),
        (r"\left\lceil \frac{a}{b} \right\rceil", "⌈a/b⌉"),
        (r"\left\lfloor\frac{H+2p-k}{s}\right\rfloor+1", "⌊(H + 2p − k)/s⌋ + 1"),
    ],
    "functions": [
        ("floor(x/2) + ceil(y)", "⌊x/2⌋ + ⌈y⌉"),
        ("Floor(H/2)", "⌊H/2⌋"),
        ("sqrt(n)", "sqrt(n)"),
        ("√n", "sqrt(n)"),
        ("√16", "sqrt(16)"),
        ("√d_k", "sqrt(d_k)"),
        (r"\sqrt n m", "sqrt(n)·m"),
        (r"\sqrt[3]{n}", "n^(1/3)"),
        ("min(a, b) + max(a,b,c)", "min(a, b) + max(a, b, c)"),
        ("min(1,792)", "min(1, 792)"),
        (r"\max\left(a, b\right)", "max(a, b)"),
        ("log(n)", "log(n)"),
        ("n log n", "n·log(n)"),
        (r"n\log n", "n·log(n)"),
        (r"\ln n", "log(n)"),
        (r"\log_2 n", "log(n, 2)"),
        (r"\log_{10}(n)", "log(n, 10)"),
        (r"\log_2(n) d", "log(n, 2)·d"),
        ("log2(n)", "log(n, 2)"),
        ("log_2 n", "log(n, 2)"),
        ("log_b(n)", "log(n, b)"),
        ("log(n, 2)", "log(n, 2)"),
        (r"\log(n)^2", "log(n)²"),
        (r"\operatorname{floor}(n/2)", "⌊n/2⌋"),
    ],
    "factorials": [
        ("k n! m", "k·n!·m"),
        ("2n!^2 + (2n)!", "2·n!² + (2n)!"),
        ("(n!)! + |n|! + 3!n", "(n!)! + max(n, −n)! + 3!·n"),
        ("factorial(n + 1)/math.factorial(n)", "(n + 1)!/n!"),
        ("-n!", "−n!"),
    ],
    "sums over an index": [
        ("HWN(bn+1)", "HWN·(bn + 1)"),
        ("sum(i=1..L, n_i)", "sum(i=1..L, n_i)"),
        ("sum(i=1...L, i^2)", "sum(i=1..L, i²)"),
        (r"\sum_{i=1}^{L} n_i", "sum(i=1..L, n_i)"),
        (r"\sum_{i=1}^L n_i + \sum_{i=1}^L m_i", "sum(i=1..L, n_i) + sum(i=1..L, m_i)"),
        (r"(\sum_{i=1}^L n_i) m_i", "sum(i=1..L, n_i)·m_i"),
        (r"\sum_{l=1}^{L} n_{l-1} n'_l", "sum(l=1..L, n_l_minus_1·n_l')"),
        (r"\sum_{i=1}^L n_i \cdot d + 1", "sum(i=1..L, n_i·d) + 1"),
        (r"\sum\limits_{l=0}^{L-1} 2^l", "sum(l=0..L − 1, 2^l)"),
        (r"\sum^{L}_{l=1} n_l", "sum(l=1..L, n_l)"),
        ("∑_{i=1}^{10} i", "sum(i=1..10, i)"),
        ("Σ_{i=1}^{L} n_i", "sum(i=1..L, n_i)"),
        ("sum_(i=1)^10 i", "sum(i=1..10, i)"),
        (r"\sum_{i=1}^{L} C_{in} n_i", "sum(i=1..L, C_in·n_i)"),
        ("Σ + 1", "Σ + 1"),
    ],
    "LaTeX": [
        (r"\frac ns", "n/s"),
        (r"{a \over b}", "a/b"),
        (r"{n \choose 2}", "n·(n − 1)/2"),
        (r"\frac{n!}{(n-k)!} + 2 n !", "n!/(n − k)! + 2·n!"),
        (r"{{a \over b} + 1 \over \sqrt{c \over d}}", "(a/b + 1)/sqrt(c/d)"),
        (r"{}k{/}M\mathbin{/}N", "(k/M)/N"),
        (r"k\mkern2mu M\kern-1pt N\hspace*{2pt}\mspace{3mu}H", "kMNH"),
        (r"\textcolor[rgb]{1,0,0}{k}\,M \color[rgb]{1,0,0} N", "kMN"),
        (r"k^2M \cite[p.~3]{a}\tag*{(3)}", "k²M"),
        (r"k^2M \eqno(3)", "k²M"),
        (r"\underbracket[1pt]{k^2}_{a} M\footnotemark[1]", "k²M"),
        (r"\underline{k M} \underline{N}", "kM·N_underline"),
        (r"\num{1792} \cdot 2", "1792·2"),
        (r"k\mathrm{x}M", "kM"),
        (r"\text{$k M$}", "kM"),
        (r"k{+M} \underbrace{{}-N}_{a}\textcolor{red}{+H}W", "k + M − N + HW"),
        (r"2^{-k}{-1}", "2^(−k) − 1"),
        (r"\tfrac34", "3/4"),
        (r"\dfrac{a}{b}", "a/b"),
        (r"\frac{1}2", "1/2"),
        (r"\tfrac23 4d", "2/3·4d"),
        (r"\frac Mg N", "M/g·N"),
        (r"\underbrace{k^2 M}_{\text{weights}} N", "k²MN"),
        (r"\textcolor{red}{N} M", "NM"),
        (r"\mathbf{W}\mathrm{H}", "WH"),
        (r"\mathbf{k^2 M}", "k²M"),
        (r"\begin{equation}\label{eq:1} k^2 M. \end{equation}", "k²M"),
        (r"\begin{aligned} a \\ + b \end{aligned}", "a + b"),
        (r"\( k^2 \)", "k²"),
        (r"\[ k^2 \]", "k²"),
        ("$$k^2$$", "k²"),
        ("k^2 % the kernel\n\\cdot M", "k²M"),
        (r"C_{in}\!\times C_{out}", "C_in·C_out"),
        (r"2^{10}", "2¹⁰"),
        (r"k^2M", "k²M"),
        (r"\alpha k^2M", "αk²M"),
        (r"d^2_{model}", "d_model²"),
        (r"d_{\mathrm{model}}^{2}", "d_model²"),
        (r"{D_G}^2", "D_G²"),
        (r"\tilde{n}\,d\tag{3}", "n_tilde·d"),
    ],
    "symbols": [
        ("α + alpha + \\alpha", "α + α + α"),
        ("\\varphi", "φ"),
        ("𝑘²𝑀", "k²M"),
        ("Ｃ×Ｈ", "CH"),
        ("c1c2", "c_1·c_2"),
        (r"c_1c_2", "c_1·c_2"),
        ("C₁C₂", "C_1·C_2"),
        ("alpha1", "α_1"),
        ("D_K", "D_K"),
        ("C_in", "C_in"),
        (r"C_{\text{in}}", "C_in"),
        (r"C_{\rm in}", "C_in"),
        (r"C_\text{in}", "C_in"),
        (r"C^{\text{in}}", "C_in"),
        (r"C^{in}", "C^(in)"),
        (r"n_{layer}", "n_layer"),
        ("d'", "d'"),
        ("d''", "d''"),
        ("d′²", "d'²"),
        (r"d'^2", "d'²"),
        (r"d^\prime", "d'"),
        (r"N^* + N^{\star} + N_*", "N_star + N_star + N_star"),
        (r"N^\ast_i + N_i^*", "N_star_i + N_star_i"),
        (r"n_{\max} n_\min n_{1\to 2}", "n_max·n_min·n_1_2"),
        (r"C_{\scriptscriptstyle in}", "C_in"),
        (r"d^{\prime}_1", "d_1'"),
        (r"h_{out}'", "h_out'"),
        (r"h'_{out}", "h_out'"),
        (r"\hat{L}_{LoRA}", "L_hat_LoRA"),
        ("L̂", "L_hat"),
        (r"n_{l-1}n_l", "n_l_minus_1·n_l"),
        ("nₗ₋₁", "n_l_minus_1"),
        (r"n_{1+l} + n_{L-l+1} + n_{2+1}", "n_l_plus_1 + n_L_plus_1_minus_l + n_3"),
        (r"W_{i,j}", "W_i_j"),
        ("kernel_size", "kernel_size"),
        (r"\text{kernel\_size}", "kernel_size"),
        (r"\text{padding}[0]", "padding_0"),
        ("N + S + E + I + O + Q + C", "N + S + E + I + O + Q + C"),
        (r"\ell", "ℓ"),
    ],
    "a bare subscript is one character in TeX and a word elsewhere": [
        ("n_hd_h", "n_hd_h"),
        (r"2\,n_hd_h", "2·n_h·d_h"),
        (r"2\,n_{kv}d_h", "2·n_kv·d_h"),
        (r"2\,batch_size", "2·batch_size"),
        ("2^nm", "2^(nm)"),
        (r"2^nm\,", "2^n·m"),
    ],
    "x is a times sign between two factors": [
        ("3x3xC", "3·3C"),
        ("3 x 3 x C", "3·3C"),
        ("3X3", "3·3"),
        ("KxKxC", "KKC"),
        ("3xC_in", "3·C_in"),
        ("2 x n_layers x d_head", "2·n_layers·d_head"),
        ("x^2 + 3x", "x² + 3·x"),
        ("x_1 + x", "x_1 + x"),
        ("3x", "3·x"),
        (r"x \cdot 3 x 3", "x·3·3"),
    ],
}

#: (as written, what is wrong, the part under the caret, what the hint says)
REFUSED: list[tuple[str, str, str, str]] = [
    ("", "no formula", "", "k^2 M N"),
    ("3 4", "two numbers side by side", "3 4", "3 * 4"),
    ("k^2 3 4", "two numbers side by side", "2 3", ""),
    ("1 1/2", "two numbers side by side", "1 1", ""),
    (r"2\frac12", "before a fraction can be read in two ways", r"2\frac12"[:6], "2 + 1/2"),
    ("2½", "before a fraction can be read in two ways", "2½", ""),
    ("s/6h", "can be read in two ways", "/", "s/(6h) or s/6·h"),
    ("1/2k", "can be read in two ways", "/", "1/(2k) or 1/2·k"),
    ("a/bc/d", "can be read in two ways", "/", "a/(bc) or a/b·c"),
    ("a/2(b+c)", "can be read in two ways", "/", "a/(2(b + c)) or a/2·(b + c)"),
    (r"\log 2n", "how far this log reaches", r"\log", "log(2n) or log(2)·n"),
    (r"\log_2 n d", "how far this log reaches", r"\log_2", "log(nd, 2) or log(n, 2)·d"),
    ("√2k", "how far this sqrt reaches", "√", "sqrt(2k) or sqrt(2)·k"),
    ("√k²", "how far this root reaches", "√", "sqrt(k²)"),
    (r"\log^2 n", "a power of the function log", r"\log^", "(log n)^2"),
    ("a +", "the formula stops short", "+", "a number, a name or a bracket"),
    ("a + * b", "'*' cannot stand here", "*", "a number, a name or a bracket"),
    ("k *** 2", "'*' cannot stand here", "*", ""),
    ("(a + b", "not closed", "(", "closing bracket"),
    ("a + b)", "never opened", ")", ""),
    ("[a + b)", "a square bracket is closed by a round one", ")", ""),
    (r"\frac{a}{b", "brace is not closed", "{", ""),
    (r"\frac{a}", "a denominator is missing", "}", "{ }"),
    (r"\frac{}{b}", "nothing in this group", "{}", ""),
    (r"a_{b}_{c}", "a second subscript", "_", "n_{a,b}"),
    (r"2\cdot10^10", "only the first digit belongs to ^", "^10", "^{10}"),
    (r"\alpha x_12", "only the first digit belongs to _", "_12", "_{12}"),
    (r"n^{(l)}", "this superscript can be read in two ways", "^{(l)}", "_{l} for an index"),
    (r"n_C^{[l-1]}", "this superscript can be read in two ways", "^{[l-1]}", ""),
    ("k^2 ∴ M N", "a wide space between two factors", "∴", "write the sign between them"),
    ("n^2!", "the factorial of the power, or of the exponent", "!", "a^(b!)"),
    (r"\log n!", "of the factorial, or the factorial of", "!", "log(n!)"),
    ("n!!", "a double factorial", "!", "(n!)!"),
    ("n != 2", "!= is no relation", "!=", "a space before the ="),
    ("k * !", "nothing stands before this !", "!", "n!"),
    ("k !", "nothing stands before this !", "!", "n!"),
    ("mod N", "nothing stands before mod", "mod", "M mod N"),
    ("7 % N", "two ways", "7 %", "7 mod"),
    ("0 mod N", "a remainder of this number, or a congruence", "mod", "≡ 0 (mod N)"),
    ("1 mod 6", "a remainder of this number, or a congruence", "mod", "≡ 1 (mod 6)"),
    ("k|x|", "a bar has no meaning", "|", "absolute value"),
    ("|x + 1", "a bar has no meaning", "|", "absolute value"),
    ("6 | M", "a bar has no meaning", "|", "M mod g = 0"),
    (r"\left|x + 1", "the formula stops short", "1", ""),
    (r"\|x\|", "a norm has no value", r"\|", ""),
    ("‖x‖", "a norm has no value", "‖", ""),
    ("||x||", "a bar has no meaning", "|", ""),
    (r"\binom{n}{k}", "the lower number of a binomial", r"\binom", "as a number"),
    (r"{n \choose k}", "the lower number of a binomial", r"\choose", "as a number"),
    (r"n \choose 2", r"\choose splits a group", r"\choose", r"{n \choose 2}"),
    (r"\int_0^1 k", "calculus", r"\int", ""),
    (r"\prod_{i=1}^L n_i", "factors change is read between numbers", r"\prod_{i=1}^L", "numbers"),
    (r"\prod_{i=1}^{5/2} n_i", "factors change is read between numbers", "", "numbers"),
    (r"\prod_{i=1}^{99} n_i", "up to 64 apart", "", "numbers"),
    (r"\prod_{i=1}^L 2 M", "how far does this product reach", r"\prod_{i=1}^L", "brackets"),
    ("∏ n", "a product without an index and two bounds", "∏", "prod(i=1..L"),
    ("n ± 1", "not part of the language", "±", ""),
    ("a % of b", "percent", "%", "81%"),
    (r"\sum_i n_i", "without an index and two bounds", r"\sum_i", "sum(i=1..L"),
    ("sum(n)", "no sum over an index", ")", "sum(i=1..L"),
    (r"\sum_{i=1}^{L} W_{ij}", "W_ij changes with the index i", "", "W_i"),
    (r"\sum_{i=1}^{L} a_i + b_i", "b_i stands outside of the sum over i", "b_i", "brackets"),
    (r"\frac{k}{\cancel{M}}", "struck out", r"\cancel", "without it"),
    (r"\forall k", "quantifiers", r"\forall", "where"),
    ("k(+M)", "a sign opens this bracket", "(+", "* before it"),
    ("1 + 2 + ... + n", "dots", "...", ""),
    ("param(conv)", "unknown quantity", "param", "did you mean params"),
    ("weights(dw)", "unknown quantity", "weights", "did you mean params?"),
    ("params(conv, bias)", "a comma between layers", ")", "params(conv(bias))"),
    ("exp(k)", "exp is no function of the language", "exp", "sqrt"),
    ("floor k", "takes brackets", "floor", "floor( … )"),
    ("log(1, 2, 3)", "log takes 1 to 2 arguments, not 3", "log", ""),
    ("kernel * k", "'kernel' is no symbol", "kernel", "verify --name"),
    ("dmodel", "'dmodel' is no symbol", "dmodel", "write a letter for it"),
    ("k plus M", "plus in a word", "plus", "+ - * / ^"),
    (r"\foo{k}", r"\foo is not known", r"\foo", ""),
    (r"\tmes", "not known", r"\tmes", "did you mean times"),
    (r"a \over b", r"\over outside of braces", r"\over", r"\frac{a}{b}"),
    (r"{\left( a \over b \right)}", "brackets in this group do not match", "", ""),
    (r"\begin{cases} a \end{cases}", "the environment 'cases'", r"\begin{cases}", ""),
    (r"N \mathcal{N}", "stands here in two faces", r"\mathcal", ""),
    ("k @ M", "@ has no meaning here", "@", ""),
    ("k\x00", "U+0000 has no meaning", "\x00", ""),
    ("k\u202e2", "U+202E has no meaning", "\u202e", ""),
    ("k М", "looks like a letter of a formula", "М", "Latin"),
    ("k _ 2", "belongs to no letter", "_", "C_in"),
    ("k \\\\ M", "a new row begins without a sign", "", ""),
    ("a = b", "'=' cannot stand here", "=", "where"),
    ("a, b", "a comma has no meaning", ",", "one claim at a time"),
    ("输入 × 3", "'输入' is no symbol", "输入", "names"),
    ("k^2 M\u039d", "looks like a letter of a formula", "\u039d", "type the Latin letter"),
    ("params(convv)", "unknown layer 'convv'", "convv", "did you mean conv"),
    ("params(3)", "takes a layer", "params", "params(conv)"),
    ("params()", "cannot stand here", ")", ""),
    ("params(conv + 1)", "a layer and a formula cannot be added", "+", ""),
    ("params(conv - linear)", "layers are not subtracted", "-", "params(A) - params(B)"),
    ("params(conv * linear)", "layers are not multiplied", "*", "3 conv"),
    ("params(conv linear)", "two layers side by side", "conv linear", "add them with +"),
    ("params(conv / 2)", "layers are not divided", "/", ""),
    ("params(conv(M=true))", "M is a number", "true", "M alone for the symbol"),
    ("params(conv(bias=3))", "bias is true or false", "3", "bias=true"),
    ("params(conv(biass))", "unknown size or flag of conv 'biass'", "biass", "did you mean bias"),
    ("out(3)", "out( ) needs k", "out", "out(n, k, s, p, d)"),
    ("out(R, 3, n=2)", "does not take n here", "n", "out(n, k, s, p, d)"),
    ("out(R, k=3, 2)", "does not take as many numbers", "out", "out(n, k, s, p, d)"),
    ("out(R, 1, 1, 1, 1, 1)", "does not take as many numbers", "out", "out(n, k, s, p, d)"),
    ("params(shared(2, 3))", "shared( ) takes a number and a layer", "shared", "shared(n, linear)"),
    ("params(shared(conv, 3))", "a layer stands where a number is expected", "shared", ""),
    ("params(conv(k=3,))", "cannot stand here", ")", "a size such as k=3"),
    ("params(conv(k=3 M=4))", "'=' cannot stand here", "=", "commas"),
    ("params(conv(bias)) were k = 3", "'=' cannot stand here", "=", "conditions go after where"),
    ("params(conv(K=3))", "unknown size or flag of conv 'K'", "K", "sizes of conv: k, M, N"),
    ("params(conv(k=3, k=4))", "k is given twice", "k", ""),
    ("params(conv(bias=maybe))", "bias is true or false", "maybe", ""),
    (
        "flops(conv(bias) convention=mac)",
        "unknown layer 'convention'",
        "convention",
        "a comma stands before an option: flops(conv, convention=mac)",
    ),
    ("sum(i=1..L)", "')' cannot stand here", ")", "write what is summed: sum(i=1..L, …)"),
    ("params(conv(M=0))", "M = 0 is not a positive integer", "0", ""),
    ("flops(conv, convention=mac3)", "unknown convention 'mac3'", "mac3", "did you mean mac"),
    ("macs(conv, convention=mac)", "has no option 'convention'", "convention", "flops(X"),
    ("kv_cache(gpt2, bits=16)", "has no option", "bits", "bytes(kv_cache(X), bits=16)"),
    ("flops(conv, bits=8)", "has no option", "bits", "one of activation_memory, kv_cache_memory"),
    ("macs(conv, k=3)", "has no option 'k'", "k", "stands in the layer: macs(conv(k=3))"),
    ("macs(conv + relu, k=3)", "has no option 'k'", "k", "options of macs: none"),
    ("1e99999", "an exponent past 4,000", "1e99999", ""),
    ("9" * 1001, "more than 1,000 digits", "9" * 1001, ""),
    ("a" * 81, "a word of more than 80 letters", "a" * 81, ""),
    ("(" * 61, "nest deeper than 60", "(", "flatter"),
    ("k+" * 5000 + "k", "more than 8,000 signs", "", "split"),
    ("k" + " " * 20_000, "longer than 20,000 characters", "", "split"),
]


@pytest.mark.parametrize(("written", "read"), [pair for pairs in READ.values() for pair in pairs])
def test_a_formula_reads_as(written: str, read: str) -> None:
    assert text(parse(written)) == read


@pytest.mark.parametrize(("written", "problem", "marked", "hint"), REFUSED)
def test_what_cannot_be_read_is_shown(written: str, problem: str, marked: str, hint: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(written)
    error = caught.value
    assert problem in error.problem
    assert hint in error.hint
    if marked:
        assert written[error.start : error.end] == marked
    assert "^" in str(error)


def test_the_tree_keeps_the_form_that_was_written() -> None:
    k, M, N = Symbol("k"), Symbol("M"), Symbol("N")
    assert parse("k k M N + N - 2/3") == Sum(
        (Product((k, k, M, N)), N, Negative(Quotient(Number(2), Number(3))))
    )
    assert parse(r"\lfloor (M-1)/2 \rfloor^2") == Power(
        Call("floor", (Quotient(Sum((M, Negative(Number(1)))), Number(2)),)), Number(2)
    )
    assert parse("M N") != parse("N M")


@pytest.mark.parametrize(
    ("written", "bound", "read"),
    [
        ("Cin k", {"Cin"}, "Cin·k"),
        ("Cin k", set(), "Cink"),
        ("CinCout", {"Cin", "Cout"}, "Cin·Cout"),
        ("k_hk_wC_inC_out", {"k_h", "k_w", "C_in", "C_out"}, "k_h·k_w·C_in·C_out"),
        ("C_inC_x", {"C_in"}, "C_inC_x"),
        ("KxKxCinxCout", {"Cin", "Cout"}, "KK·Cin·Cout"),
        ("3xCin", {"Cin"}, "3·Cin"),
        ("2 x 3", {"x"}, "2·x·3"),
        ("xy", {"x"}, "x·y"),
        ("axb", {"x"}, "a·x·b"),
        ("axb", set(), "ab"),
        (r"k\,C_in", {"C_in"}, "k·C_in"),
        ("for", {"for"}, "for"),
        ("min", {"min"}, "min"),
    ],
)
def test_a_bound_word_is_one_symbol(written: str, bound: set[str], read: str) -> None:
    assert text(parse(written, bound=frozenset(bound))) == read


@pytest.mark.parametrize(
    ("written", "names", "read"),
    [
        ("输入 × 3", {"输入": "M"}, "M·3"),
        ("输入输出", {"输入": "M", "输出": "N"}, "MN"),
        ("输入通道 × 输入", {"输入": "M", "输入通道": "N"}, "NM"),
        (r"\text{input size} \cdot k", {"input size": "M"}, "Mk"),
        (r"\text{foo}_1", {"foo": "M"}, "M_1"),
        ("in channels * 2", {"in channels": "M"}, "M·2"),
        ("f o o b a r", {"foo": "M"}, "foobar"),
        ("a.b*2", {"a.b": "M"}, "M·2"),
        ("axb", {"a.b": "M"}, "ab"),
        (r"C_{in}^2", {"C_{in}": "M"}, "M²"),
        ("α", {"α": "β"}, "β"),
    ],
)
def test_names_stand_for_symbols(written: str, names: dict[str, str], read: str) -> None:
    assert text(parse(written, names=names)) == read


@pytest.mark.parametrize(
    "names",
    [
        {"": "M"},
        {" ": "M"},
        {"k": ""},
        {"k": "a b"},
        {"k": "3"},
        {"k": "M+N"},
        {"a" * 201: "M"},
        {str(number): "M" for number in range(201)},
    ],
)
def test_names_that_name_nothing_are_refused(names: dict[str, str]) -> None:
    with pytest.raises(ClosedformError, match="name"):
        parse("k", names=names)
    assert text(parse("k", names={"k": "M"})) == "M"


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("conv", 1),
        ("conv(k=3, M=64, bias) + 2 linear", 2),
        ("depthwise-conv + pointwise_conv", 2),
        ("ResNet-50 + VGG_16 + MobileNetV1 + GPT-2", 4),
        ("L * conv", 1),
        ("3 x conv", 1),
        ("深度卷积(k=3) + 2 全连接(bias)", 2),
        (r"3 \times \text{conv}", 1),
    ],
)
def test_layers_add_up(written: str, terms: int) -> None:
    assert len(parse_layers(written).terms) == terms


C, LINEAR = LayerNode("conv"), LayerNode("linear")
TWO_C = Argument("M", Product((Number(2), Symbol("c"))))


@pytest.mark.parametrize(
    ("written", "layers", "again"),
    [
        ("conv", C, "conv"),
        ("conv()", C, "conv"),
        ("conv(k=3, M=2c)", LayerNode("conv", (Argument("k", Number(3)), TWO_C)), None),
        (
            "conv(bias, k, bn=False)",
            LayerNode("conv", (Argument("bias"), Argument("k"), Argument("bn", value=False))),
            "conv(bias, k, bn=false)",
        ),
        ("conv + 2 linear", Added((C, Repeated(Number(2), LINEAR))), "conv + 2 * linear"),
        (
            "(L+1)(conv + linear)",
            Repeated(Sum((Symbol("L"), Number(1))), Added((C, LINEAR))),
            "(L + 1) * (conv + linear)",
        ),
        ("conv * L", Repeated(Symbol("L"), C), "L * conv"),
        (
            "shared(n, linear + conv)",
            Shared(Symbol("n"), Added((LINEAR, C))),
            "shared(n, linear + conv)",
        ),
    ],
)
def test_a_quantity_holds_its_layers_as_data(
    written: str, layers: Layers, again: str | None
) -> None:
    quantity = parser.parse(f"params({written})")
    assert quantity == Quantity("params", layers)
    assert text(quantity) == f"params({again or written})"
    assert parser.parse_layers(written) == layers
    assert parser.parse(text(quantity)) == quantity


@pytest.mark.parametrize(
    "written",
    [
        "params(conv(k=3, M=2c, bias))",
        "flops(depthwise_conv + 2 * linear(M=d, N=C_in), convention=mac)",
        "operations((L + 1) * (conv + linear) + shared(n, relu), kind=add)",
        "memory_access(conv(H_in=3, k_h=3, bn=true))",
        "kv_cache(attention(d_h=64, n))",
        "intensity(L conv)",
        "buffers(bn)",
        "buffers(shared(2, bn))",
        "intensity(w_msa(w=7))",
        "operations(L_1 linear, kind=mul)",
    ],
)
def test_a_quantity_reads_back_from_latex(written: str) -> None:
    quantity = parser.parse(written)
    assert quantities(quantity)
    assert parser.parse(latex(quantity)) == quantity


def test_a_quantity_keeps_its_options_and_its_place() -> None:
    written = "2 flops(conv, convention=mac)"
    quantity = Quantity("flops", C, (Option("convention", "mac"),))
    assert parser.parse(written) == Product((Number(2), quantity))
    (found,) = quantities(parser.parse(written))
    assert written[slice(*found.place)] == "flops"
    assert written[slice(*found.options[0].value_place)] == "mac"
    assert text(found) == "flops(conv, convention=mac)"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("out(R, k=3, s=2, p=1)", "⌊(R − 1)/2⌋ + 1"),
        ("out(R, 3, 2)", "⌊(R − 3)/2⌋ + 1"),
        ("out(n, k, s, p, d)", "⌊(n + 2p − d·(k − 1) − 1)/s⌋ + 1"),
        ("out", "out"),
        ("out (R)", "outR"),
        ("macs(linear(M=out(R, k=3), N=1))", "⌊R − 3⌋ + 1"),
        ("bytes(params(conv))", "2k²MN"),
        ("params(shared(3, linear))", "MN"),
        ("macs(shared(3, linear))", "3MN"),
        ("params(2 shared(3, linear))", "2MN"),
        ("params(only(attention, transformer_layer))", "4d²"),
        (
            "params(without(norm, transformer_layer) + only(layer-norm, transformer_layer))",
            "12d² + 4d",
        ),
        ("params(only(bias, conv(bias)))", "N"),
        ("params(only(conv, conv(bias, bn)))", "k²MN"),
        ("params(only(conv, resnet50))", "23454912"),
        ("params(only(layer3.0.conv2, resnet50))", "589824"),
        ("params(only(attention, multi_head_attention))", "0"),
        ("params(only(attention, only(attention, transformer_layer)))", "4d²"),
        ("params(only(head, resnet50)) - params(only(fc, resnet50))", "2049000 − 2049000"),
        ("params(2 only(head, llama(V=3, d=2)))", "12"),
        ("macs(only(layer3.0.conv2, resnet50))", "115605504"),
        (r"\text{params}(\text{only}(\text{attention}, \text{transformer\_layer}))", "4d²"),
        ("operations(linear, kind=add)", "NM − N"),
        ("buffers(batch_norm) / 2", "2N/2"),
        ("buffers(shared(3, bn))", "2N"),
        ("operations(shared(3, relu), kind=cmp)", "3N"),
        ("bytes(3 params(conv), bits=4)", "3/2·k²MN"),
        ("params(conv(k, M=3)) + 1", "3k²N + 1"),
        ("2 params(linear(bias)) (params(linear) + 1)", "2(MN + N)·(MN + 1)"),
    ],
)
def test_a_shorthand_is_the_formula_that_it_stands_for(written: str, read: str) -> None:
    assert text(parse(written)) == read


@pytest.mark.parametrize("sign", ["+", "*", "/", "-", " "])
def test_a_long_row_is_no_deep_nest(sign: str) -> None:
    count = 100 if sign == "/" else 3_000
    tree = parse(sign.join("k" * count))
    assert len(list(walk(tree))) >= count


@pytest.mark.parametrize(
    "written", ["k^" * 300 + "k", "k/" * 300 + "k", "log " * 300 + "k", "k^sqrt" * 300 + "k"]
)
def test_a_tower_is_refused(written: str) -> None:
    with pytest.raises(TooLarge, match="nesting"):
        parse(written)


@pytest.mark.parametrize(
    ("written", "problem", "hint"),
    [
        ("conv(k=3x3)", "k=3x3 is two sizes", "write k=3"),
        ("conv(k=3×5)", "k=3×5 is two sizes", "k_h=3, k_w=5"),
        (r"conv(k=3\times 3)", "is two sizes", "write k=3"),
        ("conv(k=3*3)", "k=3*3 is two sizes", "write k=3"),
        ("conv(H=1080p)", "a size is a number without a unit", "write H=1080"),
        ("linear(M=4Ki)", "a size is a number without a unit", "write M=4*1024"),
        ("conv(H=224x224)", "H=224x224 is two sizes", "H=224, W=224"),
        ("conv(k=3px)", "a size is a number without a unit", "write k=3"),
        ("conv(M=14 GB)", "a size is a number without a unit", "write M=14"),
        ("conv(M=3 million)", "a size is a number without a unit", "write M=3e6"),
        ("conv(M=64k)", "M=64k can be read in two ways", "64e3 (or 64*1024)"),
        ("conv(M=1.5M)", "can be read in two ways", "1.5e6 for the number, 1.5*M"),
        ("3x3 conv", "a kernel beside a layer", "conv(k=3)"),
        ("1x1-conv", "a kernel beside a layer", "conv(k=3)"),
        ("conv 3×3", "a kernel beside a layer", "conv(k=3)"),
        ("2d conv", "a kind of layer, or so many layers?", "write conv, or 2*d conv"),
        ("Conv 2D", "a kind of layer, or so many layers?", "write Conv, or 2*d Conv"),
        ("depthwise conv(k=3)", "two layers side by side", "did you mean depthwise_conv?"),
        ("conv linear", "two layers side by side", "add them with +"),
        ("global avg pool", "unknown layer 'global'", "did you mean global_avg_pool?"),
        ("layer norm(N=64)", "unknown layer 'layer'", "did you mean layer_norm?"),
        ("conv(k=3; M=4)", "';' has no meaning", "commas stand between the sizes"),
        ("conv(k:3)", "a colon has no meaning", "commas stand between the sizes"),
        ("conv2d(k=3)", "unknown layer 'conv2d'", "did you mean conv?"),
        ("nn.Conv2d(3, 64, 7)", "unknown layer 'Conv2d'", "did you mean conv?"),
        ("Dense", "unknown layer 'Dense'", "did you mean linear?"),
        ("layer_norm2(N=64)", "unknown layer 'layer_norm2'", ""),
        ("foo_bar + conv", "unknown layer 'foo_bar'", ""),
        ("卷积卷(k=3)", "unknown layer '卷积卷'", ""),
        ("conv + 全接连", "unknown layer '全接连'", ""),
        ("conv(filter_size=3)", "unknown size or flag of conv 'filter_size'", "did you mean k?"),
        ("conv(input_size=3)", "'input_size'", "did you mean M?"),
        ("conv(filters=3)", "'filters'", "did you mean N?"),
        ("conv(分组=3)", "'分组'", "did you mean g?"),
        ("conv(卷积核=3)", "'卷积核'", "did you mean k?"),
        ("conv(k=(3x3))", "k=3x3 is two sizes", "write k=3"),
        ("conv(k=(3, 3))", "a comma has no meaning", "each size by its name"),
        ("conv(M=64,000)", "'000' cannot stand here", "A number has no commas here"),
        ("-1 conv", "layers are not subtracted, nor taken less than 0 times", "params(A) - params"),
        ("conv + 2 * -linear", "nor taken less than 0 times", ""),
        ("(1 - 2) conv", "layers are not taken -1 times", ""),
        ("shared(1 - 2, conv)", "-1 uses of one set of weights", ""),
        ("conv and linear", "unknown layer 'and'", "join layers with +"),
        ("shared(3)", "shared( ) takes a number and a layer", "shared(n, linear)"),
        ("only(conv)", "only( ) takes the name of a part and a layer", "only(head, gpt2)"),
        ("without(heed, llama)", "unknown part 'heed'", "did you mean head?"),
        ("without(conv, conv)", "nothing is left without conv", "leave out a part"),
        ("conv(M=2 kernels)", "'kernels' is no symbol", ""),
        ("conv(3, 64, 7)", "'3' cannot stand here", "by its name: conv(k=3, M=64)"),
    ],
)
def test_what_is_no_layer_or_size_says_what_to_write(written: str, problem: str, hint: str) -> None:
    for read in (parse_layers, lambda layers: parse(f"params({layers})")):
        with pytest.raises(ParseError) as caught:
            read(written)
        assert problem in caught.value.problem
        assert hint in caught.value.hint


@pytest.mark.parametrize("target", ["params(squeeze_excitat)", "params(conv + foo_bar)"])
def test_a_word_of_the_target_may_be_no_layer_either(target: str) -> None:
    with pytest.raises(ParseError, match="unknown layer"):
        read_claim("2 N^2/r", target=target)
    assert read_claim("2 N^2/r", target="params(foo_bar conv)").target


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("n_layers * conv", "n_layers·k²MN"),
        ("n_layers(conv + linear)", "n_layers·k²MN + n_layers·MN"),
        ("floor(L/2) conv", "⌊L/2⌋·k²MN"),
        ("alpha conv", "αk²MN"),
        ("conv(k=3) x 2", "18MN"),
        ("conv(M=2M, N=4k)", "8k²Mk"),
        ("d_w conv", "d_w k^2 M N"),
        ("conv(M=2*32, N=c_1)", "64k²c_1"),
    ],
)
def test_a_symbol_beside_a_layer_repeats_it(written: str, read: str) -> None:
    assert equal(parse(f"params({written})"), parse(read))


@pytest.mark.parametrize("written", ["k^2", "params(conv)", "", "conv conv", "convv"])
def test_a_formula_is_no_layer(written: str) -> None:
    with pytest.raises(ParseError):
        parse_layers(written)
