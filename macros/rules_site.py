"""Rules on the whole: references, sources, words, ideas and addresses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from macros import copied
from macros.faults import Fault, shown
from macros.lexicon import Lexicon
from macros.model import LABELS
from macros.pages import BUILT, pages
from macros.readability import running_text
from macros.rules import site_rule, whole_rule
from macros.site import Site
from macros.values import Model, is_slug
from macros.yaml_source import Path

# --- the whole ----------------------------------------------------------------------------


@site_rule
def references_resolve(site: Site) -> Iterator[Fault]:
    """Every reference names something that exists; the fault names both ends."""
    known: dict[str, set[str]] = {kind: set() for kind in LABELS}
    for kind, id in [*site.things, *site.broken]:
        known[kind].add(id)
    known["section"] = set(site.sections)
    broken_sources = {id for kind, id in site.broken if kind == "source"}
    # A file with a wrong name is one fault, not one more for each reference to its right name.
    misnamed = {kind for kind, id in site.broken if not all(map(is_slug, id.split("/")))}
    every = ((key, *reference) for key, found in site.references.items() for reference in found)
    for key, where, kind, target in every:
        if target in known[kind] or kind in misnamed:
            continue
        if kind == "section" and target.split("/")[0] in broken_sources:
            continue
        yield site.documents[key].fault(
            where,
            f"{LABELS[key[0]]} «{key[1]}» henviser til {LABELS[kind]} «{target}», som ikke findes",
            _suggestion(kind, target, sorted(known[kind])),
        )


def _suggestion(kind: str, target: str, known: list[str]) -> str:
    """What a broken reference may have meant; never a guess at another source."""
    if kind == "section":
        source = target.split("/")[0]
        sources = sorted({id.split("/")[0] for id in known})
        if source not in sources:
            guess = difflib.get_close_matches(source, sources, n=1, cutoff=0.6)
            return f"mente du kilden «{guess[0]}»?" if guess else f"vælg en kilde: {_few(sources)}"
        known = [id for id in known if id.startswith(f"{source}/")]
    guess = difflib.get_close_matches(target, known, n=1, cutoff=0.8)
    if guess:
        return f"mente du «{guess[0]}»?"
    return f"vælg en af: {_few(known)}" if known else "opret det, der henvises til, først"


def _few(known: list[str]) -> str:
    return ", ".join(known[:12]) + (" …" if len(known) > 12 else "")


@site_rule
def areas_have_a_strategy(site: Site) -> Iterator[Fault]:
    """An area's folder has the name of a strategy."""
    strategies = {id for kind, id in [*site.things, *site.broken] if kind == "strategy"}
    for (kind, id), document in site.documents.items():
        strategy = id.split("/")[0]
        if kind == "area" and strategy not in strategies:
            yield document.fault(
                (),
                f"mappen «{strategy}» hører ikke til nogen strategi",
                f"opret data/strategies/{strategy}.yml, eller flyt filen",
            )


@site_rule
def nested_ids_are_unique(site: Site) -> Iterator[Fault]:
    """Within a file no two things on one list share an id."""
    for key, thing in site.things.items():
        for where, ids in _id_lists(thing, ()):
            for index, id in enumerate(ids):
                if id in ids[:index]:
                    first = site.documents[key].position((*where, ids.index(id), "id"))[0]
                    yield site.documents[key].fault(
                        (*where, index, "id"),
                        f"id «{id}» bruges to gange; det står også i linje {first}",
                        "giv den ene et andet id",
                    )


def _id_lists(thing: Model, where: Path) -> Iterator[tuple[Path, list[str]]]:
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if isinstance(value, Model):
            yield from _id_lists(value, (*where, name))
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            if hasattr(value[0], "id"):
                yield (*where, name), [item.id for item in value]
            for index, item in enumerate(value):
                yield from _id_lists(item, (*where, name, index))


@whole_rule
def source_sections_have_a_place(site: Site) -> Iterator[Fault]:
    """Nothing of a source is left out: each of its sections is cited somewhere on the site."""
    for source in site.sources:
        for index, section in enumerate(source.sections):
            if f"{source.id}/{section.id}" not in site.citing:
                yield site.documents["source", source.id].fault(
                    ("sections", index, "id"),
                    f"afsnittet «{section.title}» har ingen plads på siden",
                    f"skriv en tekst med «cite: {source.id}/{section.id}»",
                )


@site_rule
def sources_with_pages_give_them(site: Site) -> Iterator[Fault]:
    """A source located by page has a page at each section; one without pages has none."""
    for source in site.of_kind("source"):
        for index, section in enumerate(source.sections):
            if (section.page is not None) != (source.locator == "side"):
                document = site.documents["source", source.id]
                if source.locator == "side":
                    what, cure = "mangler sidetal", "tilføj linjen «page: …» med sidetallet"
                else:
                    what, cure = "har et sidetal, men kilden har ingen sider", "slet linjen «page»"
                yield document.fault(
                    ("sections", index), f"afsnittet «{section.title}» {what}", cure
                )


@site_rule
def roles_cover_each_area_once(site: Site) -> Iterator[Fault]:
    """An area says what it means for a role at most once."""
    for (kind, id), thing in site.things.items():
        roles = [meaning.role for meaning in getattr(thing, "roles", ())] if kind == "area" else []
        for index, role in enumerate(roles):
            if role in roles[:index]:
                yield site.documents[kind, id].fault(
                    ("roles", index),
                    f"rollen «{role}» står to gange",
                    "saml teksterne under én rolle",
                )


# --- words ----------------------------------------------------------------------------------


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
    uses = Lexicon(site).uses
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
    lexicon = Lexicon(site)
    for key, thing in site.things.items():
        for where, prose in running_text(thing):
            found = [m for m in _ABBREVIATION.finditer(prose) if not _ROMAN.fullmatch(m.group())]
            known = list(lexicon.occurrences(prose)) if found else []
            for match in found:
                if not any(named.start <= match.start() < named.end for named in known):
                    yield site.documents[key].fault(
                        where,
                        f"forkortelsen «{match.group()}» er ikke forklaret",
                        "skriv ordet ud eller med små bogstaver, eller opret et begreb",
                    )


# --- ideas ----------------------------------------------------------------------------------


@site_rule
def ideas_stay_in_their_catalogue(site: Site) -> Iterator[Fault]:
    """An idea's main effort and themes belong to the document the idea stands in."""
    themes = {theme.id: theme.strategy for theme in site.themes}
    for idea in site.ideas:
        document = site.documents["idea", idea.id]
        belongs = f"hører ikke til «{idea.strategy}», som idéen står i"
        if idea.effort.split("/")[0] != idea.strategy:
            what = f"hovedindsatsen «{idea.effort}» {belongs}"
            yield document.fault(("effort",), what, "vælg en hovedindsats fra samme dokument")
        for index, theme in enumerate(idea.themes):
            if themes.get(theme, idea.strategy) != idea.strategy:
                what = f"temaet «{theme}» {belongs}"
                yield document.fault(("themes", index), what, "vælg et tema fra samme dokument")


@site_rule
def numbers_are_used_once(site: Site) -> Iterator[Fault]:
    """Within a document no two ideas, themes or areas have the same number."""
    seen: dict[tuple[str, str, object], str] = {}
    for kind in ("idea", "theme", "area"):
        for thing in site.of_kind(kind):
            first = seen.setdefault((kind, thing.strategy, thing.number), thing.id)
            if first != thing.id:
                yield site.documents[kind, thing.id].fault(
                    ("number",),
                    f"nummer {thing.number} bruges også af «{first}»",
                    "ret det ene nummer",
                )


# --- addresses ------------------------------------------------------------------------------


@whole_rule
def addresses_are_used_once(site: Site) -> Iterator[Fault]:
    """No two pages stand at the same address."""
    seen: dict[str, str] = {}
    for page in pages(site).all:
        first = seen.setdefault(page.address, page.source)
        if first != page.source:
            yield Fault(
                page.source,
                1,
                1,
                f"siden får samme adresse som {first} (/{page.address})",
                "giv den ene fil et andet navn",
            )


@whole_rule
def titles_are_used_once(site: Site) -> Iterator[Fault]:
    """No two pages have the same title, so that a reader can tell tabs and links apart."""
    seen: dict[str, str] = {}
    for page in pages(site).all:
        first = seen.setdefault(page.title.lower(), page.source)
        if first != page.source:
            what = f"titlen «{page.title}» bruges også i {first}"
            yield Fault(page.source, 1, 1, what, "giv den ene en anden titel")


@whole_rule
def published_addresses_stay_or_lead_on(site: Site) -> Iterator[Fault]:
    """What was published is still there, or `data/redirects.yml` says where it is now."""
    led_on = {move.old for move in site.moved}
    there = pages(site)
    for address, title in site.beside.published.items():
        if address in there.by_address or address in led_on:
            continue
        titles = {page.title.lower(): page.address for page in there.all}
        near = difflib.get_close_matches(title.lower(), titles, n=1, cutoff=0.6)
        new = titles[near[0]] if near else there.way_up(address)
        yield Fault(
            "data/redirects.yml",
            1,
            1,
            f"siden «{title}» (/{address}) er udgivet, men er her ikke mere",
            f"skriv under «moved»: «- old: {address}» og «new: {new}», så gamle links virker",
        )


@whole_rule
def redirects_lead_from_nothing_to_a_page(site: Site) -> Iterator[Fault]:
    """A redirect stands where no page is, leads to one, and each old address stands once."""
    there = pages(site).by_address
    seen: set[str] = set()
    for index, move in enumerate(site.moved):
        document = site.documents["redirects", ""]
        where = ("moved", index)
        if move.old in there:
            what = f"/{move.old} er en side"
            yield document.fault((*where, "old"), what, "slet linjerne, eller slet siden")
        if move.old in seen:
            what = f"/{move.old} står to gange"
            yield document.fault((*where, "old"), what, "slet den ene")
        seen.add(move.old)
        if move.new not in there and not move.new.startswith(BUILT):
            near = difflib.get_close_matches(move.new, there, n=1, cutoff=0.6)
            cure = f"mente du {near[0]}?" if near else "skriv adressen på en side, der findes"
            yield document.fault((*where, "new"), f"/{move.new} findes ikke", cure)


# --- our own words ---------------------------------------------------------------------------


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
        found = [
            run
            for hash, run in copied.runs(" ".join(prose for _, prose in every)).items()
            if hash in kept and hash not in named
        ]
        if found:
            where, words = next(
                ((w, words) for w, prose in every if (words := copied.seen(found[0], prose))),
                (every[0][0], every[0][1]),
            )
            yield site.documents[key].fault(
                where,
                f"«{shown(words)} …» står ord for ord i en kilde",
                "sig det samme med andre ord",
            )


# Ids that the templates give to parts of a page.
_TAKEN = {
    "strategy": {
        "kort-fortalt",
        "paa-et-kort",
        "paa-siden",
        "sigte",
        "maal",
        "principper",
        "uenighed",
        "tidslinje",
        "kilder",
        "indhold",
    },
    "source": {"afsnit", "henvisninger", "indhold"},
    "role": {"kort-fortalt", "paa-siden", "det-kan-du-goere", "hvem-kan-jeg-spoerge", "indhold"},
}


@site_rule
def ids_are_used_once_on_a_page(site: Site) -> Iterator[Fault]:
    """A chapter, section or action has an id that nothing else on its page has."""
    lists = {
        "strategy": ("before", "principles", "after", "discrepancies"),
        "source": ("sections",),
        "role": ("actions",),
    }
    for kind, names in lists.items():
        for thing in site.of_kind(kind):
            taken = set(_TAKEN[kind])
            if kind == "role":  # whose page has a part for each strategy
                taken |= {strategy.id for strategy in site.strategies}
            for name in names:
                own = [item.id for item in getattr(thing, name)]
                for index, id in enumerate(own):
                    if id in taken:
                        yield site.documents[kind, thing.id].fault(
                            (name, index, "id"),
                            f"id «{id}» er brugt til noget andet på siden",
                            "vælg et andet id",
                        )
                taken |= set(own)
