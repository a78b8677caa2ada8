"""A file of `data/` with another value of one of its fields, the rest as it was typed."""

from __future__ import annotations

from io import StringIO

import yaml

from macros.reading.yaml_source import parse


class Dumper(yaml.SafeDumper):
    """Lists set in under their field, and text of several lines as lines."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _text(dumper: Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


Dumper.add_representer(str, _text)


def dumped(values: object) -> str:
    """YAML as an editor would write it."""
    out = StringIO()
    yaml.dump(values, out, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return out.getvalue()


def with_field(text: str, name: str, value: object) -> str:
    """A file's text with that value of a field on top; at its end, if it had none. What stands
    around the field stays, remarks too; remarks within it go. ValueError if it has faults."""
    document, faults = parse("", text.encode())
    if faults:
        raise ValueError(faults[0].what)
    lines = text.splitlines(keepends=True)
    new = dumped({name: value})
    starts = sorted(line for where, (line, _) in document.keys.items() if len(where) == 1)
    if (name,) not in document.keys:
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        return "".join((*lines, new))
    start = document.keys[name,][0]
    end = next((line for line in starts if line > start), len(lines) + 1) - 1
    # Empty lines and remarks above the next field are that one's.
    while end > start and lines[end - 1].lstrip()[:1] in ("", "#"):
        end -= 1
    return "".join((*lines[: start - 1], new, *lines[end:]))
