"""Lists in LFW's format: made ones, and those of the LFW project where they are at hand."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.evaluation.protocols.lfw import LfwImage, LfwList, locate, read_pairs_txt
from tests.core.data.test_real_data import folder

TWO_FOLDS = """2\t1
Abel_Pacheco\t1\t4
Abdel_Madi\t5\tDean_Barker\t12
Carla_Moreno\t2\t1
Ed_Rendell\t1\tAbel_Pacheco\t1
"""


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- what is read


def test_a_list_by_hand(tmp_path: Path) -> None:
    listed = read_pairs_txt(write(tmp_path / "pairs.txt", TWO_FOLDS))
    assert [image.stem for image in listed.images] == [
        "Abel_Pacheco/Abel_Pacheco_0001",
        "Abel_Pacheco/Abel_Pacheco_0004",
        "Abdel_Madi/Abdel_Madi_0005",
        "Dean_Barker/Dean_Barker_0012",
        "Carla_Moreno/Carla_Moreno_0002",
        "Carla_Moreno/Carla_Moreno_0001",
        "Ed_Rendell/Ed_Rendell_0001",
    ]
    assert listed.trials.pairs.tolist() == [[0, 1], [2, 3], [4, 5], [6, 0]]
    assert listed.trials.same.tolist() == [True, False, True, False]
    assert listed.trials.folds.tolist() == [0, 0, 1, 1]
    assert listed.trials.fold_names == ("1", "2")
    assert listed.labels.tolist() == [0, 0, 1, 2, 3, 3, 4]


@pytest.mark.parametrize("header", ["2", "1\t2"])
def test_one_set_has_no_folds(tmp_path: Path, header: str) -> None:
    lines = [header, "A\t1\t2", "B\t1\t2", "A\t1\tB\t1", "A\t2\tB\t2"]
    trials = read_pairs_txt(write(tmp_path / "pairsDevTest.txt", "\n".join(lines))).trials
    assert (trials.folds, trials.fold_names) == (None, ())
    assert trials.same.tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + TWO_FOLDS.encode(),
        TWO_FOLDS.replace("\n", "\r\n"),
        TWO_FOLDS.rstrip("\n"),
        TWO_FOLDS + "\n \r\n",
        TWO_FOLDS.replace("\t12", "\t0012"),
    ],
)
def test_what_makes_no_difference(tmp_path: Path, content: str | bytes) -> None:
    plain, other = (read_pairs_txt(write(tmp_path / "pairs.txt", text)) for text in (TWO_FOLDS, content))
    assert plain.images == other.images
    assert plain.trials.pairs.tolist() == other.trials.pairs.tolist()


# --- what is refused


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        (["10 300"], 1, "the first line must hold two positive numbers, folds and pairs of each kind, or the latter"),
        (["A\t1\t2"], 1, "the first line must hold two positive numbers"),
        (["0\t300"], 1, "the first line must hold two positive numbers"),
        (["-2"], 1, "the first line must hold two positive numbers"),
        (["²"], 1, "the first line must hold two positive numbers"),
        (["1", "A\t1\t2"], 1, "the header promises 1 genuine and 1 impostor pairs, so 2 lines must follow, found 1"),
        (
            ["2\t1", "A\t1\t2", "A\t1\tB\t1", "C\t1\t2", "C\t1\tD\t1", "E\t1\t2"],
            1,
            "the header promises 2 folds of 1 genuine and 1 impostor pairs, so 4 lines must follow, found 5, line 6 "
            "being the first too many",
        ),
        (["999999999\t999999999", "A\t1\t2"], 1, "the header promises 999999999 folds of 999999999 genuine"),
        (["1", "A\t1\tB\t1", "A\t1\t2"], 2, "a genuine pair must stand here, name, number, number, separated by tabs"),
        (["1", "A\t1\t2", "A\t1\t2"], 3, "an impostor pair must stand here, name, number, other name, number"),
        (["1", "A 1 2", "A\t1\tB\t1"], 2, "a genuine pair must stand here, name, number, number, separated by tabs"),
        (["1", "", "A\t1\tB\t1"], 2, "a genuine pair must stand here"),
        (["1", "A\t0\t2", "A\t1\tB\t1"], 2, "the number of an image must be a positive whole number, found '0'"),
        (["1", "A\t1\t2", "A\t1\tB\t-1"], 3, "the number of an image must be a positive whole number, found '-1'"),
        (["1", "A\t1\t1.5", "A\t1\tB\t1"], 2, "the number of an image must be a positive whole number, found '1.5'"),
        (["1", "A\t1\t٢", "A\t1\tB\t1"], 2, "the number of an image must be a positive whole number, found '٢'"),
        (["1", "A\t1\t", "A\t1\tB\t1"], 2, "the number of an image must be a positive whole number, found ''"),
        (["1", "A\t7\t07", "A\t1\tB\t1"], 2, "a pair must be of two images, found A/A_0007 twice"),
        (["1", "A\t1\t2", "B\t1\tB\t2"], 3, "an impostor pair must be of two people, found 'B' twice"),
        (["1", "../A\t1\t2", "A\t1\tB\t1"], 2, "a name must be that of a folder, found '../A'"),
        (["1", "A\t1\t2", "A\t1\t..\t1"], 3, "a name must be that of a folder, found '..'"),
        (["1", "\t1\t2", "A\t1\tB\t1"], 2, "a name must be that of a folder, found ''"),
        (["1", "A\0B\t1\t2", "A\t1\tB\t1"], 2, "a name must be that of a folder, found 'A\\x00B'"),
        (
            ["2", "A\t1\t2", "A\t2\t1", "A\t1\tB\t1", "A\t2\tB\t1"],
            3,
            "a pair must stand once, found that of line 2 again",
        ),
        (["2", *["A\t1\tB\t1"] * 3, "A\t1\t2"], 2, "a genuine pair must stand here"),
    ],
)
def test_lists_that_say_something_wrong(tmp_path: Path, lines: list[str], line: int, sentence: str) -> None:
    path = write(tmp_path / "pairs.txt", "\n".join(lines) + "\n")
    with pytest.raises(InputError) as caught:
        read_pairs_txt(path)
    assert str(caught.value).startswith(f"{path}, line {line}: {sentence}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "\n\n", b"\xef\xbb\xbf", "\r\n"])
def test_an_empty_file(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(InputError, match="the file is empty; the first line must hold two positive numbers"):
        read_pairs_txt(write(tmp_path / "pairs.txt", content))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: the file cannot be read"):
        read_pairs_txt(tmp_path / "none.txt")
    with pytest.raises(InputError, match="line 2: the file must be UTF-8 text"):
        read_pairs_txt(write(tmp_path / "pairs.txt", b"1\nA\xff\t1\t2\nA\t1\tB\t1\n"))


# --- finding the images


def test_images_are_found_by_name_and_number(tmp_path: Path) -> None:
    images = (LfwImage("A", 1), LfwImage("A", 12345), LfwImage("B", 2))
    files = [tmp_path / "A/A_0001.jpg", tmp_path / "A/A_12345.png", tmp_path / "B/B_0002.jpg"]
    for file in (*files, tmp_path / "B/B_0002.png"):
        file.parent.mkdir(exist_ok=True)
        file.touch()
    assert locate(images, tmp_path) == files


def test_missing_images_are_counted(tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    (tmp_path / "A/A_0001.jpg").touch()
    (tmp_path / "A/A_0003.gif").touch()
    with pytest.raises(InputError) as caught:
        locate([LfwImage("A", number) for number in (1, 2, 3)], tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: all 3 images of the list must be there as .jpg or .png, found 2 missing, the first A/A_0002.jpg"
    )
    with pytest.raises(InputError, match="the folder of the list's images is needed, found no folder"):
        locate([LfwImage("A", 1)], tmp_path / "A/A_0001.jpg")


# --- the lists of the LFW project


def real(name: str) -> LfwList:
    return read_pairs_txt(folder("lfw_protocol") / name)


def test_view_2() -> None:
    """Counts of Huang et al. 2007 and of the files themselves: 10 people-disjoint folds of 300 + 300."""
    listed = real("pairs.txt")
    assert (len(listed.images), len(set(listed.labels.tolist()))) == (7701, 4281)
    trials = listed.trials
    assert trials.fold_names == tuple(map(str, range(1, 11)))
    assert set(Counter(zip(trials.folds.tolist(), trials.same.tolist(), strict=True)).values()) == {300}
    assert (listed.labels[trials.pairs[:, 0]] == listed.labels[trials.pairs[:, 1]]).tolist() == trials.same.tolist()
    people = [set(listed.labels[trials.pairs[trials.folds == fold]].ravel().tolist()) for fold in range(10)]
    assert sum(map(len, people)) == len(set.union(*people))
    last = [listed.images[place] for place in trials.pairs[-1]]
    assert last == [LfwImage("Slobodan_Milosevic", 2), LfwImage("Sok_An", 1)]


@pytest.mark.parametrize(
    ("name", "each", "people"), [("pairsDevTest.txt", 500, 963), ("pairsDevTrain.txt", 1100, 2132)]
)
def test_view_1(name: str, each: int, people: int) -> None:
    listed = real(name)
    assert listed.trials.folds is None
    assert np.bincount(listed.trials.same).tolist() == [each, each]
    assert len(set(listed.labels.tolist())) == people


def test_a_header_that_lies() -> None:
    """500 + 500 + 1100 + 1100 pairs stand below '500'."""
    with pytest.raises(InputError) as caught:
        real("pairsDevTest_as_stored.txt")
    assert "pairsDevTest_as_stored.txt, line 1: the header promises 500 genuine and 500 impostor pairs" in str(
        caught.value
    )
    assert str(caught.value).endswith("so 1000 lines must follow, found 3200, line 1002 being the first too many")
