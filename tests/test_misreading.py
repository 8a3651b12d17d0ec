"""No false proof by misreading: what stands around a formula is read, told or refused."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest

from closedform import verify
from closedform.errors import ClosedformError, ParseError
from closedform.language.scanning.scan import scan
from closedform.language.surroundings import patterns
from closedform.language.surroundings.patterns import Pattern, pattern_of
from closedform.language.surroundings.token_kinds import items_of, shape

CONV = "params(conv)"
BIAS = "params(conv(bias))"
SIZED = "params(conv(k=3, M=64, N=128))"
SIZED_BIAS = "params(conv(k=3, M=64, N=128, bias))"
BLOCK = "params(transformer_layer(bias))"
CACHE = "kv_cache_memory(llama2_7b(n=4096))"
KNOWN = frozenset("kMN")

#: What is said around ``k^2 M N`` and would change it, in words of several languages and scripts.
CHANGES = [
    "{} 的2倍",
    "{} 的一半",
    "{} 再乘以 H",
    "小于 {}",
    "{}（每组）",
    "{}，的一半",
    "{} の半分",
    "{} 未満",
    "{}의 절반",
    "half of {}",
    "a third of {}",
    "the square root of {}",
    "twice {}",
    "less than {}",
    "at most {}",
    "around half {}",
    "{} (in millions)",
    "{} per group, times g",
    "{} (halved)",
    "{}, doubled",
    "{} each",
    "{} of 2 layers",
    "{}, 2 layers",
    "{} (x2)",
    "{} is half the cost",
    "{} weights is less than the cost",
    r"{}\text{{ per group}}",
    r"{}~\text{{halved}}",
    r"{} \quad \text{{(each)}}",
    r"\text{{half of }} {}",
    "la moitié de {}",
    "die Hälfte von {}",
    "половина {}",
    "mitad de {}",
    "połowa {}",
    "puolet {}",
    "gấp đôi {}",
    "نصف {}",
    # labels that compute
    "sqrt(params) = {}",
    "half the total = {}",
    "params is not {}",
    "params × groups = {}",
    "2 params = {}",
    "no layer has {}",
    "the bias has {}",
    "the number of biases is {}",
    "the batch norm has {}",
    "a head has {}",
    "one head has {}",
    "a gate: {}",
    "heads = {}",
    "gates = {}",
    "filters have {}",
    "kernels: {}",
    "experts: {}",
    "inactive = {}",
    "params (BN) = {}",
    "conv-bn: {}",
    "conv → bn: {}",
    "conv_bn: {}",
    "expert: {}",
    "frozen: {}",
    "BN has {}",
    "biases: {}",
    "biases = {}",
    "bias params = {}",
    "{} (bias)",
    "{}, 偏置",
    "W_bias = {}",
    "P_{{bias}} = {}",
    "3x3 conv: {}",
    "5×5 conv = {}",
    "GLU: {}",
    "|W| + |b| = {}",
    "numel({})",
    "len({})",
    "weights({})",
    "ratio = {}",
    "reduction: {}",
    "{} (g groups)",
    "gated: {}",
    "偏置为 {}",
    "批标准化为 {}",
    "バッチ正規化は {}",
    "filters are {}",
    "params/2 = {}",
    "P/L = {}",
    r"P_{{total}}/L = {}",
    "P - Q = {}",
    "O(params) = {}",
    "f(2M, N) = {}",
    "params(2M, N) = {}",
    "P [M] = {}",
    "params/g = {}",
    "params ÷ g = {}",
    r"\frac{{\text{{params}}}}{{g}} = {}",
    "params [1e6] = {}",
    "params (1e6): {}",
    "params of L layers = {}",
    "{} (He et al., 2016 layers)",
    "{} (Total, 2016)",
    "params (all L layers): {}",
    "2 convs = {}",
    "-params = {}",
    "− params = {}",
    "{{2}} params = {}",
    "× {}",
    "params * {}",
    "{} + o(1)",
    "params - 2 = {}",
    "params^2 = {}",
    "params per group = {}",
    "params (in thousands): {}",
    "params + bias = {}",
    "{} = 2 params",
    "½ params = {}",
    "{} (in KB)",
    "{} (rounded up)",
    "sum of {}",
    "{} = params/2",
    "{} (L layers)",
    "{}, L layers",
    "{}, summed over groups",
    "{}, helften",
    "extra params = {}",
    "{} (and BN)",
    "{}, for all heads",
    "{} (in K)",
    "{} (worst case)",
    "{}（取对数）",
    "{} (평균)",
    "{}, im Mittel",
    "{} (see 2 layers)",
    "Δ params = {}",
    "每组参数量 = {}",
    "参数量的一半 = {}",
    # said in several words, or in signs and numbers that are set upright
    "{} (up to)",
    "{} (over g)",
    "{}, without N",
    "{} (all layers)",
    "{} (for one group)",
    "params (2x) = {}",
    "params (sqrt) = {}",
    "params (100K) = {}",
    "params (-bias) = {}",
    "{} where k /",
    "{} where + bias",
    "mean params = {}",
    "params for 8 GPUs = {}",
    r"{} \text{{ (×2)}}",
    r"{} \quad \text{{to the nearest 64}}",
    r"{} \quad \text{{L layers}}",
    r"{} \text{{ (g = 2)}}",
    r"${}$ /GPU",
    "不等于 {}",
    "没有 {}",
    "no es {}",
    "{} isn't right",
    "{}（累计）",
    "{} (누적)",
    "{}, kumuliert",
    "{}, excepto N",
    "{} (кроме N)",
    "{}（bytes）",
    "bytes: {}",
    "delta params = {}",
    "bias 3 layers = {}",
    "MLP 2 layers: {}",
    "weights 2 copies = {}",
    "参数量 3 层 = {}",
    # another formula behind a word for an equals sign
    "{} is N",
    "{}, which is N",
    "{}, i.e. N",
    "{} gives M N",
    "{} (that is N)",
    "{}（即N）",
    "{}, soit N",
    "{}, namely N",
    "{}, also M N",
    "{} (bias incl.)",
    "{} (con polarización)",
    "{} (바이어스 포함)",
    "{} (attention)",
    "{} (Ki)",
    "{} (pct)",
    "{} (one head)",
    "{} (a single group)",
    "{} (in part)",
    "{} (removed)",
    "{} (missing)",
    "{} (one bias per filter)",
    "{} only if N = 1",
    "{} $",
    "cost: ${}",
    "+{}",
]
#: The nearest that say nothing of the kind.
NEUTRAL = [
    "{}",
    "Params: {}",
    "{} → params",
    "{} (see Table 2)",
    "{}, eq. 3",
    "{} (с учётом смещения)",
    "{} (मय बायस)",
    "{} (nn.Conv2d)",
    "{} (ReLU)",
    "# params = {}",
    "参数量 {}",
    "{} (weights and bias)",
    "{}, the bias included",
    "{}（含偏置）",
    "{} 个参数",
    "{} params",
    "{}  # conv with bias",
    "The convolution has {} parameters.",
    "Total number of parameters: {}",
    "ResNet-50 params = {}",
    "MobileNetV3-Small params = {}",
    "パラメータ数は {}",
    "パラメータ数は {} です。",
    "{} となる",
    "파라미터 수는 {} 입니다.",
    "nombre de paramètres : {}",
    "Anzahl der Parameter: {}",
    "{} = number_parameters",
    # words of an amount in the names of things, and numbers that count nothing
    "**Parameters:** ${}$",
    r"- **Parameters:** \({}\)",
    "- Params: {}",
    "- params = {}",
    "• {}",
    "The number of parameters is **{}**.",
    "{} (see above)",
    "{} (average pooling)",
    "{} (not grouped)",
    "{} (exact)",
    "{} (3x3 conv)",
    "{} (ResNet-50)",
    "{}, layer 3",
    "i.e. {}",
    "Params, i.e., {}",
    "d.h. {}",
    "т.е. {}",
    "即 {}",
    "すなわち {}",
    "따라서 {}",
    "on obtient {}",
    "es decir, {}",
    "ou seja, {}",
    "Il numero di parametri è {}",
    "dus {}",
    "in other words, {}",
    "no padding -> {}",
    "**{}** parameters",
    "{} trainable params",
    "{}, which is linear in N",
    "{} (éq. 3)",
    "{} (그림 1)",
    "{} (итого)",
    "average pooling: {}",
    "{} where M - input channels, N - output channels",
    "params (square kernel) = {}",
    "params/layer = {}",
    "P_1 + P_2 = {}",
    "f(M, N) = {}",
    "P [weights] = {}",
    "{} (He et al., 2016)",
    "{} [Howard et al. 2017; Sandler et al. 2018]",
    "params of conv 2: {}",
    r"{} \quad \text{(Table 2)}".replace("{(", "{{(").replace(")}", ")}}"),
    r"{} \quad \text{(scale and shift)}".replace("{(", "{{(").replace(")}", ")}}"),
    "layer 3 weights = {}",
    "ResNet 50 params: {}",
    "第 3 层 = {}",
    "Conv 2 bias: {}",
]


@pytest.mark.parametrize("around", CHANGES)
def test_words_that_change_a_formula_are_refused(around: str) -> None:
    with pytest.raises(ParseError) as caught:
        verify(around.format("k^2 M N"), target=CONV)
    assert caught.value.hint


@pytest.mark.parametrize("around", NEUTRAL)
def test_words_that_only_name_leave_a_formula_proven(around: str) -> None:
    assert verify(around.format("k*k*M*N + N"), target=BIAS).verdict == "proven"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2 M N(batch_size)", "flops(linear, convention=mac2)"),
        ("2 (batch_size) * M N", "flops(linear, convention=mac2)"),
        ("73,728 (batch_size)", "params(conv(k=3, M=64, N=128))"),
        ("k^2 M N (kernel_size)", CONV),
        ("params(conv) = k^2 M N (kernel_size)", None),
        ("-(-M//N) = floor(M/N)", None),
        ("-7//2 = -3", None),
    ],
)
def test_a_factor_is_never_left_out(text: str, target: str | None) -> None:
    assert verify(text, target=target).verdict == "refuted"


@pytest.mark.parametrize(
    "text", ["params(conv) = k^2 M N (weights)", "params(conv) = k^2 M N, kernel", "a = b or c"]
)
def test_a_whole_claim_is_read_to_its_end(text: str) -> None:
    with pytest.raises(ParseError):
        verify(text)


MACS = "macs(conv(k=3, M=64, N=128, H=56, W=56))"
LINEAR = "params(linear(M=64, N=128))"
BYTES = "bytes(params(conv(k=3, M=64, N=64)), bits=8)"
BYTES_32 = BYTES.replace("8)", "32)")
RATIO = "macs(depthwise_separable_conv)/macs(conv)"
#: (text, target, where): what is plain to a reader, and right.
SEPARABLE = "params(depthwise_separable_conv)"
LINEAR_OPEN = "params(linear)"
RIGHT = [
    ("2N(γ, β)", "params(batch_norm)", None),
    ("569 million mult-adds", "macs(mobilenet_v1)", None),
    ("Dense layer: M N", LINEAR_OPEN, None),
    ("H/2 where H is even", "floor(H/2)", None),
    ("H/2 (for even H)", "floor(H/2)", None),
    ("(H+1)/2, H being odd", "ceil(H/2)", None),
    ("H/2 当 H 为偶数时", "floor(H/2)", None),
    ("k^2 M^2 where M and N are equal", CONV, None),
    ("k^2 M^2 (M equals N)", CONV, None),
    ("k^2 M^2 let M = N", CONV, None),
    ("M/2 = floor(M/2) for even M", None, None),
    ("k^2 M^2", CONV, "M is equal to N"),
    ("73,728 where C_in = 64, C_out = 128, k = 3", CONV, None),
    ("73,728", CONV, "kernel_size=3, in_channels=64, out_channels=128"),
    ("params(conv) = 64 k^2 N where in_channels = 64", None, None),
    ("64 k^2 N = params(conv)", None, "in_channels = 64"),
    ("9 M N = k^2 M N", "params(conv(kernel_size=3))", "k = 3"),
    ("k^2 M + M N", "params(DW卷积 + PW卷积)", None),
    ("k^2 M N", "params(空洞卷积) + params(普通卷积) - params(卷积)", None),
    ("73,728 (k odd)", SIZED, None),
    ("it's k²MN", CONV, None),
    ("that’s 9*64*128 = 73,728 weights", SIZED, None),
    ("Convolutions have k²MN", CONV, None),
    ("比值为 1/N + 1/k²", RATIO, None),
    ("12 d² 当 f = 4d 时", "params(transformer_layer(f=f)) - 4*d", None),
    ("n²d (QKᵀ) + n²d (AV)", "macs(attention(d_h=d/h))", None),
    ("4d²+4d (attention) + 8d²+5d (MLP) + 4d (layer norms)", BLOCK, None),
    ("k^2 C_out C_in, where C_in and C_out are the input and output channels", CONV, None),
    ("k^2 A N, where A is the number of input channels", CONV, None),
    ("k^2 C_in C_out, 其中 C_in 为输入通道数，C_out 为输出通道数", CONV, None),
    ("2 * 32 layers * 32 heads * 128 dim * 4096 tokens * 2 bytes", CACHE, None),
    ("k*k*M*N + N，考虑bias", BIAS, None),
    ("k^2 M N + N, the second term being the bias", BIAS, None),
    ("k^2 M N + N where N is the number of biases", BIAS, None),
    ("k^2 M N (biases are neglected for simplicity)", CONV, None),
    ("k * k * M * N (we ignore biases)", CONV, None),
    ("25,557,032 (25.6M)", "params(resnet50)", None),
    ("25.6M (25,557,032)", "params(resnet50)", None),
    ("3·3·64·128 = 73,728 (73.7K)", SIZED, None),
    ("8.2 GFLOPs (2 FLOPs per MAC)", "flops(resnet50, convention=mac2)", None),
    ("8.2 GFLOPs (1 MAC = 2 FLOPs)", "flops(resnet50, convention=mac2)", None),
    (
        r"$\approx 8.4\times$",
        "macs(conv(k=3,M=64,N=128,H=1,W=1))/macs(depthwise_separable(k=3,M=64,N=128,H=1,W=1))",
        None,
    ),
    ("≈ 26 Millionen", "params(resnet50)", None),
    ("≈ 13 gigabytes", "bytes(params(llama2_7b))", None),
    ("params(conv) = 9 M N for k = 3", None, None),
    ("params(linear) = M^2 if N = M", None, None),
    ("params(conv) = 9 M N，其中 k = 3", None, None),
    ("params(conv) = 9 M N (k = 3)", None, None),
    ("9 (k²) × 64 (M) × 128 (N)", SIZED, None),
    ("9 × 64 (C_in) × 128 (C_out)", SIZED, None),
    ("9 × 64 (C) × 128 (K)", SIZED, None),
    ("9 × M (64) × N (128)", SIZED, None),
    (r"\underbrace{M}_{\text{input channels}} k^2 N", CONV, None),
    ("2.147 ГБ", CACHE, None),
    ("2.147 吉字节", CACHE, None),
    ("2147 メガバイト", CACHE, None),
    ("2.147 기가바이트", CACHE, None),
    ("2 GiB VRAM", CACHE, None),
    ("model_params = k*k*M*N", CONV, None),
    ("model.count_params() = k*k*M*N", CONV, None),
    ("k^2 M N + N (the bias has N values)", "params(conv(bias))", None),
    ("k^2 M N + N, N ist der Bias", "params(conv(bias))", None),
    ("k^2 M N + N (the last term is the bias)", "params(conv(bias))", None),
    ("512 KiB × 4096 tokens = 2 GiB", CACHE, None),
    ("k^2 M（couche de convolution）", "params(depthwise_conv)", None),
    # labels over the parts of a sum
    (
        r"\underbrace{k^2 M}_{\text{depthwise}} + \underbrace{MN}_{\text{pointwise}}",
        SEPARABLE,
        None,
    ),
    (r"P_{\text{dw}} + P_{\text{pw}} = k^2 M + MN", SEPARABLE, None),
    ("k^2 M (depthwise) + M N (pointwise)", SEPARABLE, None),
    (r"\underbrace{k^2 M}_{W_1} + \underbrace{M N}_{1\times1}", SEPARABLE, None),
    (r"\underbrace{d^2}_{W^Q} + 3d^2", "params(multi_head_attention)", None),
    ("LoRA: r(M+N)", "params(low_rank_linear)", None),
    # a scale beside a symbol that has a value
    ("2 N = 2 × 7B where N = 7e9", None, None),
    ("2 N = 2·7M", None, "N = 7e6"),
    ("6 N D = 6 × 70B × 1.4T", None, "N = 70e9, D = 1.4e12"),
    (r"k^2 M N \stackrel{(2)}{=} N k^2 M", None, None),
    (r"\num{1,843,968} = 1843968", None, None),
    (r"\qty{4}{\exa MAC} = 4e18", None, None),
    ("2 ms + m + s = m + s + 2 s m", None, None),
    ("73,728 (< 74K)", SIZED, None),
    ("7万3728", SIZED, None),
    ("2亿3121万1008", MACS, None),
    ("23,12,11,008", MACS, None),
    ("231.211.008", MACS, None),
    ("73,728 Tsd.", "1000 params(conv(k=3, M=64, N=128))", None),
    (r"\Rightarrow P = k^2 M N", CONV, None),
    ("300M > MACs", MACS, None),
    ("V d = d |V|", None, None),
    ("k^2 M N bytes (int8)", "bytes(params(conv), bits=8)", None),
    (r"n + \alpha \approx \alpha for large \alpha", None, None),
    (r"n + M \approx n \text{ for large } n", None, None),
    ("d^n_model = d_model^n", None, None),
    ("k^n_layer n_layer = n_layer k^(n_layer)", None, None),
    (r"N^2 \equiv N (\text{mod } 2)", None, None),
    (r"N^3 \equiv N \pmod 6", None, None),
    ("N^2 ≡ N mod 2", None, None),
    ("M // N * N + M % N = M", None, None),
    ("-7 % 3 = 2", None, None),
    ("50 % - 1/4 = 1/4", None, None),
    ("50% -1/4 = 1/4", None, None),
    ("floor(N/2) = N/2", None, "N mod 4 = 0"),
    ("ceil(N/M) = N/M", None, "N % M == 0"),
    ("M >= g", None, "M ≡ 0 (mod g)"),
    ("floor(N/2) = (N-1)/2", None, "N ≡ 1 (mod 2)"),
    ("int(-7/2) = -3", None, None),
    ("int(-h/2) = -floor(h/2)", None, None),
    ("INT(7/2) = TRUNC(3.5)", None, None),
    ("int(-sqrt(2)) = -1", None, None),
    ("int(sqrt(2) M) <= sqrt(2) M", None, None),
    ("100M - 50M", "50e6", None),
    ("10 lakh", "1000000", None),
    ("1 milliard", "10^9", None),
    ("2 millones de parámetros", "2000000", None),
    ("9*64 (= 576)", "576", None),
    ("9 M N pour k = 3", CONV, None),
    ("9 M N con k = 3", CONV, None),
    ("9 M N, wobei k = 3", CONV, None),
    ("√(k⁴)·M = k² M", None, None),
    ("0x10 = 16", None, None),
    ("0b101 N = 5 N", None, None),
    ("2^(2M) = 4^M", None, None),
    ("6 × 7B × 1T tokens = 4.2 × 10^22 FLOPs", None, None),
    (r"$231\thinspace211\thinspace008$", MACS, None),
    ("M (sum(i=1..L, n_i)) = M sum(i=1..L, n_i)", None, None),
    (r"$\underbrace{k^2 M}_{\text{filter}} N$", CONV, None),
    ("abs(M-N) = max(M,N) - min(M,N)", None, None),
    ("|M-N| = max(M,N) - min(M,N)", None, None),
    # A word that scales is no product of letters, whatever symbols stand beside it.
    ("k^2 M N < 600 MFLOPs", None, "k = 3, M = 64, N = 128"),
    ("weight_memory(linear(M=1024, N)) <= 8 GiB", None, "N = 4194304"),
    ("8 GiB >= 2048 N", None, "N = 4194304"),
    ("k M <= 8 kB", None, "k = 2, M = 4000"),
    ("M < 3 million", None, "M = 2999999"),
    (r"$k \left|M - N\right| = \lvert k M - k N \rvert$", None, None),
    (r"$\frac{|M-N|}{2} = \bigl| M/2 - N/2 \bigr|$", None, None),
    ("M <= N + 3", None, "|M - N| <= 3"),
    ("| |M-N| - 1 | = max(|M-N| - 1, 1 - |M-N|)", None, None),
    ("|V| d = V d", None, None),
    (r"$\|W\|_0 = k^2 M N$", "params(conv)", None),
    (r"$|\theta| = k^2 M N$", "params(conv)", None),
    ("h // -2 = -ceil(h/2)", None, None),
    ("2359296 = **2,359,296**", None, None),
    ("k*k*M = *36* where k = 3, M = 4", None, None),
    ("**3*3*64** = __576__ where k = 3", None, None),
    ("9*64 ==> 576", None, None),
    (r"9*64 \longrightarrow 576", None, None),
    ("params = **k^2 M N**", CONV, None),
    ("1 KiB = 1024 B", None, None),
    ("10 GB / 2 GB = 5", None, None),
    ("10 GB / 2 = 5 GB", None, None),
    ("7B * 2 / 1e9 = 14 GB", None, None),
    ("(100 MFLOPs + 200 MFLOPs) × 2 = 600 MFLOPs", None, None),
    (r"2 \times 49 \times 3136 \times C \approx 3.07 \times 10^5 C", None, None),
    ("2N/3 + M ≈ 0.67N + M", None, None),
    ("4BTSNH + O(BTSN) = O(BTSNH)", None, None),
    ("n_{2+1} = n_3", None, None),
    ("n_{L-1+1} = n_L", None, None),
    (r"\sum_{i=1}^{L} n_{L-i+1} = \sum_{i=1}^{L} n_i", None, None),
    ("N[k^2 M + 1] = N k^2 M + N", None, None),
    ("M [N+1] = M N + M", None, None),
    ("2[M] = 2M", None, None),
    ("$M[N] = M N$", None, None),
    # two symbols with subscripts side by side, each of them a symbol elsewhere
    ("n_hd_h = n_h d_h", None, None),
    ("k_hk_wMN", "k_h k_w M N", None),
    ("n_head_dim = n_head_dim + n_head - n_head", None, None),
    # a condition on several symbols
    ("k M N >= 8", None, "k, M, N >= 2"),
    ("H W = 3136 where H and W = 56", None, None),
    ("9 M N for k = 3, M, N >= 2", CONV, None),
    # a function in an exponent
    ("2^ceil(M/2) = 2^-(-M//2)", None, None),
    ("2**max(M, N) = 2^max(N, M)", None, None),
    ("2^abs(M) = 2^M", None, None),
    ("M^log_M(N) = N", None, None),
    ("2^log2(M)*N = M N", None, None),
    ("2^sum(i=1..3, i) = 64", None, None),
    ("2^params(conv) = 2^(k^2 M N)", None, None),
    ("2^hid(M) = 2^hid * M", None, None),
    # words that nobody would split, and those of which every part is a symbol
    ("dim*dim = dim^2", None, None),
    ("hidden*4", "4 hidden", None),
    # a target is read as a text is
    ("14e9", "14 GB", None),
    ("14 GB", "7 billion * 2", None),
    ("9 M N", "params(conv) for k = 3", None),
    ("5 – 3", "2", None),
    ("224–3+1", "222", None),
    ("9 M N", "params(conv), where k = 3", None),
    ("9 M N", "params(conv), for k = 3", None),
    ("9 M N parameters for k = 3", CONV, None),
    ("9 M N", r"\newcommand{\x}{9 M N} \x", None),
    ("Cin^2 = Cin*Cin", None, None),
    ("seq*seq*dim = seq^2*dim", None, None),
    ("24bsd^2 = 24 b s d d", None, None),
    ("hwc_1c_2", "h w c_1 c_2", None),
    ("c_1c_2hw = c_2 c_1 w h", None, None),
    ("x_2d*3 = 3 x_2d", None, None),
    ("hid*hid*4 = 4 hid^2", None, None),
    ("heads*hdim = hdim*heads", None, None),
    ("B=hwc_1c_2", "h w c_1 c_2", None),
    ("MBS*DP*GAS = 4*8*4", "128", None),
    ("N_GPUS/(TP*PP) = 64/(4*2)", "8", None),
    (
        "out_c * (kernel^2 * in_c) == number_parameters",
        "params(conv(k=kernel, M=in_c, N=out_c))",
        None,
    ),
    # TeX between its delimiters, without a backslash
    ("k^2 M N = P", CONV, None),
    ("compression ratio = 1/N + 1/k^2", "1/k^2 + 1/N", None),
    ("adfn + adfn = 2 a d f n", None, None),
    ("$4sbh_a$", "4 s b h_a", None),
    ("$MNk_hk_w$", "M N k_h k_w", None),
    ("$O(mn_h)$", "m n_h", None),
    ("$k^2~M~N$", CONV, None),
    ("$1~843~968$", "1843968", None),
    (r"\num{1 843 968}", "1843968", None),
    (r"\num{1.5e6}", "1500000", None),
    (r"\qty{14}{\giga\byte}", "14e9", None),
    (r"\SI{0.25}{\gibi\byte}", "2^28", None),
    (r"73\text{,}728", "73728", None),
    ("trunc(7/2) = Math.floor(7/2)", None, None),
    ("c^{(i)}c^{(o)}", "c_i c_o", None),
    ("$k^2 M$(N=1)", CONV, None),
    (
        r"\frac{\text{FLOPs of dw}}{\text{FLOPs of conv}} = \frac1N",
        "macs(depthwise_conv(M=M))/macs(conv)",
        None,
    ),
    # abbreviations that a text defines itself
    (r"\newcommand{\nh}{n_h} $m\nh$", "m n_h", None),
    (r"\def\sq#1{#1^2} \sq{k} M N", CONV, None),
    (r"\newcommand{\p}[2][2]{#2^{#1}} \p{k} M N", CONV, None),
    (r"\NewDocumentCommand\p{O{2} m}{#2^{#1}} \p{k} M N", CONV, None),
    (r"\let\x=\times k^2 \x M \x N", CONV, None),
    (r"\newcommand{\s}{a+b} \s c = a + b c", None, None),
    # a formula in cases: each row under its condition
    (r"\begin{cases} M & \text{if } M > N \\ N & \text{otherwise} \end{cases}", "max(M,N)", None),
    (r"\left\{\begin{array}{ll} M, & M > N \\ N, & M \le N \end{array}\right.", "max(M,N)", None),
    (r"2\begin{cases} M & M > N \\ N & M \le N \end{cases} + 1 = 2\max(M,N) + 1", None, None),
    (
        r"k \begin{cases} M + 1 & M > N \\ N + 1 & \text{otherwise} \end{cases}",
        "k max(M, N) + k",
        None,
    ),
    (
        r"\newcommand{\c}{M > N} \begin{cases} M & \c \\ N & \text{otherwise} \end{cases}",
        "max(M, N)",
        None,
    ),
    (
        r"\begin{cases} N/2 & 2 \mid N \\ (N-1)/2 & N \equiv 1 \pmod 2 \end{cases}",
        "floor(N/2)",
        None,
    ),
    # units, both readings
    ("2*1*32768*4096 / 2**30 = 0.25GiB", None, None),
    ("2*1*32768*4096 = 0.25GiB", None, None),
    ("7e9 * 2 / 1e9 = 14GB", None, None),
    ("7B * 2 = 14GB", None, None),
    ("7B × 2 bytes = 14 GB", None, None),
    (r"1605632 \approx 1.53\text{ MiB}", None, None),
    (r"7e9 \times 2 = 14\text{ GB}", None, None),
    (r"1605632 \text{ B}", "1605632", None),
    ("1.5 K = 1.5 K", None, None),
    ("1.5G*2Byte=3GB", None, None),
    ("1 GB = 1000 MB", None, None),
    ("8 GB = 8 G", None, None),
    ("3.69~MB", "3690000", None),
    ("16.373 GB * B + 2 = 16373000000 B + 2", None, None),
    ("params(conv(k=3,M=3,N=64)) = 1,728 parameters", None, None),
    ("7e9 × 2 B = 14 GB", None, None),
    ("6.7B × 2B = 13.4 GB", None, None),
    ("1 TiB = 2^40 B", None, None),
    (r"1\,\text{TiB} = 2^{40}\,\text{B}", None, None),
    ("175B*2 = 350e9", None, None),
    ("7B params × 2 bytes/param = 14 GB", None, None),
    ("7 billion parameters × 2 bytes per parameter = 14 GB", None, None),
    ("1605632 bytes = 1.53 MiB", None, None),
    ("2 bytes * N <= 14 GB", None, "N = 7e9"),
    ("36864*4 B", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", None),
    (r"36864 \times 4\,\text{B}", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", None),
    ("k*k*64*64*4 B", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", "k=3"),
    ("36864 × 4 B/param", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", None),
    ("7B * 2 B", "bytes(params(linear(M=7000, N=1000000)), bits=16)", None),
    ("36 Ki", "bytes(params(conv(k=3, M=64, N=64)), bits=8)", None),
    ("16Mi parameters", "params(linear(M=4096, N=4096))", None),
    ("36 Ki = 36864", None, None),
    ("sum(i=1..L, 2Mi) = M L (L + 1)", None, None),
    ("1 PFLOP = 1000 TFLOPs", None, None),
    ("320 KB per token", "320000", None),
    (r"320\text{ KiB/token}", "327680", None),
    (r"1920 \times 1080 = 2.07\text{M pixels}", None, None),
    ("1T tokens < 2T tokens", None, None),
    # one in so many
    ("96M ≈ 100M", None, None),
    ("149M ≈ 100M", None, None),
    ("96 N ≈ 100 N", None, None),
    ("N - 96 M ≈ N - 100 M", None, None),
    (f"{RATIO} ≈ 1/8", None, "k=3, N=64"),
    ("1/9 + 1/512 ≈ 1/9", None, None),
    # x between the same letter in the other case
    ("X x X = X^2", None, None),
    ("x X x", "x^2", None),
    ("flops(conv(k=3, M=64, N=64, H=1, W=1)) = 73.7 KFLOPs", None, None),
    ("macs(conv) = k^2 M N H W multiplications", None, None),
    ("33.6 megabytes", "33554432", None),
    ("231M multiply-adds", MACS, None),
    # rounding, from both sides
    ("4.2M = 4,249,999", None, None),
    ("4,249,999 = 4.2M", None, None),
    ("211968000000 ≈ 200G", None, None),
    ("211968000000 ≈ 200 billion", None, None),
    # the bars of a cell around a rounded number
    ("| 231M |", MACS, None),
    ("|-M N| = M N", None, None),
    ("(3)(k^2) M N", "3 params(conv)", None),
    ("(h) w", "h w", None),
    ("-k^2 M N + 2 k^2 M N", CONV, None),
    # numbers with their letter
    ("8192 (T) × 40 (K)", "T K", "T=8192, K=40"),
    ("2 × 32 (L)", "64", None),
    ("2 × L (32)", "64", None),
    ("2 (K/V) × 32", "64", None),
    ("8192 (T) × 40 (K) = 327680 where T = 8192, K = 40", None, None),
    ("3 (k) × 3 (k) × 64 (M) × 128 (N)", "params(conv(k=3, M=64, N=128))", None),
    # words that lead to a condition as where does
    ("M N for N = 1", "M", None),
    (r"M N \text{ if } N = 1", "M", None),
    (r"M N \quad\text{s.t. } N = 1", "M", None),
    ("M N，其中 N=1", "M", None),
    ("a c = b c when a = b", None, None),
    ("params with bias = k*k*M*N + N", BIAS, None),
    ("6 N D = 4.2e22 where N = 7 billion, D = 1 trillion", None, None),
    # a formula in words or letters before the same in numbers
    ("Total = (width × height × in + 1) × out = (3×3×64 + 1) × 128", "73856", None),
    ("params: ((m * n * d)+1)* c = ((3*3*64)+1)*128 = 73856", "73856", None),
    ("P = kernel × kernel × in × out = k^2 M N", CONV, None),
    ("parameters = (kernel size)^2 × input channels × output channels = k^2 M N", CONV, None),
    ("params = 输入 × 输出 = MN", "params(linear)", None),
    ("K²·C_in·C_out = 9·64·128 = 73,728", SIZED, None),
    ("P = k² C_in C_out = 73728", SIZED, None),
    ("FLOPs = 2 n^2 d = 2·2048²·64 = 536870912", None, None),
    ("params = M N + N = 512*10 + 10 = 5130", None, None),
    ("memory = params × 2 bytes = 13.48 GB", "bytes(params(llama2_7b))", None),
    ("The number of parameters is given by k²MN", CONV, None),
    ("It can be computed as follows: k²MN", CONV, None),
    ("8.4x fewer", "macs(conv(k=3, N=128))/macs(depthwise_separable(k=3, N=128))", None),
    ("nd² (W_O) + 3nd² (W_Q, W_K, W_V) + 2n²d", "macs(multi_head_attention)", None),
    ("output (128, 56, 56): 401,408", "activations(conv(N=128, H=56, W=56))", None),
    ("resnet50: 25,557,032", "params(resnet50)", None),
    ("Layer 2 (3×3, 128): 73,728", SIZED, None),
    ("128 filters × 576 = 73,728", SIZED, None),
    ("512 inputs × 10 outputs + 10 biases = 5130", "params(linear(M=512, N=10, bias))", None),
    ("P(3, 64, 128) = 73,728", SIZED, None),
    ("k² (kernel area) × M × N", CONV, None),
    ("(W-F+2P)/S+1 = (227-11+0)/4+1 = 55", "55", None),
    ("2 (K and V) × 2 bytes × 32 (layers) = 128 bytes", "128", None),
    # orders of growth
    ("16N^2 + 16Nd ≈ O(N^2+Nd)", None, None),
    ("4N^2d + 2N^2 = O(N^2d)", None, None),
    (r"4N^2 d \in O(N^2 d)", None, None),
    ("n log(n) + n = O(n log(n))", None, None),
    ("O(n log n)", "5 n log_2(n) + 3 n", None),
    ("O(log_10 n) = O(log_2 n)", None, None),
    ("F = 4BTSNH + O(BTSN)", "4 B T S N H + 3 B T S N", None),
    ("2/3 = 0.666...", None, None),
    ("2/3 = 0.667...", None, None),
    (r"\Omega(n)", "3 n^2", None),
    ("3n^2 + n = Θ(n^2)", None, None),
    (r"2/3 = 0.666\ldots", None, None),
    (r"k^2 M N \text{ (without bias)}", CONV, None),
    ("This gives 27*64 + 64 = 1792 parameters in total.", "1792", None),
    # signs of programs and pages
    ("k*k*4 = **36**", "36", "k=3"),
    ("2 , 359 , 296", "2359296", None),
    ("⎣x/2⎦ = floor(x/2)", None, None),
    ("int(h/2) = floor(h/2)", None, None),
    ("math.ceil(h/2) = ceil(h/2)", None, None),
    ("float(h)/2 = h/2", None, None),
    ("l.size * l.size = size^2", None, None),
    (r"\\(a b = b a\\)", None, None),
    ("9*64 → 576", None, None),
    ('M" + 1 = 1 + M"', None, None),
    ("2C（gamma + beta，不含running stats）", "params(batch_norm(N=C))", None),
    ("2E+1 = E + E + 1", None, None),
    ("1.5E+06 = 1500000", None, None),
    ("1e-3 = 0.001", None, None),
    ("max(3,100) = 100", None, None),
    ("floor(1,024) = 1024", None, None),
    ("5 = O(1)", None, None),
    ("O(1)", "7", None),
    (r"\pi <= 10 where \pi <= 5", None, None),
    (r"2\pi r", "2 r pi", None),
    ("2 abs(M) = 2M", None, None),
    (r"\prod_{i=1}^{n} 2 = 2^n", None, None),
    (r"\prod_{i=1}^{n/2} 2^2 = 2^n", None, None),
    (r"\prod_{i=5}^{4} M = 1", None, None),
    (r"\prod_{i=1}^3 n_i = n_1 n_2 n_3", None, None),
    (r"\prod_{i=1}^{2} (n_{i-1} n_i) + 1 = n_0 n_1^2 n_2 + 1", None, None),
    ("∏_{i=1}^{3} i = prod(i=1..3, i)", "6", None),
    (r"\sum_{i=1}^{n} \prod_{j=1}^{i} 2 = 2^{n+1} - 2", None, None),
    (r"M\binom{n}{2}N", "M N n(n-1)/2", None),
    (r"\binom{n+1}2 = \sum_{i=1}^{n} i", None, None),
    ("math.comb(5, 2) = 10", None, None),
    (r"\binom{2}{5} = 0", None, None),
    ("pow(k, 2)*M*N", CONV, None),
    ("2 * 32 * 8 * 128 = 65,536 bytes per token", None, None),
    ("2 * 32 * 8 * 128 = 65,536 bytes/token = 64 KiB/token", None, None),
    ("64 FLOPs/token × 3 = 192 FLOPs/token", None, None),
    # The x of a word is no sign, nor says that another one is none.
    ("64 (weight matrix) x 64 = 4096", "4096", None),
    ("4 x w x h x C^2 (weight matrix)", "4 h w C^2", None),
    ("matrix x 2", "2 matrix", None),
    ("7 billion × 8 × 2 × 8 bytes = 0.9 TB", None, None),
    ("128·80·4096·1 B / 1024^2 = 40", None, None),
    ("1.5K × 12 × 8 × 8 bytes = 1.2 MB", None, None),
    ("1.5 GiB = 1536 MiB", None, None),
    ("6.7K × 7 × 16 × 4 × 3 = 9.0M", None, None),
    ("1.5K * 4 = 6K", None, None),
    ("k^2 M N, ここで M = N", "k^2 M^2", None),
    ("k^2 M N (bias=False)", CONV, None),
    ("k^2 M N + N, use_bias=True", BIAS, None),
    ("4 d^2_model = 4 d_model^2", None, None),
    ("2 h d²ₖ + d²_model", "2*h*d_k^2 + d_model^2", None),
    ("n^{(l)} n^{(l-1)} + n^{(l)}", "n^{(l)} (n^{(l-1)} + 1)", None),
    (r"\sum_{l=1}^{L} n^{[l]} n^{[l-1]} = \sum_{l=1}^{L} n^{[l-1]} n^{[l]}", None, None),
    ("n^{(1)} n^{(2)} = n^{(2)} n^{(1)}", None, None),
    ("e^L k = k e^L", None, "e >= 2"),
    ("Number of weights: k^2 * M * N = 3*3*64*128 = 73728", SIZED, None),
    ("(k^2 M) N = 73,728", SIZED, None),
    ("k^2 M N H W ≈ 0.23 G", MACS, None),
    (r"\Omega(\mathrm{W\text{-}MSA}) = 4hwC^2 + 2M^2hwC", "4hwC^2 + 2M^2hwC", None),
    (r"\sum_{i=1}^{3} 2^i \cdot k^2 = 14·9", "params(conv(k=3, M=14, N=1))", None),
    ("sum(i=1..3, 2^i) 9 = 14 k^2", "params(conv(k=3, M=14, N=1))", None),
    ("k*k*M*N  # bias=False", CONV, None),
    ("k²MN (w/o bias)", CONV, None),
    ("params (w/ bias): k²MN + N", BIAS, None),
    ("h w/o = w h/o", None, None),
    ("70-75 = -5", None, None),
    ("k^2*M*N = 6^2*48*60 = 103680 where k = 6", "params(conv(k=6, M=48, N=60))", None),
    ("(W - F)/S + 1 = (7 - 3)/2 + 1 where F = 3", "3", None),
    ("4d² = 4·512² = 1,048,576", "4*512^2", None),
    ("4d(d+1) = 4·512·(512+1)", "4*512*513", None),
    ("2·M·N·H·W·k² = 462 MFLOPs", MACS.replace("macs(", "2*macs("), None),
    ("k^2 M N - 1 < P", CONV, None),
    ("k^2 M N + 1 >= n_params", CONV, None),
    ("k^2 M N = N_{total}", CONV, None),
    # a name, and numbers for letters by their place
    ("d_head = 4096/32 = 128", None, None),
    # eight bits are a byte
    ("70B × 4 bits = 35 GB", None, None),
    ("16 bits = 2 bytes", None, None),
    ("1 MB = 8 Mbit", None, None),
    ("1 kbit = 1000 bits", None, None),
    ("7B × 16 bits = 14 GB", None, None),
    ("d_k = d_model/h = 512/8 = 64", None, None),
    ("C ≈ 6ND = 6 × 70e9 × 1.4e12 = 5.88e23", None, None),
    (r"$d_k = d_{model}/h = 512/8 = 64$", None, None),
    ("k^2 M N = 3^2*64*128 = 73728 where k = 3", None, None),
    ("~74K = C", SIZED, None),
    ("70K < params", SIZED, None),
    # what rounded numbers leave open, in a sum too, and both beside ≈
    ("23.5M + 2.05M = 25.56M", "params(resnet50)", None),
    ("14.7M (conv) + 123.6M (fc) = 138.4M", "params(vgg16)", None),
    ("85M + 38.6M + 0.8M ≈ 124M", "params(gpt2_small)", None),
    ("6.74e9 × 2 ≈ 13.48e9 bytes", "bytes(params(llama2_7b))", None),
    ("138,357,544 × 4 = 553,430,176 bytes ≈ 553 MB ≈ 528 MiB", None, None),
    ("≈ 1/8.4", "params(depthwise_separable(k=3, N=128))/params(conv(k=3, N=128))", None),
    ("13.5 GB（半精度）", "bytes(params(llama2_7b))", None),
    ("13.5 GB (halbe Genauigkeit)", "bytes(params(llama2_7b))", None),
    ("k²MN, not counting the bias", CONV, None),
    ("k²MN (does not depend on H, W)", CONV, None),
    ("单个卷积核参数量 = k²M", "params(conv(N=1))", None),
    # a bracket or a brace names the part before it
    ("N (γ) + N (β) = 2N", "params(batch_norm)", None),
    ("3d² (W_Q, W_K, W_V) + d² (W_O) = 4d²", "params(multi_head_attention)", None),
    ("M (inputs) × N (outputs)", "params(linear)", None),
    ("k²MN (weights) × HW (positions)", "macs(conv)", None),
    ("2nMN (forward) + 4nMN (backward)", "training_flops(linear(n), rule=six_nd)", None),
    ("23,508,032 (backbone) + 2,049,000 (fc)", "params(resnet50)", None),
    (r"\underbrace{k^2 M}_{\text{per filter}} \cdot \underbrace{N}_{\text{filters}}", CONV, None),
    (
        r"\underbrace{12d^2+9d}_{\text{others}} + \underbrace{4d}_{\text{2 layer norms}}",
        BLOCK,
        None,
    ),
    ("9 × 64 (in) × 128 (out)", SIZED, None),
    ("9 (kernel of size 3) × 64 (64 in) × 128", SIZED, None),
    (r"\underbrace{9 \cdot 64}_{\text{576 per filter}} \cdot 128", SIZED, None),
    ("k²MN (Howard et al., 2017) + N (bias)", BIAS, None),
    ("k²MN (conv) + N (biais)", BIAS, None),
    ("k²MN (kernel) + N (bias)", BIAS, None),
    ("9 × 64 (depth) × 128", SIZED, None),
    ("784 (28×28 pixels) × 10 (classes)", "params(linear(M=784, N=10))", None),
    ("k²MN (conv) + 2N (batch norm)", "params(conv(bn))", None),
    ("k²MN (conv) + 2N (BN)", "params(conv(bn))", None),
    ("k²MN + 2N (BN)", "params(conv(bn))", None),
    (r"9 \cdot 64 \cdot 128 + \underbrace{128}_{\text{one bias per filter}}", SIZED_BIAS, None),
    ("4d²+4d (attention) + 8d²+5d (MLP) + 4d (norms)", BLOCK, None),
    # of what a formula is, held to the target
    ("12d²+13d parameters in each layer", BLOCK, None),
    ("2 GiB per sequence", CACHE, None),
    ("2 GiB at 4096 tokens", CACHE, None),
    ("2 GiB (4096 tokens)", CACHE, None),
    ("k²MNHW, stride 1", "macs(conv)", None),
    ("k²MNHW（步长为1）", "macs(conv)", None),
    ("8d² + 5d for f = 4d", "params(feed_forward(bias))", None),
    ("8d² + 5d, since f = 4d", "params(feed_forward(bias))", None),
    ("8d² + 5d (hidden size 4d)", "params(feed_forward(bias))", None),
    ("k²MN (k×k conv)", CONV, None),
    ("73,728 with 64 input channels and 128 filters", SIZED, None),
    ("13.5 GB (2 bytes per parameter)", "bytes(params(llama2_7b))", None),
    ("13.5 GB（每个参数2字节）", "bytes(params(llama2_7b))", None),
    ("3.4 GB (4-bit)", "bytes(params(llama2_7b), bits=4)", None),
    ("nn.Conv2d(64, 128, 3, bias=False): 73,728", SIZED, None),
    ("weight (128, 64, 3, 3): 73,728", SIZED, None),
    ("weight (576, 128): 73,728", SIZED, None),
    ("Conv2d(64, 128, 3, 1, 1, 1, 2): 36,864", "params(conv(k=3, M=64, N=128, g=2))", None),
    ("ResNet-50: 25.6M", "params(resnet50)", None),
    # a member that computes with quantities of the target's own layer
    ("FLOPs = 2 × MACs = 2k²MNHW", "flops(conv, convention=mac2)", None),
    ("MACs = params × H × W = k²MNHW", "macs(conv)", None),
    ("计算量 = 参数量 × H × W = k²MNHW", "macs(conv)", None),
    ("params = weights + biases = k²MN + N", BIAS, None),
    ("6 × params × n = 6nMN", "training_flops(linear(n), rule=six_nd)", None),
    ("memory = 2 × params = 13.5 GB", "bytes(params(llama2_7b))", None),
    ("k²M (per output) × HWN (outputs)", "macs(conv)", None),
    ("dE (router) + 3Edf (experts)", "params(moe(gated))", None),
    ("M × N entries", "params(linear)", None),
    ("MAC = HW(M+N) + MN", "memory_access(pointwise_conv)", None),
]
#: The nearest that is wrong.
WRONG = [
    ("k^ dim N", CONV, None),
    ("13.48G + N bytes", "bytes(params(resnet50), bits=32)", None),
    ("k^2 A B, where A and B are the output channels", CONV, None),
    ("k^2 A M, where A is the number of input channels", CONV, None),
    ("K M N, where K is the kernel area", CONV, None),
    ("2 * 32 layers * 32 heads * 129 dim * 4096 tokens * 2 bytes", CACHE, None),
    ("25.6M (25,557,033)", "params(resnet50)", None),
    (
        r"$\approx 9.4\times$",
        "macs(conv(k=3,M=64,N=128,H=1,W=1))/macs(depthwise_separable(k=3,M=64,N=128,H=1,W=1))",
        None,
    ),
    ("25557032*4/1024**2 = 98.49 MB", "bytes(params(resnet50), bits=32)", None),
    ("97.49 MB", "bytes(params(resnet50), bits=32)", None),
    ("25557032*4/1e6 = 97.49 MB", "bytes(params(resnet50), bits=32)", None),
    ("params(conv) = 9 M N for k = 4", None, None),
    ("params(conv) = 9 M N (k = 4)", None, None),
    ("2147483648 МБ", CACHE, None),
    ("2147483648 ギガバイト", CACHE, None),
    ("macs(linear(M=2,N=3)) = ½ 12", CONV, None),
    ("macs(linear(M=2,N=3)) N = 2 * 3 * 4", "macs(conv)", None),
    ("kernel × kernel × out × out = 3×3×64×128", SIZED, None),
    ("P = k C_in C_out = 73728", SIZED, None),
    ("FLOPs = 2 n^2 d = 2·2048²·64 = 536870913", None, None),
    ("memory = params × 4 bytes = 13.48 GB", "bytes(params(llama2_7b))", None),
    ("8.5x fewer", "macs(conv(k=3, N=128))/macs(depthwise_separable(k=3, N=128))", None),
    ("a_x * b_y = 12 where a_x = 3, b_y = 5", "12", None),
    # a size is no name of the result
    ("M = N", "M", None),
    ("M N = k", "params(linear)", None),
    ("M N = d_model", "params(linear)", None),
    ("2 N = 2 × 8B where N = 7e9", None, None),
    ("k M N >= 9", None, "k, M, N >= 2"),
    ("10 GB / 2 GB = 5 GB", None, None),
    ("n_hd_h = n_h d_h + 1", None, None),
    ("n_h_d = n_h * d", None, None),
    ("2^ceil(M/2) = 2^ceil(M)/2", None, None),
    ("2^log2(M)*N = M^N", None, None),
    ("2^abs(M) = 2^(a b s) * M", None, None),
    ("| 232M |", MACS, None),
    ("(3)(k^2) M N", CONV, None),
    ("N^2 ≡ N (mod 3)", None, None),
    ("N^2 = N mod 2", None, None),
    ("|M-N| = M - N", None, None),
    ("k^2 M N < 600 MFLOPs", None, None),
    ("weight_memory(linear(M=1024, N)) <= 8 GiB", None, "N = 4194305"),
    ("8 GiB >= 2048 N", None, "N = 4194305"),
    ("M*N <= 8 kB", None, None),
    ("M <= N + 2", None, "|M - N| <= 3"),
    ("-7 % 3 = -1", None, None),
    ("int(-7/2) = -4", None, None),
    ("int(-h/2) = floor(-h/2)", None, None),
    ("int((-1)^M M/4) = ceil((-1)^M M/4)", None, None),
    ("100M - 50M", "51e6", None),
    ("10 lakh", "10", None),
    ("2 millones", "2", None),
    ("9*64 (= 577)", "576", None),
    ("9 M N pour k = 2", CONV, None),
    ("9 M N con k = 2", CONV, None),
    ("0x10 = 0", None, None),
    ("2^(2M) = 4", None, None),
    ("6 × 7B × 1T tokens = 4.3 × 10^22 FLOPs", None, None),
    ("M (sum(i=1..L, n_i)) = sum(i=1..L, n_i)", None, None),
    ("100 MFLOPs + 200 MFLOPs = 200000100", None, None),
    ("N/3 ≈ 0.34 N", None, None),
    ("n_{2+1} = n_2", None, None),
    (r"\sum_{i=1}^{L} n_{L+2-i} = \sum_{i=1}^{L} n_i", None, None),
    ("dim*dim = dim^3", None, None),
    ("hid*hid*4 = 4 hid^3", None, None),
    ("c_1c_2hw = c_2 c_1 w", None, None),
    ("8192 (T) × 40 (K) = 327681 where T = 8192, K = 40", None, None),
    ("2 (k)(k)", "2", None),
    ("M N for N = 2", "M", None),
    ("M N，其中 N=2", "M", None),
    ("hwc_1c_2", "h w c_1 c_2 c_2", None),
    ("$4sbh_a$", "4 s b a", None),
    (r"\newcommand{\s}{a+b} \s c = a c + b c", None, None),
    (r"\NewDocumentCommand\p{O{2} m}{#2^{#1}} \p[3]{k} M N", CONV, None),
    (r"\begin{cases} N & M > N \\ M & \text{otherwise} \end{cases}", "max(M,N)", None),
    (r"2\begin{cases} M & M > N \\ N & M \le N \end{cases} + 1", "2max(M,N) + 2", None),
    ("2*1*32768*4096 / 2**30 = 0.5GiB", None, None),
    ("4.2 = 4.2M", None, None),
    ("2/3 = 0.646...", None, None),
    ("7B * 2 = 15GB", None, None),
    ("14", "14 GB", None),
    ("2 bytes * N <= 13 GB", None, "N = 7e9"),
    ("36864*5 B", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", None),
    ("16 Mi", "16e6", None),
    (r"320\text{ KB/token}", "320", None),
    ("0.14 ≈ 1/8", None, None),
    # What is below 100 rounds to it from 95 on.
    ("60M ≈ 100M", None, None),
    ("7 ≈ 10", None, None),
    ("61 N ≈ 100 N", None, None),
    ("6.1e7 k^2 ≈ 1e8 k^2", None, None),
    ("≈ 100M", "params(alexnet)", None),
    (r"\qty{14}{\mega\byte}", "14e9", None),
    ("7e9 × 2 B = 15 GB", None, None),
    ("7B params × 4 bytes/param = 14 GB", None, None),
    ("1 GiB = 1000 MiB", None, None),
    ("1 gibibyte = 1000 mebibytes", None, None),
    ("1 MiB = 10^6 bytes", None, None),
    ("1 GB = 1400 MB", None, None),
    ("33.6 megabytes", "33.6", None),
    ("175B*2 = 351e9", None, None),
    ("1/3 = 0.334...", None, None),
    ("3 = 3 hundred", None, None),
    ("4.2M = 4,250,001", None, None),
    ("4,250,001 = 4.2M", None, None),
    ("8192 (T) × 41 (K)", "T K", "T=8192, K=40"),
    (r"O(14 \times 14 \times 9) = O(1,806)", None, None),
    (r"O(14 \times 14 \times 9)", "1806", None),
    ("9*64 → 577", None, None),
    ("(W-F+2P)/S+1 = (227-11+0)/4+1 = 56", "55", None),
    ("(W-F+2P)/S+1 = 55", "55", None),
    ("w*w*c = 3*4*5", "60", None),
    ("9*64 --> 577", None, None),
    ("k*k*M = **37** where k = 3, M = 4", None, None),
    (r"2 M N (\mathrm{batch}_{size})", "2 M N", None),
    ("4x = 4X", None, None),
    ("O(4*5) = O(21)", None, None),
    ("2 abs(M) = M", None, None),
    (r"\prod_{i=1}^{n} 2 = 2n", None, None),
    (r"\prod_{i=0}^3 n_i = n_1 n_2 n_3", None, None),
    (r"\binom{n}{2} = n(n+1)/2", None, None),
    ("pow(2, k)*M*N", CONV, None),
    ("64 FLOPs/token × 3 = 193 FLOPs/token", None, None),
    ("2 * 32 * 8 * 128 = 66 KiB/token", None, None),
    # 13,000 bytes are 12.7 KiB, but nobody rounds them to 13.
    ("13 KiB = 13000 bytes", None, None),
    ("13 * 1000 bytes = 13 KiB", None, None),
    # The letter of an exponent: a factor.
    ("k^2 (g) M N", CONV, None),
    ("M N k^2 (g)", CONV, None),
    ("7 billion × 8 × 2 × 8 bytes = 0.8 TB", None, None),
    ("8 * 32 * 4 bytes = 1000 bytes", None, None),
    ("7B * 2 = 14", None, None),
    ("1.5K × 12 × 8 × 8 bytes = 1.1 MB", None, None),
    ("1.5 GiB = 1500 MiB", None, None),
    ("6.7K × 7 × 16 × 4 × 3 = 9.1M", None, None),
    ("2.5M × 4 = 3110M", None, None),
    ("n^{(1)} n^{(2)} = n^{(1)} n^{(1)}", None, None),
    ("4 d^2_model = 4 d_model", None, None),
    ("k^2 M N (bias=False)", BIAS.replace("bias", "k=3"), None),
    ("k * M * N = 3*3*64*128 = 73728", SIZED, None),
    ("k^2 M N = 73729", SIZED, None),
    ("k^2 M N = 73728 where k = 5", SIZED, None),
    ("k^2*M*N = 6^2*48*60 = 103680 where k = 7", "params(conv(k=6, M=48, N=60))", None),
    ("3d² = 4·512²", "4*512^2", None),
    ("4dd = 4·512·511 = 1,046,528", "4*512*511", None),
    ("2·M·N·H·W·k² = 463 MFLOPs", MACS.replace("macs(", "2*macs("), None),
    ("k^2 M N + 1 < P", CONV, None),
    ("80K < params", SIZED, None),
    ("k^2 M N M <= n_params", CONV, None),
    *(
        (text, "bytes(params(llama2_7b))", None)
        for text in (
            "6.8B × 2 bytes = 13.6 GB",
            "6.75B × 2 = 13.5 GB",
            "6.74B × 2 bytes = 13.49 GB",
            "6,738,415,617 × 2 = 13.48 GB",
            "6.74e9 * 2 / 1e9 = 13.4 GB",
            "6.74B × 4 bytes = 27 GB",
            "6.74e9*2/1024^3 = 12.65 GB",
        )
    ),
    ("7.4e4 * 1", SIZED, None),
    ("d_head = 4096/32 = 129", None, None),
    ("8 bits = 8 bytes", None, None),
    ("70B × 4 bits = 36 GB", None, None),
    ("33 bits = 4 bytes", None, None),
    ("15 bits = 2 bytes", None, None),
    ("1 MB = 1 Mbit", None, None),
    ("d_k = d_model/h = 512/8 = 65", None, None),
    ("C ≈ 6ND = 6 × 70e9 × 1.4e12 = 5.89e23", None, None),
    ("w*w*c = 3*4*5 = 60", None, None),
    ("P = k^2 M N = 9·64·128 = 73738", None, None),
    ("P = (M+1) N = 64·128 = 8192", None, "M = 64"),
    # what is divided by a unit is in that unit, and in no smaller one
    ("7e9*2/1e9 = 14 MB", None, None),
    ("7e9*2/1e6 = 14000 kB", None, None),
    ("14*2^30/2^30 = 14 MiB", None, None),
    ("7e9*2/1e3/1e6 = 14 MB", None, None),
    ("14e9/1e9 = 14 MFLOPs", None, None),
    ("14e9/1e9 = 14 B", None, None),
    # digits that go on are no end of a number
    ("0.333... = 333/1000", None, None),
    ("314/100 = 3.14...", None, None),
    ("P = k^2 M N = 8·64·128 = 65536", None, None),
    ("P = k^2 M N = 2.25·64·128 = 18432", None, None),
    ("P = k^2 M N = 0·64·128 = 0", None, None),
    ("O = (W-F+2P)/S+1 = (224-11+3)/4+1 = 55", None, None),
    ("O = floor((W-F+2P)/S) + 1 = (227-11+1)/4 + 1 = 55.25", None, None),
    ("P = k^2 M N = 9·64·128 = 73738", CONV, None),
    ("P = k M N = 1·64·128 = 8192", CONV, None),
    ("P = k^2 M N + M = 9·64·64 + 64 = 36928", "params(conv(bias))", None),
    ("P = k M N = 9·64·128 = 73728", SIZED, None),
    ("kMN = 73728", SIZED, None),
    ("P = M + N = 73728", SIZED, None),
    ("P = MN = 64·128 = 8193 where M <= N", None, None),
    ("P = M N = 64·128 = 8192 where M = 2N", None, None),
    ("P = k^2 M N = 9·64 = 576", None, None),
    ("O = (W - F + 2P)/S + 1 = (227 - 11)/4 + 1 = 55", None, None),
    ("N = 12 L d^2 = 12·96·12288^2 ≈ 175B", None, None),
    ("k^2 M N = 3^2*64*128 = 73728 where k = 5", None, None),
    ("d_k = d_model/h = 64", None, None),
    ("M = N = 3", None, None),
    ("k = params(conv) = params(conv)", None, None),
    ("64 × 1000 × 3", "192001", None),
    ("23.5M + 2.05M = 25.66M", "params(resnet50)", None),
    ("24.5M + 2.05M", "params(resnet50)", None),
    ("6.74e9 × 2 ≈ 13.58e9 bytes", "bytes(params(llama2_7b))", None),
    ("553 MB ≈ 520 MiB", None, None),
    ("FLOPs = 3 × MACs = 2k²MNHW", "flops(conv, convention=mac2)", None),
    ("MACs = params × H = k²MNHW", "macs(conv)", None),
    ("weights × biases = k²MN + N", BIAS, None),
    ("memory = 3 × params = 13.5 GB", "bytes(params(llama2_7b))", None),
]


@pytest.mark.parametrize(
    "remark",
    [
        "omit k",
        "skip N",
        "leave out N",
        "lacking N",
        "insert g",
        "q, k, v",
        "should be k M N",
        "correct: k M N",
        "typo for k M N",
        "depends on which M",
        "subtract one",
        "one filter short",
        "excluding the last filter",
        "same for V",
        "second term omitted",
        "no longer true",
    ],
)
def test_a_letter_in_a_remark_that_does_not_say_what_it_is_is_refused(remark: str) -> None:
    for text in (f"k²MN ({remark})", f"k²MN, {remark}"):
        with pytest.raises(ParseError):
            verify(text, target=CONV)


@pytest.mark.parametrize(
    "remark",
    [
        "kernel size k",
        "k×k filters",
        "M inputs and N outputs",
        "kernel size k, M in, N out",
        "depends on M and N",
        "weights of size k",
    ],
)
def test_a_remark_may_say_what_the_letters_are(remark: str) -> None:
    assert verify(f"k²MN ({remark})", target=CONV).verdict == "proven"


@pytest.mark.parametrize(
    "gloss",
    [
        "where H and W are the input sizes",
        "where H, W are the sizes of the input",
        "where H, W are the spatial sizes before striding",
        "where M, N are the batch sizes",
        "where M, N are numbers of heads",
        "where M (N) is the number of output (input) channels",
        "where k is the dilated kernel size",
        "where k is the kernel's area",
        "(k: Schrittweite)",
        "(k는 스트라이드)",
        "where N é o batch",
    ],
)
def test_several_letters_are_held_to_what_they_are_said_to_be(gloss: str) -> None:
    with pytest.raises(ParseError, match="stands for"):
        verify(f"k²MNHW {gloss}", target="macs(conv)")


@pytest.mark.parametrize(
    "label",
    [
        "#params/head:",
        "params/group =",
        r"\frac{\text{Params}}{\text{group}} =",
        r"P_{\text{per head}} =",
        "conv 3x:",
        "convs (3):",
        r"P \mid",
    ],
)
def test_a_label_of_a_part_or_of_several_is_refused(label: str) -> None:
    with pytest.raises(ParseError):
        verify(f"{label} k²MN", target=CONV)
    with pytest.raises(ParseError, match="a label names the result"):
        verify("k²MN = params of one head", target=CONV)


def test_a_condition_without_symbols_that_fails_is_an_error_of_its_claim_alone() -> None:
    for where in ("3 = 4", "2 | 3", "3 < 2", "1 = 2, M = 3"):
        with pytest.raises(ClosedformError, match="no positive integers meet the conditions"):
            verify("M = M", where=where)
    assert verify("M = M", where="3 = 3").verdict == "proven"


#: What can be read in two ways, or says what no formula says.
UNCLEAR = [
    ("9 M N == params(conv)", "params(resnet50)"),
    ("k^2 M N + N (we ignore biases)", BIAS),
    ("k^2 M N where N is the number of biases", CONV),
    ("k^2 M N (考虑bias)", CONV),
    ("k^2 M N + N, 不含bias的", BIAS),
    ("25,557,032 (25.7M)", "params(resnet50)"),
    ("25.7M (25,557,032)", "params(resnet50)"),
    ("8.2 GFLOPs (1 FLOP per MAC)", "flops(resnet50, convention=mac2)"),
    ("4.1 GFLOPs (1 MAC = 2 FLOPs)", "macs(resnet50)"),
    ("25557032*4/1024**2 = 97.49 MB", "bytes(params(resnet50), bits=32)"),
    ("6.74e9*2/1024^3 = 12.55 GB", "bytes(params(llama2_7b))"),
    ("2*32*32*128*4096*2 / 2**30 = 2 GB", CACHE),
    ("9 M N (k = 3) = params(conv)", None),
    *((f"k^2 M N ({said})", CONV) for said in ("inklusive Bias", "biais compris", "算上偏置")),
    *((f"k^2 M N, {said}", CONV) for said in ("バイアスも数える", "has bias", "sesgo incluido")),
    *(
        (f"k^2 M N + N ({said})", BIAS)
        for said in ("kein Bias", "exkl. Bias", "biasless", "除偏置外")
    ),
    ("hors biais: k^2 M N + N", BIAS),
    ("9 × 64 (N) × 128 (M)", SIZED),
    ("9 × 64 (C_out) × 128 (C_in)", SIZED),
    ("9 × M (128) × N (64)", SIZED),
    ("9 (k) × 64 × 128", SIZED),
    ("9 (N²) × 64 × 128", SIZED),
    ("2 × 512 (f) × 2048 (d)", "params(feed_forward(d=512, f=2048))"),
    (r"\underbrace{9}_{k} \cdot 64 \cdot 128", SIZED),
    (r"\overbrace{9}^{M} \cdot 64 \cdot 128", SIZED),
    (r"\underbrace{M}_{\text{output channels}} k^2 N", CONV),
    (r"\underbrace{k^2}_{\text{stride}} M N", CONV),
    ("2147483648 pages", CACHE),
    ("2147483648 tokens", CACHE),
    ("2147483648 euros", CACHE),
    ("2 Гб", CACHE),
    ("2 ГиБ", CACHE),
    ("25.6 МБ", "params(resnet50)"),
    ("a (b) × c () × d", CONV),
    # found by taking rules out one by one: nothing else noticed
    ("k^2 (M = 3) N", CONV),
    ("N (50%) M", "M N"),
    ("9·64 (= 576) + 1", "577"),
    ("k^2 M N + 2N (with bias)", "params(conv + batch_norm)"),
    ("k^2 M N = cost (conv)", None),
    (r"\begin{cases} M N & M > 3 \\ M N & N > 3 \\ M N & \text{else} \end{cases}", "M N"),
    (r"\begin{cases} M N & M > 3 \\ M N & \text{else if} \end{cases}", "M N"),
    (r"\begin{cases} M N = 3 & M > 3 \\ M N & M \le 3 \end{cases}", "M N"),
    ("4.1G (224x224)", "macs(resnet50)"),
    ("< params = k^2 M N", CONV),
    ("k^2 M N in the paper", CONV),
    ("M N = 12 where M, N = 3, 4", None),
    ("H W = 56 where H = 56, W", None),
    ("M div N = floor(M/N)", None),
    ("7 rem 3 = 1", None),
    # an index of a program, or a factor in brackets
    ("sum(i=1..L, n[i]) = n L(L+1)/2", None),
    ("n[l-1] = n l - n", None),
    ("M[N] = M N", None),
    # a label with a scale, or whose name computes
    ("Params (M): k^2 M N", CONV),
    ("Params (in M): k^2 M N", CONV),
    ("params_half = k^2 M N", CONV),
    (r"\text{Params}_{\text{half}} = k^2 M N", CONV),
    ("P_{1/2} = k^2 M N", CONV),
    ("halfParams = k^2 M N", CONV),
    # a unit behind a times sign, and orders of growth that are computed with
    (r"36864 \times 4 \times \text{bytes}", BYTES_32),
    ("O(n) O(n) = O(n^2)", None),
    ("2^O(n) = 4^n", None),
    ("n^2 = n O(n)", None),
    # the inverse ratio
    ("conv/separable: 1/N + 1/k^2", RATIO),
    (r"\frac{\text{conv}}{\text{separable}} = 1/N + 1/k^2", RATIO),
    ("conv over separable: 1/N + 1/k^2", RATIO),
    ("speed-up: 1/N + 1/k^2", RATIO),
    ("acceleration: 1/N + 1/k^2", RATIO),
    # bytes of what is no memory, and bytes or a batch
    ("36864 B", "params(conv(k=3, M=64, N=64))"),
    ("k^2 M N [bytes]", CONV),
    ("4 k^2 M N B", "bytes(params(conv), bits=32)"),
    ("2 B * 2^29 / 1024", "params(linear(M=1024, N=1024))"),
    # what stands over a part, and numbers by the rules of siunitx
    (r"\overset{2\times}{k^2 M N}", CONV),
    (r"\underset{\times 2}{k^2 M N}", CONV),
    (r"\stackrel{2}{M}N", "params(linear)"),
    (r"\num{1,5} = 15", None),
    (r"\num{1,843} = 1843", None),
    (r"\num{1.5(2)} = 3", None),
    # functions that the language does not have, no letters
    ("var(x) = v a r x", None),
    ("tan x = n a t x", None),
    ("lg 8 = 3", None),
    ("cbrt(8) = 2", None),
    ("M ∘ N = M N", None),
    # units of other things
    ("1 day = 86400 s", None),
    ("14e9/2e12 = 7 ms", None),
    ("(14e9/2e12) ms = 0.007", None),
    ("1/0.02 = 50 fps", None),
    ("224 px × 224 px = 50176", None),
    # a scale, or a symbol that stands on one side alone
    ("2 × 7B × n = 14e9 n", None),
    ("n = 2T n/2e12", None),
    # prefixes of 1024, or of 1000
    ("2 × 80 × 8 × 128 × 2 = 320 KB", None),
    ("4096 × 4096 × 4 B = 64 MB", None),
    ("1.5GB + 512MB = 2GB", None),
    # what is counted is no symbol in one place and left out in another
    ("FLOPs = 2*3 = 6", None),
    (r"\text{FLOPs}*2 = 2\,\text{FLOPs}", None),
    ("ops*2 = 2 ops", None),
    # a number, or a size of that name
    (r"\pi > 3", None),
    ("π r^2 ≈ 3.14 r^2", None),
    # what something in the formula is, dropped as words behind a full stop
    ("M N.numel", "M N"),
    ("k^2 M N.bias", CONV),
    ("jax.remat", "j a x"),
    ("$MN$.shape[0]", "M N"),
    ("k^2 M N (kernel, in, out).numel", CONV),
    (r"64 \times 64%", "4096"),
    # so many, in a letter or a sign
    ("7 (x2) * 3", "21"),
    ("k^2 M N (n heads)", CONV),
    (r"k^2 M N \text{ (kernel)} x H", CONV),
    # a reference, or the value of a letter
    ("k^2 M N (/g)", CONV),
    (r"M N \cdot L [1]", "M N"),
    # another factor, or another formula, behind words
    ("k^2 M N. *batch", CONV),
    (r"M N \quad\text{(weights)} × L", "M N"),
    (r"M N \quad\text{(weights)} or N", "M N"),
    ("M N; or N", "M N"),
    ("$MN$ (bs)", "M N"),
    # the mark of a list, or a factor and a minus; the number of an equation, or a factor
    ("(3) k^2 M N", CONV),
    ("(a) k^2 M N", CONV),
    ("(ii) k^2 M N", CONV),
    ("- k^2 M N", CONV),
    ("- 3 params(conv) + 2 params(conv)", CONV),
    ("k^2 M N (3)", CONV),
    ("70K–80K", CONV),
    ("params(conv) = 3–5", None),
    ("4 ≈ 10–20 M", None),
    ("{2k}^2 = 4k^2", None),
    ("{a + b}^2 = a + b^2", None),
    ("7 % N = 7", None),
    ("7 % -3 = -2", None),
    ("nearly 232M", MACS),
    ("M N = M where N → 1", None),
    ("k^2 M N % of the total", CONV),
    (r"\textcolor{red}{a+b} c = a c + b c", None),
    (r"${2k}^2 = 4k^2$", None),
    (r"$a - {b + c} = a - b - c$", None),
    ("2E+1 = 20", None),
    ("log(1,024) = 10", None),
    ("5 M > 6", None),
    ("4.1 GFLOPs = 4.1 GB", None),
    ("3.6 GB = 3.6 Gparams", None),
    ("1T tokens = 1T params", None),
    ("7B×2 = 14 Gb", None),
    ("8 Gb = 8 GB", None),
    ("2 k bits = k bytes", None),
    ("1 GB = 1024 MB", None),
    ("16 GB = 16384 MB", None),
    ("4 k^2 M N bytes", CONV),
    ("k^2 M N (bytes)", CONV),
    ("n = o(n^2)", None),
    ("k^2 M N", "params(conv) bytes"),
    ("params(conv) bytes = k^2 M N", None),
    ("params(conv(k=3, M=2, N=64)) = 1152 bytes", None),
    ("4 k^2 M N", "4 bytes * params(conv)"),
    (r"\qty{3}{\meter}", "3"),
    ("6 N D = 4.2e22 where N = 7B, D = 1T", None),
    ("k^2 M N", "params"),
    ("k^2 M N", "conv.params"),
    ("M N for half of N", "M N"),
    ("k^2 M N (batchSize)", CONV),
    ("k^2 M N (self.batch)", CONV),
    ("k^2 M N (batch_size, tokens)", CONV),
    ("k^2 M N (bs)", CONV),
    (r"\begin{cases} k^2 M N + N & \text{with bias} \\ k^2 M N & \end{cases}", CONV),
    (r"\begin{cases} k^2 M & g = M \\ k^2 M N/g & \text{otherwise} \end{cases}", CONV),
    (r"\begin{cases} M = N \\ N = 2 \end{cases}", None),
    (r"\begin{cases} M = N & M > 1 \\ M = N & M = 1 \end{cases}", None),
    (r"\begin{cases} k^2 M N & \\ k^2 M N & \end{cases}", CONV),
    (r"\begin{cases}" + r" M & M > N \\" * 21 + r"\end{cases}", "M"),
    (2 * r"\begin{cases} 1 & M > N \\ 1 & M \le N \end{cases}", "1"),
    ("M <= 1 where not M < 2", None),
    ("2*1024 = 2048 (512M)", None),
    ("4.1 GFLOP/s", "4100000000"),
    ("k^2 M N where k is half the kernel size", CONV),
    ("FLOPs(k=3) = k^2 M N", CONV),
    ("a => b", None),
    (r"k^2 M N \text{ (half of it)}", CONV),
    ("Params (M) = 25.6", "25600000"),
    ("k^2 M N\ngroups = 1", CONV),
    (r"$\underbrace{k^2 M N}_{\times 2}$", CONV),
    (r"$\overbrace{k^2 M N}^{2\text{ times}}$", CONV),
    ("params *= k^2 M N", CONV),
    ("9*64 (576)", "576"),
    ("9 M N, where k is 3", CONV),
    ("k^2 M N to 2 k^2 M N", CONV),
    ("k by k by M by N", CONV),
    ("(int)(h/2) = floor(h/2)", None),
    ("$k^2$ by $MN$", CONV),
    (r"$\widetilde{O}(n)$", "n"),
    ("GMACs: 0.231", MACS),
    ("k^2 M N (bias=True)", CONV),
    ("k^2 M N + N (bias=False)", BIAS),
    ("e^x >= 1 + x", None),
    ("ln(e) = 1", None),
    ("(1 + 1/n)^n < e", None),
    ("2.7M × 96 × 3 × 4 = 3110M", None),
    ("n^{(2)} M", "n^2 M"),
    ("k^2 + k^{(1)} k^{(2)}", "k^2 + k^3"),
    ("k*k*M*N  # bias=True", CONV),
    ("k²MN if bias=True", CONV),
    ("70-75k", SIZED),
    ("k^2 M N, i.e. 9 M N", CONV),
    ("73~728", SIZED),
    (r"\omega(n)", "n"),
    ("d^n_model", "d^3"),
    (r"d_ff + d_{ff} = 2 d_{ff}", None),
    ("10-20%", "0.15"),
    *(
        (text, "params(linear)/params(linear(M=8*M))")
        for text in (
            "reduction: 12.5%",
            "Einsparung: 12.5%",
            "снижение: 12.5%",
            "sparsity: 12.5%",
            "12.5% of the original removed",
            "+12.5%",
        )
    ),
    ("params ≈ k^2 M N < P", CONV),
    ("0 < k^2 M N + 5 < P", CONV),
    ("0 < k^2 M N = P", CONV),
    # said in another language, or of another thing
    ("13.5 GB（单精度）", "bytes(params(llama2_7b))"),
    ("13.5 GB (simple précision)", "bytes(params(llama2_7b))"),
    ("13.5 GB（含KV缓存）", "bytes(params(llama2_7b))"),
    ("训练显存：13.5 GB", "bytes(params(llama2_7b))"),
    ("25.6M（不含全连接层）", "params(resnet50)"),
    ("6.74B（埋め込みを除く）", "params(llama2_7b)"),
    ("4d² (without output projection)", "params(multi_head_attention)"),
    ("单头：4d²", "params(multi_head_attention)"),
    ("反向传播：6nMN", "training_flops(linear(n), rule=six_nd)"),
    ("time = k²MN", CONV),
    ("耗时：k²MN", CONV),
    ("k²MN (single filter)", CONV),
    ("(k²M + 1)N, not counting the bias", BIAS),
    # what a part is said to be is held to the target
    ("3×3×64 (out) × 128 (in)", SIZED),
    ("3×3×64（输出通道）×128（输入通道）=73728", SIZED),
    ("3 × 3 × 64 (heads) × 128", SIZED),
    ("9 (5x5 kernel) × 64 × 128", SIZED),
    ("9 × 64 (9 channels) × 128", SIZED),
    ("9 × 64 (sortie) × 128", SIZED),
    ("9 × 64 (出力チャネル) × 128", SIZED),
    ("9 (MACs) × 64 × 128", SIZED),
    ("9 (attention) × 64 × 128", SIZED),
    ("9 × 64 (per group) × 128", SIZED),
    ("9 × 64 × 128 (activations) + 128", SIZED_BIAS),
    ("9 × 64 × 128 (additions) + 128", SIZED_BIAS),
    ("9 × 64 × 128 (embedding) + 128", SIZED_BIAS),
    ("9 × 64 × 128 (バイアス) + 128", SIZED_BIAS),
    (r"9 \cdot 64 \cdot 128 + \underbrace{128}_{\text{no bias}}", SIZED_BIAS),
    ("N (kernel) + k²MN (bias)", BIAS),
    ("9 (kernel of size 5) × 64 × 128", SIZED),
    ("9 (5 by 5) × 64 × 128", SIZED),
    ("784 (27×27 pixels) × 10 (classes)", "params(linear(M=784, N=10))"),
    ("9 (stride 2) × 64 × 128", SIZED),
    ("9 × 64 (32 channels) × 128", SIZED),
    ("9 × 64 (32通道) × 128", SIZED),
    ("9 × 64 (8 channels) × 128", SIZED),
    (r"\underbrace{9 \cdot 64}_{500} \cdot 128", SIZED),
    (r"\underbrace{9 \cdot 64}_{\text{500 per filter}} \cdot 128", SIZED),
    ("9M (5x5 depthwise) + MN (1x1 pointwise)", "params(depthwise_separable(k=3))"),
    (r"\underbrace{12d^2+9d}_{\text{others}} + \underbrace{4d}_{\text{3 layer norms}}", BLOCK),
    ("M (output) × N (input)", "params(linear)"),
    ("k²MN × HW (input size)", "macs(conv)"),
    ("2 (K, V) × 32 (heads) × 4096 (layers) × 4096 × 2 = 2 GiB", CACHE),
    ("6.74B × 2 (layers) = 13.48 GB", "bytes(params(llama2_7b))"),
    ("6.74B (activations) × 2 bytes = 13.48 GB", "bytes(params(llama2_7b))"),
    ("N (weights) + k²MN (biases)", BIAS),
    ("4d²+4d (MLP) + 8d²+5d (attention) + 4d (norms)", BLOCK),
    ("3d² (O) + d² (QKV) = 4d²", "params(multi_head_attention)"),
    ("2nMN (backward) + 4nMN (forward)", "training_flops(linear(n), rule=six_nd)"),
    ("k²M (per pixel) × NHW", "macs(conv)"),
    (r"\underbrace{k^2 M N}_{\text{per filter}}", CONV),
    (r"\underbrace{k^2 M N}_{\text{half}} H W", "macs(conv)"),
    ("2 GiB per token", CACHE),
    ("2 GiB (8192 tokens)", CACHE),
    ("8d² + 5d (hidden size 2d)", "params(feed_forward(bias))"),
    ("8d² + 5d for f = 2d", "params(feed_forward(bias))"),
    ("13.5 GB (4 bytes per parameter)", "bytes(params(llama2_7b))"),
    ("73,728 with 256 filters", SIZED),
    ("4d² (4 heads)", "params(multi_head_attention)"),
    # a module, a shape or a network before the formula that the target is not
    ("conv5x5: 73,728", SIZED),
    ("conv5-128: 73,728", SIZED),
    ("卷积（5×5）: 73,728", SIZED),
    ("conv(64, 256, 3): 73,728", SIZED),
    ("weight (256, 64, 3, 3): 73,728", SIZED),
    ("weight (128, 64, 3): 73,728", SIZED),
    ("weight (8, 1024): 8192", "params(linear(M=64, N=128))"),
    ("Conv2d(128, 64, 3): 73,728", SIZED),
    ("Conv2d(32, 256, 3): 73,728", SIZED),
    ("Conv2d(64, 128, 3, groups=3): 73,728", SIZED),
    ("Embedding(768, 50257): 38597376", "params(embedding(V=50257, d=768))"),
    ("nn.Conv2d(64, 128, 3): 73,728", SIZED),
    ("SE-ResNet-50: 25.6M", "params(resnet50)"),
    ("ResNet-50-FPN: 25.6M", "params(resnet50)"),
    ("iResNet-50: 25.6M", "params(resnet50)"),
    ("Wide ResNet-50: 25.6M", "params(resnet50)"),
    ("ViT-B/16: 25.6M", "params(resnet50)"),
    ("自注意力：12d²+13d", BLOCK),
    ("encoder: 12d²+13d", BLOCK),
    ("4d² (QKV only)", "params(multi_head_attention)"),
    ("k²MNHW, where H and W are the height and width of the input feature map", "macs(conv)"),
    ("k²MNHW（H：输入高）", "macs(conv)"),
    ("偏置数：k²MN", CONV),
    ("k²MN 个激活", CONV),
    ("ResNet-50 backbone: 25.6M", "params(resnet50)"),
    ("7 GB × 2 = 14 GFLOPs", None),
    ("2*M*N, where N is the padding", "flops(linear, convention=mac2)"),
    ("13.5 GB (groups=1)", "bytes(params(llama2_7b))"),
]
#: (text, target, what is told of the reading)
TOLD = [
    (r"k^2 \cdot M N % 2", CONV, "without '% 2'"),
    ("4096 × 4096 × 4 B = 65 MB", None, "4096·4096·4·1 = 65000000"),
    ("2 * 32 = 64 bytes/token", None, "without 'bytes/token'"),
    ("231 MFLOPs", MACS, "1 FLOP per MAC"),
    ("231 MMACs", MACS, None),
    ("k*k*M*N for k = 3", CONV, "for as where"),
    ("浮点运算量：231M", MACS, "1 FLOP per MAC"),
    ("params = M N", "macs(linear)", "params named, held against macs"),
    ("MACs = k^2 M N H W", "flops(conv, convention=mac)", "MACs as the FLOPs of the target"),
    ("compression ratio: 1/N + 1/k^2", RATIO, "as depthwise_separable_conv over conv"),
    ("压缩比: 1/(1/N + 1/k^2)", "macs(conv)/macs(separable)", "as conv over depthwise_sep"),
    ("k*k*M*N（权重）", CONV, "without '（权重）'"),
    ("k*k*M*N where k is the kernel size", CONV, "without 'k is the kernel size'"),
    ("Ci×Co×Kh×Kw", CONV, "C·i·C·o·K·h·K·w"),
    ("7e9 * 2 / 1e9 = 14GB", None, "divided by 1,000,000,000 already"),
    ("1605632 B", "1605632", "B as bytes"),
    ("int(k/2) = floor(k/2)", None, "int( ) as ⌊ ⌋"),
    ("0x10 = 16", None, "0x10 as 16"),
    (r"$\underbrace{k^2 M}_{\text{filter}} N$", CONV, "without 'filter'"),
    ("9*64 → 576", None, "→ as ="),
    ("round(0.75 * 30) = 23", None, "a half up"),
    ("100 MFLOPs + 200 MFLOPs = 300 MFLOPs", None, "100·1000000 + 200·1000000"),
    ("e M = M e", None, "e as a size"),
    ("roughly k^2 M N", CONV, "'roughly' as ≈"),
    ("estimated number of params: k^2 M N", CONV, "'estimated' as ≈"),
    ("k^2 M N (approximately)", CONV, "'approximately' as ≈"),
    ("参数量约为 k^2 M N", CONV, "'约' as ≈"),
    ("leading term: k^2 M N", CONV, "'leading term' as ≈"),
    ("k^2 M N, bias=False", CONV, "without 'bias=False'"),
    ("n^{(1)} n^{(2)}", "n^{(2)} n^{(1)}", "n^(1) as n with an index"),
    ("k^2 M N = 73,728", SIZED, "k = 3, M = 64, N = 128 as in the layer"),
    ("d_k = d_model/h = 512/8 = 64", None, "d_k as the name of the result; d_model as 512; h as 8"),
    ("P = k^2 M N = 9·64·128 = 73728", None, "P as the name of the result; k as 3; M as 64"),
    ("P = k·k·M·N = k²MN = 3·3·64·128 ≈ 73.7K", None, "k as 3; M as 64; N as 128"),
    ("N = 12 L d^2 = 12·96·12288^2", None, "N as the name of the result; L as 96; d as 12288"),
    ("12 L d^2 = 12 × 96 × 12288^2 = 173,946,175,488 ≈ 174B", None, "L as 96; d as 12288"),
    ("O = (W - F + 2P)/S + 1 = (227 - 11 + 0)/4 + 1 = 55", None, "F as 11; P as 0; S as 4"),
    ("a = 2b = 2·0.25 = 0.5", None, "b as 1/4"),
    ("C = 6ND = 6 × 175×10^9 × 300×10^9 ≈ 3.15×10^{23}", None, "N as 175000000000"),
    ("d_v = d_k = d_model/h = 512/8 = 64", None, "d_v as the name of the result; d_k as the name"),
    ("P = MN = 64·128 = 8192 where M <= N", None, "M as 64; N as 128"),
    ("P = (M+1) N = 65·128 = 8320", None, "M as 64; N as 128"),
    ("P = M(M-1)/2 = 64·63/2 = 2016", None, "M as 64"),
    ("P = 2 M N = 16384 where M = 64, N = 128", None, "P as the name of the result"),
    ("7e9*2/2**30 = 13.04 GiB", None, "what is divided by 1,073,741,824 already"),
    ("P = MN/g = 64·128/4 = 2048 where g | M", None, "g as 4"),
    ("O = floor((W-F+2P)/S) + 1 = (227-11+0)/4 + 1 = 55", None, "F as 11; P as 0; S as 4"),
    ("P = k^2 M N = 9·64·128 = 73728", CONV, "k as 3; M as 64; N as 128"),
]


@pytest.mark.parametrize(("text", "target", "where"), RIGHT)
def test_what_is_plain_to_a_reader_is_proven(
    text: str, target: str | None, where: str | None
) -> None:
    assert verify(text, target=target, where=where).verdict == "proven"


@pytest.mark.parametrize(("text", "target", "where"), WRONG)
def test_the_nearest_that_is_wrong_is_refuted(
    text: str, target: str | None, where: str | None
) -> None:
    assert verify(text, target=target, where=where).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("2 N (momentum=False)", "params(batch_norm)"),
        ("124439808 (bias=False)", "params(gpt2_small)"),
        ("k^2 M N (stride=False)", CONV),
    ],
)
def test_a_switch_that_no_layer_of_the_target_has_is_refused(text: str, target: str) -> None:
    with pytest.raises(ClosedformError, match="has no such switch"):
        verify(text, target=target)


#: (text, what is stated otherwise than in the target, the target, the target as it is stated).
MAC2 = "flops(linear, convention=mac2)"
LAYER = "params(transformer_layer)"
ATTENTION = "params(multi_head_attention)"
NET = "resnet50"
RESNET = f"params({NET})"
ONLY = "params(only(%s, transformer_layer))"
WITHOUT = "params(without(%s, transformer_layer))"
GPT2 = "params(gpt2_small)"
WITHOUT_EMBEDDING = "params(without(embedding, gpt2_small))"
STATED = [
    ("k^2 M N (with bias)", "with bias", CONV, BIAS),
    ("conv without bias: k^2 M N + N", "without bias", BIAS, CONV),
    ("k^2 M N + N (excluding bias)", "excluding bias", BIAS, CONV),
    ("k^2 M N + N (bias not included)", "bias not included", BIAS, CONV),
    ("k^2 M N + N, without padding and bias", "without padding and bias", BIAS, CONV),
    ("k^2 M N (weights and bias)", "and bias", CONV, BIAS),
    ("k^2 M N params (w/ bias)", "w/ bias", CONV, BIAS),
    ("k^2 M N, incl. bias", "incl. bias", CONV, BIAS),
    ("k^2 M N（含偏置）", "含偏置", CONV, BIAS),
    ("k^2 M N + N（不含偏置）", "不含偏置", BIAS, CONV),
    ("k^2 M N（バイアスあり）", "バイアスあり", CONV, BIAS),
    ("k^2 M N (편향 포함)", "편향 포함", CONV, BIAS),
    ("k^2 M N, avec biais", "avec biais", CONV, BIAS),
    ("k^2 M N (bias too)", "bias too", CONV, BIAS),
    ("k^2 M N (also bias)", "also bias", CONV, BIAS),
    ("k^2 M N (bias: yes)", "bias: yes", CONV, BIAS),
    ("k^2 M N (biased)", "biased", CONV, BIAS),
    ("params (bias) = k^2 M N", "bias", CONV, BIAS),
    ("k^2 M N（偏置）", "偏置", CONV, BIAS),
    ("bias params: k^2 M N", "bias", CONV, BIAS),
    ("conv-bn: k^2 M N", "-bn", CONV, "params(conv(bn))"),
    ("3x3 conv: k^2 M N", "3x3 conv", CONV, "params(conv(k=3))"),
    ("gated: 2 d f", "gated", "params(feed_forward(f=f))", "params(gated_feed_forward(f=f))"),
    ("2 d E f + d E (active)", "active", "params(moe)", "active_params(moe)"),
    ("active: 2 d E f + d E", "active", "params(moe)", "active_params(moe)"),
    ("params (active) = 2 d E f + d E", "active", "params(moe)", "active_params(moe)"),
    ("2 d f a + d E (total)", "total", "active_params(moe)", "params(moe)"),
    ("k^2 M N + N (bias: no)", "bias: no", BIAS, CONV),
    ("k^2 M N + N, ohne Bias", "ohne Bias", BIAS, CONV),
    ("k^2 M N + N, без смещения", "без смещения", BIAS, CONV),
    (r"k^2 M N \quad \text{with batch norm}", "with batch norm", CONV, "params(conv(bn))"),
    ("k^2 M N + N (bias=False)", "bias=False", BIAS, CONV),
    ("2 N (affine=False)", "affine=False", "params(batch_norm)", "params(batch_norm(no_affine))"),
    ("MACs: k^2 M N", "MACs", CONV, "macs(conv)"),
    ("FLOPs = k^2 M N", "FLOPs", CONV, "flops(conv)"),
    ("k^2 M N H W parameters", "parameters", "macs(conv)", CONV),
    ("2 k^2 M N H W MACs", "MACs", "flops(conv, convention=mac2)", "macs(conv)"),
    ("k^2 M N multiply-adds", "multiply-adds", CONV, "macs(conv)"),
    ("3×3 conv: 25 M N", "3×3 conv", "params(conv(k=5))", "params(conv(k=3))"),
    ("depthwise: k^2 M N", "depthwise", CONV, "params(depthwise_conv)"),
    ("P_{dw} = k^2 M N", "dw", CONV, "params(depthwise_conv)"),
    ("有偏置时：k^2 M N", "有偏置", CONV, BIAS),
    ("без учёта смещений: k^2 M N + N", "без учёта смещений", BIAS, CONV),
    ("point-wise convolution: k^2 M N", "point-wise convolution", CONV, "params(pointwise_conv)"),
    ("普通卷积：k^2 M", "普通卷积", "params(depthwise_conv)", CONV),
    ("标准卷积：k^2 M", "标准卷积", "params(depthwise_conv)", CONV),
    ("standard convolution: k^2 M", "convolution", "params(depthwise_conv)", CONV),
    ("深度卷积：k^2 M N", "深度卷积", CONV, "params(depthwise_conv)"),
    ("计算量：k^2 M N", "计算量", CONV, "flops(conv)"),
    ("training FLOPs: 2 M N", "training FLOPs", MAC2, "training_flops(linear)"),
    ("GRU: 4(M N + N^2 + N)", "GRU", "params(lstm(bias))", "params(gru(bias))"),
    ("ResNet-101: 25.6M", "ResNet-101", "params(resnet50)", "params(resnet101)"),
    ("MLP: 4 d^2", "MLP", "params(multi_head_attention)", "params(feed_forward)"),
    ("4 h n^2 d_h (causal)", "causal", "macs(attention)", "macs(attention(causal))"),
    ("k^2 M N H W additions", "additions", "macs(conv)", "operations(conv, kind=add)"),
    ("adds = M N", "adds", "macs(linear)", "operations(linear, kind=add)"),
    ("2 M N multiplications", "multiplications", MAC2, "operations(linear, kind=mul)"),
    ("k^2 M N multiplies", "multiplies", CONV, "operations(conv, kind=mul)"),
    ("加法次数：k^2 M N H W", "加法", "macs(conv)", "operations(conv, kind=add)"),
    ("k^2 M N ops", "ops", CONV, "flops(conv)"),
    ("k^2 M N neurons", "neurons", CONV, "activations(conv)"),
    ("N H W weights", "weights", "activations(conv)", "params(conv)"),
    ("kv_cache: k^2 M N", "kv_cache", CONV, "kv_cache(conv)"),
    ("activations = 3 N", "activations", "params(conv(k=1, M=3))", "activations(conv(k=1, M=3))"),
    ("Buffers: k^2 M N", "Buffers", CONV, "buffers(conv)"),
    ("k^2 M N (neurons)", "neurons", CONV, "activations(conv)"),
    ("激活为 M N", "激活", "params(linear)", "activations(linear)"),
    ("激活值: M N", "激活值", "params(linear)", "activations(linear)"),
    ("the activation has M N", "activation", "params(linear)", "activations(linear)"),
    ("number of weights: N H W", "weights", "activations(conv)", "params(conv)"),
    ("ops: k^2 M N", "ops", CONV, "flops(conv)"),
    ("k^2 M N (operations)", "operations", CONV, "flops(conv)"),
    (r"k^2 M N\,\text{adds}", "adds", CONV, "operations(conv, kind=add)"),
    (r"k^2 M N\,\text{neurons}", "neurons", CONV, "activations(conv)"),
    ("active params: 2 d E f + d E", "active params", "params(moe)", "active_params(moe)"),
    ("forward FLOPs: 6 M N", "forward", "training_flops(linear)", "flops(linear)"),
    ("6 M N (forward pass)", "forward", "training_flops(linear)", "flops(linear)"),
    ("training FLOPs: 4 M N", "training FLOPs", "backward_flops(linear)",
     "training_flops(linear)"),
    ("k^2 M N (backward)", "backward", CONV, "backward_flops(conv)"),
    ("M N + r(M + N) trainable params", "trainable", "params(lora)", "params(low_rank_linear)"),
    # another layer or network before the formula, or behind it
    ("GQA: 4 d^2", "GQA", "params(mha)", "params(mha(h_kv))"),
    ("4 d^2 (multi-query)", "multi-query", "params(mha)", "params(mha(h_kv=1))"),
    ("BiLSTM: 4(M N + N^2)", "BiLSTM", "params(lstm)", "params(2 * lstm)"),
    ("4(M N + N^2) (GRU)", "GRU", "params(lstm)", "params(gru)"),
    ("4 d^2 (MLP)", "MLP", "params(mha)", "params(feed_forward)"),
    ("Linear layer: k^2 M N", "Linear", CONV, "params(linear)"),
    ("k^2 M N (linear layer)", "linear", CONV, "params(linear)"),
    ("M N (conv)", "conv", "params(linear)", CONV),
    ("M N (embedding)", "embedding", "params(linear)", "params(embedding)"),
    ("k^2 M N (Conv3d)", "Conv3d", CONV, "params(conv3d)"),
    ("M N (depthwise)", "depthwise", "params(linear)", "params(depthwise_conv)"),
    ("the conv layer has M N", "conv", "params(linear)", CONV),
    ("BERT: 124M", "BERT", "params(gpt2_small)", "params(bert)"),
    ("LLaMA params: 25.6M", "LLaMA", "params(resnet50)", "params(llama)"),
    ("VGG: 25.6M", "VGG", "params(resnet50)", "params(vgg11)"),
    ("OPT 30B: 6.74B", "OPT 30B", "params(llama2_7b)", "params(opt_30b)"),
    ("25.6M (ResNet-101)", "ResNet-101", "params(resnet50)", "params(resnet101)"),
    ("ResNet-101 (25.6M)", "ResNet-101", "params(resnet50)", "params(resnet101)"),
    ("25.6M parameters (VGG-16)", "VGG-16", "params(resnet50)", "params(vgg16)"),
    ("25.6M (Llama 3 70B)", "Llama 3 70B", "params(resnet50)", "params(llama3_70b)"),
    ("25.6M (Mistral)", "Mistral", "params(resnet50)", "params(mistral)"),
    # how much of its layers
    ("12 d^2 + 4 d (no norms)", "no norms", LAYER, WITHOUT % "norm"),
    ("12 d^2 + 4 d, without LN", "without LN", LAYER, WITHOUT % "ln"),
    ("12 d^2 + 4 d (FFN only)", "FFN only", LAYER, ONLY % "ffn"),
    ("nur Attention: 12 d^2 + 4 d", "nur Attention", LAYER, ONLY % "attention"),
    ("12 d^2 + 4 d（不含层归一化）", "不含层归一化", LAYER, WITHOUT % "层归一化"),
    ("k^2 M N + N (weights only)", "weights only", BIAS, "params(without(bias, conv(bias)))"),
    ("without embeddings: 124.4M", "without embeddings", GPT2, WITHOUT_EMBEDDING),
    ("25,557,032 (sans BN)", "sans BN", RESNET, f"params(without(bn, {NET}))"),
    ("25,557,032 (conv1)", "conv1", RESNET, f"params(only(conv1, {NET}))"),
    ("fc: 25,557,032", "fc", RESNET, f"params(only(fc, {NET}))"),
    ("25,557,032 (no classifier)", "no classifier", RESNET, f"params(without(classifier, {NET}))"),
    ("4 d^2 (without attention)", "without attention", ONLY % "attention", WITHOUT % "attention"),
    ("4 d^2 (FFN)", "FFN", ONLY % "attention", ONLY % "ffn"),
    ("4 d^2 (whole layer)", "whole layer", ONLY % "attention", LAYER),
    ("8 d^2 + 4 d (with attention)", "with attention", WITHOUT % "attention", LAYER),
    ("23,508,032 (with the head)", "with the head", f"params(without(fc, {NET}))", RESNET),
    ("124,439,808 (no bias)", "no bias", GPT2, "params(without(bias, gpt2_small))"),
    # another layer or network, wherever it is named
    ("25,557,032 (for ResNet-101)", "ResNet-101", RESNET, "params(resnet101)"),
    ("25,557,032 (our ResNet-18)", "ResNet-18", RESNET, "params(resnet18)"),
    ("LSTM cell: k^2 M N", "LSTM", CONV, "params(lstm)"),
    ("4 N (M + N) (vanilla GRU)", "GRU", "params(lstm)", "params(gru)"),
    ("k^2 M N (LSTMs)", "LSTMs", CONV, "params(lstm)"),
    ("k^2 M N (as in multi-head attention)", "multi-head attention", CONV, ATTENTION),
    ("12 d^2 + 4 d (注意力块)", "注意力块", LAYER, ONLY % "注意力"),
    ("Llama 3: 25.6M", "Llama", "params(resnet50)", "params(llama)"),
    ("ResNeXt-50: 25.6M", "ResNeXt", "params(resnet50)", "params(resnext50_32x4d)"),
    # other sizes
    ("9 M N (5x5 kernel)", "5x5 kernel", "params(conv(k=3))", "params(conv(k=5))"),
    ("kernel size 5: 9 M N", "kernel size 5", "params(conv(k=3))", "params(conv(k=5))"),
    ("P_{k=5} = 9 M N", "_{k=5}", "params(conv(k=3))", "params(conv(k=5))"),
    ("MACs at 112x112: 231M", "112x112", MACS, MACS.replace("56", "112")),
    ("4.1 GMACs, 112x112 input", "112x112", "macs(resnet50)", "macs(resnet50(R=112))"),
    ("ResNet-50 @ 112: 4.1G", "@ 112", "macs(resnet50)", "macs(resnet50(R=112))"),
    ("params(conv) = k^2 M N MACs", "MACs", None, "macs(conv)"),
    ("macs(conv) = k^2 M N H W additions", "additions", None, "operations(conv, kind=add)"),
    ("36 GFLOPs >= params(conv)", "GFLOPs", None, "flops(conv)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "target", "stated"), STATED)
def test_words_that_state_another_target_are_refused(
    text: str, said: str, target: str | None, stated: str
) -> None:
    with pytest.raises(ParseError) as caught:
        verify(text, target=target)
    assert caught.value.text[caught.value.start : caught.value.end] == said
    assert caught.value.hint.endswith(stated)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("k^2 M N H W (with bias)", "macs(conv)"),
        ("12 d^2 + 4 d (incl. layer norms)", LAYER),
        ("12 d^2 + 4 d (without softmax)", LAYER),
        ("12 d^2 + 4 d (GELU not included)", LAYER),
        ("the whole layer: 12 d^2 + 4 d", LAYER),
        ("k^2 M N (only the weights)", CONV),
        ("k^2 M N (kernels only)", CONV),
        ("25.6M (the whole network)", "params(resnet50)"),
        ("2N (the entire batch norm)", "params(batch_norm)"),
        ("k^2 M N (full credit to the paper)", CONV),
        ("25.6M (incl. fc)", "params(resnet50)"),
        ("25,557,032 (with BN)", "params(resnet50)"),
        ("25,557,032 (shortcuts)", "params(resnet50)"),
        ("k^2 M N (linear in channels)", CONV),
        ("k^2 M N (in a ResNet-50)", CONV),
        ("k^2 M N (unlike an LSTM)", CONV),
        ("12 d^2 + 4 d (pre-LN)", LAYER),
        ("4 d^2 (attention only)", "params(only(attention, transformer_layer))"),
        ("4 d^2 (attention)", "params(only(attention, transformer_layer))"),
        ("8 d^2 + 4 d (without attention)", "params(without(attention, transformer_layer))"),
        ("23,508,032 (without the classifier)", "params(without(fc, resnet50))"),
        ("3·d·f (gate, up and down projections)", "params(gated_feed_forward)"),
        ("k²MN，与输入大小无关", CONV),
        ("k^2 M N (nur Gewichte)", CONV),
        ("k^2 M N (replaces the fully connected layer)", CONV),
        ("k^2 M N (dense kernel)", CONV),
        ("4 d^2 (no masking)", "params(multi_head_attention)"),
        ("4 d^2 (incl. output projection)", "params(multi_head_attention)"),
        ("4 d^2(Q,K,V,O)", "params(multi_head_attention)"),
        ("ResNet-50 (v1.5): 25.6M", "params(resnet50)"),
        ("85.1M (excluding embeddings)", "params(without(embedding, gpt2_small))"),
        ("124.4M (tied embeddings)", "params(gpt2_small)"),
        ("A standard LSTM: 4 N (M + N)", "params(lstm)"),
        ("124,439,808 (12 heads)", "params(gpt2_small)"),
        ("85.1M (without embeddings)", "params(without(embedding, gpt2_small))"),
        ("2 N, ohne running stats", "params(batch_norm)"),
        ("k^2 M N (excluding bias)", CONV),
        ("k^2 M N (bias excluded)", CONV),
        ("k^2 M N (with or without bias)", "macs(conv(H=1, W=1, bias))"),
        ("k^2 M N + N (bias included)", BIAS),
        ("The weights and the bias are k^2 M N + N", BIAS),
        ("the bias is included, so k^2 M N + N", BIAS),
        ("without the bias, it is k^2 M N", CONV),
        ("no bias: k^2 M N", CONV),
        ("不含偏置为 k^2 M N", CONV),
        ("the batch norm has 2 N", "params(batch_norm)"),
        ("k^2 M N + N (bias too)", BIAS),
        ("k^2 M N + N (biased)", BIAS),
        ("k^2 M N (bias: no)", CONV),
        ("M N (linear)", "params(linear)"),
        ("M N (1x1 conv)", "params(linear)"),
        ("M N (linear)", "params(conv(k=1))"),
        ("k^2 M (depthwise)", "params(depthwise_conv)"),
        ("the conv layer has k^2 M N", CONV),
        ("the linear layer has M N params", "params(linear)"),
        ("2 N (bias=True)", "params(layer_norm)"),
        ("k^2 M N + 3 N (with bias and batch norm)", "params(conv(bias, bn))"),
        ("pointwise: M N", "params(conv(k=1))"),
        ("depthwise: k^2 M", "params(grouped_conv(g=M, N=M))"),
        ("k^2 M N (instead of depthwise)", CONV),
        ("Depthwise separable conv, depthwise part: k^2 M", "params(depthwise_conv)"),
        ("k^2 M (dw)", "params(depthwise_conv)"),
        ("k^2 M N（标准卷积，不含偏置）", CONV),
        ("**excl. bias**: $k^2 M N$", CONV),
        ("k²MNHW multiply-adds", "macs(conv)"),
        ("k^2 M N H W multiply-accumulate operations", "macs(conv)"),
        ("1x1 convolution: M N", "params(pointwise_conv)"),
        ("3x3 conv = 9 M N", "params(conv(k=3))"),
        ("1×1卷积：M N", "params(conv(k=1))"),
        (r"$3 \times 3$ conv: $9MN$", "params(conv(k=3))"),
        (r"k^2 M N \quad \text{w/o bias}", CONV),
        # Other names beside its own, a part of what is named, a layer without such sizes.
        ("LSTM (vs GRU): 4(M N + N^2 + N)", "params(lstm(bias))"),
        ("Transformer layer (attention part): 4 d^2", "params(multi_head_attention)"),
        ("Stem of ResNet-50: 9408", "params(conv(k=7, M=3, N=64))"),
        ("Softmax layer: 5130", "params(linear(M=512, N=10, bias))"),
        ("GPT-2: 124M", "params(gpt2_small)"),
        ("计算量：k^2 M N H W", "macs(conv)"),
        ("计算量：2 k^2 M N H W", "flops(conv, convention=mac2)"),
        ("k^2 M N H W multiplications", "macs(conv)"),
        ("(2k^2 M - 1) N H W multiplications and additions", "flops(conv)"),
        ("matrix multiplications: 2 M N", MAC2),
        ("2 M N operations", MAC2),
        ("weights: M N", "macs(linear)"),
        ("GPT-3 175B params: 174.6B", "params(gpt3_175b)"),
        ("OPT 30B params = 30.0B", "params(opt_30b)"),
        ("30.0B (OPT 30B)", "params(opt_30b)"),
        ("T5-11B: 11.3B", "params(t5_11b)"),
        ("Llama-2-7B: 6.74B", "params(llama2_7b)"),
        ("6.74B (Llama 2 7B)", "params(llama2_7b)"),
        ("25.6M (unlike Mistral)", "params(resnet50)"),
        ("total: 2 d E f + d E", "params(moe)"),
        ("active params: 2 d f a + d E", "active_params(moe)"),
        ("the head has M N", "params(linear)"),
        ("params (bias) = k^2 M N + N", BIAS),
        ("bias: M N + N", "params(linear(bias))"),
        ("DSC / conv = 1/N + 1/k^2", RATIO),
        ("reduction = 1/N + 1/k^2", RATIO),
        ("比值 = 1/N + 1/k^2", RATIO),
        ("压缩比: 1/N + 1/k^2", RATIO),
        # a number behind a name or before it, names that are letters of sizes, and lists of them
        ("ResNet-50 (25.6M)", "params(resnet50)"),
        ("ResNet50 (25.6M params)", "params(resnet50)"),
        ("ResNet-50 has 25.6M parameters", "params(resnet50)"),
        ("VGG-16 has about 138M params", "params(vgg16)"),
        ("BN params = 2N", "params(batch_norm)"),
        ("138M parameters (VGG-16)", "params(vgg16)"),
        ("73,728 parameters (≈ 74K)", SIZED),
        ("73,728 params (~74K)", SIZED),
        ("BN: 2N", "params(batch_norm)"),
        ("BN = 2N", "params(batch_norm)"),
        ("LN: 2N", "params(layer_norm)"),
        ("W_Q, W_K, W_V, W_O: 4d²", "params(mha)"),
        ("$W^Q$, $W^K$, $W^V$, $W^O$: $4d^2$", "params(mha)"),
        ("QKV: 3 d^2", "3 params(linear(M=d, N=d))"),
        ("QKV: 3 d^2", "params(linear(M=d, N=3*d))"),
        ("QKV: 3 d^2", "params(linear(M=d, N = 3d))"),
        ("QKV: 3 d^2", "params(3*linear(M=d, N=d))"),
        ("W_Q: d^2", "params(linear(M=d, N=d))"),
        ("γ, β: 2N", "params(batch_norm)"),
        ("|W| + |b| = k^2 M N + N", BIAS),
        ("k^2 M N/g (g groups)", "params(grouped_conv)"),
        ("MAdds = k^2 M N H W", "macs(conv)"),
        ("MAdds: 231M", MACS),
        ("k^2 M N =: P", CONV),
        ("weights (k^2 M N)", CONV),
        ("GPT-2 XL: 1.56B", "params(gpt2_xl)"),
        ("ViT-B/16: 86.6M", "params(vit_b_16)"),
        ("Inception v3 params = 23.8M", "params(inception_v3)"),
        ("k²MNHW (conv)", "macs(conv)"),
        ("批归一化：2N", "params(batch_norm)"),
        ("k^2 M N H W (MACs)", "macs(conv)"),
        ("36,864 weights", "params(conv(k=3, M=64, N=64))"),
        ("activations: N H W", "activations(conv)"),
        ("激活值为 N H W", "activations(conv)"),
        ("k^2 M N H W 次", "macs(conv)"),
        ("8 times", "params(linear(M=8*M))/params(linear)"),
        ("backward FLOPs: 4 M N", "backward_flops(linear)"),
        ("k^2 M N trainable params", CONV),
        ("forward pass: 2 M N", MAC2),
        ("MHA: 4 d^2", "params(mha)"),
        ("MHA (unlike GQA): 4 d^2", "params(mha)"),
        ("GQA: 2 d^2 + 2 d^2 h_kv/h", "params(mha(h_kv))"),
        ("BiLSTM: 8(M N + N^2)", "params(2 lstm)"),
        ("embedding: V d", "params(linear(M=V, N=d))"),
        ("ResNet: 25.6M", "params(resnet50)"),
        ("LLaMA: 6.7B", "params(llama_7b)"),
        ("ResNet-50: 9408", "params(conv(k=7, M=3, N=64))"),
        ("9 M N (3x3 kernel)", "params(conv(k=3))"),
        ("k^2 M N (3x3 kernel)", CONV),
        ("MACs (56×56): 231M", MACS),
        ("231M (112x112 input)", MACS),
        ("4.1 GMACs, 224x224 input", "macs(resnet50)"),
    ],
)
def test_words_that_state_the_target_leave_it_proven(text: str, target: str) -> None:
    assert verify(text, target=target).verdict == "proven"


@pytest.mark.parametrize(
    "text",
    ["2000 (environment)", "2000 (leading zeros)", "2000 (no approximation)", "2000 (合约 层)",
     "1800 (see the section about kernels)", "All about conv1: 2000", "2000 (padding around)",
     "2000 # approximate sum", "Rund conv: 2000", "2000 (左右対称)",
     "no estimate: 2000", "参数量不约为 2000", "1792 (approx.) = 1800"],
)  # fmt: skip
def test_a_word_that_speaks_of_something_else_makes_nothing_rough(text: str) -> None:
    assert verify(text, target="params(conv(k=3, M=3, N=64, bias))").verdict == "refuted"


@pytest.mark.parametrize("around", ["roughly {}", "{} (approx.)", "leading term: {}", "约为 {}"])
def test_what_is_said_to_be_rough_is_not_refuted(around: str) -> None:
    assert verify(around.format("k^2 M N"), target=BIAS).verdict == "undecided"
    assert verify(around.format("231M"), target=MACS).verdict == "proven"
    assert verify(around.format("232M"), target=MACS).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "target", "problem"),
    [
        ("4 k^2 M N bits", "bytes(params(conv), bits=32)", "bits stand beside bytes"),
        ("147 Kb", "bytes(params(conv(k=3, M=64, N=64)), bits=32)", "Kb are bits, or bytes"),
        (
            r"\SI{147456}{\bit}",
            "bytes(params(conv(k=3, M=64, N=64)), bits=32)",
            "bits stand beside bytes",
        ),
        ("13.5 GB (int8)", "bytes(params(llama_7b))", "int8 elements"),
        ("4 k^2 M N bytes (half precision)", "bytes(params(conv), bits=32)", "half precision"),
    ],
)
def test_bits_and_widths_are_held_to_the_target(text: str, target: str, problem: str) -> None:
    with pytest.raises(ParseError, match=problem):
        verify(text, target=target)


@pytest.mark.parametrize(
    ("text", "target", "said"),
    [
        ("102 million parameters", "bytes(params(linear(M=102, N=1000000)), bits=8)", "parameters"),
        ("102M weights", "bytes(params(linear(M=102, N=1000000)), bits=8)", "weights"),
        ("36864 floats", BYTES, "floats"),
        ("147456 float32", BYTES_32, "float32"),
        ("params = 4 k^2 M N", "bytes(params(conv), bits=32)", "params"),
        ("4 k^2 M N parameters", "bytes(params(conv), bits=32)", "parameters"),
        ("2 k^2 M N parameters", "weight_memory(conv)", "parameters"),
        ("36864 MACs", BYTES, "MACs"),
        ("36864 tokens", "params(conv(k=3, M=64, N=64))", "tokens"),
        ("36864 layers", "params(conv(k=3, M=64, N=64))", "layers"),
        ("# heads = 4 d^2", "params(mha)", "heads"),
        ("k^2 M N H W elements", "macs(conv)", "elements"),
        ("8192 biases", LINEAR, "biases"),
        ("8192 score", LINEAR, "score"),
        ("8192 dollars", LINEAR, "dollars"),
        ("8192余", LINEAR, "余"),
        ("8192여", LINEAR, "여"),
        ("8192 pixels", LINEAR, "pixels"),
        ("8192 times", LINEAR, "times"),
        ("8192次", LINEAR, "次"),
        ("k^2 M N (ms)", CONV, "ms"),
        ("k^2 M N [px]", CONV, "px"),
        ("k^2 M N (seconds)", CONV, "seconds"),
        ("k^2 M N, layers", CONV, "layers"),
        (r"k^2 M N \text{ (tokens)}", CONV, "tokens"),
        ("1/8 faster", "params(linear)/params(linear(M=8*M))", "faster"),
        ("0.125 gain", "params(linear)/params(linear(M=8*M))", "gain"),
        (f"{BYTES} = 36864 parameters", None, "parameters"),
    ],
)
def test_what_is_counted_is_of_the_kind_of_the_target(
    text: str, target: str | None, said: str
) -> None:
    with pytest.raises(ParseError, match=f"{said} are no ") as caught:
        verify(text, target=target)
    assert caught.value.text[caught.value.start : caught.value.end] == said


def test_the_width_of_the_target_may_be_said() -> None:
    said = {
        "13.5 GB (fp16)": "bytes(params(llama_7b))",
        "4 k^2 M N bytes (fp32)": "bytes(params(conv), bits=32)",
        "36864 parameters × 4 bytes": BYTES_32,
        "parameter memory: 4 k^2 M N": "bytes(params(conv), bits=32)",
    }
    assert all(verify(text, target=target).verdict == "proven" for text, target in said.items())


@pytest.mark.parametrize(
    "text",
    ["8192 parametrów", "8192 connections", "8192 learned weights", "8192 free parameters",
     "8192 matrix entries", "8192个可训练参数", "8192 個のパラメータ",
     "8192 weights in total",
     "8192个权重", "8192 Parameter", "8192 pesos"],
)  # fmt: skip
def test_words_for_what_is_counted_stay_beside_a_number(text: str) -> None:
    assert verify(text, target=LINEAR).verdict == "proven"


@pytest.mark.parametrize("unit", ["字节", " バイト", " 바이트", " байт", " octets", "个字节"])
def test_bytes_in_other_words_are_no_number_of_weights(unit: str) -> None:
    assert verify(f"8192{unit}", target=f"bytes({LINEAR}, bits=8)").verdict == "proven"
    with pytest.raises(ParseError, match="a unit of memory"):
        verify(f"8192{unit}", target=LINEAR)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("k²MN + N bytes", "params(conv) + params(layer_norm(M=N))"),
        ("N bytes", "params(conv(bias)) - params(conv)"),
        ("k² bytes", "params(conv)/params(linear)"),
        ("MN bytes", "max(params(linear), 1)"),
        ("3k²MN bytes", "sum(i=1..3, params(conv))"),
        ("73728 Bit", "params(conv(k=3, M=64, N=128))"),
        ("73728 (M)", "params(conv(k=3, M=64, N=128))"),
        ("memory: k²MN", "params(conv)"),
        ("2MN bytes (fp32)", "weight_memory(linear)"),
        ("4dn bytes (fp32)", "kv_cache_memory(multi_head_attention)"),
        ("latency = k²MN", "params(conv)"),
        ("6nMN params", "training_flops(linear(n))"),
        ("6nMN MACs", "training_flops(linear(n))"),
        ("6nMN bytes", "training_flops(linear(n))"),
        ("params: 6nMN", "training_flops(linear(n))"),
        ("4nMN params", "backward_flops(linear(n))"),
        ("4nMN MACs", "backward_flops(linear(n))"),
        ("4nMN (forward + backward)", "backward_flops(linear(n))"),
        ("training: 4nMN", "backward_flops(linear(n))"),
        ("params: MN+M+N", "memory_access(linear)"),
        ("MN + M + N bytes", "memory_access(linear)"),
        ("MN + M + N MACs", "memory_access(linear)"),
        ("MN + M + N FLOPs", "memory_access(linear)"),
        ("weights: 12MN bytes", "optimizer_memory(linear)"),
        ("12MN bytes of gradients", "optimizer_memory(linear)"),
        ("2MN bytes of optimizer states", "gradient_memory(linear)"),
        ("2MN bytes of activations", "gradient_memory(linear)"),
        ("KV cache: 2M bytes", "activation_memory(linear)"),
        ("weights: 2M bytes", "activation_memory(linear)"),
        ("total params = 2adf+dE", "active_params(moe)"),
        ("2adf + dE parameters in total", "active_params(moe)"),
        ("all params: 2adf + dE", "active_params(moe)"),
        ("gradients: 13.5 GB", "bytes(params(llama2_7b))"),
        ("13.5 GB of activations", "bytes(params(llama2_7b))"),
        ("13.5 GB of KV cache", "bytes(params(llama2_7b))"),
        ("13.5 GB (optimizer)", "bytes(params(llama2_7b))"),
        ("Adam states: 13.5 GB", "bytes(params(llama2_7b))"),
        ("12.9B total parameters", "active_params(mixtral_8x7b)"),
        ("12.9B parameters in total", "active_params(mixtral_8x7b)"),
        ("2MN bytes of optimizer state", "weight_memory(linear)"),
        ("memory access: k²MN", "params(conv)"),
        ("intensity: k²MN", "params(conv)"),
        ("gradients: k²MN", "params(conv)"),
        ("k²MN (gradients)", "params(conv)"),
        ("k²MN (optimizer)", "params(conv)"),
        ("k²MN (memory)", "params(conv)"),
        ("optimizer states: k²MN", "params(conv)"),
        ("energy: k²MN", "params(conv)"),
        ("weights: nMN", "macs(linear(n))"),
        ("weights: nN", "activations(linear(n))"),
        ("4d² (KV cache)", "params(multi_head_attention)"),
        ("cache: 4d²", "params(multi_head_attention)"),
        ("activation memory: k²MN", "params(conv)"),
        ("k²MN op", "params(conv)"),
        ("k²MN операций", "params(conv)"),
        ("k²MN (with Adam)", "params(conv)"),
        ("k²MN (running stats)", "params(conv)"),
        ("biases: nMN", "macs(linear(n))"),
        ("tokens: nMN", "macs(linear(n))"),
        *(
            (f"{label}: 6.74B", "params(llama2_7b)")
            for label in (
                "tokens",
                "layers",
                "vocab",
                "hidden size",
                "context length",
                "attention",
                "lm_head",
                "router",
                "embedding",
                "steps",
                "Heads",
                "词表大小",
            )
        ),
        ("6.74B (attention only)", "params(llama2_7b)"),
        ("25,557,032 weights and buffers", "params(resnet50)"),
        ("25.6M (conv)", "params(resnet50)"),
        ("73,728 token", SIZED),
        ("HW MACs", "macs(conv)/params(conv)"),
        ("2nd (K only)", "kv_cache(multi_head_attention)"),
        ("keys: 2nd", "kv_cache(multi_head_attention)"),
        ("6.74B (without embeddings)", "params(llama2_7b)"),
        ("6.74B excl. the lm_head", "params(llama2_7b)"),
        ("13.5 GB (weights and KV cache)", "bytes(params(llama2_7b))"),
        ("latency: 13.5 GB", "bytes(params(llama2_7b))"),
        ("FLOPs: 13.5 GB", "bytes(params(llama2_7b))"),
        ("MACs: k²MN params", "params(conv)"),
        ("params: k²MNHW multiply-adds", "macs(conv)"),
        ("k²MN floating-point operations", "params(conv)"),
        ("4.1G параметров", "macs(resnet50)"),
        ("epochs: k²MNHW MACs", "macs(conv)"),
        ("k²MNHW MACs = 2k²MNHW FLOPs", "flops(conv, convention=mac2)"),
        ("Speicher: k²MN", "params(conv)"),
    ],
)
def test_what_is_no_number_of_things_is_none(text: str, target: str) -> None:
    with pytest.raises(ParseError):
        verify(text, target=target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("4k²MN bytes", "4 params(conv)"),
        ("memory: 2k²MN", "bytes(params(conv))"),
        ("2MN bytes (fp16)", "weight_memory(linear)"),
        ("12MN bytes (fp32)", "optimizer_memory(linear)"),
        ("4MN bytes (fp32)", "weight_memory(linear, training=adam)"),
        ("16MN + 2M bytes with the gradients", "training_memory(linear)"),
        ("MN/2 bytes", "params(linear)/2"),
        ("9 × 128 × 64 (M)", "params(conv(k=3, M=64, N=128))"),
        ("KV cache: 2dn", "kv_cache(multi_head_attention)"),
        ("6nMN FLOPs", "training_flops(linear(n))"),
        ("training FLOPs: 6nMN", "training_flops(linear(n))"),
        ("training: 6nMN", "training_flops(linear(n))"),
        ("4nMN (backward)", "backward_flops(linear(n))"),
        ("MN+M+N", "memory_access(linear)"),
        ("MN + M + N elements", "memory_access(linear)"),
        ("12MN bytes of optimizer states", "optimizer_memory(linear)"),
        ("optimizer: 12MN bytes", "optimizer_memory(linear)"),
        ("2MN bytes of gradients", "gradient_memory(linear)"),
        ("activations: 2M bytes", "activation_memory(linear)"),
        ("2adf + dE active parameters", "active_params(moe)"),
        ("13.5 GB", "bytes(params(llama2_7b))"),
        ("13.5 GB of weights", "bytes(params(llama2_7b))"),
        ("weights: 13.5 GB", "bytes(params(llama2_7b))"),
        ("model size: 13.5 GB", "bytes(params(llama2_7b))"),
        ("memory: 13.5 GB", "bytes(params(llama2_7b))"),
        ("memory access: MN+M+N", "memory_access(linear)"),
        ("k²MN weights", "params(conv)"),
        ("k²MN parameters in total", "params(conv)"),
        ("total params: k²MN", "params(conv)"),
        ("MACs: nMN", "macs(linear(n))"),
        ("12.9B active parameters", "active_params(mixtral_8x7b)"),
        ("12.9B", "active_params(mixtral_8x7b)"),
        ("KV cache: 2 GiB", "kv_cache_memory(llama2_7b(n=4096))"),
        ("nN activations", "activations(linear(n))"),
        ("Transformer: 6.74B", "params(llama2_7b)"),
        ("nums = k²MN", "params(conv)"),
        ("Results: k²MN", "params(conv)"),
        ("13.5 GB for the Llama 2 7B", "bytes(params(llama2_7b))"),
        ("13.5 GB of weights, without KV cache", "bytes(params(llama2_7b))"),
        ("k²MNHW MAdds", "macs(conv)"),
        ("k²MN, 见表2", "params(conv)"),
        ("kernel: k²MN", "params(conv)"),
        ("k²MN + N (one bias per filter)", BIAS),
        # an index s makes no plural
        ("r_s = 9MN where k = 3", "params(conv(k=3))"),
    ],
)
def test_the_words_of_a_quantity_are_its_own(text: str, target: str) -> None:
    assert verify(text, target=target).verdict == "proven"


@pytest.mark.parametrize(
    ("text", "target", "names", "verdict"),
    [
        ("k^2MN", "params(conv)", {"M": "N"}, "refuted"),
        ("MN + N", "params(linear(bias))", {"M": "N"}, "refuted"),
        ("k²CD + D", "params(conv(bias))", {"C": "M", "D": "N"}, "proven"),
        ("KKCD", "params(conv)", {"K": "k", "C": "M", "D": "N"}, "proven"),
        ("$k^2CD$", "params(conv)", {"C": "M", "D": "N"}, "proven"),
        ("2k²NM - k²MN", "params(conv)", {"M": "N", "N": "M"}, "proven"),
        ("M²N", "params(linear)", {"M": "N", "N": "M"}, "refuted"),
        ("M N + M", "params(linear(bias))", {"M": "N", "N": "M"}, "proven"),
        ("abcd", "k M N g", {"a": "k", "b": "M", "c": "N", "d": "g"}, "proven"),
    ],
)
def test_names_stand_for_letters_of_words_too(
    text: str, target: str, names: dict[str, str], verdict: str
) -> None:
    assert verify(text, target=target, names=names).verdict == verdict


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("N (γ) + N = 2N", "params(batch_norm)"),
    ],
)
def test_the_name_of_a_part_in_brackets_is_no_factor_in_silence(text: str, target: str) -> None:
    with pytest.raises(ParseError, match="is a factor, or the name of a part"):
        verify(text, target=target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("25.6M per layer", "params(resnet50)"),
        ("25.6M of memory", "params(resnet50)"),
        ("k²MN of memory", "params(conv)"),
        ("params: k²MN MACs", "params(conv)"),
    ],
)
def test_a_phrase_that_is_not_of_the_target_is_refused(text: str, target: str) -> None:
    with pytest.raises(ParseError):
        verify(text, target=target)


def test_a_long_row_of_what_letters_are_is_read_in_one_pass() -> None:
    start = time.process_time()
    with suppress(ParseError):
        verify("k²MN，其中" + "M 为输入通道数，" * 1000, target="params(conv)")
    assert time.process_time() - start < 1


def test_a_side_is_of_what_has_one() -> None:
    assert verify("4.1 GMACs at 224x224", target="macs(resnet50)").verdict == "proven"
    assert verify("k²MNHW at 224x224", target="macs(conv)").verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "target", "right"),
    [
        ("Conv2d(64, 128, 3): 73,728", SIZED, True),
        ("nn.Conv2d(64, 128, kernel_size=3, padding=1): 73,728", SIZED, False),
        ("Conv2d(64, 256, 3): 73,728", SIZED, False),
        ("Conv2d(64, 128, 3, groups=2): 73,728", SIZED, False),
        ("Conv2d(64, 128, kernel_size=1): 73,728", SIZED, False),
        ("Linear(512, 10): 5130", "params(linear(M=512, N=10, bias))", True),
        ("Linear(512, 100): 5130", "params(linear(M=512, N=10, bias))", False),
        ("Dense(100): 5130", "params(linear(M=512, N=10, bias))", False),
        ("k²MN (Conv2d(M, N, k))", "params(conv)", True),
        ("Conv2d(M, N, k, groups=g): k²MN", "params(conv)", False),
        ("LSTM(N, M): 4N(M+N+1)", "params(lstm(bias))", False),
        ("Embedding(50257, 768): 38,597,376", "params(embedding(V=50257, d=768))", True),
        ("Embedding(50257, 512): 38,597,376", "params(embedding(V=50257, d=768))", False),
        ("GroupNorm(8, 32): 128", "params(group_norm(g=8, N=64))", False),
        ("MultiheadAttention(256, 8): 1,048,576", "params(multi_head_attention(d=512))", False),
        ("MultiheadAttention(512, 8): 1,048,576", "params(multi_head_attention(d=512))", True),
    ],
)
def test_a_module_as_a_program_makes_it_is_held(text: str, target: str, right: bool) -> None:
    if right:
        assert verify(text, target=target).verdict == "proven"
    else:
        with pytest.raises(ParseError, match="the text says"):
            verify(text, target=target)


@pytest.mark.parametrize(
    ("text", "target", "verdict"),
    [
        ("\\begin{align} P &= \\\\ &= k^2 M N \\end{align}", "params(conv)", "proven"),
        ("P =\n= k²MN", "params(conv)", "proven"),
        ("P =\n≈ 73.7K", "params(conv(k=3, M=64, N=128))", "proven"),
        ("2 × 7B = 14 GFLOPs per token", None, "proven"),
        ("2 × 7 = 14 GFLOPs per token", None, "refuted"),
        ("14 GMACs per token", "macs(linear(M=2, N=7))", "refuted"),
        ("14 GMACs/token", "macs(linear(M=2, N=7))", "refuted"),
        ("14 MACs per token", "macs(linear(M=2, N=7))", "proven"),
        ("k²MNHW MACCs", "macs(conv)", "proven"),
        ("12d² + 13d per layer", "params(transformer_layer(bias))", "proven"),
        ("参数量共计 k²MN", "params(conv)", "proven"),
        ("P = 9*64 = 576 where P = 5", None, "refuted"),
        ("N = H/P = 224/16 = 14 where N >= 20", None, "refuted"),
        ("k²MN with M and N the input and output channels, respectively", "params(conv)", "proven"),
    ],
)
def test_a_relation_at_two_lines_and_a_unit_per_token(
    text: str, target: str | None, verdict: str
) -> None:
    assert verify(text, target=target).verdict == verdict


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("\\\\ \\approx 73.7K", "params(conv(k=3, M=64, N=128))"),
        ("≈O()", "params(conv)"),
        ("O(）", "params(conv)"),
        ("O(）='", None),
        ("%\\其中k为卷积核大小", "params(conv)"),
        ("{}%其中k为卷积核大小", "params(conv)"),
        ("{}°%约", None),
    ],
)
def test_a_formula_that_is_missing_is_told(text: str, target: str | None) -> None:
    with pytest.raises(ParseError):
        verify(text, target=target)


@pytest.mark.parametrize(
    "name", ["n_params", "num_weights", "conv_params", "nparams", "param_count", "params_conv"]
)
def test_a_name_of_a_program_says_what_it_counts(name: str) -> None:
    assert verify(f"{name} = k*k*M*N", target="params(conv)").verdict == "proven"


@pytest.mark.parametrize(
    "name",
    ["total_flops", "n_macs", "conv_flops", "total_bytes", "num_tokens", "n_layers", "bias_count",
     "num_biases", "W_bias", "conv_bn", "params_fc", "num_activations", "activation_count"],
)  # fmt: skip
def test_a_name_of_a_program_that_counts_something_else_is_refused(name: str) -> None:
    for text in (f"{name} = k*k*M*N", f"{name}: k²MN"):
        with pytest.raises(ParseError):
            verify(text, target="params(conv)")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("k²MNHW, where N is the batch size", "macs(conv)"),
        ("k²MN, where N is the number of input channels", "params(conv)"),
        ("k²MN, where k is the stride", "params(conv)"),
        ("k²MN (k is the stride)", "params(conv)"),
        ("k²MNHW (M: groups)", "macs(conv)"),
        ("MN, where M is the batch size", "params(linear)"),
        ("4d², where d is the head dimension", "params(multi_head_attention)"),
        ("k²MN, where k is the number of filters", "params(conv)"),
        ("$k^2MN$, where $N$ is the batch size", "params(conv)"),
        ("k²MN（M:バッチサイズ）", "params(conv)"),
        ("nMN (n: batch)", "macs(linear(n))"),
        ("k²MNHW, where H, W are input height and width", "macs(conv)"),
        ("k²MNHW (H und W: Eingabegröße)", "macs(conv)"),
        ("4N(M+N), where N is the input size and M the hidden size", "params(lstm)"),
        ("Vd, where V is the hidden size and d the vocabulary", "params(embedding)"),
        ("MN (N inputs, M outputs)", "params(linear)"),
        ("k²MN with N the kernel size", "params(conv)"),
        ("k²MN，其中 k 为卷积核大小，N 为输入通道数", "params(conv)"),
        ("k²NM, where M is the number of input channels", "params(conv(M=N, N=M))"),
        ("k²MN, where N and M are the input and output channels", "params(conv)"),
        ("k²MN, where M and N are the batch size", "params(conv)"),
        ("k²MN，其中M、N分别表示输出和输入通道数", "params(conv)"),
        ("k²MNHW, where H and W are the height and width of the input", "macs(conv)"),
    ],
)
def test_a_letter_is_said_to_be_another_size(text: str, target: str) -> None:
    with pytest.raises(ParseError, match="stands for"):
        verify(text, target=target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("k²MN, where M and N are the channels", "params(conv)"),
        ("k²MN where k is the kernel size", "params(conv)"),
        ("k²MN, where M is the number of input channels", "params(conv)"),
        ("k²MN/g, where g is the number of groups", "params(grouped_conv)"),
        ("4d², where d is the model width", "params(multi_head_attention)"),
        ("BMN, where B is the batch size", "macs(linear(n=B))"),
        ("k²CN where C is the number of input channels", "params(conv(M=C))"),
        ("k²NM, where N is the number of input channels", "params(conv(M=N,N=M))"),
        ("4nd² + 2n²d (n: sequence length)", "macs(multi_head_attention)"),
        ("k²MN (N: filters)", "params(conv)"),
        ("kN, where k is the number of input channels", "params(linear(M=k))"),
        ("k²MN, d is the dilation", "params(conv)"),
        ("4N(M+N), where M is the input size and N the hidden size", "params(lstm)"),
        ("MN (M inputs, N outputs)", "params(linear)"),
        ("k²MN with k the kernel size", "params(conv)"),
        ("k²MN where k is the filter size, M input channels, N output channels.", "params(conv)"),
        ("k²MN，其中 k 为卷积核大小，M 为输入通道数，N 为输出通道数", "params(conv)"),
        ("$k^2MN$ where $k$ is the kernel size and $M$, $N$ are channels", "params(conv)"),
        ("k²MN (k: Kernelgröße)", "params(conv)"),
        ("k²MN, where M and N are the number of input and output channels", "params(conv)"),
        (
            "kMN, where k, M and N are the kernel size, inputs, and outputs, respectively.",
            "params(conv1d)",
        ),
        ("k²MNHW, where H and W are the output height and width", "macs(conv)"),
        ("k²MN，其中 M 和 N 分别是输入通道数和输出通道数，k 是卷积核边长", "params(conv)"),
        (
            "8d²n + 4dn² where n is the number of tokens",
            "flops(multi_head_attention, convention=mac2)",
        ),
    ],
)
def test_a_letter_is_said_to_be_the_size_that_it_is(text: str, target: str) -> None:
    assert verify(text, target=target).verdict == "proven"


@pytest.mark.parametrize(
    "text", ["0.125 パーセント", "0.125 퍼센트", "0.125 procent", "0.125 pourcents", "0.125 yüzde",
             "0.125 százalék", "0.125 promille", "0.125x cheaper", "0.125x fewer"],
)  # fmt: skip
def test_a_word_that_scales_or_compares_is_not_left_out_of_a_number(text: str) -> None:
    for target in ("0.125", "params(linear)/params(linear(M=8*M))"):
        with pytest.raises(ParseError):
            verify(text, target=target)


@pytest.mark.parametrize("label", ["conv / DSC =", "conv vs DSC:", "standard conv : separable ="])
def test_a_ratio_is_named_the_right_way_round(label: str) -> None:
    with pytest.raises(ParseError, match="the inverse of this ratio"):
        verify(f"{label} 1/N + 1/k^2", target=RATIO)


@pytest.mark.parametrize(
    ("label", "target"),
    [
        ("W_Q, W_K: 4 d^2", "params(mha)"),
        ("W_Q: 4 d^2", "params(mha)"),
        ("QKV = 4 d^2", "params(mha)"),
        ("Wq, Wk: 4 d^2", "params(mha)"),
        ("Q/K/V: d^2", "params(linear(M=d, N=d))"),
        ("QKV projection: d^2", "params(linear(M=d, N=d))"),
        (r"$W_Q$, $W_K$: $d^2$", "params(linear(M=d, N=d))"),
        ("W_Q, W_K: 1024", "params(linear(M=32, N=32))"),
        ("QKV: 169", "params(linear(M=13, N=13))"),
        ("W_Q, W_K: d^2", "params(linear(M=d, N=d, n=2))"),
    ],
)
def test_a_list_of_matrices_is_of_all_or_of_none(label: str, target: str) -> None:
    with pytest.raises(ParseError, match="and not of the target"):
        verify(label, target=target)


@pytest.mark.parametrize("claim", ["5x = 5", "100/4 = 25x", "7/2 = 3.5 s", "7e-3 = 0.007 s"])
def test_a_letter_that_may_be_a_unit_is_refused(claim: str) -> None:
    with pytest.raises(ParseError, match="can be read in two ways"):
        verify(claim)


@pytest.mark.parametrize(("claim", "told"), [("k = 2k", True), (r"\sum_{l=1}^{L} n_l = L", False)])
def test_a_condition_on_what_stands_nowhere_is_told(claim: str, told: bool) -> None:
    read = verify(claim, where="n_1 = 2").read_as or ""
    assert ("n_1 of the conditions stands in no formula" in read) is told


def test_a_scale_that_may_be_of_1024_is_told() -> None:
    verdict = verify("32K = 32768")
    assert verdict.verdict == "refuted"
    assert "Ki" in str(verdict.read_as)


@pytest.mark.parametrize(
    ("text", "where", "verdict"),
    [
        ("64 × 128 (M × N)", "M = 64, N = 128", "proven"),
        ("64 × 128 (M, N)", "M = 64, N = 128", "proven"),
        ("64 × 128 (N, M)", "M = 64, N = 128", "errors"),
        ("64 × 128 (N × M)", "M = 64, N = 128", "errors"),
    ],
)
def test_names_in_brackets_are_those_of_the_numbers(text: str, where: str, verdict: str) -> None:
    if verdict == "errors":
        with pytest.raises(ParseError):
            verify(text, target="params(linear)", where=where)
    else:
        assert verify(text, target="params(linear)", where=where).verdict == verdict


@pytest.mark.parametrize(
    ("text", "target", "problem"),
    [
        ("k^2 M N (whole batch)", CONV, "the text speaks of 'whole batch'"),
        ("k^2 M N (the entire network)", CONV, "the text speaks of 'entire network'"),
        ("k^2 M N (entire models)", CONV, "the text speaks of 'entire models'"),
        ("k^2 M N (整个网络)", CONV, "the text speaks of '整个网络'"),
        ("k^2 M N (first layer only)", CONV, "is not read: 'first layer only'"),
        ("25.6M (backbone only)", "params(resnet50)", "is not read: 'backbone only'"),
        ("2 h n^2 d_h (without AV)", "macs(attention)", "is not read: 'without AV'"),
        ("2 h n^2 d_h (incl. projections)", "macs(attention)", "no such part: 'incl. projections'"),
        ("4 d^2 (with FFN)", "params(multi_head_attention)", "no such part: 'with FFN'"),
        ("12 d^2 + 4 d (incl. embeddings)", "params(transformer_layer)", "no such part"),
        ("params(conv) (2 conv) + 1", CONV, "may change the value"),
        ("k^2 M N (excluding M)", CONV, "may change the value"),
        ("(2M - 1)N (excluding the M)", "(2 M - 1) N", "may change the value"),
        ("(2M - 1)N (no M)", "(2 M - 1) N", "may change the value"),
        ("(2M - 1)N (including M)", "(2 M - 1) N", "may change the value"),
        ("ceil_div(n, s)", "ceil(n/s)", "ceil_div( ) is no function"),
        ("M N k(M, N)", CONV, "k( ) is no function"),
        ("n_{2i} = 4i where n_i = 2i", None, "at a multiple of the place of n_i"),
        ("P(2k) = 2 P(k) where P(k) = k^2 M N", None, "a function of its own, or a product?"),
        ("((((((((n mod 2) mod 3) mod 4) mod 5) mod 6) mod 7) mod 8) mod 9) < 2", None, "past"),
        ("2 GiB (with GQA)", CACHE, "the text says 'GQA'"),
        ("73,728 where M equals N", SIZED, "M is no symbol here"),
        ("73,728 where k is even", SIZED, "where k = 3"),
        ("at most 26M", "params(resnet50)", "a comparison in words"),
        ("plus de 25M", "params(resnet50)", "a comparison in words"),
        ("9 (H) × 64 × 128 (W)", SIZED, "9 is not the H of the target"),
        ("n²d (QKᵀ) + n²d (softmax)", "macs(attention(d_h=d/h))", "another number for 'softmax'"),
    ],
)
def test_how_much_of_the_layers_is_spoken_of_is_held(
    text: str, target: str | None, problem: str
) -> None:
    with pytest.raises(ClosedformError, match=re.escape(problem)):
        verify(text, target=target)


@pytest.mark.parametrize("part", ["backbone", "head", "the neck", "encoder", "Classifier"])
def test_a_part_of_a_network_is_not_the_network(part: str) -> None:
    for sign in (":", " =", " has"):
        with pytest.raises(ParseError, match="and not of the target"):
            verify(f"{part}{sign} 25.6M", target="params(resnet50)")


@pytest.mark.parametrize(
    ("text", "target", "problem"),
    [
        ("GMACs: k^2 M N H W", "macs(conv)", "GMACs is the unit"),
        ("MParams = k^2 M N", CONV, "MParams is the unit"),
        ("k^2 M N (false)", CONV, "speaks of an amount"),
        ("k^2 M N, incorrectly", CONV, "speaks of an amount"),
    ],
)
def test_a_scale_in_a_name_and_what_denies_are_refused(
    text: str, target: str, problem: str
) -> None:
    with pytest.raises(ParseError, match=problem):
        verify(text, target=target)


@pytest.mark.parametrize(
    "claim",
    ["4.1 GMACs = 8.2 GFLOPs", "1 GFLOP = 0.5 GMAC", r"4.1\,\text{GMACs} = 4.1\,\text{GFLOPs}"],
)
def test_macs_and_flops_are_not_compared(claim: str) -> None:
    with pytest.raises(ParseError, match="by no convention"):
        verify(claim)


@pytest.mark.parametrize("claim", ["0.4 ≈ 0", "1/3 ≈ 0"])
def test_nothing_rounds_to_0_by_proof(claim: str) -> None:
    assert verify(claim).verdict == "undecided"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (r"\text{FLOPs} = 3 \times 2048 = 6144", "leave the name of a result out"),
        ("Para = k^2 M N", "hold the formula against a target"),
        ("k M filters = 3", "write a letter for it"),
    ],
)
def test_a_name_before_a_whole_claim_is_to_be_left_out(text: str, hint: str) -> None:
    with pytest.raises(ParseError, match="is no symbol") as caught:
        verify(text)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "target", "where", "meant"),
    [
        ("36864 (k = 5)", "params(conv(k=3, M=64, N=64))", None, "conv(M=64, N=64, k=5)"),
        ("4.1G (R=112)", "macs(resnet50)", None, "macs(resnet50(R=112))"),
        ("macs(linear) = M N where n = 5", None, None, "macs(linear(n=5))"),
        ("params(mha) = 4 d^2 where h_kv = 1", None, None, "params(mha(h_kv=1))"),
        ("macs(conv) = macs(depthwise_conv) where g = M, N = M", None, None, "macs(conv(g=M))"),
        ("k^2 M N", CONV, "g = 4", "params(conv(g=4))"),
    ],
)
def test_a_size_that_a_layer_has_is_not_set_beside_it(
    text: str, target: str | None, where: str | None, meant: str
) -> None:
    with pytest.raises(ParseError, match="the layer has a value for it") as caught:
        verify(text, target=target, where=where)
    assert meant in caught.value.hint


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("36864 (k = 3)", "params(conv(k=3, M=64, N=64))"),
        ("k^2 M N (g = 1)", CONV),
        ("k^2 M N H W where H_in = 112", "macs(conv)"),
        ("9 M N where k = 3, k_h = 3, k_w = 3", CONV),
    ],
)
def test_a_size_may_be_said_again(text: str, target: str) -> None:
    assert verify(text, target=target).verdict == "proven"


def test_what_may_be_left_is_no_more_than_the_order() -> None:
    assert verify("4BTSNH + O(BTSN) = O(BTSNH)").verdict == "proven"
    assert verify("4BTSNH + O(BTSNH^2) = O(BTSNH)").verdict == "undecided"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("n = Θ(n^2)", "refuted"),
        ("n = Ω(n^2)", "refuted"),
        ("n^2 = O(n)", "refuted"),
        ("n^2 = Θ(n)", "refuted"),
        ("O(n^2 d) = O(n d)", "refuted"),
        ("n log n = O(n)", "refuted"),
        ("n^2.81 = O(n^3)", "proven"),
        ("0 = Θ(n)", "refuted"),
        ("n - n = Ω(n)", "refuted"),
        ("n - n^3 = O(1)", "undecided"),
        ("-n = O(1)", "undecided"),
        ("n log n = O(n^1.5)", "proven"),
        ("-n - log n = Ω(n)", "undecided"),
        ("log(n!) = Θ(n log n)", "proven"),
        ("n! = O(2^n)", "refuted"),
        ("sqrt(n^2 + n) = Θ(n)", "proven"),
        ("(n + 1)^3 - n^3 = Θ(n^2)", "proven"),
        ("n^2 = O(n log n)", "refuted"),
        ("n = Ω(n log n)", "refuted"),
        ("n + log n = Θ(n)", "proven"),
        ("n - log n = Θ(n)", "proven"),
        ("log(n)^2 = O(sqrt(n))", "proven"),
        ("log(log n) = Ω(log n)", "refuted"),
        ("log(n^3 + n) = Θ(log2(n))", "proven"),
        ("3^n = O(2^n)", "refuted"),
        ("2^(n+3) = Θ(2^n)", "proven"),
        ("n^10 = O(2^n)", "proven"),
        ("2^(2n) = O(2^n)", "refuted"),
        ("floor(n/2) log n = O(n)", "refuted"),
        ("max(n, log n) = Θ(n)", "proven"),
        # Not seen, or a matter of which sizes grow, or of how far.
        ("n - floor(n) = O(n)", "proven"),
        ("n log n = O(n) where n <= 5", "proven"),
        ("n d = O(n)", "undecided"),
        ("N = O(1)", "undecided"),
        ("n^2 (n mod 2) = O(n)", "undecided"),
        ("N^2 = O(N) where N <= M", "undecided"),
        ("n^2 = O(n) where n <= 5", "proven"),
    ],
)
def test_each_order_is_a_bound_on_its_own_side(claim: str, verdict: str) -> None:
    assert verify(claim).verdict == verdict


@pytest.mark.parametrize(("text", "target"), UNCLEAR)
def test_what_can_be_read_in_two_ways_is_refused(text: str, target: str | None) -> None:
    with pytest.raises(ParseError) as caught:
        verify(text, target=target)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("claim", "refused"),
    [
        ("sum(i=1..L, n_i n_{i-1}) = L n^2 where n_0 = 3, n_i = n", True),
        ("sum(i=1..L, n_i n_{i-1}) = 3*64 + (L-1)*64^2 where n_0 = 3, n_i = 64", True),
        ("sum(i=1..L, n_i) = L n where n_i = n, n_1 = 5", True),
        ("sum(i=1..L, n_i n_{i-1}) = L n^2 where n_0 = n, n_i = n", False),
        ("sum(i=1..3, n_i) = 14 where n_0 = 1, n_i = 2 n_{i-1}", False),
        ("sum(i=1..3, n_i) = 14 where n_0 = 1, n_i = 2^i", False),
        ("n_L + n_0 = 8 where n_0 = 3, n_L = 5", False),
    ],
)
def test_every_term_may_not_be_the_first_one(claim: str, refused: bool) -> None:
    if refused:
        with pytest.raises(ClosedformError, match="which has a value of its own"):
            verify(claim)
    else:
        assert verify(claim).verdict == "proven"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("48,120 (400*120+120)", "params(linear(M=400, N=120, bias))"),
        ("M N + N = 48,120 (400·120 + 120)", "params(linear(M=400, N=120, bias))"),
        ("38,597,376 (50257 × 768)", "params(embedding(V=50257, d=768))"),
        ("6.74b", "params(llama2_7b)"),
        (
            "2 (K,V) * 32 (layers) * 32 (heads) * 128 (head_dim) * 4096 (seq) * 2 (fp16) = 2 GiB",
            "kv_cache_memory(llama2_7b(n=4096))",
        ),
        ("64 (in_ch) × 128 (out_ch) × 9", SIZED),
        ("6.74 bn", "params(llama2_7b)"),
        ("6.74 Bn params", "params(llama2_7b)"),
        ("6.7b × 2 bytes = 13.4 GB", None),
        # as close as the coarsest number in them
        ("6.74B × 2 bytes = 13.48 GB", "bytes(params(llama2_7b))"),
        ("6.738 × 10^9 × 2 bytes ≈ 13.5 GB", "bytes(params(llama2_7b))"),
        ("6.74e9 * 2 / 1e9 = 13.48 GB", "bytes(params(llama2_7b))"),
        ("6.74e9*2/1024^3 = 12.55 GiB", "bytes(params(llama2_7b))"),
        ("7B × 2 bytes = 14 GB", "bytes(params(llama2_7b))"),
        ("6.74B × 2", "bytes(params(llama2_7b))"),
        ("13.5 Go", "bytes(params(llama2_7b))"),
        ("13.5 GB in fp16", "bytes(params(llama2_7b))"),
        ("13.5GB VRAM", "bytes(params(llama2_7b))"),
        ("6.74B at fp16", "params(llama2_7b)"),
        ("2 GiB at n = 4096", "kv_cache_memory(llama2_7b(n=4096))"),
        ("4.1 GMACs (224×224)", "macs(resnet50)"),
        ("4.1 GMACs at 224x224", "macs(resnet50)"),
        ("k²MN for a conv layer", CONV),
        ("k²MNHW per image", "macs(conv)"),
        ("k²MNHW (per image)", "macs(conv(B=1))"),
        ("73,728 (64 → 128)", SIZED),
        ("73,728 (from 64 to 128 channels)", SIZED),
        ("k² d d_ff, d → d_ff", "params(conv(M=d, N=d_ff))"),
        ("4N(M+N) (4 gates)", "params(lstm)"),
        ("73,728 weights + 128 biases = 73,856", "params(conv(k=3, M=64, N=128, bias))"),
        ("k²MN (groups=1)", CONV),
        ("k²MN, g=1", CONV),
        ("=POWER(k,2)*M*N", CONV),
        ("k²MNHW multiply–adds", "macs(conv)"),
        ("2k²MNHW floating point operations", "flops(conv, convention=mac2)"),
    ],
)
def test_what_people_type_around_a_formula_is_read(text: str, target: str | None) -> None:
    assert verify(text, target=target).verdict == "proven"


@pytest.mark.parametrize(
    ("text", "target", "problem"),
    [
        ("48,120 (400*120+121)", "params(linear(M=400, N=120, bias))", "or another number"),
        ("38,597,376 (50257 × 767)", "params(embedding(V=50257, d=768))", "or another number"),
        ("3 (4+5)", "27", "is a factor, or another number"),
        ("k²MN (10^3)", CONV, "is a factor, or a remark"),
        ("73,728 (3D)", SIZED, "is a factor, or a remark"),
        ("4.1 GMACs at 112x112", "macs(resnet50)", "the text says '112x112'"),
        ("4.1 GMACs (112×112)", "macs(resnet50)", "the text says '112×112'"),
        ("13.5 GB in fp32", "bytes(params(llama2_7b))", "fp32 elements"),
        ("2 GiB at n = 2048", "kv_cache_memory(llama2_7b(n=4096))", "has a value for it"),
        ("k²MN for a depthwise layer", CONV, "stands beside the formula"),
        ("k²MN for one filter", CONV, "stands beside the formula"),
        ("2k²MN for a conv layer", "2 params(conv)", "stands beside the formula"),
        ("k²MNHW per pixel", "macs(conv)", "stands beside the formula"),
        ("k²MN per image", CONV, "stands beside the formula"),
        ("BMN per image", "macs(linear(n=B))", "stands beside the formula"),
        ("32k²MNHW (per image)", "macs(conv(B=32))", "the text says 'per image'"),
        ("73,728 (64 -> 256)", SIZED, "the text says '64 -> 256'"),
        ("25.6M (64 → 128)", "params(resnet50)", "no relation"),
        ("3N(M+N) (4 gates)", "params(gru)", "may change the value"),
        # what is said of a letter, of a shape and of a network fits the target, or is refused
        ("k²MN, where k is the kernel area", CONV, "k stands for kernel side"),
        ("k²MN (k: kernel radius)", CONV, "k stands for kernel side"),
        ("output (64, 56, 56): 401,408", "activations(conv(N=128, H=56, W=56))", "no such shape"),
        ("conv 5x5x3x128: 4,864", "params(conv(k=5, M=3, N=64, bias))", "no such shape"),
        ("25.6M (CIFAR-10)", "params(resnet50)", "the name of another network"),
        ("ResNet-50 vs. ResNet-101: 25.6M", "params(resnet50)", "the name of another network"),
        ("flops = params = k²MN", CONV, "the text says 'flops'"),
        ("half is given by k²MN", CONV, "stands beside the formula"),
        ("P(3, 64, 256) = 73,728", SIZED, "no such shape"),
        ("Layer 2 (5×5, 256): 73,728", SIZED, "no such shape"),
        ("params(5x5) = 73,728", SIZED, "no such shape"),
        (
            "12d² + 13d (without layer norms)",
            "params(transformer_layer(bias))",
            "the text says",
        ),
        ("12d²+13d（不含layer norm）", "params(transformer_layer(bias))", "the text says"),
        ("Q: 4d²", "params(multi_head_attention)", "the text says this of 'Q'"),
        ("num_filters = k²MN", CONV, "filters are no params"),
        ("576 filters × 128 = 73,728", SIZED, "576 is not the filters of the target"),
        ("128 heads × 576 = 73,728", SIZED, "128 is not the heads of the target"),
        ("mem_bytes = k²MN", CONV, "bytes are no params"),
        ("k² (stride) × M × N × H × W", "macs(conv)", "k stands for kernel side"),
        ("4 (heads) × d²", "params(multi_head_attention)", "4 is not the heads"),
        (
            "3nd² (W_O) + nd² (W_Q, W_K, W_V) + 2n²d",
            "macs(multi_head_attention)",
            "another number for 'W_O'",
        ),
        # one number for each word, part for part
        (
            "n_in n_out + n_in = 64·128 + 128",
            "params(linear(M=64, N=128, bias))",
            "n_in has no value here",
        ),
        ("P = (k_h × k_w × in) × out = (3×3×64 + 1) × 128", SIZED_BIAS, "k_h has no value here"),
        ("kernel × kernel × out × in = 3×3×64×128", SIZED, "64 is not the out of the target"),
        (
            "(kernel size)^2 × output channels × input channels = k^2 M N",
            CONV,
            "M stands for input",
        ),
        ("Params = depthwise × pointwise = k²M + MN", "k²M + MN", "is a layer, and no formula"),
        ("k²MN (groups=2)", CONV, "the text says 'groups=2'"),
        ("73,728 (out_channels=64)", SIZED, "the text says 'out_channels=64'"),
        ("13,5 GB", "bytes(params(llama2_7b))", "write a point: 13.5"),
        ("6,74 Milliarden Parameter", "params(llama2_7b)", "write a point: 6.74"),
        ("12,5 %", "1/8", "write a point: 12.5"),
        ("k<sup>2</sup>MN", CONV, "write it as k"),
        ("48,120, i.e. 400*120+120", "48120", "leads to another formula"),
        ("n_L = n where n_i = n for i >= 1", None, "'for' stands inside a condition"),
    ],
)
def test_what_is_typed_around_a_formula_is_held_to_the_target(
    text: str, target: str | None, problem: str
) -> None:
    with pytest.raises(ParseError, match=re.escape(problem)):
        verify(text, target=target)


def test_an_abbreviation_of_itself_is_refused() -> None:
    with pytest.raises(ClosedformError, match="defined by itself"):
        verify(r"\def\a{\b}\def\b{\a} \a M", target=CONV)


@pytest.mark.parametrize(("text", "target", "told"), TOLD)
def test_a_reading_is_told(text: str, target: str | None, told: str | None) -> None:
    read_as = verify(text, target=target).read_as
    assert (told or "FLOP") in (read_as or "") if told else "FLOP" not in (read_as or "")


@pytest.mark.parametrize(
    ("text", "target", "names", "verdict", "told"),
    [
        (r"\text{stride}[0]", "s", {"stride[0]": "s"}, "proven", ""),
        ("stride[0]", "s", {"stride[0]": "s"}, "proven", ""),
        (r"d_{\text{model}}^2", "M^2", {"d_model": "M"}, "proven", ""),
        (r"in\_ch \times out\_ch", "M N", {"in_ch": "M", "out_ch": "N"}, "proven", ""),
        ("$C_{1}C_2$", "M N", {"C_1": "M", "C_2": "N"}, "proven", ""),
        (r"d_{model}^2", "M^2", {"d_mode": "M"}, "refuted", "'d_mode' stands nowhere"),
        ("k*k*M*N", CONV, {"foo": "M"}, "proven", "the name 'foo' stands nowhere"),
        ("k^2 M N + N", BIAS, {"bias": "b"}, "proven", ""),
    ],
)
def test_names_bind_what_stands_in_the_text(
    text: str, target: str, names: dict[str, str], verdict: str, told: str
) -> None:
    found = verify(text, target=target, names=names)
    assert found.verdict == verdict
    assert told in (found.read_as or "")


TABLES = {
    "LABELS": patterns.LABELS,
    "LEADS": patterns.LEADS,
    "ASIDES": patterns.ASIDES,
    "TAILS": patterns.TAILS,
}


@pytest.mark.parametrize(
    ("table", "row"),
    [(name, row) for name, table in TABLES.items() for row in table],
    ids=lambda part: part.name if isinstance(part, Pattern) else part,
)
def test_a_pattern_describes_its_example(table: str, row: Pattern) -> None:
    scanned = scan(row.example)
    kinds = shape(items_of(scanned, scanned.tokens, KNOWN))
    if table == "ASIDES":
        kinds = kinds[1:-1]
    runs = [kinds] if table != "TAILS" else [kinds[i:] for i in range(len(kinds))]
    assert any(pattern_of(TABLES[table], run) is row for run in runs), kinds
