"""Danish words as the search sees them."""

import pytest

from macros.language import danish


@pytest.mark.parametrize(
    "text, words",
    [
        ("Sundhed, og trivsel!", ["sundhed", "og", "trivsel"]),
        ("§ 85", ["§85"]),
        ("§85", ["§85"]),
        ("servicelovens § 85 a", ["servicelovens", "§85a"]),
        ("§ 85 og andre", ["§85", "og", "andre"]),
        ("paragraf 85", ["§85"]),
        ("Paragrafferne 103 og 104", ["§103", "§104"]),
        ("§§ 103/104 så", ["§103", "§104", "så"]),
        ("§ 141-handleplan", ["§141", "handleplan"]),
        ("børne- og unge", ["børne", "og", "unge"]),
        ("fælles\N{SOFT HYPHEN}skab", ["fællesskab"]),
    ],
)
def test_words_are_cut_and_sections_of_an_act_are_one_word(text, words):
    assert list(danish.words(text)) == words


@pytest.mark.parametrize("written", ["fællesskab", "faellesskab", "FÆLLESSKAB".lower()])
def test_all_ways_to_write_ae_fold_to_one(written):
    assert danish.fold(written) == "faellesskab"


@pytest.mark.parametrize("written", ["pårørende", "paaroerende", "parorende", "paarørende"])
def test_all_ways_to_write_aa_and_oe_fold_to_one(written):
    assert danish.fold(written) == "parorende"


@pytest.mark.parametrize(
    "family",
    [
        "ensom ensomhed ensomheden ensomhedens",
        "fællesskab fællesskabet fællesskaber fællesskaberne fællesskabernes",
        "borger borgere borgerne borgernes borgerens",
        "kommune kommunen kommuner kommunernes",
        "rådgive rådgiver rådgivning rådgivningen",
        "træne træner træning",
        "aktivitet aktiviteten aktiviteter aktiviteternes",
        "forebygge forebygger forebyggelse forebyggelsens forebyggende",
        "faglig faglige fagligt",
    ],
)
def test_inflections_have_one_stem(family):
    stems = {danish.stem(danish.fold(word)) for word in family.split()}

    assert len(stems) == 1


@pytest.mark.parametrize("pair", ["sport spor", "kort kor", "mad mand", "hus hul"])
def test_different_words_keep_different_stems(pair):
    one, other = (danish.stem(danish.fold(word)) for word in pair.split())

    assert one != other


def test_irregular_forms_lead_to_their_base_form():
    known = danish.irregular(["barn", "mor", "bog", "hjælpe", "borger"])

    for form, base in (("børn", "barn"), ("mødre", "mor"), ("bøger", "bog"), ("hjalp", "hjælpe")):
        own = danish.stem(danish.fold(form))
        assert known.get(own, own) == danish.stem(danish.fold(base))
    assert danish.stem("borgerne") not in known


@pytest.mark.parametrize(
    "word, parts",
    [
        ("sundhedsfremme", ("sundhed", "fremme")),
        ("sundhedsfremmende", ("sundhed", "fremmende")),
        ("tandpleje", ("tand", "pleje")),
        ("hjemmevejleder", ("hjemme", "vejleder")),
        ("civilsamfundsorganisation", ("civilsamfund", "organisation")),
        ("borgerne", ()),
        ("kommunen", ()),
        ("forebyggelse", ()),
        ("forælder", ()),
    ],
)
def test_compounds_are_taken_apart_and_other_words_are_not(word, parts):
    assert danish.parts(word, {"råd"}) == parts


def test_the_shortest_words_are_parts_only_where_the_site_uses_them():
    assert danish.parts("ungeråd", {"råd"}) != ()
    assert danish.parts("ungeråd", set()) == ()
