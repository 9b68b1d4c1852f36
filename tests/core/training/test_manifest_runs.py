"""A run on a manifest: its own split is trained and judged by, and further columns touch nothing."""

from pathlib import Path

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.evaluate import evaluate_run
from core.training.outcome import load_snapshot
from core.training.preparation import build_trainer, prepare_data, resume_from
from core.training.session import train
from tests.core.conftest import draw_folder

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shapes of which 'square' is held out whole, and of the other three classes every fourth image."""
    return draw_folder(tmp_path_factory.mktemp("manifest") / "shapes")


def manifest(data: Path, *, every: int = 4, column: str = "pose,left") -> str:
    name, value = column.split(",")
    rows = [f"image,label,mask,split,{name}"]
    for image in sorted((data / "images").rglob("*.png")):
        below = image.relative_to(data / "images").as_posix()
        held_out = image.parent.name == "square" or int(image.stem) % every == 0
        rows.append(f"images/{below},{image.parent.name},masks/{below},{'test' if held_out else 'train'},{value}")
    (data / "manifest.csv").write_text("\n".join(rows) + "\n")
    return str(data / "manifest.csv")


def test_a_run_is_trained_and_judged_by_the_manifest_s_split(tiny, data, tmp_path) -> None:
    run = train(tiny(data=manifest(data), epochs=1, split="closed"), tmp_path / "run")
    samples = run.samples()
    expected = [("square" in name or int(Path(name).stem) % 4 == 0) for name in samples.ids]
    assert samples.held_out.tolist() == expected
    assert run.info.data.open_set
    assert run.info.data.training_classes == ("circle", "cross", "triangle")
    look = load_snapshot(run, run.snapshot_steps()[-1])
    assert look.classification_accuracy is None, "of an open set"
    unknown = look.labels == run.info.data.classes.index("square")
    assert unknown.any()
    assert np.isnan(look.classification_losses).tolist() == unknown.tolist()
    # The table may grow while the run stands.
    manifest(data, column="age,31")
    assert len(evaluate_run(run).images) == sum(expected)
    manifest(data, every=3)
    prepared = prepare_data(run.config, CPU, lambda event: None, lambda: False)
    with pytest.raises(InputError, match="other images would be held out than when the run began"):
        resume_from(run, prepared, build_trainer(run.config, prepared, CPU), lambda event: None)


def test_what_a_run_says_of_a_given_split(tiny, data) -> None:
    prepared = prepare_data(tiny(data=manifest(data), holdout=0.3), CPU, lambda event: None, lambda: False)
    summary = prepared.summary()
    assert (summary.images, summary.masks, summary.held_out_images) == (48, 48, 12 + 3 * 3)
    assert "manifest.csv says itself which images are held out; the settings split and holdout" in summary.notes[0]
    assert "Of the 4 held-out classes, 3 are trained on as well" in summary.notes[1]
