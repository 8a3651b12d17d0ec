"""The catalogue's pages, written from the registry at each build.

A page a family of layers, and of networks a page for each file that they stand in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache, partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

import closedform.catalogue  # noqa: F401  (registers the layers)
from closedform.algebra.forms.grouped import plainest
from closedform.algebra.tree import ZERO, Tree, wrap
from closedform.cost.conventions.convention import heading
from closedform.cost.kinds import SCALARS
from closedform.cost.layer_type import LAYERS, LayerType
from closedform.cost.measures import MEASURES, QUANTITIES
from closedform.cost.sums import LayerSum
from closedform.derivation.derive import derive
from closedform.documents.checking import Checked, check_file
from closedform.errors import ClosedformError
from closedform.figures.compare import compare
from closedform.reading import parse_layers
from closedform.symbols import SIZES
from closedform.typeset.arrange import arrange
from closedform.typeset.escapes import markdown_words
from closedform.typeset.grids import markdown_grid
from closedform.typeset.latex import closed_latex
from closedform.typeset.notation import SOURCE

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

RELATIONS = "docs/claims/relations.toml"
#: A common number for each role of a size, or for a letter of its own: how the layer is written.
NUMBERS = {
    "kernel": 3,
    "inputs": 64,
    "outputs": 128,
    "groups": 4,
    "position": 56,
    "input position": 56,
    "stride": 1,
    "width": 768,
    "heads": 12,
    "count": 4,
    "scale": 1,
    "batch": 1,
    # A head is narrower than the model.
    **dict.fromkeys(("d_h", "d_r"), 64),
}
#: Families that go before the others.
_RANK = {"convolution": -2, "linear": -1}
_WORD = re.compile(r"\w+(?=[()])|\w+(?= \+)")


def on_config(config: Any) -> Any:
    """Put a page a family under "Catalogue"; MkDocs calls this before it looks for pages."""
    (entry,) = (entry for entry in config.nav if "Catalogue" in entry)
    layers = [{title(name): address(name)} for name in families() if not _networks(name)]
    networks = [{title(name): address(name)} for name in families() if _networks(name)]
    entry["Catalogue"] = ["catalogue.md", *layers, {"Networks": networks}]
    return config


def on_files(files: Files, *, config: Any) -> Files:
    """Add those pages; MkDocs calls this when it has listed the others."""
    from mkdocs.structure.files import File  # noqa: PLC0415  (tests read the pages without it)

    for name in families():
        files.append(File.generated(config, address(name), content=page(name)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the list of all layers where a page asks for it."""
    before, asked, behind = markdown.partition("<!-- catalogue -->")
    return f"{before}{index()}{behind}" if asked else markdown


def families() -> list[str]:
    """The families in the order of the registry; what most look for first, networks last."""
    known = dict.fromkeys(map(family, LAYERS.values()))
    return sorted(known, key=lambda name: 1 if _networks(name) else _RANK.get(name, 0))


def family(layer: LayerType) -> str:
    """The file that it stands in."""
    if not layer.is_network:
        return layer.family
    made: Any = layer.contents or layer.formula
    while isinstance(made, partial):
        made = made.func
    return str(made.__module__.rpartition(".")[2])


def title(name: str) -> str:
    """The family in a word or two: as a file of networks begins; a short one is an abbreviation."""
    if networks := _networks(name):
        return re.split(r"[:.]", networks.__doc__ or "")[0]
    return name.upper() if len(name) <= 3 else name.replace("_", " ").capitalize()


def _networks(name: str) -> ModuleType | None:
    """The file of a family of networks."""
    return sys.modules.get(f"closedform.catalogue.networks.{name}")


def address(name: str) -> str:
    """Where the page of a family stands."""
    return f"catalogue/{name}.md"


def index() -> str:
    """Every layer in a line: what it is, its parameters and its MACs."""
    head = ("layer", *list(MEASURES.values())[:2])
    return "\n\n".join(
        f"## {title(name)}\n\n{markdown_grid(head, [_line(layer) for layer in _of(name)])}"
        for name in families()
    )


def page(name: str) -> str:
    """The page of a family: what its file says of it, and a section a layer."""
    module = _networks(name) or sys.modules[f"closedform.catalogue.{name}"]
    intro = re.sub(r":\w+:`([^`]+)`", r"`\1`", module.__doc__ or "").partition("\n")[2]
    return f"# {title(name)}\n\n{intro}\n\n" + "\n\n".join(map(_section, _of(name)))


def _of(name: str) -> list[LayerType]:
    return [layer for layer in LAYERS.values() if family(layer) == name]


def _line(layer: LayerType) -> tuple[str, ...]:
    link = f"[{layer.name}]({address(family(layer))}#{layer.name})"
    return link, *(_set(layer()._tree(measure)) for measure in list(MEASURES)[:2])


def _section(layer: LayerType) -> str:
    inside = {
        "FLOPs as each convention counts them": _conventions(layer),
        "Where the closed forms come from": "" if layer.is_network else _derivation(layer),
        "Beside other layers": "\n".join(_relations(layer)),
    }
    parts = [
        f"## {layer.name} {{ #{layer.name} }}",
        markdown_words(layer.summary),
        *_closed_forms(layer),
        _sizes(layer),
        _facts(layer),
        *(_folded(name, text) for name, text in inside.items() if text),
    ]
    return "\n\n".join(part for part in parts if part)


def _written(layer: LayerType) -> str:
    """How to write it in a formula or at the command line, and in Python."""
    numbers = {n: NUMBERS.get(n) or NUMBERS[SIZES[n].role] for n in layer.free if n in SIZES}
    sizes = [f"{name}={number}" for name, number in numbers.items()]
    typed = ", ".join([*sizes, *layer.flags[:1]])
    python = ", ".join([*sizes, *(f"{flag}=True" for flag in layer.flags[:1])])
    try:
        parse_layers(f"{layer.name}({typed})" if typed else layer.name)
    except ClosedformError:
        return f"`{layer.name}`, in Python `cf.{layer.name}()`"
    return f"`{layer.name}({typed})`, in Python `cf.{layer.name}({python})`"


def _facts(layer: LayerType) -> str:
    facts = {
        "Write": _written(layer),
        "Also called": ", ".join(f"`{alias}`" for alias in layer.aliases),
        "Weights": f"`{layer.weights}`" if layer.weights else "",
        "Executes": f"`{layer.written_operations}`" if layer.written_operations else "",
        "Made of": ", ".join(_linked(name) for name in _made_of(layer)),
        "Source": markdown_words(layer.source),
    }
    return "\n".join(f"- {name}: {value}" for name, value in facts.items() if value)


def _linked(name: str) -> str:
    layer = LAYERS.get(name)
    if layer is None:
        return name.replace("_", " ")
    return f"[{name}]({family(layer)}.md#{name})"


def _made_of(layer: LayerType) -> list[str]:
    parts = [term.call.layer for term in layer().terms[0].call.parts or ()]
    return list(dict.fromkeys(parts))


def _sizes(layer: LayerType) -> str:
    defaults = {name: _set(tree) for name, tree in layer._defaults.items()}
    rows = [(f"`{name}`", layer.meaning(name), defaults.get(name, "")) for name in layer.dims]
    return markdown_grid(("size", "meaning", "if not given"), rows) if rows else ""


def _closed_forms(layer: LayerType) -> Iterator[str]:
    """A table of every quantity, and one of what each flag makes of the first four.

    Before them, of a network for images, the formulas of the side of its input.
    """
    plain = layer()
    if layer.is_network and "R" in layer.dims:
        open_side = parse_layers(f"{layer.name}(R)")
        rows = [(heading(name, "exact"), _set(open_side._tree(name))) for name in MEASURES]
        yield markdown_grid(("quantity", "by the side R of the input"), rows)
    rows = [(name, _set(plain._tree(quantity))) for quantity, name in _quantities(plain).items()]
    rows += [(f"operations: {kind}", _set(tree)) for kind, tree in _scalars(plain).items()]
    yield markdown_grid(("quantity", "closed form"), rows)
    flagged = [(f"`{flag}`", *_three(layer, flag)) for flag in layer.flags]
    if flagged:
        yield markdown_grid(("with", "params", "MACs", "FLOPs (exact)"), flagged)


#: What is a number times the parameters, or times the MACs, or a sum of what is shown.
_MULTIPLES = frozenset(
    "weight_memory gradient_memory optimizer_memory training_memory backward_flops "
    "training_flops kv_cache_memory".split()
)


def _quantities(layers: LayerSum) -> dict[str, str]:
    """What is asked of every layer, and of the rest what is not 0 and not said already."""
    shown = {**MEASURES, "flops": "FLOPs (exact)"}
    for quantity, name in QUANTITIES.items():
        said = quantity in shown or quantity in _MULTIPLES
        tree = ZERO if said else layers._tree(quantity)
        if tree != ZERO and not (quantity == "active_params" and tree == layers._tree("params")):
            shown[quantity] = name
    return shown


def _scalars(layers: LayerSum) -> dict[str, Tree]:
    counts = {kind: layers._tree("operations", kind=kind) for kind in SCALARS}
    return {kind: tree for kind, tree in counts.items() if tree != ZERO}


def _three(layer: LayerType, flag: str) -> list[str]:
    try:
        layers = layer.at({}, (flag,))
        return [_set(layers._tree(measure)) for measure in list(MEASURES)[:3]]
    except ClosedformError as error:  # a padded U-Net has other sides
        return [f"other sizes: {error.problem}", "", ""]


def _set(tree: Tree) -> str:
    return f"${closed_latex(arrange(plainest(tree)))}$"


def _derivation(layer: LayerType) -> str:
    return derive(layer()).to_markdown(SOURCE).partition("\n\n")[2]


def _conventions(layer: LayerType) -> str:
    """Each formula that conventions have for the layer, with all that have it."""
    shared: dict[tuple[str, str], list[str]] = {}
    for name, formula, *_, uncounted in compare(layer())._rows:
        shown = _set(wrap(formula)) if formula is not None else "–"
        shared.setdefault((shown, str(uncounted).replace("_", " ")), []).append(f"`{name}`")
    rows = [(", ".join(names), *entries) for entries, names in shared.items()]
    return markdown_grid(("conventions", "FLOPs", "not counted"), rows)


def _relations(layer: LayerType) -> list[str]:
    """What of it is proven beside other layers, and which layers it is a part of."""
    rows = [
        f"- `{checked.claim.text}`: {checked.outcome}"
        for checked in _proven()
        if checked.claim and layer.name in _WORD.findall(checked.claim.text)
    ]
    whole = [o.name for o in LAYERS.values() if not o.is_network and layer.name in _made_of(o)]
    if whole:
        rows.append(f"- A part of: {', '.join(map(_linked, whole))}")
    return rows


@cache
def _proven() -> tuple[Checked, ...]:
    """The relations between layers, each proven now.

    Raises:
        ClosedformError: one of them is not what it should be.
    """
    claims = check_file(RELATIONS)
    for checked in claims:
        if not checked.ok:
            raise ClosedformError(f"{RELATIONS}, line {checked.line}: {checked.outcome}")
    return claims


def _folded(name: str, inside: str) -> str:
    indented = "\n".join(f"    {line}" if line else "" for line in inside.splitlines())
    return f'??? note "{name}"\n\n{indented}'
