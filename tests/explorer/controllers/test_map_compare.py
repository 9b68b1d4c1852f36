import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSlider, QToolButton

from core.runs import Run
from explorer.panels.map_compare import MapComparison
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine
from tests.explorer.controllers.conftest import Desk


def view(desk: Desk) -> MapComparison:
    return desk.map.comparison


def toggle(desk: Desk) -> QToolButton:
    found = desk.map.findChild(QToolButton, "compare_map")
    assert found is not None
    return found


def steps(desk: Desk) -> list[int]:
    box = view(desk).findChild(QComboBox, "compare_step")
    return [box.itemData(row) for row in range(box.count())]


def choose_step(desk: Desk, step: int) -> None:
    box = view(desk).findChild(QComboBox, "compare_step")
    box.setCurrentIndex(box.findData(step))
    box.activated.emit(box.currentIndex())
    desk.settle()


def told(desk: Desk) -> str:
    return " ".join(line.sentence() for line in view(desk).findChildren(Message) if not line.isHidden())


def problem(desk: Desk) -> str:
    return " ".join(line.sentence() for line in view(desk).findChildren(Message) if line.is_problem())


def listed(desk: Desk) -> int:
    return view(desk)._table.model().rowCount()


@pytest.fixture
def opened(desk: Desk, copied: Path) -> Desk:
    """A stored run on the map, drawn by PCA; three looks are kept."""
    run = Run.open(copied)
    newest = run.snapshot_steps()[-1]
    arrays = run.load_snapshot(newest)
    rng = np.random.default_rng(0)
    turned = arrays["embeddings"] + 0.5 * rng.standard_normal(arrays["embeddings"].shape).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    run.save_snapshot(1, {**arrays, "embeddings": turned.astype(np.float32)})
    desk.maps.set_method("pca")
    desk.open(copied)
    desk.settle()
    desk.map.redraw()
    return desk


def compare(desk: Desk) -> None:
    toggle(desk).click()
    desk.settle()


def choose_run(desk: Desk, path: Path | None) -> None:
    desk.controllers.map_compare.choose_run(path)
    desk.settle()


def another_run(run: Path, name: str, **changes: object) -> Path:
    """A copy of a run, with other values in its run.json's data."""
    other = Path(shutil.copytree(run, run.parent / name))
    info = json.loads((other / "run.json").read_text())
    info["data"].update(changes)
    (other / "run.json").write_text(json.dumps(info))
    return other


def test_the_map_is_compared_with_the_first_look_of_its_run_or_another(opened: Desk, copied: Path) -> None:
    kept = Run.open(copied).snapshot_steps()
    before = opened.map._plot.view.viewRange()
    for path in (copied, copied.parent / "other"):
        opened.settings.add_recent("runs", str(path))
    compare(opened)
    assert not view(opened).isHidden()
    assert opened.map._plot.isHidden()
    assert opened.map.timeline.isHidden()
    assert steps(opened) == kept[:-1], "the look on the map is not offered"
    assert f"PCA · step {kept[-1]} of copied against step 1 · all 18 images" in told(opened)
    assert "of the 8 nearest stay" in told(opened)
    assert 0 < listed(opened) <= 18
    pair = view(opened).plots._pair
    assert np.abs(np.concatenate([pair.other.xy, pair.shown.xy])).max() == pytest.approx(1.0), "both in one frame"
    menu = view(opened).findChild(QPushButton, "compare_run").menu()
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "this run",
        "Choose a folder…",
        "other",
    ], "the run on the map is there already"

    choose_step(opened, kept[1])
    assert f"against step {kept[1]} ·" in told(opened)

    compare(opened)  # leaves
    assert view(opened).isHidden()
    assert not opened.map._plot.isHidden()
    assert not opened.map.timeline.isHidden()
    assert opened.map._plot.view.viewRange() == before
    assert listed(opened) == 0


def test_one_selection_and_thumbnails(opened: Desk) -> None:
    compare(opened)
    table, plots = view(opened)._table, view(opened).plots
    table.selectRow(0)
    chosen = table._rows.images[0].sample_id
    assert opened.state.selection == (chosen,)
    assert plots.other.selecting.selection == plots.shown.selecting.selection == (chosen,)
    other = next(image.sample_id for image in table._rows.images if image.sample_id != chosen)
    opened.state.set_selection((other,))
    assert table._chosen() == (other,)
    plots.other.plot.cloud.point_clicked.emit(2, Qt.KeyboardModifier.NoModifier)
    assert opened.state.selection == (int(plots._pair.sample_ids[2]),)
    wanted = tuple(image.sample_id for image in table._rows.images[:3])
    view(opened).thumbnails_needed.emit(wanted)
    opened.settle()
    assert set(wanted) <= set(table._rows.thumbnails)
    assert not table._rows.thumbnails[chosen].isNull()


def test_an_earlier_look_on_the_map_is_compared_and_the_map_may_move_on(opened: Desk, copied: Path) -> None:
    opened.map.findChild(QPushButton, "earlier_looks").click()
    opened.settle()
    kept = Run.open(copied).snapshot_steps()
    slider = opened.map.findChild(QSlider, "look_slider")
    slider.setValue(1)
    opened.map.redraw()
    compare(opened)
    assert steps(opened) == [step for step in kept if step != kept[1]]
    assert f"step {kept[1]} of copied against step {kept[0]}" in told(opened)

    slider.setValue(2)
    compare(opened)
    compare(opened)
    before = view(opened).plots._pair
    newest = opened.map.view
    assert newest is not None
    opened.map.show_layout(replace(newest, xy=newest.xy[:, ::-1].copy()))
    opened.settle()
    after = view(opened).plots._pair
    assert after is not before
    assert after.change.changed.tolist() == before.change.changed.tolist(), "neighbourhoods are not those of the map"


def test_another_run(opened: Desk, copied: Path) -> None:
    classes = list(Run.open(copied).info.data.classes)
    renamed = ["x" if name == classes[0] else name for name in classes]
    other = another_run(copied, "other", classes=renamed, content_hash="another")
    run = Run.open(other)
    newest = run.snapshot_steps()[-1]
    arrays = run.load_snapshot(newest)
    run.save_snapshot(newest, {**arrays, "embeddings": arrays["embeddings"][:, :5].copy()})  # of another size
    compare(opened)
    choose_run(opened, other)
    assert f"of copied against step {newest} of other" in told(opened)
    assert steps(opened) == run.snapshot_steps()
    assert problem(opened) == ""
    assert "not trained on the same pixels" in told(opened)
    assert "6 images are of another class in the other run" in told(opened)
    assert view(opened).plots._pair.other_name == "the other run"

    choose_run(opened, copied.parent / "." / "copied")
    assert view(opened).plots._pair.other_name == "step 1", "the run on the map is this run, however it is written"


def test_what_cannot_be_compared_is_one_sentence(opened: Desk, copied: Path, tmp_path: Path) -> None:
    compare(opened)
    strange = another_run(copied, "strange")
    samples = json.loads((strange / "samples.json").read_text())
    samples["ids"] = [name if place < 5 else f"strange/{place}.png" for place, name in enumerate(samples["ids"])]
    (strange / "samples.json").write_text(json.dumps(samples))
    choose_run(opened, strange)
    assert "at least 12, found 5 of 18 and 18" in problem(opened)
    assert "Comparison:" in opened.said
    assert listed(opened) == 0

    choose_run(opened, None)
    run = Run.open(copied)
    run.snapshot_path(1).write_bytes(b"no arrays")
    choose_step(opened, 1)
    assert "step-000001" in problem(opened)
    run.snapshot_path(1).unlink()
    choose_step(opened, 1)
    assert "has no look at step 1 any more" in problem(opened)

    choose_run(opened, tmp_path / "nowhere")
    assert "found nothing there" in problem(opened)
    empty = another_run(copied, "empty")
    shutil.rmtree(empty / "snapshots")
    choose_run(opened, empty)
    assert "has no looks yet" in problem(opened)
    assert steps(opened) == []

    for step in run.snapshot_steps()[:-1]:
        run.snapshot_path(step).unlink()
    choose_run(opened, None)
    assert "keeps no look besides the one on the map" in problem(opened)
    shutil.rmtree(copied)
    choose_run(opened, None)
    assert "found nothing there" in problem(opened)


def test_cancel(opened: Desk) -> None:
    compare(opened)
    opened.maps.set_method("umap")
    opened.maps.tick()
    opened.worker.answer()
    opened.maps.tick()
    bridge = opened.bridges.map_compare
    opened.qtbot.waitUntil(lambda: opened.bridges.tick() or bridge._drawer.waits)
    work = view(opened).findChild(WorkLine)
    assert not work.isHidden()
    work.findChild(QPushButton, "cancel_button").click()
    assert work.isHidden()
    assert not bridge.busy
    assert "Cancelled" in told(opened)
    assert opened.worker.asked[-1] == "cancel"


def test_there_must_be_a_map_and_no_training(desk: Desk, stored: Path) -> None:
    assert not toggle(desk).isEnabled()
    assert "There is no map to compare yet" in toggle(desk).toolTip()
    desk.maps.set_method("pca")
    desk.open(stored)
    desk.map.redraw()
    compare(desk)
    assert not view(desk).isHidden()
    desk.open(stored)
    desk.map.redraw()
    assert view(desk).isHidden(), "another run was opened"
    compare(desk)
    desk.run.start()
    desk.settle()
    assert view(desk).isHidden()
    assert not toggle(desk).isEnabled()
    assert "when training has ended" in toggle(desk).toolTip()
