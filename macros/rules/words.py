"""Rules on words: each term is one thing and in use, abbreviations are explained, and no sentence
is a source's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from macros.data.faults import Fault, shown
from macros.data.fields import references
from macros.data.prose import running_text
from macros.data.site import Key, Noticed, Site
from macros.data.values import Thing
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


def notice(thing: Thing, copies: Collection[str]) -> Noticed:
    """What in a thing only the whole can judge. copies: hashes of the sources' runs of words."""
    every = [prose for _, prose in running_text(thing)]
    # As one text: a sentence cut into points is the same sentence.
    runs = copied.runs(" ".join(every)) if copies else {}
    return Noticed(
        tuple(references(thing)),
        tuple(run for hash, run in runs.items() if hash in copies),
        any(_abbreviations(prose) for prose in every),
    )


def _noticed(site: Site) -> Iterator[tuple[Key, Noticed]]:
    for key, thing in site.things.items():
        yield key, site.noticed.get(key) or notice(thing, site.beside.copied)


def _abbreviations(prose: str) -> list[re.Match[str]]:
    return [m for m in _ABBREVIATION.finditer(prose) if not _ROMAN.fullmatch(m.group())]


@whole_rule
def abbreviations_are_explained(site: Site) -> Iterator[Fault]:
    """Every abbreviation in running text is a term or a body's name."""
    forms = lexicon(site)
    for key, noticed in _noticed(site):
        for where, prose in running_text(site.things[key]) if noticed.abbreviated else ():
            abbreviations = _abbreviations(prose)
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
    suspect = {key: noticed.copied for key, noticed in _noticed(site) if noticed.copied}
    if not suspect:
        return
    titles = [getattr(thing, "title", "") for thing in site.things.values()]
    titles += [r.named for s in site.sources for r in s.references if r.named]
    named = f" {' '.join(copied.folded(' '.join(titles)))} "
    for key, runs in suspect.items():
        taken = next((run for run in runs if f" {run} " not in named), None)
        if taken:
            every = list(running_text(site.things[key]))
            where, words = next(
                ((w, words) for w, prose in every if (words := copied.seen(taken, prose))),
                (every[0][0], every[0][1]),
            )
            yield site.documents[key].fault(
                where,
                f"«{shown(words)} …» står ord for ord i en kilde",
                "sig det samme med andre ord",
            )
