"""Mutations of a project's own files: `make fuzz` tries 2,000, the suite some of them.

After each, `check` may be content or say what is wrong, but never fall, never take longer than
ten seconds, never name a fault without a place and a cure; and what it passes is built (every
tenth), for what `check` passes can be published. The seed is fixed: a trouble comes back.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LILLEVIG = ROOT / "tests/lillevig"
SECONDS = 10
BUILT = 10  # every so many that pass

NASTY = (
    "2024", "yes", "1:30", "0123", "null", "~", "''", '""', "-", "?", "ja", "[]", "{}", "|", ">",
    "{{ 7*7 }}", "{% include 'frame.html' %}", "{# x", "<b>x</b>", "<script>alert(1)</script>",
    "javascript:alert(1)", "[x](y.md)", "![](x.png)", "--8<-- \"x\"", "&amp;", "a & b < c",
    "\u2029", "\u202e", "\x00", "\x1f", "\x85", "\ufeff", "😀", "👨\u200d👩\u200d👧", "e\u0301",
    "æøå", "Ã¦",
    "x" * 600_000, "ord " * 3000, "*x", "&x y", "!!python/object:os.system x", "2026-02-30",
    "99.99", "kl. 10-12", "../../etc/passwd", "CON", "%s %d {0}", "\\", "'", '"', "#",
    ": ", "\t", "=1+1",
    "02.30", "2027-03-28", "1e400", "-1", "§ 0", "lillevig", "true", "Tirsdag", "25.00", "'",
)  # fmt: skip
Mutation = Callable[[random.Random, Path], None]


def _text(change: Callable[[random.Random, list[str]], list[str]]) -> Mutation:
    """A change to the lines of a file."""

    def mutate(dice: random.Random, file: Path) -> None:
        lines = file.read_bytes().decode("utf-8", "surrogateescape").split("\n")
        file.write_bytes("\n".join(change(dice, lines)).encode("utf-8", "surrogateescape"))

    return mutate


def _at(dice: random.Random, lines: list[str]) -> int:
    return dice.randrange(len(lines))


def _drop(dice, lines):
    at = _at(dice, lines)
    return lines[:at] + lines[at + dice.choice((1, 1, 2, 5)) :]


def _double(dice, lines):
    at = _at(dice, lines)
    return lines[: at + 1] + lines[at:]


def _swap(dice, lines):
    one, two = _at(dice, lines), _at(dice, lines)
    lines[one], lines[two] = lines[two], lines[one]
    return lines


def _indent(dice, lines):
    at = _at(dice, lines)
    lines[at] = dice.choice((lines[at][1:], f" {lines[at]}", f"  {lines[at]}", f"\t{lines[at]}"))
    return lines


def _value(dice, lines):
    """Another value for a field, or another item of a list."""
    at = _at(dice, lines)
    head, colon, _ = lines[at].partition(": ")
    lines[at] = f"{head}{colon}{dice.choice(NASTY)}" if colon else dice.choice(NASTY)
    return lines


def _insert(dice, lines):
    at, sign = _at(dice, lines), dice.choice(NASTY)
    place = dice.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:place] + sign + lines[at][place:]
    return lines


def _letter(dice, lines):
    at = _at(dice, lines)
    if lines[at]:
        place = dice.randrange(len(lines[at]))
        lines[at] = (
            lines[at][:place] + dice.choice(("", "x", ":", "-", " ")) + lines[at][place + 1 :]
        )
    return lines


def _capitals(dice, lines):
    at = _at(dice, lines)
    lines[at] = lines[at].upper()
    return lines


def _cut(dice, file):
    raw = file.read_bytes()
    file.write_bytes(raw[: dice.randrange(len(raw) + 1)])


def _encoding(dice, file):
    text = file.read_bytes().decode("utf-8", "replace")
    file.write_bytes(text.encode(dice.choice(("cp1252", "utf-16", "utf-8-sig")), "replace"))


def _noise(dice, file):
    raw = bytearray(file.read_bytes() or b"x")
    for _ in range(dice.choice((1, 3, 20))):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    file.write_bytes(bytes(raw))


def _gone(dice, file):
    file.unlink()


def _renamed(dice, file):
    name = dice.choice(("Ny fil", "æble", "x" * 120, "en-anden", "con", "a.b", f".{file.stem}"))
    file.rename(file.with_name(f"{name}{dice.choice((file.suffix, '.yml', '.txt', '~', ''))}"))


def _twin(dice, file):
    shutil.copy(file, file.with_name(f"tvilling-{file.name}"))


def _folder(dice, file):
    file.unlink()
    file.mkdir()


def _moved(dice, file):
    top = next(path for path in file.parents if path.name in ("data", "docs"))
    folders = sorted(path for path in top.iterdir() if path.is_dir())  # never outside the copy
    file.rename(dice.choice(folders) / file.name)


MUTATIONS: tuple[Mutation, ...] = (
    *(_text(c) for c in (_drop, _double, _swap, _indent, _value, _value, _value, _insert, _insert)),
    *(_text(c) for c in (_letter, _letter, _capitals)),
    _cut, _encoding, _noise, _gone, _renamed, _twin, _folder, _moved,
)  # fmt: skip


@dataclass(frozen=True)
class Trouble:
    """What must not happen: the mutation's number, what it did to which file, and how it ended."""

    number: int
    what: str
    file: str
    how: str


class TooLong(BaseException):
    """No library's «except Exception» may swallow it."""


def _alarm(*_: object) -> None:
    raise TooLong


def mutated(
    content: Path, count: int, seed: int = 1, built: int = BUILT
) -> Iterator[Trouble | None]:
    """Try `count` mutations of a project's data/ and docs/; a trouble, or None, for each."""
    from macros.adapter.build import BuildStopped, build
    from macros.reading.load import read

    signal.signal(signal.SIGALRM, _alarm)
    dice = random.Random(seed)
    passed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        project.mkdir()
        for name in ("macros", "overrides", "mkdocs.yml"):
            (project / name).symlink_to(ROOT / name)
        for number in range(count):
            for name in ("data", "docs"):
                shutil.rmtree(project / name, ignore_errors=True)
                shutil.copytree(content / name, project / name)
            files = sorted(p for p in (project / "data").rglob("*") if _may_change(project, p))
            files += sorted((project / "docs").rglob("*.md"))
            file, mutation = dice.choice(files), dice.choice(MUTATIONS)
            what = getattr(mutation, "__qualname__", "")
            name = file.relative_to(project).as_posix()
            how = ""
            try:
                mutation(dice, file)
                signal.alarm(SECONDS)
                _, faults = read(project)
                signal.alarm(0)
                how = _placeless(faults)
                if not faults:
                    passed += 1
                    if passed % built == 0:
                        build(project, project / "site")
            except TooLong:
                how = f"over {SECONDS} s"
            except BuildStopped as stop:
                how = f"passes check, breaks the build: {stop}"
            except Exception:
                how = traceback.format_exc(limit=-3)
            finally:
                signal.alarm(0)
            yield Trouble(number, what, name, how) if how else None


def _may_change(project: Path, path: Path) -> bool:
    inside = path.relative_to(project / "data").parts
    return path.is_file() and inside[0][0] != "_"


def _placeless(faults: list) -> str:
    for fault in faults:
        whole = str(fault)
        if not fault.path or fault.line < 1 or fault.column < 1 or not fault.cure:
            return f"no place or cure: {whole}"
        if len(whole) > 1200 or any(not sign.isprintable() for sign in whole.replace("\n", "")):
            return f"not one calm line: {whole[:200]!r}"
        if "Input should" in whole or "Error" in fault.what:
            return f"English: {whole}"
    return ""


def main(count: int = 2000) -> int:
    found = 0
    for content in (ROOT, LILLEVIG):
        for number, trouble in enumerate(mutated(content, count // 2), start=1):
            if trouble:
                found += 1
                print(f"{content.name}: {trouble}", flush=True)
            if number % 100 == 0:
                print(f"{content.name}: {number} tried, {found} troubles so far", flush=True)
    found += attacked()
    print(f"{found} troubles.")
    return 1 if found else 0


def attacked() -> int:
    """Bring every payload through every way in, in several mixtures; how much harm was done."""
    from conftest import chromium, make_project, serve_folder
    from hostile import PAYLOADS, harm

    done = 0
    with (
        contextmanager(chromium.__wrapped__)() as browser,
        contextmanager(serve_folder.__wrapped__)() as serve,
    ):
        for content in (LILLEVIG, ROOT):
            for seed, share in enumerate((0.05, 0.15, 0.4), start=1):
                with tempfile.TemporaryDirectory() as folder:
                    project = make_project(Path(folder), content)
                    told = harm(project, browser, serve, list(PAYLOADS), share, seed)
                print(
                    f"{content.name}: {len(PAYLOADS)} payloads, {told.put} put into files, "
                    f"{told.stay} passed check; {told.taken} foreign activities taken; "
                    f"{told.seen} pages looked at; harm: {len(told.harm)}",
                    *told.harm,
                    sep="\n  ",
                    flush=True,
                )
                done += len(told.harm)
    return done


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
