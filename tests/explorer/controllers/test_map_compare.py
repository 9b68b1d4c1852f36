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


def another_run(run: Path, name: str, **changes: object) -> Path:
    """A copy of a run, with other values in its run.json's data."""
    other = Path(shutil.copytree(run, run.parent / name))
    info = json.loads((other / "run.json").read_text())
    info["data"].update(changes)
    (other / "run.json").write_text(json.dumps(info))
    return other


def test_without_a_map_there_is_nothing_to_compare(desk: Desk) -> None:
    assert not toggle(desk).isEnabled()
    assert "There is no map to compare yet" in toggle(desk).toolTip()


def test_the_map_is_compared_with_the_first_look_of_its_run(opened: Desk, copied: Path) -> None:
    kept = Run.open(copied).snapshot_steps()
    compare(opened)
    assert not view(opened).isHidden()
    assert opened.map._plot.isHidden()
    assert opened.map.timeline.isHidden()
    assert steps(opened) == kept[:-1], "the look on the map is not offered"
    sentence = told(opened)
    assert f"PCA · step {kept[-1]} of copied against step 1 · all 18 images" in sentence
    assert "of the 8 nearest images are the same" in sentence
    assert "(step 1) and" in sentence
    assert 0 < listed(opened) <= 18
    plots = view(opened).plots
    both = np.concatenate([plots._pair.other.xy, plots._pair.shown.xy])
    assert np.abs(both).max() == pytest.approx(1.0), "both in one frame"


def test_another_step_is_chosen(opened: Desk, copied: Path) -> None:
    compare(opened)
    other = Run.open(copied).snapshot_steps()[1]
    choose_step(opened, other)
    assert f"against step {other} ·" in told(opened)


def test_leaving_brings_the_map_back_as_it_was(opened: Desk) -> None:
    before = opened.map._plot.view.viewRange()
    compare(opened)
    compare(opened)
    assert view(opened).isHidden()
    assert not opened.map._plot.isHidden()
    assert not opened.map.timeline.isHidden()
    assert opened.map._plot.view.viewRange() == before
    assert not opened.bridges.map_compare.busy
    assert listed(opened) == 0


def test_one_selection(opened: Desk) -> None:
    compare(opened)
    table, plots = view(opened)._table, view(opened).plots
    table.selectRow(0)
    chosen = table._rows.images[0].sample_id
    assert opened.state.selection == (chosen,)
    assert plots.other.selecting.selection == plots.shown.selecting.selection == (chosen,)
    other = next(image.sample_id for image in table._rows.images if image.sample_id != chosen)
    opened.state.set_selection((other,))
    assert [
        table._rows.images[table._sorted.mapToSource(row).row()].sample_id
        for row in table.selectionModel().selectedRows()
    ] == [other]
    plots.other.plot.cloud.point_clicked.emit(2, Qt.KeyboardModifier.NoModifier)
    assert opened.state.selection == (int(plots._pair.sample_ids[2]),)


def test_an_earlier_look_on_the_map_is_compared_too(opened: Desk, copied: Path) -> None:
    opened.map.findChild(QPushButton, "earlier_looks").click()
    opened.settle()
    kept = Run.open(copied).snapshot_steps()
    opened.map.findChild(QSlider, "look_slider").setValue(1)
    opened.map.redraw()
    compare(opened)
    assert steps(opened) == [step for step in kept if step != kept[1]]
    assert f"step {kept[1]} of copied against step {kept[0]}" in told(opened)


def test_another_run_with_other_sized_embeddings(opened: Desk, copied: Path) -> None:
    other = another_run(copied, "other")
    run = Run.open(other)
    newest = run.snapshot_steps()[-1]
    arrays = run.load_snapshot(newest)
    run.save_snapshot(newest, {**arrays, "embeddings": arrays["embeddings"][:, :5].copy()})
    compare(opened)
    opened.controllers.map_compare.choose_run(other)
    opened.settle()
    assert f"of copied against step {newest} of other" in told(opened)
    assert "(the other run) and" in told(opened)
    assert steps(opened) == run.snapshot_steps()
    assert problem(opened) == ""


def test_the_run_on_the_map_chosen_by_its_folder_is_this_run(opened: Desk, copied: Path) -> None:
    compare(opened)
    opened.controllers.map_compare.choose_run(copied.parent / "." / "copied")
    opened.settle()
    assert "(step 1) and" in told(opened)


def test_other_data_that_shares_names_is_said(opened: Desk, copied: Path) -> None:
    classes = list(Run.open(copied).info.data.classes)
    renamed = ["x" if name == classes[0] else name for name in classes]
    other = another_run(copied, "renamed", classes=renamed, content_hash="another")
    compare(opened)
    opened.controllers.map_compare.choose_run(other)
    opened.settle()
    assert "not trained on the same pixels" in told(opened)
    assert "6 images are of another class in the other run" in told(opened)


def test_too_few_images_in_common(opened: Desk, copied: Path) -> None:
    other = another_run(copied, "strange")
    samples = json.loads((other / "samples.json").read_text())
    samples["ids"] = [name if place < 5 else f"strange/{place}.png" for place, name in enumerate(samples["ids"])]
    (other / "samples.json").write_text(json.dumps(samples))
    compare(opened)
    opened.controllers.map_compare.choose_run(other)
    opened.settle()
    assert "at least 12, found 5 of 18 and 18" in problem(opened)
    assert "Comparison:" in opened.said
    assert listed(opened) == 0


def test_what_cannot_be_compared_is_one_sentence(opened: Desk, copied: Path, tmp_path: Path) -> None:
    compare(opened)
    run = Run.open(copied)
    run.snapshot_path(1).write_bytes(b"no arrays")
    choose_step(opened, 1)
    assert "step-000001" in problem(opened)
    run.snapshot_path(1).unlink()
    choose_step(opened, 1)
    assert "has no look at step 1 any more" in problem(opened)
    opened.controllers.map_compare.choose_run(tmp_path / "nowhere")
    opened.settle()
    assert "found nothing there" in problem(opened)
    empty = another_run(copied, "empty")
    shutil.rmtree(empty / "snapshots")
    opened.controllers.map_compare.choose_run(empty)
    opened.settle()
    assert "has no looks yet" in problem(opened)
    assert steps(opened) == []
    shutil.rmtree(copied)
    opened.controllers.map_compare.choose_run(None)
    opened.settle()
    assert "found nothing there" in problem(opened)


def test_a_run_with_one_look(desk: Desk, copied: Path) -> None:
    run = Run.open(copied)
    for step in run.snapshot_steps()[:-1]:
        run.snapshot_path(step).unlink()
    desk.maps.set_method("pca")
    desk.open(copied)
    desk.settle()
    compare(desk)
    assert "keeps no look besides the one on the map" in problem(desk)


def test_cancel(opened: Desk) -> None:
    toggle(opened).click()
    opened.settle()
    opened.map.set_method("umap")
    opened.maps.set_method("umap")
    opened.maps.tick()
    opened.worker.answer()
    opened.maps.tick()
    opened.settle()
    bridge = opened.bridges.map_compare
    opened.qtbot.waitUntil(lambda: opened.bridges.tick() or bridge._drawer.waits)
    work = view(opened).findChild(WorkLine)
    assert not work.isHidden()
    work.findChild(QPushButton, "cancel_button").click()
    assert work.isHidden()
    assert not bridge.busy
    assert "Cancelled" in told(opened)
    assert opened.worker.asked[-1] == "cancel"


def test_while_it_trains_nothing_is_compared(opened: Desk) -> None:
    compare(opened)
    opened.run.start()
    opened.settle()
    assert view(opened).isHidden()
    assert not toggle(opened).isEnabled()
    assert "when training has ended" in toggle(opened).toolTip()


def test_another_run_is_opened_meanwhile(opened: Desk, stored: Path) -> None:
    toggle(opened).click()
    opened.open(stored)
    opened.settle()
    opened.map.redraw()
    assert view(opened).isHidden()
    assert not toggle(opened).isChecked()
    assert toggle(opened).isEnabled()


def test_thumbnails_of_the_list(opened: Desk) -> None:
    compare(opened)
    wanted = tuple(image.sample_id for image in view(opened)._table._rows.images[:3])
    view(opened).thumbnails_needed.emit(wanted)
    opened.settle()
    thumbnails = view(opened)._table._rows.thumbnails
    assert set(wanted) <= set(thumbnails)
    assert not thumbnails[wanted[0]].isNull()


def test_recent_runs_are_offered_but_not_the_one_on_the_map(opened: Desk, copied: Path, stored: Path) -> None:
    for path in (copied, stored):
        opened.settings.add_recent("runs", str(path))
    compare(opened)
    menu = view(opened).findChild(QPushButton, "compare_run").menu()
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "this run",
        "Choose a folder…",
        stored.name,
    ]


def test_the_map_moves_on_and_is_compared_anew(opened: Desk) -> None:
    compare(opened)
    before = view(opened).plots._pair
    newest = opened.map.view
    assert newest is not None
    opened.map.show_layout(replace(newest, xy=newest.xy[:, ::-1].copy()))
    opened.settle()
    after = view(opened).plots._pair
    assert after is not before
    assert after.change.changed.tolist() == before.change.changed.tolist(), "neighbourhoods are not those of the map"
