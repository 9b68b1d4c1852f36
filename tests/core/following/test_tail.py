"""The end of a file of lines that somebody else writes."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.following import tail
from core.following.tail import LineTail


def write(path: Path, *numbers: int, rest: str = "") -> Path:
    path.write_text("".join(json.dumps({"step": number}) + "\n" for number in numbers) + rest)
    return path


def steps(lines: list[dict[str, int]] | None) -> list[int]:
    assert lines is not None
    return [line["step"] for line in lines]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "metrics.jsonl"


def test_a_file_that_is_not_there_yet_has_no_lines(file: Path) -> None:
    lines = LineTail(file)
    assert lines.read() == []
    write(file, 1)
    assert steps(lines.read()) == [1]


def test_only_what_is_new_is_told_and_a_half_written_line_when_it_is_whole(file: Path) -> None:
    lines = LineTail(write(file, 1, 2, rest='{"st'))
    assert steps(lines.read()) == [1, 2]
    assert lines.read() == []
    with file.open("a") as stream:
        stream.write('ep": 3}\n')
    assert steps(lines.read()) == [3]
    assert lines.lines == 3


def test_what_is_known_is_skipped_even_where_it_is_damaged(file: Path) -> None:
    lines = LineTail(write(file, 1, 2, 3), skip=2)
    assert steps(lines.read()) == [3]
    file.write_text("not JSON\n" + json.dumps({"step": 2}) + "\n")
    assert steps(LineTail(file, skip=1).read()) == [2]


def test_a_file_that_did_not_change_is_not_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = LineTail(write(file, 1))
    lines.read()
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    assert lines.read() == []


@pytest.mark.parametrize("after", [(1, 2), (1, 2, 4), (1, 2, 4, 5, 6), ()])
def test_a_file_that_was_cut_and_perhaps_grew_again_is_another_one(file: Path, after: tuple[int, ...]) -> None:
    lines = LineTail(write(file, 1, 2, 3))
    lines.read()
    write(file, *after)
    assert lines.read() is None


def test_a_file_written_anew_with_the_same_lines_is_read_on(file: Path, tmp_path: Path) -> None:
    """As when a run that goes on had nothing to forget."""
    lines = LineTail(write(file, 1, 2))
    lines.read()
    os.replace(write(tmp_path / "new", 1, 2, 3), file)
    assert steps(lines.read()) == [3]


def test_a_file_that_is_gone_is_another_one(file: Path) -> None:
    lines = LineTail(write(file, 1))
    lines.read()
    file.unlink()
    assert lines.read() is None


def test_a_line_whose_room_is_there_before_its_content_is_waited_for(file: Path) -> None:
    """As a network drive may show it."""
    lines = LineTail(write(file, 1, rest="\0" * 11 + "\n"))
    assert steps(lines.read()) == [1]
    assert lines.read() == []
    write(file, 1, 2, 3)
    assert steps(lines.read()) == [2, 3]
    assert lines.read() == []


@pytest.mark.parametrize("line", ["nonsense", "[1]", "[" * 100_000])
def test_a_line_that_stays_damaged_is_named(file: Path, line: str) -> None:
    lines = LineTail(write(file, 1, rest=f"{line}\n"))
    assert steps(lines.read()) == [1]
    for _ in range(tail._PATIENCE - 1):
        assert lines.read() == []
    with pytest.raises(InputError, match=r"metrics\.jsonl: damaged, line 2 is not valid JSON"):
        lines.read()


def test_a_line_without_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "_CHUNK", 100)
    file.write_text("x" * 200)
    with pytest.raises(InputError, match="a line must have at most 100 bytes, found more"):
        LineTail(file).read()


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        LineTail(tmp_path).read()


@settings(max_examples=40, deadline=None)
@given(
    lines=st.lists(st.text(max_size=30), min_size=1, max_size=30),
    cuts=st.lists(st.integers(0, 2_000), max_size=8),
    chunk=st.integers(200, 400),
)
def test_however_the_file_grows_each_line_comes_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], cuts: list[int], chunk: int
) -> None:
    file = tmp_path_factory.mktemp("grown") / "lines"
    content = "".join(json.dumps({"text": line}) + "\n" for line in lines).encode()
    found: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "_CHUNK", chunk)
        reader = LineTail(file)
        for cut in [*sorted(cuts), len(content)]:
            file.write_bytes(content[:cut])
            while new := reader.read():
                found += [line["text"] for line in new]
    assert found == lines
