import json
import subprocess
import sys

import pytest

from core.run_content import as_json
from core.training.records import StepRecord, StepSeconds

RECORD = StepRecord(3, 1, 0.5, 1.25, 0.5, None, 0.75, 1e-3, 0.25)


def test_a_line_of_metrics_has_the_named_keys() -> None:
    line = json.loads(as_json(RECORD))
    assert {name: value for name, value in line.items() if value is not None or name == "seg"} == {
        "step": 3,
        "epoch": 1,
        "time": 0.5,
        "total": 1.25,
        "cls": 0.5,
        "seg": None,
        "metric": 0.75,
        "learning_rate": 0.001,
        "active_fraction": 0.25,
    }


def test_what_json_cannot_say_is_null() -> None:
    line = as_json(StepRecord(1, 1, 0.5, 1.0, float("nan"), float("inf"), 0.0, 1e-3, None))
    assert json.loads(line)["cls"] is None
    assert json.loads(line)["seg"] is None


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        RECORD.step = 4  # type: ignore[misc]


def test_no_torch_for_the_types() -> None:
    """The window shows its first frame before torch is there."""
    code = "import core.training.records, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_record_is_read_back_from_its_line() -> None:
    seconds = StepSeconds(forward=0.25, backward=0.5)
    record = StepRecord(3, 1, 0.5, 1.0, 0.5, None, 0.5, 1e-3, None, easy=4, seconds=seconds)
    line = json.loads(as_json(record))
    assert StepRecord.of_line({**line, "of a later version": 1}) == record
    assert StepRecord.of_line({**line, "seconds": {"forward": 0.25, "backward": 0.5}}).seconds == seconds
    del line["seconds"], line["easy"]  # as older runs
    assert StepRecord.of_line(line).seconds is None
    del line["total"]
    with pytest.raises(KeyError, match="total"):
        StepRecord.of_line(line)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ({"total": "1.5"}, "total cannot be '1.5'"),
        ({"step": 3.5}, "step cannot be 3.5"),
        ({"step": None}, "step cannot be None"),
        ({"epoch": True}, "epoch cannot be True"),
        ({"hard": [1]}, r"hard cannot be \[1\]"),
        ({"fault": 7}, "fault cannot be 7"),
        ({"seconds": 1.5}, "seconds must name the phases of a step, found 1.5"),
        ({"seconds": {"forward": "long"}}, "forward cannot be 'long'"),
        ({"total": "x" * 99}, f"total cannot be '{'x' * 39}$"),
    ],
)
def test_a_line_with_something_else_than_a_figure(damage: dict[str, object], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        StepRecord.of_line({**json.loads(as_json(RECORD)), **damage})


def test_a_whole_number_is_a_number() -> None:
    assert StepRecord.of_line({**json.loads(as_json(RECORD)), "total": 2}).total == 2
