"""Whole networks as sums of layers, at their published sizes: a decorated function each.

Sides in these files are OUTPUT sides for an input of 224 x 224. Layers without a weight
(activations, pooling, softmax, channel shuffles, additions) are left out: they have no parameters
and no MACs.
"""

from closedform.catalogue.networks import mobile, plain, residual  # noqa: F401  (they register)
from closedform.catalogue.networks.network import NETWORKS, Network, network

__all__ = ["NETWORKS", "Network", "network"]
