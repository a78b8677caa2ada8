"""Danish words as the search sees them: cut from text, folded, stemmed, taken apart.

The search's script does the same to what a reader types; the rules that both need are data
here (`RULES`) and travel to the browser with the index.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cache

# People type æ, ø and å as they can: one spelling for all of them.
FOLDS = (("æ", "ae"), ("oe", "o"), ("ø", "o"), ("ö", "o"), ("aa", "a"), ("å", "a"), ("ä", "ae"))
# Endings, longest first: the inflections of Snowball's Danish stemmer, and the commonest that
# make a noun of a verb, so that «rådgive» and «rådgivning» meet.
ENDINGS = tuple(
    sorted(
        """
        iteterne iteternes iteten itetens iteter iteters itet itets
        hederne hedernes heden hedens heder heders hed heds
        elserne elsernes elsen elsens elser elsers else elses
        ingerne ingernes ingen ingens inger ingers ing ings
        erendes erende erede erens erets eren eret erer ernes erne eres ere ers er
        endes ende enes ene ens en edes ede ets et es e s
        """.split(),
        key=lambda ending: (-len(ending), ending),
    )
)
NEUTER = ("igt", "alt", "elt", "skt")  # adjectives whose last letter is an ending
SHORTEST = 3  # letters of a stem, one of them a vowel
VOWELS = "aeiouy"
# Words that carry no meaning of their own; they count in titles only.
STOP_WORDS = frozenset(
    """
    ad af alle alt altid anden andet andre at av bare blev blive bliver da de dem den denne der
    deres det dette dig din dine disse dit dog du efter eller en end er et for fordi fra få får
    gerne giv give giver gjaldt gælde gælder gå går gør gøre ham han hans har have hele helt hen
    hende hendes her hjem hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvornår
    hvorfor i igen ikke ind ingen ja jeg jer jeres jo kan kom komme kommer kunne lidt man mange med
    meget men mere mig min mine mit mod mon må ned nej nogen noget nogle nok nu ny når og også om
    op os over på sammen samt selv sig sin sine sit skal skulle snart som stå står sådan så tage
    tager til ud uden under var ved vi vil ville vor vores være været
    """.split()
)
JOINTS = ("s", "e", "")  # what Danish puts between the parts of a compound
SHORTEST_PART = 3
# Endings and prefixes that are words as well, in other places: «borg-erne», «for-ælder».
NO_PARTS = STOP_WORDS.union(
    ENDINGS,
    "lig lige ligt fuld fulde fuldt nede rede ring som skab".split(),
    "an be bi efter for fore forud frem gen gennem hen igen ind mis om til und vel".split(),
)
# How text is cut into words. «@» stands for a letter or a digit of any language, which Python and
# browsers write differently.
_SECTION = r"\d+(?:\s?[a-z](?!@))?"
PATTERNS = {
    "section": _SECTION,  # of an act
    "legal": rf"§+\s*({_SECTION}(?:\s*(?:,|/|–|-|og|eller|til)\s*{_SECTION})*)",
    "paragraph": r"(?<!@)paragraf(?:fer(?:ne)?|fen)?\s*(?=\d)",
    "token": r"§\d+[a-z]?|@+",
}
# Whose it is («min mor er ensom»): not what is asked about.
KIN = (
    "mor mors far fars forældre søn søns datter datters barn barns børn bror søster mand kone "
    "kæreste ægtefælle bedstemor bedstefar farmor mormor farfar morfar onkel tante ven veninde "
    "nabo barnebarn"
).split()
OWN = "min mit mine vores hans hendes deres".split()
RULES = {
    "patterns": PATTERNS,
    "folds": FOLDS,
    "endings": ENDINGS,
    "shortest": SHORTEST,
    "neuter": NEUTER,
    "vowels": VOWELS,
    "stop": sorted(STOP_WORDS),
    "kin": KIN,
    "own": OWN,
    "joints": JOINTS,
    "shortestPart": SHORTEST_PART,
    "noParts": sorted(NO_PARTS),
}

_PATTERNS = {
    name: re.compile(pattern.replace("@", r"[^\W_]")) for name, pattern in PATTERNS.items()
}


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters; each section of an act as one: «§85»."""
    calm = unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "").lower()
    if "paragraf" in calm:
        calm = _PATTERNS["paragraph"].sub("§", calm)
    if "§" in calm:
        calm = _PATTERNS["legal"].sub(_sections, calm)
    yield from _PATTERNS["token"].findall(calm)


def _sections(match: re.Match[str]) -> str:
    numbers = (re.sub(r"\s", "", number) for number in _PATTERNS["section"].findall(match[1]))
    return " ".join(f" §{number} " for number in numbers)


@cache
def fold(word: str) -> str:
    """The word without æ, ø, å and accents: «fællesskab» and «faellesskab» become one."""
    for letters, plain in FOLDS:
        word = word.replace(letters, plain)
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def stem(folded: str) -> str:
    """A folded word without its ending: «ensomheden» and «ensom» both become «ensom»."""
    if not folded.isalpha():
        return folded
    for ending in ENDINGS:
        rest = folded.removesuffix(ending)
        # «træne» is folded to «traene»; its e is half of an æ, and no ending.
        if rest[-1:] == "a" and ending[0] == "e":
            continue
        if rest != folded and len(rest) >= SHORTEST and any(v in rest for v in VOWELS):
            if ending.startswith("ing") and rest[-1] == "n" and rest[-2] not in VOWELS:
                rest = rest[:-1]  # rådgiv-ning, but træn-ing
            folded = rest
            break
    else:
        if folded.endswith(NEUTER) and len(folded) > SHORTEST + 1:
            folded = folded[:-1]
    if len(folded) > SHORTEST and folded[-1] == folded[-2] and folded[-1] not in VOWELS:
        folded = folded[:-1]
    return folded


@cache
def _dictionary() -> Mapping[str, str]:
    """Every form of some 100,000 Danish words -> its base form (simplemma's own data)."""
    # Takes a second, which only the building of the index needs.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("da")


def irregular_forms() -> tuple[tuple[str, str, str], ...]:
    """The stem of every irregular form, that of its base form, the base form (born, barn, barn).

    A base form that begins otherwise (ældre, gammel) would mix up what people mean, and one that
    only ends otherwise is what `stem` is for.
    """
    forms = []
    for form, lemma in _dictionary().items():
        if form in STOP_WORDS or not form.isalpha() or not lemma.isalpha():
            continue
        # Most forms only end otherwise, and need no second look.
        if form.islower() and (form[-1] == "t" or not form.startswith(lemma[:-1])):
            own, kept = stem(fold(form)), stem(fold(lemma))
            if lemma[0] == form[0] and _another(own, kept):
                forms.append((own, kept, lemma))
    return tuple(forms)


def irregular(
    known: Collection[str], forms: Iterable[tuple[str, str, str]] | None = None
) -> dict[str, str]:
    """Stems of irregular forms -> the stem of their base form (born -> barn), for a site's words.

    A stem that is a regular word's own is left. forms: `irregular_forms`, if they are there.
    """
    lemmas = {_dictionary().get(word, word) for word in known}
    regular = {stem(fold(word)) for word in known if _dictionary().get(word) == word}
    stems: dict[str, str] = {}
    for own, kept, lemma in irregular_forms() if forms is None else forms:
        if lemma in lemmas and own not in regular:
            stems.setdefault(own, kept)
    return stems


def in_dictionary(word: str) -> bool:
    return word in _dictionary()


def _another(own: str, kept: str) -> bool:
    """Whether a form's stem needs to be known; superlatives nobody looks for."""
    return own != kept and not kept.startswith(own) and not own.endswith("st")


def parts(word: str, known: Container[str]) -> tuple[str, ...]:
    """The parts of a compound; () if it is none. known: words the site uses, of any length.

    An inflected word is taken apart as its base form.
    """
    whole = _dictionary().get(word, word)

    def is_part(word: str) -> bool:
        # Of the shortest words only the site's own are parts.
        return word not in NO_PARTS and (
            word in known or (len(word) > SHORTEST_PART and word in _dictionary())
        )

    return take_apart(whole if whole.isalpha() else word, is_part)


def take_apart(word: str, is_part: Callable[[str], bool]) -> tuple[str, ...]:
    """Two or three parts that a word is made of; () if it is not.

    As few as possible, the first as long as possible: «sundhedsfremme» is «sundhed» and «fremme».
    The browser does the same, with the words that it knows.
    """
    for count in (2, 3):
        for split in _splits(word, count, is_part):
            return split
    return ()


def _splits(word: str, count: int, is_part: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if is_part(word):
            yield (word,)
        return
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        for joint in JOINTS:
            first = word[:end].removesuffix(joint)
            if SHORTEST_PART <= len(first) == end - len(joint) and is_part(first):
                for rest in _splits(word[end:], count - 1, is_part):
                    yield (first, *rest)
