"""Rules on what refers to what: things, the sources' sections, ideas and their catalogues."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.kinds import LABELS
from macros.data.site import Site
from macros.data.values import Model, Path, Thing, is_slug
from macros.rules.registry import site_rule, thing_rule, whole_rule


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
    every = ((key, *reference) for key, named in site.references.items() for reference in named)
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


@whole_rule
def what_has_ideas_is_a_catalogue(site: Site) -> Iterator[Fault]:
    """A document that ideas or themes are of is a catalogue of ideas: others show none."""
    of = {(one.strategy, kind, one.id) for kind in ("idea", "theme") for one in site.of_kind(kind)}
    for strategy in site.strategies:
        own = sorted((kind, id) for owner, kind, id in of if owner == strategy.id)
        if own and not strategy.proposes:
            yield site.documents["strategy", strategy.id].fault(
                ("kind",),
                f"«{strategy.kind}» viser ingen idéer, men {site.documents.path(own[0])} hører til",
                "skriv «kind: idekatalog», eller lad idéer og temaer høre til et idékatalog",
            )


@site_rule
def areas_have_a_strategy(site: Site) -> Iterator[Fault]:
    """An area's folder has the name of a strategy."""
    strategies = {id for kind, id in [*site.things, *site.broken] if kind == "strategy"}
    for kind, id in site.documents:
        strategy = id.split("/")[0]
        if kind == "area" and strategy not in strategies:
            yield site.documents[kind, id].fault(
                (),
                f"mappen «{strategy}» hører ikke til nogen strategi",
                f"opret data/strategies/{strategy}.yml, eller flyt filen",
            )


@thing_rule
def nested_ids_are_unique(document: Document, thing: Thing) -> Iterator[Fault]:
    """Within a file no two things on one list share an id."""
    for where, ids in _id_lists(thing, ()):
        for index, id in enumerate(ids):
            if id in ids[:index]:
                first = document.position((*where, ids.index(id), "id"))[0]
                yield document.fault(
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
