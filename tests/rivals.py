# ruff: noqa: E501
"""The same activities as a Hugo site, indexed by Pagefind: what our builds are measured against.

A page for each activity with what ours says, lists by organiser, place, town and area, a calendar
for each; the frame is a plain one. Hugo is Debian's, Pagefind the one in `requirements/bench.txt`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from many import things

_CONFIG = """
baseURL = "https://example.dk/"
languageCode = "da"
title = "Aktiviteter"
disableKinds = ["RSS"]
[pagination]
pagerSize = 60
[taxonomies]
forening = "foreninger"
sted = "steder"
by = "byer"
omraade = "omraader"
[outputFormats.Kalender]
mediaType = "text/calendar"
baseName = "kalender"
isPlainText = true
[outputs]
page = ["HTML", "Kalender"]
"""
_BASE = """<!doctype html><html lang="da"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}"><meta property="og:description" content="{{ .Description }}">
</head><body><a href="#indhold">Gå til indholdet</a><header><a href="{{ "/" | relURL }}">{{ site.Title }}</a>
<nav><ul>{{ range site.Menus.main }}<li><a href="{{ .URL }}">{{ .Name }}</a></li>{{ end }}</ul></nav></header>
<nav><ol>{{ range .Ancestors }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
<main id="indhold">{{ block "main" . }}{{ end }}</main><footer><p>{{ site.Title }}</p></footer></body></html>
"""
_SINGLE = """{{ define "main" }}<header><p>Aktivitet hos {{ range .GetTerms "foreninger" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
<h1>{{ .Title }}</h1></header><section><h2>Næste gang</h2><p>{{ .Params.rule }}</p></section>
<section><h2>Hvad er det?</h2>{{ .Content }}</section>
<section><h2>Første gang</h2><dl>{{ with .Params.first_visit }}<dt>Hvad sker der?</dt><dd>{{ .happens }}</dd><dt>Hvad skal du have med?</dt><dd>{{ .bring }}</dd>{{ end }}</dl></section>
<section><h2>Hvor?</h2><address>{{ range .GetTerms "steder" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}<br>{{ .Params.address }}</address></section>
<section><h2>Kan jeg være med?</h2><dl><dt>Hvem er det for?</dt><dd>{{ delimit .Params.groups ", " }}</dd><dt>Hvad koster det?</dt><dd>{{ .Params.price }}</dd>
<dt>Skal du melde dig til?</dt><dd>{{ .Params.sign_up }}</dd></dl></section>
<p><a href="kalender.ics">Hent tiderne</a></p><p>Tjekket {{ .Params.checked }}</p>{{ end }}
"""
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .Pages).Pages }}
<li><p>{{ .Params.rule }}</p><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><p>{{ .Params.address }}</p></li>{{ end }}</ul>
{{ template "_internal/pagination.html" . }}{{ end }}
"""
_ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//DA
X-WR-CALNAME:{{ .Title }}
BEGIN:VEVENT
UID:{{ .File.ContentBaseName }}@x
DTSTAMP:20261124T000000Z
DTSTART;TZID=Europe/Copenhagen:20261124T{{ .Params.start }}00
SUMMARY:{{ .Title }}
DESCRIPTION:{{ .Description }}
LOCATION:{{ .Params.address }}
END:VEVENT
END:VCALENDAR
"""


def make(count: int, target: Path) -> Path:
    """A Hugo site in `target` with the activities of `many`."""
    shutil.rmtree(target, ignore_errors=True)
    for name, text in (
        ("config.toml", _CONFIG),
        ("layouts/_default/baseof.html", _BASE),
        ("layouts/_default/single.html", _SINGLE),
        ("layouts/_default/list.html", _LIST),
        ("layouts/_default/single.kalender.ics", _ICS),
        ("content/_index.md", "---\ntitle: Forside\n---\n"),
    ):
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    folder = target / "content/aktiviteter"
    folder.mkdir()
    known: dict[str, dict] = {}
    for path, thing in things(count):
        kind, _, name = path.removesuffix(".yml").partition("/")
        if kind != "activities":
            known[name] = thing
            continue
        (folder / f"{name}.md").write_text(page(thing, known), encoding="utf-8")
    return target


def page(thing: dict, known: dict[str, dict]) -> str:
    """An activity as Markdown with front matter."""
    place, (when,) = known[thing["place"]], thing["when"]
    head = {
        "title": thing["title"],
        "description": thing["what"].partition(".")[0],
        "foreninger": [known[thing["organiser"]]["title"]],
        "steder": [place["title"]],
        "byer": [place["postcode"]],
        "omraader": thing["areas"],
        "address": f"{place['address']}, {place['postcode']}",
        "rule": f"{when['repeats']} {', '.join(when.get('weekdays', when.get('dates')))} "
        f"kl. {when['start']}–{when['end']}",
        "start": when["start"].replace(".", "").zfill(4),
        "checked": thing["checked"]["date"],
        **{name: thing[name] for name in ("groups", "price", "sign_up", "first_visit")},
    }
    dumped = yaml.dump(head, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)
    return f"---\n{dumped}---\n\n{thing['what']}\n"
