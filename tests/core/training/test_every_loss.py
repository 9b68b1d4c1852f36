"""Every metric loss and every balance trains: a few steps of each, and digits to the end."""

import json
import subprocess
import sys

import pytest
import torch

from core.config import make_config
from core.errors import InputError
from core.loss_specs import LOSS_NAMES, LOSS_SPECS
from core.losses.balance import DynamicWeightAverage
from core.training.preparation import build_trainer, prepare_data
from core.training.records import HealthWarning
from core.training.session import train

pytestmark = pytest.mark.long

CPU = torch.device("cpu")
GRADIENT_METHODS = ("upgrad", "mgda", "pcgrad", "aligned-mtl")
MINED = ("all", "semi-hard", "hard", "batch-hard", "random", "distance-weighted", "easy-positive")


@pytest.fixture(scope="module")
def prepared(tiny):
    return prepare_data(tiny(), CPU, lambda event: None, lambda: False)


def steps(config, prepared, count: int = 3):
    """Records of some steps, and the trainer that made them."""
    trainer = build_trainer(config, prepared, CPU)
    trainer.stopwatch.run()
    return [trainer.step(prepared.batches.batch(step), config.hyperparameters) for step in range(count)], trainer


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_every_loss_makes_steps(tiny, prepared, loss) -> None:
    config = tiny(loss=loss)
    fresh = build_trainer(config, prepared, CPU)
    records, trainer = steps(config, prepared)
    for record in records:
        assert record.fault is None
        assert record.metric >= 0
        assert 0 <= record.active_fraction <= 1
        assert record.total == pytest.approx(record.cls + record.seg + record.metric, rel=1e-5)
    moved = zip(fresh.metric_loss.parameters(), trainer.metric_loss.parameters(), strict=True)
    assert all(not torch.equal(before, after) for before, after in moved)
    assert not torch.equal(fresh.model.embedding.weight, trainer.model.embedding.weight)


@pytest.mark.parametrize("mining", MINED)
@pytest.mark.parametrize("memory", [0, 24])
def test_every_mining_mode_makes_steps(tiny, prepared, mining, memory) -> None:
    records, _ = steps(tiny(mining=mining, memory=memory), prepared)
    assert [record.fault for record in records] == [None] * 3


@pytest.mark.parametrize("loss", [name for name in LOSS_NAMES if LOSS_SPECS[name].kind == "tuples"])
def test_every_loss_of_tuples_takes_a_memory(tiny, prepared, loss) -> None:
    records, trainer = steps(tiny(loss=loss, memory=20), prepared)
    assert [record.fault for record in records] == [None] * 3
    assert int(trainer.metric_loss.added) == 24


@pytest.mark.parametrize("balance", GRADIENT_METHODS)
@pytest.mark.parametrize("precision", ["32", "bf16"])
def test_every_gradient_method_makes_steps(tiny, prepared, balance, precision) -> None:
    pytest.importorskip("torchjd", reason="TorchJD, an optional dependency, is not installed")
    records, trainer = steps(tiny(balance=balance, loss="arcface", precision=precision, alpha=0.5), prepared)
    for record in records:
        assert record.fault is None
        assert record.cls_gradient > 0
        assert record.metric_gradient > 0
        assert record.cls_weight >= 0
        assert record.total == pytest.approx(0.5 * record.cls + record.seg + record.metric, rel=1e-2)
    assert all(parameter.grad is not None for parameter in trainer.model.parameters())


def test_a_single_task_needs_no_gradient_method(tiny, prepared) -> None:
    """Then it is the plain step, to the last bit."""
    pytest.importorskip("torchjd", reason="TorchJD, an optional dependency, is not installed")
    alone = {"alpha": 0.0, "beta": 0.0}
    one, trainer = steps(tiny(balance="upgrad", **alone), prepared)
    other, plain = steps(tiny(**alone), prepared)
    assert [record.total for record in one] == [record.total for record in other]
    assert torch.equal(trainer.model.embedding.weight, plain.model.embedding.weight)


def test_dwa_weighs_from_the_third_epoch_on(tiny, prepared) -> None:
    config = tiny(balance="dwa")
    trainer = build_trainer(config, prepared, CPU)
    assert isinstance(trainer.balance, DynamicWeightAverage)
    weights = []
    for step in range(9):
        record = trainer.step(prepared.batches.batch(step), config.hyperparameters)
        weights.append((record.cls_weight, record.seg_weight, record.metric_weight))
        if record.step % 4 == 0:
            trainer.end_epoch()
    assert set(weights[:8]) == {(1.0, 1.0, 1.0)}
    assert weights[8] != (1.0, 1.0, 1.0)
    assert sum(weights[8]) == pytest.approx(3.0, rel=1e-5)


def test_a_memory_smaller_than_a_batch_is_refused(tiny, prepared) -> None:
    with pytest.raises(InputError, match="memory: must be 0 or hold a whole batch, here 8 images, found 7"):
        build_trainer(tiny(memory=7), prepared, CPU)


def test_without_torchjd_there_is_one_sentence_and_no_run(tiny, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "torchjd", None)
    with pytest.raises(InputError, match=r"^balance: 'mgda' needs TorchJD"):
        train(tiny(balance="mgda"), tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_every_loss_learns_digits(tmp_path, loss) -> None:
    """Its own settings, 4 epochs at 32 pixels, all losses alone but centre loss; nothing looks ill meanwhile."""
    config = make_config({"loss": loss, "image_size": 32, "epochs": 4, "alpha": float(loss == "center"), "beta": 0.0})
    events = []
    result = train(config, tmp_path / "run", events.append).result()
    assert result["auc"] > 0.9
    assert not [event for event in events if isinstance(event, HealthWarning)]


@pytest.mark.slow
def test_the_command_takes_a_loss_and_its_settings(tmp_path) -> None:
    command = [sys.executable, "-m", "core", "train", "--epochs", "1", "--image-size", "16", "--json"]
    chosen = ["--set", "loss=arcface", "--set", "scale=20", "--run", str(tmp_path / "run")]
    done = subprocess.run([*command, *chosen], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["steps"] > 0
    config = json.loads((tmp_path / "run" / "run.json").read_text())["config"]
    assert (config["loss"], config["hyperparameters"]["scale"], config["hyperparameters"]["margin"]) == (
        "arcface",
        20.0,
        0.5,
    )
