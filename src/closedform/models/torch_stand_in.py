"""What stands in for parts of PyTorch while a module is exported: operators with shapes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def replaced(owner: Any, functions: Mapping[str, Any]) -> Iterator[None]:
    """While it lasts, these functions of a module or a class are others."""
    before = {name: getattr(owner, name) for name in functions}
    for name, function in functions.items():
        setattr(owner, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(owner, name, function)


def declared(schema: str, shapes: Callable[..., list[Any]]) -> Any:
    """An operator of PyTorch by its schema, which gives tensors of these shapes.

    It is declared for as long as the library that is returned is kept.
    """
    import torch  # noqa: PLC0415  (optional)

    library = torch.library.Library("closedform", "FRAGMENT")
    library.define(schema)
    torch.library.register_fake(f"closedform::{schema.partition('(')[0]}", shapes, lib=library)
    return library
