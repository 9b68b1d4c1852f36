"""columns.csv beside the images of a folder."""

import math
from pathlib import Path

import numpy as np
import pytest

from core.data.columns import NumberColumn, TextColumn
from core.data.dataset import Dataset
from core.data.decode import decode
from core.data.folder import list_folder
from core.errors import InputError
from tests.core.data.test_groups import pets


def listed(root: Path, columns: str | bytes) -> Dataset:
    (root / "columns.csv").write_bytes(columns if isinstance(columns, bytes) else columns.encode())
    return list_folder(root)


@pytest.mark.parametrize("layout", ["images", ""])
def test_columns_of_a_folder(tmp_path: Path, layout: str) -> None:
    text = "\ufeffage , IMAGE,pose,empty\r\n3,./a/0.png,left,\r\n\r\n,b\\2.png,right,\r\n4.5,a/2.png,,\r\n"
    found = listed(pets(tmp_path, layout), text)
    age, pose = found.columns
    assert isinstance(age, NumberColumn)
    assert isinstance(pose, TextColumn)
    nothing = math.nan
    np.testing.assert_array_equal(age.values, [3.0, nothing, 4.5, nothing, nothing, nothing])
    assert (age.name, pose.name, pose.categories) == ("age", "pose", ("left", "right"))
    assert pose.codes.tolist() == [0, -1, -1, -1, -1, 1]
    assert (found.notes, found.problems) == ((), ())


def test_images_that_are_not_there_are_noted(tmp_path: Path) -> None:
    found = listed(pets(tmp_path), "image,age\na/0.png,1\nc/0.png,1\n../a/0.png,2\n")
    assert found.notes == ("columns.csv: images that are not in the data: 2, the first c/0.png in line 3.",)


def test_groups_are_a_column_too(tmp_path: Path) -> None:
    root = pets(tmp_path)
    (root / "groups.csv").write_text("image,group\na/0.png,shoot 2\nb/2.png,shoot 1\n")
    found = listed(root, "image,age\na/0.png,1\n")
    assert [column.name for column in found.columns] == ["group", "age"]
    assert [found.columns[0].text(index) for index in (0, 1, 5)] == ["shoot 2", "", "shoot 1"]
    with pytest.raises(InputError, match=r"columns\.csv: the column 'group' must not stand here too"):
        listed(root, "image,group\na/0.png,1\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "columns.csv: the file is empty; the first line must name the columns image"),
        ("image,age\n", "columns.csv: no row follows the header"),
        ("file,age\na/0.png,1\n", "columns.csv, line 1: the first line must name the columns image, .*'file,age'"),
        ("image\na/0.png\n", "columns.csv: a column beside image is needed, found none"),
        ("image,age,Age\na/0.png,1,2\n", "line 1: the column age must stand once, found it 2 times"),
        ("image,age\n,1\n", "line 2: image must name an image, found nothing"),
        ("image,age\na/0.png\n", "line 2: a row must have the header's 2 fields, found 1"),
        ("image,age\na/0.png,1\n\na\\0.png,1\n", "line 4: a/0.png must stand once, found it in line 2 too"),
        (b"image,age\na/0.png,\xff\n", "columns.csv, line 2: the file must be UTF-8 text"),
        ('image,age\na/0.png,"1\n', "columns.csv, line 2: not valid CSV"),
        ("image,age\na/0.png," + 200_000 * "x" + "\n", "columns.csv, line 2: not valid CSV .*field larger"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        listed(pets(tmp_path), content)


def test_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    root = pets(tmp_path / "data")
    (tmp_path / "secret").write_text("image,age\na/0.png,1\n")
    (root / "columns.csv").symlink_to(tmp_path / "secret")
    found = list_folder(root)
    assert found.columns == ()
    assert [problem.where for problem in found.problems] == ["columns.csv"]


def test_columns_change_nothing_that_is_trained_on(tmp_path: Path) -> None:
    root = pets(tmp_path)
    before = decode(list_folder(root), 4).content_hash
    assert decode(listed(root, "image,age\na/0.png,1\n"), 4).content_hash == before
