"""An organiser's own calendar on the net beside our activities: what differs, as corrections.

By hand or at night, over the network, and never in a build. The calendar is read as one that is
imported, within the same bounds. What follows from it is tried with the rules of `check`: either a
file holds with the correction, or it stays as it was and the report says why.
"""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from macros.data.activity import MAX_IMPORTED, Activity, Organisation
from macros.data.site import Site
from macros.importing import take
from macros.importing.bounds import in_bounds
from macros.importing.draft import Draft, ImportStopped, Skipped
from macros.language.text import slug
from macros.reading import load
from macros.reading.changed import with_field
from macros.reading.net import fetched
from macros.when import wording
from macros.when.entry import AHEAD, today
from macros.when.programme import Programme
from macros.when.recurrence import Occurrence, occurrences
from macros.work.kept import Kept

What = Literal["ny", "flyttet", "aflyst", "andet sted", "væk", "kan ikke sammenlignes"]
SHOWN = 6  # times that a difference names
PRIVATE = "privat"


@dataclass(frozen=True)
class Difference:
    """What the calendar says otherwise than we do. told: in Danish. files: path -> the content that
    puts it right; none where only a person can. why: why it was left undone."""

    organisation: str
    title: str
    what: What
    told: str
    files: Mapping[str, str] = field(default_factory=dict)
    why: str = ""

    def __str__(self) -> str:
        ready = "" if self.files else f"\n    Ret selv: {self.why}"
        return f"{self.title}: {self.what}. {self.told}{ready}"


@dataclass
class Looked:
    """What came of an organiser's calendar. unread: why it could not be read, or «»."""

    organisation: Organisation
    differences: list[Difference]
    unread: str = ""


def check(root: Path, day: date | None = None) -> list[Looked]:
    """Each organiser's calendar beside what `root` holds; ImportStopped if that has faults."""
    site, before = load.read(root)
    if before:
        raise ImportStopped(
            f"data/ har allerede {len(before)} fejl", "kør «make check», og ret dem først"
        )
    looked = []
    for one in site.organisations:
        if one.calendar and not one.example:
            try:
                found = _differences(site, root, one, day or today())
                looked.append(Looked(one, found))
            except (ImportStopped, OSError, ValueError) as error:
                looked.append(Looked(one, [], str(error)))
    return _tried(root, site, looked)


def _differences(site: Site, root: Path, one: Organisation, day: date) -> list[Difference]:
    raw = fetched(one.calendar or "", MAX_IMPORTED)
    drafts, skipped = in_bounds(take.read, 0, raw, site, one.id, day)
    if len(drafts) > take.MAX_TAKEN:
        raise ImportStopped(
            f"kalenderen har {len(drafts)} aktiviteter; der kan højst ses på {take.MAX_TAKEN}",
            "bed om en kalender med en kortere periode",
        )
    return list(compared(site, root, one.id, drafts, skipped, day))


def compared(
    site: Site,
    root: Path,
    organisation: str,
    drafts: Iterable[Draft],
    skipped: Iterable[Skipped],
    day: date,
) -> Iterator[Difference]:
    """What differs, activity by activity. What is private in the calendar is as good as not there,
    and its name is told to nobody."""
    ours = {
        _name(one.title): one
        for one in site.activities
        if one.organiser == organisation and not one.example
    }
    theirs = {_name(draft.name): draft for draft in drafts}
    unread = {_name(one.name): one.why for one in skipped if PRIVATE not in one.why}
    entry = Programme(site, day).entry
    texts = _Texts(site, root)
    for name, draft in theirs.items():
        if name in ours:
            yield from _changes(site, texts, ours[name], draft, day)
        else:
            told = f"Den er i kalenderen og ikke på siden. {_said(_model(draft))}"
            taken = (draft.kind, draft.id) in site.documents
            files = {} if taken else {o.path: take.as_yaml(o) for o in (*draft.needs, draft)}
            why = f"der er allerede en fil, der hedder {draft.path}" if taken else ""
            yield Difference(organisation, draft.name, "ny", told, files, why)
    for name, activity in ours.items():
        if name in theirs or not activity.when or entry(activity).gone:
            continue
        if why := unread.get(name):
            yield Difference(
                organisation,
                activity.title,
                "kan ikke sammenlignes",
                "Den er i kalenderen, men kan ikke læses.",
                why=why,
            )
        else:
            told = "Den er på siden og ikke i kalenderen mere."
            files = texts.with_field(activity, "expires", day.isoformat())
            yield _or_by_hand(organisation, activity, "væk", told, files)


def _name(title: str) -> str:
    return slug(title)


def _said(activity: Activity) -> str:
    """Its rules in words."""
    return " ".join(f"{wording.rule(when)}." for when in activity.when)


def _model(draft: Draft) -> Activity:
    values = {**draft.values, "place": None}  # it may be as new as the activity
    return Activity.model_validate({"id": draft.id, **values})


def _changes(
    site: Site, texts: _Texts, ours: Activity, draft: Draft, day: date
) -> Iterator[Difference]:
    """What is otherwise with an activity that both have."""
    theirs, until = _model(draft), day + AHEAD
    mine = _times(occurrences(ours, site.holidays, day, until))
    own = _times(occurrences(theirs, {}, day, until))
    held = {at for at, one in mine.items() if not one.cancelled}
    there = {at for at, one in own.items() if not one.cancelled}
    off = {at for at in held - there if at in own}
    gone, new = held - there - off, there - held
    ends = {at for at in held & there if own[at].end and own[at].end != mine[at].end}
    if gone or new or ends:
        told = _told(ours, theirs, {"Ikke mere": gone, "Nyt": new, "Aflyst": off, "Slut": ends})
        files = texts.with_field(ours, "when", draft.values["when"])
        yield _or_by_hand(ours.organiser, ours, "flyttet", told, files)
    elif off:
        when = _with_cancelled(site, ours, off)
        files = texts.with_field(ours, "when", when) if when else {}
        yield _or_by_hand(ours.organiser, ours, "aflyst", f"Aflyst: {_days(off)}.", files)
    if (where := draft.values.get("place")) and where != ours.place:
        needs = {one.path: take.as_yaml(one) for one in draft.needs}
        files = texts.with_field(ours, "place", where)
        told = "I kalenderen er den et andet sted."
        yield _or_by_hand(
            ours.organiser, ours, "andet sted", told, {**needs, **files} if files else {}
        )


def _told(ours: Activity, theirs: Activity, times: Mapping[str, set[datetime]]) -> str:
    """Both rules, where they are said otherwise; else the times that are."""
    if (before := _said(ours)) != (now := _said(theirs)):
        return f"På siden: {before} I kalenderen: {now}"
    return " ".join(f"{name}: {_days(some)}." for name, some in times.items() if some)


def _or_by_hand(
    organisation: str, activity: Activity, what: What, told: str, files: Mapping[str, str]
) -> Difference:
    why = "" if files else "den står i et regneark; ret rækken der"
    return Difference(organisation, activity.title, what, told, files, why)


def _times(all_times: Iterable[Occurrence]) -> dict[datetime, Occurrence]:
    return {one.start: one for one in all_times}


def _days(times: Iterable[datetime]) -> str:
    """Some times in words."""
    every = sorted(times)
    told = ", ".join(
        f"{wording.day(at.date())} kl. {wording.clock(at.time())}" for at in every[:SHOWN]
    )
    more = len(every) - SHOWN
    return f"{told} og {more} til" if more > 0 else told


def _with_cancelled(
    site: Site, activity: Activity, off: Iterable[datetime]
) -> list[dict[str, object]]:
    """The activity's schedules as its file has them, with those times called off."""
    document = site.documents["activity", activity.id].value
    typed = document.get("when") if isinstance(document, dict) else None
    if not isinstance(typed, list):
        return []
    schedules = [dict(when) for when in typed]
    for at in off:
        for when, shown in zip(schedules, activity.when, strict=True):
            alone = activity.model_copy(update={"when": (shown,)})
            if at in _times(occurrences(alone, site.holidays, at.date(), at.date())):
                days = when.get("cancelled") or []
                own = days if isinstance(days, list) else [days]
                when["cancelled"] = sorted({*own, at.date().isoformat()})
    return schedules


class _Texts:
    """Files of `data/` as they would be with every correction so far."""

    def __init__(self, site: Site, root: Path):
        self._site, self._root = site, root
        self._texts: dict[str, str] = {}

    def with_field(self, activity: Activity, name: str, value: object) -> dict[str, str]:
        """The activity's file with another value of a field; none if it is a spreadsheet's row."""
        path = self._site.documents.path(("activity", activity.id))
        if not path.endswith(".yml"):
            return {}
        text = self._texts.get(path) or (self._root / path).read_text(encoding="utf-8")
        self._texts[path] = with_field(text, name, value)
        return {path: self._texts[path]}


# --- what holds -------------------------------------------------------------------------------


def _tried(root: Path, site: Site, looked: list[Looked]) -> list[Looked]:
    """The same, without the corrections that the rules of `check` would not let through."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        for document in site.documents.values():
            copy = trial / document.path
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                shutil.copy(root / document.path, copy)
        kept = Kept()
        for one in looked:
            one.differences = [_alone(trial, difference, kept) for difference in one.differences]
    return looked


def _alone(trial: Path, difference: Difference, kept: Kept) -> Difference:
    """A difference whose correction holds, put into the trial; else without it."""
    before = {path: _read(trial / path) for path in difference.files}
    for path, text in difference.files.items():
        (trial / path).parent.mkdir(parents=True, exist_ok=True)
        (trial / path).write_text(text, encoding="utf-8")
    faults = load.read(trial, kept)[1] if difference.files else []
    if not faults:
        return difference
    for path, text in before.items():
        if text is None:
            (trial / path).unlink()
        else:
            (trial / path).write_text(text, encoding="utf-8")
    why = f"rettelsen kan ikke bruges, som den er: {faults[0].what}"
    return replace(difference, files={}, why=why)


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


# --- what comes of it ----------------------------------------------------------------------------


def patch(root: Path, looked: Iterable[Looked]) -> str:
    """All corrections as a patch that `git apply` takes."""
    lines: list[str] = []
    for path, text in corrections(looked).items():
        before = _read(root / path)
        lines += difflib.unified_diff(
            (before or "").splitlines(keepends=True),
            text.splitlines(keepends=True),
            f"a/{path}" if before is not None else "/dev/null",
            f"b/{path}",
        )
    return "".join(lines)


def corrections(looked: Iterable[Looked]) -> dict[str, str]:
    """Path -> content; of two corrections of one file the last has both."""
    return {
        path: text
        for one in looked
        for difference in one.differences
        for path, text in difference.files.items()
    }


def letter(site: Site, one: Looked, day: date) -> str:
    """What to write to an organiser whose calendar says otherwise."""
    to = one.organisation.contact.email if one.organisation.contact else None
    lines = [
        f"Til: {to or '(ingen mailadresse oplyst)'}",
        f"Emne: Passer det, der står om {one.organisation.title} på {site.settings.title}?",
        "",
        "Hej",
        "",
        f"Den {wording.day(day)} sammenlignede vi jeres kalender med det, der står på siden.",
        "Det er ikke ens:",
        "",
        *(f"- {each.title}: {each.what}. {each.told}" for each in one.differences),
        "",
        "Er det kalenderen, der er rigtig? Så retter vi siden. Er det siden, der er rigtig, så",
        "skriv det til os.",
        "",
        f"Venlig hilsen\n{site.settings.title}",
    ]
    return "\n".join(lines) + "\n"


OUT = ".build/kalendere"


def put(root: Path, looked: Iterable[Looked], day: date, write: bool) -> list[str]:
    """Write the letters and the patch, and the corrections themselves if `write`; what was
    written. A correction is put beside the file and moved over it."""
    every = [one for one in looked if one.differences]
    out = root / OUT
    shutil.rmtree(out, ignore_errors=True)
    if not every:
        return []
    try:
        site = load.read(root)[0]
        files = {f"{OUT}/{one.organisation.id}.txt": letter(site, one, day) for one in every}
        if told := patch(root, every):
            files[f"{OUT}/rettelser.patch"] = told
        if write:
            files |= corrections(every)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            beside = root / f"{path}.new"
            beside.write_text(text, encoding="utf-8")
            beside.replace(root / path)
    except OSError:
        raise ImportStopped(
            "rettelserne kan ikke gemmes", "se, om der er plads, og om du må skrive i mappen"
        ) from None
    return list(files)
