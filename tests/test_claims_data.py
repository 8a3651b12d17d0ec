"""The claims files are well formed and quote what they say; the numbers of the tables are right."""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from closedform.documents.checking import check_file
from closedform.language.vocabulary import QUANTITIES

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = ROOT / "docs" / "claims"
DATA = ROOT / "tests" / "data"
FIELDS = {"id", "text", "is", "where", "names", "expect", "note", "source"}
FILES = {"source_document": 32, "published": 129, "errata": 24, "wild": 62, "networks": 165}


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def claims(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load(CLAIMS / f"{name}.toml")["claim"]
    return found


CHECKS: list[dict[str, Any]] = load(DATA / "published_checks.toml")["check"]


@pytest.mark.parametrize("name", FILES)
def test_a_claims_file_has_its_claims_and_only_known_fields(name: str) -> None:
    file = load(CLAIMS / f"{name}.toml")
    assert set(file) == {"title", "source", "claim"}
    assert len(file["claim"]) == FILES[name]
    for claim in file["claim"]:
        assert {"id", "text"} <= set(claim) <= FIELDS, claim
        assert claim.get("expect", "proven") in {"proven", "refuted", "undecided"}
        strings = [value for field, value in claim.items() if field != "names"]
        strings += [word for pair in claim.get("names", {}).items() for word in pair]
        assert all(isinstance(value, str) and value.strip() for value in strings), claim


@pytest.mark.parametrize("name", FILES)
def test_ids_are_unique_in_a_file(name: str) -> None:
    counted = Counter(claim["id"] for claim in claims(name))
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_a_claim_without_target_states_a_relation(name: str) -> None:
    relation = re.compile(r"=|≈|<|>|\\approx|\\le|\\ge")
    assert [c["id"] for c in claims(name) if "is" not in c and not relation.search(c["text"])] == []


@pytest.mark.parametrize("name", ["published", "errata", "wild", "networks"])
def test_every_collected_claim_names_its_source(name: str) -> None:
    assert [claim["id"] for claim in claims(name) if "source" not in claim] == []


#: Claims that speak of no layer: arithmetic alone, and what a paper takes from its own equation.
NO_LAYER = {
    "published": {"mbv1.ratio", "effnet.scaling", "stack3x3.more"},
    "errata": {"effnet-2phi.wrong", "effnet-2phi.right"},
}


@pytest.mark.parametrize("name", NO_LAYER)
def test_formulas_are_held_against_the_layers_of_the_catalogue(name: str) -> None:
    """A formula that is held against itself, written otherwise, says nothing of its layer."""
    quantity = re.compile(rf"\b(?:{'|'.join([*QUANTITIES, 'out'])})\(")
    alone = {
        claim["id"]
        for claim in claims(name)
        if not claim["id"].endswith(".identity")
        if not quantity.search(claim.get("is", claim["text"]))
    }
    assert alone == NO_LAYER[name]


def formula_lines() -> list[str]:
    """The article's lines that state a formula, from its label on."""
    lines = (DATA / "source_document.txt").read_text(encoding="utf-8").splitlines()
    found = (re.search(r"(Para|para|Flops|FLOPs) = .*", line) for line in lines)
    return [match.group() for match in found if match]


def test_the_source_document_is_quoted_whole_verbatim_and_in_order() -> None:
    first = [c for c in claims("source_document") if not c["id"].endswith(".second_reading")]
    assert [claim["text"] for claim in first] == formula_lines()
    assert Counter(claim["id"].split(".")[0] for claim in first) == {"params": 14, "flops": 11}


def test_a_second_reading_quotes_the_claim_before_it_with_the_bias() -> None:
    quoted = claims("source_document")
    seconds = [i for i, c in enumerate(quoted) if c["id"].endswith(".second_reading")]
    assert len(seconds) == 7
    for i in seconds:
        first, second = quoted[i - 1], quoted[i]
        assert second["id"] == f"{first['id']}.second_reading"
        assert second["text"] == first["text"]
        assert second["is"] == first["is"].replace("(bn)", "(bias, bn)") != first["is"]


def test_every_bn_line_of_the_source_document_has_a_second_reading() -> None:
    ids = [claim["id"] for claim in claims("source_document")]
    bn = [name for name in ids if name.endswith(".bn")]
    assert len(bn) == 7
    assert [name for name in bn if f"{name}.second_reading" not in ids] == []


def test_the_verdicts_on_the_source_document() -> None:
    expected = {c["id"]: c["expect"] for c in claims("source_document")}
    refuted = {name for name, verdict in expected.items() if verdict == "refuted"}
    assert refuted == {
        "params.conv.bn",
        "params.grouped_conv.bn",
        "params.depthwise_conv.bias",
        "params.depthwise_conv",
        "params.depthwise_conv.bn",
        "params.depthwise_conv.bn.second_reading",
        "params.pointwise_conv",
        "params.pointwise_conv.bn",
        "params.pointwise_conv.bn.second_reading",
        "flops.conv.bn",
        "flops.depthwise_conv.bias",
        "flops.depthwise_conv",
        "flops.depthwise_conv.bn",
        "flops.depthwise_conv.bn.second_reading",
        "flops.pointwise_conv.bn",
    }


def test_every_mistake_of_the_errata_stands_beside_what_is_right() -> None:
    entries = claims("errata")
    wrong = {c["id"].removesuffix(".wrong") for c in entries if c.get("expect") == "refuted"}
    right = {c["id"].split(".right")[0] for c in entries if c.get("expect") != "refuted"}
    assert wrong == right
    assert all(claim["id"].count(".") >= 1 for claim in entries)


# The formulas once more, by hand: they owe nothing to the files or to the package.
BY_HAND: dict[str, Callable[..., Any]] = {
    "mbv1.std": lambda D_K, M, N, D_F: (D_K * D_F) ** 2 * M * N,
    "mbv1.sep": lambda D_K, M, N, D_F: D_F**2 * M * (D_K**2 + N),
    "mbv1.ratio": lambda D_K, N: (N + D_K**2) / (N * D_K**2),
    "mbv1.alpha": lambda D_K, M, N, D_F, alpha: D_F**2 * alpha * M * (D_K**2 + alpha * N),
    "mbv1.alpha_rho": lambda D_K, M, N, D_F, alpha, rho: (
        (rho * D_F) ** 2 * alpha * M * (D_K**2 + alpha * N)
    ),
    "mbv1.params_std": lambda D_K, M, N: D_K**2 * M * N,
    "mbv1.params_sep": lambda D_K, M, N: M * (D_K**2 + N),
    "resnext.eq4": lambda C, d: C * d * (512 + 9 * d),
    "resnext.resnet_block": lambda: Fraction(64 * (512 + 9 * 64)),
    "resnet.basic": lambda: Fraction(18 * 64 * 64),
    "effnet.scaling": lambda alpha, beta, gamma: alpha * (beta * gamma) ** 2,
    "inc3.5v3": lambda: Fraction(25, 9),
    "inc3.5to33": lambda: Fraction(18, 25),
    "inc3.asym": lambda n: 2 / n,
    "inc3.2x2": lambda: Fraction(8, 9),
    "se.params": lambda r, **v: sum(2 * v[f"N_{i}"] * v[f"C_{i}"] ** 2 / r for i in range(1, 5)),
    "layer.outsize": lambda n, p, d, k, s: Fraction((n + 2 * p - d * (k - 1) - 1) // s + 1),
    "kaplan.N": lambda n_layer, d_model, d_attn, d_ff: (
        n_layer * (4 * d_model * d_attn + 2 * d_model * d_ff)
    ),
    "lora.theta": lambda L, d_model, r: L * (d_model * r + r * d_model),
    "kv.cache": lambda b, s, L, n_kv, d_head, B: 2 * math.prod((b, s, L, n_kv, d_head, B)),
    "gpt2.params": lambda L, d, V, T: d * (V + T + L * (12 * d + 13) + 2),
    "lstm.keras": lambda m, n: 4 * n * (m + n + 1),
    "gru.reset_after": lambda m, n: 3 * n * (m + n + 2),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check["id"]))
def test_a_published_number_is_what_the_formula_gives(check: dict[str, Any]) -> None:
    values = {name: Fraction(value) for name, value in check["values"].items()}
    assert BY_HAND[check["id"]](**values) == Fraction(check["expected"])


def test_the_published_numbers_belong_to_published_claims() -> None:
    assert len(CHECKS) == 31
    assert {check["id"] for check in CHECKS} == set(BY_HAND)
    assert set(BY_HAND) <= {claim["id"] for claim in claims("published")}


def test_the_layers_of_mobilenet_add_up() -> None:
    with (DATA / "mobilenetv1_layers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        numbers = [int(n) for n in re.findall(r"\d+", row["filter_shape"])]
        weights = math.prod(numbers) if row["type"].startswith(("Conv", "FC")) else 0
        assert int(row["params_weights"]) == weights
        assert int(row["macs"]) == weights * int(row["output_side"]) ** 2
    # 568,740,352 MACs: the 569 million Mult-Adds of the paper's Table 4
    assert sum(int(row["macs"]) for row in rows) == 568_740_352
    assert len(rows) == 30


def test_the_table_of_networks_is_complete() -> None:
    with (DATA / "networks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["network"]: row for row in csv.DictReader(file)}
    assert len(rows) == 73
    assert (rows["resnet50"]["params"], rows["resnet50"]["gmacs"]) == ("25557032", "4.089")
    # VGG-16 by hand: 13 convolutions of 3x3 and three linear layers, all with bias
    widths = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum(9 * m * n + n for m, n in pairwise(widths))
    linear = sum(m * n + n for m, n in [(25088, 4096), (4096, 4096), (4096, 1000)])
    assert int(rows["vgg16"]["params"]) == convolutions + linear


def test_whole_networks_come_out_as_published_or_the_claim_says_why_not() -> None:
    checked = check_file(CLAIMS / "networks.toml")
    assert [one.id for one in checked if not one.ok] == []
    refuted = [claim for claim in claims("networks") if claim.get("expect") == "refuted"]
    assert len(refuted) == 30
    assert [claim["id"] for claim in refuted if "note" not in claim] == []
