"""The export of a PyTorch module with open sizes: ``torch.export``, and what stands in its way."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from itertools import chain
from typing import Any

from closedform.errors import ClosedformError
from closedform.models.reading import FAILURES, Sizes
from closedform.models.torch_attention import attention_in_one_piece
from closedform.models.torch_branches import Branch, noted
from closedform.models.torch_calls import as_functions
from closedform.models.torch_graph import is_tensor, operator
from closedform.models.torch_recurrent import in_one_piece
from closedform.models.torch_stand_in import replaced

#: What open sizes are while a module is traced, tried in turn: a size may be too large for one.
EXAMPLES = (range(224, 1000, 32), range(48, 200, 16), range(5, 30, 2))
#: Those of a module that is read again, as it asks for multiples of a number at the others.
ODD = (range(225, 1000, 32),)
#: The batch while a module is traced.
BATCH = 2
#: How often what an operator was taken apart into is taken apart.
DEPTH = 4


def exported(
    module: Any, shapes: list[Sizes], types: list[Any], named: tuple[str, ...], rows: Set[str],
    tried: Sequence[range] = EXAMPLES,
) -> tuple[Any, list[Branch]]:  # fmt: skip
    """The program of a module, open in the named sizes, and what the module asked of them.

    Operators without a row are taken apart. The inputs are given in their order, or all of them
    ``named``.

    Raises:
        ClosedformError: the module fixes a size that is to stay open, or branches on values.
    """
    import torch  # noqa: PLC0415  (optional)

    names = dict.fromkeys(size for size in chain(*shapes) if isinstance(size, str))
    held = chain(module.parameters(), module.buffers())
    device = next((tensor.device for tensor in held), torch.device("cpu"))
    first: Exception | None = None
    for examples in tried:
        values = (BATCH, *examples) if shapes[0][0] in names else examples
        sizes: dict[str | int, int] = dict(zip(names, values, strict=False))
        inputs = tuple(
            torch.zeros([sizes.get(size, size) for size in shape], dtype=kind, device=device)
            for shape, kind in zip(shapes, types, strict=True)
        )
        open_ = torch.export.ShapesCollection()
        for tensor, shape in zip(inputs, shapes, strict=True):
            open_[tensor] = [torch.export.Dim.DYNAMIC if size in names else None for size in shape]
        try:
            with _quiet(torch), _evaluated(module), in_one_piece(module), attention_in_one_piece():
                by_name = dict(zip(named, inputs, strict=True)) if named else None
                with noted(torch) as branches:
                    program = torch.export.export(
                        module, () if named else inputs, by_name, dynamic_shapes=open_, strict=False
                    )
                return _taken_apart(program, rows), branches
        except FAILURES as error:
            first = first or error
    raise ClosedformError(
        f"the module cannot be exported with these sizes open: {_reason(first)}",
        f"write the sizes that it fixes as numbers, {_as_numbers(shapes, sizes)}; "
        "the numbers of tokens are dtype='int64'",
    ) from first


def _as_numbers(shapes: Sequence[Sizes], sizes: Mapping[str | int, int]) -> str:
    """The inputs as they were given, with numbers for all that was open but the first size."""
    written = [
        tuple(size if place == 0 else sizes.get(size, size) for place, size in enumerate(shape))
        for shape in shapes
    ]
    return f"x={written[0] if len(written) == 1 else written}"


def _taken_apart(program: Any, rows: Set[str]) -> Any:
    """The program with operators that have no row taken apart, as far as PyTorch can."""
    from torch.export import default_decompositions  # noqa: PLC0415  (optional)

    known = default_decompositions()
    for _ in range(DEPTH):
        calls = (
            node for node in program.graph.nodes if node.op == "call_function" and is_tensor(node)
        )
        targets = {node.target for node in calls if operator(node) not in rows}
        chosen = {target: known[target] for target in targets if target in known}
        if not chosen:
            break
        program = program.run_decompositions(chosen)
    return program


def _reason(error: Exception | None) -> str:
    """What went wrong, in a line: what the export says first, or what it says of a size."""
    lines = [line.strip(" -") for line in str(error).strip().splitlines()] or [""]
    said = next((line for line in lines if line.startswith("You marked")), lines[0])
    return said.partition(". If you")[0]


@contextmanager
def _evaluated(module: Any) -> Iterator[None]:
    """The module in evaluation, and as it was after that."""
    training = [part for part in module.modules() if part.training]
    module.train(mode=False)
    try:
        yield
    finally:
        for part in training:
            part.training = True


@contextmanager
def _quiet(torch: Any) -> Iterator[None]:
    """Without what the export tells, and without kernels that join several layers in one.

    Whether a mask is causal is read off its values, which an export does not have. A part without
    gradients is no part of its own where there are none at all. An open size may be 1, and a slice
    may reach over its end: else an export takes both for what they were in it.
    """
    fast, disabled = torch.backends.mha.get_fastpath_enabled(), logging.root.manager.disable
    torch.backends.mha.set_fastpath_enabled(False)
    transformer = torch.nn.modules.transformer
    told = {"_detect_is_causal_mask": lambda _, said=None, *__: bool(said)}
    logging.disable(logging.CRITICAL)
    try:
        out, err = redirect_stdout(StringIO()), redirect_stderr(StringIO())
        signed = replaced(torch.Tensor, as_functions(torch))
        any_size = replaced(torch.fx.experimental._config, {"backed_size_oblivious": True})
        with warnings.catch_warnings(), out, err, replaced(transformer, told), signed, any_size:
            warnings.simplefilter("ignore")
            with torch.no_grad():
                yield
    finally:
        logging.disable(disabled)
        torch.backends.mha.set_fastpath_enabled(fast)
