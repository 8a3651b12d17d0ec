"""How an operator is called, which some tools see and others do not.

As a module of PyTorch, by a function, by a method or a sign: an exported program keeps what was
called (``torch_fn``), ``function.relu`` of ``F.relu``, ``method_descriptor.add`` of ``x + y``. A
method that has a sign, ``x.add(y)``, would be told as that: it is exported as the function is.
"""

from __future__ import annotations

from typing import Any

from closedform.algebra.tree import Tree
from closedform.cost.layer import LayerSum
from closedform.models.operators import each
from closedform.models.torch_graph import module_of, operator
from closedform.models.torch_recurrent import CELLS
from closedform.records import replace

#: Functions that multiply matrices, and the way of a product of matrices that each is.
PRODUCTS = {
    "einsum": "einsum", "bmm": "bmm", "matmul": "functional", "mm": "bmm", "addmm": "addmm",
    "baddbmm": "baddbmm", "addmv": "mv", **dict.fromkeys(("mv", "dot", "vdot", "addbmm"), "mv"),
    **dict.fromkeys(("inner", "tensordot", "linalg_multi_dot"), "inside"),
}  # fmt: skip
#: Functions of PyTorch beside those of torch.nn.functional, which are those that tools replace.
OTHERS = ("relu", "relu_", "softmax")
#: What has a sign, and the function for it: tools replace torch.add, and not the sign.
SIGNED = {"residual_add": "add", "product": "mul", "add": "add", "scale": "mul"}
#: Parts of fused attention, where values have a width of their own, or samples no heads.
FUSED = {"attention": "math", "matmul": "fused", "softmax": "unpatched"}
#: Modules of libraries that call functions: an activation is theirs from before a tool replaced it.
CALLING = {
    "torch.nn.modules.transformer.": "unpatched",
    "torch.nn.modules.activation.MultiheadAttention": "functional",
    "torch.nn.modules.activation.Hardtanh": "unpatched",
    "torch.nn.modules.activation.Softmax2d": "functional",
    "torch.nn.modules.activation.Softmin": "unpatched",
    "torch.nn.modules.upsampling.Upsampling": "subclass",
    "torch.nn.utils.parametrize.": "parametrized",
    "transformers.activations.GELUActivation": "unpatched",
}


def as_functions(torch: Any) -> dict[str, Any]:
    """Methods that have a sign, as functions: tools replace both, and not the sign, ``signed``."""

    def stand_in(function: Any) -> Any:
        def signed(x: Any, *others: Any, **named: Any) -> Any:
            return function(x, *others, **named)

        return signed

    return {name: stand_in(getattr(torch, name)) for name in ("add", "mul", "matmul")}


def as_called(layers: LayerSum, node: Any, samples: Tree, *, own_weights: bool) -> LayerSum:
    """The layers of an operator, each with the ways of its own in which the operator is called.

    ``samples``: the first extent of the model's input. ``own_weights``: whether it learns what
    is the calling module's weight and bias, and that has no modules in it.
    """
    terms = []
    for term in layers.terms:
        call = term.call
        of_shape = [way for way in _of_shape(node) if way in call.type.ways]
        own = [way for way in _ways(node, call.layer) if way in call.type.ways][:1]
        known = own_weights and (call.type.module != "conv" or "Conv" in module_of(node))
        if own and not known and "parametrized" in call.type.ways:
            own = list(dict.fromkeys([*own, "parametrized"]))
        flags = (*call.flags, *of_shape, *own)
        called = replace(call, flags=flags)
        if called.first != samples:
            called = replace(called, samples=samples)
        terms.append(term._replace(call=called))
    return LayerSum(tuple(terms))


def _of_shape(node: Any) -> tuple[str, ...]:
    """What an operator is given, and of how many dimensions, which some tools count by."""
    name = operator(node)
    other = ("other_dims",) * (name.startswith("adaptive") and not name.endswith("2d"))
    if _unbatched(node, name):
        return (*other, "unbatched")
    if "upsample" in name:
        by_size, scales = node.args[1] is not None, node.args[-1]
        ways = ("fractional",) * (not by_size and any(scale % 1 for scale in scales))
        return (*ways, *("nearest_exact",) * ("exact" in name), *("by_size",) * by_size)
    if name == "closedform::area":
        _, _, by_size, fractional = node.args
        ways = ("other_dims",) * (node.args[0].meta["val"].dim() != 4)
        return (*ways, *("fractional",) * fractional, "area", *("by_size",) * by_size)
    if name == "matmul" and node.args[1].meta["val"].dim() == 1:
        return ("vector",)
    if "conv_transpose" in name and any(node.args[2:3]) and _padded_further(node):
        return ("padded_further",)
    if name == "linear" and (rows := node.args[0].meta["val"]).dim() > 2:
        return ("strided",) * (not rows.is_contiguous())
    return _padded_by_word(node) if "padding" in str(node.target) else other


def _unbatched(node: Any, name: str) -> bool:
    """Whether it is given one sample alone, also where PyTorch makes a batch of it."""
    if name in ("closedform::recurrent", "instance_norm", *CELLS):
        source = node.args[name == "closedform::recurrent"]
        return operator(source) == "unsqueeze" and module_of(source).startswith("torch.nn.")
    if name in ("layer_norm", "rms_norm"):
        return bool(len(node.args[1]) == node.args[0].meta["val"].dim())
    if name != "linear" and not name.startswith(("conv", "adaptive")):
        return False
    sides = next((int(sign) for sign in name if sign.isdigit()), 0)
    return bool(node.args[0].meta["val"].dim() == sides + 1)


def _padded_by_word(node: Any) -> tuple[str, ...]:
    """What padding="same" does to the sides, where d(k − 1) or k − 1 is odd on an axis."""
    kernel = node.args[1].meta["val"].shape[2:]
    dilation = each(node.args[5] if len(node.args) > 5 else 1, len(kernel))
    odd = [d * (k - 1) % 2 for d, k in zip(dilation, kernel, strict=True)]
    if "same" not in node.args or not any(odd):
        return ("whole", "same")
    return ("padded_further",) * (odd != [(k - 1) % 2 for k in kernel]) + ("same",)


def _padded_further(node: Any) -> bool:
    """Whether the output is padded by something else than the sides say by being even or odd."""
    kernel = node.args[1].meta["val"].shape[2:]
    given = list(node.args[5:])
    more, _, dilation = given + [0, 1, 1][len(given) :]
    axes = zip(kernel, each(more, len(kernel)), each(dilation, len(kernel)), strict=True)
    return any(p != (d * (k - 1) + 1 + p - k) % 2 for k, p, d in axes)


def _ways(node: Any, layer: str) -> tuple[str, ...]:
    """What may be said of a call of a layer, the most particular first."""
    name, module = operator(node), module_of(node)
    kind, _, function = str((node.meta.get("torch_fn") or ("", ""))[1]).rpartition(".")
    by_method = kind.startswith("method") or function == "signed"
    by_function = kind.startswith("builtin")
    if name == "scaled_dot_product_attention":
        math = layer != "attention" or node.args[0].meta["val"].dim() != 4
        return (FUSED.get(layer, ""),) if math else ()
    if function.startswith("lp_pool"):  # which calls F.relu, and Tensor.mul by a number
        return ("functional",) * (layer != "product" and name != "pow")
    if layer == "linear" and name == "addmm":
        return ("addmm",)
    if layer == "linear" and name == "matmul" and by_method:
        return ("operator",)
    if layer == "matmul":
        way = PRODUCTS.get(function, "")
        return () if by_method and way == "functional" else (way,)
    if layer in SIGNED:
        return ("functional",) if by_function and function == SIGNED[layer] else ()
    if function == "softmin":  # which calls a method
        return ("unpatched",)
    called = tuple(way for start, way in CALLING.items() if module.startswith(start))
    if called or module.startswith("torch.nn."):
        return called
    if by_method or (by_function and function in OTHERS):
        return "unpatched", "functional", "subclass"
    return ("adaptive" if name.startswith("adaptive") else "functional", "functional", "subclass")
