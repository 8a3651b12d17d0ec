"""Profilers that patch functionals: calflops and DeepSpeed, the one grown out of the other.

Sources: calflops 0.3.2, calflops/pytorch_ops.py (lines 37-40, 83-171, 174-226, 246-250, 371-422);
DeepSpeed 0.19.8, deepspeed/profiling/flops_profiler/profiler.py (lines 523, 569-662, 665-717,
863-869, 1041-1092). The column is FLOPs. Activations inside nn.TransformerEncoderLayer were bound
before the patch: 0.
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention, Rule
from closedform.cost.conventions.torch_tools import CORE, LAYER_CORE, LAYER_LINEARS, LINEARS

_RECURRENT = "B*n*(2*{g}*N*M - {g}*N + 2*{g}*N*{r} - {g}*N + 2*{g}*two_biases*N + {o}*N)"
_LSTM = _RECURRENT.format(g=4, r="N", o=10)

_SHARED: dict[str, Rule] = {
    "contract": "2*macs",
    "bias": "outputs",
    "linear bias": "0",
    "batch_norm": "2*outputs",
    "layer_norm": "5*outputs",
    "group_norm": "5*outputs",
    "instance_norm": "(4 + affine)*outputs",
    "local_response_norm": "3*outputs + B*(N + q - 1)*H*W",
    "relu": "outputs",
    "prelu": "outputs",
    "leaky_relu": "outputs",
    "silu": "outputs",
    "gelu": "outputs",
    "softmax": "outputs",
    "max_pool": "inputs",
    "avg_pool": "inputs",
    "global_avg_pool": "inputs",
    "adaptive_avg_pool": "inputs",
    "bilinear": None,
    "lstm": _LSTM,
    "lstmp": _RECURRENT.format(g=4, r="r", o=10),
    "gru": _RECURRENT.format(g=3, r="N", o=7),
    "rnn": _RECURRENT.format(g=1, r="N", o=1),
}
_NORMS = "10*B*n*d"
_DEFECTS = {
    "lstmp": "the product of the projection is left out",
    "conv": 'with padding="same" the output is recomputed, too small for even kernels',
}

CONVENTIONS = (
    Convention(
        "calflops",
        "2 per multiply-accumulate; bias 1 per output of a convolution, 0 of a linear layer; batch "
        "norm 2 per element, other norms 5; activations, pooling and softmax 1 per input",
        "calflops/pytorch_ops.py, lines 37-40, 83-171, 174-226, 246-250, 371-422",
        {
            **_SHARED,
            "transposed_conv": "2*B*k_h*k_w*M*(N//g//g)*H_in*W_in "
            "+ bias*B*(N//g)*((H_in - k_h)//s + 1)*((W_in - k_w)//s + 1)",
            "nearest_upsample": "inputs",
            "bilinear_upsample": "inputs",
            "attention": None,
            "multi_head_attention": f"2*{LINEARS} + B*h*n*m",
            "transformer_layer": f"2*{LAYER_LINEARS} + {_NORMS}",
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
            "nearest_upsample": "outputs",
            "bilinear_upsample": "outputs",
            "attention": f"2*{CORE}",
            "multi_head_attention": f"2*({LINEARS} + {CORE}) + B*h*n*m",
            "transformer_layer": f"2*({LAYER_LINEARS} + {LAYER_CORE}) + {_NORMS}",
        },
        version="0.19.8",
        defects=_DEFECTS,
    ),
)
