"""A kind of file: each stands behind its model, in the model's own module."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.values import Model


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in references, model, place under `data/` and Danish name."""

    name: str
    model: type[Model]
    pattern: str
    label: str
