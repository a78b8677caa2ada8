"""The templates of `overrides/`: one Jinja environment, autoescaped, in which nothing is undefined.

A template gets the fields of one frozen input, the tools below and nothing else.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from macros.data.standing import WEAK
from macros.language.text import upfirst
from macros.language.typography import hyphenated, keep_together
from macros.output.policy import POLICY
from macros.pages.addresses import relative
from macros.work.kept import program

COMPILED = ".build/templates"  # beside the templates

Url = Callable[[str], str]  # an address from the site's root -> the link to it from a page


class Templates:
    """overrides: the folder. assets: name -> address of what is served beside the pages."""

    def __init__(self, overrides: Path, name: str, assets: Mapping[str, str]):
        self._env = environment(overrides)
        self._tools = {
            "name": name,
            "assets": assets,
            "icon": icon,
            "of": of,
            "policy": POLICY,
            "weak": WEAK,
        }

    def render(self, template: str, shown: Any, url: Url | None = None, **more: Any) -> str:
        """A template with the fields of `shown`, a dataclass. url: links from the page; those from
        the address of `shown.page` if not given. more: further tools."""
        given = {field.name: getattr(shown, field.name) for field in fields(shown)}
        url = url or partial(relative, shown.page.address)
        return self._env.get_template(template).render(self._tools, **given, url=url, **more)

    def macros(self, template: str) -> Any:
        """A template's macros, to call one by itself that links to nothing."""
        return self._env.get_template(template).make_module(self._tools)


def environment(overrides: Path) -> Environment:
    """Templates are compiled anew only when they change, and looked at once for a whole site."""
    overrides = overrides.resolve()  # projects may share them
    told = (file.stat() for file in sorted(overrides.rglob("*.html")))
    return _environment(overrides, tuple((one.st_mtime_ns, one.st_size) for one in told))


@lru_cache(maxsize=4)
def _environment(overrides: Path, stamps: tuple[tuple[int, int], ...]) -> Environment:
    env = Environment(
        loader=FileSystemLoader(overrides),
        bytecode_cache=_compiled(overrides.parent / COMPILED),
        auto_reload=False,
        cache_size=-1,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["typeset"] = keep_together
    env.filters["hyphenate"] = hyphenated
    env.filters["trim_address"] = lambda url: re.sub(r"^https?://(www\.)?|/$", "", url)
    env.filters["unbroken"] = lambda text: text.replace(" ", "\N{NO-BREAK SPACE}")
    env.filters["upfirst"] = upfirst
    return env


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled. What cannot be read or written is only compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(folder: Path) -> _Compiled:
    """Those that this very program compiled: Jinja looks at a template's text alone."""
    own = folder / program()
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
        for other in folder.iterdir():
            if other != own:
                shutil.rmtree(other, ignore_errors=True)
    return _Compiled(str(own))


def of(municipality: str | None) -> Markup:
    """The attribute of what is of one municipality: who has chosen another does not see it."""
    return Markup(' data-of="{}"').format(municipality) if municipality else Markup("")


@cache
def icon(name: str) -> Markup:
    """An icon of Material's set as inline SVG, hidden from screen readers."""
    package = importlib.util.find_spec("material")
    assert package and package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "templates/.icons/material"
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return Markup(
        svg.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1)
    )
