"""What a change does to the site: the pages it touches, before and after side by side.

Both are built by the program as it is now, of the files as they were and as they are: what differs
is what an editor has done, and nothing else.
"""

from __future__ import annotations

import difflib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from lxml import html as lxml_html

from macros.adapter.build import BuildStopped, build
from macros.output import printouts
from macros.output.templates import environment
from macros.work.kept import KEPT, Kept

OUT = ".build/diff"
MOST = 200  # pages that the list shows
_OWN = ("data", "docs")  # what editors change
_BLOCKS = ("p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "summary", "figcaption", "td", "th")


@dataclass(frozen=True)
class Change:
    """A page that differs: its address, title, and text before and after, a line each; none where
    it is new or gone."""

    address: str
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def what(self) -> str:
        return "ny" if not self.before else "væk" if not self.after else "ændret"

    @property
    def rows(self) -> Iterator[tuple[Words, Words]]:
        """The lines that differ, each beside what it was."""
        matcher = difflib.SequenceMatcher(None, self.before, self.after, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what != "equal":
                for was, now in zip_longest(self.before[a:b], self.after[c:d], fillvalue=""):
                    yield _words(was, now)


def compare(root: Path, base: str) -> list[Change]:
    """Build `root` and the same at the commit `base`; the pages that differ. Raises
    BuildStopped."""
    out, kept = root / OUT, Kept(root / KEPT, root)  # most of both is the same
    with tempfile.TemporaryDirectory() as folder:
        past = _past(root, base, Path(folder))
        build(past, out / "before", kept)
    build(root, out / "after", kept)
    kept.save()
    changes = list(_changes(out / "before", out / "after"))
    template = environment(root / "overrides").get_template("compare.html")
    page = template.render(changes=changes, base=base)
    (out / "index.html").write_text(page, encoding="utf-8")
    (out / "summary.md").write_text(summary(changes), encoding="utf-8")
    return changes


def _past(root: Path, base: str, folder: Path) -> Path:
    """A project with this program and the editors' files as they were."""
    run = subprocess.run(
        ["git", "archive", base, *_OWN], cwd=root, capture_output=True, check=False
    )
    if run.returncode:
        raise BuildStopped(
            f"Der er intet at sammenligne med: git kender ikke »{base}«.\n"
            "    Ret: skriv en gren eller et punkt i historien, fx «make diff BASE=main»"
        )
    with tarfile.open(fileobj=io.BytesIO(run.stdout)) as packed:
        packed.extractall(folder, filter="data")
    (root / printouts.KEPT).mkdir(parents=True, exist_ok=True)
    (folder / printouts.KEPT).parent.mkdir()
    for name in ("macros", "overrides", "mkdocs.yml", printouts.KEPT):
        (folder / name).symlink_to((root / name).resolve())
    return folder


def _changes(before: Path, after: Path) -> Iterator[Change]:
    addresses = {
        file.parent.relative_to(side).as_posix()
        for side in (before, after)
        for file in side.rglob("index.html")
    }
    for address in sorted(addresses):
        was, then = _read(before / address / "index.html")
        became, now = _read(after / address / "index.html")
        if then != now:
            shown = "" if address == "." else f"{address}/"
            yield Change(shown, became or was, then, now)


def _read(page: Path) -> tuple[str, tuple[str, ...]]:
    """A page's title and the lines of its text; («», ()) where it is not."""
    if not page.is_file():
        return "", ()
    tree = lxml_html.document_fromstring(page.read_bytes())
    title = tree.findtext(".//title") or ""
    lines = []
    for block in tree.iterfind(".//main//*"):
        if block.tag not in _BLOCKS or any(one.tag in _BLOCKS for one in block.iterdescendants()):
            continue
        if text := " ".join(block.text_content().replace("\N{SOFT HYPHEN}", "").split()):
            lines.append(text)
    return title, tuple(lines)


def summary(changes: list[Change]) -> str:
    """For a comment on the change: how many pages, and which."""
    if not changes:
        return "Ændringen rører ingen sider.\n"
    count = len(changes)
    lines = [f"Ændringen rører {count} {'side' if count == 1 else 'sider'}:", ""]
    lines += [f"- /{one.address} ({one.what}): {one.title}" for one in changes[:MOST]]
    if count > MOST:
        lines.append(f"- og {count - MOST} til")
    return "\n".join(lines) + "\n"


Words = tuple[tuple[str, bool], ...]  # runs of words, and whether the other side lacks them


def _words(was: str, now: str) -> tuple[Words, Words]:
    old, new = was.split(), now.split()
    left, right = [], []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append((" ".join(old[a:b]), what != "equal"))
        right.append((" ".join(new[c:d]), what != "equal"))
    return tuple(run for run in left if run[0]), tuple(run for run in right if run[0])
