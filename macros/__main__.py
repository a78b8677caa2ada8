"""The command line: `python -m macros check | build | serve | …` from the root."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from macros.data import faults
from macros.output import schema
from macros.reading import load
from macros.rules import (
    copied,
    everyday,
    freshness,
    help,
    leads,
    readability,
    recipients,
    run,
    spelling,
    standing,
)
from macros.when.entry import today
from macros.work.kept import KEPT, Kept
from macros.work.progress import progress

# What is worth saying and stops nothing.
ADVICE = (
    readability.advice,
    standing.advice,
    freshness.to_check,
    freshness.follow_up_is_overdue,
    help.to_confirm,
    leads.leads_nowhere,
    recipients.nobody_receives,
    freshness.plans_to_renew,
    everyday.advice,
    spelling.advice,
)


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 when there is something to mend."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check data/ and the front matter of docs/")
    check.add_argument("--github", action="store_true", help="print GitHub annotations")
    whole = commands.add_parser("build", help="build the site into site/")
    serve = commands.add_parser("serve", help="serve the site and rebuild on change")
    serve.add_argument("--port", type=int, default=8000)
    for one in (whole, serve):
        one.add_argument("--editor", action="store_true", help="with the editor in the browser")
    public = commands.add_parser("publish", help="show the site in a web server's folder")
    public.add_argument("folder", type=Path, help="the server shows what lies in its «current»")
    public.add_argument("--editor", action="store_true", help="with the editor in the browser")
    public.add_argument("--keep", type=int, default=5, help="how many releases to keep")
    public.add_argument("--force", action="store_true", help="even if pages would be lost")
    public.add_argument("--rollback", action="store_true", help="show the release before this one")
    diff = commands.add_parser("diff", help="show which pages a change touches, before and after")
    diff.add_argument("base", help="a branch or commit to compare with")
    again = commands.add_parser("rename", help="give a thing another id, and lead its address on")
    again.add_argument("kind", help="its kind, as in «idea»")
    again.add_argument("old", help="its id: the file's name without .yml")
    again.add_argument("new", help="the id it gets")
    commands.add_parser("schema", help="write data/_schema/ from the model")
    commands.add_parser("words", help="vouch for the words that check does not know")
    net = commands.add_parser("sources", help="see whether sources on the net have changed")
    how = net.add_mutually_exclusive_group(required=True)
    how.add_argument("--check", action="store_true", help="compare with the last time")
    how.add_argument("--accept", action="store_true", help="take what stands there now as read")
    others = commands.add_parser("calendars", help="compare organisers' own calendars with ours")
    others.add_argument(
        "--check", action="store_true", required=True, help="look, over the network"
    )
    others.add_argument("--write", action="store_true", help="put the corrections into data/ too")
    runs = commands.add_parser("runs", help="hash the sources' text, so that none is copied")
    runs.add_argument("files", type=Path, nargs="+", help="the sources as text files")
    take = commands.add_parser("import", help="make activities of a calendar or Open Referral")
    take.add_argument("file", type=Path, help="a .ics or .json file")
    take.add_argument("--organisation", help="id of who is behind a calendar's activities")
    take.add_argument("--dry-run", action="store_true", help="only show what would be taken")
    chosen = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        today()
    except ValueError:
        print("Dagen i variablen TODAY kan ikke læses.\n    Ret: skriv den som 2026-12-01")
        return 1
    if chosen.command == "import":
        return _import(root, chosen.file, chosen.organisation, not chosen.dry_run)
    if chosen.command == "check":
        return _check(root, chosen.github)
    if chosen.command == "words":
        return _words(root)
    if chosen.command == "runs":
        texts = [file.read_text(encoding="utf-8") for file in chosen.files]
        (root / copied.FILE).write_text(copied.content(texts), encoding="utf-8")
        return 0
    if chosen.command == "sources":
        return _sources(root, chosen.accept)
    if chosen.command == "calendars":
        return _calendars(root, chosen.write)
    if chosen.command == "rename":
        return _rename(root, chosen.kind, chosen.old, chosen.new)
    if chosen.command == "schema":
        for path, content in schema.files().items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(content)
        return 0
    # MkDocs is imported only by the commands that build.
    if chosen.command == "serve":
        from macros.adapter.serve import serve as run

        return run(root, port=chosen.port, editor=chosen.editor)
    from macros.adapter.build import BuildStopped, build

    if chosen.command == "diff":
        return _diff(root, chosen.base)
    if chosen.command == "publish":
        from macros.adapter.publish import publish, rollback

        try:
            if chosen.rollback:
                shown = rollback(chosen.folder)
            else:
                shown = publish(
                    root, chosen.folder, max(1, chosen.keep), chosen.force, chosen.editor
                )
        except BuildStopped as stop:
            print(stop, file=sys.stderr)
            print("Det, der var udgivet, er der stadig.", file=sys.stderr)
            return 1
        print(f"Udgivet: {chosen.folder}/current, udgave {shown.release}, {shown.pages} sider.")
        return 0
    try:
        build(root, root / "site", editor=chosen.editor)
    except BuildStopped as stop:
        print(stop, file=sys.stderr)
        print("Siden i site/ er ikke ændret.", file=sys.stderr)
        return 1
    print("Siden ligger i site/.")
    return 0


def _diff(root: Path, base: str) -> int:
    from macros.adapter import compare
    from macros.adapter.build import BuildStopped

    try:
        changes = compare.compare(root, base)
    except BuildStopped as stop:
        print(stop, file=sys.stderr)
        return 1
    print(compare.summary(changes), end="")
    print(f"Før og efter: {compare.OUT}/index.html")
    return 0


def _words(root: Path) -> int:
    try:
        new = spelling.vouch(load.read(root)[0], root)
    except (OSError, UnicodeDecodeError):
        print(f"{spelling.FILE} kan ikke læses eller gemmes. Ret: gem den som UTF-8.")
        return 1
    print("\n".join(new) or "Der er ingen nye ord.")
    if new:
        print(f"{len(new)} ord er skrevet i {spelling.FILE}. Slet dem, der er stavet forkert.")
    return 0


_SAME = "Ingen af siderne har ændret sig."


def _sources(root: Path, accept: bool) -> int:
    from macros.reading import watch

    moved = watch.check(load.read(root)[0], root, accept)
    nothing = "Det, der står på siderne nu, gælder som læst." if accept else _SAME
    print("\n".join(map(str, moved)) or nothing)
    return 1 if moved else 0


def _calendars(root: Path, write: bool) -> int:
    from macros.importing import compared
    from macros.importing.draft import ImportStopped
    from macros.when.entry import today

    try:
        looked = compared.check(root)
        places = compared.put(root, looked, today(), write)
    except ImportStopped as stop:
        print(stop, file=sys.stderr)
        return 1
    for one in looked:
        print(f"{one.organisation.title} ({one.organisation.calendar})")
        found = [one.unread] if one.unread else one.differences or ["Siden og kalenderen er ens."]
        print(*(f"  {line}" for each in found for line in str(each).split("\n")), sep="\n")
    if not looked:
        print("Ingen arrangør har oplyst sin egen kalender (feltet «calendar»).")
    if places:
        print("Gemt:", *places, sep="\n  ")
    return 1 if any(one.unread or one.differences for one in looked) else 0


def _rename(root: Path, kind: str, old: str, new: str) -> int:
    from macros.reading.rename import RenameStopped, rename

    try:
        changed = rename(root, kind, old, new)
    except RenameStopped as stop:
        print(stop, file=sys.stderr)
        print("Der er ikke ændret noget.", file=sys.stderr)
        return 1
    print("Ændret:", *changed, sep="\n  ")
    return 0


def _import(root: Path, file: Path, organisation: str | None, write: bool) -> int:
    from macros.importing import take
    from macros.importing.draft import ImportStopped

    try:
        report = take.from_file(root, file, organisation, write)
    except ImportStopped as stop:
        print(f"{file.name}: {stop}", file=sys.stderr)
        print("Der er ikke gemt noget.", file=sys.stderr)
        return 1
    print(report)
    if not report.taken or not write:
        print("Der er ikke gemt noget.")
    return 0 if report.taken else 1


def _check(root: Path, github: bool) -> int:
    gc.disable()  # short and full of small objects: a fifth of the time
    try:
        progress.begin()
        progress.step("Læser filerne")
        kept = Kept(root / KEPT, root)
        site, all_faults = load.read(root, kept)
        kept.save()
        progress.step("Læser teksterne igennem")
        remarks = (
            [*site.beside.remarks, *(one for judge in ADVICE for one in judge(site))]
            if run.is_whole(site)
            else site.beside.remarks
        )
    finally:
        progress.end()
        gc.enable()
    for remark in sorted(remarks):
        print(remark.annotation("warning") if github else f"Advarsel: {remark}")
    for fault in sorted(set(all_faults)):
        print(fault.annotation() if github else fault)
    print(faults.count(len(set(all_faults))))
    return 1 if all_faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
