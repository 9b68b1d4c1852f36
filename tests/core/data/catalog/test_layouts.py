"""Every data set of the catalog, listed from its publisher's own layout."""

import sys
from pathlib import Path

import numpy as np
import pytest

from core.data.catalog import sets
from core.data.catalog.catalog import CATALOG, find_entries
from core.data.dataset import Dataset
from core.data.decode import decode
from core.data.images import load_image
from core.data.split import split_dataset
from core.errors import InputError
from tests.core.data.catalog.layouts import LAYOUTS


def listed(name: str, folder: Path) -> Dataset:
    return CATALOG[name].list_images(LAYOUTS[name](folder))


def test_every_entry_has_a_layout_and_words() -> None:
    assert set(LAYOUTS) == set(CATALOG)
    for name, entry in CATALOG.items():
        assert entry.name == name
        assert all((entry.title, entry.about.endswith("."), entry.licence, entry.source))
        for file in entry.files:
            kind, digest = file.digest.split(":")
            assert len(digest) == {"md5": 32, "sha256": 64}[kind]
            assert file.size > 0


def test_a_data_set_more_is_a_module_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = (Path(sets.__path__[0]) / "omniglot.py").read_text()
    (tmp_path / "my_letters.py").write_text(
        one.replace('"omniglot"', '"my-letters"').replace('"Omniglot"', '"Letters"')
    )
    monkeypatch.setattr(sets, "__path__", [*sets.__path__, str(tmp_path)])
    found = find_entries()
    del sys.modules[f"{sets.__name__}.my_letters"]
    assert list(found) == sorted([*CATALOG, "my-letters"], key=lambda name: found[name].title.lower())
    assert found["my-letters"].list_images(LAYOUTS["omniglot"](tmp_path / "data")).name == "my-letters"


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_of_it_can_be_decoded(name: str, tmp_path: Path) -> None:
    dataset = listed(name, tmp_path)
    assert dataset.name == name
    ids = [sample.id for sample in dataset.samples]
    assert len(set(ids)) == len(ids)
    found = decode(dataset, 16)
    assert found.problems == ()
    assert len(found) == len(ids)


def test_oxford_pets(tmp_path: Path) -> None:
    dataset = listed("oxford-pet", tmp_path)
    assert dataset.classes == ("Abyssinian", "american_bulldog", "Bengal")
    assert np.bincount(dataset.labels).tolist() == [3, 3, 3]
    assert dataset.samples[0].id == "Abyssinian/Abyssinian_1.jpg"
    assert dataset.masks == 9
    masks = decode(dataset, 8).masks
    assert masks is not None
    assert (masks[0] == 255).sum() == 4  # the animal, neither its outline nor the background


def test_birds(tmp_path: Path) -> None:
    dataset = listed("cub-200-2011", tmp_path)
    assert dataset.classes == ("Black_footed_Albatross", "Laysan_Albatross")
    assert dataset.samples[0].id == "001.Black_footed_Albatross/Black_footed_Albatross_0001.jpg"
    masks = decode(dataset, 8).masks
    assert masks is not None
    assert masks[0][0].tolist() == [0, 0, 0, 255, 255, 255, 255, 255]  # three of five votes


def test_characters(tmp_path: Path) -> None:
    dataset = listed("omniglot", tmp_path)
    assert len(dataset.classes) == 6
    assert dataset.classes[0] == "Alphabet_of_the_Magi/character01"
    assert dataset.directional
    held_out = {dataset.classes[sample.label].split("/")[0] for sample in dataset.samples if sample.held_out}
    assert held_out == {"Angelic"}


def test_faces(tmp_path: Path) -> None:
    dataset = listed("lfw", tmp_path)
    assert dataset.classes == ("Aaron_Peirsol", "Zico")
    assert len(dataset.samples) == 7
    assert dataset.notes == ("1 people with one image are left out",)


def test_clothing(tmp_path: Path) -> None:
    dataset = listed("fashion-mnist", tmp_path)
    assert dataset.classes[0] == "T-shirt or top"
    assert len(dataset.classes) == 10
    assert [sample.held_out for sample in dataset.samples] == [False] * 20 + [True] * 10
    assert load_image(dataset.samples[3].image)[0, 0].tolist() == [75, 75, 75]


def test_a_given_split_is_kept(tmp_path: Path) -> None:
    dataset = decode(listed("omniglot", tmp_path), 16)
    found = split_dataset(dataset, "auto", None)
    assert found.open_set
    assert {dataset.classes[label].split("/")[0] for label in dataset.labels[found.held_out]} == {"Angelic"}


BREAKS = {
    "oxford-pet": ("annotations/list.txt", "Abyssinian 1 1 1\n", "line 1: must begin with <breed>_<number>"),
    "cub-200-2011": ("CUB_200_2011/images.txt", "1 ../../etc/passwd\n", "a path below images, found"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_list_that_makes_no_sense(name: str, tmp_path: Path) -> None:
    LAYOUTS[name](tmp_path)
    file, content, message = BREAKS[name]
    (tmp_path / file).write_text(content)
    with pytest.raises(InputError, match=message):
        CATALOG[name].list_images(tmp_path)


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_empty_folder_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        CATALOG[name].list_images(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_images_that_the_list_names_and_nobody_has(tmp_path: Path) -> None:
    LAYOUTS["oxford-pet"](tmp_path)
    (tmp_path / "images" / "Bengal_10.jpg").unlink()
    (tmp_path / "annotations" / "trimaps" / "Bengal_1.png").unlink()
    dataset = CATALOG["oxford-pet"].list_images(tmp_path)
    assert [problem.where for problem in dataset.problems] == ["Bengal_10"]
    assert (len(dataset.samples), dataset.masks) == (8, 7)


def test_labels_of_clothing_that_do_not_exist(tmp_path: Path) -> None:
    LAYOUTS["fashion-mnist"](tmp_path)
    labels = tmp_path / "t10k-labels-idx1-ubyte"
    labels.write_bytes(labels.read_bytes()[:-1] + b"\x0b")
    with pytest.raises(InputError, match="as many labels of 0 to 9"):
        CATALOG["fashion-mnist"].list_images(tmp_path)
    labels.write_bytes(labels.read_bytes()[:-3])
    with pytest.raises(InputError, match="cannot be read"):
        CATALOG["fashion-mnist"].list_images(tmp_path)
