"""Some of the mutations of `make fuzz`: no traceback, no fault without a place, nothing broken."""

import pytest
from conftest import LILLEVIG, one_of_each_kind, sweep
from fuzz import NASTY, mutated
from hostile import AFAR, PAYLOADS, Reader, harm


@pytest.mark.parametrize("count", [12, sweep(90)])
def test_nothing_an_editor_may_save_makes_the_program_fall(count, monkeypatch):
    # What is long is tried by `make fuzz`; here it would be half the time.
    monkeypatch.setattr("fuzz.NASTY", tuple(text for text in NASTY if len(text) < 100))

    found = list(mutated(LILLEVIG, count, seed=3))

    assert len(found) == count
    assert [trouble for trouble in found if trouble] == []


@pytest.mark.parametrize(("every", "pages", "least"), [(120, 4, (2, 20)), sweep(40, 1, (3, 50))])
def test_nothing_anybody_may_write_is_run(every, pages, least, project, chromium, serve_folder):
    """least: how many activities of foreign files must be taken, and pages looked at."""
    payloads = list(PAYLOADS[::every])

    told = harm(project, chromium, serve_folder, payloads, 0.15, 2, one_of_each_kind()[::pages])

    assert told.harm == ()
    # Enough came through to mean something.
    assert len(PAYLOADS) >= 200 and told.put > 200 and told.stay > 20
    assert told.taken > least[0] and told.seen > least[1]


def test_harm_is_seen_where_it_is_done(chromium, serve_folder, tmp_path):
    """The reader of the test before, on pages that nobody has checked."""
    for name, text in {
        "run": "<img src=x onerror=ran()>",
        "asked": f"<img src=//{AFAR}/x.png>",
        "link": "<a href=javascript:ran()>x</a>",
        "reckoned": "5332114",
        "sound": '<p title="&lt;script&gt;">&lt;script&gt;ran()&lt;/script&gt;</p>',
    }.items():
        (tmp_path / f"{name}.html").write_text(f"<!doctype html><title>x</title>{text}")
    base, told = serve_folder(tmp_path), {}

    for path in sorted(tmp_path.iterdir()):
        reader = Reader(chromium, base)
        reader.open(path.name)
        reader.page.wait_for_timeout(100)
        reader.look(path.stem)
        told[path.stem] = bool(reader.harm)
        reader.close()

    assert told == {"run": True, "asked": True, "link": True, "reckoned": True, "sound": False}
