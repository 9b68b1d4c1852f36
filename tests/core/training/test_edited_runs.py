"""A run keeps the edits that its data had: what a person changes later touches no run that was begun before."""

from pathlib import Path

import pytest

from core.data.edit_file import RUN_FILE, Edit, read_edits, write_edits
from core.data.sources import edit_file_of
from core.errors import InputError
from core.evaluate import evaluate_run
from core.training.session import train
from tests.core.conftest import draw_folder


def test_a_run_is_evaluated_with_the_edits_it_was_begun_with(tiny, tmp_path: Path) -> None:
    data = draw_folder(tmp_path / "shapes")
    first = (Edit(sample="circle/00.png"), Edit(sample="cross/01.png", label="square"))
    names = {path.relative_to(data / "images").as_posix() for path in (data / "images").rglob("*.png")}
    assert {edit.sample for edit in first} <= names
    write_edits(edit_file_of(str(data)), first)
    run = train(tiny(data=str(data), epochs=1, split="closed"), tmp_path / "run")
    samples = run.samples()
    labels = {name: run.info.data.classes[label] for name, label in zip(samples.ids, samples.labels, strict=True)}
    assert "circle/00.png" not in labels
    assert labels["cross/01.png"] == "square"
    assert read_edits(run.path / RUN_FILE) == first
    before = evaluate_run(run)
    write_edits(edit_file_of(str(data)), (*first, Edit(sample="circle/01.png"), Edit(sample="cross/02.png")))
    assert len(evaluate_run(run).images) == len(before.images)
    (run.path / RUN_FILE).write_text("{")
    with pytest.raises(InputError, match=r"edits\.json: damaged"):
        evaluate_run(run)
