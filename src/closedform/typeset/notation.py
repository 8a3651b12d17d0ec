"""Notations: the letters of a paper for the dimensions of a layer, in that paper's order.

Trees speak of ``k``, ``M``, ``N``, ``g``, ``H``, ``W``; a notation says how each is written. It is
the only thing that knows how a symbol looks: the printers and :mod:`~closedform.typeset.arrange`
ask it. A notation for your own letters is read from TOML by
:mod:`~closedform.typeset.own_notation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from closedform.algebra.tree import Series, Symbol, Tree, walk
from closedform.errors import ClosedformError, UnknownName
from closedform.records import field, record, replace
from closedform.symbols import DIMENSIONS
from closedform.typeset.names import NameKey, latex_name, name_key, split_name, text_name
from closedform.typeset.width import LINE

#: How factors are joined: no sign at all, a dot, or a cross; in text and in LaTeX.
PRODUCT_SIGNS: dict[str, tuple[str, str]] = {
    "none": ("", ""),
    "dot": ("·", r"\cdot"),
    "times": ("×", r"\times"),
}

#: A square map has one side, so these two may be written with one letter.
_SHARE_A_LETTER = {"H", "W"}


@record
class Notation:
    """Letters, their order and the habits of one paper.

    ``letters`` maps dimensions to the paper's symbols, ``order`` lists the paper's symbols as its
    products do, ``definitions`` says what each stands for ("kernel side"), ``latex_spelling`` and
    ``text_spelling`` override how a symbol is spelled, ``product`` is a key of
    :data:`PRODUCT_SIGNS`, ``write_out_squares`` prints k² in a product as k · k. ``places`` are
    symbols that stand for a dimension and take its place: K and C_in in conv(k=K, M=C_in). ``line``
    is how wide a line of LaTeX is, in points.
    """

    name: str
    description: str
    source: str
    letters: Mapping[str, str] = field(hash=False)
    order: tuple[str, ...]
    definitions: Mapping[str, str] = field(hash=False)
    latex_spelling: Mapping[str, str] = field(default_factory=dict, hash=False)
    text_spelling: Mapping[str, str] = field(default_factory=dict, hash=False)
    product: str = "none"
    write_out_squares: bool = False
    places: Mapping[str, str] = field(default_factory=dict, hash=False)
    line: float = LINE

    def __post_init__(self) -> None:
        if self.product not in PRODUCT_SIGNS:
            raise UnknownName("product sign", self.product, PRODUCT_SIGNS)
        hint = "give each its own letter; only H and W may share one (a square map)"
        self._check_letters(self.letters, hint)

    def letter(self, name: str) -> str:
        """The paper's symbol for a symbol of a tree; other symbols keep their name."""
        return self.letters.get(name, name)

    def first(self, name: str) -> str:
        """The first dimension that is written as ``name`` is: H for W where both are D_F."""
        letter = self.letters.get(name)
        return next((other for other, its in self.letters.items() if its == letter), name)

    def meaning(self, name: str) -> str:
        """What a symbol of a tree stands for, in words; none where nobody says so."""
        return self.definitions.get(self.letter(self.places.get(name, name)), "")

    def latex(self, name: str) -> str:
        """A symbol of a tree in LaTeX."""
        letter = self.letter(name)
        return self.latex_spelling.get(letter) or latex_name(letter)

    def text(self, name: str) -> str:
        """A symbol of a tree in plain text."""
        letter = self.letter(name)
        return self.text_spelling.get(letter) or text_name(letter)

    def rank(self, name: str) -> tuple[int, NameKey, NameKey]:
        """Sort key of a symbol: the paper's order, then the alphabet; M_1 follows M.

        What stands for a dimension has the place of that one, whatever its own letter is.
        """
        place, written = self.letter(self.places.get(name, name)), name_key(self.letter(name))
        for known in (place, split_name(place).stem):
            if known in self.order:
                return self.order.index(known), name_key(place), written
        return len(self.order), name_key(place), written

    def placing(self, places: Mapping[str, str]) -> Notation:
        """The same notation, in which symbols stand for dimensions."""
        return replace(self, places=places) if places else self

    def check(self, tree: Tree) -> None:
        """Refuse a tree in which two symbols would be printed as the same letter."""
        names = {node.name for node in walk(tree) if isinstance(node, Symbol)}
        names |= {node.index for node in walk(tree) if isinstance(node, Series)}
        self._check_letters(sorted(names), "rename one of them, or use another notation")

    def _check_letters(self, names: Iterable[str], hint: str) -> None:
        by_letter: dict[str, list[str]] = {}
        for name in names:
            by_letter.setdefault(self.letter(name), []).append(name)
        for letter, same in by_letter.items():
            if len(same) > 1 and not _SHARE_A_LETTER.issuperset(same):
                both = f"{' and '.join(same)} would both be {letter}"
                raise ClosedformError(f"in the notation {self.name}, {both}", hint)


SOURCE = Notation(
    name="source",
    description="k, M, N, g, H, W: the letters of the catalogue",
    source="closedform",
    letters={name: name for name in DIMENSIONS},
    order=tuple(DIMENSIONS),
    definitions=DIMENSIONS,
)

MOBILENET = Notation(
    name="mobilenet",
    description="D_K, M, N, D_F for square kernels and maps, products written out",
    source="Howard et al. 2017, MobileNets, arXiv:1704.04861, equations 2 to 5 (and 6, 7: α, ρ)",
    letters={"k": "D_K", "M": "M", "N": "N", "g": "g", "H": "D_F", "W": "D_F"},
    order=("D_K", "alpha", "M", "N", "g", "rho", "D_F"),
    definitions={
        "D_K": "kernel side",
        "alpha": "width multiplier",
        "M": "input channels",
        "N": "output channels",
        "g": "groups",
        "rho": "resolution multiplier",
        "D_F": "side of the square feature map",
    },
    product="dot",
    write_out_squares=True,
)

#: The letters of other papers: name and source, a description ({}: the letters), then a line a
#: size: dimension, letter, what it is.
_PAPERS = """
pytorch: PyTorch documentation, torch.nn.Conv2d (C_in, C_out, H_out, W_out)
{}: the letters of PyTorch's documentation
k K kernel side
M C_in input channels
N C_out output channels
g G groups
H H_out output height
W W_out output width

shufflenet: Zhang et al. 2017, ShuffleNet, arXiv:1707.01083, section 3.2
c, m, h, w, g: the letters of the ShuffleNet paper
k k kernel side
M c input channels
N m output (bottleneck) channels
H h output height
W w output width
g g groups

vaswani: Vaswani et al. 2017, arXiv:1706.03762, sections 3.2, 3.3 and Table 1
{}: for transformers
n n sequence length
h h heads
d_h d_k width of a head
d d_model model width
f d_ff width of the feed-forward

megatron: Korthikanti et al. 2022, arXiv:2205.05198, Table 1, as in sbh(34 + 5as/h)
{}: for transformers
L L number of layers
n s sequence length
B b microbatch
d h hidden size
h a attention heads
V v vocabulary

chinchilla: Hoffmann et al. 2022, arXiv:2203.15556, Appendix F
{}: for transformers
L num_layers number of layers
n seq_len sequence length
d d_model model width
f ffw_size width of the feed-forward
h num_heads heads
d_h key_size width of a head
V vocab_size vocabulary

llama: the configuration of LLaMA in transformers, models/llama/configuration_llama.py
{}: for transformers
B batch_size batch
L num_hidden_layers number of layers
n seq_len sequence length
d hidden_size model width
f intermediate_size width of the feed-forward
h num_attention_heads heads
h_kv num_key_value_heads key-value heads
d_h head_dim width of a head
V vocab_size vocabulary
"""


def _of_paper(written: str) -> Notation:
    head, description, *lines = written.splitlines()
    name, source = head.split(": ", 1)
    own = [tuple(line.split(maxsplit=2)) for line in lines]
    known = {dimension for dimension, _, _ in own}
    rest = [(name, name, said) for name, said in DIMENSIONS.items() if name not in known]
    return Notation(
        name=name,
        description=description.format(", ".join(letter for _, letter, _ in own)),
        source=source,
        letters={dimension: letter for dimension, letter, _ in (*own, *rest)},
        order=tuple(letter for _, letter, _ in (*own, *rest)),
        definitions={letter: meaning for _, letter, meaning in (*own, *rest)},
    )


#: Every notation by name, the default first.
NOTATIONS: dict[str, Notation] = {
    notation.name: notation
    for notation in (*(SOURCE, MOBILENET), *map(_of_paper, _PAPERS.strip().split("\n\n")))
}
