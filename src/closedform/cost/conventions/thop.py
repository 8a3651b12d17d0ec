"""thop: one rule for each exact class of module; what has none is not counted.

Sources: thop/vision/calc_func.py, thop/vision/basic_hooks.py, thop/rnn_hooks.py and the table of
classes in thop/profile.py, lines 21 to 66, version 0.1.1.post2209072238.
"""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention

CONVENTIONS = (
    Convention(
        "thop",
        "1 per multiply-accumulate, bias 0, norms 4 per element, softmax 3n − 1 a row",
        "thop/vision/calc_func.py, thop/vision/basic_hooks.py",
        {
            "contract": "macs",
            "bias": "0",
            "batch_norm": "4*outputs",
            "layer_norm": "4*outputs",
            "softmax": "3*outputs - rows",
            "attention": None,
            "multi_head_attention": None,
        },
        version="0.1.1.post2209072238",
    ),
)
