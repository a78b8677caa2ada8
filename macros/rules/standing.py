"""Whether a statement says no more than it may: a proposal proposes, a silence was looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from macros.data import standing
from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.fields import fields
from macros.data.prose import statements
from macros.data.site import Site
from macros.data.values import SUBJECTS, Passage, Thing
from macros.language.text import sentences
from macros.rules.registry import thing_rule


@thing_rule
def silence_is_where_nothing_stands(document: Document, thing: Thing) -> Iterator[Fault]:
    """What a source is said to be silent about has nothing written under it."""
    spoken_to = {meaning.role for meaning in getattr(thing, "roles", ())}
    for number, silence in enumerate(getattr(thing, "silences", ())):
        for index, subject in enumerate(silence.about):
            where = ("silences", number, "about", index)
            if subject == "status" and hasattr(thing, "goals"):
                told = any(goal.follow_up for goal in thing.goals)
            elif SUBJECTS[subject] not in fields(type(thing)):
                able = [name for name, field in SUBJECTS.items() if field in fields(type(thing))]
                yield document.fault(
                    where, f"her står ikke noget om «{subject}»", f"vælg en af: {', '.join(able)}"
                )
                continue
            else:
                told = getattr(thing, SUBJECTS[subject])
            if told:
                what = f"kilden siges at tie om «{subject}», men der står noget"
                yield document.fault(where, what, "slet det ene")
        for index, role in enumerate(silence.roles):
            if role in spoken_to:
                what = f"kilden siges at tie over for «{role}», men der står noget"
                yield document.fault(("silences", number, "roles", index), what, "slet det ene")


@dataclass(frozen=True)
class _Wording:
    """How a weak statement must not sound. strong: words that say more; hedged: words that take it
    back; cure: what to write instead. Without strong words the hedge itself must be there."""

    strong: re.Pattern[str] | None
    hedged: re.Pattern[str]
    cure: str


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_WORDINGS = {
    "forslag": _Wording(
        _words("skal", "vil", "bliver", "får", "er med til at"),
        _words(r"foresl\w*", r"forslag\w*", "kan", "kunne", "bør", r"idé\w*", r"katalog\w*"),
        "skriv det som et forslag: «kunne», «foreslår», «forslaget er»",
    ),
    "forventet": _Wording(
        _words("er en følge", "medfører", "fører til", "giver", "bliver", "har ført til"),
        _words(r"forvent\w*", "skal", "vil", "kan", "kunne", "ventes", "ventet", r"mål\w*"),
        "skriv, at det er ventet: «forventes», «skal kunne»",
    ),
    "antaget": _Wording(
        None,
        _words(r"antag\w*", r"vurder\w*", "går ud fra", "mener", "tror", r"formod\w*"),
        "skriv, at det er antaget, og af hvem: «kataloget går ud fra, at»",
    ),
    "mål": _Wording(
        _words("du skal", "I skal", "de skal"),
        _words(r"mål\w*", r"sigt\w*", r"formål\w*", "skal kunne", "skal bedre kunne"),
        "skriv det som et mål: «målet er», «sigtet er»",
    ),
}


def advice(site: Site) -> Iterator[Fault]:
    """A remark for each sentence that is stronger than what its source says is."""
    for key, thing in site.things.items():
        for where, remark in statements(thing):
            stands = standing.of(site, remark)
            if not (wording := _WORDINGS.get(stands)):
                continue
            told = [((*where, "text"), remark.text)]
            if isinstance(remark, Passage):
                told += [((*where, "points", n), text) for n, text in enumerate(remark.points)]
            hedged = False  # what stands before governs what follows it in the paragraph
            for place, text in told:
                for sentence in sentences(text):
                    hedged = hedged or bool(wording.hedged.search(sentence))
                    if not hedged and (wording.strong is None or wording.strong.search(sentence)):
                        yield site.documents[key].fault(
                            place,
                            f"kilden siger det som {_CALLED[stands]}, men sætningen lyder som mere:"
                            f" «{sentence}»",
                            wording.cure,
                        )


_CALLED = {
    "forslag": "et forslag",
    "forventet": "noget, der er ventet",
    "antaget": "noget, der er antaget",
    "mål": "et mål",
}
