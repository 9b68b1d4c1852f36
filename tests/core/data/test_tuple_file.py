"""Lists of pairs, triplets and quadruplets, good and bad."""

import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.dataset import Dataset, Problem
from core.data.decode import decode
from core.data.sources import open_dataset
from core.data.tuple_file import list_folded_pairs, list_tuples
from core.errors import InputError

PAIRS = "image_a,image_b,same"
NAMES = "abcdefg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Images a.png to g.png and sub/x.png, each of its own grey."""
    (tmp_path / "data" / "sub").mkdir(parents=True)
    for number, name in enumerate((*NAMES, "sub/x")):
        Image.new("RGB", (8, 8), (20 * number,) * 3).save(tmp_path / "data" / f"{name}.png")
    return tmp_path / "data"


def write(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def pairs(folder: Path, *rows: str) -> Path:
    """A file of rows such as 'ab1'."""
    return write(folder, PAIRS, *(f"{row[0]}.png,{row[1]}.png,{row[2]}" for row in rows))


def tuples_of(dataset: Dataset) -> list[str]:
    """Rows such as 'ab1' back from a data set."""
    assert dataset.tuples is not None
    names = [sample.id.removesuffix(".png") for sample in dataset.samples]
    same = dataset.tuples.same
    ends = [""] * len(dataset.tuples) if same is None else [str(int(value)) for value in same]
    return ["".join(names[i] for i in row) + end for row, end in zip(dataset.tuples.images, ends, strict=True)]


def identities(dataset: Dataset) -> dict[str, str]:
    return {sample.id[0]: dataset.classes[sample.label] for sample in dataset.samples}


# --- what a good file says


def test_pairs(folder: Path) -> None:
    """a = b = d by two rows; c is no other than itself."""
    dataset = list_tuples(pairs(folder, "ba1", "ac0", "db1", "ef1"))
    assert (dataset.name, dataset.tuples.kind) == ("list.csv", "pairs")
    assert tuples_of(dataset) == ["ba1", "ac0", "db1", "ef1"]
    assert identities(dataset) == {"a": "a.png", "b": "a.png", "c": "c.png", "d": "a.png", "e": "e.png", "f": "e.png"}
    assert [sample.id for sample in dataset.samples] == [f"{name}.png" for name in "abcdef"]
    assert dataset.samples[0].image == Path(os.path.realpath(folder / "a.png"))
    assert (dataset.problems, dataset.notes, dataset.masks) == ((), (), 0)


def test_triplets_and_quadruplets(folder: Path) -> None:
    path = write(folder, "anchor,positive,negative", "a.png,b.png,c.png", "c.png,d.png,a.png")
    assert tuples_of(list_tuples(path)) == ["abc", "cda"]
    assert identities(list_tuples(path)) == {"a": "a.png", "b": "a.png", "c": "c.png", "d": "c.png"}
    path = write(folder, "anchor,positive,negative1,negative2", "b.png,a.png,c.png,d.png")
    dataset = list_tuples(path)
    assert (dataset.tuples.kind, tuples_of(dataset)) == ("quadruplets", ["bacd"])
    assert dataset.classes == ("a.png", "c.png", "d.png")


def test_columns_in_any_order_and_others_beside_them(folder: Path) -> None:
    path = write(folder, "Same, score ,image_b,image_a", "1,0.3,b.png,a.png", '0,"0,1",c.png,a.png')
    dataset = list_tuples(path)
    assert tuples_of(dataset) == ["ab1", "ac0"]
    assert dataset.notes == ("list.csv: the columns 'score' are passed over.",)


def test_paths_are_relative_to_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    rows = ("./a.png,sub/../b.png,1", f"{folder.resolve()}/a.png,sub\\x.png,0")
    path = write(folder, PAIRS, *rows)
    for given in (path, Path("../list.csv")):
        assert [sample.id for sample in list_tuples(given).samples] == ["a.png", "b.png", "sub/x.png"]


def test_a_byte_order_mark_blank_lines_and_other_line_ends(folder: Path) -> None:
    path = folder / "list.csv"
    path.write_bytes(b"\xef\xbb\xbfimage_a,image_b,same\r\n\r\na.png,b.png,1\r\na.png,c.png,0\r\n\r\n")
    assert tuples_of(list_tuples(path)) == ["ab1", "ac0"]


def test_it_is_opened_by_its_ending(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs(folder, "ab1", "ac0").rename(folder / "LIST.CSV")
    monkeypatch.setenv("HOME", str(folder))
    assert open_dataset(str(folder / "LIST.CSV")).tuples is not None
    assert open_dataset("~/LIST.CSV").tuples is not None


def test_decoded(folder: Path) -> None:
    """What cannot be read takes its rows along, and images that no other row names."""
    (folder / "b.png").write_text("no image")
    dataset = list_tuples(pairs(folder, "ab1", "cd1", "de0", "bg0", "ef1"))
    decoded = decode(dataset, 16)
    assert decoded.ids == ("c.png", "d.png", "e.png", "f.png")
    assert decoded.classes == ("c.png", "e.png")
    assert decoded.labels.tolist() == [0, 0, 1, 1]
    assert decoded.tuples.images.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert decoded.tuples.same.tolist() == [True, False, True]
    assert [problem.where for problem in decoded.problems] == ["b.png", "list.csv"]
    assert decoded.problems[1].reason == "rows that name an image which cannot be used: 2"
    assert decode(list_tuples(pairs(folder, "cd1", "de0", "ef1")), 16).content_hash == decoded.content_hash
    assert decode(list_tuples(pairs(folder, "cd1", "ce0", "de0", "ef1")), 16).content_hash != decoded.content_hash


def test_an_image_may_stand_alone(folder: Path) -> None:
    decoded = decode(list_tuples(pairs(folder, "ab1", "ac0")), 16)
    assert (decoded.classes, decoded.labels.tolist()) == (("a.png", "c.png"), [0, 0, 1])


def test_too_little_is_left_after_decoding(folder: Path) -> None:
    (folder / "c.png").write_text("no image")
    with pytest.raises(InputError) as caught:
        decode(list_tuples(pairs(folder, "ab1", "ac0")), 16)
    message = str(caught.value)
    assert message.startswith("list.csv: at least one genuine and one impostor pair are needed, found no impostor pair")
    assert "(2 left out, first c.png: " in message


# --- what is noted


def test_rows_that_repeat_one_another_count_once(folder: Path) -> None:
    dataset = list_tuples(pairs(folder, "ab1", "ac0", "ba1", "ac0", "ca0"))
    assert tuples_of(dataset) == ["ab1", "ac0"]
    assert dataset.notes == (
        "list.csv: rows that repeat an earlier one, which counts once: 3, the first in line 4, of line 2.",
    )
    triplets = write(folder, "anchor,positive,negative", "a.png,b.png,c.png", "b.png,a.png,c.png", "a.png,b.png,c.png")
    assert tuples_of(list_tuples(triplets)) == ["abc", "bac"], "exchanging anchor and positive says something else"


def test_contradictions_are_noted_and_kept(folder: Path) -> None:
    dataset = list_tuples(pairs(folder, "ab1", "bc1", "ac0", "de1", "de0", "ad0"))
    assert len(dataset.tuples) == 6
    assert dataset.notes == (
        "list.csv: line 4 says that a.png and c.png differ, line 2 and line 3 that they are the same.",
        "list.csv: line 6 says that d.png and e.png differ, line 5 that they are the same.",
    )


def test_a_contradiction_within_quadruplets(folder: Path) -> None:
    path = write(folder, "anchor,positive,negative1,negative2", "a.png,b.png,c.png,d.png", "c.png,d.png,a.png,e.png")
    assert list_tuples(path).notes == (
        "list.csv: line 2 says that c.png and d.png differ, line 3 that they are the same.",
    )


def test_many_contradictions_are_counted(folder: Path) -> None:
    everyone = [a + b + "1" for a, b in pairwise(NAMES)]
    against = [a + b + "0" for a, b in pairwise(NAMES)]
    notes = list_tuples(pairs(folder, *everyone, *against, "ag0")).notes
    assert len(notes) == 6
    assert notes[-1] == "list.csv: further pairs that contradict others in this way: 2."


# --- what is left out


def test_images_that_are_not_there(folder: Path) -> None:
    (folder / "c.png").write_bytes(b"")
    (folder / "d.png").unlink()
    (folder / "d.png").mkdir()
    rows = ("ab1", "az0", "za0", "zy1", "bc0", "bd0", "ef1", "ae0")
    dataset = list_tuples(pairs(folder, *rows))
    assert tuples_of(dataset) == ["ab1", "ef1", "ae0"]
    assert dataset.problems == (
        Problem("c.png", "an empty file (0 bytes), first named in line 6"),
        Problem("d.png", "not a file, first named in line 7"),
        Problem("y.png", "no such file, first named in line 5"),
        Problem("z.png", "no such file, first named in line 3"),
        Problem("list.csv", "rows that name an image which cannot be used: 4"),
    )


def test_names_that_no_file_can_have(folder: Path) -> None:
    path = write(folder, PAIRS, "a.png,b.png,1", "a.png,c.png,0", f"a.png,{'x' * 300}.png,0", "a.png,\0.png,0")
    assert [problem.reason for problem in list_tuples(path).problems] == [
        "no such file, first named in line 5",
        "no such file, first named in line 4",
        "rows that name an image which cannot be used: 2",
    ]


def test_what_is_known_through_a_missing_image_stays_known(folder: Path) -> None:
    dataset = list_tuples(pairs(folder, "az1", "zb1", "ac0", "bd0", "cd1"))
    assert identities(dataset) == {"a": "a.png", "b": "a.png", "c": "c.png", "d": "c.png"}


@pytest.mark.parametrize(
    ("header", "row"),
    [(PAIRS, "a.png,./a.png,1"), ("anchor,positive,negative", "a.png,b.png,a.png")],
)
def test_an_image_beside_itself(folder: Path, header: str, row: str) -> None:
    rest = ("a.png,b.png,1", "a.png,c.png,0") if header == PAIRS else ("a.png,b.png,c.png",)
    dataset = list_tuples(write(folder, header, *rest, row))
    assert dataset.problems == (Problem(f"list.csv, line {len(rest) + 2}", "it names one image twice"),)
    assert len(dataset.tuples) == len(rest)


# --- what is refused


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ["a,b,same", "a.png,b.png,1"],
            "line 1: the first line must name the columns image_a,image_b,same or anchor,positive,negative or "
            "anchor,positive,negative1,negative2 or image,label, separated by commas, found 'a,b,same'",
        ),
        (["", "image_a;image_b;same"], "line 2: the first line must name the columns"),
        (["image_a,image_b,same,image_a"], "line 1: the column image_a must stand once, found it 2 times"),
        ([PAIRS, "a.png,b.png,1", "a.png,c.png"], "line 3: a row must have the header's 3 fields, found 2"),
        ([PAIRS, "a.png,b.png,1,x"], "line 2: a row must have the header's 3 fields, found 4"),
        ([PAIRS, "a.png,b.png,yes"], "line 2: same must be 0 or 1, found 'yes'"),
        ([PAIRS, "a.png,b.png,"], "line 2: same must be 0 or 1, found ''"),
        ([PAIRS, "a.png,,1"], "line 2: image_b must name an image, found nothing"),
        ([PAIRS, "a.png,../b.png,1"], "line 2: image_b must lie in the folder of the file, found '../b.png'"),
        ([PAIRS, "/etc/hostname,a.png,1"], "line 2: image_a must lie in the folder of the file, found '/etc/hostname'"),
        ([PAIRS, 'a.png,"b.png,1'], "line 2: not valid CSV (unexpected end of data)"),
    ],
)
def test_rows_that_cannot_be_understood(folder: Path, lines: list[str], sentence: str) -> None:
    path = write(folder, *lines)
    with pytest.raises(InputError) as caught:
        list_tuples(path)
    assert str(caught.value).startswith(f"{path}, {sentence}")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "the file is empty; the first line must name the columns image_a,image_b,same or"),
        ([PAIRS, "", ","], "no row follows the header"),
        ([PAIRS, "a.png,b.png,1"], "at least one genuine and one impostor pair are needed, found no impostor pair"),
        ([PAIRS, "a.png,b.png,0"], "at least one genuine and one impostor pair are needed, found no genuine pair"),
        (
            ["anchor,positive,negative", "a.png,b.png,z.png"],
            "at least one genuine and one impostor pair are needed, found no genuine pair "
            "(2 left out, first z.png: no such file, first named in line 2)",
        ),
    ],
)
def test_files_that_say_too_little(folder: Path, lines: list[str], sentence: str) -> None:
    path = write(folder, *lines)
    with pytest.raises(InputError) as caught:
        list_tuples(path)
    assert str(caught.value).startswith(f"{path}: {sentence}")


def test_links_that_lead_out(folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    Image.new("RGB", (8, 8)).save(outside / "x.png")
    (folder / "link.png").symlink_to(outside / "x.png")
    (folder / "links").symlink_to(outside)
    (folder / "inner.png").symlink_to(folder / "a.png")
    for name in ("link.png", "links/x.png"):
        with pytest.raises(InputError, match="line 2: image_b must lie in the folder of the file"):
            list_tuples(write(folder, PAIRS, f"a.png,{name},1"))
    dataset = list_tuples(write(folder, PAIRS, "inner.png,b.png,1", "a.png,c.png,0"))
    assert len(dataset.samples) == 4


def test_text_that_is_not_utf_8(folder: Path) -> None:
    path = write(folder, PAIRS, "a.png,b.png,1", "a.png,grün.png,0", encoding="latin-1")
    with pytest.raises(InputError, match="line 3: the file must be UTF-8 text"):
        list_tuples(path)
    path = write(folder, PAIRS, "a.png,b.png,1", encoding="utf-16")
    with pytest.raises(InputError, match="line 1: the file must be UTF-8 text"):
        list_tuples(path)


def test_no_such_file(folder: Path) -> None:
    for name in ("none.csv", "~nobody-of-this-name/x.csv", "nul\0.csv"):
        with pytest.raises(InputError) as caught:
            open_dataset(name)
        shown = name.replace("\0", r"\x00")  # as a terminal may take it
        assert str(caught.value) == f"{shown}: no such file"


def test_the_order_of_rows_does_not_matter_for_identities(folder: Path) -> None:
    rows = ["ab1", "cd1", "bc1", "ef1", "ae0", "dg0"]
    generator = np.random.default_rng(0)
    expected = identities(list_tuples(pairs(folder, *rows)))
    for _ in range(5):
        assert identities(list_tuples(pairs(folder, *generator.permutation(rows)))) == expected


# --- pairs in folds


def test_folds_stand_beside_the_pairs_that_can_be_used(folder: Path) -> None:
    """Line 3 repeats line 2, and z.png is missing: neither has a pair, so neither has a fold."""
    rows = ("x,a.png,b.png,1", "y,b.png,a.png,1", "y,a.png,z.png,1", " 2 ,a.png,c.png,0")
    listed = list_folded_pairs(write(folder, "Fold,A,B,Same", *rows))
    assert listed.folds == ("x", "2")
    assert listed.pairs.tolist() == listed.dataset.tuples.images.tolist() == [[0, 1], [0, 2]]
    assert listed.same.tolist() == listed.dataset.tuples.same.tolist() == [True, False]
    assert [problem.where for problem in listed.dataset.problems] == ["z.png", "list.csv"]
    assert not [note for note in listed.dataset.notes if "passed over" in note]


def test_pairs_without_folds(folder: Path) -> None:
    rows = ("a.png,b.png,1,8", "a.png,c.png,0,9")
    listed = list_folded_pairs(write(folder, f"{PAIRS},score", *rows))
    assert (listed.folds, len(listed.pairs)) == (None, 2)
    assert listed.dataset.notes == ("list.csv: the columns 'score' are passed over.",)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([f"{PAIRS},fold", "a.png,b.png,1,1", "a.png,c.png,0,"], "line 3: fold must name the fold of the pair"),
        ([f"{PAIRS},fold,fold"], "line 1: the column fold must stand once, found it 2 times"),
        (["a,image_a,b,same"], "line 1: the column image_a must stand once, found it 2 times"),
        (
            ["anchor,positive,negative", "a.png,b.png,c.png"],
            "line 1: the first line must name the columns image_a,image_b,same, separated by commas, found 'anchor,",
        ),
    ],
)
def test_folds_that_cannot_be_understood(folder: Path, lines: list[str], sentence: str) -> None:
    path = write(folder, *lines)
    with pytest.raises(InputError) as caught:
        list_folded_pairs(path)
    assert str(caught.value).startswith(f"{path}, {sentence}")
