"""The rules that span more than one field: text rules on every value, then rules on the whole.

A rule is a generator of faults whose docstring states it in one sentence. Decorating it
enters it in the registry; tests demand a bad file for each.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator

from macros.faults import Fault
from macros.lexicon import Lexicon
from macros.model import LABELS
from macros.readability import running_text
from macros.site import Site
from macros.values import Model
from macros.yaml_source import Document, Path

TextRule = Callable[[Document, Path, str], Iterator[Fault]]
SiteRule = Callable[[Site], Iterator[Fault]]
TEXT_RULES: list[TextRule] = []
SITE_RULES: list[SiteRule] = []


def text_rule(rule: TextRule) -> TextRule:
    TEXT_RULES.append(rule)
    return rule


def site_rule(rule: SiteRule) -> SiteRule:
    SITE_RULES.append(rule)
    return rule


def run(site: Site) -> list[Fault]:
    """All faults of all rules, unsorted."""
    faults = [
        fault
        for document in site.documents.values()
        for where, value in document.scalars()
        for rule in TEXT_RULES
        for fault in rule(document, where, value)
    ]
    return faults + [fault for rule in SITE_RULES for fault in rule(site)]


# --- text ---------------------------------------------------------------------------------


@text_rule
def no_template_code(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text holds no Jinja delimiters: {{, {% and {# are code, never content."""
    if match := re.search(r"\{\{|\{%|\{#", value):
        yield document.fault(
            where, f"teksten indeholder «{match.group()}», som er programkode", "slet tegnene"
        )


_UNSAFE = re.compile(r"(?:java|vb)\s*script\s*:|\bdata\s*:\s*\w+/", re.IGNORECASE)


@text_rule
def no_unsafe_link(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text holds no address that runs code or embeds a file (javascript:, data:, vbscript:)."""
    if match := _UNSAFE.search(value):
        yield document.fault(
            where,
            f"teksten indeholder en usikker adresse («{match.group()}»)",
            "brug en almindelig adresse, som begynder med https://",
        )


@text_rule
def no_markup(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text is text: no HTML tags."""
    if match := re.search(r"</?[a-zA-Z][^<>]*>", value):
        yield document.fault(
            where,
            f"teksten indeholder HTML-koden «{match.group()}»",
            "slet koden, og behold teksten",
        )


LONG_TEXT = 160
# What no Danish word does: begin with a consonant before g, write ae for æ, hold a digit.
_DEBRIS = (
    re.compile(r"(?i)\bgget\b|\bpa\b|\bogsa\b|p&"),
    re.compile(r"(?i)\b\w*(?:faell|feell|vaer|saer|laer|naer|omrad|traed|maess)\w*"),
    re.compile(r"\b[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]g[b-df-hj-np-tv-z]\w*"),
    re.compile(r"\b(?=\w*[a-zæøå]\d+[a-zæøå])[a-zæøåA-ZÆØÅ0-9]{4,}\b"),
)


@text_rule
def no_ocr_debris(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Danish text has its æ, ø and å, and no letters that a scanner took for others."""
    if " " not in value or "://" in value:
        return
    for pattern in _DEBRIS:
        for match in pattern.finditer(value):
            yield document.fault(
                where,
                f"«{match.group()}» ligner en fejl fra en skannet tekst",
                "skriv ordet rigtigt med æ, ø og å",
            )
            return
    if len(value) >= LONG_TEXT and not re.search(r"[æøåÆØÅ]", value):
        yield document.fault(
            where,
            f"en tekst på {len(value)} tegn har hverken æ, ø eller å",
            "læs teksten igennem, og skriv æ, ø og å, hvor de er faldet ud",
        )


# --- the whole ----------------------------------------------------------------------------


@site_rule
def references_resolve(site: Site) -> Iterator[Fault]:
    """Every reference names something that exists; the fault names both ends."""
    known: dict[str, set[str]] = {kind: set() for kind in LABELS}
    for kind, id in [*site.things, *site.broken]:
        known[kind].add(id)
    known["section"] = set(site.sections)
    broken_sources = {id for kind, id in site.broken if kind == "source"}
    every = ((key, *reference) for key, found in site.references.items() for reference in found)
    for key, where, kind, target in every:
        if target in known[kind] or (kind == "section" and target.split("/")[0] in broken_sources):
            continue
        guess = difflib.get_close_matches(target, sorted(known[kind]), n=1, cutoff=0.6)
        yield site.documents[key].fault(
            where,
            f"{LABELS[key[0]]} «{key[1]}» henviser til {LABELS[kind]} «{target}», som ikke findes",
            f"mente du «{guess[0]}»?" if guess else _options(sorted(known[kind])),
        )


def _options(known: list[str]) -> str:
    return f"vælg en af: {', '.join(known[:12])}" if known else "opret det, der henvises til, først"


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


@site_rule
def source_sections_have_a_place(site: Site) -> Iterator[Fault]:
    """Nothing of a source is left out: each of its sections is cited somewhere on the site."""
    if site.broken:
        return  # what cannot be read may be what cites the section
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


@site_rule
def terms_are_used(site: Site) -> Iterator[Fault]:
    """The glossary explains words that stand on the site, and no others."""
    if site.broken:
        return
    uses = Lexicon(site).uses
    for term in site.terms:
        if all(kind == "term" for kind, _ in uses.get(("term", term.id), ())):
            yield site.documents["term", term.id].fault(
                ("title",),
                f"begrebet «{term.title}» bliver ikke brugt på siden",
                "tilføj den form, teksten bruger, under «forms», eller slet filen",
            )


_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2,}\d*(?!\w)")
_ROMAN = re.compile(r"[IVX]+")


@site_rule
def abbreviations_are_explained(site: Site) -> Iterator[Fault]:
    """Every abbreviation in running text is a term or a body's name."""
    if site.broken:
        return
    lexicon = Lexicon(site)
    for key, thing in site.things.items():
        for where, prose in running_text(thing):
            known = [(named.start, named.end) for named in lexicon.occurrences(prose)]
            for match in _ABBREVIATION.finditer(prose):
                covered = any(start <= match.start() < end for start, end in known)
                if not covered and not _ROMAN.fullmatch(match.group()):
                    yield site.documents[key].fault(
                        where,
                        f"forkortelsen «{match.group()}» er ikke forklaret",
                        "skriv ordet ud, eller opret et begreb i data/terms/",
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
