"""What each tool says of a PyTorch module: its number, and the parameters that it gives."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Callable
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from tests.tools_held.modules import Function, built, inputs


class Found(NamedTuple):
    """``count`` in the tool's own unit; ``params`` as it gives them, where it does."""

    count: int
    params: int | None = None


class _Frozen(nn.Module):
    """A module beside one frozen parameter, for tools that fail on a module without any."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module
        self.frozen = nn.Parameter(torch.zeros(1), requires_grad=False)

    def forward(self, *given: Tensor) -> Tensor:
        """The module alone."""
        return self.module(*given)


def _torch(line: str, shapes: str) -> Found:
    return _flop_counter(line, shapes, "cpu")


def _torch_meta(line: str, shapes: str) -> Found:
    return _flop_counter(line, shapes, "meta")


def _torch_nograd(line: str, shapes: str) -> Found:
    with torch.no_grad():
        return _flop_counter(line, shapes, "cpu")


def _flop_counter(line: str, shapes: str, device: str) -> Found:
    from torch.utils.flop_counter import FlopCounterMode

    module = built(line).to(device)
    with FlopCounterMode(display=False) as counter:
        module(*inputs(line, shapes, device))
    return Found(counter.get_total_flops())


def _fvcore(line: str, shapes: str) -> Found:
    from fvcore.nn import FlopCountAnalysis, parameter_count

    module = built(line)
    counter = FlopCountAnalysis(module, inputs(line, shapes))
    counter.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
    counter.tracer_warnings("none")
    return Found(int(counter.total()), parameter_count(module)[""])


def _ptflops(line: str, shapes: str, backend: str = "pytorch") -> Found:
    from ptflops import get_model_complexity_info

    first, *others = inputs(line, shapes)
    module = built(line)
    # ptflops puts a batch of one in front of a shape; a constructor gives the input as it is.
    macs, params = get_model_complexity_info(
        Function(lambda held, x: held(x, *others), module) if others else module,
        (1,),
        as_strings=False,
        print_per_layer_stat=False,
        verbose=False,
        input_constructor=lambda _: first,
        backend=backend,
    )
    return Found(int(macs), int(params))


def _ptflops_hooks(line: str, shapes: str) -> Found:
    """What the hooks count alone, as before 0.7.1: nothing is patched."""
    from ptflops import pytorch_engine

    with pytest.MonkeyPatch.context() as patched:
        for name in ("patch_functional", "patch_tensor_ops"):
            patched.setattr(pytorch_engine, name, lambda _: None)
        for name in ("unpatch_functional", "unpatch_tensor_ops"):
            patched.setattr(pytorch_engine, name, lambda: None)
        return _ptflops(line, shapes)


def _ptflops_aten(line: str, shapes: str) -> Found:
    return _ptflops(line, shapes, "aten")


def _thop(line: str, shapes: str) -> Found:
    from thop import profile

    # A leaf that is the model itself has no hook.
    given = inputs(line, shapes)
    module = nn.Sequential(built(line)) if len(given) == 1 else built(line)
    count, params = profile(module, given, verbose=False)
    return Found(int(count), int(params))


def _torchinfo(line: str, shapes: str) -> Found:
    from torchinfo import summary

    module = built(line)
    summed = summary(module, input_data=inputs(line, shapes), verbose=0)
    return Found(int(summed.total_mult_adds), int(summed.total_params))


def _calflops(line: str, shapes: str) -> Found:
    from calflops import calculate_flops

    module = built(line)
    module = module if any(True for _ in module.parameters()) else _Frozen(module)
    flops, _, params = calculate_flops(
        module, args=list(inputs(line, shapes)), output_as_string=False, print_results=False
    )
    return Found(int(flops), int(params))


def _deepspeed(line: str, shapes: str) -> Found:
    from deepspeed.profiling.flops_profiler import FlopsProfiler

    module = built(line)
    profiler = FlopsProfiler(module)
    profiler.start_profile()
    try:
        module(*inputs(line, shapes))
        return Found(int(profiler.get_total_flops()), int(profiler.get_total_params()))
    finally:
        profiler.end_profile()


TOOLS: dict[str, Callable[[str, str], Found]] = {
    "torch": _torch,
    "torch_meta": _torch_meta,
    "torch_nograd": _torch_nograd,
    "fvcore": _fvcore,
    "ptflops": _ptflops,
    "ptflops_hooks": _ptflops_hooks,
    "ptflops_aten": _ptflops_aten,
    "thop": _thop,
    "torchinfo": _torchinfo,
    "calflops": _calflops,
    "deepspeed": _deepspeed,
}


def counted(tool: str, line: str, shapes: str) -> Found:
    """What a tool says of the module of a line on inputs of the shapes."""
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return TOOLS[tool](line, shapes)
