"""Sequence layers whose work grows with the number of tokens alone: state spaces, delta rule.

References: Gu and Dao, Mamba (arXiv:2312.00752), and the state-spaces/mamba code, mamba_simple.py;
Dao and Gu, Mamba 2 (arXiv:2405.21060), mamba2.py; Katharopoulos et al. (arXiv:2006.16236); Schlag
et al. (arXiv:2102.11174) and Yang et al. (arXiv:2406.06484) for the delta rule. Recurrences are
counted token by token, as they are defined; A = −exp(log A) is known before the first token.
"""

from __future__ import annotations

from closedform.catalogue.activation import sigmoid, silu, softplus
from closedform.catalogue.convolution import depthwise_conv
from closedform.catalogue.linear import linear
from closedform.cost.layer import Cost, Entries, Operation, Size, layer, operation, step


@layer(
    aliases="mamba1 selective_ssm",
    meanings={"f": "inner width", "N": "width of a state", "r": "rank of the step sizes"},
    source="Gu and Dao, arXiv:2312.00752, section 3.4, Algorithm 2; mamba_ssm/modules/"
    "mamba_simple.py, class Mamba",
)
def mamba(
    d: Size, n: Size, f: Size = "2*d", N: Size = 16, k: Size = 4, r: Size = "(d + 15)//16"
) -> Entries:
    """Mamba block: projections, a causal convolution over k tokens, and a selective state space.

    Each of f channels has a state of N numbers, whose step size, input and output depend on the
    token.
    """
    weights = 3 * d * f + 2 * f * r + 2 * f * N + k * f
    yield Cost(params=weights + f * N + 3 * f, macs=n * (weights + f * N))
    yield (
        linear(M=d, N=2 * f, n=n).at("in_proj")
        + depthwise_conv(k=k, k_h=1, M=f, H=1, W=n, bias=True).at("conv1d")
        + silu(N=f, H=n).at("silu")
        + linear(M=f, N=r + 2 * N, n=n).at("x_proj")
        + linear(M=r, N=f, n=n, bias=True).at("dt_proj")
        + softplus(N=f, H=n).at("softplus")
        + step("scan", *scan(f, N, n, f, N)).at("scan")
        + silu(N=f, H=n).at("gate")
        + step("product", operation("product", f, n)).at("product")
        + linear(M=f, N=d, n=n).at("out_proj")
    )


def scan(f: Size, N: Size, n: Size, *diagonal: Size) -> list[Operation]:
    """A state of N numbers for each of f channels: s = exp(ΔA)·s + ΔxB, y = Cs + Dx.

    ``diagonal`` are the extents of A: step sizes, and for each N numbers, or one.
    """
    return [
        operation("scale", *diagonal, n, weights=(diagonal,)),
        operation("exp", *diagonal, n),
        operation("scale", f, n),
        operation("scale", f, N, n),
        operation("scale", f, N, n),
        operation("add", f, N, n),
        operation("contract", f, n, over=N),
        operation("scale", f, n, weights=(diagonal[:1],)),
        operation("add", f, n),
    ]


@layer(
    divides="d_h|f g|f",
    meanings={"f": "inner width", "N": "width of a state", "d_h": "channels of a head"},
    source="Dao and Gu, arXiv:2405.21060, section 7.1; mamba_ssm/modules/mamba2.py, class Mamba2",
)
def mamba2(
    d: Size, n: Size, f: Size = "2*d", N: Size = 128, d_h: Size = 64, k: Size = 4, g: Size = 1
) -> Entries:
    """Mamba 2 block: f/d_h heads with one decay each, g groups of inputs and outputs, a gated norm.

    Counted as the recurrence; the algorithm in blocks of section 6 takes other products.
    """
    h = f / d_h
    weights = 3 * d * f + 2 * d * g * N + d * h + k * f + 2 * k * g * N
    yield Cost(params=weights + 2 * f + 2 * g * N + 3 * h, macs=n * (weights + f * N))
    mixed = f + 2 * g * N
    yield (
        linear(M=d, N=f + mixed + h, n=n).at("in_proj")
        + depthwise_conv(k=k, k_h=1, M=mixed, H=1, W=n, bias=True).at("conv1d")
        + silu(N=mixed, H=n).at("silu")
        + step("step_bias", operation("bias", h, n, weights=((h,),))).at("dt_bias")
        + softplus(N=h, H=n).at("softplus")
        + step("scan", *scan(f, N, n, h)).at("scan")
        + silu(N=f, H=n).at("gate")
        + step("product", operation("product", f, n)).at("product")
        + step("norm", operation("rms_norm", f, n, rows=g * n, weights=((f,),))).at("norm")
        + linear(M=f, N=d, n=n).at("out_proj")
    )


@layer(
    inputs="h n d_h; h m d_h; h m d_h",
    source="Katharopoulos et al., arXiv:2006.16236, section 3.2.1: φ(x) = elu(x) + 1",
)
def linear_attention(h: Size, n: Size, d_h: Size, m: Size = "n") -> Entries:
    """Linear attention: keys and values are summed up once, for all queries; no weights."""
    yield Cost(
        params=0, macs=h * n * d_h**2 + h * m * d_h**2 + h * n * d_h, activations=h * n * d_h
    )
    features = [operation(kind, h, tokens, d_h) for tokens in (n, m) for kind in ("elu", "add")]
    yield [
        *features,
        operation("contract", h, d_h, d_h, over=m),
        operation("sum", h, d_h, over=m),
        operation("contract", h, n, over=d_h),
        operation("contract", h, n, d_h, over=d_h),
        operation("divide", h, n, d_h),
    ]


@layer(
    kv_cache="h*d_h**2",
    meanings={"k": "tokens of the short convolutions"},
    source="Schlag et al., arXiv:2102.11174, section 4.2; Yang et al., arXiv:2406.06484, and "
    "fla/layers/delta_net.py, class DeltaNet",
)
def delta_net(d: Size, h: Size, n: Size, d_h: Size = "d/h", k: Size = 4) -> Entries:
    """DeltaNet: each head keeps a matrix S that every token corrects by β(v − Sk) times k.

    Queries, keys and values go through short convolutions and SiLU; queries and keys are of length
    1, outputs are normed. S is what is cached.
    """
    weights = 4 * d * h * d_h + d * h + 3 * k * h * d_h
    yield Cost(params=weights + d_h, macs=n * weights + 2 * n * h * d_h**2)
    wide = h * d_h
    rule = [
        operation("contract", h, d_h, n, over=d_h),
        operation("add", h, d_h, n),
        operation("scale", h, d_h, n),
        operation("scale", h, d_h, d_h, n),
        operation("add", h, d_h, d_h, n),
        operation("contract", h, d_h, n, over=d_h),
    ]
    output_norm = operation("rms_norm", h, d_h, n, rows=h * n, weights=((d_h,),))
    yield (
        linear(M=d, N=3 * wide, n=n).at("query_key_value")
        + depthwise_conv(k=k, k_h=1, M=3 * wide, H=1, W=n).at("conv1d")
        + silu(N=3 * wide, H=n).at("silu")
        + step("l2_norm", operation("l2_norm", 2, h, d_h, n, rows=2 * h * n)).at("norm")
        + linear(M=d, N=h, n=n).at("beta")
        + sigmoid(N=h, H=n).at("sigmoid")
        + step("delta_rule", *rule).at("delta_rule")
        + step("output_norm", output_norm).at("output_norm")
        + linear(M=wide, N=d, n=n).at("output")
    )
