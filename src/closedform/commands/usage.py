"""What can be typed: every command and its arguments, as tables."""

from __future__ import annotations

from closedform.cost.measures import QUANTITIES

Argument = tuple[tuple[str, ...], dict[str, object]]

FORMATS = ("text", "latex", "markdown", "json")
MEASURES = ("params", "macs", "flops", "activations")


def _argument(*names: str, **options: object) -> Argument:
    return names, options


def _option(names: str, metavar: str, meaning: str, **options: object) -> Argument:
    given: dict[str, object] = {"default": "", **options}
    return _argument(*names.split(), metavar=metavar, help=meaning, **given)


def _flag(name: str, meaning: str) -> Argument:
    return _argument(name, action="store_true", help=meaning)


def _some(name: str, metavar: str, meaning: str, **options: object) -> Argument:
    return _argument(name, nargs="+", metavar=metavar, help=meaning, **options)


def _choice(name: str, *choices: str, **options: object) -> Argument:
    return _argument(name, choices=choices, metavar=f"{{{','.join(choices)}}}", **options)


def _several(names: str, meaning: str, **options: object) -> Argument:
    given: dict[str, object] = {"typed": "may be repeated", **options}
    return _argument(*names.split(), action="append", help=meaning, **given)


def _does(meaning: str, *arguments: Argument) -> tuple[str, tuple[Argument, ...]]:
    return meaning, arguments


def _printed(*formats: str, meaning: str = "how it is printed") -> Argument:
    return _argument("--format", choices=formats, default=formats[0], help=meaning)


#: What is said of an argument that is typed, beside what it means to everybody.
_STDIN = "- is stdin"
_LAYERS = _some(
    *("layers", "LAYER", "a layer or sum: conv(k=3, bias) + 2 linear; a file net.onnx"),
    typed=_STDIN,
)
_CONVENTION = _option(
    "--convention",
    "NAME",
    "how FLOPs are counted (list conventions), or a TOML file of your own",
    default="exact",
)
_NOTATION = _option(
    "--notation", "NAME", "letters of a paper, or a TOML file of your own", default="source"
)
_COLUMNS = _choice(
    "--columns", "one", "two", default="one", help="what lines and tables of LaTeX fit"
)
_PAPER = (_NOTATION, _COLUMNS)
_PAPER_TABLE = (
    *_PAPER,
    _option("--label", "NAME", "LaTeX: what the paper refers to the table by"),
    _flag("--tabular", "LaTeX: the tabular alone, its caption in comments above it"),
)
_QUANTITY = _several(
    *("--measure", "only this one, such as kv_cache"), choices=tuple(QUANTITIES), metavar="QUANTITY"
)
_MEASURE = _several("--measure", "only this one", choices=MEASURES)
_TABLE_FORMAT = _printed(*FORMATS, "html", "csv")
_WHERE = _option("--where", "SIZES", 'sizes of all of them: "k=3, M=N=512, H=W=14"')
_BREAKDOWN = (
    _flag("--by-kind", "a row for each type of layer, with its share"),
    _flag("--by-stage", "a row for each stage of a network, with its share"),
)
_OWN_WORDS = "layers, or a way to count, of your own, a TOML file"
_OWN = _several("--own --layers", _OWN_WORDS, metavar="FILE", default=[])

#: What stands without a command.
ALONE = ("-h", "--help", "--version")
#: Every command: what it does, and its arguments.
COMMANDS: dict[str, tuple[str, tuple[Argument, ...]]] = {
    "show": _does("closed forms of layers", _LAYERS, *_BREAKDOWN, _CONVENTION, *_PAPER),
    "ratio": _does(
        "one layer over another, simplified",
        _argument("numerator", metavar="A", help='a layer, a sum of layers, or "A / B"'),
        _argument("denominator", metavar="B", nargs="?", help="a layer or sum of layers"),
        _flag("--steps", "with the derivation, every step proven"),
        _CONVENTION,
        *_PAPER,
    ),
    "derive": _does(
        "a closed form or a saving, step by step, every step proven",
        _argument("layers", metavar="LAYER", help='a layer, or a quotient such as "A / B"'),
        _argument("over", metavar="B", nargs="?", help="a layer that it is compared with"),
        _argument("--measure", choices=(*MEASURES, "all"), help="which cost is derived"),
        _CONVENTION,
        *_PAPER,
    ),
    "solve": _does(
        "for which sizes a cost meets a budget, or two designs break even",
        _argument("claim", metavar="RELATION", help='such as "macs(conv(k=3, M=64)) <= 100M"'),
        _option("--for --symbol", "SYMBOL", "the unknown", dest="symbol", required=True),
        _argument("--where", metavar="CONDITIONS", help='such as "k = 3, g | M"'),
        *_PAPER,
    ),
    "count": _does("exact numbers, of given sizes", _LAYERS, _CONVENTION, _QUANTITY, _WHERE),
    "verify": _does(
        "a verdict on each claim",
        _some("claims", "CLAIM", "a = b, a chain, or a quoted text"),
        _option(
            *("--is --target", "TARGET", "what the quoted text claims to be"),
            dest="target",
            default=None,
        ),
        _argument("--where", metavar="CONDITIONS", help='such as "N = M, g | M, k >= 2"'),
        _several("--name", "a word of the text is this symbol", metavar="WORD=SYMBOL"),
        _COLUMNS,
    ),
    "check": _does(
        "the claims of documents and claims files",
        _some(
            *("files", "FILE"),
            "*.toml, *.md, *.tex, *.rst, *.ipynb, or a folder of them",
            typed=_STDIN,
        ),
        _printed(
            *(*FORMATS, "github", "sarif"),
            meaning="how it is printed; github: annotations of a workflow",
        ),
        _option("--jobs", "N", "so many processes, 0: one a processor (default: for long files)"),
        _flag("--watch", "check again whenever a file is saved"),
        _COLUMNS,
    ),
    "scan": _does(
        "the formulas of documents that are a cost of something, and the directives to hold them",
        _some("files", "FILE", "a document, or a plain text (*.txt)", typed=_STDIN),
        _COLUMNS,
    ),
    "identify": _does(
        "the layers, flags and conventions whose cost a formula is",
        _argument("formula", metavar="FORMULA", help="a formula without a target", typed=_STDIN),
        _COLUMNS,
    ),
    "compare": _does(
        "layers or a network under every convention",
        _argument("subject", metavar="LAYER", help="a layer, a sum or a network"),
        *_PAPER_TABLE,
    ),
    "explain": _does(
        "by which conventions a published number comes out",
        _argument("number", metavar="NUMBER", help="as printed: 4.11e9, 4.1G"),
        _option(
            *("--for --subject", "LAYER", "what it is of: a layer, a sum or a network"),
            dest="subject",
            required=True,
        ),
        _COLUMNS,
    ),
    "table": _does(
        "layers or networks side by side",
        _some(
            *("layers", "[LABEL:] LAYER", "a row each: a layer, a sum or a network"), typed=_STDIN
        ),
        _QUANTITY,
        _several("--convention", "how FLOPs are counted; a column each", metavar="NAME"),
        _WHERE,
        _option("--baseline", "ROW", "columns with the ratio to this row, or to another layer"),
        *_BREAKDOWN,
        _option(
            *(
                "--digits",
                "DIGITS",
                "full; si (three digits, under M); M (two decimals); or a number",
            ),
            default="full",
        ),
        _option("--caption", "TEXT", "stands before the sizes and the convention"),
        *_PAPER_TABLE,
        _TABLE_FORMAT,
    ),
    "growth": _does(
        "what doubling a size does to a cost, and which term leads",
        _argument("layers", metavar="LAYER", help="with open sizes: resnet50(R), llama2_7b"),
        _option("--over", "SIZES", 'the sizes that grow: "R, alpha" (default: all that are open)'),
        _MEASURE,
        _option("--where", "SIZES", 'where a doubling is exact: "n=4096" (default: as published)'),
        *_BREAKDOWN,
        _CONVENTION,
        *_PAPER_TABLE,
        _TABLE_FORMAT,
    ),
    "sweep": _does(
        "costs at all combinations of swept sizes, as comma-separated values",
        _argument("layers", metavar="LAYER", help="with open sizes: mobilenet_v1(alpha, R)"),
        _option(
            *("--over", "RANGES", '"R=96..331..32, g=1,2,4": first, last and step, or values'),
            required=True,
        ),
        _MEASURE,
        _CONVENTION,
        _option("--where", "SIZES", 'the other sizes: "M=64, H=W=56"'),
        _option("-o --output", "FILE", "*.csv, or *.parquet by DuckDB (default: standard output)"),
        _printed(
            *("csv", *FORMATS, "html", "duckdb", "spark"),
            meaning="csv, a table, or the query of a database",
        ),
    ),
    "plot": _does(
        "a ratio or a cost over a size, as a figure",
        _some(
            *("layers", "[LABEL:] LAYER"), "a layer, a sum, a network, or one over another: A / B"
        ),
        _argument(
            "--over",
            action="append",
            required=True,
            metavar="SIZE=FROM..TO",
            help="what runs along the axis: N=16..1024; twice with --iso",
        ),
        _option("--family", "SIZE=VALUES", "a curve for each value: k=3,5,7"),
        _flag("--iso", "lines of equal cost over two sizes"),
        _argument(
            "--measure", default="macs", choices=MEASURES, help="what is drawn (default macs)"
        ),
        _CONVENTION,
        _NOTATION,
        _option("--where", "SIZES", 'the other sizes: "M=64, H=W=56"'),
        _option("-o --output", "FILE", "*.svg, *.pdf, *.pgf or *.png", required=True),
    ),
    "mcp": _does("verify, derive, count, explain and scan as tools of the Model Context Protocol"),
    "completion": _does(
        "a script with which a shell completes command lines",
        _choice("shell", "bash", "zsh", "fish", help='eval "$(… completion bash)"'),
    ),
    "list": _does(
        "what there is: layers, networks, conventions, notations",
        _choice("table", "layers", "conventions", "notations", "networks"),
    ),
}


def arguments_of(command: str) -> tuple[Argument, ...]:
    """The arguments of a command: its own, and those that all take that print something."""
    own = COMMANDS[command][1]
    if command == "mcp":
        return own
    formats = () if any("--format" in names for names, _ in own) else (_printed(*FORMATS),)
    own = (*own, *(() if command == "completion" else (_OWN,)), *formats)
    return tuple(map(_as_typed, own))


def _as_typed(argument: Argument) -> Argument:
    """An argument as a terminal takes it: with what is said to who types it."""
    names, options = argument
    if "typed" not in options:
        return argument
    rest = {name: value for name, value in options.items() if name != "typed"}
    return names, {**rest, "help": f"{options['help']}; {options['typed']}"}


def options_of(command: str) -> frozenset[str]:
    """What can stand before the value of an option of a command."""
    names = (name for names, _ in arguments_of(command) for name in names)
    return frozenset(name for name in names if name.startswith("-"))
