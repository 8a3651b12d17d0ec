"""The commands of LaTeX, as tables: what each one is, or why it is refused."""

from __future__ import annotations

#: Commands that are signs.
COMMANDS: dict[str, str] = {
    **dict.fromkeys(("times", "cdot", "ast", "bullet", "cdotp", "star", "centerdot", "*"), "TIMES"),
    **dict.fromkeys("div slash".split(), "DIVIDE"),
    **dict.fromkeys("le leq leqslant leqq lesssim".split(), "ATMOST"),
    **dict.fromkeys("ge geq geqslant geqq gtrsim".split(), "ATLEAST"),
    **dict.fromkeys("approx simeq cong approxeq thickapprox sim".split(), "ABOUT"),
    "lt": "LESS",
    "gt": "MORE",
    **dict.fromkeys(
        "equiv coloneqq coloneq colonequals triangleq doteq eqdef defeq".split(), "EQUALS"
    ),
    "lfloor": "LFLOOR",
    "rfloor": "RFLOOR",
    "lceil": "LCEIL",
    "rceil": "RCEIL",
    **dict.fromkeys("mid vert".split(), "BAR"),
    "lvert": "LBAR",
    "rvert": "RBAR",
    **dict.fromkeys(("|", "Vert", "lVert", "rVert"), "NORM"),
    **dict.fromkeys("ldots dots cdots dotsc dotsb".split(), "DOTS"),
    **dict.fromkeys("colon vcentcolon".split(), "COLON"),
}
OPENING: dict[str, str] = {"{": "curly", "lbrace": "curly", "lbrack": "square", "lparen": "round"}
CLOSING: dict[str, str] = {"}": "curly", "rbrace": "curly", "rbrack": "square", "rparen": "round"}

#: What says of a bar behind it on which side of a pair it stands.
SIDED: dict[str, str] = {
    **dict.fromkeys("left bigl Bigl biggl Biggl".split(), "LBAR"),
    **dict.fromkeys("right bigr Bigr biggr Biggr".split(), "RBAR"),
}
#: Commands that change how things look and not what they say.
IGNORED = frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm "
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag "
    ", ; : ! > / - thinspace medspace thickspace negthinspace enspace noindent centering "
    "allowbreak nobreak blacksquare square Box qed qedhere "
    "mathstrut strut ( ) [ ] rm bf it sf tt cal normalsize small "
    "footnotesize scriptsize tiny relax IEEEyesnumber IEEEnonumber IEEEyessubnumber".split()
) | {" ", "\n", "\t"}
#: Ignored together with their argument in braces.
IGNORED_ARGUMENT = frozenset(
    "label tag ref eqref cref Cref autoref cite citep citet citealp color vspace hspace mspace "
    "phantom vphantom hphantom intertext mathchoice".split()
)
#: Ignored together with the length behind them: ``\\kern1pt``.
IGNORED_LENGTH = frozenset("kern mkern hskip mskip".split())
#: From here to the end of the display stands the number of the equation.
EQUATION_NUMBERS = frozenset(["eqno", "leqno"])
#: Wide spaces: what comes after one may be prose.
GAPS = frozenset("quad qquad newline hfill therefore because".split())
#: Letters in another face: the argument is a name or a word.
FACES = frozenset(
    "mathrm mathit mathbf mathsf mathtt mathcal mathbb mathscr mathfrak mathds mathbbm pmb "
    "boldsymbol bm bold "
    "operatorname mathnormal".split()
)
#: Faces in which a letter is another thing than the plain one beside it.
DISTINCT_FACES = frozenset(
    "mathcal mathbb mathscr mathfrak mathds mathbbm mathbf pmb boldsymbol bm bold".split()
)
#: Old font switches: the rest of the group is in that face.
SWITCHES = frozenset("rm bf it sf tt cal".split())
TEXTS = frozenset(
    "text textrm textit textbf textsf texttt textnormal textsc mbox hbox textup".split()
)
#: What has one formula above another, and the token it is.
FRACTIONS: dict[str, str] = {
    **dict.fromkeys("frac dfrac tfrac cfrac sfrac nicefrac".split(), "FRACTION"),
    **dict.fromkeys("binom dbinom tbinom".split(), "BINOMIAL"),
}
WRAPPERS = frozenset(
    "boxed mathord mathop mathbin mathrel mathinner mathopen mathclose ensuremath fbox "
    "smash".split()
)
#: Braces over and under a part of a formula, and what each says with ``_`` or ``^``.
BRACES = frozenset("underbrace overbrace underbracket overbracket".split())
#: The first argument says how to show the second, or stands over or under it.
COLOURS = frozenset(["textcolor", "colorbox"])
SHOWN_WITH = COLOURS | {"stackrel", "overset", "underset"}
#: Numbers with a unit, as siunitx writes them, and its names of prefixes and units.
QUANTITIES = frozenset(["SI", "qty"])
UNITS: dict[str, str] = dict(
    pair.split(":")
    for pair in (
        "kilo:k mega:M giga:G tera:T peta:P exa:E zetta:Z kibi:Ki mebi:Mi gibi:Gi tebi:Ti "
        "byte:B bit:bit"
    ).split()
)
#: Environments whose contents are formulas, row by row.
ENVIRONMENTS = frozenset(
    "equation align aligned gather gathered multline split eqnarray displaymath math alignat "
    "alignedat flalign subequations array dmath IEEEeqnarray".split()
)

#: Commands that are understood and are no part of the language.
REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        "int iint oint lim partial nabla infty".split(),
        ("there is no calculus in this language", "write a formula in + - * / ^, floor, log, sum"),
    ),
    "choose": (r"\choose splits a group in braces", r"write {n \choose 2}, or \binom{n}{2}"),
    **dict.fromkeys(
        "ne neq not propto ll gg in subset to rightarrow Rightarrow longrightarrow "
        "Longrightarrow implies iff Leftrightarrow mapsto asymp".split(),
        ("this is no relation of the language", "write one of = < <= > >= ≈"),
    ),
    **dict.fromkeys(
        "pm mp oplus otimes odot circledast cup cap wedge vee".split(),
        ("this is no operator of the language", "write one of + - * / ^"),
    ),
    **dict.fromkeys(
        "sin cos tan exp tanh lg gcd det dim Pr arg sup inf deg".split(),
        ("this is no function of the language", "known: floor ceil sqrt log min max sum"),
    ),
    **dict.fromkeys(
        "cancel bcancel xcancel cancelto sout st xout hcancel".split(),
        ("what is struck out may be there or not", "write the formula without it"),
    ),
    **dict.fromkeys(
        "forall exists".split(),
        ("quantifiers are not part of the language", "write the conditions after where"),
    ),
    "over": (r"\over outside of braces has no two sides", r"write \frac{a}{b}"),
    "atop": (r"\atop is not read here", r"write \frac{a}{b}"),
}
