"""Statements that sound like more than their source says are remarked on."""

import pytest

from macros.reading.load import load
from macros.rules.standing import advice


def remarks(project, standing: str, *sentences: str) -> list[str]:
    source = project / "data/sources/lillevig-brev.yml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("standing: forslag", f"standing: {standing}"), "utf-8")
    idea = project / "data/ideas/baenk.yml"
    text = idea.read_text(encoding="utf-8")
    idea.write_text(text.replace("Byg den af træ.", " ".join(sentences)), encoding="utf-8")
    return [remark.what for remark in advice(load(project)) if "baenk" in remark.path]


@pytest.mark.parametrize(
    ("standing", "strong", "mild"),
    [
        ("forslag", "Kommunen skal bygge den.", "Forslaget er at bygge den."),
        ("forslag", "Den bliver grøn.", "Den kunne blive grøn."),
        ("forventet", "Det er en følge af planen.", "Det forventes som en følge af planen."),
        ("antaget", "Bænke gør folk glade.", "Kataloget antager, at bænke gør folk glade."),
        ("mål", "Du skal sidde på den.", "Målet er, at du kan sidde på den."),
    ],
)
def test_a_sentence_that_is_stronger_than_its_source_is_remarked_on(
    project, standing, strong, mild
):
    told = remarks(project, standing, strong)

    assert any(f"«{strong.removesuffix('.')}»" in one for one in told)
    idea = project / "data/ideas/baenk.yml"
    text = idea.read_text(encoding="utf-8")
    idea.write_text(text.replace(strong, mild), encoding="utf-8")
    again = [one.what for one in advice(load(project)) if "baenk" in one.path]
    assert not any(mild.removesuffix(".") in one for one in again)


def test_what_is_decided_may_sound_so(project):
    assert remarks(project, "besluttet", "Kommunen skal bygge den.") == []


def test_what_is_said_first_governs_what_follows_in_the_paragraph(project):
    told = remarks(project, "forslag", "Forslaget er en bænk.", "Den skal stå på torvet.")

    assert not any("stå på torvet" in one for one in told)


def test_what_is_said_later_does_not_govern_what_stood_before(project):
    told = remarks(project, "forslag", "Den skal stå på torvet.", "Forslaget er en bænk.")

    assert any("stå på torvet" in one for one in told)
