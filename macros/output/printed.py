"""What is made for print: a role on a card, a strategy in short; as a page and as PDF files.

A sheet's template is rendered once; the page shows it as it is, and WeasyPrint makes tagged PDF
files of it, with their letters embedded. A file is kept in `.build/pdf/` under a hash of all that
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
from jinja2 import Environment
from markupsafe import Markup

from macros.output.style import tokens
from macros.pages.pages import Page

# Page kind -> the papers it is made for, and the size of its letters on each: the largest at which
# it is one page, or else the last.
PAPERS = {
    "role_card": {"A5": ("9.5pt", "9pt", "8.5pt", "8pt"), "A4": ("13.5pt", "13pt", "12pt", "11pt")},
    "strategy_brief": {"A4": ("10.5pt",)},
}
KEPT = ".build/pdf"
_FONTS = (
    ("Sheet Sans", 400, font_source_sans_pro, "SourceSansPro-Regular.otf"),
    ("Sheet Sans", 700, font_source_sans_pro, "SourceSansPro-Bold.otf"),
    ("Sheet Serif", 700, font_source_serif_pro, "SourceSerifPro-Bold.otf"),
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


@dataclass(frozen=True)
class Sheet:
    """body: its HTML. code: a QR code to the page it is about, if the site has an address."""

    body: Markup
    code: Markup | None
    where: str
    files: tuple[File, ...]


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


def pdf_files(
    env: Environment, page: Page, context: dict, body: Markup, style: str, root: Path
) -> Iterator[File]:
    """The PDF files of a sheet, one for each paper."""
    for paper, sizes in PAPERS[page.kind].items():
        documents = [
            env.get_template("sheets/frame.html").render(
                context,
                title=page.title,
                description=page.description,
                kind=page.kind,
                content=body,
                style=Markup(
                    f"{_faces()}\n{style}\n"
                    f"@page {{ size: {paper}; }}\n:root {{ font-size: {letters}; }}"
                ),
            )
            for letters in sizes
        ]
        name = page.address.strip("/").split("/")[-2]
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
