"""Reduce a place name to the keys by which it is compared: letters, sound and consonants.

Three keys, each coarser than the one before:

- ``fold``: the letters alone. Case, accents, apostrophes, hyphens and spaces are gone; Cyrillic is romanised; the
  Arabic script stays, with one letter for each of its look-alikes.
- ``sound``: one spelling for what romanisations of Persian, Pashto, Urdu, Uzbek, Turkmen, Tajik and Russian write in
  several ways (o/u, e/i, w/v, ow/aw, kh/x, gh/g, q/k, zh/j, iy/y, doubled letters, silent h, ezafe).
- ``consonants``: ``sound`` without its vowels and with b for v. It identifies a name only with other evidence.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

#: Longest text read as a place name, in characters; longer text is prose.
MAX_LENGTH = 400

# Romanisation of Cyrillic, close to BGN/PCGN; signs without a sound are dropped.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "қ": "q", "ғ": "gh", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ў": "o", "ә": "a", "ө": "o", "ү": "u",
    "ұ": "u", "ң": "ng", "һ": "h", "і": "i", "ї": "i", "є": "e", "ҡ": "q", "ҙ": "z", "ҫ": "s", "җ": "j", "ӏ": "",
    "ӧ": "o", "ӱ": "u", "ӑ": "a", "ӗ": "e", "ҥ": "ng", "ҕ": "gh", "ӈ": "n", "ӓ": "a", "ӹ": "y", "ӝ": "j", "ӟ": "z",
}  # fmt: skip
# Latin letters whose diacritic changes the sound; stripping it would lose the distinction.
_LATIN = {
    "ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ğ": "gh", "ġ": "gh", "ə": "a", "ı": "i",
    "ý": "y", "ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ŋ": "ng", "ɣ": "gh",
}  # fmt: skip
# One letter for each group of Arabic-script letters that keyboards and alphabets interchange.
_ARABIC = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی", "ۓ": "ی", "ێ": "ی", "ك": "ک", "ګ": "گ",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ۂ": "ه", "ۃ": "ه", "ھ": "ه", "ە": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ؤ": "و", "ۇ": "و", "ۆ": "و", "ء": "", "ـ": "", "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر",
    "ڼ": "ن", "ں": "ن",
}  # fmt: skip
_QUOTES = dict.fromkeys("‘’ʻʼ'`´ʹʿʾ′ˈ\"“”«»„ʺˮ", "")
_LETTERS = str.maketrans(_CYRILLIC | _LATIN | _ARABIC | _QUOTES | {"&": " and "})
_NOT_WORD = re.compile(r"[\W_]+")

# Joining words in names, optional in spelling: the Persian ezafe and "and".
_JOINTS = frozenset(["e", "i", "ye", "yi", "va", "wa", "o", "and"])

# Digraphs first become one sign each, so that the rules after them see one letter for one sound.
# Capitals are those signs: X = kh, G = gh, S = sh, C = ch, J = zh/j/dzh, T = ts. Names are heard line by line.
_SOUND_RULES = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"(?<=sk)ij$", "i"), (r"shch|sch", "S"), (r"tch|tsch|ch", "C"), (r"sh", "S"), (r"kh|x", "X"), (r"gh", "G"),
        (r"dzh|dj|zh|j", "J"), (r"ts|tz", "T"), (r"ck|q|c", "k"), (r"ph", "f"), (r"G", "g"), (r"w", "v"),
        (r"oo|ou|uu", "u"), (r"ee", "i"),
        # jowzjan, jawzjan, nowshera: a diphthong, not a consonant
        (r"(?<=[aou])v(?=[^aeiouyv]|$)", "u"), (r"[ao]u|o", "u"),
        (r"iyy|iy|yy", "i"), (r"[ae]+y(?=[^aeu]|$)|[ae]+i", "i"),
        # paktya = paktia; mary, yylanly
        (r"(?<=[^aeiu\n])y(?=[aeu])|(?<=[^aeiu\n])y(?=[^aeiu]|$)", "i"), (r"ye|yi|ie|e", "i"),
        # sindh = sind; shahr = shar; farah = fara
        (r"(?<=[bdptgCJS])h|(?<=[aiu])h(?=[^aiu]|$)", ""), (r"(.)\1+", r"\1"),
        # chahar burjak = charburjak
        (r"^C[aiu]h[aiu]r", "Car"),
    )
)  # fmt: skip
# Consonants of the Arabic script in phonetic keys; signs that may stand for a vowel (و ی ا ه ع ح) are dropped.
_ABJAD = str.maketrans(
    dict(zip("بپتطثسصجژچخښدذزضظځڅرشغگفقکلمن", "bpttsssJJCXSdzzzzzTrSggfkklmn", strict=True))
    | dict.fromkeys("وایهحع", "")
)
# What the letters that may stand for a vowel can be in a sound key, after an unwritten short vowel; the others are
# consonants. A final he is -a or -eh.
_VOWEL_LETTERS = {"و": "[uv][uv]?", "ی": "[iy]", "ا": "[au]", "ه": "h?", "ح": "h?", "ع": ""}
_UNWRITTEN = re.compile(r"[aiuyvh]")
# The same letters, long vowels included, for names of which the long vowels are known. A consonant of Arabic that the
# region does not hear apart is the one that it hears: s for se and sad.
_WRITTEN_ARABIC = str.maketrans(
    dict(zip("بپتطثسصجژچخښدذزضظځڅرشغگفقکلمن", "bpttsssJJCXSdzzzzzTrSggfkklmn", strict=True))
    | {"و": "W", "ی": "Y", "ا": "A", "ه": "h", "ح": "h", "ع": ""}
)
_LONG_VOWELS = str.maketrans("āīēūōáý", "AYYWWYY")
_LONG_VOWEL = re.compile("[āīēūōĀĪĒŪŌá]")
_WRITTEN_DIGRAPHS = (("kh", "X"), ("gh", "g"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("ts", "T"), ("dz", "z"))
_WRITTEN_LATIN = str.maketrans("qjvwyx", "kJWWYX")
# "Deh-e Now" is written without its ezafe.
_EZAFE = frozenset(["e", "i", "ye", "yi"])
_ADJECTIVE = re.compile(r"sk(?:iy|yy|ij|ii|i|y|aya|aja|oye|oe)$")
_INFIX = re.compile(r"(?:in|ov|ev|n)$")
# "Lajah Ahmad" = "Laja Ahmad", but "Shah Abad" = "Shahabad".
_SILENT = re.compile(r"(?<=..[ae])h$(?<!shah)")
_VOWELS = re.compile(r"(?<!^)[aiuy]")


def tokens(text: str) -> list[str]:
    """Return the words of a name, lower case, without accents, in Latin or Arabic letters.

    >>> tokens("Sar-e  Pōl Wilāyat"), tokens("Московская область")
    (['sar', 'e', 'pol', 'wilayat'], ['moskovskaya', 'oblast'])
    """
    text = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold().translate(_LETTERS)
    if not text.isascii():
        # Marks go after the letters that carry their own are spelled out; format characters (bidi, joiners) part words.
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me")).translate(_LETTERS)
    return _NOT_WORD.sub(" ", text).split()


def fold(words: list[str] | str) -> str:
    """Return the letters of a name, given as text or as ``tokens``, without spaces."""
    return "".join(tokens(words) if isinstance(words, str) else words)


def phonetic_keys(words: list[str] | str) -> list[str]:
    """Return the phonetic keys of a name: without its joining words and, if different, with them.

    >>> phonetic_keys("Sar-e Pol"), phonetic_keys("Sari Pul"), phonetic_keys("Jowzjān") == phonetic_keys("Jawzjan")
    (['sarpul', 'saripul'], ['saripul'], True)
    """
    return list(_sounds(tuple(tokens(words) if isinstance(words, str) else words)))


@lru_cache(maxsize=65536)
def _sounds(words: tuple[str, ...]) -> tuple[str, ...]:
    return phonetic_keys_of_all([words])[0]


def phonetic_keys_of_all(names: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the phonetic keys of many names, each given as ``tokens``; many times faster than one by one."""
    spoken = [_spoken(words) for words in names]
    letters = list(dict.fromkeys(form for forms in spoken for form in forms))
    heard = "\n".join(letters)
    for pattern, replacement in _SOUND_RULES:
        heard = pattern.sub(replacement, heard)
    keys = dict(zip(letters, heard.split("\n"), strict=True)) if letters else {}
    return [tuple(dict.fromkeys(keys[form] for form in forms if keys[form])) for forms in spoken]


def _spoken(words: Sequence[str]) -> list[str]:
    """Return the letters of a name for each way of joining its words."""
    bare = [word for word in words if word not in _JOINTS]
    forms = ["".join(bare)] if bare else []
    if len(bare) < len(words):
        forms.append("".join(words))
    if any(_SILENT.search(word) for word in bare[:-1]):
        forms.append("".join(_SILENT.sub("", word) for word in bare))
    return forms


@lru_cache(maxsize=65536)
def consonant_skeleton(sound: str) -> str:
    """Return a phonetic key without vowels, except a leading vowel.

    >>> consonant_skeleton(phonetic_keys("Nuristan")[0]), consonant_skeleton(phonetic_keys("Uruzgan")[0])
    ('nrstn', 'urzgn')
    """
    return _VOWELS.sub("", sound).replace("v", "b")


def stem_adjective(words: list[str]) -> list[str]:
    """Return the names from which a Russian adjective may be derived, most likely first; empty for other words.

    >>> stem_adjective(["khivinskiy"])
    ['khivin', 'khivina', 'khiv', 'khiva', 'khivi']
    """
    stem = _ADJECTIVE.sub("", fold(words))
    if stem == fold(words) or len(stem) < 4:
        return []
    short = _INFIX.sub("", stem)
    return [stem, stem + "a", *(short + end for end in ("", "a", "i") if short != stem)]


def arabic_skeleton(key: str) -> str:
    """Return the consonants that Arabic script always writes, of a folded name or a phonetic key.

    >>> arabic_skeleton("زابل"), arabic_skeleton(phonetic_keys("Zabul")[0])
    ('zbl', 'zbl')
    """
    return re.sub(r"(.)\1+", r"\1", _UNWRITTEN.sub("", key.translate(_ABJAD)))


@lru_cache(maxsize=4096)
def arabic_pattern(key: str) -> re.Pattern[str]:
    """Return a pattern matching the phonetic keys of names that a folded name in Arabic script may spell.

    Short vowels are not written, long ones are: "کوهات" is Kohat, not Naukot.

    >>> bool(arabic_pattern("کوهات").fullmatch(phonetic_keys("Kohat")[0]))
    True
    >>> bool(arabic_pattern("کهات").fullmatch(phonetic_keys("Kohat")[0]))
    True
    >>> bool(arabic_pattern("کاهات").fullmatch(phonetic_keys("Kohit")[0]))
    False
    """
    letters = re.sub(r"(.)\1+", r"\1", key)
    body = letters[:-1] if len(letters) > 1 and letters.endswith("ه") else letters
    # A vowel at the beginning rests on an alif, one at the end is always written.
    start, body = ("[aiu]?", body[1:]) if body.startswith("ا") else ("", body)
    signs = (_VOWEL_LETTERS.get(letter, re.escape(letter.translate(_ABJAD))) for letter in body)
    return re.compile(start + "[aiu]?".join(signs) + ("[aiu]?h?" if letters.endswith("ه") else ""))


def written_letters(name: str, skipped: Container[str] = ()) -> str:
    """Return the letters with which Arabic script writes a romanised name that marks its long vowels, or one in it.

    Long vowels are letters, short ones are not written unless they begin a word: a name is spelled in one way but for
    letters of one sound. Empty for a name without marks. ``skipped`` are words to leave out.

    >>> written_letters("Ābādān"), written_letters("آبادان"), written_letters("آبدان"), written_letters("Abadan")
    ('AbAdAn', 'AbAdAn', 'AbdAn', '')
    """
    if is_arabic(name):
        return _once(fold([word for word in tokens(name) if word not in skipped]).translate(_WRITTEN_ARABIC))
    if not _LONG_VOWEL.search(unicodedata.normalize("NFC", name)):
        return ""
    words = [w for w in re.split(r"[\s-]+", name) if not any(t in _EZAFE or t in skipped for t in tokens(w))]
    return _once("".join(map(_written_word, words)))


def _written_word(word: str) -> str:
    """Return the letters of one romanised word; a vowel that begins it rests on an alif, but on an ain after a sign."""
    text = unicodedata.normalize("NFC", word).casefold().translate(_LONG_VOWELS)
    if text[:1] in "aeiouYW":
        text = "A" + text
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")
    for digraph, sign in _WRITTEN_DIGRAPHS:
        text = text.replace(digraph, sign)
    return re.sub(r"[^AYWa-zXGSCJT]|[aeiou]", "", text.translate(_WRITTEN_LATIN))


def _once(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", letters)


def is_arabic(key: str) -> bool:
    """Return whether a folded name is in Arabic script."""
    return any("\u0600" <= letter <= "\u06ff" for letter in key)
