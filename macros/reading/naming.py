"""Where a file of `data/` must lie and what it must be called, and what is wrong with others."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from macros.data.faults import Fault, shown
from macros.data.kind import Kind
from macros.data.kinds import KINDS
from macros.data.values import is_slug
from macros.language.text import slug


def place(path: str, inside: PurePosixPath) -> tuple[Kind | None, str, list[Fault]]:
    """The kind and id that a file's place gives it, and what is wrong with the place."""
    name = inside.with_suffix("").as_posix()
    for kind, pattern in _PLACES.items():
        if pattern.fullmatch(name):
            id = name.partition("/")[2]
            parts = filter(None, id.split("/"))
            faults = [bad_name(path, part) for part in parts if not is_slug(part)]
            if inside.suffix != ".yml":
                faults = [_bad_ending(path, inside.suffix)]
            return kind, id, faults
    folders = ", ".join(
        sorted({kind.pattern.split("/")[0] for kind in KINDS if "/" in kind.pattern})
    )
    what = "filen ligger ikke i en mappe, siden kender"
    return None, "", [Fault(path, 1, 1, what, f"flyt den til en af: {folders}")]


_PLACES = {kind: re.compile(re.escape(kind.pattern).replace(r"\*", "[^/]*")) for kind in KINDS}


def _bad_ending(path: str, ending: str) -> Fault:
    if ending.lower() in (".ods", ".xls", ".numbers", ".xlsm", ".tsv"):
        cure = "åbn den i et regneark, og gem den som .xlsx eller .csv"
    elif ending.lower() in (".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages"):
        cure = "flyt den ud af data/; kopiér en .yml-fil af samme slags, og skriv teksten i den"
    elif ending.lower() in (".yaml", ".yml", ".txt", ""):
        cure = "omdøb filen, så den ender på .yml"
    else:
        cure = "flyt den ud af data/; her ligger kun .yml-filer og regneark (.xlsx og .csv)"
    what = f"filnavnet ender på »{ending}«" if ending else "filnavnet har ingen endelse"
    return Fault(path, 1, 1, what, cure)


def bad_name(path: str, name: str) -> Fault:
    cure = f"omdøb den til «{slug(name) or 'et-navn'}» (kun a-z, 0-9 og bindestreg)"
    return Fault(path, 1, 1, f"«{shown(name)}» kan ikke bruges som id", cure)
