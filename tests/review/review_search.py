"""The search answers the written queries of this content (`data/_review/queries/`)."""

from __future__ import annotations

import alike
import compare
import pytest

asked = compare.queries()
pytestmark = pytest.mark.skipif(not asked, reason="no queries are written for this content")


@pytest.fixture(scope="module")
def judged(opened, address):
    """Kind -> success among the first three and MRR, typed into the header's field."""
    page = opened()
    page.goto(address)
    results = compare.judge(compare.ours(page), asked)
    page.context.close()
    return results


def test_the_first_three_results_answer_the_queries(judged):
    for kind, (found, rank) in sorted(judged.items()):
        print(f"{kind:12} blandt de tre første {found:.3f}, MRR {rank:.3f}")

    assert judged["alle"][0] >= 0.95
    assert {kind: found for kind, (found, _) in judged.items() if found < 0.9} == {}


def test_the_queries_are_asked_once_and_their_answers_exist(site):
    assert len({query["q"] for query in asked}) == len(asked)
    for query in asked:
        for page in query["pages"]:
            assert (site / page / "index.html").is_file(), (query["q"], page)


def test_the_browser_takes_every_word_of_this_content_apart_as_the_index_does(
    opened, address, site
):
    page = opened()
    page.goto(f"{address}soeg/")

    found, tried, _ = alike.differences(page, site, [])

    page.context.close()
    assert found == []
    assert tried > 1000
