"""ptflops 0.7.5: its two backends.

The default one adds up module hooks, whose sum is divided by the first dimension of the input
(ptflops/pytorch_engine.py, lines 199 and 267-277), and patched functionals, which are not
(pytorch_ops.py, lines 35-92, 105-160, 180-243, 271-324, 422-469). So a ReLU in a module counts
twice at batch 1. The other backend looks at four operators of ATen (aten_ops.py, lines 109-116).
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention, Rule
from closedform.cost.conventions.torch_tools import CORE, LAYER_LINEARS, LINEARS

_BOTH = "inputs/B + inputs"
#: The hook of nn.MultiheadAttention, per sample, and what its patched functionals add.
_ATTENTION = (
    "n*d + 2*n*d*d_kv + n*d*d + 3*n*d*bias + 2*n*m*d + h*n*m + n*d*(d + 1) + B*(2*n*m*d + h*n*m)"
)
_HOOKS: dict[str, Rule] = {
    "contract": "macs/B",
    "bias": "outputs/B",
    "batch_norm": "2*outputs/B",
    "layer_norm": "outputs/B",
    "group_norm": "2*outputs/B",
    "instance_norm": "(1 + affine)*outputs/B",
    "relu6": "outputs/B",
    "leaky_relu": "outputs/B",
    "relu": _BOTH,
    "prelu": _BOTH,
    "gelu": _BOTH,
    "max_pool": _BOTH,
    "avg_pool": _BOTH,
    "global_avg_pool": _BOTH,
    "adaptive_avg_pool": _BOTH,
    "silu": "outputs",
    "softmax": "outputs",
    "nearest_upsample": "outputs + outputs/B**2",
    "bilinear_upsample": "outputs + outputs/B**2",
    "bilinear": None,
    "attention": None,
    "multi_head_attention": _ATTENTION,
    "lstm": "n*(4*M*N + 4*N*N + 8*two_biases*N + 10*N)",
    "lstmp": "n*(4*M*N + 4*N*r + 8*two_biases*N + 10*N)",
    "gru": "n*(3*M*N + 3*N*N + 6*two_biases*N + 7*N)",
    "rnn": "n*(M*N + N*N + 2*two_biases*N + N)",
}

CONVENTIONS = (
    Convention(
        "ptflops",
        "the pytorch backend, per sample: 1 per multiply-accumulate and per bias, batch norm 2 per "
        "element, ReLU and pooling in modules 2 per input",
        "ptflops/pytorch_ops.py, lines 35-92, 105-160, 180-243, 271-324, 422-469; "
        "ptflops/pytorch_engine.py, lines 199, 267-277",
        _HOOKS,
        version="0.7.5",
        defects={
            "relu": "hook and patch both count it",
            "multi_head_attention": "hook and patched functionals both count the core",
            "lstmp": "the product of the projection is left out",
        },
    ),
    Convention(
        "ptflops_aten",
        "the aten backend: 1 per multiply-accumulate of mm, addmm, bmm and convolution, 1 per bias",
        "ptflops/aten_ops.py, lines 51, 93, 109-116",
        {
            "contract": "macs",
            "bias": "outputs",
            "bilinear": None,
            "attention": None,
            "multi_head_attention": f"{LINEARS} + {CORE} + B*bias*(n*h*d_h + 2*m*h_kv*d_h + n*d)",
            "transformer_layer": f"{LAYER_LINEARS} + B*n*bias*(h*d_h + 2*h_kv*d_h + 2*d + f)",
            "lstm": None,
        },
        version="0.7.5",
        defects={"linear": "a product that is no addmm loses its bias"},
    ),
)
