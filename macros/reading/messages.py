"""pydantic's findings as Danish faults. The one table of words for what a value can be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.data.document import Document
from macros.data.faults import Fault, shown
from macros.data.fields import fields, model_at
from macros.data.settings import SITE_ADDRESS
from macros.data.values import Path


def name(document: Document, model: type[BaseModel], key: str) -> str:
    """A field as the document's editor meets it: a key with its Danish label, or a heading."""
    return document.named(key, _title(model, key))


def _title(model: type[BaseModel], key: str) -> str | None:
    field = fields(model).get(key)
    return field.title if field and field.title != key else None


_FIELD = re.compile(r"\{(\w+)(?:: ([^{}]*))?\}")


def _told(text: str, document: Document, model: type[BaseModel]) -> str:
    """A validator's text, whose {field} and {field: value} get the document's own words."""

    def words(match: re.Match[str]) -> str:
        key, value = match.groups()
        if key not in model.model_fields:
            return match.group()
        title = _title(model, key)
        return document.named(key, title) if value is None else document.setting(key, title, value)

    return _FIELD.sub(words, text)


def faults(document: Document, model: type[BaseModel], error: ValidationError) -> Iterator[Fault]:
    """One fault for each finding; a missing field and its misspelling are one fault."""
    findings = [f for f in error.errors(include_url=False) if not _echo(f, error)]
    missing = {f["loc"] for f in findings if f["type"] == "missing"}
    for finding in findings:
        where, kind = tuple(finding["loc"]), finding["type"]
        if kind == "extra_forbidden":
            owner = model_at(model, where[:-1])
            known = [key for key in owner.model_fields if key != "id" or where[:-1]]
            guess = _closest(owner, str(where[-1]), known)
            if guess and (*where[:-1], guess) in missing:
                missing.discard((*where[:-1], guess))
            if guess:
                cure = f"mente du {name(document, owner, guess)}?"
            else:
                cure = f"slet feltet, eller vælg et af: {', '.join(known)}"
            yield document.key_fault(where, f"feltet «{where[-1]}» findes ikke her", cure)
        elif kind != "missing":
            what, cure = _words(document, model, where, finding)
            yield document.fault(where, what, cure)
    for where in missing:
        owner = model_at(model, where[:-1])
        field = fields(owner)[str(where[-1])]
        hint = f" ({field.help.rstrip('.')})" if field.help else ""
        yield document.fault(
            where[:-1],
            f"feltet {name(document, owner, field.name)} mangler",
            f"{document.addition(field.name, field.many)}{hint}",
        )


def _echo(finding: ErrorDetails, error: ValidationError) -> bool:
    """Whether a list is «too short» only because its items are faulty themselves."""
    where = finding["loc"]
    return finding["type"] == "too_short" and any(
        len(other["loc"]) > len(where) and other["loc"][: len(where)] == where
        for other in error.errors(include_url=False)
    )


def _words(
    document: Document, model: type[BaseModel], where: Path, finding: ErrorDetails
) -> tuple[str, str]:
    kind, context = finding["type"], finding.get("ctx", {})
    owner = model_at(model, where[:-1])
    key = next((str(part) for part in reversed(where) if isinstance(part, str)), "")
    owner = model_at(model, where[: where.index(key)]) if key else owner
    label = name(document, owner, key)
    value = shown(finding["input"])
    if "cure" in context:
        holder = model_at(model, where) if kind == "whole" else owner
        what, cure = (_told(t, document, holder) for t in (finding["msg"], context["cure"]))
        return (what if kind == "whole" else f"{what} for {label}", cure)
    if finding["input"] is None:
        return f"{label} er tom", "skriv en værdi, eller slet linjen"
    if kind == "string_type":
        return f"{label} skal være en tekst", "skriv én tekst uden underpunkter"
    if kind in ("tuple_type", "list_type"):
        return f"{label} skal være en liste", "skriv hvert punkt på sin egen linje med «- » foran"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        fields = ", ".join(k for k in model_at(model, where).model_fields)
        return f"{label} skal have felter under sig", f"skriv felterne rykket ind: {fields}"
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return f"«{value}» for {label} er ikke et helt tal", "skriv et helt tal, fx 2"
    if kind in ("greater_than_equal", "less_than_equal"):
        least = "mindst" if "ge" in context else "højst"
        return f"{value} for {label} kan ikke passe", f"skriv {least} {context.popitem()[1]}"
    if kind in ("bool_parsing", "bool_type"):
        return f"«{value}» for {label} er hverken true eller false", "skriv true eller false"
    if kind == "literal_error":
        options = re.findall(r"'([^']+)'", context["expected"])
        return (
            f"«{value}» er ikke en gyldig værdi for {label}",
            f"vælg en af: {', '.join(options)}",
        )
    if kind == "string_too_short":
        return f"{label} er tom", "skriv en tekst, eller slet linjen"
    if kind == "string_too_long":
        most = context["max_length"]
        return (
            f"{label} er på {len(finding['input'])} tegn; der er plads til {most}",
            "forkort teksten, eller del den i to",
        )
    if kind == "string_pattern_mismatch":
        return f"«{value}» passer ikke til {label}", _pattern_cure(context["pattern"])
    if kind == "too_short":
        return (
            f"{label} har {_items(context['actual_length'])}; der skal være mindst "
            f"{context['min_length']}",
            "tilføj det, der mangler",
        )
    if kind == "too_long":
        return (
            f"{label} har {_items(context['actual_length'])}; der må højst være "
            f"{context['max_length']}",
            "slet eller saml nogle af dem",
        )
    return f"værdien for {label} kan ikke bruges", "sammenlign med en anden fil af samme slags"


def _items(number: Any) -> str:
    return {0: "ingen punkter", 1: "1 punkt"}.get(number, f"{number} punkter")


def _pattern_cure(pattern: str) -> str:
    return {
        r"^[^\n]+$": "skriv teksten på én linje",
        r"^\d+(–\d+)?$": "skriv et sidetal som 17 eller 10–13 (med tankestreg)",
        SITE_ADDRESS: "skriv adressen uden domæne og med skråstreg til sidst, fx ideer/baenk/",
        SITE_ADDRESS.replace("+$", "*$"): "skriv adressen uden domæne, fx ideer/baenk/",
    }.get(pattern, "sammenlign med en anden fil af samme slags")


def _closest(owner: type[BaseModel], word: str, known: list[str]) -> str | None:
    """The field whose key or Danish label is most like the word."""
    names = {(owner.model_fields[key].title or key).lower(): key for key in known}
    names |= {key: key for key in known}
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    return names[near[0]] if near else None
