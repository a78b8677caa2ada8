"""Where things stand on the site: what each kind's addresses begin with, and links between them."""

from __future__ import annotations

import posixpath
from functools import lru_cache

STRATEGIES = "strategier/"
MUNICIPALITIES = "kommuner/"
ROLES = "hvad-kan-du-goere/"
IDEAS = "ideer/"
TOPICS = "emner/"
TERMS = "ordliste/"
ORGANISATIONS = "foreninger/"
SOURCES = "kilder/"
ACTIVITIES = "aktiviteter/"
PLACES = "steder/"
SEARCH = "soeg/"
ABOUT = "om/"
WAS = "was/"
HELP = "hjaelp-nu/"
EDITING = "om/redaktion/"
FOR_ASSOCIATIONS = "om/foreninger/"
SUGGEST = "aktiviteter/foreslaa/"
CORRECT = "aktiviteter/sig-til/"
MY_LIST = "aktiviteter/min-liste/"
PRINT = "print/"
EASY = "let/"
SHOW = "vis/"
ASK = "#hvem-kan-jeg-spoerge"  # on the overview of roles, and on each role's page

DATA = "data/v1/"
# What only our own scripts read.
FINDER_FILES = "data/finder/"
SEARCH_FILES = "data/soeg/"
CHOICES = "data/kommuner/kommuner.json"
SEARCH_INDEX = f"{SEARCH_FILES}indeks.json"
EVERYTHING = f"{DATA}aktiviteter.ics"
MOVED = f"{DATA}flyttet.map"  # for a web server: `server/nginx.conf` takes it in
_CALENDARS = {
    "activity": "aktiviteter",
    "organisation": "foreninger",
    "place": "steder",
    "area": "fokusomraader",
    "town": "byer",
    "municipality": "kommuner",
    "group": "for",
    "flag": "valg",
}
# Lists of a day's programme: they come and go with what is on.
BUILT = tuple(f"{ACTIVITIES}{way}/" for way in ("dage", "byer", "fokusomraader", "kommuner", "uge"))
# What no editor may put a page at: it is made by the program.
RESERVED = (*BUILT, "assets/", "data/")


def calendar(kind: str, id: str) -> str:
    """Where a thing's calendar stands, from the site's root."""
    return f"{DATA}{_CALENDARS[kind]}/{id}.ics"


def feed(kind: str, id: str, ending: str) -> str:
    """Where a thing's activities stand for other programs, from the site's root."""
    return f"{DATA}{_CALENDARS[kind]}/{id}.{ending}"


def _steps(address: str) -> list[str]:
    return address.strip("/").split("/") if address.strip("/") else []


@lru_cache(maxsize=65536)
def relative(start: str, target: str) -> str:
    """The link from one address to another; `target` may end in #fragment.

    Relative links are what lets one build stand at a domain's root and in a folder.
    """
    path, hash, fragment = target.partition("#")
    if path == start:
        return f"{hash}{fragment}" or "./"
    if "/." in path or "//" in path or path.startswith("."):
        way = posixpath.relpath(f"/{path}", f"/{start}")
    else:  # as nearly all are, and there are millions
        here, there = _steps(start), _steps(path)
        shared = 0
        for one, other in zip(here, there, strict=False):
            if one != other:
                break
            shared += 1
        way = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
    return f"{way}{'/' if path.endswith('/') or not path else ''}{hash}{fragment}"
