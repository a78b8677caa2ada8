"""Where a calendar's events are: places that are known, and those that it adds."""

from __future__ import annotations

import re

from macros.data.site import Site
from macros.importing.draft import Draft, unique

_ADDRESS = re.compile(r"(?P<street>.*?\d+\s*[A-Za-z]?)\s*,\s*(?P<postcode>\d{4})\b")


class Places:
    """The places there are, and those that the calendar adds."""

    def __init__(self, site: Site):
        self._site = site
        self._ids = {id for kind, id in site.documents if kind == "place"}
        self._new: dict[tuple[str, str, str], Draft] = {}

    def find(self, told: str) -> tuple[Draft | None, str | None, str]:
        """A new place, or the id of a known one, or neither; and what the calendar says."""
        match = _ADDRESS.search(told)
        name = told.partition(",")[0].strip()
        before, _, street = match["street"].rpartition(",") if match else ("", "", "")
        postcode, street = match["postcode"] if match else "", street.strip()
        for place in self._site.places:
            same_name = place.title.lower() == name.lower() and postcode in ("", place.postcode)
            same_door = (place.address or "?", place.postcode) == (street, postcode)
            if not place.example and (same_name or same_door):
                return None, place.id, told
        if not match or postcode not in {town.id for town in self._site.postcodes}:
            return None, None, told
        title = before.strip(" ,") or street
        key = (title, street, postcode)
        if key not in self._new:
            id = unique(title, self._ids)
            self._ids.add(id)
            if any(title == other for other, _, _ in self._new):
                title = f"{title}, {street}"
            values = {"title": title, "address": street, "postcode": postcode}
            self._new[key] = Draft("place", id, title, values)
        return self._new[key], None, told
