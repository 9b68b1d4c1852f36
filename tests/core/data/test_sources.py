from pathlib import Path

import pytest

from core.config import make_config
from core.data.sources import BUILTIN_NAMES, DATASET_NAMES, configured_dataset, list_dataset, open_dataset
from core.data.sprites import sprites
from core.errors import Cancelled, InputError


def make_folder(root: Path) -> Path:
    for name in ("cat", "dog"):
        (root / name).mkdir(parents=True)
        (root / name / "a.jpg").write_bytes(b"x")
    return root


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_every_builtin_opens_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sprites, "__defaults__", (3, 2, 0))  # a few figures: 1,920 images take seconds to draw
    assert open_dataset(name).name == name


def test_a_path_opens_as_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_folder(tmp_path / "pets")
    make_folder(tmp_path / "digits")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for data in (str(tmp_path / "pets"), "~/pets", "pets", "./pets/"):
        assert open_dataset(data).name == "pets"
    assert open_dataset("digits").classes == tuple("0123456789")
    assert open_dataset("./digits").classes == ("cat", "dog")


@pytest.mark.parametrize("data", ["digts", "", "no/such/folder", "~nobody-of-this-name/x", "nul\0"])
def test_what_is_neither_lists_the_builtin_names(data: str) -> None:
    with pytest.raises(InputError) as caught:
        open_dataset(data)
    named = data.replace("\0", r"\x00")
    assert str(caught.value) == f"{named}: no such folder, and no data set of this name ({', '.join(DATASET_NAMES)})"


def test_a_file_is_no_data_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a,b")
    with pytest.raises(InputError, match=r"a\.txt: a folder of images is needed, found a file"):
        open_dataset(str(tmp_path / "a.txt"))


def test_a_folder_may_be_called_like_a_list(tmp_path: Path) -> None:
    assert open_dataset(str(make_folder(tmp_path / "pets.csv"))).name == "pets.csv"


def test_a_run_reads_masks_as_it_was_told(tmp_path: Path) -> None:
    make_folder(tmp_path / "data")
    config = make_config({"data": str(tmp_path / "data"), "foreground": "1,3"})
    assert configured_dataset(config).foreground == {1, 3}
    assert configured_dataset(make_config({"data": str(tmp_path / "data")})).foreground is None
    assert configured_dataset(config, "digits").name == "digits"


@pytest.mark.parametrize("kind", ["folder", "manifest", "pairs"])
def test_a_listing_tells_how_many_images_it_has_found_and_can_be_ended(kind: str, tmp_path: Path) -> None:
    data = folder = make_folder(tmp_path / "data")
    (folder / "dog" / "b.jpg").write_bytes(b"x")
    if kind == "manifest":
        data = folder / "list.csv"
        data.write_text("image,label\ncat/a.jpg,cat\ndog/a.jpg,dog\ndog/b.jpg,dog")
    elif kind == "pairs":
        data = folder / "pairs.csv"
        data.write_text("image_a,image_b,same\ndog/a.jpg,dog/b.jpg,1\ndog/a.jpg,cat/a.jpg,0")
    told: list[int] = []
    dataset = list_dataset(str(data), watch=told.append)
    assert told == sorted(told)
    assert told[-1] == len(dataset.samples) == 3

    def end(_count: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list_dataset(str(data), watch=end)
