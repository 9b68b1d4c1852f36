from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.dataset import NO_GROUP, Dataset
from core.data.decode import decode
from core.data.folder import list_folder
from core.errors import InputError


def pets(root: Path, layout: str = "images") -> Path:
    """Two classes of three images."""
    for number in range(6):
        path = root / layout / f"{'ab'[number // 3]}" / f"{number % 3}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((4, 4, 3), 40 * number, dtype=np.uint8)).save(path)
    return root


def listed(root: Path, groups: str | bytes) -> Dataset:
    (root / "groups.csv").write_bytes(groups if isinstance(groups, bytes) else groups.encode())
    return list_folder(root)


def names_of_notes(dataset: Dataset) -> tuple[str, ...]:
    return tuple(note.removeprefix("groups.csv: ") for note in dataset.notes)


@pytest.mark.parametrize("layout", ["images", ""])
def test_groups_of_a_folder(tmp_path: Path, layout: str) -> None:
    root = pets(tmp_path, layout)
    found = listed(root, "image,group\na/0.png,shoot 2\nb/2.png,shoot 1\na/2.png,shoot 2\nb/0.png,\n")
    assert found.groups.tolist() == [0, NO_GROUP, 0, NO_GROUP, NO_GROUP, 1]
    assert names_of_notes(found) == ("groups: 2, of 3 images; pairs within a group are left out of every evaluation.",)
    assert found.problems == ()


def test_no_file_is_no_groups(tmp_path: Path) -> None:
    found = list_folder(pets(tmp_path))
    assert found.groups.tolist() == [NO_GROUP] * 6
    assert (found.notes, decode(found, 4).groups) == ((), None)


def test_how_people_write_it(tmp_path: Path) -> None:
    """BOM, CRLF, quotes, capitals, spaces, blank lines, another order, a column of one's own, a row twice."""
    text = '\ufeffGroup , note,IMAGE\r\n\r\n"video, 1",x, ./a/0.png\r\n"video, 1",,a\\1.png\r\n"video, 1",y,a/0.png\r\n'
    found = listed(pets(tmp_path), text)
    assert found.groups.tolist() == [0, 0, NO_GROUP, NO_GROUP, NO_GROUP, NO_GROUP]
    assert names_of_notes(found)[0] == "the columns 'note' are passed over."


def test_images_that_are_not_there_are_noted(tmp_path: Path) -> None:
    found = listed(pets(tmp_path), "image,group\na/0.png,1\nc/0.png,1\na/9.png,2\n")
    assert found.groups.tolist() == [0, *[NO_GROUP] * 5]
    assert names_of_notes(found) == (
        "images that are not in the data: 2, the first c/0.png in line 3.",
        "groups: 1, of 1 images; pairs within a group are left out of every evaluation.",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "groups.csv: the file is empty; the first line must name the columns image,group"),
        ("\n , \n", "groups.csv: the file is empty"),
        ("image,group\n", "groups.csv: no row follows the header"),
        ("a/0.png,1\n", "groups.csv, line 1: the first line must name the columns image,group, .*, found 'a/0.png,1'"),
        ("image;group\na/0.png;1\n", "line 1: .* separated by commas, found 'image;group'"),
        ("image,group,group\na/0.png,1,2\n", "line 1: the column group must stand once, found it 2 times"),
        ("image,group\na/0.png\n", "line 2: a row must have the header's 2 fields, found 1"),
        ("image,group\na/0.png,1,2\n", "line 2: a row must have the header's 2 fields, found 3"),
        ("image,group\n,1\n", "line 2: image must name an image, found nothing"),
        (
            "image,group\na/0.png,1\na/1.png,1\na/0.png,2\n",
            "line 4: a/0.png must be of one group, found '2', and '1' in line 2",
        ),
        ('image,group\n"a/0.png,1\n', "groups.csv, line 2: not valid CSV"),
        (b"image,group\na/\xff.png,1\n", "groups.csv, line 2: the file must be UTF-8 text"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        listed(pets(tmp_path), content)


def test_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    root = pets(tmp_path / "data")
    (tmp_path / "secret").write_text("image,group\na/0.png,1\n")
    (root / "groups.csv").symlink_to(tmp_path / "secret")
    found = list_folder(root)
    assert found.groups.tolist() == [NO_GROUP] * 6
    assert [(problem.where, problem.reason) for problem in found.problems] == [
        ("groups.csv", "a link that leads out of the data folder; to follow it, set allow_outside=true")
    ]


def test_decoding_keeps_the_groups_of_what_is_left(tmp_path: Path) -> None:
    root = pets(tmp_path)
    plain = decode(list_folder(root), 4)
    (root / "images" / "a" / "1.png").write_bytes(b"no image")
    found = decode(listed(root, "image,group\na/0.png,x\na/1.png,y\nb/0.png,z\nb/1.png,z\n"), 4)
    assert found.ids == ("a/0.png", "a/2.png", "b/0.png", "b/1.png", "b/2.png")
    assert found.groups is not None
    assert (found.groups.dtype, found.groups.tolist()) == (np.int64, [0, NO_GROUP, 2, 2, NO_GROUP])
    assert found.groups_at(np.array([3, 1])).tolist() == [2, NO_GROUP]
    assert found.notes[-1].startswith("groups.csv: groups: 3, of 4 images")
    assert plain.groups_at(np.array([3, 1])) is None


def test_groups_change_nothing_that_is_trained_on(tmp_path: Path) -> None:
    """So a run is resumed, and evaluated on its own images, whatever has been written about groups meanwhile."""
    root = pets(tmp_path)
    before = decode(list_folder(root), 4).content_hash
    assert decode(listed(root, "image,group\na/0.png,1\na/1.png,1\n"), 4).content_hash == before
