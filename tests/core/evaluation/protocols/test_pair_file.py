"""Own lists of pairs to judge by; `tests/core/data/test_tuple_file.py` has what a row may not say."""

from pathlib import Path

import pytest

from core.errors import InputError
from core.evaluation.protocols.pair_file import read_pair_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abcde":
        (tmp_path / f"{name}.png").write_bytes(b"an image, which is not decoded here")
    return tmp_path


def write(folder: Path, *lines: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_list_without_folds(folder: Path) -> None:
    listed = read_pair_file(write(folder, "image_a,image_b,same", "a.png,c.png,1", "c.png,b.png,0"))
    assert [Path(image).name for image in listed.images] == ["a.png", "b.png", "c.png"]
    assert listed.trials.pairs.tolist() == [[0, 2], [2, 1]]
    assert listed.trials.same.tolist() == [True, False]
    assert (listed.trials.folds, listed.trials.fold_names) == (None, ())
    assert listed.labels.tolist() == [0, 1, 0]
    assert listed.warnings == ()


def test_folds_stand_in_the_order_of_their_numbers(folder: Path) -> None:
    rows = ("a.png,b.png,1,10", "a.png,c.png,0,9", "b.png,c.png,0,1", "d.png,e.png,1,9")
    trials = read_pair_file(write(folder, "a,b,same,fold", *rows)).trials
    assert trials.fold_names == ("1", "9", "10")
    assert trials.folds.tolist() == [2, 1, 0, 1]


def test_what_is_left_out_is_said_in_one_sentence(folder: Path) -> None:
    rows = ("a.png,b.png,1,x", "a.png,none.png,1,x", "gone.png,c.png,0,y", "c.png,d.png,0,y", "d.png,d.png,1,y")
    listed = read_pair_file(write(folder, "a,b,same,fold", *rows))
    assert listed.trials.folds.tolist() == [0, 1]
    assert listed.warnings == (
        "list.csv: images and rows left out: 4, the first list.csv, line 6: it names one image twice",
    )


def test_one_fold_is_none(folder: Path) -> None:
    path = write(folder, "a,b,same,fold", "a.png,b.png,1,x", "a.png,c.png,0,x")
    with pytest.raises(InputError, match="the column fold must name at least 2 folds, found 'x' alone"):
        read_pair_file(path)


def test_rows_that_contradict_others_are_warned_of(folder: Path) -> None:
    listed = read_pair_file(write(folder, "a,b,same", "a.png,b.png,1", "b.png,c.png,1", "a.png,c.png,0"))
    assert listed.warnings == (
        "list.csv: line 4 says that a.png and c.png differ, line 2 and line 3 that they are the same.",
    )
