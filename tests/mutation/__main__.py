"""Break the formulas of the catalogue and of the algebra, and list the mutants no law notices.

    python -m tests.mutation [--all | --since COMMIT] [--jobs N] [--only WORD]

The formulas are broken in ways that ``changes`` knows, in a bounded sample that each mutant is in
or out of by its own name: with ``--since`` in the files that changed since a commit, and a small
sample of the others; or with ``--all`` in every way. Exit code 0: no
more mutants survive unexplained than ``equivalent`` allows; 1: more do; 2: the laws do not even
hold for the formulas as they are.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from zlib import crc32

from tests.mutation.equivalent import ALLOWED, EQUIVALENT
from tests.mutation.judge import ROOT, SOURCE, file_of, judge, modules, source_of, survives
from tests.mutation.mutants import Mutant, Path, mutants

#: Mutants that share one warm process; small enough that the jobs end together.
CHUNK = 60


@dataclass(frozen=True)
class Part:
    """A part of the package that is broken, the law that has to notice, and how much is tried."""

    name: str
    prefix: str
    law: str
    most: int
    most_unchanged: int
    without: str = "nothing"

    def modules(self) -> list[str]:
        """The modules of the part that hold anything at all."""
        found = [name for name in modules(self.prefix) if not name.startswith(self.without)]
        return [name for name in found if source_of(name).strip()]


NETWORKS = "closedform.catalogue.networks"
SOLVER = "closedform.algebra.proofs.prover"
PARTS = (
    Part("catalogue", "closedform.catalogue", "tests.laws:check", 120, 4, NETWORKS),
    Part("networks", NETWORKS, "tests.laws:check_networks", 80, 4),
    # The solver is asked only where its extra is installed: tests/with_extras hold it.
    Part("algebra", "closedform.algebra", "tests.laws_tables:check", 60, 6, SOLVER),
)


@dataclass(frozen=True)
class Result:
    """What became of one part: how many mutants there are, which were tried, which survived."""

    part: Part
    total: int
    tried: list[Mutant]
    survivors: list[Mutant]

    @property
    def unexplained(self) -> list[Mutant]:
        """Survivors that are not known to be equivalent."""
        return [mutant for mutant in self.survivors if mutant.name not in EQUIVALENT]

    @property
    def ok(self) -> bool:
        """Whether no more survived than is allowed."""
        return len(self.unexplained) <= self.allowed

    @property
    def allowed(self) -> int:
        """How many may survive unexplained."""
        return int(ALLOWED[self.part.name] * len(self.tried))


def main(arguments: list[str] | None = None) -> int:
    """Run the check and print its report."""
    options = _options(arguments)
    sys.path.insert(0, str(SOURCE))
    # One thread for arrays: one for each core would ask for more memory than a mutant may have.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Imported once, here: every process forked from this one has them.
    for package in filter(find_spec, ("sympy", "numpy")):
        importlib.import_module(package)
    results = []
    for part in PARTS:
        broken = part.modules()
        if not _holds_unbroken(part, broken[0]):
            print(f"{part.law} does not hold for the formulas as they are: run pytest first")
            return 2
        every = [mutant for module in broken for mutant in mutants(module, source_of(module))]
        if options.only:
            every = [mutant for mutant in every if options.only in mutant.name]
        if options.since:
            tried = _since(options.since, every, part)
        else:
            tried = _sample(every, len(every) if options.all else part.most)
        started = time.monotonic()
        result = Result(part, len(every), tried, _survivors(tried, part.law, options.jobs))
        _report(result, time.monotonic() - started)
        results.append(result)
    return 0 if all(result.ok for result in results) else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every mutant of every part")
    parser.add_argument(
        "--since", metavar="COMMIT", help="what changed since, a little of the rest"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes at once (2)")
    parser.add_argument("--only", metavar="WORD", help="only mutants whose name contains WORD")
    return parser.parse_args(arguments)


def _holds_unbroken(part: Part, module: str) -> bool:
    """Whether the law passes when a module is replaced by itself."""
    return survives(module, ast.parse(source_of(module)), part.law)


def _sample(every: list[Mutant], most: int) -> list[Mutant]:
    """At most ``most`` mutants in the order of the source: those whose names have the lowest lots.

    A lot is a property of the name alone, so that a mutant which comes or goes elsewhere changes
    one of the sample at most, and no other mutants are drawn.
    """
    lots = [crc32(mutant.name.encode()) for mutant in every]
    chosen = sorted(range(len(every)), key=lots.__getitem__)[:most]
    return [every[index] for index in sorted(chosen)]


def _since(commit: str, every: list[Mutant], part: Part) -> list[Mutant]:
    """Mutants of the modules that changed since a commit, and a small sample of the others."""
    command = ["git", "diff", "--name-only", commit, "--", str(SOURCE)]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    files = {ROOT / line for line in listed.splitlines()}
    changed = [mutant for mutant in every if file_of(mutant.module) in files]
    others = [mutant for mutant in every if file_of(mutant.module) not in files]
    few = _sample(others, part.most_unchanged)
    both = {*_names(_sample(changed, part.most)), *_names(few)}
    return [mutant for mutant in every if (mutant.name, mutant.path) in both]


def _names(mutants: list[Mutant]) -> list[tuple[str, Path]]:
    return [(mutant.name, mutant.path) for mutant in mutants]


def _survivors(tried: list[Mutant], law: str, jobs: int) -> list[Mutant]:
    """The mutants that the law lets pass, in the order of the source."""
    # Each task has a process of its own: it is warm for one module and can serve no other.
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        tasks = [(chunk, law) for chunk in _chunks(tried)]
        return [mutant for found in pool.starmap(judge, tasks, chunksize=1) for mutant in found]


def _chunks(tried: list[Mutant]) -> Iterator[list[Mutant]]:
    """Runs of mutants of one module, none longer than ``CHUNK``."""
    chunk: list[Mutant] = []
    for mutant in tried:
        if chunk and (mutant.module != chunk[0].module or len(chunk) == CHUNK):
            yield chunk
            chunk = []
        chunk.append(mutant)
    if chunk:
        yield chunk


def _report(result: Result, seconds: float) -> None:
    """What was tried, what survived, and which explanations are out of date."""
    part, tried, survivors = result.part, result.tried, result.survivors
    print(
        f"{part.name}: {len(tried)} of {result.total} mutants tried in {seconds:.0f} s, "
        f"{len(tried) - len(survivors)} noticed, "
        f"{len(survivors) - len(result.unexplained)} equivalent, "
        f"{len(result.unexplained)} survived (allowed: {result.allowed})"
    )
    for mutant in result.unexplained:
        print(f"  survived: line {mutant.line} of {mutant.name}")
    noticed = {mutant.name for mutant in tried} - {mutant.name for mutant in survivors}
    for name in sorted(noticed & EQUIVALENT.keys()):
        print(f"  no longer equivalent, take it off the list: {name}")


if __name__ == "__main__":
    sys.exit(main())
