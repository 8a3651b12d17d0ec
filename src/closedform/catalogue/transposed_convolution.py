"""Transposed convolutions: each element of the input is spread by the kernel.

Reference: Dumoulin and Visin (arXiv:1603.07285), section 4, relation 14 for the output side. With
padding, the products that are cropped are counted too, as every tool does.
"""

from __future__ import annotations

from closedform.catalogue.convolution import sliding, taps_of
from closedform.cost.layer import Cost, Size


def spread(taps: Size, M: Size, N: Size, g: Size, places: Size, outputs: Size) -> Cost:
    """Products of M inputs at each place with taps of N/g channels, added up to the outputs."""
    params = taps * M * N / g
    macs = params * places
    return Cost(params=params, macs=macs, flops=2 * macs - outputs, activations=outputs)


@sliding(
    aliases="deconv",
    module="transposed_conv",
    weights="M N/g k_h k_w",
    operations="contract N H W over M/g k_h k_w H_in/H W_in/W",
    inputs="M H_in W_in",
    ways="",
    source="Dumoulin and Visin, arXiv:1603.07285, relation 14; torch/nn/modules/conv.py: weight "
    "(M, N/g, k, k)",
)
def transposed_conv(
    k: Size, M: Size, N: Size, H_in: Size, W_in: Size, s: Size = 1, g: Size = 1,
    H: Size = "s*H_in", W: Size = "s*W_in", k_h: Size = "k", k_w: Size = "k",
    s_h: Size = "s", s_w: Size = "s",
) -> Cost:  # fmt: skip
    """Transposed convolution: k² products for each element of the INPUT map and pair of channels.

    With padding, the products that are cropped are counted too, as every tool does.
    """
    return spread(taps_of(k_h, k_w), M, N, g, H_in * W_in, N * H * W)


@sliding(
    module="transposed_conv",
    weights="M N/g k",
    operations="contract N L over M/g k L_in/L",
    inputs="M L_in",
    ways="",
    meanings={"L": "output length"},
    source="as the transposed convolution, with one spatial dimension; torch/nn/modules/conv.py",
)
def transposed_conv1d(
    k: Size, M: Size, N: Size, L_in: Size, s: Size = 1, g: Size = 1, L: Size = "s*L_in"
) -> Cost:
    """Transposed convolution over a sequence: k products for each element of the INPUT."""
    return spread(k, M, N, g, L_in, N * L)


@sliding(
    module="transposed_conv",
    weights="M N/g k_d k_h k_w",
    operations="contract N D H W over M/g k_d k_h k_w D_in/D H_in/H W_in/W",
    inputs="M D_in H_in W_in",
    ways="",
    source="as the transposed convolution, with three spatial dimensions; torch/nn/modules/conv.py",
)
def transposed_conv3d(
    k: Size, M: Size, N: Size, D_in: Size, H_in: Size, W_in: Size, s: Size = 1, g: Size = 1,
    D: Size = "s*D_in", H: Size = "s*H_in", W: Size = "s*W_in",
    k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
    s_d: Size = "s", s_h: Size = "s", s_w: Size = "s",
) -> Cost:  # fmt: skip
    """Transposed convolution over volumes: k³ products for each element of the INPUT."""
    return spread(taps_of(k_d, k_h, k_w), M, N, g, D_in * H_in * W_in, N * D * H * W)
