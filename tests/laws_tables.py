"""Tables of claims and the verdicts that they must get: each right one beside a wrong neighbour.

``check`` runs every law of the algebra, these tables included: the mutation check asks it about
each broken module.
"""

from __future__ import annotations

from closedform.algebra.conditions import assume
from closedform.algebra.decide import Decision, decide
from closedform.algebra.quick import surely_equal
from closedform.algebra.tree import Call, Number, Symbol, Tree
from tests import laws_decide
from tests.read_formula import conditions, relation

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
    ("(-2)^N = (-1)^N 2^N", "", PROVEN),
    ("(M-1)(M-2)(M-3)(M-4)(M-5)(M-6)(M-7)(M-8)(M-9)(M-10) = 0", "", REFUTED),
    # 0 as a base, where a symbol may be 0.
    ("p^N p^M = p^(N+M)", "p >= 0", PROVEN),
    ("p/p = 1", "p >= 0", PROVEN),
    ("0^N = 0", "", PROVEN),
    ("0^N = 1", "", REFUTED),
]

FLOORS: list[Row] = [
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
    # A quotient between two integers.
    ("floor(M/N) = 0", "M < N", PROVEN),
    ("floor(M/N) = 0", "M <= N", REFUTED),
    ("ceil(M/N) = 1", "M <= N", PROVEN),
    ("floor((M-1)/N) = 0", "M <= N", PROVEN),
    ("g floor(M/g) = M", "g | M", PROVEN),
    ("g floor(M/g) = M", "", REFUTED),
    # Every N_i has a residue of its own.
    ("sum(i=1..N, floor(N_i/2)) = N floor(N_1/2)", "", REFUTED),
    ("floor(alpha H) = alpha H", "0 < alpha <= 1", REFUTED),
]

FUNCTIONS: list[Row] = [
    # Roots: of the square of what may be negative, too.
    ("sqrt(M^2) = M", "", PROVEN),
    ("sqrt((M-N)^2) = M-N", "", REFUTED),
    ("sqrt((M-N)^2) = max(M-N, N-M)", "", PROVEN),
    ("sqrt((M-N)^2) = M-N", "M >= N", PROVEN),
    ("sqrt(floor((M-N)/2)^2) = floor((M-N)/2)", "", REFUTED),
    ("sqrt(M) sqrt(N) = sqrt(M N)", "", PROVEN),
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
    ("sum(i=M..N, i) = N(N+1)/2 - M(M-1)/2", "N >= M", UNDECIDED),
    ("sum(i=1..N, max(i, 1)) = N(N+1)/2", "", PROVEN),
    ("sum(i=0..N, max(i, 1)) = N(N+1)/2", "", REFUTED),
    # An index, and a symbol of the same name outside.
    ("sum(i=1..N, i) + i = N(N+1)/2 + i", "", PROVEN),
    ("sum(i=1..N, i) + i = N(N+1)/2 + 1", "", REFUTED),
    ("sum(i=1..N, M) = N i", "M = i", PROVEN),
    ("sum(i=1..N, M) = N(N+1)/2", "M = i", REFUTED),
    ("sum(l=1..2, N_l) = N_1+N_2", "", PROVEN),
    ("sum(l=1..2, N_l) = 2N_1", "", REFUTED),
]

INEQUALITIES: list[Row] = [
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
    ("a d >= b c", "a >= b, d >= c", PROVEN),
    ("a c >= b d", "a >= b, d >= c", REFUTED),
    ("M N > k^2", "M > k, N > k", PROVEN),
    ("r (m+n) <= m n", "2r <= m, 2r <= n", PROVEN),
    ("r (m+n) <= m n", "r <= m, r <= n", REFUTED),
    ("1/(M-N) > 0", "M > N", PROVEN),
    ("1/(M-N) > 0", "", REFUTED),
    ("M/g >= 1", "g | M", PROVEN),
    ("M/g >= 2", "g | M", REFUTED),
    ("M >= 4", "N = M-3", PROVEN),
    ("M >= 5", "N = M-3", REFUTED),
    ("M >= 5", "N = 2M, N >= 10", PROVEN),
    ("2M >= 3", "M >= 1.5", PROVEN),
    ("2M > 3", "M >= 1.5", REFUTED),
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
    ("sqrt(n^2+1) > n+1/2", "", REFUTED),
    ("sqrt(2)+sqrt(3) > 3", "", PROVEN),
    ("sqrt(2)+sqrt(3) > 4", "", REFUTED),
    ("log(M) <= M-1", "", PROVEN),
    ("log(M) < M-1", "", REFUTED),
    ("max(a, b, c) >= (a+b+c)/3", "", PROVEN),
    ("min(a, b, c) >= (a+b+c)/3", "", REFUTED),
    ("(M-N)^2 >= 0", "", PROVEN),
    ("(M-N)^k >= 0", "", REFUTED),
    ("sqrt((M-N)/(M-k)) (M-k) >= 0", "", REFUTED),
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


QUICK: list[tuple[str, bool]] = [
    ("(M+N)^2 = M^2+2M N+N^2", True),
    ("1/N + 1/k^2 = (N+k^2)/(N k^2)", True),
    ("(M N)^-2 = 1/(M^2 N^2)", True),
    ("c k^2 s/(c k^2+k^2(s-1)) = s c/(s+c-1)", True),
    ("0.5M - M/2 = 0", True),
    ("(M+N)^2 = M^2+N^2", False),
    ("M = N", False),
    # A denominator that may vanish, and what is no rational function, are left to others.
    ("M/(s-1) = M/(s-1)", False),
    ("M/(M N-M-N+1) = M/(M N-M-N+1)", False),
    ("M/(M-N) = M/(M-N)", False),
    ("M/(N-N) = M/(N-N)", False),
    ("sqrt(M) = sqrt(M)", False),
    ("((M^32)^32)^32 = ((M^32)^32)^32", False),
    ("M^33 = M^33", False),
]


H, W = Symbol("H"), Symbol("W")


def whole(symbol: Symbol, modulus: int) -> Call:
    """⌊H/2⌋."""
    return Call("floor", (symbol / modulus,))


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
]


def decided(text: str, where: str = "") -> Decision:
    """The decision on a claim of one step."""
    claim = relation(text)
    return decide(claim.relation, claim.left, claim.right, assume(conditions(where)))


def check() -> None:
    """Every law of the algebra; the first one that does not hold raises."""
    laws_decide.check()
    for text, where, verdict in (*EQUATIONS, *FLOORS, *FUNCTIONS, *INEQUALITIES, *CONDITIONS):
        assert decided(text, where).verdict == verdict, (text, where)
    for text, ways in WAYS:
        found = decided(text)
        assert sorted(map(list, found.holds_when), key=repr) == sorted(ways, key=repr), text
    for text, proven in QUICK:
        claim = relation(text)
        assert surely_equal(claim.left, claim.right) is proven, text
