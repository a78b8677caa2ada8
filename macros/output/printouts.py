"""What is made for print: a role on a card, a strategy in short; as a page and as PDF files.

The page shows a printout as it is, and WeasyPrint makes tagged PDF files of it, with their letters
embedded. A file is kept in `.build/pdf/` under a hash of all that
it is made from, so that a build makes only those that differ.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import font_source_sans_pro
import font_source_serif_pro
import segno
from markupsafe import Markup

from macros.output.style import stylesheet, tokens
from macros.output.templates import Templates
from macros.pages.addresses import PRINT
from macros.pages.edition import Edition
from macros.pages.kinds import PRINTOUTS
from macros.pages.page import Page
from macros.pages.views.text import Shown

# Page kind -> the papers it is made for, and the size of its letters on each: the largest at which
# it is one page, or else the last.
_CARD = {"A5": ("9.5pt", "9pt", "8.5pt", "8pt"), "A4": ("13.5pt", "13pt", "12pt", "11pt")}
PAPERS = {
    "role_card": _CARD,
    "role_here_card": _CARD,
    "strategy_brief": {"A4": ("10.5pt",)},
}
KEPT = ".build/pdf"
_FONTS = (
    ("Printout Sans", 400, font_source_sans_pro, "SourceSansPro-Regular.otf"),
    ("Printout Sans", 700, font_source_sans_pro, "SourceSansPro-Bold.otf"),
    ("Printout Serif", 700, font_source_serif_pro, "SourceSerifPro-Bold.otf"),
)


class NoPango(Exception):
    """The libraries that set the PDF files' text are not on this machine. The text says so."""


@dataclass(frozen=True)
class File:
    """A PDF file: its address, the paper it is for, its bytes."""

    address: str
    paper: str
    content: bytes

    @property
    def size(self) -> str:
        return f"{max(1, round(len(self.content) / 1000))}\N{NO-BREAK SPACE}kB"


@dataclass(frozen=True, kw_only=True)
class PrintoutPage(Shown):
    """A printout as a page. body: its HTML."""

    body: Markup
    files: tuple[File, ...]


@dataclass(frozen=True, kw_only=True)
class Paper(Shown):
    """A printout as a document of its own: the source of a PDF file, and of nothing else."""

    body: Markup
    style: Markup


def code(address: str, picture: bool) -> tuple[Markup | None, str]:
    """A QR code to an address, and the address as people read it; none without an address.

    picture: as an <img> with an alternative text (PDF), else as inline SVG (a page).
    """
    if not address:
        return None, ""
    seen = urlsplit(address)
    where = f"{seen.netloc}{seen.path}".removesuffix("/")
    drawn = segno.make(address, error="m", micro=False)
    told = f"QR-kode til {where}"
    if picture:
        out = io.BytesIO()
        drawn.save(out, kind="svg", border=2, omitsize=True)
        data = base64.b64encode(out.getvalue()).decode()
        return Markup('<img alt="{}" src="data:image/svg+xml;base64,{}">').format(told, data), where
    svg = drawn.svg_inline(border=2, omitsize=True, light=tokens()["code"])
    return Markup('<span role="img" aria-label="{}">{}</span>').format(told, Markup(svg)), where


def printout(edition: Edition, templates: Templates, page: Page, root: Path) -> PrintoutPage:
    """What the page for print shows, and the PDF files made of the same."""
    made = PRINTOUTS[page.kind]
    shown = made.view(edition, page)
    about = page.address.removesuffix(PRINT)

    def body(picture: bool) -> Markup:
        drawn, where = code(edition.whole(about), picture)
        name = f"printouts/{made.name}.html"
        return Markup(templates.render(name, shown, code=drawn, where=where))

    files = _pdf_files(templates, page, body(picture=True), root)
    return PrintoutPage(page=page, body=body(picture=False), files=tuple(files))


def _pdf_files(templates: Templates, page: Page, body: Markup, root: Path) -> Iterator[File]:
    """One for each paper."""
    style = stylesheet("print.css")
    for paper, sizes in PAPERS[page.kind].items():
        documents = [
            templates.render(
                "printouts/frame.html",
                Paper(
                    page=page,
                    body=body,
                    style=Markup(
                        f"{_faces()}\n{style}\n"
                        f"@page {{ size: {paper}; }}\n:root {{ font-size: {letters}; }}"
                    ),
                ),
            )
            for letters in sizes
        ]
        name = page.id.replace("/", "-")
        yield File(f"{page.address}{name}-{paper.lower()}.pdf", paper, _pdf(documents, root))


@cache
def _faces() -> str:
    rules = (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f' src: url("{(Path(package.__file__).parent / "files" / name).as_uri()}"); }}'
        for family, weight, package, name in _FONTS
    )
    return "\n".join(rules)


def _pdf(documents: list[str], root: Path) -> bytes:
    """The first of the documents that is one page, or the last, as PDF: tagged, and the same bytes
    for the same text on the same machine."""
    plain = "\n".join(documents).replace(
        _faces(), ""
    )  # where the letters lie differs from machine to machine
    packages = ("weasyprint", "font-source-sans-pro", "font-source-serif-pro")
    made_with = " ".join(f"{name} {version(name)}" for name in packages)
    key = hashlib.sha256(f"{made_with}\n{plain}".encode()).hexdigest()
    kept = root / KEPT / f"{key[:32]}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    for document in documents:
        laid_out = _weasyprint().HTML(string=document).render(pdf_tags=True)
        if len(laid_out.pages) == 1:
            break
    content = laid_out.write_pdf(pdf_tags=True, pdf_identifier=key[:32].encode())
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}.new")  # another build may make the same
    unfinished.write_bytes(content)
    unfinished.replace(kept)
    return content


@cache
def _weasyprint():
    try:
        import weasyprint
    except OSError:
        raise NoPango(
            "PDF-filerne kan ikke laves: biblioteket Pango mangler på maskinen.\n"
            "    Ret: kør «sh requirements/system.sh libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0»"
        ) from None
    return weasyprint
