"""The words and signs of the language, as tables; what is not here is a symbol, or an error."""

from __future__ import annotations

import unicodedata

from closedform.algebra import functions
from closedform.later import regex
from closedform.typeset import names

#: Greek letters by their English names; the sign, the word and the LaTeX command are one symbol.
GREEK: dict[str, str] = {sign: name for name, sign in names.GREEK.items()}
GREEK_NAMES: dict[str, str] = {
    **{name: name for name in (*GREEK.values(), "ell")},
    **{f"var{name}": name for name in "epsilon theta pi rho sigma phi".split()},
}

#: Brackets of text, and the kind that opener and closer must share.
OPENING: dict[str, str] = {
    **dict.fromkeys("(（", "round"),
    **dict.fromkeys("[［【〔", "square"),
    **dict.fromkeys("{｛", "curly"),
}
CLOSING: dict[str, str] = {
    **dict.fromkeys(")）", "round"),
    **dict.fromkeys("]］】〕", "square"),
    **dict.fromkeys("}｝", "curly"),
}

#: One-character signs of text, and the token each is.
SIGNS: dict[str, str] = {
    **dict.fromkeys("+＋", "PLUS"),
    **dict.fromkeys("-−–‐‑－﹣", "MINUS"),
    **dict.fromkeys("*×·⋅∙∗✖✕⨯╳•＊・", "TIMES"),
    **dict.fromkeys("/÷／∕⁄", "DIVIDE"),
    **dict(zip("⌊⌋⌈⌉‖", "LFLOOR RFLOOR LCEIL RCEIL NORM".split(), strict=True)),
    **dict.fromkeys(",，、", "COMMA"),
    **dict.fromkeys("|∣｜", "BAR"),
    **dict.fromkeys(":：", "COLON"),
    **dict.fromkeys("=＝≡≔≕", "EQUALS"),
    **dict.fromkeys("<＜", "LESS"),
    **dict.fromkeys(">＞", "MORE"),
    **dict.fromkeys("≤⩽≦", "ATMOST"),
    **dict.fromkeys("≥⩾≧", "ATLEAST"),
    **dict.fromkeys("≈≃≅≒∼～", "ABOUT"),
    **dict.fromkeys("…⋯", "DOTS"),
}
#: Signs of several characters, longest first.
LONG_SIGNS: dict[str, str] = {
    **dict.fromkeys(("...", ".."), "DOTS"),
    **dict.fromkeys(("==", ":=", "=:"), "EQUALS"),
    "**": "POWER",
    "<=": "ATMOST",
    ">=": "ATLEAST",
    "~=": "ABOUT",
    "//": "OVERFLOOR",
}
#: Which relation each token is.
RELATIONS: dict[str, str] = dict(
    zip("EQUALS LESS MORE ATMOST ATLEAST ABOUT".split(), "= < > <= >= ≈".split(), strict=True)
)
#: Signs that end a sentence; what comes after one is no formula.
STOPS = frozenset(".;；。｡!！?？—⸺")
#: Parts of one number, and numbers in one character.
FRACTION_SIGNS: dict[str, str] = {
    sign: unicodedata.normalize("NFKC", sign).replace("⁄", "/") for sign in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒"
}

SUPERSCRIPTS: dict[str, str] = {
    sign: unicodedata.normalize("NFKC", sign).replace("−", "-")
    for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
}
SUBSCRIPTS: dict[str, str] = {
    sign: unicodedata.normalize("NFKC", sign).replace("−", "-")
    for sign in "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋"
}
PRIMES: dict[str, str] = {**dict.fromkeys("'′’", "'"), **dict.fromkeys('″"', "''")}
#: Marks over a letter, spelled in the subscript of the symbol's name: L̂ is L_hat.
ACCENTS: dict[str, str] = {
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "bar",
    **{
        name: name
        for name in (
            "hat tilde bar dot vec underline check breve ddot mathring acute grave".split()
        )
    },
}
COMBINING: dict[str, str] = dict(
    zip("\u0302\u0303\u0304\u0305\u0307\u20d7", "hat tilde bar bar dot vec".split(), strict=True)
)
#: Signs inside a subscript and how the symbol's name spells them: n_{l-1} is n_l_minus_1.
SUBSCRIPT_SIGNS: dict[str, str] = {
    **dict.fromkeys(",;.:→", "_"),
    **dict.fromkeys("-−–", "_minus_"),
    "+": "_plus_",
    **dict.fromkeys("*×·⋅", "_times_"),
    "/": "_over_",
    "=": "_eq_",
}

#: Measure words behind a number: 64个.
COUNTERS = frozenset("个個개枚つ")

#: Functions by the names people write; logarithms with a base are spelled in the scanner.
FUNCTIONS: dict[str, str] = {
    name: function
    for function, row in functions.FUNCTIONS.items()
    for name in (function, *row.also)
}
#: Quantities of layers, and the options that each takes.
QUANTITIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("params", "flops"), ("convention",)),
    "operations": ("kind",),
    **dict.fromkeys(("activation_memory", "kv_cache_memory"), ("bits",)),
    **dict.fromkeys(("backward_flops", "training_flops"), ("rule",)),
    **dict.fromkeys(
        "weight_memory gradient_memory optimizer_memory training_memory".split(), ("training",)
    ),
    **dict.fromkeys(
        "macs activations active_params buffers memory_access kv_cache intensity".split(), ()
    ),
}
#: Those whose name is a common word: they are quantities before the name of a layer only.
COMMON_QUANTITIES = frozenset({"buffers", "operations", "intensity"})
#: What people count with: after a formula or a number these words are its unit.
UNITS = frozenset(
    "params param parameters parameter weights flop flops mac macs macc maccs mads fmas madds madd "
    "ops op operations multiplications multiplication additions multiplies adds byte bytes bit "
    "bits elements entries connections coefficients "
    "octet octets байт байта байтов units neurons activations m-adds "
    "multiply-adds mult-adds multiply-accumulates multiply-add mult-add multiply-accumulate".split()
)
#: Words behind a scale that say nothing of the amount: 1.2 млн параметров.
UNIT_WORDS = frozenset("参数 个 個 token tokens pixel pixels".split())
#: English words that no formula contains, unless they are bound.
PROSE = frozenset(
    "if for when with then and the per each because since assuming given total number are from "
    "where therefore hence thus otherwise unless provided while gives which that this these "
    "means and or vs versus than instead".split()
)
#: Words that are prose where they are set upright; typed, their letters may multiply (as²b).
UPRIGHT_PROSE = frozenset("vs versus to of is as has and or by at we so be can with".split())


#: Latin words after which a formula begins without a sign.
LEADS = frozenset(
    "gives yields giving yielding namely equivalently makes i.e e.g "
    "is are equals has have gets get return returns needs requires costs total therefore thus "
    "so hence exactly precisely simply just only est sind ist beträgt ergibt somit soit donc also "
    "d.h insgesamt obtient son es obtiene decir è cioè é seja dus czyli равно составляет получаем "
    "итого всего т.е 即 すなわち 従って したがって よって 즉 따라서".split()
)
#: What stands for the formula before it.
PRONOUNS = frozenset("it which that this what das dies ce qui lo que ciò это что".split())
#: What networks are called; and the same as a pattern, several of them and inflected too.
NETWORKS = frozenset(
    "network model netz netzwerk modell réseau modèle red modelo rete modello сеть "
    "网络 模型 ネットワーク モデル 네트워크".split()
)
NETWORK = "|".join(rf"\b{w}(?:s|e|es|en|x)?\b" if w < "\u2e80" else w for w in sorted(NETWORKS))
#: Words before a number that is a rounded one.
ABOUT = frozenset(
    "about approximately approx roughly circa around etwa rund ungefähr environ aproximadamente "
    "примерно приблизительно около 约 約 大约 大約 大概 约为 約為 およそ 약 대략".split()
)
#: How a result is called, in the languages of the words that lead to it.
NAMING = UNITS | frozenset(
    "trainable learnable learned active activated total floating-point floating point para paras "
    "weight a the an this of number gflops mflops gmacs mmacs gmac mmac gflop mflop le "
    "les la nombre de des paramètres poids die der anzahl parametern el número parámetros numero "
    "parametri parâmetros параметр параметра параметры параметров число операций весов nos".split()
)
#: The same in scripts that set no spaces between words.
COUNTED = regex(
    "(?:字[节節]|バイト|바이트|[个個次枚つ개회]|参数|參數|数量|量|的|总|總|数|數|权重|權重|计算|計算|浮点|浮點|激活值?|运算|運算|乘加|乘法|加法|パラメータ"
    "|重み|演算|매개변수|파라미터|가중치|연산|수|번)+"
)
#: Short words that are no letters side by side.
SHORT = frozenset("no of in is we so le la de".split())
#: How words of these scripts end that lead to a formula.
LEADING = regex(
    "(?<![不没沒无無未非])(?:为|為|是|等于|等於|共|共计|总计|合计|得到|有|需要|は|が|です|である|となる|なります"
    "|이다|입니다|은|는)$"
)
#: What follows a number that says how many times.
COMPARED = frozenset(
    "fewer less smaller lower cheaper faster lighter larger bigger more higher slower reduction "
    "savings saving speedup compression".split()
)
#: Objects of a program before a dot: self.dim is dim.
OWNERS = frozenset(
    "self cls args cfg config opt hparams model module layer conv nn torch tf keras layers math "
    "np numpy Math".split()
)
#: Words between two formulas.
JOINS = frozenset("and or vs versus than instead und oder et ou и".split())
#: Short words of subscripts: the i in C_in is no index.
SHORT_WORDS = frozenset("in mid min dim hid lin inp ini fin bit pix emb mem seq".split())

#: Words that lead to a condition as ``where`` does, where a symbol and a relation follow.
CONDITIONALS = frozenset(
    "for with at if when given assuming let say s.t such that für mit falls wenn bei pour avec si "
    "où con para donde onde dove als iff wobei se при для если где ここで 여기서 hvor där "
    "其中 当 當 若 如果 设 設 ただし 단".split()
)
#: Words that stand for a sign: what follows one is no prose.
SIGN_WORDS = frozenset(
    "plus minus times divided multiplied squared cubed div rem 加 减 乘 乘以 除 除以".split()
)

#: Words for a remainder.
MODULO = frozenset({"mod", "modulo"})
#: Letters that are an order of growth before a bracket: O(n^2).
ORDERS = frozenset({"O", "Theta", "Omega"})
#: With those that say less: a quotient vanishes, or grows without bound.
GROWTHS = ORDERS | {"o", "omega"}

#: Functions of mathematics and programs that the language does not have.
UNKNOWN_FUNCTIONS = frozenset(
    "exp sin cos tan sinh cosh tanh gcd lcm det dim len numel product rank "
    "softmax sigmoid relu argmax argmin lg fix sgn erf isqrt cbrt var std cov tr nnz rms dot arg "
    "diag vec atan asin acos arctan arcsin arccos sec csc cot median mean avg".split()
)
#: Those of them that stand before what they are of without brackets too.
PREFIXED = frozenset("exp sin cos tan sinh cosh tanh lg gcd lcm det".split())

#: Units of other things than numbers, operations and memory.
OTHER_UNITS = frozenset(
    "day days hour hours hr hrs min mins sec secs ms us ns fps px Hz kHz MHz GHz kWh Wh "
    "bps kbps Mbps Gbps".split()
)

#: Letters after a rounded number, and what each is worth.
SUFFIXES: dict[str, int] = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}
#: Those that are seldom sizes.
LARGE = frozenset("GBT")
#: The same in powers of 1024.
BINARY: dict[str, int] = {f"{p}i": 1024**n for n, p in enumerate("KMGT", start=1)}
#: Words have vowels, runs of symbols in capitals such as NHWO may.
VOWEL = regex(r"[aeiouy]")
#: What may stand before a unit: PFLOPs.
PREFIXES: dict[str, int] = SUFFIXES | {"P": 10**15, "E": 10**18, "Z": 10**21}
#: Units of memory: the prefixes with an i are powers of 1024.
BYTES: dict[str, int] = {
    "kB": 10**3,
    **{f"{prefix}B": 1000**power for power, prefix in enumerate("KMGTP", start=1)},
    **{f"{prefix}iB": 1024**power for power, prefix in enumerate("KMGTP", start=1)},
    **{f"{prefix}o": 1000**power for power, prefix in enumerate("KMG", start=1)},
}
_DECIMAL, _BINARY = "kilo mega giga tera peta".split(), "kibi mebi gibi tebi pebi".split()
#: Units of memory in other scripts, and what may stand before them.
_PREFIXED = {
    "б": "к м г т",
    "байт": "кило мега гига тера",
    "字节": "千 兆 吉 太",
    "バイト": "キロ メガ ギガ テラ",
    "바이트": "킬로 메가 기가 테라",
}
#: The same in words.
SCALES: dict[str, int] = {
    **dict.fromkeys(
        "thousand thousands mille mila tausend tsd тыс тысяч тысячи 千 천".split(), 10**3
    ),
    **dict.fromkeys(
        "million millions mio millionen millón millones milhão milhões milione milioni миллион "
        "миллиона миллионов млн juta triệu 百万 백만".split(),
        10**6,
    ),
    **dict.fromkeys(
        "billion billions mrd milliard milliards milliarde milliarden miliardo miliardi bilhão "
        "bilhões миллиард миллиарда миллиардов млрд miliar".split(),
        10**9,
    ),
    **dict.fromkeys("万 萬 만".split(), 10**4),
    **dict.fromkeys("亿 億 억".split(), 10**8),
    "hundred": 10**2,
    "tsd": 10**3,
    "lakh": 10**5,
    "trillion": 10**12,
    **dict.fromkeys(("crore", "千万"), 10**7),
    **{f"{p}{s}": 1000**n for s in ("", "byte", "bytes") for n, p in enumerate(_DECIMAL, start=1)},
    **{
        f"{p}{byte}": 1000**n
        for byte, prefixes in _PREFIXED.items()
        for n, p in enumerate(prefixes.split(), start=1)
    },
    **{f"{p}byte{s}": 1024**n for s in ("", "s") for n, p in enumerate(_BINARY, start=1)},
}
#: Those of other scripts, the longest first.
SCRIPT_SCALES = tuple(sorted((w for w in SCALES if not w.isascii()), key=len, reverse=True))
