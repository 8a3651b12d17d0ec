"""The conventions of papers: every scalar operation, or multiply-accumulates once or twice."""

from __future__ import annotations

from closedform.cost.conventions.convention import Convention

CONVENTIONS = (
    Convention(
        "exact",
        "scalar multiplications plus additions: a sum of n products is 2n − 1, a bias 1 per "
        "output, batch norm 2 per output",
        "the source document (hope_wisdom, CSDN), section on FLOPs",
        {},
        rest="flops",
    ),
    Convention(
        "mac",
        "1 per multiply-accumulate of a convolution or matrix product; bias and batch norm 0",
        "MobileNets, arXiv:1704.04861, section 3.1 (Mult-Adds); ShuffleNet, arXiv:1707.01083, "
        "Table 1",
        {"contract": "macs", "bias": "0", "batch_norm": "0"},
    ),
    Convention(
        "mac2",
        "2 per multiply-accumulate of a convolution or matrix product; bias and batch norm 0",
        "Kaplan et al., arXiv:2001.08361, section 2.1 (a multiply-add is 2 FLOPs)",
        {"contract": "2*macs", "bias": "0", "batch_norm": "0"},
    ),
)
