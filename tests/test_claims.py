"""Claims as people print them: chains, labels, prose, conditions, rounded quantities."""

from __future__ import annotations

from fractions import Fraction

import pytest

from closedform.errors import ParseError
from closedform.language.claims import Claim
from closedform.reading import read_claim
from closedform.typeset.text import text

CONV = "params(conv)"
BIAS = "params(conv(bias))"
#: A target that is a number, against which rounded quantities are held.
FORMULA = "k^2 M N"
NUMBER = "macs(conv(k=3, M=3, N=64, H=10, W=10))"


def _shown(claim: Claim) -> str:
    """The members and relations of a claim as text."""
    line = text(claim.members[0].tree)
    for relation, member in zip(claim.relations, claim.members[1:], strict=True):
        line += f" {relation} {text(member.tree)}"
    return line


#: (whole claims, as read)
CHAINS = [
    ("a = b", "a = b"),
    ("a == b", "a = b"),
    ("a ＝ b ≡ c", "a = b = c"),
    ("a < b <= c", "a < b <= c"),
    ("a ≥ b", "a >= b"),
    ("a ≦ b", "a <= b"),
    ("a ≈ b", "a ≈ b"),
    ("a ~ b", "a ≈ b"),
    ("a = ~3", "a ≈ 3"),
    ("a = b\n= c", "a = b = c"),
    ("a<b>c", "a < b > c"),
    ("y = 3x where y = 2x + x", "y = 3·x"),
    ("3x = x + 2x", "3·x = x + 2·x"),
    ("a = 25M where M = 2", "a = 25M"),
    ("a\n= b", "a = b"),
    (r"a \le b \approx c \ge d", "a <= b ≈ c >= d"),
    (r"\begin{align} a &= b \\ &= c \end{align}", "a = b = c"),
    (r"\begin{aligned} a &= b \\[2pt] &\quad + c \end{aligned}", "a = b + c"),
    (r"\begin{eqnarray} a &=& b \end{eqnarray}", "a = b"),
    (r"\boxed{a = b}", "a = b"),
    (r"a \stackrel{(1)}{=} b", "a = b"),
    (r"a \overset{!}{=} b", "a = b"),
    (r"a \mathrel{=} b", "a = b"),
    ("a &= b", "a = b"),
    ("$a$ = $b$.", "a = b"),
    ("params(conv) = k^2 M N", "k²MN = k²MN"),
    (r"\mathrm{params}(\text{conv}) = k^2 M N", "k²MN = k²MN"),
    (r"\text{params}(\text{conv}(\text{bias}, \mathrm{k}=1)) = MN + N", "MN + N = MN + N"),
    (r"\text{flops}(\text{conv}, \text{convention}=\text{mac}) = k^2 M N H W", "k²MNHW = k²MNHW"),
    (r"\mathrm{macs}(\mathrm{conv}) = k^2MNHW", "k²MNHW = k²MNHW"),
    ("2 b s macs(linear(M=d, N=d)) = 2bsd^2", "2bsdd = 2bsd²"),
    ("params(conv(M=N, N=M)) = k^2MN", "k²NM = k²MN"),
    ("params(conv(M=Cin, N=Cout)) = k^2 Cin Cout", "k²·Cin·Cout = k²·Cin·Cout"),
    ("f(n) = n^2", "fn = n²"),
]

#: (quoted text, target, as read)
QUOTED = [
    # labels
    ("Para = k×k×M×N + N", BIAS, "kkMN + N"),
    ("Output size = k", CONV, "k"),
    ("#params = k^2 M N", CONV, "k²MN"),
    (r"\#params = k^2 M N", CONV, "k²MN"),
    (r"\text{#params} = k^2 M N", CONV, "k²MN"),
    ("# of parameters = k^2 M N", CONV, "k²MN"),
    ("No. of params = k^2 M N", CONV, "k²MN"),
    ("P = k^2 M N", CONV, "k²MN"),
    ("M = k^2 M N", CONV, "M = k²MN"),
    ("Para = Flops = k^2 M N", FORMULA, "k²MN"),
    ("Params: k^2 M N", CONV, "k²MN"),
    ("Conv 3x3: 9MN", CONV, "9MN"),
    ("C1: 5*5*6 = 150", "150", "5·5·6 = 150"),
    ("Layer 1: 5*5*6 = 150", "150", "5·5·6 = 150"),
    ("FLOPs/layer = k^2MN", FORMULA, "k²MN"),
    ("Params@224 = k^2MN", CONV, "k²MN"),
    ("FLOPs (224×224) = k^2MN", FORMULA, "k²MN"),
    ("num(MAC) = k^2MN", FORMULA, "k²MN"),
    ("P(k, M, N) = k^2MN", CONV, "k²MN"),
    ("M(k+1) = k^2MN", CONV, "M·(k + 1) = k²MN"),
    ("params(conv1) = k^2MN", CONV, "k²MN"),
    ("FLOPs(conv) = k^2MN", FORMULA, "k²MN"),
    ("dim(W) = k^2MN", CONV, "k²MN"),
    ("|W| = k^2MN", CONV, "k²MN"),
    (r"|\Theta| = k^2MN", CONV, "k²MN"),
    (r"\Omega(\mathrm{MSA}) = 4hwC^2", "4hwC^2", "4hwC²"),
    (r"\text{FLOPs}_{conv} = k^2MN", FORMULA, "k²MN"),
    (r"\text{MACs}_{\text{dw}} = k^2M", FORMULA, "k²M"),
    (r"\mathop{\mathrm{FLOPs}} = k^2MN", FORMULA, "k²MN"),
    (r"\mathrm{FLOPs}(\text{conv}) = k^2MN", FORMULA, "k²MN"),
    (r"N_{\text{params}} = k^2MN", CONV, "k²MN"),
    (r"\mathcal{P} = k^2 M N", CONV, "k²MN"),
    (r"|\mathbf{W}^{(l)}| = k^2MN", CONV, "k²MN"),
    (r"\lVert W\rVert_{0} = k^2MN", CONV, "k²MN"),
    (r"P^{(l)} = k^2MN", CONV, "k²MN"),
    (r"P^l = k^2MN", CONV, "k²MN"),
    (r"P = P_{\text{a}} + P_{\text{b}} = k^2MN", CONV, "k²MN"),
    (r"P_1 + M = k^2MN", CONV, "P_1 + M = k²MN"),
    (r"P_1 + 2 = k^2MN", CONV, "P_1 + 2 = k²MN"),
    ("k^2(BMN)", CONV, "k²BMN"),
    (r"k^2MN\text{ weights} + N\,\text{params}", CONV, "k²MN + N"),
    (r"k^l = k^2MN", CONV, "k^l = k²MN"),
    (r"P^2 = k^2MN", CONV, "P² = k²MN"),
    (r"\text{FLOPs}(3\times3\text{ conv}) = k^2MN", FORMULA, "k²MN"),
    (r"P \overset{(1)}{=} k^2MN", CONV, "k²MN"),
    (r"n_{\text{params}}^{\text{CNN}} = k^2MN", CONV, "k²MN"),
    (r"\frac{\text{params}}{\text{layer}} = k^2MN", CONV, "k²MN"),
    (r"\frac{P_1}{P_2} = k^2MN", CONV, "k²MN"),
    (r"\frac{M}{L} = k^2MN", CONV, "M/L = k²MN"),
    (r"\dim\theta = k^2MN", CONV, "k²MN"),
    (r"\mathrm{cost}(\cdot) = k^2MN", CONV, "k²MN"),
    (r"\mu(F(m \times m, r \times r)) = k^2MN", CONV, "k²MN"),
    (r"F(2,3):\ k^2MN", CONV, "k²MN"),
    (r"P \colonequals k^2MN", CONV, "k²MN"),
    (r"P \vcentcolon= k^2MN", CONV, "k²MN"),
    (r"\mathbf{Parameters:}\quad k^2MN", CONV, "k²MN"),
    (r"\text{Params: }k^2MN", CONV, "k²MN"),
    (r"\text{Params = }k^2MN", CONV, "k²MN"),
    (r"\text{Number of parameters} = k^2MN", CONV, "k²MN"),
    (r"\begin{align*} P &= k^2MN + N \\ &= N(k^2M+1) \end{align*}", BIAS, "k²MN + N = N·(k²M + 1)"),
    (r"&= k^2MN", CONV, "k²MN"),
    ("= k^2MN", CONV, "k²MN"),
    # other languages
    ("参数量: k×k×M×N＋N", BIAS, "kkMN + N"),
    ("参数量：k×k×M×N＋N。", BIAS, "kkMN + N"),
    ("参数量为 k×k×M×N＋N", BIAS, "kkMN + N"),
    ("パラメータ数 ＝ ｋ×ｋ×Ｍ×Ｎ＋Ｎ", BIAS, "kkMN + N"),
    ("매개변수 수 = k × k × M × N + N", BIAS, "kkMN + N"),
    ("Größe der Schicht = k·k·M·N + N", BIAS, "kkMN + N"),
    ("Número de parámetros = k·k·M·N + N", BIAS, "kkMN + N"),
    # a single symbol is the formula
    ("k", CONV, "k"),
    ("Para = N", CONV, "N"),
    # prose in the formula and after it
    ("k×k×M×N + N (bias)", BIAS, "kkMN + N"),
    ("k×k×M×N + N（偏置）", BIAS, "kkMN + N"),
    ("k×k×M×N + N (bias的数量与输出channel的数量是一样的)", BIAS, "kkMN + N"),
    ("3×3×64(输入通道)×128(输出通道)+128(偏置)", BIAS, "3·3·64·128 + 128"),
    ("3*3*3 (kernel) * 64 (filters) + 64 (biases)", BIAS, "3·3·3·64 + 64"),
    ("3 (M + N) * k", CONV, "3(M + N)·k"),
    ("(d_in + d_out) × r，线性增长。", "d_in", "(d_in + d_out)·r"),
    ("k^2MN parameters", CONV, "k²MN"),
    (r"k^2\mathrm{MN}", CONV, "k²MN"),
    (r"\mathrm{MN}", "params(linear(M=MN))", "MN"),
    ("k^2MN(sM)(rsN)", CONV, "k²MNsMrsN"),
    ("k^2MN (dw)", FORMULA, "k²MN"),
    ("k^2MN — parameters of a convolution", CONV, "k²MN"),
    ("k^2MN, where k is the kernel size", CONV, "k²MN"),
    (r"k^2MN \quad (\text{no bias})", CONV, "k²MN"),
    (r"k^2MN \quad \text{no bias}", CONV, "k²MN"),
    ("k×k×M×N（其中k=3）", CONV, "kkMN"),
    (r"k^2MN \quad (k=3)", CONV, "k²MN"),
    (r"k^2MN \qquad (3.2)", CONV, "k²MN"),
    (r"k^2MN \hfill (3.2)", CONV, "k²MN"),
    (r"k^2MN\footnote{without bias}", CONV, "k²MN"),
    (r"k^2MN\ \mathrm{parameters}", CONV, "k²MN"),
    (r"k^2MN\text{ parameters}", CONV, "k²MN"),
    (r"k^2MN + 1\text{ values}", CONV, "k²MN + 1"),
    (r"k^2MN\,\text{rows}", CONV, "k²MN·rows"),
    (r"k^2 + N\text{ pixels}", "params(linear(M=pixels))", "k² + N·pixels"),
    (r"k^2MN \tag{1}", CONV, "k²MN"),
    (r"\frac{a}{\text{stride}}", "a", "a/stride"),
    ("k^2MN.", CONV, "k²MN"),
    ("k^2MN ,", CONV, "k²MN"),
    # asymptotic
    (r"\mathcal{O}(n^2 d)", "n^2 d", "n²d"),
    ("T(n) = O(n^2·d)", "n^2 d", "n²d"),
    ("O(I + 1)", "params(linear(M=I, N=O, bias))", "O·(I + 1)"),
    ("O(n) + n", "O n + n", "On + n"),
    ("6LH(2QT)", "12LHQT", "6LH·2QT"),
    ("**Params** = k^2MN", CONV, "k²MN"),
    ("• Params: k^2MN", CONV, "k²MN"),
    ("Conv2d(3, 64, kernel_size=3): 3*64 = 192", "192", "3·64 = 192"),
    ("nn.Linear(4096, 1000) params = 4096*1000", "1", "4096·1000"),
    ("3×3×64个×128个", "1", "3·3·64·128"),
    ("1. Params = k^2MN", CONV, "k²MN"),
    ("1) Params = k^2MN", CONV, "k²MN"),
    ("(1) Params = k^2MN", CONV, "k²MN"),
    ("a) Params: k^2MN", CONV, "k²MN"),
    ("**Params:** k^2MN", CONV, "k²MN"),
    ("参数量 | k^2MN", CONV, "k²MN"),
    # words before the formula, without a sign
    ("The number of parameters is k*k*M*N + N.", BIAS, "kkMN + N"),
    ("So the layer has (5*5 + 1)*6 = 156 parameters.", "156", "(5·5 + 1)·6 = 156"),
    ("we get k*k*M*N + N parameters", BIAS, "kkMN + N"),
    ("Le nombre de paramètres est k²·M·N.", CONV, "k²MN"),
    ("return k * k * M * N", CONV, "kkMN"),
    ("roughly k²MN parameters", CONV, "k²MN"),
    ("m.in_features * m.out_features", "params(linear)", "in_features·out_features"),
    ("11.3 percent", "1", "113/1000"),
    ("8.8x", "1", "44/5"),
    ("3x", "3x", "3·x"),
    ("M*N is the number of weights", CONV, "MN"),
    ("weights M*N", CONV, "MN"),
    # a formula in words, before the one that can be checked
    ("kernel × kernel × in × out = 3×3×64×128", "1", "3·3·64·128"),
    ("(# filter params) x (# of filters) = 27 x 2 = 54 operations", "54", "27·2 = 54"),
    ("N_sep = N_depthwise + N_pointwise = 39", "39", "39"),
    # code
    ("flops += H*W*self.dim*3", "macs(pointwise_conv(M=dim, N=3))", "HW·dim·3"),
    ("ks[0]*ks[1]*i_shape[2]", CONV, "ks_0·ks_1·i_shape_2"),
    ("k*k*M  // weights of one filter", CONV, "kkM"),
    ("P_c = W_c + B_c = 34,848 + 96", "34944", "34848 + 96"),
    ("**9·C² = 9·C·C**", "9C^2", "9C² = 9CC"),
    ("Params = *9·C²*", "9C^2", "9C²"),
    ("<b>Params</b> = <code>k*k*M</code><br>", CONV, "kkM"),
    ("6*28*28 = 4,704 connections", "4704", "6·28·28 = 4704"),
    ("soit 3 × 3 × 64 = 576 paramètres", "576", "3·3·64 = 576"),
    # how many times
    ("8.8×", "8.8", "44/5"),
    ("8.8x fewer parameters", "8.8", "44/5"),
    ("8.8 times less computation", "8.8", "44/5"),
    ("8-fold reduction", "8", "8"),
    # quotation marks and code spans
    ("`params = k*k*M*N`", CONV, "kkMN"),
    ('"k*k*M*N"', CONV, "kkMN"),
    ("«k*k*M*N»", CONV, "kkMN"),
    ("2×C (γ, β)", "params(batch_norm(N=C))", "2C"),
    # words that the target binds
    ("K*K*Cin*Cout", "params(conv(k=K, M=C_in, N=C_out))", "KK·C_in·C_out"),
    ("K*K*C_in*C_out", "params(conv(k=K, M=Cin, N=Cout))", "KK·Cin·Cout"),
    (r"C_{in}C_{\text{out}}", "params(linear(M=Cin, N=Cout))", "Cin·Cout"),
    ("DK*DK*M*N", "params(conv(k=D_K))", "D_K·D_K·MN"),
    ("K*K*Cin*Cout", CONV, "KK·C_in·C_out"),
    ("K*K*Cin*C_out", "K K Cin Cout", "KK·Cin·Cout"),
    ("D*K*DK", "params(conv(k=D_K))", "DKDK"),
    ("FLOPs = 2 * (Cin * K^2 + 1) * Cout", "macs(conv(M=Cin, N=Cout))", "2(Cin·K² + 1)·Cout"),
    (r"2\cdot\text{batch}\cdot k", "2 batch k", "2·batch·k"),
    (r"k \times C_in \times C_out", "macs(conv(M=C_in, N=C_out))", "k·C_in·C_out"),
    ("xy + y", "params(linear(M=x, N=y, bias))", "x·y + y"),
    ("3xy", CONV, "3y"),
    # rounded quantities
    ("569M", NUMBER, "569000000"),
    ("MACs ≈ 569M", NUMBER, "569000000"),
    ("FLOPs = 4.1 GFLOPs", NUMBER, "4100000000"),
    ("FLOPs = 4.1G FLOPs", NUMBER, "4100000000"),
    ("Params: 25.6 million parameters", "172800", "25600000"),
    ("231 GMac", NUMBER, "231000000000"),
    ("231 gmacs", NUMBER, "231000000000"),
    ("4.1 gflops", NUMBER, "4100000000"),
    ("569 mmadds", NUMBER, "569000000"),
    ("569 madds", NUMBER, "569"),
    ("4.1 gigaflops", NUMBER, "4100000000"),
    ("25.6 mega-params", "172800", "25600000"),
    ("25.6 mega", NUMBER, "25600000"),
    ("391 MB", "391000000", "391000000"),
    ("391 MiB", "409993216", "409993216"),
    ("about 1.8k parameters", "172800", "1800"),
    ("approx. 1.8k", NUMBER, "1800"),
    ("约1.8k", NUMBER, "1800"),
    ("1.7万个参数", "172800", "17000"),
    ("1.2 млн параметров", "params(linear(M=1200, N=1000))", "1200000"),
    ("1.2 Mio", NUMBER, "1200000"),
    ("d^2 = 85M", "d^2", "d² = 85000000"),
    (r"569\,\text{M}", NUMBER, "569000000"),
    (r"569\,\text{M FLOPs}", NUMBER, "569000000"),
    (r"2 \cdot 7\,\text{M} = 14\,\mathrm{M}", NUMBER, "2·7·1000000 = 14000000"),
    (r"2 \cdot 7\,\text{M} = 7M + 7M", NUMBER, "2·7·1000000 = 7·1000000 + 7·1000000"),
    (r"2 \cdot 7\,\text{M}", CONV, "2·7M"),
    (r"4.1~\mathrm{G\,params}", "172800", "4100000000"),
    (r"1792~\text{params}", "172800", "1792"),
    ("Params = (3 x 3 x 3 + 1) x 64 = 1,792", "172800", "(3·3·3 + 1)·64 = 1792"),
    ("Params: 1,792 parameters", "172800", "1792"),
    ("2M", "params(linear(M=2, N=M))", "2M"),
    ("2k", CONV, "2k"),
]

#: (text, target, what is wrong, the part under the caret)
REFUSED = [
    ("k^2", None, "a claim needs a relation", "k^2"),
    ("3万*M", None, "a claim needs a relation", "3万*M"),
    ("it has k^2 M parameters", None, "a claim needs a relation", "it has k^2 M parameters"),
    ("= b", None, "an expression is missing", "="),
    ("a =", None, "an expression is missing", "="),
    ("a = = b", None, "an expression is missing", "="),
    ("a = b, c = d", None, "a comma has no meaning", ","),
    ("a = b; c = d", None, "';' has no meaning", ";"),
    (r"a=b \\ c=d", None, "several equations", r"\\"),
    ("a = b\nc = d", None, "several equations", "\n"),
    (r"a = b \quad c = d", None, "several equations", r"\quad"),
    (r"M = 2 N \therefore N = M/2", None, "several equations", r"\therefore"),
    ("M = N ∵ N = M", None, "several equations", "∵"),
    (r"k^2 \quad M", CONV, "a wide space between two factors", r"\quad"),
    (r"k^2 M \\ N", CONV, "a new row begins without a sign", r"\\"),
    ("a = b if c > 0", None, "stands beside the formula without a sign", "if"),
    ("k^2MN for each of layers", CONV, "stands beside the formula without a sign", "for"),
    ("参数量 = k×k×M×N 其中 N", CONV, "stands beside the formula", "其中"),
    ("参数量 = k×k×M×N，也就是 k=3", CONV, "the text goes on after the formula", "，"),
    ("参数量 = 输入通道数 × 输出通道数", CONV, "'输入通道数' is no symbol", "输入通道数"),
    ("K × K × 输入通道数", CONV, "'输入通道数' is no symbol", "输入通道数"),
    (r"k^2 M \text{ plus } N", CONV, "plus in a word", r"\text{ plus }"),
    ("k^2 M N, plus N for bias", CONV, "speaks of an amount", ", plus N for bias"),
    ("k^2MN (+N if bias)", CONV, "a sign opens this bracket", "(+"),
    (r"k\ (2\prod_{i=1}^{l} s_i)", CONV, "factors change", r"\prod_{i=1}^{l}"),
    (r"k,\ \text{biases: } N+1", CONV, "'biases' is no part of a formula", r"\text{biases: }"),
    (r"P|_{N=M} = k^2M^2", CONV, "a subscript that belongs to no letter", "_{N=M}"),
    (r"k^2MN~\text{s.t.}~g \mid M", CONV, "stands beside the formula", r"\text{s.t.}"),
    (r"a \overset{k=1}{=} b", None, "a condition stands over a sign", r"\overset{k=1}"),
    ("k^2MN*fewer", CONV, "no product of letters used elsewhere", "fewer"),
    ("k^2MN*wo be", CONV, "no product of letters used elsewhere", "be"),
    ("9*C*C vs C*C + 9*C", CONV, "'vs' is no symbol", "vs"),
    ("k^2MN weights and N biases", CONV, "'weights' computes with it", "weights"),
    ("weights: k*k*M*N, biases: N", CONV, "may change the value", ", biases: N"),
    ("3万*M", CONV, "万 stands for 10,000", "万"),
    ("Params=k·k·M·N, Bias=N", CONV, "goes on after the formula", ","),
    ("params(linear) = MN and params(conv) = MN", None, "'and' is no symbol", "and"),
    (r"r(m+n) \text{vs} mn", "r(m+n)", "'vs' is no part of a formula", r"\text{vs}"),
    ("8-9x", "9", "a range is no number", "8-9"),
    ("0.07M", "params(conv) where k=3, M=64, N=128", "M is a symbol here, and a suffix", "0.07M"),
    ("Dk2*M", "params(conv(k=Dk))", "can be read in two ways", "Dk2"),
    ("1 728", CONV, "two numbers side by side", "1 728"),
    ("k^2MN [3]", CONV, "a number in brackets at the end", "[3]"),
    ("k^2MN   (2)", CONV, "a number in brackets at the end", "(2)"),
    (r"\tilde{O}(n)", "n", "up to logarithms", r"\tilde{O}"),
    ("T(n) = 4n^2 + 2 O(n)", "4n^2", "an order of growth beside other terms", "O("),
    (r"4.1\,\text{GFLOP/s}", NUMBER, "may change the value", r"\text{GFLOP/s}"),
    ("a ≠ b", None, "no relation of the language", "≠"),
    ("a != b", None, "no relation of the language", "!="),
    ("a => b", None, "no relation of the language", "=>"),
    (r"a \propto b", None, "no relation of the language", r"\propto"),
    ("k^2MN (BMN)", CONV, "is a factor, or a remark", "(BMN)"),
    (r"k^2MN \quad (\text{per layer})", CONV, "speaks of an amount", r"(\text{per layer})"),
    (r"k^2MN \quad \text{per layer}", CONV, "speaks of an amount", r"\quad \text{per layer}"),
    (r"k~\text{(+}5M\text{ more)}", CONV, "stands beside the formula", r"\text{(+}"),
    (r"P \overset{g=1}{=} k", CONV, "a condition stands over a sign", r"\overset{g=1}"),
    ("a = b where", None, "no condition after 'where'", "where"),
    ("a = b where k", None, "this is no condition", "k"),
    ("a = b where roughly a = b", None, "'roughly' is no symbol", "roughly"),
    ("a = b where a = b typically", None, "'typically' is no symbol", "typically"),
    ("a = b where N =", None, "one side of this condition is missing", "N ="),
    ("a = b where = N", None, "one side of this condition is missing", "= N"),
    ("a = b where > 0", None, "one side of this condition is missing", "> 0"),
    ("a = b where = > 0", None, "one side of this condition is missing", "= > 0"),
    ("a = b where N ≈ M", None, "this is no condition", "N ≈ M"),
    ("a = b where k = 3 M = 4", None, "a comma is missing before M", "M"),
    ("a = b where k >= 2 M >= 3", None, "a comma is missing before M", "M"),
    ("conv = k^2 M N", None, "'conv' is a layer, and no formula", "conv"),
    ("params(conv)/depthwise_conv = 1", None, "is a layer, and no formula", "depthwise_conv"),
    (r"MN = \text{linear}", None, "'linear' is a layer, and no formula", r"\text{linear}"),
    ("MN + bias", "params(linear(bias))", "'bias' is a layer, and no formula", "bias"),
    ("a = b where N = M where g = 1", None, "'where' stands inside a formula", "where"),
    ("=".join("a" * 102), None, "a chain of more than 100 members", "a"),
]

#: (text, its conditions)
CONDITIONS = [
    ("a = b where N = M, g | M", ["N = M", "g | M"]),
    ("a = b where N = M and g | M", ["N = M", "g | M"]),
    ("a = b where N = M; g | M.", ["N = M", "g | M"]),
    (r"a = b \text{ where } N = M \text{ and } g \mid M", ["N = M", "g | M"]),
    (r"a = b,\quad \text{where } N = M", ["N = M"]),
    ("a = b (where N = M)", ["N = M"]),
    ("a = b where g divides M", ["g | M"]),
    ("a = b where 0 < alpha <= 1", ["0 < α", "α <= 1"]),
    ("a = b where 0 < 2 alpha <= 1", ["0 < 2α", "2α <= 1"]),
    ("a = b where N = M = 4", ["N = M", "M = 4"]),
    ("a = b where k >= 2, p ≥ 0", ["k >= 2", "p >= 0"]),
    ("a = b where c = 4m", ["c = 4m"]),
    ("a = b where Cin = M", ["Cin = M"]),
    ("a = b", []),
]


@pytest.mark.parametrize(("written", "read"), CHAINS)
def test_a_claim_reads_as(written: str, read: str) -> None:
    assert _shown(read_claim(written)) == read


@pytest.mark.parametrize(("written", "target", "read"), QUOTED)
def test_a_quoted_text_reads_as(written: str, target: str, read: str) -> None:
    assert _shown(read_claim(written, target=target)) == read


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("conv", "conv"),
        ("conv(bias)", "conv"),
        ("2 conv + linear", "conv"),
        ("depthwise_conv", "depthwise_conv"),
        (r"\text{conv}", "conv"),
        ("fc", "fc"),
        ("nn.Linear", "Linear"),
        ("resnet50", "resnet50"),
        ("dw where k = 3", "dw"),
    ],
)
def test_a_layer_is_no_target(target: str, name: str) -> None:
    with pytest.raises(ParseError, match=rf"'{name}' is a layer.*\n.*\n.*\n.*params\({name}\)"):
        read_claim("k^2 M N", target=target)


@pytest.mark.parametrize(
    ("target", "problem", "hint"),
    [
        ("conv2d", "'conv2d' is a layer", "params(conv)"),
        ("Conv2d(3, 64, 7)", "'Conv2d' is a layer", "params(conv)"),
        ("layer_norm2(N=64)", "unknown layer 'layer_norm2'", "did you mean layer_norm"),
        ("foo(k=3)", "unknown layer 'foo'", ""),
        ("M(N, 3)", "a comma has no meaning", ""),
    ],
)
def test_an_unknown_layer_as_a_target_says_so(target: str, problem: str, hint: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_claim("k^2 M N", target=target)
    assert problem in caught.value.problem
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("written", "target"),
    [("b n", "b n"), ("nb", "b n"), ("HWN(bn + 1)", "HWN(bn + 1)"), ("conv: MN", "M N")],
)
def test_short_names_of_layers_and_labels_are_letters(written: str, target: str) -> None:
    assert read_claim(written, target=target).members


@pytest.mark.parametrize(("written", "target", "problem", "marked"), REFUSED)
def test_what_is_no_claim_is_shown(
    written: str, target: str | None, problem: str, marked: str
) -> None:
    with pytest.raises(ParseError) as caught:
        read_claim(written, target=target)
    assert problem in caught.value.problem
    assert written[caught.value.start : caught.value.end] == marked


@pytest.mark.parametrize(("written", "conditions"), CONDITIONS)
def test_conditions_follow_where(written: str, conditions: list[str]) -> None:
    found = read_claim(written).conditions
    assert [f"{text(c.left)} {c.relation} {text(c.right)}" for c in found] == conditions


def test_conditions_come_from_the_target_the_option_and_the_text() -> None:
    claim = read_claim("P = k^2 where k = 3", target="params(conv) where g | M", where="N = M")
    assert [c.relation for c in claim.conditions] == ["|", "=", "="]
    grouped = read_claim("P = k", target="params(grouped_conv)")
    assert ("g", "M") in [(text(a), text(b)) for a, b in grouped.divisions]


@pytest.mark.parametrize(
    ("written", "opening"),
    [
        ("FLOPs < 600M", "<"),
        ("MACs ≈ 569M", "≈"),
        ("Para = k", "="),
        ("k", "="),
        ("Para ≤ Flops = k", "="),
    ],
)
def test_the_relation_after_the_last_label_is_kept(written: str, opening: str) -> None:
    assert read_claim(written, target=NUMBER).opening == opening


@pytest.mark.parametrize(
    ("target", "opening"),
    [
        ("is params(conv)", "="),
        ("= params(conv)", "="),
        (":= k^2 M N", "="),
        ("is (k^2 M N)", "="),
        ("is = params(conv)", "="),
        ("is ≈ params(conv)", "≈"),
    ],
)
def test_a_relation_before_the_target_is_read(target: str, opening: str) -> None:
    claim = read_claim("k^2 M N", target=target)
    assert claim.target is not None
    assert claim.opening == opening
    assert set(claim.target.names) == {"k", "M", "N"}


def test_letters_that_are_the_target_are_no_relation() -> None:
    for target in ("is", "is * k", "is / k"):
        claim = read_claim("k^2 M N", target=target)
        assert claim.target is not None
        assert {"i", "s"} <= claim.target.names


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("2.78", Fraction(1, 100)),
        ("569M", Fraction(10**6)),
        ("4.1G", Fraction(10**8)),
        ("4.1 GFLOPs", Fraction(10**8)),
        ("25.6 million", Fraction(10**5)),
        ("3100", Fraction(100)),
        ("1.91%", Fraction(1, 10_000)),
        (r"4.1\times10^9", Fraction(10**8)),
        (r"1.2\cdot 10^{-3}", Fraction(1, 10_000)),
        ("2e3", Fraction(1000)),
        ("2*3", None),
        ("2 + 0.5", None),
    ],
)
def test_what_the_last_digit_of_a_number_is_worth(written: str, unit: Fraction | None) -> None:
    assert read_claim(f"3 = {written}").members[1].unit == unit


@pytest.mark.parametrize(
    ("written", "target", "read_as"),
    [
        ("Para = k×k×M", CONV, None),
        ("Para = kkM", CONV, "k·k·M"),
        ("3 x 3 x C", CONV, "3·3·C; x as a times sign"),
        ("K*Cin", CONV, "K·C_in; Cin as C_in"),
        ("k×k×M (bias)", BIAS, "k·k·M; without '(bias)'"),
        ("k×k×M（偏置）", BIAS, "k·k·M; without '（偏置）'"),
        ("k×k×M, 偏置", BIAS, "k·k·M; without '偏置'"),
        (r"k\cdot k \qquad (7)", CONV, "k·k; (7) as the number of the equation"),
        (r"\mathcal{O}(n d)", "n d", "n·d; O( ) read as its inside"),
        (r"\frac{P_1}{P_2} = k", CONV, r"k; \frac{P_1}{P_2} as the name of the result"),
        (r"k^2\mathrm{MN}", CONV, "k²·M·N"),
        (
            r"\text{FLOPs}(g=1) = k",
            FORMULA,
            r"k; \text{FLOPs}(g=1) as the name of the result",
        ),
        (r"P_1 + P_2 = k", CONV, "k; P_1 + P_2 as the name of the result"),
        (
            r"\approx 10^{9}\text{ FLOPs}",
            NUMBER,
            r"10⁹; without '\text{ FLOPs}'; FLOPs as MACs: 1 FLOP per MAC",
        ),
        ("569M", NUMBER, "569000000"),
        ("foo(k) = k", None, "f·o·o·k = k"),
    ],
)
def test_a_guess_is_told(written: str, target: str | None, read_as: str | None) -> None:
    assert read_claim(written, target=target).read_as == read_as


def test_a_suffix_beside_symbols_that_are_numbers_by_the_conditions() -> None:
    written = r"12 n d^2 \approx 174\,\mathrm{B}"
    numbers = read_claim(written, where="d = 12288, n = 96").members
    assert numbers[1].suffixed
    assert numbers[1].unit == 10**9
    assert not read_claim(r"12 n d^2 \approx 1\,\mathrm{B}", where="n = 96").members[1].suffixed


def test_an_order_of_growth_is_marked() -> None:
    assert read_claim("O(n d)", target="n d").members[0].order
    assert not read_claim("n d", target="n d").members[0].order


def test_names_bind_words_of_the_text() -> None:
    names = {"输入通道数": "M", "输出通道数": "N"}
    written = "参数量 = 输入通道数 × 输出通道数"
    assert _shown(read_claim(written, target="params(linear)", names=names)) == "MN"
    with pytest.raises(ParseError):
        read_claim(written, target="params(linear)", names={"输入通道数": "M"})
