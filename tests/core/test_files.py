import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core import files
from core.errors import InputError
from core.files import held_alone, is_held, keep_lines, read_json, read_lines, remove_leftovers, replacing, write_whole


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with replacing(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.parent == path.parent  # a rename across file systems is none
    assert path.read_text() == "new"
    assert names(tmp_path) == ["a.txt"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(TypeError), replacing(path) as temporary:
        temporary.write_text(path)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_the_content_is_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: order.append("sync") or real_sync(descriptor))
    monkeypatch.setattr(os, "replace", lambda a, b: order.append("replace") or real_replace(a, b))
    write_whole(tmp_path / "a.txt", "x")
    assert order == ["sync", "replace", "sync"]  # the file, its name, the folder that holds the name


def test_threads_that_write_one_file_at_once_leave_one_of_their_versions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    texts = [str(number) * 10_000 for number in range(8)]
    threads = [threading.Thread(target=write_whole, args=(path, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() in texts
    assert names(tmp_path) == ["a.txt"]


def test_leftovers_of_a_killed_process_are_removed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    left = tmp_path / "sub" / ".a.json.12-34.tmp"
    kept = [tmp_path / "sub" / "a.json", tmp_path / "b.tmp", tmp_path / ".hidden"]
    for path in (left, *kept):
        path.write_text("")
    remove_leftovers(tmp_path)
    assert not left.exists()
    assert all(path.exists() for path in kept)


# --- JSON


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"nul"])
def test_damaged_json(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.json: damaged, not valid JSON") as error:
        read_json(path)
    assert "\n" not in str(error.value)


def test_missing_json(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.json: cannot be read \(No such file"):
        read_json(tmp_path / "a.json")


def write_lines(path: Path, *lines: str) -> Path:
    path.write_text("".join(lines))
    return path


def test_lines(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", '{"step": 1}\n', '{"step": 2}\n')
    assert read_lines(path) == [{"step": 1}, {"step": 2}]
    assert read_lines(tmp_path / "none.jsonl") == []


@pytest.mark.parametrize("half", ['{"st', '{"step": 3}', "\x00\x00", "{"])
def test_a_half_written_last_line_is_left_out(tmp_path: Path, half: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", '{"step": 1}\n', half)
    assert read_lines(path) == [{"step": 1}]
    path.write_bytes(b'{"step": 1}\n{"name": "caf\xc3')  # cut within a letter
    assert read_lines(path) == [{"step": 1}]


@pytest.mark.parametrize("line", ["{]", "3", "", '"text"'])
def test_a_damaged_line_is_named(tmp_path: Path, line: str) -> None:
    path = write_lines(tmp_path / "a.jsonl", '{"step": 1}\n', f"{line}\n", '{"step": 3}\n')
    with pytest.raises(InputError, match=r"a\.jsonl: damaged, line 2"):
        read_lines(path)


def test_separators_within_a_text_split_no_line(tmp_path: Path) -> None:
    """U+2028 is a line break to `str.splitlines`, not to JSON."""
    path = write_lines(tmp_path / "a.jsonl", json.dumps({"name": "a\u2028b"}, ensure_ascii=False) + "\n")
    assert read_lines(path) == [{"name": "a\u2028b"}]


def test_keeping_lines_leaves_their_text_as_it_is(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", '{"step":1, "x": 1.50}\n', '{"step": 2}\n', '{"step": 3')
    keep_lines(path, lambda line: line["step"] < 2)
    assert path.read_text() == '{"step":1, "x": 1.50}\n'


# --- one at a time

HOLD = """
import sys
from pathlib import Path
from core.files import held_alone
with held_alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
def test_a_folder_is_held_against_other_processes_until_they_are_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InputError, match="another process is training this run"), held_alone(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with held_alone(tmp_path):
        assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
def test_who_only_looks_whether_a_folder_is_held_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    looker = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(looker, fcntl.LOCK_SH)
    monkeypatch.setattr(files.time, "sleep", lambda seconds: os.close(looker))
    with held_alone(tmp_path):
        assert is_held(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")
def test_where_a_drive_has_no_locks_nobody_is_kept_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import fcntl

    def unsupported(*args: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unsupported)
    with held_alone(tmp_path), held_alone(tmp_path):
        pass


def test_reading_many_lines_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_text("".join(f'{{"step": {step}}}\n' for step in range(5_000)))
    told: list[float] = []
    assert len(read_lines(path, told.append)) == 5_000
    assert told == [0.4, 0.8]
