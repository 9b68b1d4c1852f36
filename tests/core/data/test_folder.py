import os
from pathlib import Path

import pytest

from core.data.dataset import Dataset
from core.data.folder import list_folder
from core.errors import InputError


def fill(root: Path, *names: str, content: bytes = b"x") -> Path:
    """Files below root; listing decodes nothing, so they need not be images."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def problems(dataset: Dataset) -> dict[str, str]:
    return {problem.where: problem.reason for problem in dataset.problems}


def ids(dataset: Dataset) -> list[str]:
    return [sample.id for sample in dataset.samples]


def test_plain_folder(tmp_path: Path) -> None:
    root = fill(tmp_path / "pets", "dog/b.jpg", "dog/a.PNG", "cat/1.webp", "cat/10.tif", "cat/2.jpeg")
    dataset = list_folder(root)
    assert dataset.name == "pets"
    assert dataset.classes == ("cat", "dog")
    assert ids(dataset) == ["cat/1.webp", "cat/10.tif", "cat/2.jpeg", "dog/a.PNG", "dog/b.jpg"]
    assert dataset.labels.tolist() == [0, 0, 0, 1, 1]
    assert [sample.image for sample in dataset.samples] == [root / sample.id for sample in dataset.samples]
    assert dataset.masks == 0
    assert dataset.problems == ()
    assert not dataset.directional


def test_images_and_masks(tmp_path: Path) -> None:
    root = fill(
        tmp_path,
        *("images/cat/a.jpg", "images/cat/b.jpg", "images/cat/c.png", "images/dog/a.jpg", "images/dog/b.jpg"),
        *("masks/cat/a.png", "masks/cat/b.jpg.png", "masks/cat/b.png", "masks/dog/b.png", "trimaps/cat/a.png"),
    )
    dataset = list_folder(root)
    found = {sample.id: sample.mask for sample in dataset.samples}
    masks = root / "masks"
    assert found == {
        "cat/a.jpg": masks / "cat" / "a.png",
        "cat/b.jpg": masks / "cat" / "b.jpg.png",
        "cat/c.png": None,
        "dog/a.jpg": None,
        "dog/b.jpg": masks / "dog" / "b.png",
    }
    assert dataset.masks == 3
    assert problems(dataset) == {"masks/cat": "1 masks belong to no image"}


def test_a_class_may_be_called_images(tmp_path: Path) -> None:
    dataset = list_folder(fill(tmp_path, "images/a.jpg", "icons/a.jpg"))
    assert dataset.classes == ("icons", "images")


def test_other_files_are_passed_over_in_silence(tmp_path: Path) -> None:
    root = fill(tmp_path, "cat/a.jpg", "dog/a.jpg")
    fill(root, "README", "LICENSE", "labels.csv", "cat/notes.txt", ".hidden/a.jpg", "cat/.a.jpg", "dog/Thumbs.db")
    dataset = list_folder(root)
    assert ids(dataset) == ["cat/a.jpg", "dog/a.jpg"]
    assert dataset.problems == ()


def test_what_seems_meant_as_an_image_is_a_problem(tmp_path: Path) -> None:
    root = fill(tmp_path / "data", "cat/a.jpg", "dog/a.jpg")
    fill(root, "cat/zero.jpg", "masks_of_cats/x.txt", content=b"")
    fill(root, "cat/phone.HEIC", "cat/more/a.jpg", "stray1.jpg", "stray2.png")
    dataset = list_folder(root)
    assert ids(dataset) == ["cat/a.jpg", "dog/a.jpg"]
    assert problems(dataset) == {
        "cat/more": "folders within a class are not read",
        "cat/phone.HEIC": "images of this format cannot be read",
        "cat/zero.jpg": "an empty file (0 bytes)",
        "masks_of_cats": "no usable image in this folder",
        "data": "2 images lie outside the class folders",
    }


def test_empty_mask_file(tmp_path: Path) -> None:
    root = fill(tmp_path, "images/cat/a.jpg", "images/dog/a.jpg", "masks/dog/a.png")
    fill(root, "masks/cat/a.png", content=b"")
    dataset = list_folder(root)
    assert dataset.masks == 1
    assert problems(dataset) == {"masks/cat/a.png": "an empty mask file (0 bytes)"}


def test_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", "secret/a.jpg", "secret.jpg")
    root = fill(tmp_path / "data", "images/cat/a.jpg", "images/dog/a.jpg", "masks/dog/a.png")
    images = root / "images"
    (images / "cat" / "out.jpg").symlink_to(outside / "secret.jpg")
    (images / "cat" / "within.jpg").symlink_to(images / "dog" / "a.jpg")
    (images / "cat" / "broken.jpg").symlink_to(root / "nothing")
    (images / "fox").symlink_to(outside / "secret")
    (images / "loop").symlink_to(root)
    (root / "masks" / "cat").symlink_to(outside)
    dataset = list_folder(root)
    assert ids(dataset) == ["cat/a.jpg", "cat/within.jpg", "dog/a.jpg"]
    leads_out = "a link that leads out of the data folder; to follow it, set allow_outside=true"
    assert (
        problems(dataset).items()
        >= {
            "cat/out.jpg": leads_out,
            "cat/broken.jpg": "a link to nothing",
            "fox": leads_out,
            "masks/cat": leads_out,
        }.items()
    )
    assert problems(dataset)["loop"] == "no usable image in this folder"


def test_the_data_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "real", "images/cat/a.jpg", "images/dog/a.jpg", "masks/cat/a.png")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    dataset = list_folder(tmp_path / "link")
    assert len(dataset.samples) == 2
    assert dataset.masks == 1
    assert dataset.problems == ()


def test_linked_image_and_mask_folders(tmp_path: Path) -> None:
    fill(tmp_path / "outside", "cat/a.jpg", "dog/a.jpg")
    root = fill(tmp_path / "data", "images/cat/a.jpg", "images/dog/a.jpg")
    (root / "masks").symlink_to(tmp_path / "outside")
    assert problems(list_folder(root)) == {
        "masks": "a link that leads out of the data folder; to follow it, set allow_outside=true"
    }
    only_links = tmp_path / "links"
    only_links.mkdir()
    (only_links / "images").symlink_to(tmp_path / "outside")
    with pytest.raises(InputError, match="no images were found"):
        list_folder(only_links)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    root = fill(tmp_path, "cat/a.jpg", "dog/a.jpg")
    with open(os.path.join(os.fsencode(root), b"cat", b"\xff.jpg"), "wb") as file:
        file.write(b"x")
    dataset = list_folder(root)
    assert ids(dataset) == ["cat/a.jpg", "dog/a.jpg"]
    assert problems(dataset) == {"cat/\\udcff.jpg": "the name is not valid UTF-8"}


@pytest.mark.parametrize(
    ("files", "data", "message"),
    [
        ([], "none", "none: a folder of images is needed, found no folder"),
        (["file.csv"], "file.csv", "file.csv: a folder of images is needed, found a file"),
        (["data/readme.txt"], "data", "data: no images were found; the folder must be laid out as"),
        (["data/a.jpg"], "data", "data: no images were found"),
        (["data/cat/a.jpg", "data/cat/b.jpg"], "data", "at least two classes with images are needed, found only 'cat'"),
        (["data/images/cat/a.jpg"], "data", "found only 'cat'"),
    ],
)
def test_folders_that_cannot_be_used(tmp_path: Path, files: list[str], data: str, message: str) -> None:
    fill(tmp_path, *files)
    with pytest.raises(InputError) as caught:
        list_folder(tmp_path / data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_folders_that_may_not_be_read(tmp_path: Path) -> None:
    root = fill(tmp_path / "data", "cat/a.jpg", "dog/a.jpg", "fox/a.jpg")
    (root / "fox").chmod(0)
    assert problems(list_folder(root)) == {"fox": "the folder cannot be read (Permission denied)"}
    root.chmod(0)
    with pytest.raises(InputError, match="the folder cannot be read"):
        list_folder(root)
    root.chmod(0o700)
    (root / "fox").chmod(0o700)
