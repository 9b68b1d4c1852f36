import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import InputError
from core.evaluation.open_set import OpenSetSettings, open_set_rates
from core.gallery.rates import rates_of_run, rates_of_snapshot
from core.runs import Run
from core.verification import Verifier
from tests.core.many_identities import snapshot_of_many


def test_rates_are_over_the_held_out_images_but_the_excluded_ones() -> None:
    snapshot = replace(snapshot_of_many(), excluded=frozenset({0, 1, 2}))
    settings = OpenSetSettings(shots=2, rule="nearest", repeats=3, seed=5)
    found = rates_of_snapshot(snapshot, "cosine", settings)
    expected = open_set_rates(snapshot.evaluated(), "cosine", settings)
    assert found.at_far(0.1) == expected.at_far(0.1)
    [note] = found.notes
    assert note.startswith("a threshold of this run was chosen on these identities")
    assert (found.names, found.strangers) == (20, 20)


def test_what_makes_rates_say_less_is_told() -> None:
    snapshot = replace(snapshot_of_many(), open_set=False, held_out_total=1000)
    closed, part = rates_of_snapshot(snapshot, "cosine", OpenSetSettings(repeats=1)).notes
    assert closed.startswith("closed set: ")
    assert part == "the newest look at the model has 240 of 1000 held-out images"


def test_rates_of_a_stored_run(trained: Run, tmp_path: Path) -> None:
    verifier = Verifier.load(trained)
    found = rates_of_run(verifier, OpenSetSettings(repeats=2))
    assert found.distance == trained.config.distance
    assert (found.names, found.strangers, len(found.partings)) == (2, 2, 2)
    assert len(found.notes) == 1
    verifier.step += 1
    assert rates_of_run(verifier, OpenSetSettings(repeats=2)).notes[0].startswith("the embeddings are those of step")
    run = Run.open(shutil.copytree(trained.path, tmp_path / "run"))
    for step in run.snapshot_steps():
        run.snapshot_path(step).unlink()
    with pytest.raises(InputError, match="has no snapshot yet"):
        rates_of_run(Verifier.load(run))
