"""Runs of a folder: what is read of each, and that nothing in one keeps the others from being listed."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import run_list, runs
from core.errors import InputError
from core.files import held_alone, is_held
from core.run_keeping import set_archived, write_note
from core.run_list import Figures, ListedRun, evaluations, list_runs, read_run
from tests.core.stored_runs import run_json, write_evaluation, write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "runs" / "one", loss="arcface", epochs=2, embedding_dim=8)


def test_what_is_listed_of_a_run(run: Path) -> None:
    write_note(run, "the first that worked")
    found = read_run(run)
    assert (found.name, found.state, found.problem, found.note, found.archived) == (
        "one",
        "finished",
        "",
        "the first that worked",
        False,
    )
    assert (found.created, found.data, found.data_hash) == ("2026-11-22T13:47:44+00:00", "digits", "db46")
    assert (found.step, found.epoch) == (4, 2)
    assert (found.setting("loss"), found.setting("epochs"), found.setting("margin")) == ("arcface", "2", "0.5")
    assert found.setting("no such setting") == ""
    assert found.figures == Figures(4, auc=0.9, eer=0.1, tpr=0.6, genuine_pairs=30, impostor_pairs=120)


def test_a_run_that_training_has_written(trained) -> None:
    found, evaluation = read_run(trained.path), trained.evaluation()
    assert found.state == "finished"
    assert found.step == trained.metrics()[-1]["step"]
    assert found.created == trained.info.created
    assert found.settings is not None
    live = trained.config.hyperparameters.model_dump()
    assert dict(found.settings) == trained.config.model_dump(mode="json", exclude={"hyperparameters"}) | live
    assert found.figures is not None
    assert (found.figures.auc, found.figures.eer) == (evaluation.model_extra["auc"], evaluation.model_extra["eer"])
    assert found.figures.tpr == evaluation.model_extra["tpr_at_fpr"]["0.01"]
    assert [each.step for each in evaluations(trained.path)] == trained._steps("evaluation")


def test_the_schema_is_the_one_that_is_read() -> None:
    assert run_list.NEWEST_SCHEMA == runs.SCHEMA_VERSION


def test_the_newest_comes_first_and_groups_are_looked_into(run: Path) -> None:
    root = run.parent
    write_run(root / "older", created="2026-11-21T00:00:00+00:00")
    write_run(root / "group" / "inner", created="2026-11-23T00:00:00+00:00")
    write_run(root / "group" / "deep" / "unseen")
    write_run(root / ".trash" / "deleted")
    (root / "notes.txt").write_text("no run")
    (root / "empty").mkdir()
    assert [each.path for each in list_runs(root)] == [root / "group" / "inner", run, root / "older"]
    assert [each.path for each in list_runs(run)] == [run]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="runs are listed from a folder, found a file"):
        list_runs(tmp_path / "file")
    with pytest.raises(InputError, match="runs are listed from a folder, found none"):
        list_runs(tmp_path / "gone")
    (tmp_path / "bare").mkdir()
    assert list_runs(tmp_path / "bare") == ()


# --- what became of it


def test_states(tmp_path: Path) -> None:
    assert read_run(write_run(tmp_path / "a", finished=False)).state == "stopped"
    killed = read_run(write_run(tmp_path / "b", finished=None))
    assert killed.state == "stopped"
    assert "ended without a word" in killed.problem
    with held_alone(killed.path):
        assert is_held(killed.path)
        assert (read_run(killed.path).state, read_run(killed.path).problem) == ("training", "")
    assert not is_held(killed.path)
    with (killed.path / "events.jsonl").open("a") as file:
        file.write('{"event": "failed", "step": 3, "message": "the device ran out of memory"}\n')
    assert (read_run(killed.path).state, read_run(killed.path).problem) == ("failed", "the device ran out of memory")


def test_a_run_before_its_first_step(tmp_path: Path) -> None:
    path = tmp_path / "new"
    path.mkdir()
    (path / "run.json").write_text(json.dumps(run_json()))
    found = read_run(path)
    assert (found.state, found.step, found.epoch, found.figures) == ("stopped", 0, 0, None)


def test_a_half_written_last_line_is_left_out(run: Path) -> None:
    with (run / "metrics.jsonl").open("a") as file:
        file.write('{"step": 5, "ep')
    assert read_run(run).step == 4


def test_of_long_metrics_only_the_end_is_read(run: Path) -> None:
    line = json.dumps({"step": 1, "epoch": 1, "filler": 1000 * "x"}) + "\n"
    end = json.dumps({"step": 301, "epoch": 2}) + "\n"
    (run / "metrics.jsonl").write_text("no JSON at all\n" + 300 * line + end)
    assert (read_run(run).step, read_run(run).epoch) == (301, 2)


def test_the_newest_evaluation_counts_and_what_it_lacks_is_unknown(run: Path) -> None:
    write_evaluation(run, 1_000_000, auc=None, eer=float("nan"), tpr_at_fpr=None, genuine_pairs="many")
    assert read_run(run).figures == Figures(1_000_000, impostor_pairs=120)
    assert [each.step for each in evaluations(run)] == [4, 1_000_000]


def test_archived_runs_stay_where_they_are(run: Path) -> None:
    set_archived(run, True)
    assert read_run(run).archived
    assert read_run(run).path == run
    set_archived(run, False)
    assert not read_run(run).archived
    assert not (run / "notes.json").exists()


# --- damage


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("run.json", "{", "run.json: damaged, not valid JSON"),
        ("run.json", "[]", "run.json: damaged, must hold a JSON object, found []"),
        ("run.json", "\udcff", "run.json: damaged, not valid JSON"),
        ("run.json", "[" * 100_000, "run.json: damaged, not valid JSON"),
        ("run.json", '{"schema_version": "x"}', "schema_version must be a whole number, found x"),
        ("run.json", '{"schema_version": 99}', "run.json: written by a newer version (schema 99)"),
        ("run.json", '{"schema_version": 1}', "data must be an object, found None"),
        ("metrics.jsonl", "oops\n", "metrics.jsonl: damaged, its last line is not valid JSON"),
        ("metrics.jsonl", "3\n", "metrics.jsonl: damaged, its last line must hold a JSON object, found 3"),
        ("metrics.jsonl", '{"step": -1, "epoch": 1}\n', "step must be a whole number from 0 up, found -1"),
        ("metrics.jsonl", '{"step": 1, "epoch": 1e9}\n', "epoch must be a whole number from 0 up, found 1000000000.0"),
        ("metrics.jsonl", 100_000 * "x", "metrics.jsonl: damaged, its last line must have at most 65,536 bytes"),
        ("events.jsonl", "null\n", "events.jsonl: damaged, its last line must hold a JSON object, found None"),
        ("evaluation/step-000004.json", "", "step-000004.json: damaged, not valid JSON"),
        ("evaluation/step-000004.json", '{"auc": 1}', "step must be a whole number from 0 up, found None"),
        ("notes.json", '{"note": 3}', "notes.json: damaged, note must be a text, found 3"),
        ("notes.json", '{"archived": "yes"}', "notes.json: damaged, archived must be true or false, found yes"),
    ],
)
def test_a_damaged_run_is_listed_with_its_problem(run: Path, file: str, content: str, said: str) -> None:
    (run / file).write_bytes(content.encode("utf-8", "surrogateescape"))
    good = write_run(run.parent / "good")
    found = {each.name: each for each in list_runs(run.parent)}
    assert found["one"].state == "damaged"
    assert said in found["one"].problem
    assert found["good"].state == "finished"
    assert found["good"].path == good


def test_what_is_left_of_a_damaged_run_is_shown(run: Path) -> None:
    (run / "run.json").unlink()
    found = list_runs(run.parent)[0]
    assert (found.state, found.problem) == ("damaged", f"{run}: damaged, it has no run.json")
    assert (found.step, found.settings) == (4, None)
    assert found.figures is not None


def test_a_file_of_absurd_size_is_not_read(run: Path) -> None:
    os.truncate(run / "run.json", 2**40)
    assert "must have at most 67,108,864 bytes, found 1,099,511,627,776" in read_run(run).problem


def test_folders_in_place_of_files(run: Path) -> None:
    for name in ("metrics.jsonl", "run.json"):
        (run / name).unlink()
        (run / name).mkdir()
    assert read_run(run).state == "damaged"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_the_files_the_list_comes(tmp_path_factory: pytest.TempPathFactory, data) -> None:
    path = tmp_path_factory.mktemp("any") / "run"
    write_run(path)
    name = data.draw(
        st.sampled_from(["run.json", "metrics.jsonl", "events.jsonl", "notes.json", "evaluation/step-000004.json"])
    )
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    if data.draw(st.booleans()):
        content = data.draw(st.binary(max_size=200))
    elif name == "run.json":
        good = run_json()
        good[data.draw(st.sampled_from(sorted(good)))] = data.draw(values)
        content = json.dumps(good).encode()
    else:
        content = json.dumps(data.draw(values)).encode() + b"\n"
    (path / name).write_bytes(content)
    (found,) = list_runs(path.parent)
    assert isinstance(found, ListedRun)
    assert found.problem if found.state == "damaged" else not found.problem or found.state in ("stopped", "failed")
