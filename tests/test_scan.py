"""The formulas of a document as it is: which are a cost of something, and what would hold them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from closedform.cli import main
from closedform.documents.scanning import plain_formulas, scan_file

MHA = "<!-- closedform: params(multi_head_attention) -->"
GPT = (
    "<!-- closedform: n_layers · params(multi_head_attention(d=d_model) + feed_forward(d=d_model)) "
    "+ params(embedding(d=d_model)); in code -->"
)
#: Texts by suffix, and the directives that are proposed.
TEXTS: list[tuple[str, str, list[str]]] = [
    (".md", "The $k^2 M N + N$ parameters.", ["<!-- closedform: params(conv(bias)) -->"]),
    # the nearest word before a formula says the measure
    (
        ".md",
        "A layer has $n$ parameters, and for $H$ rows FLOPs are $2 k^2 M N H W$ or so.",
        ["<!-- closedform: flops(conv, convention=mac2) -->"],
    ),
    (".md", "MACs of a $k^2 M N H W$ kind", ["<!-- closedform: macs(conv) -->"]),
    # a word below a display says it, not that of the formula before
    (
        ".md",
        "It has $k^2 M N$ parameters and costs\n$$\nD_K D_K M N D_F D_F\n$$\nmultiply-adds.",
        [
            "<!-- closedform: params(conv) -->",
            "<!-- closedform: macs(conv(k=D_K, H=D_F, W=D_F)) -->",
        ],
    ),
    (".md", "so `p = k*k*M*N + N`", ["<!-- closedform: params(conv(bias)); in code -->"]),
    (".md", "<!-- closedform: params(conv) -->\n$k^2 M N$ and $k + M + N$", []),
    (".md", "a $k$ or $k = 3$ or $k \\times k$ or $\\frac{$ or $a + b + c$ kernel", []),
    (
        ".tex",
        "\\newcommand{\\x}{k^2 M}\n\\begin{align}\np &= \\x N\n\\end{align}",
        ["% closedform: params(conv)"],
    ),
    (".rst", ".. math:: k^2 M N + 3 N", [".. closedform: params(conv(bias, bn))"]),
    (".txt", "则参数数量为:Para = k×k×M×N + N(bias的数量)", ['is = "params(conv(bias))"']),
    (".txt", "We find k*k*M*N/g + N parameters", ['is = "params(grouped_conv(bias))"']),
    # each branch by itself, also where its condition is in words
    (
        ".tex",
        r"\[ P = \begin{cases} k^2 M N & \text{no bias} \\ k^2 M N + N & \text{else} \end{cases}\]",
        ['is = "params(conv)"', 'is = "params(conv(bias))"'],
    ),
    # of one symbol, where the word behind it says what it is; a quotient of sizes is no ratio
    (".md", "each of $4d^2$ parameters, $8d^2$ in all, $d_k = d/a$", [MHA]),
    (".md", "so `n_layers × 12 × d_model² + V × d_model` parameters", [GPT]),
    (".txt", "KV_bytes = 2 × n_layers × d_head × n_heads × bytes_per_element", []),
    (".txt", "a well-known text of 3-4 lines, and/or 1*1", []),
    # spans that are one formula, and one that goes on outside of its delimiters
    (".md", "so $k^2 M N$ $+ N$ parameters", ["<!-- closedform: params(conv(bias)) -->"]),
    (".md", "$P$ = $k^2 M N$ parameters", ["<!-- closedform: params(conv) -->"]),
    (".md", "$k^2 M N$ × 2 and ($k^2 M N$)/2 and ~~$k^2 M N$~~ and `k*k*M*N` million", []),
    (".txt", "(k*k*M*N + N)/2 or 2 × k*k*M*N + N million", []),
    (".txt", "The cost is $k^2 M N$ parameters", ['is = "params(conv)"']),
    # letters that say nothing, or two sizes of one word; numbers in a table, a value behind
    (
        ".md",
        "$E = mc^2$, $C = 6ND$, $F = m a$, $M \\cdot N \\cdot Df \\cdot Df$, $A = \\pi r^2$",
        [],
    ),
    (".txt", "C = 6ND and M·N·Df·Df and E = mc² and y = m*x + b", []),
    (".md", "| C3 | (5*5*6+1)*16 = 2,416 |\n", ['is = "params(conv(k=5, M=6, N=16, bias))"']),
    (".md", "| C3 | $(5*5*6+1)*16$ |", ["<!-- closedform: params(conv(k=5, M=6, N=16, bias)) -->"]),
    (".txt", "F5 has 48,120 (400*120+120)", ['is = "params(pointwise_conv(M=400, N=120, bias))"']),
    (".txt", "4·d² + 4·d = 2,362,368 (d=768)", ['is = "params(multi_head_attention(bias))"']),
    (
        ".md",
        "| `k*k*M*N` | 9 MB | 2026-01-02 | 3x3 | a-b |",
        ["<!-- closedform: params(conv); in code -->"],
    ),
    # addresses, paths, statements of a program, bytes
    (".txt", "see https://example.com/a/b*c?d=e*f, www.a.b/c*d=e*f or /usr/a/b*c=d", []),
    (".txt", "int *p = M*N;\nfor (i = 0; i < n*d; i++) {\nwhile (x < k*k*M*N) {", []),
    (".md", "```c\nint *p = M*N;\nfor (i = 0; i < n*d; i++)\n```", []),
    (".txt", "The KV cache takes 2·L·h·d·n·2 bytes", []),
    # names, in code and beside no measure; functions, shapes, bounds; times a ratio
    (".md", "`CNN`, `KV`, `self.rnn(x, H_C)`, `lr = lr`, `A -> B`, $KV$, $w h$", []),
    (".md", "$f(b)$, $h(f) = g(f)$, $W: K \\times D$, $d \\leq M \\leq N d$, $B/N$", []),
    (".md", "The layer has $M N$ parameters", ["<!-- closedform: params(pointwise_conv) -->"]),
    # what a check refuses where it stands is not proposed
    (".md", "Input size: $H \\times W \\times C$", []),
    (".md", "```python\np = k*k*M*N\np *= 2\n```", []),
    (".md", "Training costs $k^2 M N H W$ MACs, and the network has $k^2 M N$ weights", []),
    (".txt", "Training costs 2·k²·M·N·H·W FLOPs", []),
    # which number goes in is in the sentence
    (
        ".md",
        "A 3×3 convolution with 64 input and 128 output channels has $3·3·64·128$ weights",
        ["<!-- closedform: params(conv(k=3, M=64, N=128)) -->"],
    ),
    (
        ".md",
        "A 3×3 convolution from 128 to 64 channels has $3·3·64·128$ weights",
        ["<!-- closedform: params(conv(k=3, M=128, N=64)) -->"],
    ),
]


@pytest.mark.parametrize(("suffix", "text", "directives"), TEXTS)
def test_scan(tmp_path: Path, suffix: str, text: str, directives: list[str]) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(text, encoding="utf-8")
    scanned = scan_file(path)
    assert [one.directive for one in scanned.candidates] == directives
    assert scanned.formulas >= len(directives)


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("<!-- closedform: params(conv) --> $k^2 M N$, $k^2 M N + N$", [TEXTS[0][2][0]]),
        ("% closedform: params(conv)\n$k^2 M N$", []),
        ("so k*k*M*N + N weights", ['is = "params(conv(bias))"']),
    ],
)
def test_standard_input_is_read_by_its_signs(text: str, directives: list[str]) -> None:
    scanned = scan_file("-", stdin=io.BytesIO(text.encode()))
    assert [hit.directive for hit in scanned.candidates] == directives


def test_what_is_proposed_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    text = "# T\n\n$k^2 M N$ and\n\n$$\nM N + N\n$$\n\n$12d^2 + 13d$, $8nd^2$ and $2bshv$\n"
    path.write_text(text, encoding="utf-8")
    assert main(["scan", str(path), "--format=json"]) == 0
    [file] = json.loads(capsys.readouterr().out)["files"]
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [(one["line"], one["end"]) for one in file["candidates"]][:2] == [(3, 3), (5, 7)]
    for one in reversed(file["candidates"]):
        lines.insert(one["line"] - 1, one["directive"])
    path.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "5 claims: 5 proven" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "markdown", "latex"])
def test_scan_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("k*k*M*N + N", encoding="utf-8")
    assert main(["scan", str(path), "--format", form]) == 0
    assert "params(conv(bias))" in capsys.readouterr().out
    assert main(["scan", str(tmp_path / "b.txt"), str(path), "--format", form]) == 2


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("is k×k×M×N + N(bias of N)", ["k×k×M×N + N"]),
        ("The cost 2 k k M N is k^2*M*N, a k*k kernel", ["k^2*M*N", "k*k"]),
        ("MN (N+1) + 2; kernel_size * Cin", ["MN (N+1) + 2", "kernel_size * Cin"]),
        ("para = kk (M/g )* N + N", ["para = kk (M/g )* N + N"]),
        ("1,792 = 64 * 28.", ["1,792 = 64 * 28"]),
        ("k×k×M×\nN", ["k×k×M"]),
        ("( a * b", []),
    ],
)
def test_plain_formulas(text: str, formulas: list[str]) -> None:
    assert [text[start:end] for start, end in plain_formulas(text)] == formulas


@pytest.mark.parametrize(
    "written",
    [
        "Two convolutions have {} parameters.", "It does not have {} parameters.",
        "Per pixel, a layer has {} parameters.", "Half a layer has {} parameters.",
        "| 2 convs | {} |", "Parameters, halved: half of {}", "Does it have {} parameters?",
    ],
)  # fmt: skip
@pytest.mark.parametrize("formula", ["$k^2 M N$", "`k*k*M*N`"])
def test_what_a_check_refuses_is_not_proposed(tmp_path: Path, formula: str, written: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"A layer has {formula} parameters.\n\n{written.format(formula)}\n")
    assert [hit.line for hit in scan_file(file).candidates] == [1]
