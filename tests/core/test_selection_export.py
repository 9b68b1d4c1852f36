"""Selected images as a table and as a folder of copies."""

import csv
import errno
import os
from pathlib import Path, PureWindowsPath

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core import selection_export
from core.errors import Cancelled, InputError
from core.selection_export import SelectedImage, copy_images, safe_name, write_table


def drawn(path: Path, value: int = 9) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (3, 2), (value,) * 3).save(path)
    return path


def one(name: str, label: str = "cat", **rest: object) -> SelectedImage:
    return SelectedImage(name, label, "held-out", **rest)  # type: ignore[arg-type]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_table_by_hand(tmp_path) -> None:
    path = tmp_path / "t.csv"
    known = one("cat/1.png", predicted="dog", place=(-0.5, 1.25))
    write_table(path, [known, one("=1+1.png", "@home"), one("b\udcff.png")], 540)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows == [
        ["image", "label", "predicted", "part", "x", "y", "step"],
        ["cat/1.png", "cat", "dog", "held-out", "-0.5", "1.25", "540"],
        ["'=1+1.png", "'@home", "", "held-out", "", "", ""],
        ["b\\udcff.png", "cat", "", "held-out", "", "", ""],
    ]


def test_a_table_that_cannot_be_written(tmp_path) -> None:
    with pytest.raises(InputError, match="the table cannot be written"):
        write_table(tmp_path / "no" / "t.csv", [], None)


def test_copies_are_the_originals_and_pixels_become_png(tmp_path) -> None:
    source = drawn(tmp_path / "data" / "1.png")
    pixels = np.broadcast_to(np.arange(6, dtype=np.uint8).reshape(2, 3, 1), (2, 3, 3))
    said: list[float] = []
    images = [one("cat/1.png", image=source), one("3/0007", "3", image=pixels), one("cat/2.png")]
    found = copy_images(images, tmp_path / "out", said.append)
    assert files(tmp_path / "out") == ["3/0007.png", "cat/1.png"]
    assert (tmp_path / "out" / "cat" / "1.png").read_bytes() == source.read_bytes()
    assert np.array_equal(np.asarray(Image.open(tmp_path / "out" / "3" / "0007.png")), pixels)
    assert (found.copied, [(p.where, p.reason) for p in found.problems]) == (2, [("cat/2.png", "the image is gone")])
    assert said == [0, 1 / 3, 2 / 3]


def test_nothing_is_overwritten(tmp_path) -> None:
    images = [
        one("cat/a/1.png", image=drawn(tmp_path / "a.png", 1)),
        one("cat/b/1.png", image=drawn(tmp_path / "b.png", 2)),
    ]
    for _ in range(2):
        copy_images(images, tmp_path / "out")
    assert files(tmp_path / "out") == ["cat/1-2.png", "cat/1-3.png", "cat/1-4.png", "cat/1.png"]
    values = [np.asarray(Image.open(tmp_path / "out" / name))[0, 0, 0] for name in files(tmp_path / "out")]
    assert values == [2, 1, 2, 1]


def test_classes_whose_safe_names_are_alike_have_folders_of_their_own(tmp_path) -> None:
    source = drawn(tmp_path / "1.png")
    labels = ["a/b", "a_b", "A_B", "..", ".././up", "a/b"]
    copy_images([one(f"{n}.png", label, image=source) for n, label in enumerate(labels)], tmp_path / "out")
    assert files(tmp_path / "out") == [
        "A_B-3/2.png",
        "_/3.png",
        "__._up/4.png",
        "a_b-2/1.png",
        "a_b/0.png",
        "a_b/5.png",
    ]
    assert not (tmp_path / "up").exists()


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=200))
def test_a_safe_name_stays_in_its_folder_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe not in ("", ".", "..")
    assert not set(safe) & set('<>:"/\\|?*')
    assert len(os.fsencode(safe)) <= 125
    assert PureWindowsPath(safe).parts == (safe,)
    assert not safe.endswith((".", " "))
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [("CON", "_CON"), ("nul.png", "_nul.png"), ("console.png", "console.png"), (".hidden", "_hidden"), ("a\nb", "a_b")],
)
def test_names_with_a_meaning(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_name("ä" * 200 + ".jpeg") == "ä" * 57 + ".jpeg"


def test_a_full_disk_is_one_sentence_and_leaves_no_half_file(tmp_path, monkeypatch) -> None:
    images = [one(f"{n}.png", image=drawn(tmp_path / f"{n}.png")) for n in range(3)]
    copy = selection_export.shutil.copyfileobj
    calls: list[int] = []

    def full(source: object, target: object) -> None:
        calls.append(1)
        if len(calls) == 3:
            target.write(b"half")  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, "No space left on device")
        copy(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(selection_export.shutil, "copyfileobj", full)
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\); 2 of 3 images were copied"):
        copy_images(images, tmp_path / "out")
    assert files(tmp_path / "out") == ["cat/0.png", "cat/1.png"]


def test_a_file_where_the_folder_should_be(tmp_path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="0 of 1 images were copied"):
        copy_images([one("1.png", image=drawn(tmp_path / "1.png"))], tmp_path / "out")


def test_an_original_that_is_gone_is_left_out(tmp_path) -> None:
    found = copy_images([one("1.png", image=tmp_path / "1.png")], tmp_path / "out")
    assert found.copied == 0
    assert "cannot be opened" in found.problems[0].reason


def test_cancelled_keeps_what_was_copied_and_says_so(tmp_path) -> None:
    def watch(share: float) -> None:
        if share > 0.4:
            raise Cancelled

    images = [one(f"{n}.png", image=drawn(tmp_path / f"{n}.png")) for n in range(2)]
    found = copy_images(images, tmp_path / "out", watch)
    assert (found.copied, found.cancelled) == (1, True)
    assert files(tmp_path / "out") == ["cat/0.png"]
