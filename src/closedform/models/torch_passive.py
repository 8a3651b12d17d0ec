"""PyTorch's operators that compute no number (aten)."""

from __future__ import annotations

#: Operators that compute no number: shapes, copies, indices, masks, signs, dropout; and those that
#: put in order, whose comparisons are no FLOPs and as many as the algorithm takes.
PASSIVE = frozenset(
    """_assert_scalar _assert_tensor_metadata _to_copy _unsafe_view abs adjoint alias all
    alpha_dropout any arange argmax argmin argsort as_strided atleast_1d atleast_2d atleast_3d
    bernoulli bitwise_and bitwise_not bitwise_or broadcast_tensors broadcast_to cat ceil
    channel_shuffle chunk clone concat constant_pad_nd contiguous copy detach diagonal dropout
    empty empty_like eq expand expand_as eye feature_alpha_dropout feature_dropout fill flatten
    flip floor full full_like gather ge getitem gt identity index index_select
    isinf isnan le lift_fresh_copy linspace logical_and logical_not logical_or lt mH mT
    masked_fill matrix_H moveaxis movedim narrow ne neg new_empty new_full new_ones new_zeros
    numpy_T ones ones_like pad permute pixel_shuffle pixel_unshuffle rand rand_like randint
    randn randn_like ravel repeat repeat_interleave reshape reshape_as roll round scalar_tensor
    select select_scatter sign slice slice_scatter sort split split_with_sizes squeeze stack
    swapaxes swapdims t tensor_split tile to topk transpose tril triu trunc type_as unbind
    unflatten unfold unsafe_chunk unsafe_split unsqueeze view view_as view_as_complex
    view_as_real where zero zeros zeros_like""".split()
)
