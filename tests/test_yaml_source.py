"""A file becomes text with positions; nothing is guessed."""

import pytest

from macros.reading.yaml_source import MAX_DEPTH, parse


def value(text: str):
    document, faults = parse("x.yml", text.encode())
    assert faults == []
    return document.value


def test_scalars_stay_what_was_typed():
    typed = "a: 16:30\nb: no\nc: 0123\nd: 1.10\ne: 2024-12-04\nf: 1e3\ng: 0x1F\nh: yes\n"

    assert value(typed) == {
        "a": "16:30",
        "b": "no",
        "c": "0123",
        "d": "1.10",
        "e": "2024-12-04",
        "f": "1e3",
        "g": "0x1F",
        "h": "yes",
    }


def test_empty_is_none_and_quoted_empty_is_text():
    assert value('a:\nb: ""\nc: ~\n') == {"a": None, "b": "", "c": None}


def test_every_key_and_value_has_its_place():
    document, _ = parse("x.yml", b"a:\n  - b: 1\n    c: 2\n")

    assert document.keys["a", 0, "c"] == (3, 5)
    assert document.values["a", 0, "c"] == (3, 8)
    assert document.position(("a", 0, "missing", 4)) == (2, 5)


def test_scalars_come_in_file_order():
    document, _ = parse("x.yml", b"b: 1\na: [2, {c: 3}]\n")

    assert document.scalars() == [(("b",), "1"), (("a", 0), "2"), (("a", 1, "c"), "3")]


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x,x]\n" + "".join(f"b{i}: &b{i} [*a,*a]\n" for i in range(50))

    document, faults = parse("x.yml", bomb.encode())

    assert document.value is None
    assert [fault.line for fault in faults] == [1]


def test_endless_nesting_is_refused():
    _, faults = parse("x.yml", ("[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5)).encode())

    assert faults[0].what == "teksten er rykket ind i for mange niveauer"


@pytest.mark.parametrize(
    "text", ["a: 'b", "a: [b", "? [a]\n: b", "a: \x01", "%a", "@a", "- a\nb", "a: b: c"]
)
def test_no_english_reaches_an_editor(text):
    _, faults = parse("x.yml", text.encode())

    assert faults
    for word in ("expected", "found", "while", "token", "mapping", "character"):
        assert word not in str(faults[0])
