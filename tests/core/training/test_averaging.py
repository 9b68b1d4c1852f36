"""Averaged weights: what they are, that they are the ones judged, and that a resumed run has the same."""

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from core.hyperparameters import Hyperparameters
from core.models.inference import infer
from core.models.multi_task import MultiTaskModel
from core.training.averaging import AveragedWeights
from core.training.checkpoint import load_newest_model
from core.training.preparation import build_trainer, prepare_data
from tests.core.training.driving import assert_same_run, changing, drive

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def averaged(tiny, tmp_path_factory):
    """A finished run of 12 steps with live changes; do not change it."""
    return drive(tiny(epochs=3, ema=0.9), tmp_path_factory.mktemp("averaged") / "run", changing).run


def test_by_hand() -> None:
    """Weights of 0, then 4 and 8: the first steps go 9/11 and 3/4 of the way, later ones a tenth."""
    model = MultiTaskModel("small", classes=2, embedding_dim=4, segmentation=False)
    torch.nn.init.zeros_(model.embedding.bias)
    average = AveragedWeights(model, decay=0.9)
    weight, follower = model.embedding.bias, average.model.embedding.bias
    for step, value, expected in ((1, 4.0, 9 / 11 * 4), (2, 8.0, 0.25 * 9 / 11 * 4 + 0.75 * 8), (500, 0.0, None)):
        with torch.no_grad():
            weight.fill_(value)
        before = follower.clone()
        average.follow(step)
        wanted = before * 0.9 if expected is None else torch.full_like(before, expected)
        assert torch.allclose(follower, wanted)
    assert not any(parameter.requires_grad for parameter in average.model.parameters())
    assert all(parameter.requires_grad for parameter in model.parameters())


def test_statistics_of_batch_norm_are_averaged_and_counts_are_copied() -> None:
    model = MultiTaskModel("resnet18", classes=2, embedding_dim=4, segmentation=False)
    average = AveragedWeights(model, decay=0.5)
    norm, follower = model.backbone.stages[0][1], average.model.backbone.stages[0][1]
    norm.running_mean.fill_(2.0)
    norm.num_batches_tracked.fill_(7)
    average.follow(500)
    assert follower.running_mean.tolist() == [1.0] * 64
    assert follower.num_batches_tracked == 7


def test_the_average_is_what_is_judged_and_loaded(averaged) -> None:
    """The last look's embeddings are those of the averaged weights, which differ from the trained ones."""
    stored = load_file(averaged.checkpoint_path(12))
    name = "embedding.weight"
    assert not torch.equal(stored[f"average.{name}"], stored[f"model.{name}"])
    model, step = load_newest_model(averaged)
    assert step == 12
    assert torch.equal(model.state_dict()[name], stored[f"average.{name}"])
    data = prepare_data(averaged.config, CPU, lambda event: None, lambda: False).data
    snapshot = averaged.load_snapshot(12)
    found = infer(model, data.images, indices=snapshot["sample_ids"])
    assert np.allclose(found.embeddings, snapshot["embeddings"], atol=1e-5)


def test_training_itself_is_as_without(averaged, tiny, tmp_path) -> None:
    plain = drive(tiny(epochs=3), tmp_path / "plain", changing).run
    one, other = (load_file(run.checkpoint_path(12)) for run in (plain, averaged))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert {name.split(".")[0] for name in other.keys() - one.keys()} == {"average"}


def test_a_resumed_run_has_the_same_average(averaged, tiny, tmp_path) -> None:
    config = tiny(epochs=3, ema=0.9)
    for stop in (2, 6):

        def plan(controls, stop=stop):
            return {**changing(controls), stop: lambda: controls.stop(evaluate=False)}

        drive(config, tmp_path / "run", plan, resume=stop != 2)
    assert_same_run(averaged, drive(config, tmp_path / "run", changing, resume=True).run)


def test_weights_that_are_asked_for_are_the_averaged_ones(tiny, tmp_path) -> None:
    driven = drive(tiny(ema=0.9), tmp_path / "run", lambda controls: {8: controls.request_weights})
    given = driven.channels.weights.take()
    stored = load_file(driven.run.checkpoint_path(8))
    assert torch.equal(given.state_dict["embedding.weight"], stored["average.embedding.weight"])


def test_double_precision(tiny) -> None:
    config = tiny(ema=0.9, precision="64")
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    trainer = build_trainer(config, prepared, CPU)
    trainer.step(prepared.batches.batch(0), Hyperparameters())
    assert trainer.judged.embedding.weight.dtype == torch.float64
    assert trainer.judged is not trainer.model
