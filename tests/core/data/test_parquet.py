"""Manifests as Parquet files, where pyarrow is installed."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.data.columns import NumberColumn
from core.data.sources import open_dataset
from core.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, name in enumerate("abcd"):
        Image.new("RGB", (8, 8), (20 * number,) * 3).save(tmp_path / f"{name}.png")
    return tmp_path


def write(folder: Path, **columns: list[Any]) -> str:
    pa = pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table(columns), folder / "Manifest.PARQUET")
    return str(folder / "Manifest.PARQUET")


IMAGES = ["a.png", "b.png", "c.png", "d.png"]


def test_a_manifest(folder: Path) -> None:
    path = write(
        folder,
        image=IMAGES,
        Label=["x", "x", "y", "y"],
        age=[1, None, 3, 4],
        share=[0.1, 1 / 3, None, float("nan")],
        day=[date(2026, 1, 2), None, None, None],
        glasses=[True, False, None, True],
        split=["train", "test", "train", "test"],
        box=[[1, 2], [], None, [3]],
        pixels=[b"x", b"y", None, b""],
    )
    found = open_dataset(path)
    assert (found.name, found.classes) == ("Manifest.PARQUET", ("x", "y"))
    assert found.given_held_out is not None
    assert found.given_held_out.tolist() == [False, True, False, True]
    age, share, day, glasses = found.columns
    assert isinstance(age, NumberColumn)
    assert isinstance(share, NumberColumn)
    np.testing.assert_array_equal(age.values, [1.0, np.nan, 3.0, 4.0])
    np.testing.assert_array_equal(share.values, [0.1, 1 / 3, np.nan, np.nan])
    assert [day.text(0), day.text(1), glasses.text(0), glasses.text(2)] == ["2026-01-02", "", "true", ""]
    assert found.notes == ("Manifest.PARQUET: the columns 'box', 'pixels' are passed over: neither numbers nor text.",)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"image": IMAGES}, ": the table must have the columns image,label, found "),
        ({"image": [b"x"], "label": ["x"]}, ": the table must have the columns image,label, found "),
        ({"image": ["a.png", None], "label": ["x", "y"]}, ", row 2: image must name an image, found nothing"),
        ({"image": ["a.png", "a.png"], "label": ["x", "y"]}, ", row 2: a.png must stand once, found it in row 1 too"),
        ({"image": [], "label": []}, ": no row follows the header"),
    ],
)
def test_what_cannot_be_understood(folder: Path, columns: dict[str, list[Any]], sentence: str) -> None:
    path = write(folder, **columns)
    with pytest.raises(InputError) as caught:
        open_dataset(path)
    assert str(caught.value).startswith(f"{path}{sentence}")


@pytest.mark.parametrize("content", [b"", b"image,label\na.png,x\n", b"PAR1" + 40 * b"\xff" + b"PAR1"])
def test_a_damaged_file_is_one_sentence(folder: Path, content: bytes) -> None:
    pytest.importorskip("pyarrow", reason="Parquet files need pyarrow")
    (folder / "m.parquet").write_bytes(content)
    with pytest.raises(InputError, match=r"m\.parquet: the file cannot be read as Parquet \(.*\)$"):
        open_dataset(str(folder / "m.parquet"))


def test_a_file_cut_off_anywhere(folder: Path) -> None:
    content = Path(write(folder, image=IMAGES, label=["x", "x", "y", "y"])).read_bytes()
    cut = folder / "cut.parquet"
    for end in range(0, len(content), max(1, len(content) // 20)):
        cut.write_bytes(content[:end])
        with pytest.raises(InputError):
            open_dataset(str(cut))


def test_without_pyarrow_it_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (folder / "m.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"need pyarrow: pip install 'metric-explorer\[parquet\]'"):
        open_dataset(str(folder / "m.parquet"))


def test_one_that_is_not_there(folder: Path) -> None:
    with pytest.raises(InputError, match=r"none\.parquet: no such file"):
        open_dataset(str(folder / "none.parquet"))
