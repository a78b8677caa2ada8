"""The editor in the browser (Decap CMS): its configuration, made of the model, so that a field is
there once. Only a build that asks for it has one, at `/redaktion/`, and no page leads there.

Decap's own YAML guesses types (10.30 becomes 10.3) and drops remarks, so it gets a format of ours
(`overrides/editor/editor.js`): each scalar stays the text that was typed, and what was not changed
stays as it was. See docs/decisions/0028.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from macros.data.fields import Field, fields
from macros.data.kind import Kind
from macros.data.kinds import KINDS, LABELS
from macros.data.settings import Settings
from macros.data.site import Site
from macros.data.values import Model
from macros.output.schema import modeline
from macros.work import digest

ADDRESS = "redaktion/"
FAULTS = "fejl.txt"  # there, under `serve`: what is wrong right now
FETCHED = Path(".build/editor")  # what `requirements/editor.sh` has put there
LOCAL = "http://localhost:8081"  # where Decap's own local server listens
MANY = 500  # things to choose from; with more, one writes the id
LONG = 1_000  # letters; a field with room for more is a box of several lines
# What the page may load and do: Decap compiles its checks (eval) and makes its own styles.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob: https:",
        "font-src 'self' data:",
        f"connect-src 'self' blob: {LOCAL} https://api.github.com https://gitlab.com",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
_PAGE = f"""<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>Redaktion</title>
<script src="manual.js"></script>
<script src="decap-cms.js"></script>
<script type="module" src="editor.js"></script>
</head>
<body></body>
</html>
"""


class NoEditor(Exception):
    """Decap CMS has not been fetched. The text says what to do."""


def files(site: Site, root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of the editor's files. Raises NoEditor."""
    fetched = root / FETCHED
    if not (fetched / "decap-cms.js").is_file():
        raise NoEditor(
            "Redaktionens program er ikke hentet.\n    Ret: kør «make build REDAKTION=ja»"
        )
    yield f"{ADDRESS}index.html", _PAGE.encode()
    yield f"{ADDRESS}manual.js", b"window.CMS_MANUAL_INIT = true;\n"
    own = root / "overrides/editor/editor.js"
    yield f"{ADDRESS}editor.js", own.read_bytes()
    told = json.dumps(config(site), ensure_ascii=False, indent=1)
    yield f"{ADDRESS}config.json", told.encode()
    for file in sorted(fetched.rglob("*")):
        if file.is_file():
            yield f"{ADDRESS}{file.relative_to(fetched).as_posix()}", file.read_bytes()


def given(root: Path, editor: bool) -> str:
    """The digest of what was fetched, if the editor is wanted."""
    if not editor:
        return ""
    fetched = sorted(file for file in (root / FETCHED).rglob("*") if file.is_file())
    return digest.of("editor", [(str(file), file.read_bytes()) for file in fetched])


def config(site: Site) -> dict[str, Any]:
    """Decap's configuration: a collection for each kind of file, and for each strategy's areas."""
    every = list(_collections(site))
    return {
        "backend": _backend(site.settings),
        "local_backend": {"url": f"{LOCAL}/api/v1"},
        "load_config_file": False,
        "locale": "da",
        "publish_mode": "simple",
        "media_folder": "docs/billeder",
        "public_folder": "/billeder",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "formats": [{"name": kind.name, "modeline": modeline(kind)[2:]} for kind in KINDS],
        "collections": every,
    }


def _backend(settings: Settings) -> dict[str, Any]:
    """Where the files are: the project that suggestions go to (GitHub or GitLab)."""
    address = urlsplit(settings.issues or "")
    repo = address.path.strip("/")
    if not repo:
        return {"name": "git-gateway"}
    name = "gitlab" if "gitlab" in address.netloc else "github"
    return {"name": name, "repo": repo, "branch": "main"}


def _collections(site: Site) -> Iterator[dict[str, Any]]:
    single = []
    for kind in KINDS:
        folder, _, rest = kind.pattern.partition("/")
        if not rest:
            single.append(_file(site, kind))
        elif rest == "*":
            yield _folder(site, kind, kind.name, LABELS[kind.name], folder)
        else:  # a folder for each thing above
            for above in site.strategies:
                label = f"{LABELS[kind.name]}: {above.short_title}"
                yield _folder(site, kind, f"{kind.name}-{above.id}", label, f"{folder}/{above.id}")
    yield {"name": "site", "label": "Siden selv", "format": "site", "files": single}


def _folder(site: Site, kind: Kind, name: str, label: str, folder: str) -> dict[str, Any]:
    first = next(n for n, field in fields(kind.model).items() if n != "id" and field.required)
    title = "title" if "title" in kind.model.model_fields else first
    return {
        "name": name,
        "label": label[:1].upper() + label[1:],
        "folder": f"data/{folder}",
        "create": True,
        "extension": "yml",
        "format": kind.name,
        "identifier_field": title,
        "summary": f"{{{{{title}}}}}",
        "fields": _fields(site, kind.model),
    }


def _file(site: Site, kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "label": LABELS[kind.name].capitalize(),
        "file": f"data/{kind.pattern}.yml",
        "fields": _fields(site, kind.model),
    }


def _fields(site: Site, model: type[Model]) -> list[dict[str, Any]]:
    return [
        _field(site, one)
        for name, one in fields(model).items()
        if name != "id" or not _is_file(model)
    ]


def _is_file(model: type[Model]) -> bool:
    """Whether its id is its file's name."""
    return any(kind.model is model for kind in KINDS)


def _field(site: Site, field: Field) -> dict[str, Any]:
    made = {"name": field.name, "label": field.title, "required": field.required}
    choices = f"Skriv en på hver linje: {', '.join(field.words)}." if field.many else ""
    if hint := " ".join(filter(None, (field.help, choices if field.words else ""))):
        made["hint"] = hint
    return {**made, **_widget(site, field)}


def _widget(site: Site, field: Field) -> dict[str, Any]:
    """What Decap asks with."""
    if field.inner:
        inside = {"fields": _fields(site, field.inner)}
        if not field.many:
            return {"widget": "object", "collapsed": not field.required, **inside}
        names = ("title", "text", "name", "role", "date")
        summary = next((name for name in names if name in field.inner.model_fields), None)
        told = {"summary": f"{{{{fields.{summary}}}}}"} if summary else {}
        return {"widget": "list", "collapsed": True, **told, **inside}
    options = list(_options(site, field))
    if options and not field.many:
        return {"widget": "select", "options": options}
    if field.many:
        return {"widget": "lines"}
    long = field.room >= LONG
    return {"widget": "text" if long else "string"}


def _options(site: Site, field: Field) -> Iterable[Any]:
    if field.words:
        return field.words
    if len(field.refs) != 1 or field.refs[0] not in LABELS:
        return ()
    things = [thing for (kind, _), thing in site.things.items() if kind == field.refs[0]]
    if not things or len(things) > MANY:
        return ()
    return [
        {"label": getattr(thing, "title", None) or thing.id, "value": thing.id} for thing in things
    ]
