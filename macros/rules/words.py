"""Rules on words: each term is one thing and in use, abbreviations are explained, and no sentence
is a source's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.data.faults import Fault, shown
from macros.data.prose import running_text
from macros.data.site import Site
from macros.pages.lexicon import lexicon
from macros.rules import copied
from macros.rules.registry import site_rule, whole_rule


@site_rule
def forms_belong_to_one_term(site: Site) -> Iterator[Fault]:
    """No two terms share a form; else a text could not say which one it means."""
    owners: dict[str, str] = {}
    for term in site.terms:
        for where, form in (
            (("title",), term.title),
            *((("forms", index), form) for index, form in enumerate(term.forms)),
        ):
            owner = owners.setdefault(form.lower(), term.id)
            if owner != term.id:
                yield site.documents["term", term.id].fault(
                    where,
                    f"«{form}» hører også til begrebet «{owner}»",
                    "slet formen det ene sted",
                )


@whole_rule
def terms_are_used(site: Site) -> Iterator[Fault]:
    """The glossary explains words that stand on the site, and no others."""
    uses = lexicon(site).uses
    for term in site.terms:
        if all(kind == "term" for kind, _ in uses.get(("term", term.id), ())):
            document = site.documents["term", term.id]
            yield document.fault(
                ("title",),
                f"begrebet «{term.title}» bliver ikke brugt på siden",
                f"tilføj den form, teksten bruger, i {document.named('forms', 'Former')}, "
                "eller slet begrebet",
            )


_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2,}\d*(?!\w)")
_ROMAN = re.compile(r"[IVX]+")


@whole_rule
def abbreviations_are_explained(site: Site) -> Iterator[Fault]:
    """Every abbreviation in running text is a term or a body's name."""
    forms = lexicon(site)
    for key, thing in site.things.items():
        for where, prose in running_text(thing):
            abbreviations = [
                m for m in _ABBREVIATION.finditer(prose) if not _ROMAN.fullmatch(m.group())
            ]
            known = list(forms.occurrences(prose)) if abbreviations else []
            for match in abbreviations:
                if not any(named.start <= match.start() < named.end for named in known):
                    yield site.documents[key].fault(
                        where,
                        f"forkortelsen «{match.group()}» er ikke forklaret",
                        "skriv ordet ud eller med små bogstaver, eller opret et begreb",
                    )


@site_rule
def sentences_are_our_own(site: Site) -> Iterator[Fault]:
    """No text holds nine words in a row of a source, but for names and titles."""
    kept = site.beside.copied
    if not kept:
        return
    titles = [getattr(thing, "title", "") for thing in site.things.values()]
    titles += [r.named for s in site.sources for r in s.references if r.named]
    named = copied.runs(" | ".join(titles))
    for key, thing in site.things.items():
        every = list(running_text(thing))
        # As one text: a sentence cut into points is the same sentence.
        taken = [
            run
            for hash, run in copied.runs(" ".join(prose for _, prose in every)).items()
            if hash in kept and hash not in named
        ]
        if taken:
            where, words = next(
                ((w, words) for w, prose in every if (words := copied.seen(taken[0], prose))),
                (every[0][0], every[0][1]),
            )
            yield site.documents[key].fault(
                where,
                f"«{shown(words)} …» står ord for ord i en kilde",
                "sig det samme med andre ord",
            )
