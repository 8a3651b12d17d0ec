"""Every family that the oracle executes: a new file of executions is read here."""

from tests.oracle import (
    activations,
    attention,
    blocks,
    convolutions,
    kan,
    linear,
    linear_time,
    modules,
    norms,
    pooling,
    recurrent,
    transformer,
)
from tests.oracle.running import EXECUTORS

__all__ = [
    "EXECUTORS", "activations", "attention", "blocks", "convolutions", "kan", "linear",
    "linear_time", "modules", "norms", "pooling", "recurrent", "transformer",
]  # fmt: skip
