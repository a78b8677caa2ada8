"""All kinds of file, in the order in which they are read: what is named before what names it."""

from __future__ import annotations

from macros.data import activity, catalogue, help, role, settings, strategy

KINDS = (
    *settings.KINDS,
    *strategy.KINDS,
    *role.KINDS,
    *catalogue.KINDS,
    *activity.KINDS,
    *help.KINDS,
)
LABELS = {kind.name: kind.label for kind in (*KINDS, settings.DOC)} | {
    "section": "afsnit i en kilde"
}
