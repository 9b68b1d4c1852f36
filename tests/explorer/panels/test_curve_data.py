import dataclasses

import numpy as np
import pytest

from core.hyperparameters import Hyperparameters
from core.training.records import StepRecord
from explorer.panels.curve_data import CurveData
from explorer.panels.curve_lines import LOSSES, VIEWS, Line

LINES = {line.key: line for line in (*LOSSES, *(line for view in VIEWS for line in view.lines))}


def record(step: int, **changes: object) -> StepRecord:
    plain = StepRecord(
        step=step,
        epoch=1,
        time=0.1 * step,
        total=1.0,
        cls=0.5,
        seg=0.25,
        metric=0.125,
        learning_rate=1e-3,
        active_fraction=0.4,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def numbers(data: CurveData, key: str, *, weighted: bool = False) -> tuple[list[float], list[float]]:
    series = data.series(LINES[key])
    return series.steps.tolist(), series.shown(weighted=weighted, smoothing=0.0).tolist()


@pytest.fixture
def data() -> CurveData:
    return CurveData()


def test_keys_are_unique() -> None:
    assert len(LINES) == len(LOSSES) + sum(len(view.lines) for view in VIEWS)
    assert len({view.key for view in VIEWS}) == len(VIEWS)


def test_lines_of_one_view_differ_in_style_and_colour() -> None:
    for lines in (LOSSES, *(view.lines for view in VIEWS)):
        assert len({line.style for line in lines}) == len({line.colour.name() for line in lines}) == len(lines)


def test_only_measured_steps_are_drawn(data: CurveData) -> None:
    data.add([record(1), record(2, effective_rank=3.5), record(3), record(4, effective_rank=4.5)])
    assert numbers(data, "rank") == ([2.0, 4.0], [3.5, 4.5])
    assert numbers(data, "gradient") == ([], [])


def test_absent_terms_are_left_out(data: CurveData) -> None:
    data.add([record(1), record(2, seg=None), record(3)])
    assert numbers(data, "seg")[0] == [1.0, 3.0]


def test_kinds_are_shares_of_all_triplets(data: CurveData) -> None:
    data.add([record(1, easy=6, semi_hard=3, hard=1), record(2), record(3, easy=0, semi_hard=0, hard=0)])
    assert [numbers(data, key) for key in ("easy", "semi_hard", "hard")] == [
        ([1.0], [0.6]),
        ([1.0], [0.3]),
        ([1.0], [0.1]),
    ]


def test_task_shares_leave_an_absent_task_out(data: CurveData) -> None:
    data.add(
        [
            record(1, cls_gradient=3.0, metric_gradient=1.0),
            record(2),
            record(3, cls_gradient=2.0, seg_gradient=1.0, metric_gradient=1.0),
        ]
    )
    assert numbers(data, "cls_share") == ([1.0, 3.0], [0.75, 0.5])
    assert numbers(data, "seg_share") == ([3.0], [0.25])


def test_later_steps_follow_what_was_read_before(data: CurveData) -> None:
    data.add([record(1)])
    assert numbers(data, "total")[0] == [1.0]
    data.add([record(2), record(3)])
    assert numbers(data, "total")[0] == [1.0, 2.0, 3.0]
    assert numbers(data, "cls")[0] == [1.0, 2.0, 3.0], "a line looked at late has all steps"


def test_a_skipped_step_has_no_values_and_is_noted(data: CurveData) -> None:
    skipped = {"total": None, "cls": None, "seg": None, "metric": None, "active_fraction": None}
    data.add([record(1), record(2, **skipped), record(3)])
    assert numbers(data, "total")[0] == [1.0, 3.0]
    assert data.steps.tolist() == [1.0, 2.0, 3.0]
    assert data.skipped.tolist() == [2.0]


def test_the_nearest_step(data: CurveData) -> None:
    assert data.nearest(3.0) is None
    data.add([record(10), record(20)])
    assert data.nearest(14.0) == record(10)
    assert data.nearest(1e9) == record(20)


def set_weights(data: CurveData, after: int, **weights: float) -> None:
    data.set_weights(Hyperparameters(**weights), after, LOSSES)  # type: ignore[arg-type]


def test_weights_act_from_their_step_on(data: CurveData) -> None:
    set_weights(data, 0, beta=2.0)
    data.add([record(1), record(2)])
    assert numbers(data, "seg", weighted=True)[1] == [0.5, 0.5]
    set_weights(data, 1, beta=4.0)
    assert numbers(data, "seg", weighted=True)[1] == [0.5, 1.0]
    data.add([record(3)])
    assert numbers(data, "seg", weighted=True)[1] == [0.5, 1.0, 1.0]
    assert numbers(data, "total", weighted=True)[1] == [1.0, 1.0, 1.0]


def test_what_a_balance_weighs_stands_before_the_settings(data: CurveData) -> None:
    set_weights(data, 0, beta=2.0)
    data.add([record(1, seg_weight=8.0), record(2, seg=None, seg_weight=9.0), record(3)])
    assert numbers(data, "seg", weighted=True) == ([1.0, 3.0], [2.0, 0.5])
    set_weights(data, 0, beta=4.0)
    assert numbers(data, "seg", weighted=True) == ([1.0, 3.0], [2.0, 1.0])


@pytest.mark.parametrize("line", LINES.values(), ids=lambda line: line.key)
def test_every_line_reads_records_with_nothing_in_them(line: Line) -> None:
    empty = {"total": None, "cls": None, "seg": None, "metric": None, "active_fraction": None}
    assert np.isnan(line.read([record(1, **empty), record(2, **empty)])).all()
    assert len(line.read([])) == 0
