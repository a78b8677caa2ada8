"""Help in earnest need: who can be called right now, and what people write who need it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from macros.data.kind import Kind
from macros.data.values import (
    Cites,
    Day,
    Line,
    Prose,
    Ref,
    Remark,
    Thing,
    WebAddress,
    described,
    optional,
    several,
)


def _number(text: str) -> str:
    """A Danish telephone number or one of those that are shorter, as 112."""
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"\d{3,6}|\d{8}", digits):
        raise PydanticCustomError(
            "phone",
            "«{value}» er ikke et dansk telefonnummer",
            {"value": text, "cure": "skriv cifrene: 112, 1888 eller 12 34 56 78"},
        )
    return " ".join(re.findall("..", digits)) if len(digits) == 8 else digits


def _phrase(text: str) -> str:
    """Words, each with others that may stand in its place behind a slash."""
    if not re.fullmatch(r"[^\W_]+(?:[ /][^\W_]+)*", text):
        raise PydanticCustomError(
            "phrase",
            "«{value}» er ikke en vending af ord",
            {
                "value": text,
                "cure": "skriv kun ord, med ét mellemrum imellem. Ord, der kan stå i stedet for "
                "hinanden, skilles med skråstreg: skærer mig/sig selv",
            },
        )
    return text


class Help(Thing):
    """Someone who can be called right now."""

    title: Line = described("Navn")
    phone: Annotated[str, AfterValidator(_number)] | None = optional(
        "Telefon", "Kun et nummer, der står hos dem selv eller hos en myndighed."
    )
    website: WebAddress | None = optional("Hjemmeside")
    hours: Line | None = optional("Åbent", "Som de selv skriver det.")
    about: Prose = described("Hvem og hvad")
    municipality: Annotated[str, Ref("municipality")] | None = optional(
        "Kommune", "Tomt: hele landet."
    )
    order: int = described("Rækkefølge", "Tal. Mindst først.")
    confirmed: Day | None = optional("Bekræftet", "Dagen, kommunen har set efter, at det passer.")
    cite: Cites = described("Kilde", min_length=1)

    @property
    def dial(self) -> str:
        """The number as a link wants it: short ones are no one's but ours."""
        digits = (self.phone or "").replace(" ", "")
        return f"+45{digits}" if len(digits) == 8 else digits


class LocalRemark(Remark):
    """Something one must know, everywhere or in one municipality."""

    municipality: Annotated[str | None, Ref("municipality")] = optional("Kun i kommunen")


class Need(Thing):
    """What somebody may be in, how they write it, and who can help."""

    title: Line = described("Hvad det handler om")
    order: int = described("Rækkefølge", "Tal. Mindst først.")
    typed: tuple[Annotated[Line, AfterValidator(_phrase)], ...] = described(
        "Når nogen skriver",
        "Ord og vendinger, der kan være alvor. Med skråstreg mellem ord, der kan stå i stedet for "
        "hinanden: »skærer mig/sig selv«. Op til to andre ord kan stå imellem, og én fejl i et "
        "langt ord gør ikke noget.",
        min_length=1,
    )
    help: tuple[Annotated[str, Ref("help")], ...] = several(
        "Hjælp", "Den vigtigste først. Tom: ingen er fundet; så sig det nedenfor."
    )
    remarks: tuple[LocalRemark, ...] = several("Det skal man også vide")


KINDS = (
    Kind("help", Help, "help/*", "hjælp"),
    Kind("need", Need, "needs/*", "nød"),
)
