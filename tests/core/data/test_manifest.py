"""Manifests, good and bad: CSV here, Parquet in test_parquet.py."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.columns import NumberColumn, TextColumn
from core.data.dataset import NO_GROUP, Dataset, Problem
from core.data.decode import decode
from core.data.manifest import list_manifest
from core.data.sources import open_dataset
from core.errors import InputError

NAMES = ("a", "b", "c", "d", "sub/e")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Images a.png to d.png and sub/e.png, each of its own grey, and a mask m.png."""
    (tmp_path / "data" / "sub").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        Image.new("RGB", (8, 8), (20 * number,) * 3).save(tmp_path / "data" / f"{name}.png")
    Image.new("L", (8, 8), 255).save(tmp_path / "data" / "m.png")
    return tmp_path / "data"


def write(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "manifest.csv") -> Path:
    path = folder / name
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def listed(folder: Path, *lines: str) -> Dataset:
    return list_manifest(write(folder, *lines))


GOOD = ("image,label", "b.png,dog", "a.png,cat", "c.png,cat", "d.png,dog")


# --- what a good file says


def test_images_and_classes(folder: Path) -> None:
    found = listed(folder, *GOOD, "sub/e.png,=cmd()")
    assert (found.name, found.classes) == ("manifest.csv", ("=cmd()", "cat", "dog"))
    assert [(sample.id, sample.label) for sample in found.samples] == [
        ("a.png", 1),
        ("b.png", 2),
        ("c.png", 1),
        ("d.png", 2),
        ("sub/e.png", 0),
    ]
    assert found.samples[0].image == Path(os.path.realpath(folder / "a.png"))
    assert (found.masks, found.columns, found.notes, found.problems) == (0, (), (), ())
    assert found.given_held_out is None


def test_all_columns(folder: Path) -> None:
    found = listed(
        folder,
        "Label,age [years],IMAGE, Mask ,Group,split,pose,",
        "cat,3,a.png,m.png,shoot 1,train,left,x",
        "cat,,b.png,,,Train,=1+1,x",
        'dog,4.5,c.png,,shoot 1,held-out,"left, far",x',
        "dog,-1,d.png,,shoot 2,test,,x",
    )
    assert [sample.mask is not None for sample in found.samples] == [True, False, False, False]
    assert found.groups.tolist() == [0, NO_GROUP, 0, 1]
    assert found.given_held_out is not None
    assert found.given_held_out.tolist() == [False, False, True, True]
    age, pose, group = found.columns
    assert isinstance(age, NumberColumn)
    np.testing.assert_array_equal(age.values, [3.0, np.nan, 4.5, -1.0])
    assert isinstance(pose, TextColumn)
    assert (age.name, pose.name, pose.categories) == ("age [years]", "pose", ("=1+1", "left", "left, far"))
    assert [group.text(index) for index in range(4)] == ["shoot 1", "", "shoot 1", "shoot 2"]
    assert found.notes == (
        "manifest.csv: groups: 2, of 3 images; pairs within a group are left out of every evaluation.",
    )


def test_paths_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    lines = ("image,label", "./a.png,x", f"{folder.resolve()}/b.png,y", "sub\\e.png,y", "sub/../c.png,x")
    assert [sample.id for sample in listed(folder, *lines).samples] == ["a.png", "b.png", "c.png", "sub/e.png"]


def test_how_people_write_it(folder: Path) -> None:
    path = folder / "Manifest.CSV"
    path.write_bytes(b'\xef\xbb\xbfimage,label\r\n\r\na.png,"caf\xc3\xa9 ""noir"""\r\n b.png , tea \r\n')
    assert open_dataset(str(path)).classes == ('café "noir"', "tea")


def test_the_header_tells_a_manifest_from_a_list_of_pairs(folder: Path) -> None:
    assert open_dataset(str(write(folder, *GOOD))).tuples is None
    pairs = write(folder, "image_a,image_b,same,label", "a.png,b.png,1,x", "a.png,c.png,0,y")
    assert open_dataset(str(pairs)).tuples is not None
    with pytest.raises(InputError, match="or image,label, separated by commas, found 'file,class'"):
        open_dataset(str(write(folder, "file,class", "a.png,x")))


def test_missing_images_and_masks_are_problems(folder: Path) -> None:
    (folder / "empty.png").touch()
    rows = ("a.png,x,none.png", "gone.png,x,m.png", "b.png,y,m.png", "empty.png,y,", "sub,y,")
    found = listed(folder, "image,label,mask", *rows)
    assert [(sample.id, sample.mask is not None) for sample in found.samples] == [("a.png", False), ("b.png", True)]
    assert found.problems == (
        Problem("a.png", "its mask none.png is left out: no such file, named in line 2"),
        Problem("gone.png", "no such file, named in line 3"),
        Problem("empty.png", "an empty file (0 bytes), named in line 5"),
        Problem("sub", "not a file, named in line 6"),
    )


def test_decoded(folder: Path) -> None:
    """What cannot be read goes, with its part of the split; columns change nothing that is trained on."""
    (folder / "sub" / "e.png").write_text("no image")
    rows = ("a.png,x,train", "b.png,x,test", "c.png,y,train", "d.png,y,test", "sub/e.png,y,test")
    found = decode(listed(folder, "image,label,split", *rows), 16)
    assert found.ids == ("a.png", "b.png", "c.png", "d.png")
    assert found.given_held_out is not None
    assert found.given_held_out.tolist() == [False, True, False, True]
    plain = decode(listed(folder, "image,label,age", *(row.rsplit(",", 1)[0] + ",3" for row in rows)), 16)
    assert (plain.given_held_out, plain.content_hash) == (None, found.content_hash)


# --- what is refused


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["image,class", "a.png,x"], ", line 1: the first line must name the columns image,label, separated by commas"),
        (["label,path", "a.png,x"], ", line 1: the first line must name the columns image,label, separated by commas"),
        (["image;label", "a.png;x"], ", line 1: the first line must name the columns image_a,"),
        (["image,label,Image", "a.png,x,y"], ", line 1: the column image must stand once, found it 2 times"),
        (["image,label"], ": no row follows the header"),
        (["image,label", "a.png"], ", line 2: a row must have the header's 2 fields, found 1"),
        (["image,label", "a.png,x,y"], ", line 2: a row must have the header's 2 fields, found 3"),
        (["image,label", "a.png,x", ",y"], ", line 3: image must name an image, found nothing"),
        (["image,label", "a.png,x", "b.png, "], ", line 3: label must name a class, found nothing"),
        (["image,label", "a.png,x", "", "./a.png,y"], ", line 4: a.png must stand once, found it in line 2 too"),
        (["image,label", "../a.png,x"], ", line 2: image must lie in the folder of the file, found '../a.png'"),
        (["image,label", "/etc/hostname,x"], ", line 2: image must lie in the folder of the file"),
        (["image,label,mask", "a.png,x,../m.png"], ", line 2: mask must lie in the folder of the file"),
        (["image,label,split", "a.png,x,"], ", line 2: split must be one of train, held-out, test, found nothing"),
        (["image,label,split", "a.png,x,val"], ", line 2: split must be one of train, held-out, test, found 'val'"),
        (["image,label", "a.png,x", "gone.png,y"], ": at least two classes with images are needed, found 1 (1"),
        (["image,label", 'a.png,"x'], ", line 2: not valid CSV (unexpected end of data)"),
    ],
)
def test_rows_that_cannot_be_understood(folder: Path, lines: list[str], sentence: str) -> None:
    path = write(folder, *lines)
    with pytest.raises(InputError) as caught:
        open_dataset(str(path))
    assert str(caught.value).startswith(f"{path}{sentence}")


def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "way").symlink_to(folder.parent)
    (folder.parent / "x.png").write_bytes(b"x")
    with pytest.raises(InputError, match=r"line 2: image must lie in the folder .*, found 'way/x\.png'"):
        listed(folder, "image,label", "way/x.png,x")


def test_a_file_that_is_no_text(folder: Path) -> None:
    with pytest.raises(InputError, match="line 2: the file must be UTF-8 text"):
        list_manifest(write(folder, "image,label", "café.png,x", encoding="latin-1"))
