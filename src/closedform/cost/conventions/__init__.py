"""Counting conventions: what "FLOPs" means, a file for each family of tools."""

from closedform.cost.conventions import by_module, graphs, papers, profilers, ptflops, torch_tools
from closedform.cost.conventions.convention import CONVENTIONS, Convention, register
from closedform.cost.conventions.own import convention

#: The conventions of papers, which speak of formulas and not of a program.
PAPERS: tuple[str, ...] = tuple(paper.name for paper in papers.CONVENTIONS)


register(
    *papers.CONVENTIONS,
    *torch_tools.CONVENTIONS,
    *ptflops.CONVENTIONS,
    *by_module.CONVENTIONS,
    *profilers.CONVENTIONS,
    *graphs.CONVENTIONS,
)

__all__ = ["CONVENTIONS", "PAPERS", "Convention", "convention", "register"]
