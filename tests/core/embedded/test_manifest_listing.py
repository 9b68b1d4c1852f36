"""Manifests listed with little memory, as `list_manifest` lists them."""

import os
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from core.config import make_config
from core.data.manifest import list_manifest
from core.embedded.listing import WholeListing, list_images
from core.embedded.manifest_listing import ManifestListing
from core.errors import InputError

CONFIG = make_config({})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Images 00.png to 19.png, an empty one, a mask and an image beside the folder."""
    found = tmp_path / "data"
    (found / "sub").mkdir(parents=True)
    for number in range(20):
        Image.new("RGB", (8 + number, 8), (10 * number,) * 3).save(found / "sub" / f"{number:02}.png")
    (found / "empty.png").touch()
    Image.new("L", (8, 8), 255).save(found / "m.png")
    Image.new("RGB", (8, 8)).save(tmp_path / "outside.png")
    return found


def write(folder: Path, *lines: str) -> Path:
    (folder / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "list.csv"


def assert_same(path: Path, *, allow_outside: bool = False) -> ManifestListing:
    """What is listed is what the whole data set has, in its order."""
    config = make_config({"allow_outside": allow_outside})
    listing, dataset = list_images(config, str(path)), list_manifest(path, allow_outside=allow_outside)
    whole = WholeListing(dataset)
    assert isinstance(listing, ManifestListing)
    assert (listing.name, listing.classes, listing.problems) == (whole.name, whole.classes, whole.problems)
    assert (listing.grouped, listing.digest, len(listing)) == (whole.grouped, whole.digest, len(whole))
    for start, stop in ((0, len(whole)), (1, 2), (2, 2)):
        pairs = zip(listing.samples(start, stop), whole.samples(start, stop), strict=True)
        assert all((a.id, a.label, a.image, a.group) == (b.id, b.label, b.image, b.group) for a, b in pairs)
    return listing


def test_images_come_by_their_ids_with_classes_by_name(folder: Path) -> None:
    rows = [f"sub/{number:02}.png,{'zebra' if number % 3 else 'ant'}" for number in range(20)]
    listing = assert_same(write(folder, "image,label", *reversed(rows)))
    assert listing.classes == ("ant", "zebra")
    assert [sample.id for sample in listing.samples(0, 2)] == ["sub/00.png", "sub/01.png"]


def test_groups_are_numbered_by_the_images_that_are_left(folder: Path) -> None:
    path = write(
        folder,
        "Group,Label,age,IMAGE",
        "late,b,3,sub/09.png",
        "gone,b,3,nobody.png",
        ",a,,./sub/03.png",
        "early,a,7,sub\\\\01.png",
        "late,c,7,sub/02.png",
    )
    listing = assert_same(path)
    assert [sample.group for sample in listing.samples(0, 4)] == [0, 1, -1, 1]


def test_what_cannot_be_used_is_named(folder: Path) -> None:
    path = write(
        folder,
        "image,label,mask,split",
        "empty.png,only here,,train",
        "sub/00.png,a,m.png,train",
        "sub/01.png,b,nothing.png,HELD-OUT",
        "sub/../sub/02.png,b,,test",
        "nobody.png,b,nothing.png,test",
    )
    listing = assert_same(path)
    assert [problem.where for problem in listing.problems] == ["empty.png", "sub/01.png", "nobody.png"]
    assert listing.classes == ("a", "b")


def test_images_outside_where_they_may_lie(folder: Path) -> None:
    path = write(folder, "image,label", "../outside.png,a", "sub/00.png,b")
    assert_same(path, allow_outside=True)
    os.symlink(folder.parent / "outside.png", folder / "link.png")
    assert_same(write(folder, "image,label", "link.png,a", "sub/00.png,b"), allow_outside=True)


def test_parquet(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    names = [f"sub/{number:02}.png" for number in range(19, -1, -1)]
    table = {"image": names, "Label": list(range(10)) * 2, "group": ["x", None] * 10, "bytes": [b"1"] * 20}
    parquet.write_table(pa.table(table), folder / "list.parquet", row_group_size=7)
    listing = assert_same(folder / "list.parquet")
    assert listing.classes == tuple("0123456789")
    assert listing.grouped


@pytest.mark.parametrize(
    "lines",
    [
        ("image,label", "sub/00.png,a", "sub/01.png,b", "sub/../sub/00.png,b"),
        ("image,label", "sub/00.png,a", "sub/01.png,"),
        ("image,label", ",a", "sub/01.png,b"),
        ("image,label", "sub/00.png,a", "../outside.png,b"),
        ("image,label,mask", "sub/00.png,a,../outside.png", "sub/01.png,b,"),
        ("image,label,split", "sub/00.png,a,train", "sub/01.png,b,"),
        ("image,label,split", "sub/00.png,a,train", "sub/01.png,b,first"),
        ("image,label", "sub/00.png,a", "sub/01.png,a"),
        ("image,label", "sub/00.png,a", "sub/01.png"),
        ("image,label", 'sub/00.png,"a', "sub/01.png,b"),
        ("image,label,label", "sub/00.png,a,b"),
        ("image,name", "sub/00.png,a"),
        ("image,label",),
        ("image,label", "sub/00.png,", "sub/01.png,b,c"),
    ],
    ids=lambda lines: " ".join(lines)[:60],
)
def test_faults_are_told_as_ever(folder: Path, lines: tuple[str, ...]) -> None:
    path = write(folder, *lines)
    with pytest.raises(InputError) as expected:
        list_manifest(path)
    with pytest.raises(InputError) as found:
        list_images(CONFIG, str(path))
    assert str(found.value) == str(expected.value)


def test_a_file_that_is_no_text(folder: Path) -> None:
    path = write(folder, "image,label", "sub/00.png,a")
    path.write_bytes(path.read_bytes() + b"sub/01.png,\xff\n")
    with pytest.raises(InputError, match=r"list\.csv, line 3: the file must be UTF-8 text"):
        list_images(CONFIG, str(path))


def test_an_image_takes_little_memory(folder: Path) -> None:
    """At most 120 bytes, names of classes and groups of ten images included."""
    images = 20_000
    for number in range(images):
        os.link(folder / "sub" / "00.png", folder / f"{number:08}.png")
    path = write(folder, "image,label,group", *(f"{n:08}.png,{n // 10:07},{n // 10:07}" for n in range(images)))
    tracemalloc.start()
    try:
        listing = list_images(CONFIG, str(path))
        # Python's table of names that it knows once grows here, but not with the images.
        found = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, "*pathlib*")])
        held = sum(each.size for each in found.statistics("filename"))
    finally:
        tracemalloc.stop()
    assert len(listing) == images
    assert held < 120 * images
