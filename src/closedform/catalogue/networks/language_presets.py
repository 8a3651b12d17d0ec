"""Language models by name: families at the sizes that were published, the tokens n open.

Sizes are those of the papers, of the publishers' code and of the config.json that they put beside
the weights, and vocabularies are those of the weights, padded where they are. Parameters of all of
them, and MACs and what is cached at two lengths, are those of the model that transformers makes of
these sizes.
"""

from __future__ import annotations

# They declare the families.
from closedform.catalogue.networks import decoders, deepseek, open_models, t5  # noqa: F401
from closedform.catalogue.networks.presets import register_members

#: Latent attention of DeepSeek-V2 and V3.
_LATENT = "h=128 d_h=128 d_c=512 d_q=1536 d_r=64"
#: Heads, experts and vocabulary of Qwen3.
_QWEN_3 = "h_kv=4 d_h=128 E=128 a=8 V=151936 qk_norm"
#: Vocabulary and layers of Gemma 2.
_GEMMA_2 = "V=256000 post_norms softcap"
PRESETS = f"""
gpt2: Radford et al. 2019, Table 2
    gpt2_small: L=12 d=768 h=12 V=50257 T=1024
    gpt2_medium: L=24 d=1024 h=16 V=50257 T=1024
    gpt2_large: L=36 d=1280 h=20 V=50257 T=1024
    gpt2_xl: L=48 d=1600 h=25 V=50257 T=1024
gpt2: Brown et al., GPT-3, arXiv:2005.14165, Table 2.1; its sparse attention in full
    gpt3_175b gpt3: L=96 d=12288 h=96 V=50257 T=2048
opt: Zhang et al., OPT, arXiv:2205.01068, Table 1; facebook/opt-6.7b, config.json
    opt_125m: L=12 d=768 h=12 V=50272 T=2048
    opt_1_3b: L=24 d=2048 h=32 V=50272 T=2048
    opt_2_7b: L=32 d=2560 h=32 V=50272 T=2048
    opt_6_7b: L=32 d=4096 h=32 V=50272 T=2048
    opt_13b: L=40 d=5120 h=40 V=50272 T=2048
    opt_30b: L=48 d=7168 h=56 V=50272 T=2048
    opt_66b: L=64 d=9216 h=72 V=50272 T=2048
    opt_175b: L=96 d=12288 h=96 V=50272 T=2048
bert: Devlin et al., arXiv:1810.04805, section 3
    bert_base: L=12 d=768 h=12 V=30522 T=512
    bert_large: L=24 d=1024 h=16 V=30522 T=512
bert: transformers, models/distilbert/configuration_distilbert.py
    distilbert_base distilbert: L=6 d=768 h=12 V=30522 T=512 distilled
bert: Liu et al., RoBERTa, arXiv:1907.11692, Table 9; FacebookAI/roberta-base, config.json
    roberta_base: L=12 d=768 h=12 V=50265 T=514 S=1
    roberta_large: L=24 d=1024 h=16 V=50265 T=514 S=1
t5: Raffel et al., arXiv:1910.10683, section 3.7; google/t5-11b-ssm, config.json
    t5_small: L=6 d=512 h=8 d_h=64 f=2048 V=32128
    t5_base: L=12 d=768 h=12 d_h=64 f=3072 V=32128
    t5_large: L=24 d=1024 h=16 d_h=64 f=4096 V=32128
    t5_3b: L=24 d=1024 h=32 d_h=128 f=16384 V=32128
    t5_11b: L=24 d=1024 h=128 d_h=128 f=65536 V=32128
bloom: BigScience, BLOOM, arXiv:2211.05100, Table 3; bigscience/bloom, config.json
    bloom_560m: L=24 d=1024 h=16 V=250880
    bloom_1b1: L=24 d=1536 h=16 V=250880
    bloom_1b7: L=24 d=2048 h=16 V=250880
    bloom_3b: L=30 d=2560 h=32 V=250880
    bloom_7b1: L=30 d=4096 h=32 V=250880
    bloom_176b: L=70 d=14336 h=112 V=250880
mpt: MosaicML 2023; mosaicml/mpt-7b, config.json
    mpt_7b: L=32 d=4096 h=32 V=50432
falcon: Almazrouei et al., Falcon, arXiv:2311.16867; Lightning-AI/litgpt, litgpt/config.py
    falcon_7b: L=32 d=4544 h=71 V=65024
    falcon_40b: L=60 d=8192 h=128 h_kv=8 V=65024 two_norms
    falcon_180b: L=80 d=14848 h=232 h_kv=8 V=65024 two_norms
phi: kingoflolz/mesh-transformer-jax, configs/6B_roto_256.json
    gpt_j_6b: L=28 d=4096 h=16 V=50400 d_r=64 plain_attention
gpt_neox: Biderman et al., Pythia, arXiv:2304.01373, Table 1; EleutherAI/pythia-12b, config.json
    pythia_70m: L=6 d=512 h=8 V=50304 d_r=16
    pythia_160m: L=12 d=768 h=12 V=50304 d_r=16
    pythia_410m: L=24 d=1024 h=16 V=50304 d_r=16
    pythia_1b: L=16 d=2048 h=8 V=50304 d_r=64
    pythia_1_4b: L=24 d=2048 h=16 V=50304 d_r=32
    pythia_2_8b: L=32 d=2560 h=32 V=50304 d_r=20
    pythia_6_9b: L=32 d=4096 h=32 V=50432 d_r=32
    pythia_12b: L=36 d=5120 h=40 V=50688 d_r=32
gpt_neox: Black et al., GPT-NeoX-20B, arXiv:2204.06745, section 2.1
    gpt_neox_20b: L=44 d=6144 h=64 V=50432 d_r=24
phi: Li et al., Phi-1.5, arXiv:2309.05463, section 2.1; microsoft/phi-1_5, phi-2, config.json
    phi_1_5: L=24 d=2048 h=32 V=51200 d_r=32
    phi_2: L=32 d=2560 h=32 V=51200 d_r=32
olmo: allenai/OLMo, configs/official-0724/OLMo-1B.yaml and OLMo-7B.yaml; its mlp is both halves
    olmo_1b: L=16 d=2048 h=16 f=8192 V=50304 tied
    olmo_7b: L=32 d=4096 h=32 f=11008 V=50304
olmo2: allenai/OLMo, configs/official-1124; Lightning-AI/litgpt, litgpt/config.py
    olmo2_7b: L=32 d=4096 h=32 f=11008 V=100352
    olmo2_13b: L=40 d=5120 h=40 f=13824 V=100352
granite: IBM 2024; ibm-granite/granite-3.0-2b-instruct and granite-3.2-8b-instruct, config.json
    granite_3_2b: L=40 d=2048 h=32 h_kv=8 f=8192 V=49155 tied
    granite_3_8b: L=40 d=4096 h=32 h_kv=8 f=12800 V=49155 tied
stablelm: Lightning-AI/litgpt, litgpt/config.py
    stablelm_3b: L=32 d=2560 h=32 f=6912 V=50304 d_r=20
mamba_lm: state-spaces/mamba-130m, config.json: V up to a multiple of 8
    mamba_130m: L=24 d=768 V=50280
    mamba_370m: L=48 d=1024 V=50280
gemma: Gemma, arXiv:2403.08295 (its f is both halves); google/gemma_pytorch, gemma/config.py
    gemma_2b: L=18 d=2048 h=8 h_kv=1 d_h=256 f=16384 V=256000
    gemma_7b: L=28 d=3072 h=16 d_h=256 f=24576 V=256000
gemma: Gemma 2, arXiv:2408.00118 (its f is both halves); google/gemma_pytorch, gemma/config.py
    gemma_2_2b: L=26 d=2304 h=8 h_kv=4 d_h=256 f=9216 {_GEMMA_2}
    gemma_2_9b: L=42 d=3584 h=16 h_kv=8 d_h=256 f=14336 {_GEMMA_2}
    gemma_2_27b: L=46 d=4608 h=32 h_kv=16 d_h=128 f=36864 {_GEMMA_2}
gemma: Gemma 3, arXiv:2503.19786; google/gemma_pytorch, gemma/config.py, get_config_for_1b
    gemma_3_1b: L=26 d=1152 h=4 h_kv=1 d_h=256 f=6912 V=262144 post_norms qk_norm
mistral: Jiang et al., arXiv:2310.06825, Table 1
    mistral_7b: L=32 d=4096 h=32 h_kv=8 f=14336 V=32000 w=4096
mixtral: Jiang et al., Mixtral, arXiv:2401.04088, Table 1; mistralai/Mixtral-8x22B, config.json
    mixtral_8x7b: L=32 d=4096 h=32 h_kv=8 f=14336 V=32000 E=8 a=2
    mixtral_8x22b: L=56 d=6144 h=48 h_kv=8 f=16384 V=32768 E=8 a=2
mixtral: Qwen3, arXiv:2505.09388, Table 2; Qwen/Qwen3-30B-A3B and 235B-A22B, config.json
    qwen3_30b_a3b: L=48 d=2048 h=32 f=768 {_QWEN_3}
    qwen3_235b_a22b: L=94 d=4096 h=64 f=1536 {_QWEN_3}
deepseek: DeepSeek-AI, arXiv:2405.04434, section 3.1.2; deepseek-ai/DeepSeek-V3, config_236B.json
    deepseek_v2: L=59 L_d=1 d=5120 {_LATENT} f=1536 f_d=12288 E=160 E_s=2 a=6 V=102400
deepseek: DeepSeek-AI, arXiv:2412.19437, section 4.2; deepseek-ai/DeepSeek-V3, config.json
    deepseek_v3 deepseek_r1: L=58 L_d=3 d=7168 {_LATENT} f=2048 f_d=18432 E=256 E_s=1 a=8 V=129280
llama: Touvron et al., arXiv:2302.13971, Table 2; f as in its code, 8d/3 up to a multiple of 256
    llama_7b llama1_7b: L=32 d=4096 h=32 f=11008 V=32000
    llama_13b llama1_13b: L=40 d=5120 h=40 f=13824 V=32000
    llama_33b llama_30b llama1_33b: L=60 d=6656 h=52 f=17920 V=32000
    llama_65b llama1_65b: L=80 d=8192 h=64 f=22016 V=32000
llama: Touvron et al., Llama 2, arXiv:2307.09288, Table 1 and section 2.2
    llama2_7b: L=32 d=4096 h=32 f=11008 V=32000
    llama2_13b: L=40 d=5120 h=40 f=13824 V=32000
    llama2_70b: L=80 d=8192 h=64 h_kv=8 f=28672 V=32000
llama: Meta, Llama 3, arXiv:2407.21783, Table 3; meta-llama/llama-models, models/sku_list.py
    llama3_8b llama3_1_8b: L=32 d=4096 h=32 h_kv=8 f=14336 V=128256
    llama3_70b llama3_1_70b llama3_3_70b: L=80 d=8192 h=64 h_kv=8 f=28672 V=128256
    llama3_405b llama3_1_405b: L=126 d=16384 h=128 h_kv=8 f=53248 V=128256
llama: Meta, Llama 3, arXiv:2407.21783; meta-llama/Llama-3.2-1B and 3B, config.json
    llama3_2_1b: L=16 d=2048 h=32 h_kv=8 f=8192 V=128256 tied
    llama3_2_3b: L=28 d=3072 h=24 h_kv=8 f=8192 V=128256 tied
llama: Rozière et al., Code Llama, arXiv:2308.12950; Lightning-AI/litgpt, litgpt/config.py
    codellama_7b: L=32 d=4096 h=32 f=11008 V=32016
    codellama_34b: L=48 d=8192 h=64 h_kv=8 f=22016 V=32000
llama: Zhang et al., arXiv:2401.02385; jzhang38/TinyLlama, lit_gpt/config.py, tiny_LLaMA_1b
    tinyllama_1_1b tinyllama: L=22 d=2048 h=32 h_kv=4 f=5632 V=32000
llama: Ben Allal et al., SmolLM2, arXiv:2502.02737; huggingface/smollm, config_smollm2_*.yaml
    smollm2_135m: L=30 d=576 h=9 h_kv=3 f=1536 V=49152 tied
    smollm2_360m: L=32 d=960 h=15 h_kv=5 f=2560 V=49152 tied
    smollm2_1_7b: L=24 d=2048 h=32 f=8192 V=49152 tied
llama: 01.AI, Yi, arXiv:2403.04652, Table 1; 01-ai/Yi-6B and Yi-34B, config.json
    yi_6b: L=32 d=4096 h=32 h_kv=4 f=11008 V=64000
    yi_34b: L=60 d=7168 h=56 h_kv=8 f=20480 V=64000
llama: DeepSeek LLM, arXiv:2401.02954, Table 2; deepseek-llm-7b-base and 67b-base, config.json
    deepseek_llm_7b: L=30 d=4096 h=32 f=11008 V=102400
    deepseek_llm_67b: L=95 d=8192 h=64 h_kv=8 f=22016 V=102400
llama: Mistral AI and NVIDIA 2024; mistralai/Mistral-Nemo-Base-2407, config.json
    mistral_nemo_12b: L=40 d=5120 h=32 h_kv=8 d_h=128 f=14336 V=131072
llama: Qwen3, arXiv:2505.09388, Table 1; Lightning-AI/litgpt, litgpt/config.py
    qwen3_0_6b: L=28 d=1024 h=16 h_kv=8 d_h=128 f=3072 V=151936 tied qk_norm
    qwen3_1_7b: L=28 d=2048 h=16 h_kv=8 d_h=128 f=6144 V=151936 tied qk_norm
    qwen3_4b: L=36 d=2560 h=32 h_kv=8 d_h=128 f=9728 V=151936 tied qk_norm
    qwen3_8b: L=36 d=4096 h=32 h_kv=8 d_h=128 f=12288 V=151936 qk_norm
    qwen3_14b: L=40 d=5120 h=40 h_kv=8 d_h=128 f=17408 V=151936 qk_norm
    qwen3_32b: L=64 d=5120 h=64 h_kv=8 d_h=128 f=25600 V=151936 qk_norm
llama: Qwen2.5, arXiv:2412.15115, Table 1; Qwen/Qwen2.5, config.json of each size
    qwen2_5_0_5b qwen2_0_5b: L=24 d=896 h=14 h_kv=2 f=4864 V=151936 tied qkv_bias
    qwen2_5_1_5b qwen2_1_5b: L=28 d=1536 h=12 h_kv=2 f=8960 V=151936 tied qkv_bias
    qwen2_5_3b: L=36 d=2048 h=16 h_kv=2 f=11008 V=151936 tied qkv_bias
    qwen2_5_7b qwen2_7b: L=28 d=3584 h=28 h_kv=4 f=18944 V=152064 qkv_bias
    qwen2_5_14b: L=48 d=5120 h=40 h_kv=8 f=13824 V=152064 qkv_bias
    qwen2_5_32b: L=64 d=5120 h=40 h_kv=8 f=27648 V=152064 qkv_bias
    qwen2_5_72b qwen2_72b: L=80 d=8192 h=64 h_kv=8 f=29568 V=152064 qkv_bias
llama: Microsoft, Phi-3, arXiv:2404.14219, section 2; microsoft/Phi-3, config.json of each size
    phi_3_mini: L=32 d=3072 h=32 f=8192 V=32064
    phi_3_medium: L=40 d=5120 h=40 h_kv=10 f=17920 V=32064
llama: Abdin et al., Phi-4, arXiv:2412.08905; Lightning-AI/litgpt, litgpt/config.py
    phi_4: L=40 d=5120 h=40 h_kv=10 f=17920 V=100352
"""

register_members(PRESETS)
