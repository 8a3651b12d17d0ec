"""The commands of the command line, a file each: ``run(args)`` gives the exit code."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable


def command(name: str) -> Callable[[argparse.Namespace], int]:
    """What a command runs; its module is loaded only now."""
    run: Callable[[argparse.Namespace], int] = importlib.import_module(f"{__name__}.{name}").run
    return run
