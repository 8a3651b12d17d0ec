"""The program: what its streams can take, and what they cannot.

What only a process has, such as a full device or an end, is asked of a process of its own.
"""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from closedform.cli import entry
from closedform.commands.terminal import coloured, columns_of, takes_colour
from closedform.typeset.escapes import PLAIN
from closedform.typeset.wrapping import fitted

Typed = Callable[..., tuple[int, bytes, bytes]]


def program(*arguments: str, encoding: str = "utf-8", **options: Any) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "closedform", *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
        stderr=subprocess.PIPE,
        **options,
    )
    return done.returncode, done.stdout or b"", done.stderr


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """The same here, with streams of its own, which is thirty times as fast."""

    def run(*arguments: str, encoding: str = "utf-8") -> tuple[int, bytes, bytes]:
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding) for name in ("stdout", "stderr")}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        monkeypatch.setattr(sys, "argv", ["closedform", *arguments])
        with pytest.raises(SystemExit) as left:
            entry()
        for stream in streams.values():
            stream.flush()  # as Python does at its end
        out, err = (stream.buffer.getvalue() for stream in streams.values())
        return left.value.code, out, err

    yield run
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize(
    ("written", "encoding", "shown"),
    [
        ("k²·M − 1 ≤ ρ…", "ascii", "k^2*M - 1 <= rho..."),
        ("k²·M − 1", "latin-1", "k²·M - 1"),
        ("k²·M⁴²", "utf-8", "k²·M⁴²"),
        ("输入 k²", "gbk", "输入 k^2"),
        ("⌊M/2⌋", "ascii", "floor(M/2)"),
        # A power that is torn is neither k¹^0 nor k¹0 nor k^4².
        ("k¹⁰", "latin-1", "k¹\\u2070"),
        ("k⁴²", "latin-1", "k^42"),
        ("输\udcff", "ascii", "\\u8f93\\udcff"),
    ],
)
def test_signs_that_a_stream_lacks_are_plain(written: str, encoding: str, shown: str) -> None:
    assert written.encode(encoding, PLAIN).decode(encoding) == shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_stream_takes_the_output(typed: Typed, encoding: str) -> None:
    code, out, err = typed("show", "conv", encoding=encoding)
    assert (code, err) == (0, b"")
    assert ("^2" if encoding == "ascii" else "²") in out.decode(encoding)
    wrong = ("verify", "k² = ρ", "--format=json")
    code, out, _ = typed(*wrong, encoding=encoding)
    assert code == 1
    assert json.loads(out)["claim"] == "k² = ρ"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, err = program("show", "conv", stdout=full)
    assert code == 2
    assert b"cannot be written" in err


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_closed_is_no_traceback(closed: str) -> None:
    start = f"import sys; sys.{closed} = None; from closedform.cli import entry; entry()"
    ran = subprocess.run(
        [sys.executable, "-c", start, "show", "conv"], capture_output=True, check=False
    )
    assert ran.returncode == 0
    assert ran.stderr == b""
    assert (b"conv" in ran.stdout) == (closed != "stdout")


def test_what_is_to_run_at_the_end_runs() -> None:
    """Profilers and coverage write what they found when Python leaves."""
    start = (
        "import atexit; atexit.register(print, 'left'); from closedform.cli import entry; entry()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", start, "verify", "k = M"], capture_output=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout.endswith(b"left\n")


def test_standard_input_is_utf_8() -> None:
    piped = {"input": "k² = k·k".encode(), "stdout": subprocess.PIPE}
    assert program("verify", "-", encoding="ascii", **piped)[0] == 0
    code, _, err = program("verify", "-", input=b"k = k\xb2", stdout=subprocess.PIPE)
    assert code == 2
    assert b"standard input: not UTF-8: byte 5 (line 1) is 0xb2" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "p.md"
    os.mkfifo(pipe)
    code, _, err = program("check", str(pipe), stdout=subprocess.PIPE, timeout=60)
    assert (code, b"nobody writes to this pipe" in err) == (2, True)
    writer = os.open(pipe, os.O_RDWR)
    os.write(writer, b"<!-- closedform: k -->\n$k$\n")
    reader = os.open(pipe, os.O_RDONLY)
    os.close(writer)
    options = {"stdout": subprocess.PIPE, "timeout": 60, "pass_fds": (reader,)}
    code, out, _ = program("check", f"/dev/fd/{reader}", "--format=json", **options)
    os.close(reader)
    assert code == 0  # its text tells what it is, as that of standard input does
    assert json.loads(out)["summary"]["proven"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ResNet-50",), "ResNet-50 is a layer\nwrite closedform show ResNet-50"),
        (("shwo", "conv"), "unknown command 'shwo'\ndid you mean show?"),
        (("ratio", "a", "b", "--stpes"), "ratio takes no --stpes\ndid you mean --steps?"),
        (("show", "conv", "--format=jsn"), "unknown format 'jsn'\ndid you mean json?"),
        (("list", "layer"), "unknown table 'layer'\ndid you mean layers?"),
        (
            ("verify", "k = k", "--\x1b[31mred"),
            "verify takes no -- [31mred\nknown: --columns, --fo",
        ),
        ((), "verify    a verdict on each claim"),
        (("verify", "k = k", "--for", "k"), "verify takes no --for, an option of solve, explain"),
        (("--verison",), "closedform takes no --verison\ndid you mean --version?"),
        (("--steps", "show", "conv"), "closedform takes no --steps, an option of ratio\nknown: -h"),
        (("check", "nodir/"), "nodir/: cannot be read: No such file or directory"),
        (("SHOW", "conv"), "unknown command 'SHOW'\ndid you mean show?"),
        (("show", "conv", "--format=LATEX"), "unknown format 'LATEX'\ndid you mean latex?"),
        (("list",), "networks}\n`closedform list --help` says what it takes"),
        (
            ("identify", "k", "--as", "k"),
            "identify takes no --as\nknown: --columns, --format, --layers, --own",
        ),
        (("check", "a", "--is=k"), "check takes no --is=k, an option of verify\nknown: --columns"),
        (("check", "a.md", "--jobs=x"), "--jobs is a number of processes"),
        (("count", "conv", "--where", "k=3", "M=2"), "'M=2' is one argument too many\nquotes hold"),
        (("ratio", "a", "b", "c"), "'c' is one argument too many"),
        (("count", "conv", "--where=k=3", "--where=M=2"), "argument --where: given twice; give it"),
        (("show", "params"), "unknown layer 'params'\n`closedform list layers` names all 4"),
        (("show", "ViT-B/16"), "unknown layer 'ViT-B/16'\ndid you mean vit_b_16?"),
        (("show", "llama3"), "did you mean llama3_8b, llama3_70b,"),
        (("show", "MobileNetV3"), "did you mean mobilenet_v3_large or mobilenet_v3_small?"),
        (("show", "depthwise_seperable"), "did you mean depthwise_separable?"),
        (("count", "llama2_7b(n=4k)"), "n=4k is a product: write 4e3 (or 4*1024) for a number"),
        (("show", "bert_base_uncased"), "did you mean bert_base?"),
        (("show", "se_block"), "did you mean squeeze_excite?"),
        (("count", "bert"), "n, h\ngive it, for example V=8, d=8, T=8, L=8, n=8, h=8; or name"),
        (("show", "conv", "k=3"), "it stands in the brackets of its layer: conv(k=3)"),
        (("help", "verify"), "write closedform COMMAND --help"),
        (("show", "卷及"), "did you mean 卷积?"),
        (("show", "conv(K=3)"), "did you mean k?"),
    ],
)
def test_what_is_mistyped_is_told(typed: Typed, arguments: tuple[str, ...], said: str) -> None:
    code, _, err = typed(*arguments)
    assert code == 2
    assert f"error: {said}".encode() in err or said.encode() in err
    assert b"\x1b" not in err


def test_nothing_typed_commands_the_terminal(typed: Typed, tmp_path: Path) -> None:
    live = "\x1b[31m\x9b1m"
    path = tmp_path / "a.toml"
    path.write_text(
        "title = 'T\u2028\u202e'\n[[claim]]\ntext = 'k'\nis = 'k'\nnote = ''\n"
        "[[claim]]\ntext = '\\input{x} ('\nis = 'k'\n",
        encoding="utf-8",
    )
    for form in ("text", "latex", "markdown", "json"):
        for command in (("verify", f"k {live} ="), ("check", str(path)), ("check", f"{live}.md")):
            _, out, err = typed(*command, "--format", form)
            for shown in (out, err):
                assert not set(shown.decode()) & set("\x1b\x9b\u2028\u202e") or form == "json"
                assert "\x1b" not in shown.decode()
            assert rb"\input" not in out or form != "latex"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(typed: Typed, shell: str) -> None:
    code, out, _ = typed("completion", shell)
    assert code == 0
    for word in ("verify", "convention", "github", "networks"):
        assert word in out.decode()


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("list n", "notations networks"),
        ("show depthwise_s", "depthwise_separable_conv"),
        ("ratio conv mobilenet_v1", "mobilenet_v1"),
        ("explain 3 --for alexn", "alexnet"),
        ("show conv --notation m", "mobilenet megatron"),
        ("show conv --convention fv", "fvcore"),
        ("verify a --is p", ""),
        ("table conv --caption c", ""),
        ("show --by-kind alexn", "alexnet"),
        ("check ", ""),
        ("check --ed", ""),
        ("check --hel", "--help"),
        ("plot conv -o", "-o"),
        ("show conv -h", "-h"),
        ("--ver", "--version"),
    ],
)
def test_bash_completes(typed: Typed, line: str, words: str) -> None:
    script = typed("completion", "bash")[1].decode()
    count = len(line.split(" "))
    asked = f"COMP_WORDS=(closedform {line}); COMP_CWORD={count}; _closedform"
    done = subprocess.run(
        ["bash", "-c", f'{script}\n{asked}; echo "${{COMPREPLY[@]}}"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == words


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert takes_colour(terminal)
    assert not takes_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not takes_colour(terminal)
    assert coloured("proven: k = k\n  1  k  k  refuted  (as expected)") == (
        "\x1b[32mproven\x1b[0m: k = k\n  1  k  k  \x1b[31mrefuted\x1b[0m  (as expected)"
    )
    assert coloured("error: no\n  k +\n    ^") == (
        "\x1b[31merror\x1b[0m: no\n  k +\n    \x1b[31m^\x1b[0m"
    )
    assert coloured("k was proven here") == "k was proven here"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("k = k", "k = k"),
        ("words of a caption and more", "words of a caption\nand more"),
        ("  = 64 + 128 + 256 + 512   up", "  = 64 + 128 + 256\n      + 512   up"),
        ("a\n\n  " + "k" * 30, "a\n\n  " + "k" * 30),
        # What has a label goes on below itself; brackets and equations stay whole where they can.
        ("  MACs  k·(a + b) + c·(d + e)", "  MACs  k·(a + b)\n        + c·(d + e)"),
        ("  FLOPs   k·(a + b + c + d)", "  FLOPs   k·(a + b\n          + c + d)"),
        ("at k = 1, M = 2, N = 3: 4", "at k = 1, M = 2,\nN = 3: 4"),
        ("卷积 的 计算量 是 参数量 乘 以", "卷积 的 计算量 是\n参数量 乘 以"),
    ],
)
def test_lines_fit_a_terminal(text: str, shown: str) -> None:
    assert fitted(text, 20) == shown


def test_a_pipe_has_no_width_but_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert columns_of(io.StringIO()) is None
    leader, follower = os.openpty()
    with os.fdopen(follower, "w", encoding="utf-8") as terminal:
        assert (columns_of(terminal) or 80) > 0
    os.close(leader)
    for asked, heeded in (("60", 60), ("0", None), ("wide", None)):
        monkeypatch.setenv("COLUMNS", asked)
        assert columns_of(io.StringIO()) == heeded


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--notation", "leters = {}"),
        ("--convention", 'name = "x"\nrulez = {}'),
        ("--layers", '[[layer]]\nnme = "x"'),
        ("--layers", "name = "),
        ("--own", "name = 3\n[rules]"),
    ],
)
def test_a_file_with_a_mistake_is_named(
    typed: Typed, option: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(text, encoding="utf-8")
    code, _, err = typed("show", "conv", option, str(file))
    assert code == 2
    assert err.startswith(f"error: {file}: ".encode())
