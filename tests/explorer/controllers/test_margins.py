from pathlib import Path

from explorer.widgets.share_curve import ShareCurve
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def sentence(desk: Desk) -> str:
    curve = desk.live.findChild(ShareCurve)
    assert isinstance(curve, ShareCurve)
    return curve.sentence()


def name(desk: Desk) -> str:
    curve = desk.live.findChild(ShareCurve)
    assert isinstance(curve, ShareCurve)
    return curve.accessibleName()


def test_every_look_at_the_model_fills_the_curve(desk: Desk) -> None:
    session = desk.train()
    assert sentence(desk) == ""
    session.look(snapshot(10, count=80))
    desk.settle()
    assert "of triplets active at 0.20" in sentence(desk)
    assert name(desk).endswith(", step 10, 40 images")
    session.look(snapshot(20, count=60))
    desk.settle()
    assert name(desk).endswith(", step 20, 30 images")


def test_another_run_takes_the_curve_away(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, count=80))
    desk.settle()
    desk.state.set_run(None)
    assert sentence(desk) == ""


def test_nothing_is_worked_out_while_nobody_sees_it(desk: Desk) -> None:
    session = desk.train()
    desk.live.set_loss("arcface")
    session.look(snapshot(10, count=80))
    desk.settle()
    assert sentence(desk) == ""
    desk.live.set_loss("triplet")
    desk.settle()
    assert name(desk).endswith(", step 10, 40 images")


def test_a_snapshot_without_triplets_has_no_curve(desk: Desk) -> None:
    session = desk.train()
    session.look(snapshot(10, count=2))
    desk.settle()
    assert sentence(desk) == ""


def test_a_stored_run_has_a_curve(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    desk.settle()
    assert ", step 4, " in name(desk)
