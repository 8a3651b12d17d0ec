"""Layers of a user's own, from TOML: both entries, and what is refused."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import closedform as cf
from closedform.algebra.tree import Tree
from closedform.catalogue import lookup
from closedform.cli import main
from closedform.cost.expand import expand
from closedform.cost.layer import Entries
from closedform.cost.layer_type import LayerType
from closedform.cost.measures import Cost
from closedform.cost.registry import layer
from closedform.errors import ClosedformError
from closedform.language.statements.asked_layers import has_argument
from closedform.own_layers import OWN as OWN_LAYERS
from closedform.typeset.own_notation import load_notation
from tests import laws
from tests.tools.own import forgotten

OWN = """
[[layer]]
name = "own_adapter"
summary = "Adapter: two linear layers around ReLU"
sizes = "d r n=1"
meanings = {r = "inner width"}
made_of = "linear(M=d, N=r, n, bias) + relu(N=r, H=n, W=1) + linear(M=r, N=d, n, bias)"
params = "2 d r + d + r"
macs = "2 n d r"

[[layer]]
name = "own_strip_conv"
sizes = "k M N H W g=1"
flags = "bias bn"
weights = "N M/g k"
operations = "contract N H W over M/g k"
divides = "g|M g|N"
params = "k M N/g"

[[layer]]
name = "own_two_kernels"
sizes = "k M N H W"
weights = "N M k k; N M k"
operations = "contract N H W over M k k"
params = "k^2 M N + k M N"

[[layer]]
name = "own_squeeze"
sizes = "C r H W"
made_of = "linear(M=C, N=C/r) + relu(N=C/r, H=1, W=1) + linear(M=C/r, N=C)"
operations = "rescale C H W"
meanings = {C = "channels"}
divides = "r|C"
params = "2 C^2/r"

[[layer]]
name = "own_two_adapters"
sizes = "d"
made_of = "own_adapter(d, r=d) + own_adapter(d, r=2 d)"

[[layer]]
name = "own_window"
sizes = "k_1 N L_in s=1 L=(L_in-k_1)//s+1"
meanings = {k_1 = "width of the window"}
operations = "maximum N L over k_1"
least = "k_1=2"
"""


@pytest.fixture(autouse=True)
def own() -> Iterator[None]:
    """The layers above, known to one test and to no other."""
    with forgotten():
        cf.load_layers(OWN)
        cf.load_layers(OWN)  # what is known already, and said to be the same, is no error
        yield


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("params(own_adapter) = 2 d r + d + r", "proven"),
        ("params(own_adapter) = 2 d r", "refuted"),
        ("macs(own_adapter(d=8, r=2, n=4)) = 128", "proven"),
        ("params(own_strip_conv(bias, k=3)) = 3 M N + N", "proven"),
        ("params(own_strip_conv(g)) = k M N/g", "proven"),
        ("macs(own_strip_conv) = k M N H W", "proven"),
        ("flops(own_strip_conv(bn)) = 2 k M N H W", "refuted"),
        ("params(own_two_adapters) = 6 d^2 + 5 d", "proven"),
        ("params(2 own_adapter + linear(M=d, N=d)) = 4 d r + 2 d + 2 r + d^2", "proven"),
    ],
)
def test_a_layer_of_ones_own_is_a_layer(claim: str, verdict: str) -> None:
    assert cf.verify(claim).verdict == verdict


def test_every_verb_knows_it() -> None:
    assert cf.own_adapter(d=8, r=2).params == 42
    copied = pickle.loads(pickle.dumps(cf.own_adapter(d=3)))  # noqa: S301 (our own bytes)
    assert copied == cf.own_adapter(d=3)
    assert "params(own_strip_conv)" in str(cf.identify("k*M*N"))
    assert "bias" in str(cf.verify("2 d r", target="params(own_adapter)"))
    # After a first look at the layers that there were before.
    told = cf.verify("k^2 M N + k M N", target="params(pointwise_conv)")
    assert "this is params(own_two_kernels)" in str(told)


@pytest.mark.parametrize(
    ("s", "written"), [(1, "L_in - k_1 + 1"), (2, "floor(L_in/2 - k_1/2) + 1")], ids=str
)
def test_a_floor_stands_where_something_divides(s: int, written: str) -> None:
    assert str(cf.own_window(N=1, s=s).activations) == written


def test_a_size_may_have_a_least_value() -> None:
    assert cf.own_window(k_1=2, N=1, L_in=4).activations == 3
    with pytest.raises(ClosedformError, match="k_1 = 1 is less than 2"):
        cf.own_window(k_1=1)


def test_a_notation_has_a_letter_for_a_size_of_ones_own() -> None:
    ours = load_notation('name = "ours"\nletters = {k_1 = "F"}')
    assert ours.letter("k_1") == "F"
    assert ours.definitions["F"] == "width of the window"
    with pytest.raises(ClosedformError, match="did you mean k_1"):
        load_notation('name = "ours"\nletters = {k_11 = "F"}')


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('sizes = "d r"\nmade_of = "linear(M=d, N=r)"\nparams = "d r + r"', "are not what it exec"),
        ('sizes = "d"\noperations = "contract d over d"\nweights = "d d"\nparams = "d"', "are not"),
        ('sizes = "d"\nmade_of = "linear(M=d, N=e)"', "unknown size"),
        ('sizes = "d r"\nmade_of = "linear(M=d, N=r)"\nparams = "d q"', "unknown size"),
        ('sizes = "zz"\noperations = "contract zz over zz"', "zz has no meaning"),
        ('sizes = "d"\noperations = "contrac d over d"', "no kind of operation"),
        ('sizes = "d"\noperations = "contract d over e"', "e is no size of this layer"),
        ('sizes = "d"\nmade_of = "linaer(M=d)"', "unknown layer 'linaer'"),
        ('sizes = "d"', "does not say what it executes"),
        ('sizes = "d"\nparams = "d"', "does not say what it exec"),
        ('sizes = "d"\noperations = "contrct d"', "no kind of operation; did you mean contract?"),
        ('made_of = "relu"', "a layer needs a name and sizes"),
        ('sizes = "d"\nmade_of = "relu(N=d)"\nparmas = "0"', "unknown key of a layer 'parmas'"),
        ('sizes = "d d"\nmade_of = "relu(N=d)"', "has a size twice"),
        ('sizes = "d"\nflags = "bias"\nmade_of = "linear(M=d, N=d)"', "takes no flag bias"),
        ('sizes = "d"\nflags = "fast"\noperations = "relu d"', "takes no flag fast"),
        ('sizes = "d"\noperations = ";"', "does not say what it executes"),
        ('sizes = "d"\noperations = "contract d over over d"', "over stands in it twice"),
        ('sizes = "d"\noperations = "softmax d rows"', "no size stands behind rows"),
        ('sizes = "d"\noperations = "relu d"\ndivides = "d"', "d says not what divides what"),
        ('sizes = "d"\noperations = "relu d"\nasks = "d<3"', "d<3 says not what is asked"),
        ('sizes = "d"\noperations = "relu d"\nasks = "d<=e"', "e is no size of this layer"),
        ('sizes = "d"\noperations = "relu d"\ndivides = "2|e"', "e is no size of this layer"),
        ('sizes = "d"\noperations = "relu d"\nleast = "e=2"', "e is no size of this layer"),
        ('sizes = "d"\noperations = "relu d"\nleast = "d"', "d says not how small a size may be"),
        ('sizes = "d"\noperations = "relu d"\nleast = "d=0"', "d says not how small a size may"),
        ('sizes = "d"\nmeanings = "x"\nmade_of = "relu(N=d)"', "meanings of a layer is a table"),
        ('sizes = "d"\nmeanings = {q = "x"}\nmade_of = "relu(N=d)"', "unknown key of the meaning"),
        ('sizes = "d=("\nmade_of = "relu(N=d)"', "no formula"),
        ('sizes = 3\nmade_of = "relu(N=d)"', "sizes of a layer is a text, not 3"),
        ('sizes = "d"\nmade_of = ["relu(N=d)"]', "made_of of a layer is a text, not"),
        ('sizes = "d"\nmade_of = "linear(M=d, N=d)"\nparams = "d d ("', "bracket is not closed"),
    ],
)
def test_what_is_no_layer_is_refused(lines: str, problem: str) -> None:
    with pytest.raises(ClosedformError, match=problem):
        cf.load_layers(f'[[layer]]\nname = "own"\n{lines}')
    assert "own" not in dir(cf)


@pytest.mark.parametrize("name", ["conv", "ResNet_50", "own_adapter"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(ClosedformError, match="is there already"):
        cf.load_layers(f'[[layer]]\nname = "{name}"\nsizes = "d"\nmade_of = "relu(N=d)"')


def test_the_command_line_reads_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(OWN.replace("own_", "mine_"), encoding="utf-8")
    assert main(["show", "mine_adapter", "--layers", str(file)]) == 0
    assert "2dr + d + r" in capsys.readouterr().out
    assert main(["show", "conv", "--layers", str(tmp_path / "none.toml")]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err
    file.write_text("name = 3", encoding="utf-8")
    assert main(["show", "conv", "--layers", str(file)]) == 2
    assert "a file of layers holds [[layer]] tables" in capsys.readouterr().err


def test_a_layer_is_made_of_layers_and_of_operations() -> None:
    claim = "C H W + 2C^2/r = operations(own_squeeze, kind=mul)"
    assert cf.verify(claim).verdict == "proven"


def test_a_family_of_layers_with_sizes_of_their_own_is_told_apart() -> None:
    with forgotten():
        register = layer(
            source="a test", weights="N M c", operations="contract N over M c", flags="bias bn",
            meanings={"c": "copies"},
        )  # fmt: skip
        register(own_copies)
        OWN_LAYERS["own_copies"] = ""
        assert "own_copies" in str(cf.identify("c M N + N"))
        reason = str(cf.verify("k^2 M N", target="params(own_copies)"))
        assert "this is params(conv)" in reason


COPIES = {"meanings": {"c": "copies"}, "operations": "contract N over M c"}


@pytest.mark.parametrize(
    ("declared", "problem"),
    [
        ({"operations": "contract N over M c"}, "the size c has no meaning"),
        ({**COPIES, "operations": "contract N over z"}, "z is no size of this layer"),
        ({**COPIES, "cases": "z"}, "z is no size of this layer"),
        ({**COPIES, "least": "z=2"}, "z is no size of this layer"),
        ({**COPIES, "operations": ""}, "own_copies does not say what it executes"),
        ({**COPIES, "flags": "fast"}, "has a flag fast that no function of it takes"),
    ],
)
def test_a_declaration_that_says_too_little_is_refused(
    declared: dict[str, Any], problem: str
) -> None:
    with forgotten():
        OWN_LAYERS["own_copies"] = ""
        on = dict.fromkeys(declared.get("flags", "").split(), True)
        with pytest.raises(ValueError, match=problem):
            layer(source="a test", **declared)(own_copies)(**on).flops()


@pytest.mark.parametrize("law", laws.LAYER_LAWS, ids=lambda law: str(law.__name__))
def test_a_floor_in_a_closed_form_is_python_s(law: Callable[[LayerType], None]) -> None:
    def own_halves(M: Tree, N: Tree) -> Cost:
        """Halves: one half of the inputs, rounded down."""
        return Cost(params=M // 2 * N, macs=M // 2 * N)

    with forgotten():
        OWN_LAYERS["own_halves"] = ""
        declared = {"weights": "N M//2", "operations": "contract N over M//2", "least": "M=2"}
        law(layer(source="a test", **declared)(own_halves))


def test_what_is_keyword_only_is_a_flag() -> None:
    def own_flagged(N: Tree, *, fast: bool = False) -> Cost:
        return Cost(params=N if fast else 0)

    with pytest.raises(ValueError, match=r'fast is keyword-only, .*: declare flags="fast"'):
        layer(source="a test", operations="relu N")(own_flagged)


def test_what_is_known_of_names_is_asked_again_once_a_layer_is_loaded() -> None:
    with forgotten():
        answers = [has_argument("own_late", "d", expand), has_argument("own_late", "bias", expand)]
        cf.load_layers('[[layer]]\nname = "own_late"\nsizes = "d"\nmade_of = "linear(M=d, N=d)"')
        answers += [has_argument("own_late", "d", expand), has_argument("own_late", "bias", expand)]
        assert answers == [False, False, True, False]


def test_both_entries_are_yielded_by_one_function() -> None:
    def own_twice(M: Tree, N: Tree, *, bias: bool = False, cast: bool) -> Entries:
        """Twice: two layers side by side."""
        yield Cost(params=2 * M * N + (2 * N if bias else 0), macs=2 * M * N)
        yield 2 * lookup("linear")(M=M, N=3 * N if cast else N, bias=bias)

    with forgotten():
        OWN_LAYERS["own_twice"] = ""
        twice = layer(source="a test", flags="bias cast")(own_twice)
        assert twice(bias=True).params == 2 * cf.linear(bias=True).params
        assert [t.call.layer for t in twice(bias=True)._leaves()] == ["linear", "bias"]
        # The closed form does not speak of cast, which has no default: the parts are counted.
        assert twice(cast=True).params == 6 * cf.linear().params


def test_a_closed_form_alone_is_no_layer() -> None:
    def own_half(M: Tree) -> Entries:
        """Half: nothing is said of what it executes."""
        yield Cost(params=M)

    with forgotten():
        OWN_LAYERS["own_half"] = ""
        with pytest.raises(ValueError, match="own_half yields no second entry: what it executes"):
            _ = layer(source="a test")(own_half)().activations


def own_copies(M: Tree, N: Tree, c: Tree) -> Cost:
    """Copies: c matrices from the same inputs."""
    return Cost(params=c * M * N, macs=c * M * N)


def test_processes_that_share_nothing_read_the_file_too(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "way.toml").write_text('name = "own_way"\nrules = {contract = "3*macs"}')
    claims = "".join(f"<!-- closedform: params(own_adapter(d={n})) -->\n$2*{n} r + {n} + r$\n\n"
                     for n in range(2, 22))  # fmt: skip
    claims += "<!-- closedform: flops(linear, convention=own_way) -->\n$3 M N$\n"
    (tmp_path / "paper.md").write_text(claims, encoding="utf-8")
    program = (
        "import multiprocessing, sys; multiprocessing.set_start_method('spawn')\n"
        "from closedform.cli import main\n"
        "own = ['--own', 'mine.toml', '--own', 'way.toml']\n"
        "sys.exit(main(['check', 'paper.md', '--jobs', '2', *own]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=tmp_path, text=True
    )
    assert "21 claims: 21 proven" in done.stdout, done.stderr
