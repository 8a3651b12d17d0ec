"""Profilers that patch functionals: calflops and DeepSpeed, the one grown out of the other.

Sources: calflops 0.3.2, calflops/pytorch_ops.py (lines 37-40, 83-171, 174-226, 246-250, 371-422);
DeepSpeed 0.19.8, deepspeed/profiling/flops_profiler/profiler.py (lines 523, 569-662, 665-717,
863-869, 1041-1092). The column is FLOPs. Activations inside nn.TransformerEncoderLayer were bound
before the patch: 0.
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention
from closedform.cost.conventions.kernels import Rule
from closedform.cost.conventions.torch_tools import (
    CORE,
    LAYER_CORE,
    LAYER_LINEARS,
    LAYER_NORMS,
    LINEARS,
    MASK,
    MASKED,
    MHA_CORE,
    SEEN,
    UNBATCHED,
    UPSAMPLED,
)

_RECURRENT = "B*n*(2*{g}*N*M - {g}*N + 2*{g}*N*{r} - {g}*N + 2*{g}*two_biases*N + {o}*N)"
_LSTM = _RECURRENT.format(g=4, r="N", o=10)

#: The sides of maps, of kernels and the strides, by axis.
_MAP = ("H k_h s_h", "W k_w s_w")
_SIDES = {"": _MAP, "1d": ("L k s",), "3d": ("D k_d s_d", *_MAP)}


def _same(suffix: str) -> str:
    """The part of a map that is left where the padding is taken as (k − 1)//2 on both sides."""
    left = "*".join(
        f"({side} + 2*(({k} - 1)//2) - {k} + 1)/{side}"
        for side, k, _ in (axis.split() for axis in _SIDES[suffix])
    )
    return f"(2*macs + bias*outputs)*{left} + 2*bn*outputs"


def _transposed(suffix: str) -> str:
    """N/g over g again, and the bias on the map that the convolution would have made.

    The padding of the output, by which that map is larger, is 1 where the sides are otherwise odd;
    where it is another one, padded_further, no size of the layer tells it.
    """
    axes = (axis.split() for axis in _SIDES[suffix])
    made = "*".join(f"(({i}_in - {i} + {_odd(i, k, s)})//{s} + {i}_in)" for i, k, s in axes)
    return f"2*macs*(N//g//g)*g/N + bias*B*(N//g)*{made} + 2*bn*outputs"


def _odd(side: str, k: str, s: str) -> str:
    twice = f"({side} - {s}*({side}_in - 1) - {k})"
    return f"{twice} - 2*({twice}//2)"


_POOLS = "max_pool avg_pool global_avg_pool adaptive_avg_pool adaptive_max_pool"
_SHARED: dict[str, Rule] = {
    **UNBATCHED,
    "padded_further conv": None,
    "whole": "2*macs + (bias + 2*bn)*outputs",
    "same conv": _same(""),
    "same pointwise_conv": "2*macs + (bias + 2*bn)*outputs",
    "same conv1d": _same("1d"),
    "same conv3d": _same("3d"),
    "contract": "2*macs",
    **dict.fromkeys(("addmm matmul", "baddbmm matmul"), "2*macs + outputs"),
    "addmm linear": "2*macs + N",
    "bias": "outputs",
    "linear bias": "0",
    "batch_norm": "(2 - no_affine + 3*batch_statistics)*outputs",
    **dict.fromkeys(("layer_norm", "group_norm"), "(5 - no_affine)*outputs"),
    "instance_norm": "(4 + affine)*outputs",
    "local_response_norm": "3*outputs + B*(N + q - 1)*H*W",
    "unpatched": None,
    **dict.fromkeys("relu prelu leaky_relu elu silu gelu softmax".split(), "outputs"),
    "functional relu6": "outputs",
    **{f"functional {kind}": "outputs" for kind in "residual_add product add scale".split()},
    **dict.fromkeys(_POOLS.split(), "inputs"),
    "functional global_avg_pool": None,
    "area": "inputs + outputs*(1 + by_size*(1/B/N - 1))",
    "by_size": "outputs/B/N",
    "bilinear": None,
    "lstm": _LSTM,
    "lstmp": _RECURRENT.format(g=4, r="r", o=10),
    "gru": _RECURRENT.format(g=3, r="N", o=7),
    "rnn": _RECURRENT.format(g=1, r="N", o=1),
}
_DEFECTS = {
    "lstmp": "the product of the projection is left out",
    "same conv": 'with padding="same" the output is recomputed, too small for even kernels',
    "einsum matmul": "NumPy's count, of which 4 digits are read",
    "by_size nearest_upsample": "of a size that is given, batch and channels are forgotten",
}

CONVENTIONS = (
    Convention(
        "calflops",
        "2 per multiply-accumulate; bias 1 per output of a convolution, 0 of a linear layer; batch "
        "norm 2 per element, other norms 5; activations, pooling and softmax 1 per input",
        "calflops/pytorch_ops.py, lines 37-40, 83-171, 174-226, 246-250, 371-422",
        {
            **_SHARED,
            "padded_further transposed_conv": None,
            "transposed_conv": _transposed(""),
            "transposed_conv1d": _transposed("1d"),
            "transposed_conv3d": _transposed("3d"),
            **dict.fromkeys(UPSAMPLED, "inputs"),
            "area": "inputs + inputs*(1 - by_size) + by_size*outputs/B/N",
            "matmul": None,
            "functional matmul": "2*macs*(1 + vector*(M - 1))/r",
            "operator": None,
            "einsum matmul": "2*macs",
            **dict.fromkeys(("attention", "causal_attention")),
            "multi_head_attention": f"2*({LINEARS} + {MASKED}) + B*h*n*{SEEN} + {MASK}",
            "no_weights multi_head_attention": f"2*{LINEARS}",
            "transformer_layer": f"2*{LAYER_LINEARS} + {LAYER_NORMS}",
        },
        version="0.3.2",
        defects={
            **_DEFECTS,
            "transposed_conv": "N/g is divided by g again, and the bias takes the output of the "
            "convolution the other way round",
            "nearest_upsample": "the scale is left out of the product",
        },
    ),
    Convention(
        "deepspeed",
        "as calflops, with attention products in every form and upsampling 1 per output",
        "deepspeed/profiling/flops_profiler/profiler.py, lines 523, 569-662, 665-717, 863-869, "
        "1041-1092",
        {
            **_SHARED,
            "fractional": None,
            **dict.fromkeys(UPSAMPLED, "outputs"),
            "vector matmul": "2*macs*M",
            "matmul": "2*macs/r",
            **dict.fromkeys(("mv matmul", "inside matmul")),
            "attention": f"2*{CORE}",
            "causal_attention": None,
            "multi_head_attention": f"2*({LINEARS} + {MHA_CORE}) + B*h*n*{SEEN} + {MASK}",
            "no_weights multi_head_attention": f"2*({LINEARS} + {MHA_CORE})",
            "transformer_layer": f"2*({LAYER_LINEARS} + {LAYER_CORE}) + {LAYER_NORMS}",
        },
        version="0.19.8",
        defects=_DEFECTS,
    ),
)
