"""Lists of pairs to be judged: of a file, of a folder, between two folders; good and bad."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.pair_list import NOT_SAID, PairList
from core.data.pair_list_file import pairs_of_file
from core.data.pair_list_folders import _matching, pairs_of_folder, pairs_of_folders
from core.errors import InputError
from core.verify_pairs import list_pairs


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of empty files; a list does not look into them."""
    return (
        fill(tmp_path / "left", "1.png", "2.png", "sub/3.jpg", ".hidden.png", "notes.txt"),
        fill(tmp_path / "right", "1.png", "2.jpg", "sub/3.jpg", "9.png"),
    )


def fill(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "pairs.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def named(listed: PairList) -> list[tuple[str, str]]:
    return [(listed.names[a], listed.names[b]) for a, b in listed.pairs.tolist()]


# --- a file


def test_a_file_names_each_image_once_and_keeps_what_else_it_says(tmp_path) -> None:
    path = write(tmp_path, "id, A ,image_b,same", "x,a.png,b.png,1", "", "y, ./a.png,/far/c.png,0", "z,b.png,b.png,")
    listed = pairs_of_file(path)
    assert listed.files == (tmp_path / "a.png", tmp_path / "b.png", Path("/far/c.png"))
    assert listed.pairs.tolist() == [[0, 1], [0, 2], [1, 1]]
    assert listed.names == ("a.png", "b.png", "/far/c.png")
    assert listed.same is not None
    assert listed.same.tolist() == [1, 0, NOT_SAID]
    assert listed.lines is not None
    assert listed.lines.tolist() == [2, 4, 5]
    assert listed.others == {"id": ("x", "y", "z")}
    assert listed.title == "pairs.csv"


def test_a_table_of_verdicts_is_read_back_without_its_results(tmp_path) -> None:
    path = write(tmp_path, "line,image_a,image_b,distance,verdict,id", "7,a.png,b.png,0.1,same,x")
    listed = pairs_of_file(path)
    assert listed.others == {"id": ("x",)}
    assert listed.same is None
    assert listed.lines is not None
    assert listed.lines.tolist() == [2]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "pairs.csv: the file is empty; the first line must name the columns image_a,image_b"),
        (("image_a,image_b",), "pairs.csv: no row follows the header"),
        (("image_a,other", "x,y"), "pairs.csv, line 1: .*found no image_b in 'image_a,other'"),
        (("a,b,image_a", "x,y,z"), "line 1: each column must stand once, found 'image_a' more often"),
        (("a,b", "x.png,y.png", "x.png"), "line 3: a row must have the header's 2 fields, found 1"),
        (("a,b", "x.png,"), "line 2: image_b must name an image, found nothing"),
        (("a,b,same", "", "x.png,y.png,yes"), "line 3: same must be 1, 0 or left empty, found 'yes'"),
        (("a,b", "x.png,//host/y.png"), "line 2: image_b must be on this computer, found '//host/y.png'"),
        (("a,b", f"x.png,{'y' * 10_000_000}"), "line 2: not valid CSV .field larger than field limit"),
        (("a,b,same", f"x.png,y.png,{'é' * 500}"), "line 2: same must be 1, 0 or left empty, found 'é{80}…'$"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path, lines, said) -> None:
    with pytest.raises(InputError, match=said):
        pairs_of_file(write(tmp_path, *lines))


def test_a_file_that_is_no_text_or_not_there(tmp_path) -> None:
    with pytest.raises(InputError, match="line 2: the file must be UTF-8 text"):
        pairs_of_file(write(tmp_path, "a,b", "é.png,y.png", encoding="latin-1"))
    with pytest.raises(InputError, match="cannot be read"):
        list_pairs([tmp_path / "none.csv"])


def test_what_is_no_file_or_far_too_large(tmp_path, monkeypatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="pipe: a list of pairs must be a file"):
        list_pairs([tmp_path / "pipe"])
    monkeypatch.setattr("core.data.pair_list_file._MAX_BYTES", 2**20)
    (tmp_path / "film.mp4").write_bytes(bytes(2**20 + 1))
    with pytest.raises(InputError, match=r"film\.mp4: a list of pairs may have at most 1 MiB, found more"):
        list_pairs([tmp_path / "film.mp4"])


def test_control_characters_stay_in_the_name(tmp_path) -> None:
    listed = pairs_of_file(write(tmp_path, "a,b", "\x1b[31mred.png,x\x00y.png"))
    assert listed.names == ("\x1b[31mred.png", "x\x00y.png")


def test_more_pairs_than_can_be_judged(tmp_path, folders, monkeypatch) -> None:
    for module in ("pair_list_file", "pair_list"):
        monkeypatch.setattr(f"core.data.{module}.MAX_PAIRS", 2)
    with pytest.raises(InputError, match="line 4: at most 2 pairs can be judged at once, found more"):
        pairs_of_file(write(tmp_path, "a,b", "1,2", "3,4", "5,6"))
    with pytest.raises(InputError, match="pairs: at most 2 can be judged at once, found 3 for every pair of the 3"):
        pairs_of_folder(folders[0])
    with pytest.raises(InputError, match="found 12 for every image of"):
        pairs_of_folders(*folders, "all")


# --- folders


def test_every_pair_of_a_folder_once(folders) -> None:
    listed = list_pairs([folders[0]])
    assert named(listed) == [("1.png", "2.png"), ("1.png", "sub/3.jpg"), ("2.png", "sub/3.jpg")]
    assert listed.files[2] == folders[0] / "sub" / "3.jpg"
    assert listed.lines is None
    assert listed.title == "left"


def test_masks_of_a_data_folder_are_no_images_to_compare(tmp_path) -> None:
    fill(tmp_path / "data", "images/a/1.png", "images/a/2.png", "masks/a/1.png", "masks/a/2.png")
    listed = pairs_of_folder(tmp_path / "data")
    assert named(listed) == [("a/1.png", "a/2.png")]
    assert "masks are no images" in listed.notes[0]


def test_two_folders_by_name_and_what_is_left_over(folders) -> None:
    listed = list_pairs(folders)
    assert named(listed) == [
        ("left/1.png", "right/1.png"),
        ("left/2.png", "right/2.jpg"),
        ("left/sub/3.jpg", "right/sub/3.jpg"),
    ]
    assert listed.notes == (f"{folders[1]}: 1 of 4 images match no name in {folders[0]}, the first 9.png.",)


def test_two_folders_all_with_all(folders) -> None:
    listed = list_pairs(folders, "all")
    assert len(listed) == 12
    assert len(set(named(listed))) == 12
    assert all(a.startswith("left/") and b.startswith("right/") for a, b in named(listed))


def test_folders_of_one_name_are_told_apart(tmp_path) -> None:
    first, second = fill(tmp_path / "1" / "x", "a.png"), fill(tmp_path / "2" / "x", "a.png")
    assert named(pairs_of_folders(first, second)) == [(f"{first}/a.png", f"{second}/a.png")]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (("empty",), "empty: at least one image is needed in this folder or those within, found none"),
        (("one",), "one: at least 2 images are needed to make a pair, found 1"),
        (("one", "one"), "two different folders are needed, found one twice"),
        (("one", "one/inner"), "neither folder may lie in the other"),
        (("one", "empty"), "empty: at least one image is needed"),
        (("one", "other"), "other: no image has the name of one in"),
        (("one", "one/a.png"), "one CSV file, one folder or two folders are needed, found"),
        ((), "one CSV file, one folder or two folders are needed, found nothing"),
    ],
)
def test_folders_that_make_no_pairs(tmp_path, sources, said) -> None:
    fill(tmp_path / "one", "a.png")
    fill(tmp_path / "other", "b.png")
    for name in ("empty", "one/inner"):
        (tmp_path / name).mkdir()
    with pytest.raises(InputError, match=said):
        list_pairs([tmp_path / source for source in sources])


_NAMES = st.lists(st.sampled_from([f"{stem}.{end}" for stem in "abc" for end in ("png", "jpg", "bmp")]), unique=True)


@settings(max_examples=60, deadline=None)
@given(_NAMES, _NAMES)
def test_matching_names_is_one_to_one_and_the_same_from_both_sides(left: list[str], right: list[str]) -> None:
    found = _matching(left, right)
    assert len({a for a, _ in found}) == len({b for _, b in found}) == len(found)
    assert sorted((b, a) for a, b in _matching(right, left)) == sorted(found)
    whole = {name for name in left if name in right}
    assert {left[a] for a, b in found if left[a] == right[b]} == whole
    assert all(Path(left[a]).stem == Path(right[b]).stem for a, b in found)


def test_the_positions_are_those_of_the_files(folders) -> None:
    listed = pairs_of_folders(*folders, "all")
    assert np.unique(listed.pairs[:, 0]).tolist() == [0, 1, 2]
    assert [listed.files[place].parts[-2:] for place in (0, 3)] == [("left", "1.png"), ("right", "1.png")]
