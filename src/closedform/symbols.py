"""The sizes of layers, what each means, and its SymPy symbol; the one place that makes symbols.

A symbol is a positive integer, a width multiplier a positive real number. SymPy holds
``Symbol("k")`` and ``Symbol("k", positive=True, integer=True)`` for two different things and says
nothing, so every symbol of the package comes from :func:`symbol`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from closedform.later import sympy
from closedform.records import NamedTuple

if TYPE_CHECKING:
    from closedform.later import Expression


class Size(NamedTuple):
    """What a size is: its meaning in words, and its role, by which sizes are told apart.

    Roles: ``kernel``, ``inputs`` and ``outputs`` (channels), ``groups``, ``position`` (of the
    output), ``input position``, ``stride``, ``batch``, ``width`` (of a model or a head), ``heads``,
    ``count`` and ``scale`` (a positive real number).
    """

    meaning: str
    role: str


#: Every size that a layer may have, in paper order. A layer may give one a narrower meaning.
SIZES: dict[str, Size] = {
    "B": Size("batch", "batch"),
    "alpha": Size("width multiplier", "scale"),
    "k": Size("kernel side", "kernel"),
    "k_d": Size("kernel depth", "kernel"),
    "k_h": Size("kernel height", "kernel"),
    "k_w": Size("kernel width", "kernel"),
    "q": Size("window", "kernel"),
    "M": Size("input channels", "inputs"),
    "N": Size("output channels", "outputs"),
    "g": Size("groups", "groups"),
    "H": Size("output height", "position"),
    "W": Size("output width", "position"),
    "D": Size("output depth", "position"),
    "L_in": Size("input length", "input position"),
    "D_in": Size("input depth", "input position"),
    "H_in": Size("input height", "input position"),
    "W_in": Size("input width", "input position"),
    "R": Size("input side", "input position"),
    "s": Size("stride", "stride"),
    "s_d": Size("stride in depth", "stride"),
    "s_h": Size("stride down", "stride"),
    "s_w": Size("stride across", "stride"),
    "L": Size("number of layers", "count"),
    "T": Size("longest sequence", "count"),
    "n": Size("positions or tokens", "position"),
    "m": Size("keys", "position"),
    "w": Size("window side", "count"),
    "d": Size("model width", "width"),
    "d_h": Size("width of a head", "width"),
    "d_kv": Size("width of the keys' source", "width"),
    "d_c": Size("width of the latent", "width"),
    "d_q": Size("width of the queries' latent", "width"),
    "d_r": Size("width of the rotary part", "width"),
    "h": Size("heads", "heads"),
    "h_kv": Size("key-value heads", "heads"),
    "f": Size("hidden width of the feed-forward", "width"),
    "V": Size("vocabulary", "count"),
    "E": Size("experts", "count"),
    "E_s": Size("shared experts", "count"),
    "a": Size("active experts", "count"),
    "r": Size("rank or reduction", "count"),
    "t": Size("expansion", "count"),
    "K": Size("classes", "count"),
    "G": Size("grid intervals", "count"),
    "e_1": Size("outputs of the 1x1 expansion", "outputs"),
    "e_3": Size("outputs of the 3x3 expansion", "outputs"),
}
#: What sizes mean that layers have for themselves, beside :data:`SIZES`; the registry fills it.
OWN_SIZES: dict[str, str] = {}


def meaning(name: str) -> str:
    """What a size is, in words.

    >>> meaning("k")
    'kernel side'
    """
    return SIZES[name].meaning if name in SIZES else OWN_SIZES[name]


def role(name: str) -> str:
    """The role of a size, by which sizes are told apart: none of one that a layer has for itself.

    >>> role("M"), role("anything")
    ('inputs', '')
    """
    return SIZES[name].role if name in SIZES else ""


def is_scale(name: str) -> bool:
    """Whether a size is a positive real number, as a width multiplier is."""
    return role(name) == "scale"


def is_count(name: str) -> bool:
    """Whether a size counts something, as channels and strides do."""
    return role(name) not in ("", "scale")


#: The sizes of a network that are asked for anew: its input, its batch and its depth.
VARYING = frozenset(
    {n for n, size in SIZES.items() if size.role in ("position", "input position", "batch")}
    | {"L", "L_d", "T"}
)

#: Letters in common use for sizes, the most usual first.
_LETTERS = {
    "k": "k K D_K K_h f F r R kernel_size filter_size D I",
    "k_h": "k_h K_h K_H k_1 h_k",
    "k_w": "k_w K_w K_W k_2 w_k",
    "M": "M C_in C_i c_in C c I n_in d_in c_1 C_1 d m n d_model h d_ff",
    "N": "N C_out C_o c_out O F n_out d_out c_2 C_2 m n K d d_ff d_model f h V v",
    "g": "g G groups",
    "H": "H H_out H_o h_out h D_F Y_h M_outh H' S",
    "W": "W W_out W_o w_out w D_F Y_w M_outw W' S",
    "B": "B b batch_size batch N_b",
    "L": "L l n_layer n_layers num_layers N_L n_L",
    "n": "n s S T seq_len n_ctx N L t l",
    "m": "m n_kv S T s",
    "d": "d d_model D h H C n_embd hidden_size d_m dim E",
    "d_h": "d_h d_k d_head D_h head_dim d_v",
    "h": "h a n_h n_heads n_head num_heads H A",
    "h_kv": "h_kv n_kv n_kv_heads g G",
    "f": "f d_ff d_f F d_ffn intermediate_size I H",
    "V": "V v vocab_size n_vocab T s n_ctx",
    "d_attn": "d_attn",
    "E": "E n_experts N_e e N",
    "a": "a k top_k K",
    "r": "r R rank",
    "t": "t e E",
}
USUAL_LETTERS: dict[str, tuple[str, ...]] = {n: (*x.split(),) for n, x in _LETTERS.items()}
#: The dimensions of the first catalogue, in paper order, and what each one is.
DIMENSIONS: dict[str, str] = {name: SIZES[name].meaning for name in ("k", "M", "N", "g", "H", "W")}


def letter(role: str) -> str:
    """The first letter of a role.

    >>> letter("kernel"), letter("outputs")
    ('k', 'N')
    """
    return next(name for name, size in SIZES.items() if size.role == role)


#: Names that are kept: a text may bring any number of them.
KEPT = 1024


@lru_cache(maxsize=KEPT)
def symbol(name: str) -> sympy.Symbol:
    """The SymPy symbol called ``name``: a positive integer, or a multiplier that is none.

    >>> symbol("k") is symbol("k"), symbol("k").is_integer, symbol("alpha").is_integer
    (True, True, None)
    """
    return sympy.Symbol(name, positive=True, **({} if is_scale(name) else {"integer": True}))


def __getattr__(name: str) -> Expression:
    """The symbol of a dimension: ``from closedform.symbols import k``."""
    if name not in DIMENSIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return cast("Expression", symbol(name))
