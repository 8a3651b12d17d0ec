"""The laws of normal forms: to what equal formulas come, and what is known of the atoms in them.

That the value is kept is another law; here a form that tells less than it could is noticed.
"""

from __future__ import annotations

from collections.abc import Callable

from closedform.algebra.assumptions import assume
from closedform.algebra.domains import Known
from closedform.algebra.forms.readable import split_whole
from closedform.algebra.normal_form.build import function_tree
from closedform.algebra.tree import Tree
from closedform.typeset.text import text
from tests.read_formula import conditions, formula

#: Formulas, their normal form, and of each atom whether it is an integer, and no less than what.
NORMAL: list[tuple[str, str, str]] = [
    ("floor(M/2 + 3)", "⌊M/2⌋ + 3", "⌊M/2⌋ ∈ ℤ ≥ 0"),
    ("floor((4M+3)/6)", "⌊(2M + 1)/3⌋", "⌊(2M + 1)/3⌋ ∈ ℤ ≥ 1"),
    ("floor(floor(H/2)/3)", "⌊H/6⌋", "⌊H/2⌋ ∈ ℤ ≥ 0, ⌊H/6⌋ ∈ ℤ ≥ 0"),
    ("floor((floor(H/2)+1)/3)", "⌊(H + 2)/6⌋", "⌊H/2⌋ ∈ ℤ ≥ 0, ⌊(H + 2)/6⌋ ∈ ℤ ≥ 0"),
    ("ceil(H/s)", "⌊(H − 1)/s⌋ + 1", "⌊(H − 1)/s⌋ ∈ ℤ ≥ 0"),
    ("ceil(M/3)", "⌈M/3⌉", "⌈M/3⌉ ∈ ℤ ≥ 1"),
    ("floor((H s + k)/s)", "H + ⌊k/s⌋", "⌊k/s⌋ ∈ ℤ ≥ 0"),
    ("floor(sqrt(M) + k)", "k + ⌊sqrt(M)⌋", "sqrt(M) ∈ ℝ ≥ 1, ⌊sqrt(M)⌋ ∈ ℤ ≥ 0"),
    ("floor((2M+N)/2)", "M + ⌊N/2⌋", "⌊N/2⌋ ∈ ℤ ≥ 0"),
    ("floor(M/N + 2)", "⌊M/N⌋ + 2", "⌊M/N⌋ ∈ ℤ ≥ 0"),
    ("floor((M+N)/(2N))", "⌊(M + N)/(2N)⌋", "⌊(M + N)/(2N)⌋ ∈ ℤ ≥ 0"),
    ("ceil(sqrt(M))", "−⌊−sqrt(M)⌋", "sqrt(M) ∈ ℝ ≥ 1, ⌊−sqrt(M)⌋ ∈ ℤ"),
    ("floor(-M/2)", "−M + ⌊M/2⌋", "⌊M/2⌋ ∈ ℤ ≥ 0"),
    ("floor(M/(2N))", "⌊M/(2N)⌋", "⌊M/(2N)⌋ ∈ ℤ ≥ 0"),
    ("floor(2M/(4N+2))", "⌊M/(2N + 1)⌋", "⌊M/(2N + 1)⌋ ∈ ℤ ≥ 0"),
    ("floor((6M + 4)/(2 N))", "⌊(3M + 2)/N⌋", "⌊(3M + 2)/N⌋ ∈ ℤ ≥ 0"),
    (
        "floor(max(M,N)/2)",
        "⌊M/2⌋ + max(0, ⌊N/2⌋ − ⌊M/2⌋)",
        "max(0, M − N) ∈ ℤ ≥ 0, ⌊N/2⌋ ∈ ℤ ≥ 0, ⌊M/2⌋ ∈ ℤ ≥ 0, max(0, ⌊N/2⌋ − ⌊M/2⌋) ∈ ℤ ≥ 0",
    ),
    ("floor(M N/2)", "⌊MN/2⌋", "⌊MN/2⌋ ∈ ℤ ≥ 0"),
    ("floor((M^2+M)/2)", "⌊(M² + M)/2⌋", "⌊(M² + M)/2⌋ ∈ ℤ ≥ 1"),
    ("floor(M/2 + N/3)", "⌊(3M + 2N)/6⌋", "⌊(3M + 2N)/6⌋ ∈ ℤ ≥ 0"),
    (
        "floor(floor(sqrt(M))/2)",
        "⌊⌊sqrt(M)⌋/2⌋",
        "sqrt(M) ∈ ℝ ≥ 1, ⌊sqrt(M)⌋ ∈ ℤ ≥ 0, ⌊⌊sqrt(M)⌋/2⌋ ∈ ℤ ≥ 0",
    ),
    ("floor(2 sqrt(M))", "⌊2·sqrt(M)⌋", "sqrt(M) ∈ ℝ ≥ 1, ⌊2·sqrt(M)⌋ ∈ ℤ ≥ 0"),
    (
        "floor(log(M, 2))",
        "⌊log(M)/log(2)⌋",
        "log(M) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0, ⌊log(M)/log(2)⌋ ∈ ℤ ≥ 0",
    ),
    ("sqrt(12 M^3)", "2M·sqrt(3)·sqrt(M)", "sqrt(3) ∈ ℝ ≥ 1, sqrt(M) ∈ ℝ ≥ 1"),
    ("sqrt(M/N)", "sqrt(M)/sqrt(N)", "sqrt(M) ∈ ℝ ≥ 1, sqrt(N) ∈ ℝ ≥ 1"),
    ("sqrt(8)", "2·sqrt(2)", "sqrt(2) ∈ ℝ ≥ 1"),
    ("sqrt(1/3)", "1/sqrt(3)", "sqrt(3) ∈ ℝ ≥ 1"),
    ("sqrt((M+1)^2)", "M + 1", ""),
    ("sqrt((M-N)^2)", "−M + N + 2·max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("sqrt(4 (M+1)^3)", "2M·sqrt(M + 1) + 2·sqrt(M + 1)", "sqrt(M + 1) ∈ ℝ ≥ 1"),
    ("(8M)^(1/3)", "2·M^(1/3)", "M^(1/3) ∈ ℝ ≥ 1"),
    ("(M^2)^(1/3)", "(M^(1/3))²", "M^(1/3) ∈ ℝ ≥ 1"),
    ("M^(2/3) M^(2/3)", "M·M^(1/3)", "M^(1/3) ∈ ℝ ≥ 1"),
    ("sqrt(M) M^(1/3)", "(M^(1/6))⁵", "sqrt(M) ∈ ℝ ≥ 1, M^(1/6) ∈ ℝ ≥ 1"),
    ("sqrt(M N) sqrt(M)", "M·sqrt(N)", "sqrt(M) ∈ ℝ ≥ 1, sqrt(N) ∈ ℝ ≥ 1"),
    ("sqrt(M-N) sqrt(M-N)", "M − N", "sqrt(M − N) ∈ ℝ ≥ 0"),
    ("1/sqrt(M)", "1/sqrt(M)", "sqrt(M) ∈ ℝ ≥ 1"),
    ("1/(1+sqrt(2))", "1/(sqrt(2) + 1)", "sqrt(2) ∈ ℝ ≥ 1"),
    ("1/(sqrt(M) + 1)", "1/(sqrt(M) + 1)", "sqrt(M) ∈ ℝ ≥ 1"),
    ("sqrt(2) sqrt(3) sqrt(6)", "6", "sqrt(2) ∈ ℝ ≥ 1, sqrt(3) ∈ ℝ ≥ 1"),
    ("sqrt(M^2 N)", "M·sqrt(N)", "sqrt(N) ∈ ℝ ≥ 1"),
    ("sqrt((1-M)^2)", "M − 1", ""),
    ("sqrt(sqrt(M))", "sqrt(sqrt(M))", "sqrt(M) ∈ ℝ ≥ 1, sqrt(sqrt(M)) ∈ ℝ ≥ 1"),
    ("sqrt(M)^3", "M·sqrt(M)", "sqrt(M) ∈ ℝ ≥ 1"),
    ("(M+N)^(3/2)", "M·sqrt(M + N) + N·sqrt(M + N)", "sqrt(M + N) ∈ ℝ ≥ 1"),
    ("sqrt(50) M", "5M·sqrt(2)", "sqrt(2) ∈ ℝ ≥ 1"),
    ("2^(N+1)", "2·2^N", "2^N ∈ ℤ ≥ 2"),
    ("4^N", "(2^N)²", "2^N ∈ ℤ ≥ 2"),
    ("6^N", "2^N·3^N", "2^N ∈ ℤ ≥ 2, 3^N ∈ ℤ ≥ 3"),
    ("2^(N-M)", "2^N/2^M", "2^N ∈ ℤ ≥ 2, 2^M ∈ ℤ ≥ 2"),
    ("(M/k)^N", "M^N/k^N", "M^N ∈ ℤ ≥ 1, k^N ∈ ℤ ≥ 1"),
    ("(M^2)^N", "(M^N)²", "M^N ∈ ℤ ≥ 1"),
    ("(M+1)^(2N)", "((M + 1)^N)²", "(M + 1)^N ∈ ℤ ≥ 2"),
    ("k^(N/2) k^(N/2)", "(k^(1/2·N))²", "k^(1/2·N) ∈ ℝ > 0"),
    ("(2M)^N", "2^N·M^N", "2^N ∈ ℤ ≥ 2, M^N ∈ ℤ ≥ 1"),
    ("(-1)^(2N)", "1", "(−1)^N ∈ ℤ"),
    ("(-1)^(N+1)", "−(−1)^N", "(−1)^N ∈ ℤ"),
    ("(-1)^(N^2)", "(−1)^N", "(−1)^N ∈ ℤ"),
    ("(-2)^N", "(−1)^N·2^N", "(−1)^N ∈ ℤ, 2^N ∈ ℤ ≥ 2"),
    ("(M-N)^(2k)", "((M − N)^k)²", "(M − N)^k ∈ ℤ"),
    ("0^N", "0", ""),
    ("2^(log(n, 2))", "n", "log(n) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0"),
    ("4^(log(n, 2))", "n²", "log(n) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0"),
    ("8^(log(n,4))", "n·sqrt(n)", "log(n) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0, sqrt(n) ∈ ℝ ≥ 1"),
    ("n^(log(m)/log(n))", "m", "log(m) ∈ ℝ ≥ 0, log(n) ∈ ℝ ≥ 0"),
    ("2^(2^N)", "2^(2^N)", "2^N ∈ ℤ ≥ 2, 2^(2^N) ∈ ℤ ≥ 4"),
    ("2^(N/2)", "2^(1/2·N)", "2^(1/2·N) ∈ ℝ > 0"),
    ("2^(M N + 1)", "2·2^(MN)", "2^(MN) ∈ ℤ ≥ 2"),
    ("(1/2)^N", "1/2^N", "2^N ∈ ℤ ≥ 2"),
    ("2^sqrt(2)", "2^(sqrt(2))", "sqrt(2) ∈ ℝ ≥ 1, 2^(sqrt(2)) ∈ ℝ > 0"),
    ("2^(M+1/2)", "2^M·sqrt(2)", "2^M ∈ ℤ ≥ 2, sqrt(2) ∈ ℝ ≥ 1"),
    ("(sqrt(2))^(2N)", "(sqrt(2)^N)²", "sqrt(2) ∈ ℝ ≥ 1, sqrt(2)^N ∈ ℝ > 0"),
    ("9^(1/2 + N)", "3(3^N)²", "3^N ∈ ℤ ≥ 3"),
    ("2^(log(M) / log(4))", "sqrt(M)", "log(M) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0, sqrt(M) ∈ ℝ ≥ 1"),
    ("2^(log(M N, 2))", "MN", "log(M) ∈ ℝ ≥ 0, log(N) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0"),
    (
        "2^(3log(M, 2) + N)",
        "2^((N·log(2)+3·log(M))/log(2))",
        "log(M) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0, 2^((N·log(2)+3·log(M))/log(2)) ∈ ℝ > 0",
    ),
    ("log(12)", "2·log(2) + log(3)", "log(2) ∈ ℝ > 0, log(3) ∈ ℝ > 0"),
    ("log(M N^2)", "log(M) + 2·log(N)", "log(M) ∈ ℝ ≥ 0, log(N) ∈ ℝ ≥ 0"),
    ("log(M/N)", "log(M) − log(N)", "log(M) ∈ ℝ ≥ 0, log(N) ∈ ℝ ≥ 0"),
    ("log(2M+2)", "log(2) + log(M + 1)", "log(2) ∈ ℝ > 0, log(M + 1) ∈ ℝ > 0"),
    ("log(M N + M)", "log(M) + log(N + 1)", "log(M) ∈ ℝ ≥ 0, log(N + 1) ∈ ℝ > 0"),
    ("log(8, 2)", "3", "log(2) ∈ ℝ > 0"),
    ("log(M, 2)", "log(M)/log(2)", "log(M) ∈ ℝ ≥ 0, log(2) ∈ ℝ > 0"),
    ("log(1)", "0", ""),
    ("log(sqrt(M))", "log(M)/2", "sqrt(M) ∈ ℝ ≥ 1, log(M) ∈ ℝ ≥ 0"),
    ("log(2^N)", "N·log(2)", "2^N ∈ ℤ ≥ 2, log(2) ∈ ℝ > 0"),
    ("log(1/M)", "−log(M)", "log(M) ∈ ℝ ≥ 0"),
    ("log(M^N)", "N·log(M)", "M^N ∈ ℤ ≥ 1, log(M) ∈ ℝ ≥ 0"),
    ("log(M-N)", "log(M − N)", "log(M − N) ∈ ℝ"),
    ("log((M-N)^2)", "log(M² − 2MN + N²)", "log(M² − 2MN + N²) ∈ ℝ"),
    ("log(M, N)", "log(M)/log(N)", "log(M) ∈ ℝ ≥ 0, log(N) ∈ ℝ ≥ 0"),
    ("log(M+N)", "log(M + N)", "log(M + N) ∈ ℝ > 0"),
    ("max(M, M+1)", "M + 1", ""),
    ("max(N, M)", "M + max(0, N − M)", "max(0, N − M) ∈ ℤ ≥ 0"),
    ("max(M, N, k)", "max(M, N, k)", "max(M, N, k) ∈ ℤ ≥ 1"),
    ("max(2M, 2N)", "2N + 2·max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(M/k, N/k)", "(N + max(0, M − N))/k", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(M k, N k)", "kN + k·max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("min(M, N)", "M − max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(1, M)", "M", ""),
    ("max(3, M)", "max(0, M − 3) + 3", "max(0, M − 3) ∈ ℤ ≥ 0"),
    ("max(M, 2M, N)", "N + max(0, 2M − N)", "max(0, 2M − N) ∈ ℤ ≥ 0"),
    ("max(-M, -N)", "−M + max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(M/2, N/3)", "(2N + max(0, 3M − 2N))/6", "max(0, 3M − 2N) ∈ ℤ ≥ 0"),
    ("max(N - M, 0)", "max(0, N − M)", "max(0, N − M) ∈ ℤ ≥ 0"),
    ("max(M, max(N, k))", "max(M, N, k)", "max(M, N, k) ∈ ℤ ≥ 1"),
    (
        "max(M, min(N, k))",
        "N − max(0, N − k) + max(0, M − N + max(0, N − k))",
        "max(0, N − k) ∈ ℤ ≥ 0, max(0, M − N + max(0, N − k)) ∈ ℤ ≥ 0",
    ),
    ("max(4M - 2N, 0)", "2·max(0, 2M − N)", "max(0, 2M − N) ∈ ℤ ≥ 0"),
    ("max(0, (M-N)/(k+1))", "max(0, M − N)/(k + 1)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(M^2 k - M k N, 0)", "Mk·max(0, M − N)", "max(0, M − N) ∈ ℤ ≥ 0"),
    ("max(1/2, M)", "M", ""),
    (
        "max(5/2, sqrt(M))",
        "(max(0, 2·sqrt(M) − 5) + 5)/2",
        "sqrt(M) ∈ ℝ ≥ 1, max(0, 2·sqrt(M) − 5) ∈ ℝ ≥ 0",
    ),
    ("sum(i=1..N, 1)", "N", ""),
    ("sum(i=0..N, i)", "(N² + N)/2", ""),
    (
        "sum(i=3..N, i)",
        "sum(#1=1..N − 2, #1) + 2·sum(#1=1..N − 2, 1)",
        "sum(#1=1..N − 2, #1) ∈ ℝ ≥ 0, sum(#1=1..N − 2, 1) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=M..N, i)",
        "M·sum(#1=1..−M + N + 1, 1) − sum(#1=1..−M + N + 1, 1) + sum(#1=1..−M + N + 1, #1)",
        "sum(#1=1..−M + N + 1, 1) ∈ ℝ ≥ 0, sum(#1=1..−M + N + 1, #1) ∈ ℝ ≥ 0",
    ),
    ("sum(i=M..M+N, i)", "(2MN + 2M + N² + N)/2", ""),
    ("sum(i=1..N, M i + k)", "(N²M + NM + 2Nk)/2", ""),
    (
        "sum(i=1..N, sqrt(i))",
        "sum(#1=1..N, sqrt(#1))",
        "sqrt(#1) ∈ ℝ ≥ 1, sum(#1=1..N, sqrt(#1)) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=2..N, sqrt(i))",
        "sum(#1=1..N, sqrt(#1)) − 1",
        "sqrt(#1) ∈ ℝ ≥ 1, sum(#1=1..N, sqrt(#1)) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=0..N, sqrt(i))",
        "sum(#1=1..N, sqrt(#1))",
        "sqrt(#1.0) ∈ ℝ ≥ 0, sqrt(#1) ∈ ℝ ≥ 1, sum(#1=1..N, sqrt(#1)) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=1..N+1, sqrt(i))",
        "sqrt(N + 1) + sum(#1=1..N, sqrt(#1))",
        "sqrt(#1) ∈ ℝ ≥ 1, sqrt(N + 1) ∈ ℝ ≥ 1, sum(#1=1..N, sqrt(#1)) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=1..N-1, sqrt(i))",
        "−sqrt(N) + sum(#1=1..N, sqrt(#1))",
        "sqrt(#1) ∈ ℝ ≥ 1, sqrt(N) ∈ ℝ ≥ 1, sum(#1=1..N, sqrt(#1)) ∈ ℝ ≥ 0",
    ),
    (
        "sum(i=1..N-1, sqrt(i-3))",
        "sum(#1=1..N − 1, sqrt(#1 − 3))",
        "sqrt(#1 − 3) ∈ ℝ ≥ 0, sum(#1=1..N − 1, sqrt(#1 − 3)) ∈ ℝ ≥ 0",
    ),
    ("sum(i=1..N, 2^i)", "2·2^N − 2", "2^(#1) ∈ ℤ ≥ 2, 2^N ∈ ℤ ≥ 2"),
    ("sum(i=0..N, 3^(i))", "(3·3^N − 1)/2", "3^(#1.0) ∈ ℤ ≥ 1, 3^N ∈ ℤ ≥ 3"),
    ("sum(i=1..N, M^i)", "sum(#1=1..N, M^(#1))", "M^(#1) ∈ ℤ ≥ 1, sum(#1=1..N, M^(#1)) ∈ ℝ ≥ 0"),
    ("sum(i=1..N, i 2^i)", "2N·2^N − 2·2^N + 2", "2^(#1) ∈ ℤ ≥ 2, 2^N ∈ ℤ ≥ 2"),
    (
        "sum(i=1..N, 2^i/3^i)",
        "(−2·2^N + 2·3^N)/3^N",
        "2^(#1) ∈ ℤ ≥ 2, 3^(#1) ∈ ℤ ≥ 3, 2^N ∈ ℤ ≥ 2, 3^N ∈ ℤ ≥ 3",
    ),
    ("sum(i=1..N, 1/i)", "sum(#1=1..N, 1/#1)", "sum(#1=1..N, 1/#1) ∈ ℝ ≥ 0"),
    ("sum(i=1..N, 1/(i M))", "sum(#1=1..N, 1/#1)/M", "sum(#1=1..N, 1/#1) ∈ ℝ ≥ 0"),
    ("sum(i=1..N, n_i)", "sum(#1=1..N, n_#1)", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=1..N, n_i_minus_1)", "n_0 − n_N + sum(#1=1..N, n_#1)", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=2..N, n_i)", "−n_1 + sum(#1=1..N, n_#1)", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=0..N, n_i)", "n_0 + sum(#1=1..N, n_#1)", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=1..N+1, n_i)", "n_N_plus_1 + sum(#1=1..N, n_#1)", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=1..N, n_i - n_i_minus_1)", "−n_0 + n_N", "sum(#1=1..N, n_#1) ∈ ℝ ≥ 0"),
    ("sum(i=M..N, n_i)", "sum(#1=M..N, n_#1)", "sum(#1=M..N, n_#1) ∈ ℝ ≥ 0"),
    (
        "sum(i=1..3, sqrt(i))",
        "sqrt(2) + sqrt(3) + 1",
        "sqrt(#1) ∈ ℝ ≥ 1, sqrt(2) ∈ ℝ ≥ 1, sqrt(3) ∈ ℝ ≥ 1",
    ),
    (
        "sum(i=1..N, sum(j=1..M, n_i m_j))",
        "sum(#1=1..M, m_#1)·sum(#1=1..N, n_#1)",
        "sum(#1=1..M, m_#1) ∈ ℝ ≥ 0, sum(#1=1..N, n_#1) ∈ ℝ ≥ 0",
    ),
    ("sum(i=5..4, sqrt(i))", "0", ""),
    (
        "sum(i=1..N, floor(i/2))",
        "sum(#1=1..N, ⌊#1/2⌋)",
        "⌊#1/2⌋ ∈ ℤ ≥ 0, sum(#1=1..N, ⌊#1/2⌋) ∈ ℝ ≥ 0",
    ),
    ("sum(i=1..N, max(i, 1))", "(N² + N)/2", ""),
    ("M^2/M", "M", ""),
    ("(M^2-N^2)/(M-N)", "M + N", ""),
    ("M/(2k) + M/(3k)", "5M/(6k)", ""),
    ("1/N + 1/k^2", "(N + k²)/(Nk²)", ""),
    ("(M+1)^-2", "1/(M² + 2M + 1)", ""),
    ("M^0", "1", ""),
    ("(2M+4)/(6N)", "(M + 2)/(3N)", ""),
    ("-(M - N)/(N - M)", "1", ""),
    ("(a^2-1)/(a-1) - 1", "a", ""),
    ("(M N + N)/(M + 1)", "N", ""),
    ("M - N - M", "−N", ""),
]

#: Symbols and terms under conditions, and what is known of them.
UNDER: list[tuple[str, str, str]] = [
    ("M", "", "M ∈ ℤ ≥ 1"),
    ("M", "M >= 3", "M ∈ ℤ ≥ 3"),
    ("M", "M >= 0", "M ∈ ℤ ≥ 0"),
    ("M", "M > 2", "M ∈ ℤ ≥ 3"),
    ("M", "M >= 5/2", "M ∈ ℤ ≥ 3"),
    ("x", "x >= 5/2", "x ∈ ℝ > 2"),
    ("x", "0 < x <= 1", "x ∈ ℝ > 0"),
    ("x", "1/2 <= x, x < 1", "x ∈ ℝ > 0"),
    ("x", "x <= 1/2", "x ∈ ℝ > 0"),
    ("2^N", "N >= 3", "N ∈ ℤ ≥ 3, 2^N ∈ ℤ ≥ 8"),
    ("2^N", "N >= 0", "N ∈ ℤ ≥ 0, 2^N ∈ ℤ ≥ 1"),
    ("M^N", "M >= 2, N >= 2", "M ∈ ℤ ≥ 2, N ∈ ℤ ≥ 2, M^N ∈ ℤ ≥ 4"),
    ("M^N", "M >= 0", "M ∈ ℤ ≥ 0, N ∈ ℤ ≥ 1, M^N ∈ ℤ ≥ 0"),
    ("x^N", "0 < x <= 1", "x ∈ ℝ > 0, N ∈ ℤ ≥ 1, x^N ∈ ℝ > 0"),
    ("floor(M/2)", "M >= 7", "M ∈ ℤ ≥ 7, ⌊M/2⌋ ∈ ℤ ≥ 1"),
    ("floor(x M)", "0 < x <= 1", "x ∈ ℝ > 0, M ∈ ℤ ≥ 1, ⌊x·M⌋ ∈ ℤ ≥ 0"),
    ("sqrt(M)", "M >= 9", "M ∈ ℤ ≥ 9, sqrt(M) ∈ ℝ ≥ 1"),
    ("sqrt(M)", "M >= 0", "M ∈ ℤ ≥ 0, sqrt(M) ∈ ℝ ≥ 0"),
    ("sqrt(x)", "0 < x <= 1", "x ∈ ℝ > 0, sqrt(x) ∈ ℝ > 0"),
    ("log(M)", "M >= 2", "M ∈ ℤ ≥ 2, log(M) ∈ ℝ > 0"),
    ("log(x)", "0 < x <= 1", "x ∈ ℝ > 0, log(x) ∈ ℝ"),
    (
        "sqrt((log(x) + 1)^2)",
        "0 < x <= 1",
        "x ∈ ℝ > 0, log(x) ∈ ℝ, max(0, log(x) + 1) ∈ ℝ ≥ 0",
    ),
    (
        "sqrt((log(x) - 1)^2)",
        "0 < x <= 1",
        "x ∈ ℝ > 0, log(x) ∈ ℝ, max(0, log(x) − 1) ∈ ℝ ≥ 0",
    ),
    ("max(M, 2N, 3K)", "N >= 4", "M ∈ ℤ ≥ 1, N ∈ ℤ ≥ 4, K ∈ ℤ ≥ 1, max(M, 2N, 3K) ∈ ℤ ≥ 8"),
    (
        "max(M - N, K - N, x)",
        "x >= 1/2",
        "M ∈ ℤ ≥ 1, N ∈ ℤ ≥ 1, K ∈ ℤ ≥ 1, x ∈ ℝ > 0, max(M − N, −N + K, x) ∈ ℝ ≥ 0",
    ),
]


def normal_forms_are_the_expected_ones() -> None:
    for written, expected, atoms in NORMAL:
        field = assume(()).field(formula(written))
        shown = text(function_tree(field.normal(formula(written)).cancelled()))
        assert shown == expected, (written, shown)
        listed = [
            _known(tree, known)
            for key, tree, known in zip(field.keys, field.trees, field.known, strict=True)
            if not isinstance(key, str)
        ]
        assert ", ".join(listed) == atoms, (written, listed)


def conditions_tell_of_symbols_and_atoms() -> None:
    for written, where, expected in UNDER:
        assumptions = assume(conditions(where))
        field = assumptions.field(formula(written))
        field.normal(formula(written))
        listed = ", ".join(map(_known, field.trees, field.known))
        assert listed == expected, (written, where, listed)


#: Quotients, and each term of them over the whole denominator.
SPLIT = [("(M + N)/(2k)", "M/(2k) + N/(2k)"), ("(2M - N)/(M + k)", "2M/(M + k) − N/(M + k)")]


def quotients_are_split_as_they_are_said() -> None:
    for written, expected in SPLIT:
        field = assume(()).field(formula(written))
        value = field.normal(formula(written)).cancelled()
        shown = text(split_whole(field, value.num, value.den))
        assert shown == expected, (written, shown)


def _known(tree: Tree, known: Known) -> str:
    """``⌊M/2⌋ ∈ ℤ ≥ 0``."""
    bound = f" {'>' if known.above else '≥'} {known.least}" if known.nonnegative else ""
    return f"{text(tree)} ∈ {'ℤ' if known.integer else 'ℝ'}{bound}"


LAWS: list[Callable[[], None]] = [
    normal_forms_are_the_expected_ones,
    conditions_tell_of_symbols_and_atoms,
    quotients_are_split_as_they_are_said,
]


def check() -> None:
    """Every law of normal forms; the first one that does not hold raises."""
    for law in LAWS:
        law()
