"""The project as it was read the last time, with a few files as they are now.

For whoever was told which files were saved, and cannot wait until all thousands are looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from macros.data.site import Key
from macros.reading.files import content, file_at
from macros.reading.load import Gathered, Judged, documents
from macros.reading.naming import place
from macros.when.entry import today
from macros.work import digest
from macros.work.kept import Kept


def again(root: Path, kept: Kept, saved: Iterable[str]) -> Gathered | None:
    """What a look at all files would find if only those that were saved are others than they were;
    None where it takes more than that to know. saved: paths from `root`."""
    before: Gathered | None = kept.memory["gathered"].get("last")
    if before is None or before.faults or before.day != today():
        return None
    new: dict[Key, Judged] = {}
    digests = dict(before.there.digests)
    for path in saved:
        if path not in digests and not os.path.lexists(root / path):
            continue  # an editor's own, of a moment
        if not path.startswith("data/") or not path.endswith(".yml"):
            return None
        kind, id, _ = place(path, PurePosixPath(path).relative_to("data"))
        was = before.judged.get((kind.name, id)) if kind else None
        file = file_at(root, path)
        if file is None or was is None or was.path != path:
            return None
        raw, faults = content(file)
        if faults:
            return None
        (now,), remarks = documents(path, raw, before.copies)
        if remarks or not _fits(was, now):
            return None
        new[kind.name, id], digests[path] = now, digest.of_bytes(raw)
        kept.shelf("files").put(f"{path} {digests[path]} {before.around}", ((now,), ()))
    gathered = before.taking(replace(before.there, digests=digests), new)
    kept.memory["gathered"]["last"] = gathered
    return gathered


def _fits(was: Judged, now: Judged) -> bool:
    """Whether it takes the other's place and changes nothing else: rows of spreadsheets may name
    things by their titles."""
    sound = all(one.thing is not None and not one.read and not one.judged for one in (was, now))
    return sound and (now.title == was.title or now.kind == "activity")
