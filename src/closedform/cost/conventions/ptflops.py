"""ptflops 0.7.5: its two backends, and the hooks of the first alone, as up to 0.7.

The default one adds up module hooks, whose sum is divided by the first dimension of the input
(ptflops/pytorch_engine.py, lines 199 and 267-277), and patched functionals, which are not
(pytorch_ops.py, lines 35-92, 105-160, 180-243, 271-324, 422-469). So a ReLU in a module counts
twice at batch 1. The other backend looks at four operators of ATen (aten_ops.py, lines 109-116).
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention
from closedform.cost.conventions.kernels import Rule
from closedform.cost.conventions.torch_tools import (
    CORE,
    LAYER_LINEARS,
    LINEARS,
    MASK,
    MASKED,
    MHA_CORE,
    SEEN,
    UNBATCHED,
    UPSAMPLED,
)

_BOTH = "inputs/samples + inputs"
#: The hook of nn.MultiheadAttention, per sample, and what its patched functionals add.
_HOOK = (
    "n*d + n*d*d + m*(d_kv*d_kv + d_v*d_v) + (n + 2*m)*d*bias + n*m*d "
    "+ n*m*(d + h*(d_v//h - d//h)) + h*n*m + n*d_v*(d_v + 1)"
)
_PATCH = f"B*(2*n*{SEEN}*d + h*n*{SEEN}) + {MASK}"
#: The same in PyTorch's layers of transformers; their activation was bound before the patch.
_LAYER = (
    "n*d + 3*n*d*d + 3*n*d*bias + 2*n*n*d + h*n*n + n*d*(d + 1) + 2*n*d*f + n*(f + d)*bias + 2*n*d "
    "+ cross*(n*d + (n + 2*m)*(d*d + d*bias) + 2*n*m*d + h*n*m + n*d*(d + 1) + n*d)"
)
#: A sum of hooks is divided by the first dimension of the input: samples, or steps, or tokens.
_FIRST = "B/samples"
#: Functionals that are patched: 1 per output.
_PATCHED = "relu relu6 prelu elu gelu silu softmax residual_add product add scale"
_POOLS = "max_pool avg_pool adaptive_max_pool adaptive_avg_pool"
#: Places of a map that is padded to multiples of its window.
_WINDOWED = "(H + w - 1)//w*w * ((W + w - 1)//w*w)"
_RECURRENT: dict[str, Rule] = {
    "lstm": f"n*(4*M*N + 4*N*N + 8*two_biases*N + 10*N)*{_FIRST}",
    "lstmp": f"n*(4*M*N + 4*N*r + 8*two_biases*N + 10*N)*{_FIRST}",
    "gru": f"n*(3*M*N + 3*N*N + 6*two_biases*N + 7*N)*{_FIRST}",
    "rnn": f"n*(M*N + N*N + 2*two_biases*N + N)*{_FIRST}",
}
#: What hooks count alike, with the patched functionals and without.
_HOOKED: dict[str, Rule] = {
    "contract": "macs/samples",
    **dict.fromkeys(("bias", "layer_norm", "relu6", "leaky_relu"), "outputs/samples"),
    "batch_norm": "(2 - no_affine)*outputs/samples",
    "group_norm": "(2 - no_affine)*outputs/samples",
    "instance_norm": "(1 + affine)*outputs/samples",
    **dict.fromkeys("fractional functional unpatched subclass operator parametrized".split()),
    "bilinear": None,
    **dict.fromkeys(("attention", "causal_attention")),
    "no_weights multi_head_attention": f"({_HOOK})*{_FIRST}",
    "transformer_layer": f"({_LAYER})*{_FIRST}",
    **_RECURRENT,
    **UNBATCHED,
}
_HOOKS: dict[str, Rule] = {
    **_HOOKED,
    **dict.fromkeys(("relu", "prelu", "elu", "gelu", "global_avg_pool", *_POOLS.split()), _BOTH),
    "silu": "outputs",
    "softmax": "outputs",
    "local_response_norm": "3*outputs + B*(N + q - 1)*H*W",
    **dict.fromkeys(UPSAMPLED, "outputs + outputs/B/samples"),
    **{f"functional {name}": "outputs" for name in (*_PATCHED.split(), *UPSAMPLED)},
    **dict.fromkeys((f"functional {pool}" for pool in _POOLS.split()), "inputs"),
    "adaptive": "inputs",
    "area": "inputs + outputs + (1 - functional)*outputs/B/samples",
    "functional window_attention": f"B*({_WINDOWED})*(2*w**2*d + w**2*h)",
    **{f"subclass {name}": "outputs" for name in UPSAMPLED},
    "matmul": None,
    "functional matmul": "macs*(1 + vector*(M - 1))/r",
    "bmm matmul": "macs",
    **dict.fromkeys(("addmm matmul", "baddbmm matmul"), "macs + outputs"),
    "addmm linear": "macs + N",
    "multi_head_attention": f"({_HOOK})*{_FIRST} + {_PATCH}",
}
_HOOKS_ALONE: dict[str, Rule] = {
    **_HOOKED,
    **dict.fromkeys(("relu", "prelu", "elu", "gelu", "global_avg_pool"), "inputs/samples"),
    **dict.fromkeys(_POOLS.split(), "inputs/samples"),
    **dict.fromkeys(UPSAMPLED, "outputs/B/samples"),
    "area": "(1 - functional)*outputs/B/samples",
    **dict.fromkeys(("adaptive", "matmul", "addmm linear")),
    "multi_head_attention": f"({_HOOK})*{_FIRST}",
}

#: Biases of nn.MultiheadAttention: those of the inputs are lost where a batch is transposed, of
#: several samples of several tokens.
_WHOLE = "B*{n}*d*(1 - (1 - seq_first)*(1 - 1//B)*(1 - 1//{n}))"
_QUERIES, _KEYS = _WHOLE.format(n="n"), _WHOLE.format(n="m")
_ADDED = f"bias*(B*n*d + {_QUERIES} + 2*{_KEYS})"
_LAYER_ADDED = f"bias*(B*n*(2*d + f + cross*d) + 3*{_QUERIES} + cross*({_QUERIES} + 2*{_KEYS}))"
#: Of two vectors of biases one is kept, or both where nothing is transposed: of one, in one step.
_KEPT = "B*(2 - (1 - 1//B)*(1 - 1//n))"
_GATES = {"lstmp": 4, "gru": 3, "rnn": 1}

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
            "multi_head_attention": "hook and patched functionals both count the core; keys and "
            "values of another width are taken for d_kv² and not d_kv·d",
            "lstmp": "the product of the projection is left out",
        },
    ),
    Convention(
        "ptflops_hooks",
        "the hooks of the pytorch backend alone, per sample: as ptflops counted up to 0.7, before "
        "it patched functionals too, so that ReLU and pooling in modules are 1 per input",
        "ptflops/pytorch_ops.py, lines 35-92, 105-160, 180-243, 271-324; "
        "ptflops/pytorch_engine.py, lines 199, 267-277",
        _HOOKS_ALONE,
        version="0.7.5 without its patches",
        defects={
            "multi_head_attention": "keys and values of another width are taken for d_kv² and not "
            "d_kv·d",
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
            **dict.fromkeys(("vector matmul", "mv matmul")),
            "addmm matmul": "macs + outputs",
            "baddbmm matmul": None,
            "strided": "macs",
            **dict.fromkeys(("attention", "causal_attention")),
            **dict.fromkeys(("eager attention", "math attention"), CORE),
            "multi_head_attention": f"{LINEARS} + {MHA_CORE} - {MASKED} + {_ADDED}",
            "no_weights multi_head_attention": f"{LINEARS} + {_ADDED}",
            "transformer_layer": f"{LAYER_LINEARS} + {_LAYER_ADDED}",
            "lstm": None,
            **{name: f"macs + {g}*n*N*two_biases*{_KEPT}" for name, g in _GATES.items()},
            **{
                f"{way} {name}": f"macs + {2 * g}*B*n*N*two_biases"
                for name, g in _GATES.items()
                for way in ("seq_first", "upper")
            },
            **{f"cell {name}": f"macs + {2 * g}*B*two_biases*N" for name, g in _GATES.items()},
            "cell lstm": "macs + 8*B*two_biases*N",
        },
        version="0.7.5",
        defects={
            "multi_head_attention": "with a batch the input is transposed, so that its products "
            "are no addmm and lose their biases",
            "recurrent": "with a batch the input is transposed, and its product loses its bias",
        },
    ),
)
