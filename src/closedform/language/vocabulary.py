"""The words and signs of the language, as tables: what is not here is a symbol, a word or an error."""

from __future__ import annotations

#: Greek letters by their English names; the sign, the word and the LaTeX command are one symbol.
GREEK: dict[str, str] = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma "
            "tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
        ).split(),
        strict=True,
    )
)
GREEK_NAMES: dict[str, str] = {name: name for name in GREEK.values()} | {
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varpi": "pi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varphi": "phi",
    "ell": "ell",
}

#: One-character signs of text, and the token each is.
SIGNS: dict[str, str] = {
    **dict.fromkeys("+＋", "PLUS"),
    **dict.fromkeys("-−–－﹣", "MINUS"),
    **dict.fromkeys("*×·⋅∙∗✖✕⨯•＊∘", "TIMES"),
    **dict.fromkeys("/÷／∕", "DIVIDE"),
    **dict.fromkeys("([{（［｛【〔", "LPAR"),
    **dict.fromkeys(")]}）］｝】〕", "RPAR"),
    "⌊": "LFLOOR",
    "⌋": "RFLOOR",
    "⌈": "LCEIL",
    "⌉": "RCEIL",
    "^": "POWER",
    "√": "ROOTSIGN",
    "Σ": "SUMSIGN",
    "∑": "SUMSIGN",
    ",": "COMMA",
    "，": "COMMA",
    "、": "COMMA",
    "|": "BAR",
    "∣": "BAR",
    ":": "COLON",
    "：": "COLON",
    "=": "EQUALS",
    "＝": "EQUALS",
    "≡": "EQUALS",
    "<": "LESS",
    ">": "MORE",
    "≤": "ATMOST",
    "≥": "ATLEAST",
    "⩽": "ATMOST",
    "⩾": "ATLEAST",
    "≈": "ABOUT",
    "≃": "ABOUT",
    "≅": "ABOUT",
}
#: Signs of several characters, longest first.
LONG_SIGNS: dict[str, str] = {
    "...": "DOTS",
    "..": "DOTS",
    "…": "DOTS",
    "**": "POWER",
    "==": "EQUALS",
    ":=": "EQUALS",
    "<=": "ATMOST",
    ">=": "ATLEAST",
    "=<": "ATMOST",
    "=>": "ATLEAST",
    "~=": "ABOUT",
}
#: Which relation each token is.
RELATIONS: dict[str, str] = {
    "EQUALS": "=",
    "LESS": "<",
    "MORE": ">",
    "ATMOST": "<=",
    "ATLEAST": ">=",
    "ABOUT": "≈",
}

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))

#: Functions by the names people write; the two-argument logarithms are spelled in the scanner.
FUNCTIONS: dict[str, str] = {
    "floor": "floor",
    "ceil": "ceil",
    "ceiling": "ceil",
    "sqrt": "sqrt",
    "log": "log",
    "ln": "log",
    "lg": "log",
    "min": "min",
    "max": "max",
}
QUANTITIES = {"params": "params", "macs": "macs", "flops": "flops", "activations": "activations"}

#: LaTeX commands that are signs.
COMMANDS: dict[str, str] = {
    **dict.fromkeys(("times", "cdot", "ast", "bullet", "cdotp", "star", "centerdot"), "TIMES"),
    **dict.fromkeys(("div", "slash"), "DIVIDE"),
    **dict.fromkeys(("le", "leq", "leqslant", "lesssim"), "ATMOST"),
    **dict.fromkeys(("ge", "geq", "geqslant", "gtrsim"), "ATLEAST"),
    **dict.fromkeys(("approx", "simeq", "cong", "approxeq", "thickapprox"), "ABOUT"),
    **dict.fromkeys(("lt",), "LESS"),
    **dict.fromkeys(("gt",), "MORE"),
    **dict.fromkeys(("equiv", "coloneqq", "triangleq"), "EQUALS"),
    **dict.fromkeys(("lfloor",), "LFLOOR"),
    **dict.fromkeys(("rfloor",), "RFLOOR"),
    **dict.fromkeys(("lceil",), "LCEIL"),
    **dict.fromkeys(("rceil",), "RCEIL"),
    **dict.fromkeys(("{", "lbrace", "lbrack", "lparen"), "LPAR"),
    **dict.fromkeys(("}", "rbrace", "rbrack", "rparen"), "RPAR"),
    **dict.fromkeys(("mid", "vert", "lvert", "rvert", "|"), "BAR"),
    **dict.fromkeys(("ldots", "dots", "cdots", "dotsc"), "DOTS"),
    "colon": "COLON",
}
#: Commands that change how things look and not what they say.
IGNORED = frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm displaystyle "
    "textstyle scriptstyle limits nolimits nonumber notag , ; : ! > thinspace medspace thickspace "
    "negthinspace enspace hfill noindent centering allowbreak nobreak mathstrut strut".split()
)
#: Ignored together with their bracketed argument.
IGNORED_ARGUMENT = frozenset("label tag ref eqref color vspace hspace phantom vphantom hphantom".split())
#: Wide spaces: what comes after one may be prose.
GAPS = frozenset(["quad", "qquad", "newline", " "])
#: Letters in another face: the argument is a name or a word.
FACES = frozenset(
    "mathrm mathit mathbf mathsf mathtt mathcal mathbb mathscr mathfrak boldsymbol bm bold rm bf it "
    "operatorname".split()
)
TEXTS = frozenset("text textrm textit textbf textsf texttt textnormal mbox hbox textup".split())
#: Marks over a letter, spelled after the letter in the symbol's name.
ACCENTS = frozenset("hat widehat tilde widetilde bar overline dot vec".split())
FRACTIONS = frozenset("frac dfrac tfrac cfrac sfrac nicefrac".split())
WRAPPERS = frozenset("boxed mathord mathop mathbin mathrel ensuremath fbox smash".split())

#: Letters after a rounded number, and what each is worth.
SUFFIXES: dict[str, int] = {
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "G": 10**9,
    "B": 10**9,
    "T": 10**12,
}
