"""What the oracle computes is what transformers computes of layers that PyTorch has not."""

from __future__ import annotations

import importlib.util
from functools import partial
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from tests.models_read.networks import torchvision  # noqa: E402
from tests.with_extras.values import Case, Named, computes_the_same  # noqa: E402

if importlib.util.find_spec("torchvision"):
    torchvision()  # as it can be imported, before transformers does
models = transformers.models


def mamba() -> Any:
    """Width 3, inner width 6, states of 2, 3 tokens, steps of rank 2."""
    sizes = {"hidden_size": 3, "expand": 2, "state_size": 2, "conv_kernel": 3, "time_step_rank": 2}
    return models.mamba.modeling_mamba.MambaMixer(
        transformers.MambaConfig(**sizes, num_hidden_layers=1), 0
    )


def mamba2(groups: int) -> Any:
    """Width 4, inner width 8 in heads of 2, states of 3."""
    sizes = {"hidden_size": 4, "expand": 2, "state_size": 3, "head_dim": 2, "num_heads": 4}
    config = transformers.Mamba2Config(**sizes, n_groups=groups, conv_kernel=3, chunk_size=4)
    return models.mamba2.modeling_mamba2.Mamba2Mixer(config, 0)


def attention() -> Any:
    """Two heads of 3 and a rotary part of 2, latents of 4 and 3."""
    config = transformers.DeepseekV2Config(
        hidden_size=6, num_attention_heads=2, num_key_value_heads=2, q_lora_rank=3, kv_lora_rank=4,
        qk_nope_head_dim=3, qk_rope_head_dim=2, v_head_dim=3, num_hidden_layers=1,
        attn_implementation="eager",
    )  # fmt: skip
    made = models.deepseek_v2.modeling_deepseek_v2
    positions = made.DeepseekV2RotaryEmbedding(config)

    def call(own: Any, x: Any) -> Any:
        n = x.shape[1]
        angles = positions(x, torch.arange(n)[None])
        mask = torch.full((n, n), -torch.inf, dtype=x.dtype).triu(1)[None, None]
        return own(x, attention_mask=mask, position_embeddings=angles)[0]

    return Named(made.DeepseekV2Attention(config, 0), call)


def by_head(weights: list[Any]) -> list[Any]:
    """Head by head the plain and the rotary part of queries, and keys and values."""
    down_q, down, rotary, norm_q, norm, q, q_rotary, k, v, out = weights
    queries = [row for i in (0, 1) for row in (*q[3 * i : 3 * i + 3], *q_rotary[2 * i : 2 * i + 2])]
    pairs = [row for i in (0, 1) for row in (*k[3 * i : 3 * i + 3], *v[3 * i : 3 * i + 3])]
    return [down_q, norm_q, queries, [*down, *rotary], norm, pairs, out]


def experts() -> Any:
    """Two of four experts."""
    config = transformers.MixtralConfig(
        hidden_size=4, intermediate_size=3, num_local_experts=4, num_experts_per_tok=2
    )
    return models.mixtral.modeling_mixtral.MixtralSparseMoeBlock(config)


def stacked(weights: list[Any]) -> list[Any]:
    """The router, the gates and what they gate of all experts, and the ways back of all."""
    router, *others = weights
    entering = [[*others[i], *others[i + 1]] for i in range(0, len(others), 3)]
    return [router, entering, others[2::3]]


#: Parts of transformers work in single precision.
of_tokens = partial(Case, batched=True, within=1e-5)
CASES = [
    of_tokens("mamba d=3 f=6 N=2 k=3 r=2 n=5", mamba, order="6 7 1 2 0 3 4 5 8"),
    of_tokens("mamba2 d=4 f=8 N=3 d_h=2 k=3 g=1 n=6", lambda: mamba2(1), order="3 4 5 1 2 0 6 7"),
    of_tokens("mamba2 d=4 f=8 N=3 d_h=2 k=3 g=2 n=6", lambda: mamba2(2), order="3 4 5 1 2 0 6 7"),
    of_tokens("mla d=6 h=2 d_h=3 d_c=4 d_q=3 d_r=2 n=5 causal rms", attention, order=by_head),
    of_tokens("moe d=4 f=3 n=5 E=4 a=2 gated", experts, order=stacked),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.said)
def test_the_oracle_computes_what_transformers_does(case: Case) -> None:
    computes_the_same(case)
