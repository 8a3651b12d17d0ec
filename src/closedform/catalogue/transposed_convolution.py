"""Transposed convolutions: each element of the input is spread by the kernel.

Reference: Dumoulin and Visin (arXiv:1603.07285), section 4, relation 14 for the output side. With
padding, the products that are cropped are counted too, as every tool does. A kernel of an open side
is as wide as the stride at least, so that each output has a product.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod

from closedform.catalogue.convolution import sliding, taps_of
from closedform.cost.layer import Cost, Size, least


def spread(params: Size, places: Size, outputs: Size, summed: Size) -> Cost:
    """Each weight at each place of the input: products, added up to the outputs that have any."""
    macs = params * places
    return Cost(params=params, macs=macs, flops=2 * macs - summed, activations=outputs)


def summed_of(sizes: Mapping[str, Size]) -> Size:
    """The outputs that have a product: along a side at most k for each element of the input.

    A kernel that is smaller than the stride leaves outputs between without any.
    """
    sides = (name for name in "DHWL" if name in sizes)
    return prod(
        (
            least(sizes[side], sizes.get(f"k_{side.lower()}", sizes["k"]) * sizes[f"{side}_in"])
            for side in sides
        ),
        start=sizes["N"],
    )


spreading = partial(sliding, module="transposed_conv", ways="", summed=summed_of)


@spreading(
    aliases="deconv",
    weights="M N/g k_h k_w",
    operations="contract N H W over M/g k_h k_w H_in/H W_in/W",
    inputs="M H_in W_in",
    cases="k k_h k_w s H W H_in W_in",
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
    summed = N * least(H, k_h * H_in) * least(W, k_w * W_in)
    return spread(taps_of(k_h, k_w) * M * N / g, H_in * W_in, N * H * W, summed)


@spreading(
    weights="M N/g k",
    operations="contract N L over M/g k L_in/L",
    inputs="M L_in",
    cases="k s L L_in",
    meanings={"L": "output length"},
    source="as the transposed convolution, with one spatial dimension; torch/nn/modules/conv.py",
)
def transposed_conv1d(
    k: Size, M: Size, N: Size, L_in: Size, s: Size = 1, g: Size = 1, L: Size = "s*L_in"
) -> Cost:
    """Transposed convolution over a sequence: k products for each element of the INPUT."""
    return spread(k * M * N / g, L_in, N * L, N * least(L, k * L_in))


@spreading(
    weights="M N/g k_d k_h k_w",
    operations="contract N D H W over M/g k_d k_h k_w D_in/D H_in/H W_in/W",
    inputs="M D_in H_in W_in",
    cases="k k_d k_h k_w s D H W D_in H_in W_in",
    source="as the transposed convolution, with three spatial dimensions; torch/nn/modules/conv.py",
)
def transposed_conv3d(
    k: Size, M: Size, N: Size, D_in: Size, H_in: Size, W_in: Size, s: Size = 1, g: Size = 1,
    D: Size = "s*D_in", H: Size = "s*H_in", W: Size = "s*W_in",
    k_d: Size = "k", k_h: Size = "k", k_w: Size = "k",
    s_d: Size = "s", s_h: Size = "s", s_w: Size = "s",
) -> Cost:  # fmt: skip
    """Transposed convolution over volumes: k³ products for each element of the INPUT."""
    summed = N * least(D, k_d * D_in) * least(H, k_h * H_in) * least(W, k_w * W_in)
    params = taps_of(k_d, k_h, k_w) * M * N / g
    return spread(params, D_in * H_in * W_in, N * D * H * W, summed)
