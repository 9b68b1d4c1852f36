"""Exports of the selection and of the map, as far as the files."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog

from core.runs import Run
from core.training.outcome import load_embeddings
from explorer.bridge import selection_exports
from tests.core.projection.test_embedding_projector import read_config, read_metadata, read_tensor
from tests.explorer.controllers.conftest import Desk


@pytest.fixture
def opened(desk: Desk, copied: Path) -> Desk:
    desk.open(copied)
    desk.settle()
    return desk


def export(desk: Desk, kind: str, to: Path) -> None:
    """Ask for it, and answer where to."""
    desk.map.selections.export_requested.emit(kind)
    [dialog] = desk.map.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(to))
    dialog.close()
    dialog.setParent(None)
    dialog.deleteLater()


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_table(opened: Desk, tmp_path: Path) -> None:
    """Of the selection, of all points, and of an image that is not on the map."""
    view = opened.map.view
    assert view is not None
    chosen = view.sample_ids[[4, 2]].tolist()
    opened.state.set_selection(tuple(chosen))
    export(opened, "table", tmp_path / "t.csv")
    assert not opened.map.selections.work.isHidden()
    opened.map.selections.export_requested.emit("images")  # one at a time
    assert opened.map.findChildren(QFileDialog) == []
    opened.settle()
    assert opened.map.selections.work.isHidden()
    assert opened.said == f"Wrote 2 images to {tmp_path / 't.csv'}"
    found = rows(tmp_path / "t.csv")
    assert [row["image"] for row in found] == [view.sample_names[sample] for sample in chosen]
    for row, place in zip(found, (4, 2), strict=True):
        assert row["label"] == row["image"].split("/")[0]
        assert row["part"] == view.part_of(place)
        assert (float(row["x"]), float(row["y"])) == pytest.approx(view.xy[place].tolist())
        assert row["step"] == str(view.step)
        assert view.predicted is not None
        assert row["predicted"] == view.class_names[view.predicted[place]]
    opened.state.set_selection(())
    export(opened, "table", tmp_path / "all.csv")
    opened.settle()
    assert len(rows(tmp_path / "all.csv")) == len(view.sample_ids)
    opened.map.clear()
    opened.state.set_selection((0,))
    export(opened, "table", tmp_path / "beside.csv")
    opened.settle()
    samples = Run.open(opened.state.run.path).samples()  # type: ignore[union-attr]
    assert rows(tmp_path / "beside.csv") == [
        {
            **{"image": samples.ids[0], "label": "blue", "part": "held-out" if samples.held_out[0] else "training"},
            **dict.fromkeys(("predicted", "x", "y", "step"), ""),
        }
    ]


def test_originals_are_copied(opened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole; without one that is gone; and as far as they came when it was cancelled."""
    opened.state.set_selection((0, 7))
    export(opened, "images", tmp_path / "out")
    opened.settle()
    names = [opened.state.run.sample_names[sample] for sample in (0, 7)]  # type: ignore[union-attr]
    assert opened.said == f"Copied 2 images to {tmp_path / 'out'}"
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == opened.data.run_samples[name].image.read_bytes()  # type: ignore[union-attr]
    left = {name: sample for name, sample in opened.data.run_samples.items() if name != names[0]}
    monkeypatch.setattr(opened.data, "_run_samples", left)
    export(opened, "images", tmp_path / "one")
    opened.settle()
    assert opened.said == f"Copied 1 image to {tmp_path / 'one'}; 1 could not be read"
    export(opened, "images", tmp_path / "none")
    opened.map.selections.work.cancel_requested.emit()
    opened.settle()
    assert opened.said.startswith(("Cancelled: copied ", "Cancelled the export; nothing was kept of it", "Copied 1"))
    assert opened.map.selections.work.isHidden()


def test_a_place_that_cannot_be_written_is_one_sentence(opened: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for kind in ("table", "images", "projector"):
        opened.status.say("")
        export(opened, kind, tmp_path / "file" / "x")
        opened.settle()
        assert opened.status.is_problem
        assert opened.said.startswith("Export: ")
        assert "cannot be written" in opened.said
        assert opened.map.selections.work.isHidden()


def test_the_map_for_the_embedding_projector(opened: Desk, tmp_path: Path) -> None:
    """Into a new folder each time; the layout is the one that is seen; earlier embeddings come from the disk."""
    view, run = opened.map.view, opened.state.run
    assert view is not None
    assert run is not None
    for _ in range(2):
        export(opened, "projector", tmp_path)
        opened.settle()
    folder = tmp_path / f"copied-step-{view.step}-2"
    assert opened.said == f"Open the map by: tensorboard --logdir {folder}"
    assert (tmp_path / f"copied-step-{view.step}").is_dir()
    names = [each.tensor_name for each in read_config(folder).embeddings]
    assert names == ["embeddings", f"map_{view.method}"]
    assert np.array_equal(read_tensor(folder / f"{names[1]}.tsv"), view.xy)
    stored = Run.open(run.path)
    assert np.array_equal(read_tensor(folder / "embeddings.tsv"), load_embeddings(stored, view.step).embeddings)
    images = [row["image"] for row in read_metadata(folder / "metadata.tsv")]
    assert images == [run.sample_names[sample] for sample in view.sample_ids]
    step = stored.snapshot_steps()[0]
    assert step != view.step
    opened.map.show_past(replace(view, step=step))
    export(opened, "projector", tmp_path)
    opened.settle()
    found = read_tensor(tmp_path / f"copied-step-{step}" / "embeddings.tsv")
    assert np.array_equal(found, load_embeddings(stored, step).embeddings)
    shutil.rmtree(run.path / "snapshots")
    export(opened, "projector", tmp_path / "x")
    opened.settle()
    assert opened.said.startswith("Export: ")
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_there_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert selection_exports._new_folder(tmp_path, "a") == tmp_path / "a-3"
