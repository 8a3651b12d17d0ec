"""Convolutions of low rank: a kernel as a product of smaller ones.

References: Jaderberg et al. (arXiv:1405.3866), Zhang et al. (arXiv:1505.06798), Kim et al.
(arXiv:1511.06530), Lebedev et al. (arXiv:1412.6553).
"""

from __future__ import annotations

from closedform.catalogue.convolution import conv, depthwise_conv, pointwise_conv
from closedform.cost.layer import Cost, Entries, Size, layer

RANK = {"r": "rank", "q": "output rank"}


@layer(flags="bn", meanings=RANK, source="Jaderberg et al., arXiv:1405.3866, section 2, scheme 2")
def spatial_low_rank_conv(
    k: Size, M: Size, N: Size, r: Size, H: Size, W: Size, *, bn: bool
) -> Entries:
    """Spatial low rank: k × 1 to r channels, then 1 × k."""
    yield Cost(params=k * r * (M + N), macs=k * r * (M + N) * H * W)
    yield conv(k=k, k_h=k, k_w=1, M=M, N=r, H=H, W=W, bn=bn) + conv(
        k=k, k_h=1, k_w=k, M=r, N=N, H=H, W=W, bn=bn
    )


@layer(flags="bn", meanings=RANK, source="Zhang et al., arXiv:1505.06798, section 2")
def channel_low_rank_conv(
    k: Size, M: Size, N: Size, r: Size, H: Size, W: Size, *, bn: bool
) -> Entries:
    """Channel low rank: r filters of k × k, then 1 × 1; less where r < k²MN/(k²M + N)."""
    yield Cost(params=k**2 * M * r + r * N, macs=(k**2 * M * r + r * N) * H * W)
    yield conv(k=k, M=M, N=r, H=H, W=W, bn=bn) + pointwise_conv(M=r, N=N, H=H, W=W, bn=bn)


@layer(
    flags="bn",
    meanings={"r": "input rank", "q": "output rank"},
    source="Kim et al., arXiv:1511.06530, section 3.1",
)
def tucker_conv(
    k: Size, M: Size, N: Size, r: Size, q: Size, H: Size, W: Size, *, bn: bool
) -> Entries:
    """Tucker-2: 1 × 1 to r channels, k × k to q, 1 × 1 to N."""
    yield Cost(params=M * r + k**2 * r * q + q * N, macs=(M * r + k**2 * r * q + q * N) * H * W)
    yield (
        pointwise_conv(M=M, N=r, H=H, W=W, bn=bn)
        + conv(k=k, M=r, N=q, H=H, W=W, bn=bn)
        + pointwise_conv(M=q, N=N, H=H, W=W, bn=bn)
    )


@layer(flags="bn", meanings=RANK, source="Lebedev et al., arXiv:1412.6553, section 3.2")
def cp_conv(k: Size, M: Size, N: Size, r: Size, H: Size, W: Size, *, bn: bool) -> Entries:
    """CP: 1 × 1 to r channels, k × 1 and 1 × k on each of them, 1 × 1 to N."""
    yield Cost(params=r * (M + 2 * k + N), macs=r * (M + 2 * k + N) * H * W)
    yield (
        pointwise_conv(M=M, N=r, H=H, W=W, bn=bn)
        + depthwise_conv(k=k, k_h=k, k_w=1, M=r, H=H, W=W, bn=bn)
        + depthwise_conv(k=k, k_h=1, k_w=k, M=r, H=H, W=W, bn=bn)
        + pointwise_conv(M=r, N=N, H=H, W=W, bn=bn)
    )
