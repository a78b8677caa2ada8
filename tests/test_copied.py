"""No sentence of a source stands on the site: its hash would be found, a name's is not."""

from macros.rules import copied

SENTENCE = (
    "Vi har et stort mangfoldigt naboskab i vores kommune, der kan styrke følelsen af at høre til."
)


def test_a_copied_sentence_is_found_clean_or_as_a_scanner_reads_it():
    kept = set(copied.content([SENTENCE]).split())

    assert kept & set(copied.runs(f"Først. {SENTENCE.lower()}"))
    assert kept & set(copied.runs(SENTENCE.replace("ø", "g").replace("å", "&")))
    assert not kept & set(
        copied.runs("Naboerne i vores kommune kender hinanden godt, og det styrker os.")
    )


def test_words_cut_at_the_end_of_a_line_are_whole():
    assert copied.folded("nabo-\nskab og <b>venner</b>") == ["naboskab", "oo", "venner"]


def test_a_run_is_shown_as_the_text_has_it():
    run = next(iter(copied.runs(SENTENCE).values()))

    assert (
        copied.seen(run, f"Hej. {SENTENCE}")
        == "Vi har et stort mangfoldigt naboskab i vores kommune"
    )
    assert copied.seen(run, "Noget helt andet.") == ""
