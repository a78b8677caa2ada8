"""A value -> its digest: equal for equal values, in every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePath

SIZE = 12  # bytes: no two of a billion values share one by chance


def of_bytes(content: bytes) -> str:
    return blake2b(content, digest_size=SIZE).hexdigest()


def of(*values: object) -> str:
    """The digest of plain and frozen values. Raises TypeError for what may change unseen."""
    parts: list[str] = []
    for value in values:
        _tell(value, parts)
    return of_bytes("\0".join(parts).encode("utf-8", "surrogatepass"))


def _tell(value: object, parts: list[str]) -> None:
    kind = type(value)
    if kind is str:
        parts.append(f"'{value}")
    elif value is None or kind in _PLAIN:
        parts.append(repr(value))
    elif kind is bytes:
        parts.append(f"b{of_bytes(value)}")
    elif kind is tuple or kind is list:
        parts.append(f"({len(value)}")
        for item in value:
            _tell(item, parts)
    elif digest := getattr(value, "digest", None):  # it knows its own
        parts.append(f"#{digest}")
    elif is_dataclass(value):
        parts.append(f"{kind.__name__}(")
        for name in _names(kind):
            _tell(getattr(value, name), parts)
    elif isinstance(value, frozenset | set):
        parts.append(f"{{{len(value)}")
        for told in sorted(of(item) for item in value):
            parts.append(told)
    elif isinstance(value, Mapping):
        parts.append(f"{{{len(value)}")
        for key, item in value.items():
            _tell(key, parts)
            _tell(item, parts)
    elif isinstance(value, str | date | time | timedelta | Enum | PurePath):
        parts.append(f"{kind.__name__}{value!r}")
    elif fields_of := getattr(kind, "model_fields", None):
        parts.append(f"{kind.__name__}(")
        for name in fields_of:
            _tell(getattr(value, name), parts)
    else:
        raise TypeError(f"no digest of {kind.__name__}")


_PLAIN = frozenset({bool, int, float})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
