"""The command line: `python -m macros check | build | serve | schema | import` from the root."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from macros import everyday, faults, load, programme, readability, schema


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well, 1 when there is something to mend."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check data/ and the front matter of docs/")
    check.add_argument("--github", action="store_true", help="print GitHub annotations")
    commands.add_parser("build", help="build the site into site/")
    serve = commands.add_parser("serve", help="serve the site and rebuild on change")
    serve.add_argument("--port", type=int, default=8000)
    commands.add_parser("schema", help="write data/_schema/ from the model")
    take = commands.add_parser("import", help="make activities of a calendar or Open Referral")
    take.add_argument("file", type=Path, help="a .ics or .json file")
    take.add_argument("--organisation", help="id of who is behind a calendar's activities")
    take.add_argument("--dry-run", action="store_true", help="only show what would be taken")
    chosen = parser.parse_args(arguments)
    root = Path.cwd()
    if chosen.command == "import":
        return _import(root, chosen.file, chosen.organisation, not chosen.dry_run)
    if chosen.command == "check":
        return _check(root, chosen.github)
    if chosen.command == "schema":
        for path, content in schema.files().items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(content)
        return 0
    # MkDocs is imported only by the commands that build.
    if chosen.command == "serve":
        from macros.serve import serve as run

        return run(root, port=chosen.port)
    from macros.build import BuildStopped, build

    try:
        build(root, root / "site")
    except BuildStopped as stop:
        print(stop, file=sys.stderr)
        print("Siden i site/ er ikke ændret.", file=sys.stderr)
        return 1
    print("Siden ligger i site/.")
    return 0


def _import(root: Path, file: Path, organisation: str | None, write: bool) -> int:
    from macros import importing

    try:
        report = importing.from_file(root, file, organisation, write)
    except importing.ImportStopped as stop:
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
        site, found = load.read(root)
        remarks = (
            [
                *readability.advice(site),
                *programme.to_check(site),
                *programme.plans_to_renew(site),
                *everyday.advice(site, root),
            ]
            if not site.broken
            else []
        )
    finally:
        gc.enable()
    for remark in sorted(remarks):
        print(remark.annotation("warning") if github else f"Advarsel: {remark}")
    for fault in sorted(set(found)):
        print(fault.annotation() if github else fault)
    print(faults.count(len(set(found))))
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
