# The layers of the catalogue, which `closedform.__getattr__` gives by these names.
# Written by `python -m tests.tools.layer_stub`.

from closedform.cost.layer_type import LayerType

__all__: list[str] = [
    "adaptive_avg_pool",
    "adaptive_avg_pool3d",
    "adaptive_max_pool",
    "adaptive_max_pool3d",
    "alexnet",
    "attention",
    "average_pool",
    "avg_pool",
    "avg_pool1d",
    "avg_pool3d",
    "basic_block",
    "batch_norm",
    "bert",
    "bert_base",
    "bert_large",
    "bias",
    "bicubic_upsample",
    "bilinear",
    "bilinear_upsample",
    "bloom",
    "bloom_176b",
    "bloom_1b1",
    "bloom_1b7",
    "bloom_3b",
    "bloom_560m",
    "bloom_7b1",
    "bn",
    "bottleneck",
    "celu",
    "channel_low_rank_conv",
    "codellama_34b",
    "codellama_7b",
    "cond_conv",
    "conv",
    "conv1d",
    "conv3d",
    "conv_lstm",
    "convnext_base",
    "convnext_block",
    "convnext_large",
    "convnext_small",
    "convnext_tiny",
    "cp_conv",
    "deconv",
    "deepseek",
    "deepseek_llm_67b",
    "deepseek_llm_7b",
    "deepseek_moe",
    "deepseek_r1",
    "deepseek_v2",
    "deepseek_v3",
    "deit_b",
    "deit_base",
    "deit_s",
    "deit_small",
    "deit_ti",
    "deit_tiny",
    "delta_net",
    "dense_layer",
    "densenet121",
    "densenet161",
    "densenet169",
    "densenet201",
    "depthwise",
    "depthwise_conv",
    "depthwise_separable",
    "depthwise_separable_conv",
    "distilbert",
    "distilbert_base",
    "dropout",
    "dw",
    "dw卷积",
    "eca",
    "efficientnet_b0",
    "efficientnet_b1",
    "efficientnet_b2",
    "efficientnet_b3",
    "efficientnet_b4",
    "efficientnet_b5",
    "efficientnet_b6",
    "efficientnet_b7",
    "efficientnet_v2_l",
    "efficientnet_v2_m",
    "efficientnet_v2_s",
    "elu",
    "embedding",
    "encoder_layer",
    "falcon",
    "falcon_180b",
    "falcon_40b",
    "falcon_7b",
    "fc",
    "feed_forward",
    "ffn",
    "fire",
    "fully_connected",
    "gap",
    "gated_feed_forward",
    "gated_ffn",
    "gelu",
    "gelu_tanh",
    "gemma",
    "gemma_2_27b",
    "gemma_2_2b",
    "gemma_2_9b",
    "gemma_2b",
    "gemma_3_1b",
    "gemma_7b",
    "ghost_conv",
    "ghostnet",
    "global_average_pool",
    "global_avg_pool",
    "googlenet",
    "gpt2",
    "gpt2_large",
    "gpt2_medium",
    "gpt2_small",
    "gpt2_xl",
    "gpt3",
    "gpt3_175b",
    "gpt_j_6b",
    "gpt_neox",
    "gpt_neox_20b",
    "granite",
    "granite_3_2b",
    "granite_3_8b",
    "group_norm",
    "grouped",
    "grouped_conv",
    "gru",
    "hadamard_product",
    "hard_sigmoid",
    "hard_swish",
    "inception_v3",
    "instance_norm",
    "inverted_residual",
    "kan",
    "kan_layer",
    "layer_norm",
    "layer_scale",
    "leaky_relu",
    "linear",
    "linear_attention",
    "linear_upsample",
    "llama",
    "llama1_13b",
    "llama1_33b",
    "llama1_65b",
    "llama1_7b",
    "llama2_13b",
    "llama2_70b",
    "llama2_7b",
    "llama3_1_405b",
    "llama3_1_70b",
    "llama3_1_8b",
    "llama3_2_1b",
    "llama3_2_3b",
    "llama3_3_70b",
    "llama3_405b",
    "llama3_70b",
    "llama3_8b",
    "llama_13b",
    "llama_30b",
    "llama_33b",
    "llama_65b",
    "llama_7b",
    "local_response_norm",
    "locally_connected",
    "log_softmax",
    "lora",
    "lora_linear",
    "low_rank_linear",
    "lstm",
    "lstmp",
    "mamba",
    "mamba1",
    "mamba2",
    "mamba_130m",
    "mamba_370m",
    "mamba_lm",
    "matmul",
    "matrix_product",
    "max_pool",
    "max_pool1d",
    "max_pool3d",
    "mbconv",
    "mha",
    "mish",
    "mistral",
    "mistral_7b",
    "mistral_nemo_12b",
    "mixtral",
    "mixtral_8x22b",
    "mixtral_8x7b",
    "mixture_of_experts",
    "mla",
    "mlp",
    "mnasnet0_5",
    "mnasnet0_75",
    "mnasnet1_0",
    "mnasnet1_3",
    "mobilenet_v1",
    "mobilenet_v2",
    "mobilenet_v3_large",
    "mobilenet_v3_small",
    "moe",
    "mpt",
    "mpt_7b",
    "multi_head_attention",
    "multi_head_latent_attention",
    "nearest_upsample",
    "nearest_upsample1d",
    "nearest_upsample3d",
    "olmo",
    "olmo2",
    "olmo2_13b",
    "olmo2_7b",
    "olmo_1b",
    "olmo_7b",
    "opt",
    "opt_125m",
    "opt_13b",
    "opt_175b",
    "opt_1_3b",
    "opt_2_7b",
    "opt_30b",
    "opt_66b",
    "opt_6_7b",
    "patch_embedding",
    "phi",
    "phi_1_5",
    "phi_2",
    "phi_3_medium",
    "phi_3_mini",
    "phi_4",
    "pointwise",
    "pointwise_conv",
    "prelu",
    "product",
    "pw",
    "pw卷积",
    "pythia_12b",
    "pythia_160m",
    "pythia_1_4b",
    "pythia_1b",
    "pythia_2_8b",
    "pythia_410m",
    "pythia_6_9b",
    "pythia_70m",
    "qwen2_0_5b",
    "qwen2_1_5b",
    "qwen2_5_0_5b",
    "qwen2_5_14b",
    "qwen2_5_1_5b",
    "qwen2_5_32b",
    "qwen2_5_3b",
    "qwen2_5_72b",
    "qwen2_5_7b",
    "qwen2_72b",
    "qwen2_7b",
    "qwen3_0_6b",
    "qwen3_14b",
    "qwen3_1_7b",
    "qwen3_235b_a22b",
    "qwen3_30b_a3b",
    "qwen3_32b",
    "qwen3_4b",
    "qwen3_8b",
    "regnet_x_16gf",
    "regnet_x_1_6gf",
    "regnet_x_32gf",
    "regnet_x_3_2gf",
    "regnet_x_400mf",
    "regnet_x_800mf",
    "regnet_x_8gf",
    "regnet_y_128gf",
    "regnet_y_16gf",
    "regnet_y_1_6gf",
    "regnet_y_32gf",
    "regnet_y_3_2gf",
    "regnet_y_400mf",
    "regnet_y_800mf",
    "regnet_y_8gf",
    "relu",
    "relu6",
    "repvgg",
    "repvgg_a0",
    "repvgg_a1",
    "repvgg_a2",
    "repvgg_b0",
    "repvgg_b1",
    "repvgg_block",
    "residual_add",
    "resnet101",
    "resnet152",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnext101_32x8d",
    "resnext101_64x4d",
    "resnext50_32x4d",
    "rms_norm",
    "rnn",
    "roberta_base",
    "roberta_large",
    "rope",
    "rotary_embedding",
    "se",
    "selective_ssm",
    "self_attention",
    "selu",
    "separable",
    "shared_expert_moe",
    "shuffle_unit",
    "shuffle_v2_unit",
    "shufflenet",
    "shufflenet_v1",
    "shufflenet_v2_x0_5",
    "shufflenet_v2_x1_0",
    "shufflenet_v2_x1_5",
    "shufflenet_v2_x2_0",
    "sigmoid",
    "silu",
    "sliding_window_attention",
    "smollm2_135m",
    "smollm2_1_7b",
    "smollm2_360m",
    "softmax",
    "softplus",
    "spatial_low_rank_conv",
    "squeeze_excite",
    "squeezenet1_0",
    "squeezenet1_1",
    "stablelm",
    "stablelm_3b",
    "standard",
    "svd_linear",
    "swiglu",
    "swin_b",
    "swin_block",
    "swin_s",
    "swin_t",
    "swin_v2_b",
    "swin_v2_s",
    "swin_v2_t",
    "swish",
    "t5",
    "t5_11b",
    "t5_3b",
    "t5_base",
    "t5_large",
    "t5_small",
    "tanh",
    "tinyllama",
    "tinyllama_1_1b",
    "transformer_layer",
    "transposed_conv",
    "transposed_conv1d",
    "transposed_conv3d",
    "trilinear_upsample",
    "tucker_conv",
    "unet",
    "unet_padded",
    "vgg11",
    "vgg11_bn",
    "vgg13",
    "vgg13_bn",
    "vgg16",
    "vgg16_bn",
    "vgg19",
    "vgg19_bn",
    "vit",
    "vit_b_16",
    "vit_b_32",
    "vit_h_14",
    "vit_l_16",
    "vit_l_32",
    "w_msa",
    "wide_resnet101_2",
    "wide_resnet50_2",
    "window_attention",
    "xception",
    "yi_34b",
    "yi_6b",
    "一维卷积",
    "三维卷积",
    "交叉注意力",
    "倒残差",
    "全局平均池化",
    "全結合",
    "全连接",
    "全连接层",
    "分组卷积",
    "前馈",
    "前馈层",
    "前馈网络",
    "卷积",
    "卷积层",
    "反卷积",
    "多头注意力",
    "多头自注意力",
    "层归一化",
    "嵌入",
    "常规卷积",
    "平均池化",
    "循环神经网络",
    "批归一化",
    "批标准化",
    "普通卷积",
    "最大池化",
    "标准卷积",
    "残差",
    "注意力",
    "注意力块",
    "深度卷积",
    "深度可分离卷积",
    "畳み込み",
    "空洞卷积",
    "组卷积",
    "组归一化",
    "膨胀卷积",
    "自注意力",
    "自注意力层",
    "词嵌入",
    "转置卷积",
    "逐点卷积",
    "逐通道卷积",
    "长短期记忆",
    "长短期记忆网络",
    "门控循环单元",
    "합성곱",
]

adaptive_avg_pool: LayerType
adaptive_avg_pool3d: LayerType
adaptive_max_pool: LayerType
adaptive_max_pool3d: LayerType
alexnet: LayerType
attention: LayerType
average_pool: LayerType
avg_pool: LayerType
avg_pool1d: LayerType
avg_pool3d: LayerType
basic_block: LayerType
batch_norm: LayerType
bert: LayerType
bert_base: LayerType
bert_large: LayerType
bias: LayerType
bicubic_upsample: LayerType
bilinear: LayerType
bilinear_upsample: LayerType
bloom: LayerType
bloom_176b: LayerType
bloom_1b1: LayerType
bloom_1b7: LayerType
bloom_3b: LayerType
bloom_560m: LayerType
bloom_7b1: LayerType
bn: LayerType
bottleneck: LayerType
celu: LayerType
channel_low_rank_conv: LayerType
codellama_34b: LayerType
codellama_7b: LayerType
cond_conv: LayerType
conv: LayerType
conv1d: LayerType
conv3d: LayerType
conv_lstm: LayerType
convnext_base: LayerType
convnext_block: LayerType
convnext_large: LayerType
convnext_small: LayerType
convnext_tiny: LayerType
cp_conv: LayerType
deconv: LayerType
deepseek: LayerType
deepseek_llm_67b: LayerType
deepseek_llm_7b: LayerType
deepseek_moe: LayerType
deepseek_r1: LayerType
deepseek_v2: LayerType
deepseek_v3: LayerType
deit_b: LayerType
deit_base: LayerType
deit_s: LayerType
deit_small: LayerType
deit_ti: LayerType
deit_tiny: LayerType
delta_net: LayerType
dense_layer: LayerType
densenet121: LayerType
densenet161: LayerType
densenet169: LayerType
densenet201: LayerType
depthwise: LayerType
depthwise_conv: LayerType
depthwise_separable: LayerType
depthwise_separable_conv: LayerType
distilbert: LayerType
distilbert_base: LayerType
dropout: LayerType
dw: LayerType
dw卷积: LayerType
eca: LayerType
efficientnet_b0: LayerType
efficientnet_b1: LayerType
efficientnet_b2: LayerType
efficientnet_b3: LayerType
efficientnet_b4: LayerType
efficientnet_b5: LayerType
efficientnet_b6: LayerType
efficientnet_b7: LayerType
efficientnet_v2_l: LayerType
efficientnet_v2_m: LayerType
efficientnet_v2_s: LayerType
elu: LayerType
embedding: LayerType
encoder_layer: LayerType
falcon: LayerType
falcon_180b: LayerType
falcon_40b: LayerType
falcon_7b: LayerType
fc: LayerType
feed_forward: LayerType
ffn: LayerType
fire: LayerType
fully_connected: LayerType
gap: LayerType
gated_feed_forward: LayerType
gated_ffn: LayerType
gelu: LayerType
gelu_tanh: LayerType
gemma: LayerType
gemma_2_27b: LayerType
gemma_2_2b: LayerType
gemma_2_9b: LayerType
gemma_2b: LayerType
gemma_3_1b: LayerType
gemma_7b: LayerType
ghost_conv: LayerType
ghostnet: LayerType
global_average_pool: LayerType
global_avg_pool: LayerType
googlenet: LayerType
gpt2: LayerType
gpt2_large: LayerType
gpt2_medium: LayerType
gpt2_small: LayerType
gpt2_xl: LayerType
gpt3: LayerType
gpt3_175b: LayerType
gpt_j_6b: LayerType
gpt_neox: LayerType
gpt_neox_20b: LayerType
granite: LayerType
granite_3_2b: LayerType
granite_3_8b: LayerType
group_norm: LayerType
grouped: LayerType
grouped_conv: LayerType
gru: LayerType
hadamard_product: LayerType
hard_sigmoid: LayerType
hard_swish: LayerType
inception_v3: LayerType
instance_norm: LayerType
inverted_residual: LayerType
kan: LayerType
kan_layer: LayerType
layer_norm: LayerType
layer_scale: LayerType
leaky_relu: LayerType
linear: LayerType
linear_attention: LayerType
linear_upsample: LayerType
llama: LayerType
llama1_13b: LayerType
llama1_33b: LayerType
llama1_65b: LayerType
llama1_7b: LayerType
llama2_13b: LayerType
llama2_70b: LayerType
llama2_7b: LayerType
llama3_1_405b: LayerType
llama3_1_70b: LayerType
llama3_1_8b: LayerType
llama3_2_1b: LayerType
llama3_2_3b: LayerType
llama3_3_70b: LayerType
llama3_405b: LayerType
llama3_70b: LayerType
llama3_8b: LayerType
llama_13b: LayerType
llama_30b: LayerType
llama_33b: LayerType
llama_65b: LayerType
llama_7b: LayerType
local_response_norm: LayerType
locally_connected: LayerType
log_softmax: LayerType
lora: LayerType
lora_linear: LayerType
low_rank_linear: LayerType
lstm: LayerType
lstmp: LayerType
mamba: LayerType
mamba1: LayerType
mamba2: LayerType
mamba_130m: LayerType
mamba_370m: LayerType
mamba_lm: LayerType
matmul: LayerType
matrix_product: LayerType
max_pool: LayerType
max_pool1d: LayerType
max_pool3d: LayerType
mbconv: LayerType
mha: LayerType
mish: LayerType
mistral: LayerType
mistral_7b: LayerType
mistral_nemo_12b: LayerType
mixtral: LayerType
mixtral_8x22b: LayerType
mixtral_8x7b: LayerType
mixture_of_experts: LayerType
mla: LayerType
mlp: LayerType
mnasnet0_5: LayerType
mnasnet0_75: LayerType
mnasnet1_0: LayerType
mnasnet1_3: LayerType
mobilenet_v1: LayerType
mobilenet_v2: LayerType
mobilenet_v3_large: LayerType
mobilenet_v3_small: LayerType
moe: LayerType
mpt: LayerType
mpt_7b: LayerType
multi_head_attention: LayerType
multi_head_latent_attention: LayerType
nearest_upsample: LayerType
nearest_upsample1d: LayerType
nearest_upsample3d: LayerType
olmo: LayerType
olmo2: LayerType
olmo2_13b: LayerType
olmo2_7b: LayerType
olmo_1b: LayerType
olmo_7b: LayerType
opt: LayerType
opt_125m: LayerType
opt_13b: LayerType
opt_175b: LayerType
opt_1_3b: LayerType
opt_2_7b: LayerType
opt_30b: LayerType
opt_66b: LayerType
opt_6_7b: LayerType
patch_embedding: LayerType
phi: LayerType
phi_1_5: LayerType
phi_2: LayerType
phi_3_medium: LayerType
phi_3_mini: LayerType
phi_4: LayerType
pointwise: LayerType
pointwise_conv: LayerType
prelu: LayerType
product: LayerType
pw: LayerType
pw卷积: LayerType
pythia_12b: LayerType
pythia_160m: LayerType
pythia_1_4b: LayerType
pythia_1b: LayerType
pythia_2_8b: LayerType
pythia_410m: LayerType
pythia_6_9b: LayerType
pythia_70m: LayerType
qwen2_0_5b: LayerType
qwen2_1_5b: LayerType
qwen2_5_0_5b: LayerType
qwen2_5_14b: LayerType
qwen2_5_1_5b: LayerType
qwen2_5_32b: LayerType
qwen2_5_3b: LayerType
qwen2_5_72b: LayerType
qwen2_5_7b: LayerType
qwen2_72b: LayerType
qwen2_7b: LayerType
qwen3_0_6b: LayerType
qwen3_14b: LayerType
qwen3_1_7b: LayerType
qwen3_235b_a22b: LayerType
qwen3_30b_a3b: LayerType
qwen3_32b: LayerType
qwen3_4b: LayerType
qwen3_8b: LayerType
regnet_x_16gf: LayerType
regnet_x_1_6gf: LayerType
regnet_x_32gf: LayerType
regnet_x_3_2gf: LayerType
regnet_x_400mf: LayerType
regnet_x_800mf: LayerType
regnet_x_8gf: LayerType
regnet_y_128gf: LayerType
regnet_y_16gf: LayerType
regnet_y_1_6gf: LayerType
regnet_y_32gf: LayerType
regnet_y_3_2gf: LayerType
regnet_y_400mf: LayerType
regnet_y_800mf: LayerType
regnet_y_8gf: LayerType
relu: LayerType
relu6: LayerType
repvgg: LayerType
repvgg_a0: LayerType
repvgg_a1: LayerType
repvgg_a2: LayerType
repvgg_b0: LayerType
repvgg_b1: LayerType
repvgg_block: LayerType
residual_add: LayerType
resnet101: LayerType
resnet152: LayerType
resnet18: LayerType
resnet34: LayerType
resnet50: LayerType
resnext101_32x8d: LayerType
resnext101_64x4d: LayerType
resnext50_32x4d: LayerType
rms_norm: LayerType
rnn: LayerType
roberta_base: LayerType
roberta_large: LayerType
rope: LayerType
rotary_embedding: LayerType
se: LayerType
selective_ssm: LayerType
self_attention: LayerType
selu: LayerType
separable: LayerType
shared_expert_moe: LayerType
shuffle_unit: LayerType
shuffle_v2_unit: LayerType
shufflenet: LayerType
shufflenet_v1: LayerType
shufflenet_v2_x0_5: LayerType
shufflenet_v2_x1_0: LayerType
shufflenet_v2_x1_5: LayerType
shufflenet_v2_x2_0: LayerType
sigmoid: LayerType
silu: LayerType
sliding_window_attention: LayerType
smollm2_135m: LayerType
smollm2_1_7b: LayerType
smollm2_360m: LayerType
softmax: LayerType
softplus: LayerType
spatial_low_rank_conv: LayerType
squeeze_excite: LayerType
squeezenet1_0: LayerType
squeezenet1_1: LayerType
stablelm: LayerType
stablelm_3b: LayerType
standard: LayerType
svd_linear: LayerType
swiglu: LayerType
swin_b: LayerType
swin_block: LayerType
swin_s: LayerType
swin_t: LayerType
swin_v2_b: LayerType
swin_v2_s: LayerType
swin_v2_t: LayerType
swish: LayerType
t5: LayerType
t5_11b: LayerType
t5_3b: LayerType
t5_base: LayerType
t5_large: LayerType
t5_small: LayerType
tanh: LayerType
tinyllama: LayerType
tinyllama_1_1b: LayerType
transformer_layer: LayerType
transposed_conv: LayerType
transposed_conv1d: LayerType
transposed_conv3d: LayerType
trilinear_upsample: LayerType
tucker_conv: LayerType
unet: LayerType
unet_padded: LayerType
vgg11: LayerType
vgg11_bn: LayerType
vgg13: LayerType
vgg13_bn: LayerType
vgg16: LayerType
vgg16_bn: LayerType
vgg19: LayerType
vgg19_bn: LayerType
vit: LayerType
vit_b_16: LayerType
vit_b_32: LayerType
vit_h_14: LayerType
vit_l_16: LayerType
vit_l_32: LayerType
w_msa: LayerType
wide_resnet101_2: LayerType
wide_resnet50_2: LayerType
window_attention: LayerType
xception: LayerType
yi_34b: LayerType
yi_6b: LayerType
一维卷积: LayerType
三维卷积: LayerType
交叉注意力: LayerType
倒残差: LayerType
全局平均池化: LayerType
全結合: LayerType
全连接: LayerType
全连接层: LayerType
分组卷积: LayerType
前馈: LayerType
前馈层: LayerType
前馈网络: LayerType
卷积: LayerType
卷积层: LayerType
反卷积: LayerType
多头注意力: LayerType
多头自注意力: LayerType
层归一化: LayerType
嵌入: LayerType
常规卷积: LayerType
平均池化: LayerType
循环神经网络: LayerType
批归一化: LayerType
批标准化: LayerType
普通卷积: LayerType
最大池化: LayerType
标准卷积: LayerType
残差: LayerType
注意力: LayerType
注意力块: LayerType
深度卷积: LayerType
深度可分离卷积: LayerType
畳み込み: LayerType
空洞卷积: LayerType
组卷积: LayerType
组归一化: LayerType
膨胀卷积: LayerType
自注意力: LayerType
自注意力层: LayerType
词嵌入: LayerType
转置卷积: LayerType
逐点卷积: LayerType
逐通道卷积: LayerType
长短期记忆: LayerType
长短期记忆网络: LayerType
门控循环单元: LayerType
합성곱: LayerType
