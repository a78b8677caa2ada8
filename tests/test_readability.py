"""Texts over their limit are remarked on, at the longest sentence."""

from macros.reading.load import load
from macros.rules.readability import advice

HEAVY = (
    "Kommunalbestyrelsesmedlemmerne implementerer helhedsorienterede "
    "forebyggelsesforanstaltninger vedrørende specialområdets målgruppebeskrivelser"
)


def test_a_heavy_text_is_remarked_on_with_its_place_and_longest_sentence(project):
    file = project / "data/roles/beboer.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Sig goddag til din nabo", HEAVY), encoding="utf-8"
    )

    remarks = advice(load(project))

    assert [str(remark).split(": ")[0] for remark in remarks] == ["data/roles/beboer.yml:15:15"]
    assert f"Længste sætning: «{HEAVY}»" in remarks[0].what


def test_names_do_not_count_as_running_text(project):
    file = project / "data/roles/beboer.yml"
    text = file.read_text(encoding="utf-8")
    title = "Forebyggelsesstrategi for specialområdet"
    file.write_text(
        text.replace("Sig goddag til din nabo", ". ".join([f"Læs {title}"] * 9)), encoding="utf-8"
    )
    source = project / "data/sources/lillevig-brev.yml"
    assert advice(load(project))

    source.write_text(
        source.read_text(encoding="utf-8").replace("Brev om nabohjælp", title), encoding="utf-8"
    )

    assert advice(load(project)) == []
