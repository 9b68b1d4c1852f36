"""Notes, archive, names and trash of runs."""

import json
from pathlib import Path

import pytest

from core.errors import InputError
from core.files import held_alone
from core.run_keeping import bring_back, folder_name, move_aside, rename_run, set_archived, untrained, write_note
from core.run_list import read_run
from core.runs import Run
from tests.core.stored_runs import write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "runs" / "one")


def test_a_note_is_kept_in_one_line_beside_the_mark(run: Path) -> None:
    set_archived(run, True)
    write_note(run, "  better\nwith  α = 2 ")
    assert json.loads((run / "notes.json").read_text(encoding="utf-8")) == {
        "note": "better with α = 2",
        "archived": True,
    }
    write_note(run, "")
    assert (read_run(run).note, read_run(run).archived) == ("", True)
    assert [each.name for each in run.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (2_001 * "x", "note: may have at most 2,000 characters, found 2,001"),
        ("a\x1b[2Jb", "note: must not have a control character, found U\\+001B"),
        ("a\udc80", "note: must not have a control character, found U\\+DC80"),
        ("\u202eabc", "note: must not have a control character, found U\\+202E"),
    ],
)
def test_notes_that_are_refused(run: Path, note: str, said: str) -> None:
    write_note(run, "before")
    with pytest.raises(InputError, match=said):
        write_note(run, note)
    assert read_run(run).note == "before"


def test_a_note_on_a_run_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"notes.json: cannot be written \(No such file"):
        write_note(tmp_path / "gone", "x")


def test_another_name(trained, tmp_path: Path) -> None:
    import shutil

    path = Path(shutil.copytree(trained.path, tmp_path / "before"))
    moved = rename_run(path, "  after all ")
    assert moved == tmp_path / "after all"
    assert not path.exists()
    assert Run.open(moved).newest_checkpoint() == trained.newest_checkpoint()
    assert rename_run(moved, "after all") == moved


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "name: must not be empty"),
        ("../../x", "must not have any of .* found / in"),
        ("a\\b", "must not have any of"),
        ("C:", "must not have any of"),
        ("..", "must not begin or end with a point"),
        (".trash", "must not begin or end with a point"),
        ("a.", "must not begin or end with a point"),
        ("nul.txt", "must not be one that Windows keeps for devices"),
        ("LPT1", "must not be one that Windows keeps for devices"),
        ("a\nb", "must not have a control character"),
        ("a\x00b", "must not have a control character"),
        ("a\u202eb", "must not have a character that turns the text"),
        (101 * "ä", "may take at most 200 bytes, found 202"),
        (10_000_000 * "x", "may have at most 200 characters"),
    ],
)
def test_names_that_are_refused(run: Path, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rename_run(run, name)
    assert [each.name for each in run.parent.iterdir()] == ["one"]


def test_names_of_other_languages_and_of_formulas_are_names() -> None:
    for name in ("=1+1", "übung 3", "実験", "a.b", "-x"):
        assert folder_name(name) == name


def test_a_name_that_is_taken(run: Path) -> None:
    (run.parent / "two").mkdir()  # an empty folder, which the system would put the run in the place of
    (run.parent / "link").symlink_to(run)
    for name in ("two", "link"):
        with pytest.raises(InputError, match=f"{name}: a run needs a name that is free"):
            rename_run(run, name)
    assert read_run(run).state == "finished"


def test_the_run_that_trains_stays(run: Path) -> None:
    with held_alone(run):
        with pytest.raises(InputError, match="one: is being trained; stop it first"):
            rename_run(run, "two")
        with pytest.raises(InputError, match="is being trained"), untrained(run):
            pytest.fail("moved")
    assert rename_run(run, "two").is_dir()


def test_a_run_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the run is gone; list the runs again"):
        rename_run(tmp_path / "gone", "two")


def test_into_the_trash_beside_the_runs_and_back(run: Path) -> None:
    moved = move_aside(run)
    assert moved == run.parent / ".trash" / "one"
    again = move_aside(write_run(run))
    assert again == run.parent / ".trash" / "one-2"
    bring_back(moved, run)
    assert read_run(run).state == "finished"
    with pytest.raises(InputError, match="comes back to a place that is free, found one that is taken"):
        bring_back(again, run)
    with pytest.raises(InputError, match="cannot be moved"):
        bring_back(moved, run.parent / "two")


def test_what_the_trash_noted_goes_when_a_run_comes_back(run: Path, tmp_path: Path) -> None:
    trash = tmp_path / "Trash"
    (trash / "files").mkdir(parents=True)
    (trash / "info").mkdir()
    (trash / "info" / "one.trashinfo").write_text("[Trash Info]")
    run.rename(trash / "files" / "one")
    bring_back(trash / "files" / "one", run)
    assert list((trash / "info").iterdir()) == []


def test_a_trash_that_cannot_be_made(run: Path) -> None:
    (run.parent / ".trash").write_text("")
    with pytest.raises(InputError, match=r"\.trash: cannot be made \(File exists\)"):
        move_aside(run)
    assert read_run(run).state == "finished"
