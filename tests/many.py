"""Thousands of activities beside a project's own data, for benchmarks: made up, always the same.

    python tests/many.py 10000 /tmp/many

copies this project's data and pages there, links the program, and adds the activities with their
organisations and places.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from macros.data.activity import GROUPS, WEEKDAYS
from macros.reading.load import load

ROOT = Path(__file__).resolve().parent.parent
SEED = 7
PER_ORGANISER, PER_PLACE = 8, 6  # activities to each
TODAY = date(2026, 11, 24)

_WHAT = (
    "Gåtur Fællessang Strikkeklub Brætspil Svømning Fodbold Havearbejde Madlavning Læsekreds Dans "
    "Yoga Cykeltur Kortspil Maleri Korsang Petanque Fiskeri Foredrag Filmaften Motionshold "
    "Besøgsven Naturvandring Bordtennis Træværksted Kaffeklub Historiefortælling Samtalegruppe "
    "Badminton Vinterbadning Modeltog Skak Keramik Frimærkeklub Hundetur Højskolesang Broderi"
).split()
_FOR = (
    "begyndere|alle|nysgerrige|nye i byen|tidlige fugle|natteravne|hele familien|de rolige|"
    "de modige|naboer|venner|øvede|sommerfolk|hjemmegående|skiftehold|bedsteforældre"
).split("|")
_NAMES = (
    "Anemone Bøgen Citronen Duen Egen Fyrren Granen Havregrynet Ibsen Jordbærret Kastanjen "
    "Lærken Mosen Nøddeknækkeren Odderen Poplen Rævekløften Solsikken Tranen Uglen Viben Ørnen "
    "Åkanden Ahornen Birken Cederen Drosslen Ellen Falken Gøgen Hejren Isfuglen Kragen Lommen"
).split()
_SORTS = "Foreningen Klubben Laget Kredsen Selskabet Huset Gruppen Netværket".split()
_SENTENCES = (
    "Vi mødes og snakker, mens vi er i gang.",
    "Du kan komme, som du er.",
    "Vi skiftes til at vælge, hvad vi gør.",
    "Der er kaffe og te på bordet.",
    "Ingen skal kunne noget på forhånd.",
    "Vi hjælper hinanden med det, der er svært.",
    "Det er lige meget, om du vinder.",
    "Vi slutter af med en sang.",
    "Du kan låne det, du skal bruge.",
    "Der er altid en, der tager imod nye.",
    "Vi går i al slags vejr.",
    "Du kan gå, når du har fået nok.",
    "Tag gerne noget med, som du vil vise.",
    "Vi holder pause hver halve time.",
    "Her er plads til at være stille.",
)
_PRICES = ("gratis", "20 kr. pr. gang", "45 kr.", "100 kr. om året", "250 kr. pr. halvår")


def make(count: int, target: Path, root: Path = ROOT) -> Path:
    """A project in `target` with that many activities beside the data of `root`."""
    for name in ("macros", "overrides", "mkdocs.yml"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).symlink_to(ROOT / name)
    left_out = shutil.ignore_patterns("_review")
    for name in ("data", "docs"):
        shutil.copytree(root / name, target / name, ignore=left_out)
    for path, thing in things(count, root):
        file = target / "data" / path
        file.write_text(
            yaml.dump(thing, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper),
            encoding="utf-8",
        )
    return target


def things(count: int, root: Path = ROOT) -> Iterator[tuple[str, dict]]:
    """Path under `data/` and content of each organisation, place and activity."""
    pick = random.Random(SEED)
    site = load(root)
    towns = [town.id for town in site.postcodes]
    areas = [area.id for area in site.of_kind("area")]
    organisers = [f"mange-forening-{at}" for at in range(max(1, count // PER_ORGANISER))]
    places = [f"mange-sted-{at}" for at in range(max(1, count // PER_PLACE))]
    for at, id in enumerate(organisers):
        name = f"{pick.choice(_SORTS)} {pick.choice(_NAMES)} {at}"
        yield (
            f"organisations/{id}.yml",
            {
                "title": name,
                "kind": "forening",
                "about": " ".join(pick.sample(_SENTENCES, 2)),
                "contact": {"phone": f"00 00 {at // 100 % 100:02} {at % 100:02}"},
                "example": "ja",
            },
        )
    for at, id in enumerate(places):
        yield (
            f"places/{id}.yml",
            {
                "title": f"{pick.choice(_NAMES)}s hus {at}",
                "address": f"Eksempelvej {at + 1}",
                "postcode": pick.choice(towns),
                "wheelchair": pick.choice(("ja", "nej")),
                "toilet": pick.choice(("ja", "nej")),
                "directions": pick.choice(_SENTENCES),
                "example": "ja",
            },
        )
    for at in range(count):
        yield f"activities/mange-{at}.yml", _activity(pick, at, organisers, places, areas)


def _activity(pick, at: int, organisers: list[str], places: list[str], areas: list[str]) -> dict:
    day = pick.choice(WEEKDAYS)
    start = pick.choice((9, 10, 13, 15, 17, 19))
    when = {"start": f"{start}.00", "end": f"{start + pick.choice((1, 2))}.30"}
    kind = pick.random()
    if kind < 0.6:
        when |= {"repeats": "hver uge", "weekdays": [day]}
    elif kind < 0.85:
        which = pick.choice(("første", "anden", "tredje", "sidste"))
        when |= {"repeats": "hver måned", "which": which, "weekdays": [day]}
    else:
        dates = [TODAY + timedelta(days=pick.randrange(1, 200)) for _ in range(4)]
        when |= {"repeats": "enkelte dage", "dates": sorted({one.isoformat() for one in dates})}
    checked = TODAY - timedelta(days=pick.randrange(1, 170))
    return {
        "title": f"{pick.choice(_WHAT)} for {pick.choice(_FOR)} {at}",
        "what": " ".join(pick.sample(_SENTENCES, pick.choice((2, 3, 4)))),
        "organiser": pick.choice(organisers),
        "place": pick.choice(places),
        "when": [when],
        "groups": pick.sample(GROUPS, 2),
        "price": pick.choice(_PRICES),
        "sign_up": pick.choice(("kom bare", "tilmelding")),
        "referral": "nej",
        "company": pick.choice(("ja", "nej")),
        "first_visit": {"happens": pick.choice(_SENTENCES), "bring": "Godt humør."},
        "areas": pick.sample(areas, 1),
        "checked": {"date": checked.isoformat(), "by": "Den lokale forening"},
        "example": "ja",
    }


if __name__ == "__main__":
    print(make(int(sys.argv[1]), Path(sys.argv[2])))
