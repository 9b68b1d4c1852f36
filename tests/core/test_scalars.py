"""The figures of every step as columns and as CSV."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from core.errors import Cancelled, InputError
from core.scalars import read_scalars, write_scalars_csv
from tests.core.stored_runs import step_line, write_run


def written(path: Path, *lines: object) -> Path:
    path.mkdir(exist_ok=True)
    (path / "metrics.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_columns(tmp_path: Path) -> None:
    lines = [step_line(1, 1, seg=0.5), step_line(2, 1, total=None, fault="loss nan"), step_line(3, 2)]
    found = read_scalars(written(tmp_path, *lines))
    assert_array_equal(found.step, [1, 2, 3])
    assert_array_equal(found.epoch, [1, 1, 2])
    assert_array_equal(found.time, [0.5, 1.0, 1.5])
    assert set(found.columns) == {"total", "seg", "metric", "learning_rate", "active_fraction"}
    assert_array_equal(found.columns["total"], [1.0, np.nan, 1 / 3])
    assert_array_equal(found.columns["seg"], [0.5, np.nan, np.nan])


def test_epochs_in_parts(tmp_path: Path) -> None:
    """Four steps an epoch, of which the second was left after one."""
    lines = [step_line(step, 1 + (step - 1) // 4) for step in range(1, 6)]
    assert_array_equal(read_scalars(written(tmp_path, *lines)).epochs, [0.25, 0.5, 0.75, 1.0, 1.25])


def test_no_steps_at_all(tmp_path: Path) -> None:
    found = read_scalars(tmp_path)
    assert (len(found.step), len(found.epochs), found.columns) == (0, 0, {})
    with pytest.raises(InputError, match="has no steps yet"):
        write_scalars_csv(tmp_path, tmp_path / "x.csv")


def test_a_run_that_training_has_written(trained, tmp_path: Path) -> None:
    from core.training.outcome import load_records

    found, records = read_scalars(trained.path), load_records(trained)
    assert_array_equal(found.columns["total"], [record.total for record in records])
    assert_array_equal(found.time, [record.time for record in records])
    assert found.epochs[-1] == records[-1].epoch


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("oops", "metrics.jsonl: damaged, line 2 is not valid JSON"),
        ("[1]", r"line 2 must hold a JSON object, found \[1\]"),
        ('{"step": 1, "epoch": 1, "time": 1}', "steps must ascend, that of line 2 does not"),
        ('{"step": 2, "epoch": 1}', "time must be from 0 up, line 2 has nan"),
        ('{"step": 2, "epoch": 0, "time": 1}', "epoch must be from 1 up, line 2 has 0.0"),
        ('{"step": 1e300, "epoch": 1, "time": 1}', "step must be from 1 up, line 2 has 1e\\+300"),
        ('{"step": 2, "epoch": 1000000000, "time": 1}', "epoch must be at most the number of steps"),
        ('{"step": 2, "epoch": 1, "time": "late"}', "time must be from 0 up, line 2 has nan"),
        ("[" * 100_000, "line 2 is not valid JSON"),
        ('{"step": 2, "epoch": 1, "time": 1' + 400 * "0" + "}", "time must be from 0 up, line 2 has nan"),
    ],
)
def test_damaged_lines(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "metrics.jsonl").write_text(json.dumps(step_line(1, 1)) + "\n" + line + "\n" + "half a li")
    with pytest.raises(InputError, match=said):
        read_scalars(tmp_path)


def test_a_table_of_all_lines(tmp_path: Path) -> None:
    hostile = "=cmd|'/c calc'!A0"
    lines = [step_line(1, 1), step_line(2, 1, fault=hostile, later={"a": 1})]
    file = tmp_path / "x.csv"
    assert write_scalars_csv(written(tmp_path / "run", *lines), file) == 2
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    assert [row["step"] for row in rows] == ["1", "2"]
    assert [float(row["total"]) for row in rows] == [1.0, 0.5]
    assert rows[0]["cls"] == rows[0]["fault"] == ""
    assert rows[1]["fault"] == f"'{hostile}"
    assert rows[1]["later"] == '{"a": 1}'


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    with pytest.raises(InputError, match=r"x.csv: cannot be written \(No such file"):
        write_scalars_csv(run, tmp_path / "gone" / "x.csv")


def test_nothing_that_a_run_consists_of_is_overwritten(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    before = (run / "metrics.jsonl").read_bytes()
    with pytest.raises(InputError, match=r"metrics.jsonl: must end in .csv, found '.jsonl'"):
        write_scalars_csv(run, run / "metrics.jsonl")
    assert (run / "metrics.jsonl").read_bytes() == before


def test_cancelled_it_writes_nothing(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", steps=5_000)
    told = []

    def watch(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_scalars_csv(run, tmp_path / "x.csv", watch)
    assert 0 < told[0] < told[1] < 1
    assert not (tmp_path / "x.csv").exists()
