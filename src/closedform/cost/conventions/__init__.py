"""Counting conventions: what "FLOPs" means, a file for each family of tools."""

from closedform import toml
from closedform.cost.conventions import (
    by_module,
    graphs,
    papers,
    profilers,
    ptflops,
    torch_tools,
)
from closedform.cost.conventions.convention import CONVENTIONS, Convention, convention, register
from closedform.cost.conventions.own import load_convention
from closedform.later import pathlib

#: The conventions of papers, which speak of formulas and not of a program.
PAPERS: tuple[str, ...] = tuple(one.name for one in papers.CONVENTIONS)


def chosen_convention(named: str) -> Convention:
    """The convention of a name, or the one in a file whose name ends in .toml.

    Raises:
        UnknownName: no such convention.
        ClosedformError: a file that holds none.
    """
    if not named.endswith(".toml"):
        return convention(named)
    with toml.told_of(named):
        return load_convention(pathlib.Path(named))


register(
    *papers.CONVENTIONS,
    *torch_tools.CONVENTIONS,
    *ptflops.CONVENTIONS,
    *by_module.CONVENTIONS,
    *profilers.CONVENTIONS,
    *graphs.CONVENTIONS,
)

__all__ = ["CONVENTIONS", "PAPERS", "Convention", "chosen_convention", "convention", "register"]
