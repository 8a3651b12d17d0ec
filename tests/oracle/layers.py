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
from tests.oracle.running import EXECUTORS, Execution, executed, executions

__all__ = [
    "EXECUTORS", "Execution", "activations", "attention", "blocks", "convolutions", "executed",
    "executions", "kan", "linear", "linear_time", "modules", "norms", "pooling", "recurrent",
    "transformer",
]  # fmt: skip
