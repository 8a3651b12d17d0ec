"""PyTorch's own counter and fvcore: matrix products that the dispatcher, or the trace, shows.

Sources: torch/utils/flop_counter.py of torch 2.14.1 (lines 159-196 products, 215-261 convolutions,
369-403 fused attention); fvcore 0.1.5.post20221221, fvcore/nn/jit_handles.py (lines 82-151 and
206-258) and flop_count.py (lines 40-43). A causal mask halves nothing. nn.TransformerEncoderLayer
asks its attention for no weights, which takes the fused kernel.
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention
from closedform.cost.conventions.kernels import Entry, Kernel, Rule

#: Products of nn.MultiheadAttention: all pairs of n queries and m keys, whatever the mask.
LINEARS = "B*(2*n*d*h*d_h + m*(d_kv + d_v)*h_kv*d_h)"
CORE = "2*B*h*n*m*d_h"
#: Its keys, with those that it adds to m.
SEEN = "(m + bias_kv + zero_key)"
MHA_CORE = f"2*B*h*n*{SEEN}*d_h"
#: The same of the attention in nn.TransformerEncoderLayer, or twice in nn.TransformerDecoderLayer
#: (the flag cross), and its feed-forward.
LAYER_LINEARS = "B*(4*n*d*d + 2*n*d*f + cross*(2*n + 2*m)*d*d)"
LAYER_CORE = "2*B*n*d*(n + cross*m)"
LAYER_NORMS = "5*B*n*d*(2 + cross)"
#: Whether scores are masked; of each query, of each key of a sample, or of both.
_MASK = "(1 - (1 - causal)*(1 - masked)*(1 - padded))"
#: What a mask adds to scores that are computed: torch.baddbmm, in place of torch.bmm.
MASKED = f"{_MASK}*B*h*n*{SEEN}*d_h"
#: The numbers that are added by it.
MASK = f"{_MASK}*{SEEN}*(1 + (1 - (1 - causal)*(1 - masked))*(n - 1))*(1 + padded*(B*h - 1))"

#: Layers that resize a map with weights, or by copies.
UPSAMPLED = tuple(f"{by}_upsample" for by in "nearest linear bilinear bicubic trilinear".split())

#: Layers of one sample without a batch: tools that take its channels, or its steps, for one count
#: by no rule that could be told, or fail.
UNBATCHED: dict[str, Rule] = dict.fromkeys(
    f"unbatched {module}" for module in ("conv", "transposed_conv", "recurrent")
)

_TWICE: dict[str, Rule] = {
    "contract": "2*macs",
    "bias": "0",
    "bilinear": None,
    **dict.fromkeys(("vector matmul", "mv matmul")),
    **dict.fromkeys(("attention", "causal_attention")),
    "multi_head_attention": f"2*({LINEARS} + {MHA_CORE})",
    "transformer_layer": f"2*{LAYER_LINEARS}",
    "lstm": None,
    "cell lstm": "2*macs",
    **dict.fromkeys(("eager attention", "math attention"), f"2*{CORE}"),
    "no_weights multi_head_attention": f"2*{LINEARS}",
}

#: Without gradients, in eval mode: torch/nn/modules/activation.py, lines 1354-1428, and
#: transformer.py, TransformerEncoderLayer.forward. A causal mask is one of numbers, which keeps
#: attention out of its kernel, but no layer of an encoder; in a layer of a decoder, which has no
#: kernel, the attention to itself has one.
_NO_GRAD: dict[str, Entry] = {
    "no_grad multi_head_attention": (
        Kernel("bias", "seq_first causal bias_kv zero_key m d_kv d_v", even="h"),
    ),
    "no_grad transformer_layer": (
        Kernel("bias", "seq_first cross", even="h"),
        Kernel("bias cross", "seq_first causal", "h", f"2*({LAYER_LINEARS} - 4*B*n*d*d)"),
    ),
}

CONVENTIONS = (
    Convention(
        "torch",
        "FlopCounterMode on the CPU: 2 per multiply-accumulate of matrix products and "
        "convolutions that the dispatcher shows; fused kernels and all else are not seen",
        "torch/utils/flop_counter.py, lines 159-261; fused attention of the CPU is not registered",
        {**_TWICE, **_NO_GRAD},
        version="torch 2.14.1",
        defects={"backward": "the weight gradient of a grouped convolution is not divided by g"},
    ),
    Convention(
        "torch_meta",
        "FlopCounterMode on the meta device: as torch, and fused attention and LSTM are seen",
        "torch/utils/flop_counter.py, lines 159-261 and 369-403; no causal halving",
        {
            **_TWICE,
            "attention": f"2*{CORE}",
            "causal_attention": None,
            "transformer_layer": f"2*({LAYER_LINEARS} + {LAYER_CORE})",
            "no_weights multi_head_attention": f"2*({LINEARS} + {MHA_CORE})",
            "lstm": "2*macs",
        },
        version="torch 2.14.1",
    ),
    Convention(
        "fvcore",
        "1 per multiply-accumulate; batch norm 2 per element, other norms 5 with scale and shift, "
        "4 without; three resizing operations; the rest skipped with a warning",
        "fvcore/nn/jit_handles.py, lines 82-151 and 206-258; fvcore/nn/flop_count.py, lines 40-43",
        {
            "contract": "macs",
            "bias": "0",
            "same": None,
            "batch_norm": "(2 - no_affine + 3*batch_statistics)*outputs",
            **dict.fromkeys(("layer_norm", "group_norm"), "(5 - no_affine)*outputs"),
            "instance_norm": "(4 + affine)*outputs",
            "nearest_upsample": "outputs",
            **dict.fromkeys(("nearest_exact", "nearest_upsample1d", "nearest_upsample3d")),
            "bilinear_upsample": "4*outputs",
            **dict.fromkeys(("adaptive_avg_pool", "global_avg_pool"), "inputs"),
            "functional global_avg_pool": None,
            "area": "inputs",
            "other_dims": None,
            "bilinear": None,
            **dict.fromkeys(f"{way} matmul" for way in "vector mv baddbmm fused inside".split()),
            "matmul": "macs/r",
            **dict.fromkeys(("attention", "causal_attention")),
            "eager attention": CORE,
            "no_weights multi_head_attention": LINEARS,
            "multi_head_attention": f"{LINEARS} + {MHA_CORE} - {MASKED}",
            "transformer_layer": f"{LAYER_LINEARS} + {LAYER_NORMS}",
            "recurrent": None,
            "cell": "macs",
        },
        version="0.1.5.post20221221",
        defects={
            "einsum matmul": "NumPy's count, of which 4 digits are read",
            "same conv": 'with padding="same" a convolution is an operator that is not counted',
        },
    ),
)
