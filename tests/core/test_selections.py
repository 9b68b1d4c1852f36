"""Selections under a name, kept with a run."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.selections import LONGEST_NAME, SavedSelection, name_for, read_selections, write_selections

PAIR = (
    SavedSelection(name="odd ones", samples=("a/1.png", "b/2.png")),
    SavedSelection(name="Odd ones", samples=("c",)),
)


def content(run: Path, text: object) -> Path:
    file = run / "selections.json"
    file.write_text(text if isinstance(text, str) else json.dumps(text))
    return file


def test_they_come_back_in_their_order(tmp_path) -> None:
    assert read_selections(tmp_path) == ()
    assert write_selections(tmp_path, PAIR) is None
    assert read_selections(tmp_path) == PAIR
    write_selections(tmp_path, PAIR[1:])
    assert read_selections(tmp_path) == PAIR[1:]
    assert [file.name for file in tmp_path.iterdir()] == ["selections.json"]


@settings(max_examples=30, deadline=None)
@given(name=st.text(min_size=1, max_size=LONGEST_NAME + 2))
def test_a_name_is_taken_or_refused_in_words(tmp_path_factory, name: str) -> None:
    """Whatever is taken is read back as it was."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME or not name.strip().isprintable():
        with pytest.raises(InputError, match="a selection's name must have"):
            name_for(name, ())
        return
    taken = name_for(name, ())
    folder = tmp_path_factory.mktemp("run")
    write_selections(folder, [SavedSelection(name=taken, samples=("x",))])
    assert read_selections(folder)[0].name == taken == name.strip()


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "1 to 80 characters"),
        ("   ", "1 to 80 characters"),
        ("x" * 81, "found 81"),
        ("a\nb", "printable"),
        ("a\x00b", "printable"),
        ("gnp.\u202egood", "printable"),
        ("mine", "found one called 'mine' already"),
    ],
)
def test_names_that_are_refused(written: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        name_for(written, {"mine"})


def test_names_differ_by_case() -> None:
    assert name_for(" Mine ", {"mine"}) == "Mine"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{", "not valid JSON"),
        ("[]", "damaged"),
        ({"selections": 3}, "selections: "),
        ({"schema_version": 2, "selections": []}, "schema_version: "),
        ({"selections": [{"name": "a", "samples": []}]}, "selections.0.samples: "),
        ({"selections": [{"name": "a", "samples": ["x", "x"]}]}, "each of its images once"),
        ({"selections": [{"name": "a", "samples": [7]}]}, "selections.0.samples.0: "),
        ({"selections": [{"name": "a\tb", "samples": ["x"]}]}, "printable characters"),
        ({"selections": [{"name": "a", "samples": ["x"]}] * 2}, "a name of its own, found 'a' twice"),
    ],
)
def test_a_damaged_file_is_one_sentence_and_set_aside_by_the_next_one(tmp_path, text: object, rule: str) -> None:
    file = content(tmp_path, text)
    before = file.read_text()
    with pytest.raises(InputError, match=r"selections\.json: ") as caught:
        read_selections(tmp_path)
    assert rule in str(caught.value)
    assert "\n" not in str(caught.value)
    aside = write_selections(tmp_path, PAIR)
    assert aside == tmp_path / "selections.json.damaged-1"
    assert aside.read_text() == before
    content(tmp_path, "{")
    assert write_selections(tmp_path, ()) == tmp_path / "selections.json.damaged-2"
    assert read_selections(tmp_path) == ()


def test_two_of_one_name_are_not_written(tmp_path) -> None:
    with pytest.raises(InputError, match="a name of its own"):
        write_selections(tmp_path, (PAIR[0], PAIR[0]))
    assert not list(tmp_path.iterdir())
