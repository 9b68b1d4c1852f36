"""Exclusions and other classes, kept beside the data: applied wherever it is opened, and never in it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.data import sources
from core.data.columns import columns_of
from core.data.dataset import Dataset, Problem, Sample
from core.data.edit_file import Edit, change_edits, class_name, read_edits, write_edits
from core.data.edits import BY_A_PERSON, edited_labels, with_edits
from core.data.sources import edit_file_of, list_dataset, open_dataset
from core.data.tuples import TupleList
from core.errors import InputError

PIXEL = np.zeros((1, 1, 3), np.uint8)


def dataset(count: int = 9) -> Dataset:
    """Images 0, 3, 6 are cats, 1, 4, 7 dogs, 2, 5, 8 owls; column 'age' is their number."""
    samples = tuple(Sample(str(n), n % 3, PIXEL) for n in range(count))
    columns = columns_of({"age": [str(n) for n in range(count)], "pose": ["left", "right", ""] * (count // 3)})
    return Dataset("pets", ("cat", "dog", "owl"), samples, columns=columns)


def classes_by_id(found: Dataset) -> dict[str, str]:
    return {sample.id: found.classes[sample.label] for sample in found.samples}


def test_no_edits_leave_the_very_same_data() -> None:
    listed = dataset()
    assert with_edits(listed, (), "x") is listed


def test_excluded_images_are_problems_and_relabelled_ones_have_the_new_class() -> None:
    edits = (Edit(sample="0"), Edit(sample="4", label="cat"), Edit(sample="7", label="ant"), Edit(sample="gone"))
    found = with_edits(dataset(), edits, "pets.edits.json")
    assert classes_by_id(found) == {
        "1": "dog", "2": "owl", "3": "cat", "4": "cat", "5": "owl", "6": "cat", "7": "ant", "8": "owl",
    }  # fmt: skip
    assert found.classes == ("cat", "dog", "owl", "ant")
    assert found.problems == (Problem("0", "excluded by a person"),)
    assert found.columns[0].text(0) == "1"
    assert found.columns[1].text(3) == "right"
    assert found.notes == (
        "Images that a person has edited (pets.edits.json): 1 excluded and 2 given another class.",
        "pets.edits.json: 1 edits are of images that are not there, the first gone.",
    )
    assert found.edits == edits


def test_a_class_that_lost_all_images_is_gone() -> None:
    found = with_edits(dataset(), tuple(Edit(sample=n, label="cat") for n in "147"), "x")
    assert found.classes == ("cat", "owl")
    assert [sample.label for sample in found.samples] == [0, 0, 1] * 3


def test_a_class_as_the_data_says_it_is_no_change() -> None:
    found = edited_labels(dataset(), (Edit(sample="0", label="cat"),))
    assert not found.relabelled.any()
    assert not found.excluded.any()


def test_one_class_left_is_refused_by_the_file_s_name() -> None:
    edits = tuple(Edit(sample=n) for n in "124578")
    with pytest.raises(InputError, match=r"^pets.edits.json: at least two classes with images must be left, found 1$"):
        with_edits(dataset(), edits, "pets.edits.json")


def test_tuples_lose_what_names_an_excluded_image_and_take_no_class() -> None:
    pairs = TupleList("pairs", np.array([[0, 3], [1, 4], [0, 1], [2, 5]]), np.array([True, True, False, True]))
    listed = replace(dataset(), tuples=pairs)
    found = with_edits(listed, (Edit(sample="0"),), "x")
    assert found.tuples is not None
    assert found.tuples.images.tolist() == [[0, 3], [1, 4]]  # 1 and 4, and 2 and 5, by their new places
    assert any("cannot be used: 2" in problem.reason for problem in found.problems)
    with pytest.raises(InputError, match="pets: a list of pairs names no classes, so none can be changed"):
        with_edits(listed, (Edit(sample="0", label="dog"),), "x")


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from("012345678x"), st.sampled_from([None, "cat", "dog", "new", "zoo"])))
def test_every_image_keeps_what_was_known_of_it(wanted: dict[str, str | None]) -> None:
    edits, listed = tuple(Edit(sample=name, label=label) for name, label in wanted.items()), dataset()
    expected = {
        sample.id: wanted.get(sample.id, listed.classes[sample.label])
        for sample in listed.samples
        if wanted.get(sample.id, "") is not None
    }
    if len(set(expected.values())) < 2:
        with pytest.raises(InputError):
            with_edits(listed, edits, "x")
        return
    found = with_edits(listed, edits, "x")
    assert classes_by_id(found) == expected
    assert set(found.classes) == set(expected.values())
    assert [column.text(row) for row in range(len(found.samples)) for column in found.columns[:1]] == list(expected)


# --- the file


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    for number, name in enumerate(("cat/a", "cat/b", "cat/c", "dog/a", "dog/b", "dog/c")):
        file = tmp_path / "data" / "pets" / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (4, 4), (number, 0, 0)).save(file)
    return tmp_path / "data" / "pets"


def test_edits_stand_beside_the_data_and_are_applied_where_it_is_opened(pets: Path) -> None:
    before = sorted(pets.rglob("*"))
    file = edit_file_of(f"{pets}/")
    assert file == pets.parent / "pets.edits.json"
    write_edits(file, (Edit(sample="cat/a.png"), Edit(sample="cat/b.png", label="dog")))
    assert classes_by_id(open_dataset(str(pets)))["cat/b.png"] == "dog"
    assert len(open_dataset(str(pets)).samples) == 5
    assert len(list_dataset(str(pets)).samples) == 6
    assert sorted(pets.rglob("*")) == before
    write_edits(file, ())
    assert not file.exists()
    assert len(open_dataset(str(pets)).samples) == 6


def test_built_in_data_have_a_place_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRIC_EXPLORER_DATA", str(tmp_path / "new"))
    monkeypatch.setitem(sources._BUILTIN, "digits", dataset)
    file = edit_file_of("digits")
    assert file == tmp_path / "new" / "digits.edits.json"
    change_edits(file, (), (Edit(sample="3"),))
    assert Problem("3", BY_A_PERSON) in open_dataset("digits").problems


def test_what_somebody_else_changed_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.edits.json"
    first, second = (Edit(sample="a"),), (Edit(sample="b"),)
    change_edits(file, (), first)
    with pytest.raises(InputError, match="was changed by another window since"):
        change_edits(file, (), second)
    assert read_edits(file) == first


HOSTILE = {
    "no JSON": ("{", "not valid JSON"),
    "another thing": ("[1]", "damaged"),
    "from the future": ('{"schema_version": 2, "edits": []}', "schema_version"),
    "unknown field": ('{"edits": [{"sample": "a", "run": "rm"}]}', "edits.0.run"),
    "twice": ('{"edits": [{"sample": "a"}, {"sample": "a"}]}', "each image must stand once, found 'a' twice"),
    "empty class": ('{"edits": [{"sample": "a", "label": " "}]}', "1 to 200 characters"),
    "control characters": ('{"edits": [{"sample": "a", "label": "x\\u001b[2J"}]}', "printable characters only"),
    "a long class": (json.dumps({"edits": [{"sample": "a", "label": "x" * 10_000}]}), "1 to 200 characters"),
    "a number": ('{"edits": [{"sample": 5}]}', "edits.0.sample"),
    "deep": ("[" * 100_000, "not valid JSON"),
    "no text": (b"\xff\xfe\x00", "not valid JSON"),
}


@pytest.mark.parametrize(("content", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_used_gets_one_sentence_and_stays(pets: Path, content: str | bytes, says: str) -> None:
    file = edit_file_of(str(pets))
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        open_dataset(str(pets))
    message = str(caught.value)
    assert message.startswith(f"{file}: ")
    assert says in message
    assert "\n" not in message
    assert message.endswith("mend the file, or move it away to use the data as it is")
    with pytest.raises(InputError):
        change_edits(file, (), (Edit(sample="cat/a.png"),))
    assert file.read_bytes() == (content if isinstance(content, bytes) else content.encode())


def test_a_folder_in_its_place(pets: Path) -> None:
    edit_file_of(str(pets)).mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        open_dataset(str(pets))


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_edits(tmp_path / "file" / "x.edits.json", (Edit(sample="a"),))


@pytest.mark.parametrize("name", ["", " ", " a", "a ", "\n", "a\tb", "x" * 201])
def test_names_that_no_class_may_have(name: str) -> None:
    with pytest.raises(ValueError, match="a class's name must have"):
        class_name(name)
