"""Words that speak of an amount, a factor, a comparison or a change: no remark says so.

A remark that is left out must not change the value of what stands beside it. What is set apart and
has none of these words in it is neutral; what stands beside a formula without a sign is refused
without asking here.
"""

from __future__ import annotations

from closedform.later import regex

#: By language; a word with a hyphen at its end stands for all words that begin so.
_WORDS = """
en half halv- twice thrice doubl- tripl- quadrupl- quarter- third thirds fourth fifth sixth
   eighth tenth two three four five six seven eight nine ten dozen- hundred- thousand- million-
   billion- trillion- per every each both times fold squar- cubed cube cubic root roots power
   powers log logarit- plus minus divid- multipl- less more fewer greater smaller larger lower
   higher than most least under below above exceed- maximum minimum max min increas- decreas-
   reduc- grow- shrink- sav- percent- permille- promille- fraction- ratio- factor- proportion- not
   never averag- doubled scaled portion share difference remain- rest except times raised mod
   modulo summed extra additional etc worst best pair- couple truncat- amorti- invers-
   reciproc- relativ-
   normalized normalised negativ- db cumul- accumul- overhead excess marginal median avg gross
   repeat- duplicat- replicat- mirror- shard- split across negat- complement leftover speedup-
   accelerat- improv- drop cut added adding cubes exponential- logs several many lot beyond bigger
   over padded aligned wrong wrongly incorrect incorrectly erroneous false untrue unequal
   ceiling ceil floor sqrt rooted missing remov- delet- prun- partial- partly sparsity ki pct
   kilo mega giga tera speed-up almost nearly barely hardly
   bound bounds upper limit- rounded subtract- twin twins quad quads opposite invert- insert-
   exponent differ- surpass- outnumber- approach- misses loses another scales falls lies short
   ppm copies mistake- incomplet-
de hälfte halb- halbier- doppelt- verdoppel- zweifach- dreifach- vierfach- zwei drei vier fünf
   zehn mal pro je jede- weniger mehr kleiner größer mindestens höchstens drittel viertel
   geteilt durch nicht prozent tausend- million- milliarde- quadrat- wurzel maximal minimal
   anteil durchschnitt- mittel mittelwert- gemittelt kumulier- außer ausgenommen kehrwert
   differenz ersparnis einspar- reduktion über unter bis falsch dutzend- quadriert gerundet
   aufgerundet abgerundet
fr moitié- demi- doubl- tripl- quadrupl- fois par chaque chacun- moins plus inférieur-
   supérieur- tiers quart racine carré- cube divis- multipli- pas milliers millions milliards
   pourcent- cent deux trois quatre cinq dix mille moyenne pire sauf hormis excepté écart
   différence- rapport économi- réduction- delà jusqu faux douzaine-
es mitad medio media doble triple veces vez por cada menos más mas menor mayor tercio tercera
   cuarta cuarto raíz cuadrad- dividid- multiplicad- millones miles mil máximo mínimo dos tres
   cuatro promedio peor acumulad- duplicad- salvo diferencia- ahorro- superior- inferior- hasta
   redondead- docena- excepto falso
pt metade meio dobro triplo vezes por cada menos mais menor maior terço quarto raiz quadrado
   dividid- multiplicad- milhões milhares máximo mínimo não dois duas três média dobrad- exceto
   diferença- redução- acima abaixo até arredondad- dúzia-
it metà mezzo doppi- tripl- volte per ogni ciascun- meno più minore maggiore terzo quarto radice
   quadrat- divis- moltiplicat- milioni migliaia massimo minimo non tre raddoppia- tranne eccetto
   differenz- rapporto risparmi- riduzion- sopra sotto fino arrotondat- dozzin- strati
nl helft half halve dubbel- keer maal per elk- minder meer kleiner groter derde kwart wortel
   kwadraat gedeeld niet miljoen- procent- duizend twee drie
pl połow- połowę pół podwójn- dwukrotn- trzykrotn- razy na każd- mniej więcej niż trzecia
   pierwiastek nie milion- tysi- dwa trzy
ru половин- пол вдвое дважды втрое трижды удво- утро- раз раза на каждый каждую каждого меньше
   больше менее более чем не ниже выше треть трети четверть корень квадрат- делен- поделён-
   умнож- миллион- тысяч- миллиард- минус плюс максимум минимум процент- два две три среднем средне-
   накоплен- кроме исключ- логарифм- обратн- разност- отношен- экономи- сокращен- свыше до неверно
   кажд- крайней делённ- дюжин- округл- дели- снижен- уменьшен-
uk половин- вдвічі двічі утричі раз разів на кожен менше більше ніж третина чверть не мільйон-
sv hälft- halva dubbl- gånger per varje mindre mer än tredjedel- halvdelen dobbelt- gange hver
   mere enn ganger roten helften tusen
cs polovin- dvojnásob- krát na každý méně více než třetina
fi puolet puoli kaksinkertai- kertaa jokai- vähemmän enemmän kuin kolmasosa
hu százalék- ezer fele felét kétszer- háromszor- minden kevesebb több mint harmada
ro jumătate dublu- ori pe fiecare puțin mult decât treime
tr yüzde yarısı yarım iki üç kat katı kere başına her az fazla daha üçte çeyrek değil milyon-
vi nửa gấp lần mỗi ít nhiều hơn nhỏ lớn triệu nghìn
id setengah separuh dua tiga kali lipat per setiap kurang lebih sepertiga juta ribu
el μισό μισά μισή διπλάσι- φορές ανά κάθε λιγότερο περισσότερο
ar نصف ضعف مرات لكل أقل أكثر ثلث
he חצי כפול פעמים לכל פחות יותר
fa نیم نصف برابر هر کمتر بیشتر
hi आधा आधे दोगुना गुना प्रति कम अधिक तिहाई
ko 두 세 네 다섯 더 덜 반 배 각
"""
#: What stands inside the words of scripts that set no spaces between them.
_PARTS = regex(
    "倍|半|分之|两|兩|二|三|四|五|六|七|八|九|十|百|千|万|萬|亿|億|兆|每|毎|各|乘|除以|加上|减|減|以下|以上|以内|以外"
    "|小于|大于|少于|多于|小於|大於|不到|超过|超過|超え|未満|未满|より|至多|至少|最多|最少|最大|最小|不足|平方|立方|根号"
    "|翻|累计|累計|均值|重复|外加|相加|相除|开方|余数|相反|(?<![残殘方])差(?!分卷)|增量|节省|省下|降低|不等|错误|之外|若干"
    "|单[个個]?(?:[头頭层卡组])|所有层|全部层|ずつ|当たり|引く|足す|節約|超(?!解像)|まで|ではあり|でない|でなく|層分|全層|增加|減少|减少|増加|占|比|折|成|不是|并非|次方|二乗|ごと|あたり|割|掛け|引い|足し|平均|ではない|じゃない"
    "|取整|对数|対数|倒数|逆数|再加|另加|单位|單位|归一|負の"
    "|퍼센트|パーセント|절반|배(?![치열])|당(?![가-힣])|마다|미만|이하|이상|초과|보다|곱|나눈|나누|더한|더하|빼|뺀|제곱|최대|최소|분의|만(?![가-힣])|억|백만|아닌|아니|아닙|누적|차이|비율|절약|감소|까지|모든|평균|로그|역수"
    "|ครึ่ง|เท่า|ต่อ|น้อยกว่า|มากกว่า"
)
#: Names of things in which such a sign says nothing of the kind.
_NAMES = regex(
    "(?:比值|比例|压缩比)(?=[为是]$)|합성곱|最大池化|平均池化|最大プーリング|平均プーリング|二维|三维|二次元|三次元|乘加|乘法|乗算|加法|乘累加|積和"
    "|三角|比如|比较|[写看变换]成|成分|构成|構成|生成|组成|組成|(?:批|层|組|组|实例)归一化"
    r"|max[- ]?pool\w*|min[- ]?pool\w*|(?:average|avg)[- ]?pool\w*"
    r"|global average\w*|mean[- ]pool\w*"
    r"|multipl(?:y|ies|ications?)\b|multiply-\w+"
    r"|(?:half|demi|halbe)[- ](?:pr[eé]cision|genauigkeit)|半精度"
    r"|one bias (?:per|for each) (?:filter|kernel|neuron|unit|(?:output )?channel|output)\b"
    r"|\bw/o?(?=\s)|not (?:count(?:ed|ing)|trained|learned|grouped|included|used|needed|depend)\b"
    r"|(?:see|cf\.?|as) (?:above|below)\b|square (?:kernel|filter|window|conv\w*|input|image)"
    r"|(?:exclud|neglect|omit)\w+ (?:the )?(?:bias(?:es)?|bn|batch[- ]?norm\w*|activations?)\b"
    r"|\b(?:bias(?:es)?|bn|batch[- ]?norm\w*) (?:is |are |not )?(?:exclud|includ)ed\b"
)
#: What layers are made of, as a pattern: so much for each of them is no cost of the whole.
PIECES = "head|group|gate|expert|filter|kernel|channel|neuron|token|position|pixel"
#: One more thing, all of some, and a scale: (and BN), for all heads, in K.
_MORE = regex(
    r"\A\W*(?:(?:and|und|et|y|e|и)\s|以及|及|和|および|및)\s*[^\s,;]+(?:\s+[^\s,;]+)?\W*\Z"
    r"|\bfor all\b|\bin [kmgbt]\b"
)
#: What no single word says: a mean, a part of it, all layers, 3 layers, without a symbol.
_PHRASES = regex(
    r"\A\W*mean\W*\Z|\bmean (?:params|parameters|flops|macs|weights|cost)\b|\bno (?:es|son)\b"
    r"|\b(?:part|some|none|one) of\b|\bin part\b"
    r"|\A\W*(?:one|(?:a )?single) (?:head|gate|group|expert|filter|kernel|channel|neuron"
    r"|token)\W*\Z"
    r"|\b(?:by|subtract\w*|add\w*|less) one\W*\Z|\bone \w+ (?:short|less|fewer|too many)\b"
    r"|\bno longer\b|\bsame (?:for|with|again)\b"
    r"|\A\W*(?:first|second|third|last|other) (?:term|factor|summand)\W*\Z|\bterm omitted\b"
    r"|\b(?:exclud\w+|except|without) the (?:first|last)\b"
    r"|\A\W*(?:gate|up|down)(?:_proj)? ?(?:and|[+&,]) ?(?:gate|up|down)\W*\Z"
    r"|\bup to\b|\b(?:all|everything|nothing) but\b|n ?['’] ?t\b"
    r"|\bfor (?:one|a single)\b"
    r"|\b(?:for|on|of|to|versus) \d+(?!\s*[x×*·\d.,])"
    r"|\b(?:all|toutes les|todas l?as|tutti gli|alle|все) (?:layers|heads|groups|blocks|experts"
    r"|gpus|devices|couches|camadas|capas|strati|schichten|слои)\b"
    r"|\b(?:by|over|without|no|excluding|including|excl\.?|incl\.?|ignoring|omitting|neglecting|add"
    r"|adding|versus|vs|ohne|sans|sin|sem|senza|без)(?: the)? [b-hj-z](?:_\w+)?(?!\w)"
    r"|(?<![\w.,×-])(?<!table )(?<!figure )(?<!section )(?<!layer )(?<!stage )(?<!block )(?<!step )"
    r"(?:[2-9]|\d\d+) (?!weights|param|ops\b|operations|flops|macs|elements|bytes|bits)"
    r"[a-z]{2,}[^\W_aisu]s\b"
    r"|(?<!第)(?<!第 )(?<!\d)(?:[2-9]|\d\d+) ?[层層组組块塊台枚층]"
)
#: Signs that compute, in words: ×2, 2x, + N, /GPU, g = 2; the sizes 3×3 are none.
_SIGNED = regex(r"[*×÷^+±=≤≥<>/−]\s*(?:\d|[a-z]\b)|(?<![\w/])/\s*\w|\d\s*[x×*](?!\w)|(?<!\w)x\s?\d")
_SIZES = regex(r"\d+(?:\s*[x×*]\s*\d+)+")
#: So many of something: 3 layers, and no 3x3 conv.
_COUNTED = regex(r"(?<![\dx×.,])\d+(?:[.,]\d+)?\s+[^\W\d_]{2}")
#: One of several, or how many, before what there are so many of.
_EACH = regex(
    r"\b(?:per|each|every|one|an?|single|pro|je|jede\w*|par|chaque|por|cada|[1-9]\d*|two|three|four"
    r"|zwei|drei|vier|deux|trois|quatre|dos)[\s~-]+(?=[^\W\d_]{2})|[每各两]|あたり|当たり|ごと"
)
_WORD = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LISTED = {word for line in _WORDS.strip().splitlines() for word in line[3:].split()}
_WHOLE = frozenset(word for word in _LISTED if not word.endswith("-"))
_STEMS = tuple(word[:-1] for word in _LISTED if word.endswith("-"))
_SUFFIXES = ("-fold", "fold", "fach", "fache", "кратн", "mal")


def speaks_of_more(written: str) -> bool:
    """Whether a whole remark adds something, or says of how many or in which scale.

    >>> [speaks_of_more(words) for words in ("and BN", "for all heads", "in K", "kernel and bias")]
    [True, True, True, False]
    """
    lowered = written.lower()
    return speaks_in_several_words(lowered) or _MORE.search(lowered) is not None


def names_part(written: str) -> bool:
    """Whether words may say what a factor or term is: each of several, or so many things.

    >>> [names_part(words) for words in ("per output", "two layer norms", "twice", "half of it")]
    [True, True, False, False]
    """
    return not speaks_of_amount(_EACH.sub(" ", _SIZES.sub(" ", written.lower())))


def speaks_in_several_words(written: str) -> bool:
    """Whether words say so only side by side: up to, all but, without N."""
    return _PHRASES.search(written.lower()) is not None


def speaks_of_amount(written: str) -> bool:
    """Whether words say how much, how often, more or less, or that something is not so.

    >>> [speaks_of_amount(words) for words in ("bias", "per group", "的一半", "偏置")]
    [False, True, True, False]
    """
    lowered = _NAMES.sub(" ", written.lower())
    signed = _SIGNED.search(_SIZES.sub(" ", lowered))
    if "%" in lowered or _COUNTED.search(lowered) or signed or _PHRASES.search(lowered):
        return True
    if not lowered.isascii() and _PARTS.search(lowered):
        return True
    for word in _WORD.findall(lowered):
        parts = {word, *word.split("-")}
        if any(p in _WHOLE or p.startswith(_STEMS) for p in parts):
            return True
        if len(word) > 5 and word.endswith(_SUFFIXES):
            return True
    return False
