"""A page of the net, within bounds; never in a build."""

from __future__ import annotations

import time
import urllib.request
from http.client import HTTPException

SECONDS = 30  # for all of it, however slowly it drips
_PIECE = 65_536


def fetched(address: str, most: int) -> bytes:
    """What stands at an http(s) address. Raises OSError or ValueError; more than `most` bytes, or
    more than `SECONDS`, is as bad as nothing."""
    if not address.startswith(("https://", "http://")):
        raise ValueError("adressen begynder ikke med http")
    until = time.monotonic() + SECONDS
    request = urllib.request.Request(address, headers={"User-Agent": "Strategiportal"})
    content = bytearray()
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            while piece := response.read1(_PIECE):
                content += piece
                if len(content) > most:
                    raise ValueError("den er for stor")
                if time.monotonic() > until:
                    raise ValueError("den er for langsom")
            if response.length:  # of what was promised
                raise ValueError("den kom ikke helt frem")
    except HTTPException as error:
        raise ValueError(f"svaret kan ikke læses: {error!r}") from None
    return bytes(content)
