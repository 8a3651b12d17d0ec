"""Tables of claims and the verdicts that they must get: each right one beside a wrong neighbour.

``check`` runs every law of the algebra, these tables included: the mutation check asks it about
each broken module.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from unittest.mock import patch

from closedform.algebra import thorough
from closedform.algebra.assumptions import assume
from closedform.algebra.decide import decide
from closedform.algebra.decision import Decision
from closedform.algebra.domains import Domain, Known
from closedform.algebra.forms.collect import nested
from closedform.algebra.leading import leading
from closedform.algebra.normal_form.atoms import open_field
from closedform.algebra.normal_form.build import function_tree, polynomial_tree
from closedform.algebra.normal_form.quick import surely_equal
from closedform.algebra.proofs import prover
from closedform.algebra.proofs.combination import maximise
from closedform.algebra.proofs.facts import facts
from closedform.algebra.proofs.positivity import is_sum_of_squares
from closedform.algebra.proofs.univariate import signs_at_integers, signs_at_reals
from closedform.algebra.tree import Call, Negative, Number, Power, Symbol, Tree, symbol_names
from closedform.algebra.work import Work
from tests import (
    laws_decide,
    laws_forms,
    laws_normal,
    laws_parts,
    laws_polynomials,
    laws_search,
    laws_sequences,
    laws_values,
)
from tests.read_formula import conditions, formula, relation
from tests.soundness.values import NoValue, compared, same, value
from tests.soundness.without_search import without_search

#: Laws with tables of their own, the quickest first.
FILES = (
    laws_values,
    laws_search,
    laws_polynomials,
    laws_parts,
    laws_sequences,
    laws_normal,
    laws_decide,
    laws_forms,
)

PROVEN, REFUTED, UNDECIDED = "proven", "refuted", "undecided"
Row = tuple[str, str, str]

EQUATIONS: list[Row] = [
    ("(M+N)^2 = M^2+2M N+N^2", "", PROVEN),
    ("(M+N)^2 = M^2+N^2", "", REFUTED),
    ("1/N + 1/k^2 = (N+k^2)/(N k^2)", "", PROVEN),
    ("1/N + 1/k^2 = (N+k)/(N k^2)", "", REFUTED),
    ("(M^2-N^2)/(M-N) = M+N", "", PROVEN),
    ("(M^2-N^2)/(M-N) = M-N", "", REFUTED),
    ("-M^2 = (-M)^2", "", REFUTED),
    ("(-1)^N (-1)^N = 1", "", PROVEN),
    ("(-1)^N = 1", "", REFUTED),
    # Half an exponent is no even one.
    ("(-1)^(N(N-1)/2) = 1", "", REFUTED),
    ("(-1)^(N/2) = 1", "", REFUTED),
    ("(-1)^(2 alpha) = 1", "0 < alpha <= 1", REFUTED),
    ("(-1)^(N/2) = 1", "4 | N", PROVEN),
    ("(M^2 - N^2)^0.5 = (M - N)^0.5 (M + N)^0.5", "M > N", PROVEN),
    ("(-2)^N = (-1)^N 2^N", "", PROVEN),
    ("(M-1)(M-2)(M-3)(M-4)(M-5)(M-6)(M-7)(M-8)(M-9)(M-10) = 0", "", REFUTED),
    # 0 as a base, where a symbol may be 0.
    ("p^N p^M = p^(N+M)", "p >= 0", PROVEN),
    ("p/p = 1", "p >= 0", PROVEN),
    ("0^N = 0", "", PROVEN),
    ("0^N = 1", "", REFUTED),
]

FLOORS: list[Row] = [
    # Floors of roots, logarithms and real numbers.
    ("floor(sqrt(N))^2 <= N", "", PROVEN),
    ("floor(sqrt(N))^2 >= N", "", REFUTED),
    ("(floor(sqrt(N))+1)^2 > N", "", PROVEN),
    ("ceil(log(N, 2)) >= log(N, 2)", "", PROVEN),
    ("ceil(log(N, 2)) < log(N, 2) + 1", "", PROVEN),
    ("floor(sqrt(M)+k) = floor(sqrt(M))+k", "", PROVEN),
    ("floor(log(H+W)+k)/log(N) = floor(log(H+W))/log(N)+k/log(N)", "N >= 2", PROVEN),
    ("floor((sqrt(M)+2k)/2) = floor(sqrt(M)/2)+k", "", PROVEN),
    ("floor((sqrt(M)+k)/2) = floor(sqrt(M)/2)+k", "", REFUTED),
    ("floor(alpha M) <= alpha M", "0 < alpha <= 1", PROVEN),
    ("floor(alpha M) = floor(alpha) M", "0 < alpha <= 1", REFUTED),
    ("floor(alpha + M) = M", "0 < alpha, alpha < 1", PROVEN),
    ("floor(M/(M+N)) >= 1", "", REFUTED),
    ("floor((H-1)/2)+1 = ceil(H/2)", "", PROVEN),
    ("floor(H/2)+1 = ceil(H/2)", "", REFUTED),
    ("ceil(M/N) = floor((M-1)/N)+1", "", PROVEN),
    ("ceil(M/N) = floor(M/N)+1", "", REFUTED),
    ("floor(floor(H/a)/b) = floor(H/(a b))", "", PROVEN),
    ("floor(floor(H/a)/b) = floor(H/(a+b))", "", REFUTED),
    ("floor(H/2)+floor((H+1)/2) = H", "", PROVEN),
    ("floor(H/2)+floor(H/2) = H", "", REFUTED),
    ("floor(floor(floor(floor(H/2)/3)/5)/7) = floor(H/210)", "", PROVEN),
    ("floor(floor(floor(floor(H/2)/3)/5)/7) = floor(H/105)", "", REFUTED),
    ("floor(n^2/4) = floor(n/2) ceil(n/2)", "", PROVEN),
    ("floor(n^2/4) = floor(n/2)^2", "", REFUTED),
    ("floor(n(n+1)/2) = n(n+1)/2", "", PROVEN),
    ("floor(n(n+2)/2) = n(n+2)/2", "", REFUTED),
    # Symbols that do not share a floor have classes of their own: 2 + 30 + 31, not 2·30·31.
    ("floor(a/2)+ceil(a/2)+floor(b/30)+floor(c/31) = a+floor(b/30)+floor(c/31)", "", PROVEN),
    ("floor((H+1)/2)+ceil(W/31) = ceil(H/2)+floor((W+30)/31)", "", PROVEN),
    ("floor((H+1)/2)+ceil(W/31) = ceil(H/2)+floor((W+29)/31)", "", REFUTED),
    # Output sizes of convolutions.
    ("floor((H+2p-k)/s)+1 = H", "k=3, p=1, s=1", PROVEN),
    ("floor((H+2p-k)/s)+1 = ceil(H/2)", "k=3, p=1, s=2", PROVEN),
    ("floor((H+2p-k)/s)+1 = floor(H/2)", "k=3, p=1, s=2", REFUTED),
    ("floor((H+2p-k)/s)+1 = H/2", "k=3, p=1, s=2, 2 | H", PROVEN),
    ("floor((H+2p-k)/s)+1 = H/2", "k=3, p=1, s=2", REFUTED),
    ("floor((H+2p-k)/s)+1 = H/s", "k=2p+1, s | H", PROVEN),
    ("floor((H+2p-k)/s)+1 = H/s", "k=2p+2, s | H", REFUTED),
    ("floor((H-k)/s)+1 = (H-k)/s+1", "s | H-k, H >= k", PROVEN),
    # Classes start where a symbol does.
    ("floor(H/3) >= 2", "H >= 6", PROVEN),
    ("floor(H/3) >= 2", "H >= 5", REFUTED),
    ("floor(H/2)+floor(H/3) >= 5", "H >= 6", PROVEN),
    ("floor(H/2)+floor(H/3) >= 6", "H >= 6", REFUTED),
    ("floor(H/2)+floor(W/3) >= 3", "H >= 4, W >= 3", PROVEN),
    ("floor(H/2)+floor(W/3) >= 3", "H >= 4, W >= 2", REFUTED),
    ("floor((floor(H/2)+H+1)/3) = floor(H/2)", "", PROVEN),
    ("floor((floor(H/2)+H+2)/3) = floor(H/2)", "", REFUTED),
    # The floor of a largest one is the largest floor, and of a smallest one the smallest.
    ("floor(max(M, N)/3) = max(floor(M/3), floor(N/3))", "", PROVEN),
    ("floor(max(M, N)/3) = max(floor(M/3), floor(N/2))", "", REFUTED),
    ("ceil(min(M, N, k)/2) = min(ceil(M/2), ceil(N/2), ceil(k/2))", "", PROVEN),
    ("ceil(min(M, N)/2) = max(ceil(M/2), ceil(N/2))", "", REFUTED),
    ("floor((2H - max(M, N))/3) = min(floor((2H - M)/3), floor((2H - N)/3))", "", PROVEN),
    ("floor((2H - max(M, N))/3) = max(floor((2H - M)/3), floor((2H - N)/3))", "", REFUTED),
    ("floor(M/max(N, 2)) = floor(M/N)", "N >= 2", PROVEN),
    ("floor(M/max(N, 2)) = floor(M/N)", "", REFUTED),
    ("M - max(k, 2) floor(M/max(k, 2)) < max(k, 2)", "", PROVEN),
    ("M - max(k, 2) floor(M/max(k, 2)) < max(k, 2) - 1", "", REFUTED),
    ("min(M, N) - 3floor(min(M, N)/3) >= 0", "", PROVEN),
    ("min(M, N) - 3floor(min(M, N)/3) >= 1", "", REFUTED),
    # A quotient between two integers.
    ("floor(M/N) = 0", "M < N", PROVEN),
    ("floor(M/N) = 0", "M <= N", REFUTED),
    ("ceil(M/N) = 1", "M <= N", PROVEN),
    ("floor((M-1)/N) = 0", "M <= N", PROVEN),
    ("g floor(M/g) = M", "g | M", PROVEN),
    ("g floor(M/g) = M", "", REFUTED),
    ("floor(alpha H) = alpha H", "0 < alpha <= 1", REFUTED),
]

#: Sums over sequences: every N_i is a size of its own, and N_1 and N_L are two of them.
SEQUENCES: list[Row] = [
    ("sum(i=a..b, 2^i) = 2^(b+1) - 2^a", "b >= a", PROVEN),
    ("sum(i=a..b, 2^i) = 2^(b+1) - 2^(a+1)", "b >= a", REFUTED),
    ("sum(i=0..N, sum(j=0..i, 2^j)) = 2^(N+2) - N - 3", "", PROVEN),
    ("sum(l=1..L, n_l_minus_1 n_l + n_l) = sum(l=1..L, (n_l_minus_1 + 1) n_l)", "", PROVEN),
    ("sum(l=1..L, n_l_minus_1 n_l) = sum(l=1..L, n_l^2)", "", REFUTED),
    ("sum(l=1..L, n_l_minus_1) = sum(i=0..L-1, n_i)", "", PROVEN),
    ("sum(l=1..L, l n_l_minus_1) = sum(i=0..L-1, (i+1) n_i)", "", PROVEN),
    ("sum(l=1..L, l n_l_minus_1) = sum(i=0..L-1, i n_i)", "", REFUTED),
    ("sum(l=1..L, n_l) = L n_l", "", REFUTED),
    ("sum(l=1..L, n_l) = L n", "n_l = n", PROVEN),
    ("sum(l=1..L, n_l) = n_1 + n_2", "L = 2", PROVEN),
    ("sum(l=1..L, n_l_minus_1 n_l) = n_0 n_1 + n_1 n_2", "L = 2", PROVEN),
    ("sum(l=1..L, n_l_minus_1 n_l) = n_0 n_1 + n_1 n_2", "L = 3", REFUTED),
    ("sum(l=1..L, n_l^2) = sum(l=1..L, n_l)^2/L", "", REFUTED),
    # Values that fit no sequence are no counterexample.
    ("min(max(M, N), max(M, L)) = max(M, min(N, L))", "", PROVEN),
    ("min(M, max(N, L)) = max(min(M, N), min(M, L))", "", PROVEN),
    ("min(M, max(N, L)) = max(M, min(N, L))", "", REFUTED),
    ("log(M)/log(2) < M", "", PROVEN),
    ("log(M)/log(2) < M - 1", "", REFUTED),
    ("sum(l=1..L, n_l) >= n_1", "", PROVEN),
    ("sum(l=1..L, n_l) >= n_L", "", PROVEN),
    ("sum(l=1..L, n_l) >= n_1 + n_L", "", REFUTED),
    ("sum(l=1..L, n_l) >= n_1", "L >= 0", REFUTED),
    ("sum(l=5..L, l^2 n_l) >= L", "", REFUTED),
    # A longer sum, and one that is cut in two.
    ("sum(l=1..L, n_l) >= sum(l=1..m, n_l)", "m <= L", PROVEN),
    ("sum(l=1..L, n_l) > sum(l=1..m, n_l)", "m <= L", REFUTED),
    ("sum(l=1..L, n_l) = sum(l=1..m, n_l) + sum(l=m+1..L, n_l)", "m <= L", PROVEN),
    ("sum(l=1..L, n_l) = sum(l=1..m, n_l) + sum(l=m..L, n_l)", "m <= L", REFUTED),
    ("sum(l=1..L, n_l) = sum(l=1..m, n_l) + sum(l=m+1..L, n_l)", "", REFUTED),
    ("sum(l=1..L, n_l) >= sum(l=1..m, n_l)", "", REFUTED),
    ("sum(l=1..2L, n_l) = sum(l=1..L, n_l) + sum(l=L+1..2L, n_l)", "", PROVEN),
    ("sum(l=m..L, 1/l) = sum(l=1..L, 1/l) - sum(l=1..m-1, 1/l)", "m <= L", PROVEN),
    ("sum(l=m..L, n_l) = sum(l=1..L, n_l) - sum(l=1..m-1, n_l)", "m >= 0, m <= L", REFUTED),
    ("sum(l=1..L, n_l) - L >= sum(l=1..m, n_l) - m", "", REFUTED),
    ("sum(l=1..M-2, n_l) >= sum(l=1..M-3, n_l) + 1", "", REFUTED),
    ("sum(l=m..L, 1/(n_l - m)) >= 0", "m <= L", REFUTED),
    # Term by term.
    ("sum(l=1..L, n_l^2) >= sum(l=1..L, n_l)", "", PROVEN),
    ("sum(l=1..L, n_l^2) > sum(l=1..L, n_l)", "", REFUTED),
    ("sum(l=1..L, n_l^2) > sum(l=1..L, n_l)", "n_l >= 2", PROVEN),
    ("sum(l=1..L, n_l^2) >= 2 sum(l=1..L, n_l) - L", "", PROVEN),
    ("sum(l=1..L, n_l) <= 5 L", "n_l <= 5", PROVEN),
    ("sum(l=1..L, n_l) < 5 L", "n_l <= 5", REFUTED),
    ("sum(l=1..L, n_l m_l) <= M sum(l=1..L, n_l)", "m_l <= M", PROVEN),
    ("sum(l=1..L, l n_l) <= L sum(l=1..L, n_l)", "", PROVEN),
    ("sum(l=1..L, l n_l) >= L sum(l=1..L, n_l)", "", REFUTED),
    ("sum(l=1..L, n_l_minus_1 n_l) >= sum(l=1..L, n_l)", "", PROVEN),
    # Term by term with an index from 0, and with a sum inside of something else.
    ("sum(l=0..L, l n_l) >= sum(l=0..L, n_l)", "", REFUTED),
    ("sum(l=0..L, (l + 1) n_l m_l) >= sum(l=0..L, n_l)", "", PROVEN),
    ("sum(l=2..L, l n_l) >= 2 sum(l=2..L, n_l)", "L >= 2", PROVEN),
    ("sum(l=2..L, l n_l) >= 3 sum(l=2..L, n_l)", "L >= 2", REFUTED),
    ("floor(sum(l=1..L, n_l - 9)/2) sum(l=1..L, m_l) >= 0", "", REFUTED),
    ("sum(l=1..L, n_l^2) >= sum(l=1..M, n_l)", "", REFUTED),
    ("sum(l=1..L, n_l) > 0", "L >= 0", REFUTED),
    ("sum(l=1..L, n_l)/(M-N) >= 0", "", REFUTED),
    ("L/sum(l=1..L, n_l - 5) >= 0", "", REFUTED),
    ("M sum(l=1..L, n_l) >= sum(l=1..L, n_l) sum(l=1..L, n_l)", "", REFUTED),
    ("M sum(l=1..L, n_l) >= sum(l=1..L, n_l) sum(l=1..L, m_l)", "", REFUTED),
    # n_m is a term where m is a size, of the conditions too.
    ("sum(l=1..L, n_l) >= n_m", "m <= L", UNDECIDED),
    ("sum(l=1..L, n_l) >= 2n_m", "m <= L", REFUTED),
    ("sum(l=1..3, n_l) >= n_m", "m <= 3", UNDECIDED),
    ("sum(l=1..3, n_l) >= 2n_m", "m <= 3", REFUTED),
    ("l sum(l=1..L, n_l) >= sum(l=1..L, l n_l)", "", REFUTED),
    # Term by term over fewer numbers, and sums without sequences.
    ("sum(l=m+1..L, n_l (L-l)) <= sum(l=1..L, n_l (L-l))", "", PROVEN),
    ("sum(l=m+1..L, n_l (L-l)) < sum(l=1..L, n_l (L-l))", "", REFUTED),
    ("sum(l=m+1..L, n_l (2-l)) <= sum(l=1..L, n_l (2-l))", "", REFUTED),
    ("sum(l=m+1..2L, n_l) <= sum(l=1..L, n_l)", "", REFUTED),
    ("sum(l=0..L, 4n_l) >= sum(l=m+1..L-1, 4n_l)", "", PROVEN),
    ("sum(l=0..L, 4n_l) >= sum(l=m+1..L+1, 4n_l)", "", REFUTED),
    ("sum(l=2..L, n_l m_l) >= sum(l=2..L-1, n_l m_l)", "", PROVEN),
    ("sum(l=2..L, n_l m_l) > sum(l=2..L-1, n_l m_l)", "", REFUTED),
    ("sum(l=m..N, n_l) >= N - m + 1", "", PROVEN),
    ("sum(l=m..N, n_l) >= N - m + 2", "", REFUTED),
    ("sum(l=m..N, n_l) <= 5(N - m + 1)", "n_l <= 5", REFUTED),
    ("sum(l=m..L, n_l 2^l) >= sum(l=m..L, 2n_l)", "", PROVEN),
    ("sum(l=m..L, n_l 2^l) >= sum(l=m..L, 3n_l)", "", REFUTED),
    ("sum(l=m..L, n_l 2^l) > sum(l=m..L, n_l)", "", REFUTED),
    ("sum(l=1..L, max(n_l, m_l)) >= max(sum(l=1..L, n_l), sum(l=1..L, m_l))", "", PROVEN),
    ("sum(l=1..L, max(n_l, m_l)) <= max(sum(l=1..L, n_l), sum(l=1..L, m_l))", "", REFUTED),
    ("sum(i=1..N, 1/i) <= N", "", PROVEN),
    ("sum(i=1..N, 1/i) < N", "", REFUTED),
    ("sum(i=0..N, min(i, M)) >= 0", "", PROVEN),
    ("sum(i=0..N, min(i, M)) >= 2", "", REFUTED),
    # Products of sums hold every product of two terms (Cauchy and Schwarz: and more).
    ("sum(l=1..L, n_l)^2 >= sum(l=1..L, n_l^2)", "", PROVEN),
    ("sum(l=1..L, n_l)^2 > sum(l=1..L, n_l^2)", "", REFUTED),
    ("sum(l=1..L, n_l - 3)^2 >= sum(l=1..L, (n_l - 3)^2)", "", REFUTED),
    ("sum(l=1..L, n_l)^3 >= sum(l=1..L, n_l^3)", "", PROVEN),
    ("sum(l=1..L, n_l) sum(l=1..L, m_l) >= sum(l=1..L, n_l m_l)", "", PROVEN),
    ("sum(l=1..L, n_l) sum(l=1..M, m_l) >= sum(l=1..L, n_l m_l)", "", REFUTED),
    ("sum(l=1..L, n_l^2) sum(l=1..L, m_l^2) >= sum(l=1..L, n_l m_l)^2", "", PROVEN),
    ("sum(l=1..L, n_l^2) sum(l=1..L, m_l) >= sum(l=1..L, n_l m_l)^2", "", REFUTED),
    ("L sum(l=1..L, n_l^2) >= sum(l=1..L, n_l)^2", "", PROVEN),
    ("(L-1) sum(l=1..L, n_l^2) >= sum(l=1..L, n_l)^2", "", REFUTED),
    ("sum(l=1..L, n_l) sum(l=1..L, 1/n_l) >= L^2", "", PROVEN),
    # Shares of a sum: a term of it, a shorter one, and means.
    ("n_1/sum(l=1..L, n_l) <= 1", "", PROVEN),
    ("n_2/sum(l=1..L, n_l) <= 1", "", REFUTED),
    ("sum(l=1..m, n_l)/sum(l=1..L, n_l) <= 1", "m <= L", PROVEN),
    ("sum(l=1..m, n_l)/sum(l=1..L, n_l) < 1", "m <= L", REFUTED),
    ("sum(l=1..L, n_l m_l)/sum(l=1..L, n_l) <= sum(l=1..L, m_l)", "", PROVEN),
    ("L/sum(l=1..L, n_l) <= 1", "", PROVEN),
    ("L/sum(l=1..L, n_l) < 1", "", REFUTED),
    ("sum(l=1..L, n_l) sum(l=1..L, 1/n_l) > L^2", "", REFUTED),
    # A term that is split off is no more than any term is.
    ("sum(l=1..L+1, n_l) >= 1", "n_l >= 0", REFUTED),
    ("sum(l=1..L+1, n_l) >= 1", "n_l >= 0, L >= 20", REFUTED),
    ("sum(l=1..L+1, n_l) >= 1", "n_l >= 0, L >= 99", UNDECIDED),
    ("sum(l=1..L+1, n_l) - sum(l=1..L, n_l) >= 1", "n_l >= 0", REFUTED),
    ("sum(l=1..L+1, n_l) - sum(l=1..L, n_l) >= 1", "n_7 >= 0, L >= 99", UNDECIDED),
    ("sum(l=1..L+1, n_l) - sum(l=1..L, n_l) >= 1", "", PROVEN),
    # Induction over the upper bound.
    ("sum(i=1..N, 1/(i(i+1))) = N/(N+1)", "", PROVEN),
    ("sum(i=1..N, 1/(i(i+1))) = N/(N+2) + 1/6", "", REFUTED),
    ("sum(i=1..N, i 2^i) = (N-1)2^(N+1) + 2", "", PROVEN),
    ("sum(i=1..N, i 2^i) = (N-1)2^(N+1) + 1", "", REFUTED),
    ("sum(i=0..N, M^i) = (M^(N+1) - 1)/(M-1)", "M >= 2", PROVEN),
    ("sum(i=0..N, M^i) = (M^(N+1) - M)/(M-1)", "M >= 2", REFUTED),
    ("sum(i=1..N, log(i+1) - log(i)) = log(N+1)", "", PROVEN),
    ("sum(i=1..N, floor(i/2)) = floor(N^2/4)", "", PROVEN),
    ("sum(i=1..N, floor(i/2)) = floor(N^2/3)", "", REFUTED),
    ("sum(i=1..N, 1/(i - 5)) = sum(i=1..N-1, 1/(i - 5)) + 1/(N - 5)", "", UNDECIDED),
    ("sum(i=1..L, sum(j=1..i, n_j)) = sum(j=1..L, (L-j+1) n_j)", "", PROVEN),
    ("sum(i=1..L, sum(j=1..i, n_j)) = sum(j=1..L, (L-j) n_j)", "", REFUTED),
    ("sum(i=1..N, sqrt(i)) <= N sqrt(N)", "", PROVEN),
    ("sum(i=1..N, sqrt(i)) < N sqrt(N)", "", REFUTED),
    # An index is at most the upper bound.
    ("sum(i=1..N, sum(j=i..N, 1)) = N(N+1)/2", "", PROVEN),
    ("sum(i=1..N, sum(j=i..N+1, 1)) = N(N+1)/2", "", REFUTED),
    ("sum(i=1..N, sum(j=i..M, 1)) = N(2M-N+1)/2", "", REFUTED),
    # A sum is no positive integer.
    ("sum(l=1..L, n_l - 5) >= sqrt(sum(l=1..L, n_l - 5)^2)", "", REFUTED),
    ("sum(l=1..L, n_l - 5) >= max(0, sum(l=1..L, n_l - 5))", "", REFUTED),
    ("floor(sum(l=1..L, n_l/2)) >= sum(l=1..L, n_l/2)", "", REFUTED),
    # A condition on n_j speaks of every term where nothing else is j; one on n_7 does not.
    ("sum(l=1..L, n_l) <= 5 L", "n_j <= 5", PROVEN),
    ("sum(l=1..L, n_l) <= 5 j L", "n_j <= 5", REFUTED),
    ("sum(l=1..L, n_l) <= 5 + (j-1) sum(l=1..L, n_l)", "n_j <= 5, L = 1", UNDECIDED),
    ("sum(l=1..L, n_l) <= 5 L", "n_j <= 5, j <= 3", UNDECIDED),
    ("sum(k=1..L, max(n_k, M)) = sum(i=1..L, max(i, M))", "n_i = i", PROVEN),
    ("sum(k=1..L, n_k) = L(L+1)/2", "n_i = i", PROVEN),
    ("sum(k=1..L, n_k) = L k", "n_i = i", REFUTED),
    ("sum(l=1..L, n_l) <= 5 L", "n_in <= 5", REFUTED),
    ("sum(l=1..L, n_l) >= L", "n_7 >= 0", UNDECIDED),
    ("sum(l=1..L, n_l m_l) >= sum(l=1..L, n_l)", "m_30 >= 0", UNDECIDED),
    ("sum(l=1..L, n_l) >= n_L", "L = 3", PROVEN),
    ("sum(l=1..L, n_l) = n_L", "L = 1", PROVEN),
    ("sum(l=1..L, n_l) = n_1 + sum(l=2..L, n_l)", "", PROVEN),
    ("sum(l=1..L, n_l) = n_2 + sum(l=2..L, n_l)", "", REFUTED),
    ("sum(l=0..L, n_l) = n_0 + sum(l=1..L, n_l)", "", PROVEN),
    ("sum(l=1..L, n_l) = n_L + sum(l=1..L-1, n_l)", "", PROVEN),
    ("sum(l=1..L, n_l) = n_1 + sum(l=1..L-1, n_l)", "", REFUTED),
    # Three terms fewer may be no term at all, from one before on.
    ("sum(l=2..L, n_l) = n_2 + sum(l=3..L, n_l)", "", REFUTED),
    ("sum(l=2..L, n_l) = n_2 + sum(l=3..L, n_l)", "L >= 2", PROVEN),
    ("sum(l=0..L-1, n_l) = n_0 + sum(l=1..L-1, n_l)", "L >= 0", REFUTED),
    ("sum(l=1..L, n_l - n_l_minus_1) = n_L - n_0", "", PROVEN),
    ("sum(l=1..L, n_l - n_l_minus_1) = n_L - n_1", "", REFUTED),
    ("sum(l=1..L, n_l_plus_1 - n_l) = n_L_plus_1 - n_1", "", PROVEN),
    ("sum(i=1..L, sqrt(i)) = 1 + sum(i=2..L, sqrt(i))", "", PROVEN),
    ("sum(i=1..L, sqrt(i)) = 2 + sum(i=2..L, sqrt(i))", "", REFUTED),
    ("sum(i=1..L, sqrt(i)) = sqrt(L) + sum(i=1..L-1, sqrt(i))", "", PROVEN),
    ("sum(i=1..L, sqrt(i-3)) = sqrt(L-3) + sum(i=1..L-1, sqrt(i-3))", "", UNDECIDED),
    ("sum(i=1..L, i!) = L! + sum(i=1..L-1, i!)", "", PROVEN),
    ("sum(i=1..L, (i-5)^(-1)) = 1/(L-5) + sum(i=1..L-1, (i-5)^(-1))", "", UNDECIDED),
    ("sum(i=1..L-1, 1/(L-i)) = sum(i=1..L-1, 1/(L-i))", "", PROVEN),
    ("sum(i=1..L, n_i) sum(j=1..K, m_j) = sum(i=1..L, sum(j=1..K, n_i m_j))", "", PROVEN),
    ("sum(i=1..L, n_i)^2 = sum(i=1..L, sum(j=1..L, n_i n_j))", "", PROVEN),
    ("sum(i=1..L, n_i)^2 = sum(i=1..L, n_i^2)", "", REFUTED),
    ("sum(i=5..n, M i) = M sum(i=5..n, i)", "", PROVEN),
    ("sum(i=5..n, M i) = N sum(i=5..n, i)", "", REFUTED),
    ("floor(sum(l=1..L, n_l)/2) <= sum(j=1..L, n_j)", "", PROVEN),
    ("sum(l=1..L, n_l) >= 5", "n_1 = 5", UNDECIDED),
    # A condition on n_l speaks of every term.
    ("sum(l=1..2, n_l) >= 4", "n_l >= 2", PROVEN),
    ("sum(l=1..L, n_l) >= 2L", "n_l >= 2", PROVEN),
    ("sum(l=1..L, n_l) >= 3L", "n_l >= 2", REFUTED),
    ("sum(i=1..N, floor(N_i/2)) = N floor(N_1/2)", "", REFUTED),
]

FUNCTIONS: list[Row] = [
    ("sqrt(M+N) sqrt(a+b) = sqrt((M+N)(a+b))", "", PROVEN),
    ("sqrt(M+N) sqrt(a+b) = sqrt(M a+N b)", "", REFUTED),
    ("2^(log(n, 2)) = n", "", PROVEN),
    ("2^(log(n, 2)) = 2n", "", REFUTED),
    ("4^(log(n, 2)) = n^2", "", PROVEN),
    ("n^(log(m)/log(n)) = m", "n >= 2", PROVEN),
    ("8^(log(n, 4)) = n sqrt(n)", "", PROVEN),
    ("2^(log(n)) = n", "", REFUTED),
    ("2^(log(M-N, 2)) = M-N", "", UNDECIDED),
    ("2^(floor(log(n, 2))) <= n", "", PROVEN),
    ("2^(floor(log(n, 2))) < n", "", REFUTED),
    ("2^(floor(log(n, 2))) >= (n + 1)/2", "", PROVEN),
    ("2^(ceil(log(n, 2))) >= n", "", PROVEN),
    ("2^(ceil(log(n, 2))) >= n + 1", "", REFUTED),
    ("2^(ceil(log(n, 2))) < 2n", "", PROVEN),
    ("k^(floor(log(n)/log(k))) <= n", "k >= 2", PROVEN),
    ("p^q >= 1", "p >= 0, q >= 0", REFUTED),
    ("(p+1)^q >= 1", "p >= 0, q >= 0", PROVEN),
    ("8^n < 9^n", "", PROVEN),
    ("2^n 3^n < 7^n", "", PROVEN),
    ("2^n 3^n < 6^n", "", REFUTED),
    ("(2M)^n < (3M)^n", "", PROVEN),
    ("n! - 6floor(n!/6) = 0", "n >= 3", PROVEN),
    ("n! - 6floor(n!/6) = 0", "n >= 2", REFUTED),
    ("floor((2^n + 3)/2) = 2^(n-1) + 1", "", PROVEN),
    ("floor((2^n + 3)/4) = 2^(n-2)", "n >= 2", PROVEN),
    ("floor((2^n + 3)/4) = 2^(n-2)", "", REFUTED),
    ("ceil(sqrt(n))^2 >= n", "", PROVEN),
    ("(ceil(sqrt(n)) - 1)^2 < n", "", PROVEN),
    ("ceil(sqrt(n))^2 <= n", "", REFUTED),
    ("ceil(sqrt(n^2 + 1)) = n", "", REFUTED),
    ("2^N >= N^2", "N >= 4", PROVEN),
    ("2^N > N^2", "N >= 4", REFUTED),
    ("2^N >= N^2", "N >= 3", REFUTED),
    ("log((M/N)^k) = k log(M) - k log(N)", "", PROVEN),
    ("log((M/N)^k) = k log(M) + k log(N)", "", REFUTED),
    ("sqrt((M-N)(a-b)) = sqrt(M-N) sqrt(a-b)", "", UNDECIDED),
    ("sqrt((M-N)^2(N-M)) = (M-N) sqrt(N-M)", "", REFUTED),
    ("max(p M, q M) >= 1", "p >= 0, q >= 0", REFUTED),
    ("max(p M^2, 1/2) >= 1", "p >= 0", REFUTED),
    ("sqrt(2) + max(sqrt(M), sqrt(N)) <= sqrt(2) + sqrt(M)", "", REFUTED),
    ("max(3/2, alpha) >= 3", "0 < alpha <= 1", REFUTED),
    ("log(sqrt(M/N)) = (log(M)-log(N))/2", "", PROVEN),
    ("log(sqrt(M/N)) = log(M)/2", "", REFUTED),
    ("((M+N)^2)^(1/3) = (M+N)^(2/3)", "", PROVEN),
    ("((M+N)^2)^(1/3) = (M+N)^(1/3)", "", REFUTED),
    ("sqrt(M-N) + sqrt(2) > sqrt(2)", "M >= N", REFUTED),
    ("2^(N^2) >= 16", "N >= 2", PROVEN),
    ("2^(N^2) >= 17", "N >= 2", REFUTED),
    # Roots: of the square of what may be negative, too.
    ("sqrt(M^2) = M", "", PROVEN),
    ("sqrt((M-N)^2) = M-N", "", REFUTED),
    ("sqrt((M-N)^2) = max(M-N, N-M)", "", PROVEN),
    ("sqrt((M-N)^2) = M-N", "M >= N", PROVEN),
    ("sqrt(floor((M-N)/2)^2) = floor((M-N)/2)", "", REFUTED),
    ("sqrt(M) sqrt(N) = sqrt(M N)", "", PROVEN),
    ("sqrt(-(1-M)^3) = (M-1)sqrt(M-1)", "", PROVEN),
    ("sqrt((1-M)^2) = M-1", "", PROVEN),
    ("sqrt((1-M)^2) = 1-M", "", REFUTED),
    ("sqrt(M) + sqrt(N) = sqrt(M+N)", "", REFUTED),
    ("M^(1/2) M^(1/3) = M^(5/6)", "", PROVEN),
    ("M^(1/2) M^(1/3) = M^(1/6)", "", REFUTED),
    ("1/(1+sqrt(2)) = sqrt(2)-1", "", PROVEN),
    ("sqrt(2) = 1.41421356237309504880168872420969807856967187537694", "", REFUTED),
    # Powers and logarithms.
    ("2^(N+1) = 2*2^N", "", PROVEN),
    ("2^(2N) = 4^N", "", PROVEN),
    ("2^(2N) = 2*2^N", "", REFUTED),
    ("(a+b)^c = a^c+b^c", "", REFUTED),
    ("log(M N) = log(M)+log(N)", "", PROVEN),
    ("log(M+N) = log(M)+log(N)", "", REFUTED),
    ("log(M^N) = N log(M)", "", PROVEN),
    ("log(sqrt(M)) = log(M)/2", "", PROVEN),
    ("log(8, 2) = 3", "", PROVEN),
    ("log(8, 2) = 4", "", REFUTED),
    # The largest and the least.
    ("max(a, b) + min(a, b) = a+b", "", PROVEN),
    ("max(a, b) min(a, b) = a b", "", PROVEN),
    ("max(a, b) min(a, b) = a+b", "", REFUTED),
    ("max(2a, 2b) = 2max(a, b)", "", PROVEN),
    ("max(a c, b c) = c max(a, b)", "", PROVEN),
    ("max(a/c, b/c) = max(a, b)/c", "", PROVEN),
    ("max(3, a+3) = a+3", "", PROVEN),
    ("max(3, 2a) = 2a", "", REFUTED),
    ("max(r, d) = d", "r <= d", PROVEN),
    ("max(r, d) = r", "r <= d", REFUTED),
    ("min(r, d) = r", "r <= d", PROVEN),
    # Sums over an index.
    ("sum(i=1..N, i) = N(N+1)/2", "", PROVEN),
    ("sum(i=1..N, i) = N(N-1)/2", "", REFUTED),
    ("sum(i=0..N-1, i) = N(N-1)/2", "", PROVEN),
    ("sum(i=1..N, i^3) = (N(N+1)/2)^2", "", PROVEN),
    ("sum(i=1..N, sum(j=1..i, j)) = N(N+1)(N+2)/6", "", PROVEN),
    ("sum(i=1..N, 2^i) = 2^(N+1)-2", "", PROVEN),
    ("sum(i=1..N, 2^i) = 2^N-1", "", REFUTED),
    ("sum(i=0..N-1, M/2^i) = 2M(1 - 1/2^N)", "", PROVEN),
    ("sum(i=0..N-1, M/2^i) = 2M(1 - 2/2^N)", "", REFUTED),
    ("sum(i=0..N-1, M/4^i) < 4M/3", "", PROVEN),
    ("sum(i=0..N-1, M/4^i) < 5M/4", "", REFUTED),
    ("sum(i=2..N, 2^i 3^i) = (6^(N+1) - 36)/5", "", PROVEN),
    ("sum(i=2..N, 2^i 3^i) = (6^(N+1) - 35)/5", "", REFUTED),
    ("sum(i=0..N-1, M^i) = (M^N - 1)/(M - 1)", "M >= 2", PROVEN),
    ("sum(i=0..N-1, M^i) = (M^N + 1)/(M + 1)", "M >= 2", REFUTED),
    ("sum(i=M..N, i) = N(N+1)/2 - M(M-1)/2", "N >= M", PROVEN),
    ("sum(i=M..N, i) = N(N+1)/2 - M(M-1)/2", "N + 2 >= M", REFUTED),
    ("sum(i=M..N, 1) = N - M + 1", "N + 1 >= M", PROVEN),
    ("sum(i=M..N, 1) = N - M + 1", "", REFUTED),
    ("sum(i=0..N, 2^i 3^(N-i)) = 3^(N+1) - 2^(N+1)", "", PROVEN),
    ("sum(i=0..N, 2^i 3^(N-i)) = 3^(N+1) - 2^N", "", REFUTED),
    ("sum(i=0..N, M^(N-i)) = (M^(N+1) - 1)/(M - 1)", "M >= 2", PROVEN),
    ("sum(i=1..N, i^2/3^i) = (3 - (N^2 + 3N + 3)/3^N)/2", "", PROVEN),
    ("sum(i=1..N, i^2/3^i) = (3 - (N^2 + 2N + 3)/3^N)/2", "", REFUTED),
    ("sum(i=1..N, M/i) = M sum(i=1..N, 1/i)", "", PROVEN),
    ("sum(i=1..N, (i - 1)/i) = N - sum(i=1..N, 1/i)", "", PROVEN),
    ("sum(i=1..N, 1/(i(i+1))) < 1", "", PROVEN),
    ("sum(i=1..N, 1/(i(i+1))) < 1/2", "", REFUTED),
    ("sum(i=1..N, 1/((2i-1)(2i+1))) = N/(2N+1)", "", PROVEN),
    ("sum(i=1..N, 1/((2i-1)(2i+1))) = N/(2N-1)", "", REFUTED),
    ("sum(i=2..N, 1/(i^2-1)) = 3/4 - (2N+1)/(2N(N+1))", "N >= 2", PROVEN),
    ("sum(i=1..N, (2i+1)/(i(i+1))^2) = 1 - 1/(N+1)^2", "", PROVEN),
    ("sum(i=1..N, i/(i+1)) = N + 1 - sum(i=1..N+1, 1/i)", "", PROVEN),
    ("sum(i=1..N, i/(i+1)) = N - sum(i=1..N+1, 1/i)", "", REFUTED),
    ("sum(i=1..N, 1/(i-5)) = sum(i=1..N-5, 1/i)", "", REFUTED),
    # The smaller and the larger of an index and something else.
    ("sum(i=1..N, sum(j=1..N, min(i, j))) = N(N+1)(2N+1)/6", "", PROVEN),
    ("sum(i=1..N, sum(j=1..N, max(i, j))) = N(N+1)(2N+1)/6", "", REFUTED),
    ("sum(i=1..N, sum(j=1..N, max(i, j) - min(i, j))) = N(N^2 - 1)/3", "", PROVEN),
    ("sum(i=1..N, min(i, M)) = M N - M(M-1)/2", "N + 1 >= M", PROVEN),
    ("sum(i=1..N, min(i, M)) = M N - M(M-1)/2", "", REFUTED),
    ("sum(i=1..N, max(0, 2i - 5)) = (N - 2)^2", "N >= 2", PROVEN),
    ("sum(i=1..N, max(0, 5 - 2i)) = 4", "N >= 2", PROVEN),
    ("sum(i=1..N, max(0, 5 - 2i)) = 4", "", REFUTED),
    ("sum(i=1..N, i max(i, M)^2) = M^3(M+1)/2 + sum(i=M+1..N, i^3)", "N >= M", PROVEN),
    ("sum(i=1..N, i max(i, M)^2) = M^3(M+1)/2 + sum(i=M..N, i^3)", "N >= M", REFUTED),
    ("sum(i=1..N, sum(j=max(1, i-M)..i, 1)) = N(M+1) - M(M+1)/2", "N > M", PROVEN),
    ("sum(i=0..N, M^(N-i)) = sum(i=0..N, M^i)", "", PROVEN),
    ("sum(i=0..N, M^(N-i)) = sum(i=1..N, M^i)", "", REFUTED),
    ("sum(i=0..N, M^i a^(N-i)) (M - a) = M^(N+1) - a^(N+1)", "", PROVEN),
    ("sum(i=0..N, M^i a^(N-i)) (M - a) = M^(N+1) - a^N", "", REFUTED),
    ("sum(i=0..2N, floor(i/2)) = N^2", "", PROVEN),
    ("sum(i=0..2N+1, floor(i/2)) = N^2", "", REFUTED),
    ("sum(i=0..N, alpha^i) = (1 - alpha^(N+1))/(1 - alpha)", "0 < alpha, alpha < 1", PROVEN),
    # Counted from another place, and never begun.
    ("sum(i=2..N-1, i) = sum(i=3..N, i-1)", "", PROVEN),
    ("sum(i=M..N, 1/i) = sum(i=M+1..N+1, 1/(i-1))", "", PROVEN),
    ("sum(i=M..N, i) = sum(i=M+1..N+1, i)", "", REFUTED),
    ("sum(i=M..M-2, k/i) = 0", "", PROVEN),
    ("sum(i=M..M+1, 1) = 0", "", REFUTED),
    ("sum(i=M..M-1, 4/i) <= sum(i=M..M-1, 4/(2M-1-i))", "", PROVEN),
    ("(-1)^(n(n+1)) = 1", "", PROVEN),
    ("(-1)^(n^2+n+1) = 1", "", REFUTED),
    ("(-1)^(M N) = (-1)^M (-1)^N", "", REFUTED),
    ("(2^m)^q = 2^(m q)", "", PROVEN),
    ("(2^m)^q = 2^(m+q)", "", REFUTED),
    ("max(a, max(b, c)) = max(c, b, a)", "", PROVEN),
    ("min(a, min(b, c)) = min(c, b, a)", "", PROVEN),
    ("max(a, min(b, c)) = max(c, b, a)", "", REFUTED),
    ("x_1 <= x_24", " <= ".join(f"x_{i}" for i in range(1, 25)), PROVEN),
    ("x_24 <= x_1", " <= ".join(f"x_{i}" for i in range(1, 25)), REFUTED),
    ("a < d", "a <= b, d >= c, b < c", PROVEN),
    ("a < d", "a <= b, d >= c, b <= c", REFUTED),
    ("M = 1", "M | 1", PROVEN),
    ("k^2 M = 9 M", "2 < k < 4", PROVEN),
    ("k^2 M = 9 M", "1 < k < 4", REFUTED),
    ("(M-1)(M-2)(M-4) = 0", "M | 4", PROVEN),
    ("(M-1)(M-2) = 0", "M | 4", REFUTED),
    ("M = 4", "sqrt(M) = 2", PROVEN),
    ("M = 2", "sqrt(M) = 2", REFUTED),
    ("log(M+1) > log(M)", "", PROVEN),
    ("log(M) > log(M+1)", "", REFUTED),
    ("log(N) >= log(M)", "N >= M", PROVEN),
    ("log(N) > log(M)", "N >= M", REFUTED),
    ("sum(i=1..N, max(i, 1)) = N(N+1)/2", "", PROVEN),
    ("sum(i=0..N, max(i, 1)) = N(N+1)/2", "", REFUTED),
    # Powers held against each other.
    ("4^M < 6^M - 1", "", PROVEN),
    ("4^M < 6^M - 2", "", REFUTED),
    # A real number without an upper end.
    ("8 >= x", "x >= 1/2", REFUTED),
    ("x <= 10^12", "x > 3/2", REFUTED),
    ("8 >= x", "1/2 <= x <= 15/2", PROVEN),
    ("3^M + 1 <= 4^M", "", PROVEN),
    ("3^M + 2 <= 4^M", "", REFUTED),
    ("5^M < 6^M", "", PROVEN),
    ("2^(M N) >= 2^M", "", PROVEN),
    ("2^(M N) > 2^M", "", REFUTED),
    ("M^(2k) <= (M N)^k", "M <= N", PROVEN),
    ("M^(2k) < (M N)^k", "M <= N", REFUTED),
    ("(M+1)^k >= M^k + 1", "", PROVEN),
    ("(M+1)^k >= M^k + 2", "", REFUTED),
    ("k^M > k^N", "M > N, k >= 2", PROVEN),
    ("k^M > k^N", "M > N", REFUTED),
    ("M >= (-1)^N", "", PROVEN),
    ("M > (-1)^N", "", REFUTED),
    ("M > (-1)^N", "M >= 2", PROVEN),
    # An index, and a symbol of the same name outside.
    ("sum(i=1..N, i) + i = N(N+1)/2 + i", "", PROVEN),
    ("sum(i=1..N, i) + i = N(N+1)/2 + 1", "", REFUTED),
    ("sum(i=1..N, M) = N i", "M = i", PROVEN),
    ("sum(i=1..N, M) = N(N+1)/2", "M = i", REFUTED),
    ("sum(l=1..2, N_l) = N_1+N_2", "", PROVEN),
    ("sum(l=1..2, N_l) = 2N_1", "", REFUTED),
]

FACTORIALS: list[Row] = [
    ("n! = n (n-1)!", "", PROVEN),
    ("n! = n (n+1)!", "", REFUTED),
    ("n!/(n-k)! = n (n-1)", "k = 2", PROVEN),
    ("n!/(n-k)! = n (n-1)", "k = 1", REFUTED),
    ("n!/(2! (n-2)!) = n (n-1)/2", "", PROVEN),
    ("n!/(k! (n-k)!) = n (n-1)!/(k! (n-k)!)", "", PROVEN),
    ("(n+70)! = (n+70) (n+69)!", "", PROVEN),
    ("(2n)! = 2n!", "", REFUTED),
    ("(M N)! = (N M)!", "", PROVEN),
    ("(M+N)! = M! + N!", "", REFUTED),
    ("n! = m!", "n = m", PROVEN),
    ("20! = 20 * 19!", "", PROVEN),
    ("20! = 19 * 19!", "", REFUTED),
    ("0! = 1", "", PROVEN),
    ("sum(i=1..n, i i!) = (n+1)! - 1", "", PROVEN),
    ("sum(i=1..n, i i!) = (n+1)!", "", REFUTED),
    ("log((n+1)!) = log(n!) + log(n+1)", "", PROVEN),
    ("ceil(n!) = n!", "", PROVEN),
    ("sqrt(n!^2) = n!", "", PROVEN),
    ("max(n!, 1) = n!", "", PROVEN),
    ("n! >= n", "", PROVEN),
    ("n! > n", "", REFUTED),
    ("n! > n", "n >= 3", PROVEN),
    ("n! >= n (n-1) (n-2)", "", PROVEN),
    ("n! >= 2n (n-1) (n-2)", "", REFUTED),
    ("n! >= m!", "n >= m", PROVEN),
    ("n! >= m!", "", REFUTED),
    ("n! >= 2^(n-1)", "", PROVEN),
    ("n! >= 2^n", "", REFUTED),
    ("n! >= 2^n", "n >= 4", PROVEN),
    ("n! > 2^n", "n >= 4", PROVEN),
    ("n! >= 3^n", "n >= 7", PROVEN),
    ("n! >= 3^n", "n >= 6", REFUTED),
    ("n! <= n^n", "", PROVEN),
    ("n! <= (n-1)^n", "n >= 2", REFUTED),
    ("n! < (n+1)!", "", PROVEN),
    ("p! < (p+1)!", "p >= 0", REFUTED),
    ("p! >= 1", "p >= 0", PROVEN),
    ("p! >= p", "p >= 0", PROVEN),
    ("(n-5)! >= 1", "", PROVEN),
    ("n! = m!", "", REFUTED),
    ("n! n = n! m", "", REFUTED),
]

INEQUALITIES: list[Row] = [
    # By the smallest value of a symbol, by a root put in for its square, by squares, by reals.
    ("M^2 + N^2 + 1 >= 3N", "", PROVEN),
    ("M^2 + N^2 + 1 > 3N", "", REFUTED),
    ("M k sqrt(M) + k^2 sqrt(k) + 3sqrt(M) >= 2M + 3sqrt(k)", "", PROVEN),
    ("M k sqrt(M) + k^2 sqrt(k) + 3sqrt(M) >= 2M + 5sqrt(k)", "", REFUTED),
    ("N M k + 2sqrt(N) + 2N >= 3sqrt(M)", "", PROVEN),
    ("(M-2N)^2 + (N-3H)^2 >= 0", "", PROVEN),
    ("4(M^2+N^2+H^2+k^2) >= (M+N+H+k)^2", "", PROVEN),
    ("4(M^2+N^2+H^2+k^2) > (M+N+H+k)^2", "", REFUTED),
    ("(M/g - 1)(M/g - 2) >= 0", "g | M", PROVEN),
    ("(M/g - 1)(M/g - 2) > 0", "g | M", REFUTED),
    ("floor((M+1)/g) g <= M", "g | M, g >= 2", PROVEN),
    ("floor((M+1)/g) g <= M", "g | M", REFUTED),
    ("sum(i=1..N, 1/i) >= 2N/(N+1)", "", PROVEN),
    ("sum(i=1..N, 1/i) > 2N/(N+1)", "", REFUTED),
    ("log(2) M < M", "", PROVEN),
    ("log(3) M < M", "", REFUTED),
    ("sqrt(2) M + sqrt(3) N < 2M + 2N", "", PROVEN),
    ("2N <= 3N^2 sqrt(N+3) log(N+1)", "", PROVEN),
    ("2N <= N^2 sqrt(N+3) log(N+1)", "", REFUTED),
    ("M^(1/3) <= M", "", PROVEN),
    ("alpha^3 + 7 >= 3 alpha^2", "0 < alpha", PROVEN),
    ("alpha^3 + 3 >= 3 alpha^2", "alpha > 1/2", REFUTED),
    ("alpha >= sqrt(alpha)", "0 < alpha <= 1", REFUTED),
    ("M >= N", "p M >= p N, p >= 0", REFUTED),
    ("M + N > N + M", "", REFUTED),
    ("M + N >= N + M", "", PROVEN),
    ("M + p > N", "p >= 0, M >= N", REFUTED),
    ("M + p >= N", "p >= 0, M >= N", PROVEN),
    ("floor(M/2) >= M/2", "", REFUTED),
    ("floor(M/2) + floor(N/3) >= floor((M+N)/3)", "", REFUTED),
    ("floor(M/2) + floor(N/3) >= floor((M+N)/3) - 1", "", PROVEN),
    ("M^3+N^3+H^3 >= 3M N H", "", PROVEN),
    ("M^3+N^3+H^3 > 3M N H", "", REFUTED),
    ("a^4+b^4+c^4 >= a b c (a+b+c)", "", PROVEN),
    ("a/(b+c)+b/(c+a)+c/(a+b) >= 3/2", "", PROVEN),
    ("a/(b+c)+b/(c+a)+c/(a+b) >= 8/5", "", REFUTED),
    ("alpha > 1/2", "1/2 <= alpha, alpha <= 1", REFUTED),
    ("M N >= M+N-1", "", PROVEN),
    ("M N >= M+N", "", REFUTED),
    ("M N >= M+N", "M >= 2, N >= 2", PROVEN),
    ("M^3 + 7 >= 3 M^2", "", PROVEN),
    ("M^3 + 3 >= 3 M^2", "", REFUTED),
    ("x^2-3x+3 > 0", "0 < x <= 5/2", PROVEN),
    ("x^2-3x+2 > 0", "0 < x <= 5/2", REFUTED),
    ("x y z <= 1", "0 < x <= 1, 0 < y <= 1, 0 < z <= 1", PROVEN),
    ("x y z < 1", "0 < x <= 1, 0 < y <= 1, 0 < z <= 1", REFUTED),
    ("x y z < 1", "0 < x <= 1, 0 < y <= 1, 0 < z < 1", PROVEN),
    ("M^2+N^2+k^2 >= M N+N k+k M", "", PROVEN),
    ("M^2+N^2+k^2 > M N+N k+k M", "", REFUTED),
    ("(a+b)(b+c)(c+a) >= 8a b c", "", PROVEN),
    ("(a+b)(b+c)(c+a) >= 9a b c", "", REFUTED),
    ("(a^2+b^2)(c^2+d^2) >= (a c+b d)^2", "", PROVEN),
    ("a/b + b/a >= 2", "", PROVEN),
    ("a/b + b/a > 2", "", REFUTED),
    # Conditions, and combinations of them.
    ("a >= f", "a >= b, b >= c, c >= d, d >= f", PROVEN),
    ("M >= k+2", "M > N, N > k", PROVEN),
    ("M > k+2", "M > N, N > k", REFUTED),
    ("M >= N+1", "M N > N^2", PROVEN),
    ("M >= N+2", "M N > N^2", REFUTED),
    ("a d >= b c", "a >= b, d >= c", PROVEN),
    ("a c >= b d", "a >= b, d >= c", REFUTED),
    ("M N > k^2", "M > k, N > k", PROVEN),
    ("r (m+n) <= m n", "2r <= m, 2r <= n", PROVEN),
    ("r (m+n) <= m n", "r <= m, r <= n", REFUTED),
    ("1/(M-N) > 0", "M > N", PROVEN),
    ("1/(M-N) > 0", "", REFUTED),
    ("M/g >= 1", "g | M", PROVEN),
    ("M/g >= 2", "g | M", REFUTED),
    ("floor(M/12) = M/12", "4 | M, 6 | M", PROVEN),
    ("floor(M/24) = M/24", "4 | M, 6 | M", REFUTED),
    ("M >= 4", "N = M-3", PROVEN),
    ("M >= 5", "N = M-3", REFUTED),
    ("M >= 5", "N = 2M, N >= 10", PROVEN),
    ("2M >= 3", "M >= 1.5", PROVEN),
    ("M >= 2", "M >= 1.5", PROVEN),
    ("M > 2", "M >= 1.5", REFUTED),
    ("2x > 3", "x >= 1.5", REFUTED),
    # Floors.
    ("N ceil(M/N) >= M", "", PROVEN),
    ("N ceil(M/N) < M+N", "", PROVEN),
    ("N ceil(M/N) <= M", "", REFUTED),
    ("floor((M+N)/g) >= floor(M/g)+floor(N/g)", "", PROVEN),
    ("floor((M+N)/g) <= floor(M/g)+floor(N/g)", "", REFUTED),
    ("floor(H/3) <= floor(H/2)", "", PROVEN),
    ("floor(H/3) < floor(H/2)", "", REFUTED),
    # Powers, roots, logarithms, the largest.
    ("2^n >= n+1", "", PROVEN),
    ("2^n >= n^2", "", REFUTED),
    ("sqrt(M N) <= (M+N)/2", "", PROVEN),
    ("sqrt(M N) < (M+N)/2", "", REFUTED),
    ("sqrt(M+N) <= sqrt(M)+sqrt(N)", "", PROVEN),
    ("sqrt(n^2+1) > n", "", PROVEN),
    ("3sqrt(n^2+1) > 2n", "", PROVEN),
    ("3sqrt(n^2+1) > 4n", "", REFUTED),
    ("sqrt(n^2+1) > n+1/2", "", REFUTED),
    ("sqrt(2)+sqrt(3) > 3", "", PROVEN),
    ("sqrt(2)+sqrt(3) > 4", "", REFUTED),
    ("log(N) >= 1", "N >= 3", PROVEN),
    ("log(N) >= 1", "N >= 2", REFUTED),
    ("N log(N) >= N + 2", "N >= 5", PROVEN),
    ("N log(N) >= N + 2", "N >= 4", REFUTED),
    ("N log(N) <= N^2 - 4N", "N >= 8", PROVEN),
    ("N log(N) <= N^2 - 4N", "N >= 5", REFUTED),
    ("sqrt(N) >= 7/5", "N >= 2", PROVEN),
    ("sqrt(N) >= 3/2", "N >= 2", REFUTED),
    ("log(M) <= M-1", "", PROVEN),
    ("log(M) < M-1", "", REFUTED),
    ("max(a, b, c) >= (a+b+c)/3", "", PROVEN),
    ("min(a, b, c) >= (a+b+c)/3", "", REFUTED),
    ("(M-N)^2 >= 0", "", PROVEN),
    ("(M-N)^k >= 0", "", REFUTED),
    # Even powers are left out, odd ones are not.
    ("(a-b+c-d)^2 M >= 0", "", PROVEN),
    ("(a-b+c-d)^2 (M-2) >= 0", "", REFUTED),
    ("(a-b+c-d)^3 (M-1) >= 0", "", REFUTED),
    ("(a-b+c-d)^2 (M-1) >= 0", "", PROVEN),
    ("(a-b+c-d)^2 > 0", "", REFUTED),
    # By squaring.
    ("sqrt(M^2 + N) >= M", "", PROVEN),
    ("sqrt(M^2 + N) >= M + 1", "", REFUTED),
    ("sqrt(M^2 - 1) < M", "", PROVEN),
    ("M - 1 <= sqrt(M^2 - M)", "", PROVEN),
    ("2N <= 3N^2 sqrt(N+3) log(N+1)", "", PROVEN),
    ("2N <= N^2 sqrt(N+3) log(N+1)", "", REFUTED),
    ("M^(1/3) <= M", "", PROVEN),
    ("sqrt(M) + sqrt(N) < M + N", "", REFUTED),
    ("M^(1/3) <= M", "", PROVEN),
    ("M^(1/3) >= M", "", REFUTED),
    ("2sqrt(M) <= M + 1", "", PROVEN),
    ("2sqrt(M) < M + 1", "", REFUTED),
    ("sqrt(x) >= x", "0 < x <= 1", PROVEN),
    ("sqrt(x) > x", "0 < x <= 1", REFUTED),
    ("sqrt((M-N)/(M-k)) (M-k) >= 0", "", REFUTED),
    # What may have either sign, over what may.
    ("(M-N)^k/(H-W)^k >= 0", "", REFUTED),
    ("(log(M-N)-1)/(log(H-W)-1) >= 0", "", REFUTED),
    ("max(M/(M-N), 0) = M/(M-N)", "", REFUTED),
    ("max(M/(M+N), 0) = M/(M+N)", "", PROVEN),
    ("sqrt((M/(M-N))^2) = M/(M-N)", "", REFUTED),
    ("sqrt((M/(M+N))^2) = M/(M+N)", "", PROVEN),
]

CONDITIONS: list[Row] = [
    # An equation is divided only by what is never 0.
    ("N = k", "M N = M k", PROVEN),
    ("N = k", "(M-1)N = (M-1)k", REFUTED),
    ("M = N", "M^2 = N^2", PROVEN),
    ("a = b", "a+c = b+c", PROVEN),
    ("a = b", "a c = b d", REFUTED),
    ("M = N", "M >= N, N >= M", PROVEN),
    ("M = 2floor(M/2)", "N = M/2", PROVEN),
    # Were it not so, a condition would fail.
    ("M <= 3", "M^2 <= 15", PROVEN),
    ("M <= 3", "M^2 <= 16", REFUTED),
    ("M >= 2", "log(M) > 0", PROVEN),
    ("M >= 3", "log(M) > 0", REFUTED),
    ("alpha <= 3", "0 < alpha, alpha^2 <= 15", UNDECIDED),
    # A bound from above, and conditions in a row.
    ("a < b", "a + 1 <= c, b >= c, a <= 3", PROVEN),
    ("a + 1 < b", "a + 1 <= c, b >= c, a <= 3", REFUTED),
    ("sqrt(d) <= sqrt(a)", "a >= b, b >= d", PROVEN),
    ("sqrt(d) < sqrt(a)", "a >= b, b >= d", REFUTED),
    ("c + 2 <= d", "a <= b, a >= f, b < d, c < f, c > 2", PROVEN),
    ("c + 3 <= d", "a <= b, a >= f, b < d, c < f, c > 2", REFUTED),
    # What divides a multiple, and conditions that are solved the plain ones first.
    ("3floor(M/3) = M", "3 | 2M", PROVEN),
    ("4floor(M/4) = M", "4 | 2M", REFUTED),
    ("g floor(N/g) = N", "g | M + N, g | M", PROVEN),
    ("g floor(N/g) = N", "g | M + N", REFUTED),
    # What a remainder is says what is divided.
    ("floor(M/2) = M/2", "(-1)^M = 1", PROVEN),
    ("floor(M/2) = M/2", "(-1)^M = -1", REFUTED),
    ("floor(M/2) = (M-1)/2", "M - 2floor(M/2) = 1", PROVEN),
    ("floor(M/4) = (M-1)/4", "M - 2floor(M/2) = 1", REFUTED),
    ("floor(a/5) - floor(b/5) = (a-b)/5", "a - 5floor(a/5) = b - 5floor(b/5)", PROVEN),
    ("floor(a/5) - floor(b/5) = (a-b)/5", "a - 5floor(a/5) = b - 3floor(b/3)", REFUTED),
    ("a - b floor(a/b) = a", "a < b", PROVEN),
    ("a - b floor(a/b) = a", "a <= b", REFUTED),
    # Counterexamples among large sizes.
    ("M N <= 14000000000", "", REFUTED),
    ("M N <= 14000000000", "M <= 100000, N <= 140000", PROVEN),
    ("floor(M/N) <= 100000", "N | M", REFUTED),
    ("sqrt(M) + sqrt(N) + 6 > sqrt(k)", "a >= b, b >= c, c >= d", REFUTED),
    # Ends that are taken and ends that are not.
    ("alpha < 1", "alpha < 1, alpha > 0", PROVEN),
    ("alpha < 1", "alpha <= 1, alpha > 0", REFUTED),
    ("alpha > 1/2", "alpha > 0, alpha >= 1/2", REFUTED),
    ("alpha >= 1/2", "alpha > 0, alpha >= 1/2", PROVEN),
    ("p > 0", "p >= 0", REFUTED),
    # Between 0 and 1 a real number may be meant.
    ("alpha^2 <= alpha", "0 <= alpha <= 1", PROVEN),
    ("alpha^2 = alpha", "0 <= alpha <= 1", UNDECIDED),
    ("M >= 1", "M > 0", UNDECIDED),
    # Every admissible value, tried.
    ("M^2 = 5M-6", "M >= 2, M <= 3", PROVEN),
    ("M^2 = 5M-6", "M >= 2, M <= 4", REFUTED),
]


#: A product of 14 sums, which would have 16,384 terms.
PRODUCT = "".join(f"({letter}+{{0}})" for letter in "abcdefghkmnpqr")
QUICK: list[tuple[str, bool]] = [
    ("(M+N)^2 = M^2+2M N+N^2", True),
    ("1/N + 1/k^2 = (N+k^2)/(N k^2)", True),
    ("(M N)^-2 = 1/(M^2 N^2)", True),
    ("c k^2 s/(c k^2+k^2(s-1)) = s c/(s+c-1)", True),
    ("0.5M - M/2 = 0", True),
    ("M - N - M = -N", True),
    ("M^0 = 1", True),
    ("M^-1 + N^-1 = (M+N)/(M N)", True),
    ("M/2 + N/3 = (3M+2N)/6", True),
    ("M/(M+N-1) = 2M/(2M+2N-2)", True),
    ("M/(2M N-N) = M/(N(2M-1))", True),
    ("M/(M^2-M+1) = 2M/(2M^2-2M+2)", True),
    ("M/(2M N-M-N+1) = M/(2N M-N-M+1)", True),
    ("(M^30+1)(M^30+2) = (M^30+2)(M^30+1)", True),
    ("(M^30+1)(M^30+2) = (M^30+2)(M^30+2)", False),
    ("(M^30+1)(M^30+2) = (M^30+2)(M^30+1)(M^30+1)", False),
    ("(M+N)^2 = M^2+N^2", False),
    ("M = N", False),
    ("M - N = N - M", False),
    ("M^2/N = M/N", False),
    ("M^-2 = M^2", False),
    # A denominator that may vanish, and what is no rational function, are left to others.
    ("M/(s-1) = M/(s-1)", False),
    ("M/(M N-M-N+1) = M/(M N-M-N+1)", False),
    ("M/(M-N) = M/(M-N)", False),
    ("M/(2M-N) = M/(2M-N)", False),
    ("M/(M^2-N) = M/(M^2-N)", False),
    ("M/(M+N-2) = M/(M+N-2)", False),
    ("M/(M N-M) = M/(M N-M)", False),
    ("M/(2M N-M-N) = M/(2M N-M-N)", False),
    ("(M-N)^-1 = 1/(M-N)", False),
    ("M/(N-N) = M/(N-N)", False),
    ("sqrt(M) = sqrt(M)", False),
    ("((M^32)^32)^32 = ((M^32)^32)^32", False),
    ("M^33 = M^33", False),
    ("M^20 N^20 = M^20 N^19", False),
]

SHIFT = "signs of the coefficients after moving each symbol to its smallest value"
#: Claims, and the rule by which each is proven.
METHODS: list[tuple[str, str, str]] = [
    (f"{PRODUCT.format(1)} > {PRODUCT.format(0)}", "", "factor by factor"),
    ("M N >= M", "", SHIFT),
    ("sum(l=1..L, n_l) >= n_L", "L = 3", SHIFT),
    ("M^2+N^2 >= 2M N", "", "a sum of squares"),
    ("sqrt(M N) <= (M+N)/2", "", "a sum of squares"),
    ("M^3-6M^2+11M-6 >= 0", "", "its sign for every value of the one symbol left"),
    ("x^2-3x+3 > 0", "0 < x <= 5/2", "its sign for every value of the one symbol left"),
    ("M/N > 1", "M > N", "a positive multiple of a condition, and signs of the coefficients"),
    ("floor(sqrt(N))^2 <= N", "", "a positive multiple of a condition, and signs of the"),
    ("r(d+k) < d k", "2r < d, 2r < k", "a combination of conditions with positive multipliers"),
    ("log(M)/log(2) < M", "", "a combination of conditions with positive multipliers"),
    ("floor((M+N)/g) >= floor(M/g)+floor(N/g)", "", "(linear programming), for integers"),
    ("M^3+N^3+H^3 >= 3M N H", "", "cases by which symbol is the larger"),
    ("floor(H/3) <= floor(H/2)", "", "cases by the smallest values"),
    ("sqrt(n^2+1) > n", "", "squaring, and signs of the coefficients"),
    ("(a-b+c-d)^2 M >= 0", "", SHIFT),
    ("a >= d", "a >= b, b >= d", "conditions in a row"),
    ("floor(M/N) = 0", "M < N", "both inequalities, from the conditions and the cases"),
    ("floor(H/2)+ceil(H/2) = H", "", "residue classes (2)"),
    ("floor(n^2/4) = floor(n/2) ceil(n/2)", "", "residue classes (4)"),
    ("g floor(M/g) = M", "g | M", "normal form, with the divisibility of M put in"),
    ("floor((H+2p-k)/s)+1 = H/s", "k=2p+1, s | H", "with the divisibility of H put in"),
    ("2floor(M/g) >= M/g", "g | M", "with the divisibility of M put in"),
    ("floor(H/3)+floor((H+1)/3)+floor((H+2)/3) = H", "", "residue classes (3)"),
    ("floor(n^2/3) = floor(n/3)(2n-3floor(n/3)) + floor((n+1)/3) - floor(n/3)", "", "classes (3)"),
    (
        "floor(2floor(H/3)/3)+floor((2floor(H/3)+1)/3)+floor((2floor(H/3)+2)/3) = 2floor(H/3)",
        "",
        "residue classes (9)",
    ),
    ("(M-1)(M-2)(M-4) = 0", "M | 4", "admissible values"),
    ("M^2 = 5M-6", "M >= 2, M <= 3", "all 2 admissible values"),
    ("sum(l=1..L, n_l^2) >= sum(l=1..L, n_l)", "", "term by term, signs of the coefficients"),
    ("sum(l=1..L, l n_l) <= L sum(l=1..L, n_l)", "", "term by term, a positive multiple of a"),
    ("(a+1)(b+1) > a b", "", "factor by factor"),
]

#: Claims that stay open, and what is said of the attempts.
ATTEMPTS: list[tuple[str, str, tuple[str, ...]]] = [
    ("sqrt((M-N)(a-b)) = sqrt(M-N) sqrt(a-b)", "", ("normal form",)),
    ("alpha^2 = alpha", "0 <= alpha <= 1", ("normal form", "alpha may be meant as an integer or")),
    ("log(M)^3 < M", "M >= 200", ("bounds on the coefficients, conditions and cases",)),
    ("sum(l=1..L, n_l) >= n_m", "m <= L", ("bounds on the", "term by term", "induction")),
]


H, W = Symbol("H"), Symbol("W")


def whole(symbol: Symbol, modulus: int) -> Call:
    """⌊H/2⌋."""
    return Call("floor", (symbol / modulus,))


#: Values for the symbols of a formula in their order.
POINTS = ((1, 1, 1, 1, 1, 1, 1, 1, 1), (3, 2, 5, 1, 4, 2, 6, 3, 2), (4, 9, 2, 7, 3, 5, 1, 8, 6))

Signs = frozenset[int]
#: c_0, c_1, …; the signs at integers ≥ 0, at real numbers ≥ 0, and at those > 0.
SIGNS: list[tuple[list[int], Signs, Signs, Signs]] = [
    ([1], frozenset({1}), frozenset({1}), frozenset({1})),
    ([0], frozenset({0}), frozenset({0}), frozenset({0})),
    ([0, 1], frozenset({0, 1}), frozenset({0, 1}), frozenset({1})),
    ([0, -1], frozenset({0, -1}), frozenset({0, -1}), frozenset({-1})),
    ([-1, 1], frozenset({-1, 0, 1}), frozenset({-1, 0, 1}), frozenset({-1, 0, 1})),
    ([6, -5, 1], frozenset({0, 1}), frozenset({-1, 0, 1}), frozenset({-1, 0, 1})),
    ([1, -2, 1], frozenset({0, 1}), frozenset({0, 1}), frozenset({0, 1})),
    ([1, -1, 1], frozenset({1}), frozenset({1}), frozenset({1})),
    ([1, 2, 1], frozenset({1}), frozenset({1}), frozenset({1})),
    ([0, 1, -2, 1], frozenset({0, 1}), frozenset({0, 1}), frozenset({0, 1})),
    ([-2, 0, 1], frozenset({-1, 1}), frozenset({-1, 0, 1}), frozenset({-1, 0, 1})),
]

#: Polynomials of degree 2: whether they are a sum of squares, and with a positive number besides.
SQUARES: list[tuple[str, bool, bool]] = [
    ("a^2-2a b+b^2", True, False),
    ("a^2-2a b+b^2+1", True, True),
    ("a^2-3a b+b^2", False, False),
    ("a^2+b^2+c^2-a b-b c-c a", True, False),
    ("a^2-2a+1", True, False),
    ("a^2-2a+2", True, True),
    ("a b", False, False),
    ("a^2+b", False, False),
    ("b^2+2a b", False, False),
    ("a^3", False, False),
    ("-a^2", False, False),
]

#: Rows, bounds and gains of a linear program, and where it is solved.
PROGRAMS: list[tuple[list[list[int]], list[int], list[int], list[int | Fraction] | None]] = [
    ([[1]], [3], [1], [3]),
    ([[1]], [3], [0], [0]),
    ([[1], [-1]], [3, -2], [0], [2]),
    ([[1], [-1]], [1, -2], [0], None),
    ([[1, 1], [-1, 0]], [3, -1], [0, 1], [1, 2]),
    ([[1, 2], [3, 1]], [4, 6], [1, 1], [Fraction(8, 5), Fraction(6, 5)]),
    ([[-1, -1], [1, -1], [-1, 1]], [-2, 0, 0], [0, 0], [1, 1]),
    ([[1, 1], [-1, -1]], [1, -2], [0, 0], None),
]

#: Refuted equations, and when they hold after all.
WAYS: list[tuple[str, list[list[tuple[Tree, Tree]]]]] = [
    ("floor(H/2) = H/2", [[(H, 2 * whole(H, 2))]]),
    ("floor(H/2) = (H-1)/2", [[(H, 2 * whole(H, 2) + 1)]]),
    ("floor(H/4) = H/4", [[(H, 4 * whole(H, 4))]]),
    ("2floor(H/4) = floor(H/2)", [[(H, 4 * whole(H, 4))], [(H, 4 * whole(H, 4) + 1)]]),
    ("floor(H/2) = H-1", [[(H, Number(1))], [(H, Number(2))]]),
    ("floor(H/2) = 3", [[(H, Number(6))], [(H, Number(7))]]),
    ("floor(H/2)+floor(W/2) = (H+W)/2", [[(H, 2 * whole(H, 2)), (W, 2 * whole(W, 2))]]),
    ("floor(H/2) = H+1", []),
    ("M^2 = M", [[(Symbol("M"), Number(1))]]),
    ("6floor(H/6) = H", [[(H, 6 * whole(H, 6))]]),
    ("floor(H/2) floor(H/3) = H/2 floor(H/3)", [[(H, 2 * whole(H, 2))], [(H, Number(1))]]),
    ("floor(H/3) = (H-2)/3", [[(H, 3 * whole(H, 3) + 2)]]),
]


def decided(text: str, where: str = "") -> Decision:
    """The decision on a claim of one step."""
    claim = relation(text)
    return decide(claim.relation, claim.left, claim.right, assume(conditions(where)))


ROWS: list[Row] = [
    *EQUATIONS,
    *FLOORS,
    *SEQUENCES,
    *FUNCTIONS,
    *FACTORIALS,
    *INEQUALITIES,
    *CONDITIONS,
]


def verdicts_are_those_of_the_tables() -> None:
    for text, where, verdict in ROWS:
        # The last look at what stays undecided is a long one, and left to test_algebra.
        look = thorough.GLIMPSE if verdict == UNDECIDED else thorough.LOOK
        with patch.object(thorough, "LOOK", look):
            assert decided(text, where).verdict == verdict, (text, where)
    for text, ways in WAYS:
        decision = decided(text)
        assert sorted(map(list, decision.holds_when), key=repr) == sorted(ways, key=repr), text
    negative = Power(Symbol("M"), Negative(Number(2)))
    assert surely_equal(negative, formula("1/M^2"))
    assert not surely_equal(negative, formula("M^2"))
    sums = PRODUCT.format("M")
    assert surely_equal(formula(f"(k+1) {sums}"), formula(f"{sums} (k+1)"))
    assert not surely_equal(formula(f"(k+1) {sums}"), formula(f"{sums} (k+2)"))
    for text, proven in QUICK:
        claim = relation(text)
        assert surely_equal(claim.left, claim.right) is proven, text


def methods_are_named() -> None:
    # What a solver would prove in the end is no method of ours.
    with patch.object(prover, "available", lambda: False):
        for text, where, method in METHODS:
            found = decided(text, where).method or ""
            assert method in found, (text, found)
        for text, where, attempts in ATTEMPTS:
            with patch.object(thorough, "LOOK", thorough.GLANCE):
                told = decided(text, where).tried
            tried = [one for one in told if "assignments" not in one]
            assert len(tried) == len(attempts), (text, tried)
            assert all(map(str.startswith, tried, attempts)), (text, tried)


def divisions_may_be_given_apart() -> None:
    M, g = Symbol("M"), Symbol("g")
    claim = relation("g floor(M/g) = M")
    assert decide("=", claim.left, claim.right, assume((), ((g, M),))).verdict == PROVEN


def nothing_false_is_proven() -> None:
    """Every proof by itself, without the search for a counterexample that comes before it."""
    with without_search():
        for text, where, verdict in ROWS:
            # What is undecided has been through every proof in the tables' own law.
            if verdict == REFUTED:
                assert decided(text, where).verdict == UNDECIDED, (text, where)


def normal_forms_keep_the_value() -> None:
    for side, point in _sides():
        rebuilt = function_tree(open_field().normal(side))
        assert same(value(side, point), value(rebuilt, point)), (side, point)


def taking_factors_out_keeps_the_value() -> None:
    for side, point in _sides():
        assert same(value(side, point), value(nested(side), point)), (side, point)


#: Formulas in n, the power with which they grow, and the number in front of it.
GROWTH = [
    ("3 n^2 + 500 n + 7", 2, 3),
    ("floor(n/2) + 100", 1, Fraction(1, 2)),
    ("ceil(n/3) n + n", 2, Fraction(1, 3)),
    ("max(n^2, 50 n) + n", 2, 1),
    ("max(2 n, 5 n, n + 9)", 1, 5),
    ("min(n^2, 5 n) + 4", 1, 5),
    ("min(3 n, 2 n + 100)", 1, 2),
    ("(n^3 + n)/(2 n + 1)", 2, Fraction(1, 2)),
]


def leading_terms_are_what_is_left_for_large_sizes() -> None:
    large = 10**7
    for text, degree, number in GROWTH:
        top = leading(formula(text), "n")
        assert (top.degree, value(top.coefficient, {})) == (degree, number), text
        share = value(formula(text), {"n": large}) / Fraction(value(top.term, {"n": large}))
        assert abs(share - 1) < Fraction(1, 1000), text


def what_is_known_of_atoms_is_so() -> None:
    """Bounds, integrality and the conditions that proofs use hold wherever they are tried."""
    for side, point in _sides():
        field = open_field(symbol_names(side))
        field.normal(side)
        for tree, known in zip(field.trees, field.known, strict=True):
            # What speaks of an index has a value inside its sum only.
            if set(symbol_names(tree)) <= point.keys():
                with contextlib.suppress(NoValue):
                    _check_known(tree, known, point)
        for poly, strict in facts(field, field.ring.zero):
            tree = polynomial_tree(field, poly)
            if not set(symbol_names(tree)) <= point.keys():
                continue
            with contextlib.suppress(NoValue):
                assert compared(value(tree, point), 0) >= int(strict), (tree, point)


def _check_known(tree: Tree, known: Known, point: dict[str, int]) -> None:
    number = value(tree, point)
    if known.nonnegative:
        assert compared(number, known.least) >= int(known.above), (tree, known, point)
    if known.integer:
        assert same(number, round(number)), (tree, known, point)


def _sides() -> Iterator[tuple[Tree, dict[str, int]]]:
    """The sides of the claims without conditions, at points where they have values."""
    for text, where, _ in ROWS:
        claim = relation(text)
        for side in () if where else (claim.left, claim.right):
            names = symbol_names(side)
            for numbers in POINTS if not any("_" in name for name in names) else ():
                point = dict(zip(names, numbers, strict=False))
                with contextlib.suppress(NoValue):
                    value(side, point)
                    yield side, point


def polynomials_of_one_symbol_are_followed() -> None:
    for coefficients, integers, reals, positive_reals in SIGNS:
        assert signs_at_integers(coefficients) == integers, coefficients
        assert signs_at_reals(coefficients, without_zero=False) == reals, coefficients
        assert signs_at_reals(coefficients, without_zero=True) == positive_reals, coefficients


def squares_are_completed() -> None:
    for text, at_least_zero, above_zero in SQUARES:
        poly = open_field(("a", "b", "c")).normal(formula(text)).num
        assert is_sum_of_squares(poly, strict=False) is at_least_zero, text
        assert is_sum_of_squares(poly, strict=True) is above_zero, text


def linear_programs_are_solved() -> None:
    for rows, bounds, gains, solution in PROGRAMS:
        best = maximise(rows, bounds, gains, Work())
        assert best == solution, (rows, bounds, gains, best)


def conditions_are_sorted() -> None:
    assumptions = assume(conditions("H >= 3, M <= 4, 1/2 <= x, x < 2, N = 2M, 0 < y <= 1, z > 0"))
    assert assumptions.integer_lower() == {"H": 3}
    assert dict(assumptions.domains) == {
        "H": Domain(low=Fraction(3)),
        "M": Domain(high=Fraction(4)),
        "x": Domain(low=Fraction(1, 2), high=Fraction(2), open_high=True, real=True),
        "y": Domain(low=Fraction(0), high=Fraction(1), open_low=True, real=True),
        "z": Domain(low=Fraction(0), open_low=True, real=True, either=True),
    }
    assert dict(assumptions.equations) == {"N": formula("2M")}


LAWS: list[Callable[[], None]] = [
    verdicts_are_those_of_the_tables,
    methods_are_named,
    divisions_may_be_given_apart,
    nothing_false_is_proven,
    normal_forms_keep_the_value,
    taking_factors_out_keeps_the_value,
    leading_terms_are_what_is_left_for_large_sizes,
    what_is_known_of_atoms_is_so,
    polynomials_of_one_symbol_are_followed,
    squares_are_completed,
    linear_programs_are_solved,
    conditions_are_sorted,
]


def check() -> None:
    """Every law of the algebra; the first one that does not hold raises."""
    for laws in FILES:
        laws.check()
    for law in LAWS:
        law()
