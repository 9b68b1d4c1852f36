"""Checkpoints hold everything, and whatever is wrong with one is one sentence that names it."""

import json
import pickle
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.training.checkpoint import (
    BestEpoch,
    Change,
    Progress,
    Trouble,
    load_checkpoint,
    load_model_weights,
    load_newest_model,
    save_checkpoint,
)
from core.training.preparation import PreparedData, build_trainer, prepare_data
from core.training.trainer import Trainer

CPU = torch.device("cpu")
CHANGE = Change(step=1, old=Hyperparameters(), new=Hyperparameters(margin=0.7))
TROUBLE = Trouble(skipped=2, roll_backs=1, rolled_back_at=1)
BEST = BestEpoch(measure="auc", value=0.75, step=1, judged=2, since=1)
PROGRESS = Progress(2, 1.5, Hyperparameters(margin=0.7), (CHANGE,), TROUBLE, BEST)


@pytest.fixture(scope="module")
def config(tiny):
    return tiny()


@pytest.fixture(scope="module")
def prepared(config) -> PreparedData:
    return prepare_data(config, CPU, lambda event: None, lambda: False)


@pytest.fixture(scope="module")
def trainer(config, prepared) -> Trainer:
    """Two steps done; do not train it further."""
    trainer = build_trainer(config, prepared, CPU)
    for step in range(2):
        trainer.step(prepared.batches.batch(step), Hyperparameters(mining="random"))
    return trainer


@pytest.fixture
def stored(trainer, tmp_path) -> Path:
    path = tmp_path / "step-000002.safetensors"
    save_checkpoint(path, trainer, PROGRESS)
    return path


@pytest.fixture
def fresh(config, prepared) -> Trainer:
    return build_trainer(config, prepared, CPU)


def test_one_file_holds_everything(stored, trainer, fresh, prepared) -> None:
    assert [entry.name for entry in stored.parent.iterdir()] == [stored.name]
    random_state = torch.get_rng_state()
    torch.rand(3)
    progress = load_checkpoint(stored, fresh)
    assert progress == PROGRESS
    assert fresh.step_count == 2
    assert torch.equal(torch.get_rng_state(), random_state)
    assert torch.equal(fresh.mining_generator.get_state(), trainer.mining_generator.get_state())
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(fresh.model.state_dict()[name], value), name
    for old, new in zip(trainer.model.parameters(), fresh.model.parameters(), strict=True):
        before, after = trainer.optimizer.state[old], fresh.optimizer.state[new]
        assert before.keys() == after.keys() == {"step", "exp_avg", "exp_avg_sq"}
        assert all(torch.equal(before[name], after[name]) for name in before)
        assert after["exp_avg"].stride() == new.stride()


def test_the_next_step_is_the_same_one(stored, trainer, fresh, prepared, config) -> None:
    load_checkpoint(stored, fresh)
    # A second one that has just made the same two steps, since the shared trainer must stay as it is.
    other = build_trainer(config, prepared, CPU)
    for step in range(2):
        other.step(prepared.batches.batch(step), Hyperparameters(mining="random"))
    batch = prepared.batches.batch(2)
    one, two = (t.step(batch, Hyperparameters(mining="random")) for t in (fresh, other))
    assert (one.total, one.cls, one.seg, one.metric) == (two.total, two.cls, two.seg, two.metric)
    assert all(torch.equal(a, b) for a, b in zip(fresh.model.parameters(), other.model.parameters(), strict=True))


def test_a_loaded_checkpoint_does_not_hang_on_its_file(stored, fresh, prepared) -> None:
    """The file may be replaced or cut while training goes on from it."""
    load_checkpoint(stored, fresh)
    stored.write_bytes(b"")
    fresh.step(prepared.batches.batch(2), Hyperparameters())


def test_parameters_without_a_gradient_have_no_moments(config, prepared, tmp_path, fresh) -> None:
    """A task of weight 0 never gave its head a gradient; that is no damage."""
    trainer = build_trainer(config, prepared, CPU)
    trainer.step(prepared.batches.batch(0), Hyperparameters(beta=0.0))
    path = tmp_path / "step-000001.safetensors"
    save_checkpoint(path, trainer, Progress(1, 0.0, Hyperparameters(), ()))
    assert len(trainer.optimizer.state) < len(list(trainer.model.parameters()))
    load_checkpoint(path, fresh)
    assert len(fresh.optimizer.state) == len(trainer.optimizer.state)


def test_weights_that_are_not_finite_are_not_saved(config, prepared, tmp_path) -> None:
    trainer = build_trainer(config, prepared, CPU)
    path = tmp_path / "step-000002.safetensors"
    path.write_bytes(b"what was there")
    with torch.no_grad():
        trainer.model.embedding.weight[0, 0] = torch.inf
    with pytest.raises(FloatingPointError, match=r"embedding\.weight is not finite after step 2; lower"):
        save_checkpoint(path, trainer, PROGRESS)
    assert path.read_bytes() == b"what was there"


def test_checkpoints_of_earlier_versions_are_read(stored, fresh) -> None:
    """No word on skipped steps or the best epoch, and nothing but model, optimizer and random state."""
    rewrite(stored, lambda t, m: (m.pop("trouble"), m.pop("best")))
    assert {name.split(".")[0] for name in load_file(stored)} == {"model", "optimizer", "random"}
    progress = load_checkpoint(stored, fresh)
    assert (progress.trouble, progress.best) == (Trouble(), BestEpoch())


@pytest.mark.parametrize("extra", [{"loss": "arcface"}, {"memory": 16}, {"balance": "uncertainty"}], ids=str)
def test_what_loss_and_balance_learn_is_in_it(tiny, prepared, tmp_path, extra) -> None:
    config = tiny(**extra)
    trainer, fresh = (build_trainer(config, prepared, CPU) for _ in range(2))
    for step in range(2):
        trainer.step(prepared.batches.batch(step), config.hyperparameters)
    path = tmp_path / "step-000002.safetensors"
    save_checkpoint(path, trainer, PROGRESS)
    learned = {**trainer.metric_loss.state_dict(prefix="loss."), **trainer.balance.state_dict(prefix="balance.")}
    assert learned
    assert learned.keys() <= load_file(path).keys()
    load_checkpoint(path, fresh)
    put_back = {**fresh.metric_loss.state_dict(prefix="loss."), **fresh.balance.state_dict(prefix="balance.")}
    assert all(torch.equal(learned[name], put_back[name]) for name in learned)
    load_model_weights(path, build_trainer(tiny(), prepared, CPU).model)


def test_the_state_of_another_loss_is_refused(tiny, prepared, stored, fresh) -> None:
    with pytest.raises(InputError, match="not a checkpoint of this loss, only the loss has vectors"):
        load_checkpoint(stored, build_trainer(tiny(loss="arcface"), prepared, CPU))
    rewrite(stored, lambda t, m: t.update({"balance.log_variances": torch.zeros(3)}))
    with pytest.raises(InputError, match="not a checkpoint of this balance, only the file has log_variances"):
        load_checkpoint(stored, fresh)


def test_a_folder_that_is_gone(trainer, tmp_path) -> None:
    with pytest.raises(InputError, match=r"step-000002\.safetensors: the checkpoint cannot be written"):
        save_checkpoint(tmp_path / "gone" / "step-000002.safetensors", trainer, PROGRESS)


# --- damage


def rewrite(path: Path, change: Callable[[dict, dict], object]) -> None:
    """Store the checkpoint again with other tensors or metadata."""
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata()
    tensors = {name: value.clone() for name, value in load_file(path).items()}
    change(tensors, metadata)
    save_file(tensors, path, metadata)


def rename_header(path: Path, old: bytes, new: bytes) -> None:
    """Let the header lie: same length, other words."""
    assert len(old) == len(new)
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


WEIGHT = "model.embedding.weight"
MOMENT = "optimizer.0.exp_avg"

FILE_DAMAGE = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "text": lambda path: path.write_text("not a checkpoint at all"),
    "a pickle": lambda path: path.write_bytes(pickle.dumps({WEIGHT: [1.0]})),
    "a header of 2^60 bytes": lambda path: path.write_bytes(struct.pack("<Q", 1 << 60) + path.read_bytes()[8:]),
    "a header of 80 MB": lambda path: path.write_bytes(struct.pack("<Q", 80_000_000) + path.read_bytes()[8:]),
    "a header that is no JSON": lambda path: path.write_bytes(struct.pack("<Q", 4) + b"{[}]"),
    "a shape that lies": lambda path: rename_header(path, b'"shape":[8,160]', b'"shape":[9,160]'),
    "an unknown dtype": lambda path: rename_header(path, b'"dtype":"F32"', b'"dtype":"X32"'),
}


@pytest.mark.parametrize("damage", FILE_DAMAGE)
def test_damaged_files(stored, fresh, damage) -> None:
    FILE_DAMAGE[damage](stored)
    assert_refused(stored, fresh, "the checkpoint cannot be read")


CONTENT_DAMAGE = {
    "no word on its format": (lambda t, m: m.pop("format"), "not a checkpoint of metric-explorer"),
    "another format": (lambda t, m: m.update(format="x 2"), "not a checkpoint of metric-explorer, its format is 'x 2'"),
    "a weight less": (lambda t, m: t.pop(WEIGHT), r"only the model has embedding\.weight"),
    "a weight more": (lambda t, m: t.update({"model.extra": torch.zeros(1)}), "only the file has extra"),
    "a shape": (lambda t, m: t.update({WEIGHT: torch.zeros(9, 160)}), r"shape \[8, 160\], found \[9, 160\]"),
    "a dtype": (lambda t, m: t.update({WEIGHT: torch.zeros(8, 160, dtype=torch.int64)}), "must hold torch.float32"),
    "NaN": (lambda t, m: t[WEIGHT].view(-1)[3].fill_(torch.nan), "embedding.weight holds values that are not finite"),
    "a moment's shape": (lambda t, m: t.update({MOMENT: torch.zeros(3)}), "optimizer.0.exp_avg must have shape"),
    "a moment's NaN": (lambda t, m: t[MOMENT].fill_(torch.nan), "optimizer.0.exp_avg holds values that are not finite"),
    "a moment less": (lambda t, m: t.pop(MOMENT), "optimizer.0 must have step, exp_avg, exp_avg_sq"),
    "a moment of nothing": (
        lambda t, m: t.update({"optimizer.9999.step": torch.zeros(())}),
        "its optimizer has no optimizer.9999.step",
    ),
    "a moment's name": (lambda t, m: t.update({"optimizer.x": torch.zeros(())}), "its optimizer has no optimizer.x"),
    "no random state": (lambda t, m: t.pop("random.torch"), "the random state is damaged or missing"),
    "a short random state": (
        lambda t, m: t.update({"random.torch": torch.zeros(7, dtype=torch.uint8)}),
        "the random state is damaged",
    ),
    "random floats": (lambda t, m: t.update({"random.mining.cpu": torch.zeros(5056)}), "the random state is damaged"),
    "no step": (lambda t, m: m.pop("step"), "damaged, step: field required"),
    "a step of nothing": (lambda t, m: m.update(step="0"), "damaged, step: input should be greater"),
    "another step": (lambda t, m: m.update(step="7"), "the name must be that of its step, found step 7"),
    "endless time": (lambda t, m: m.update(seconds="inf"), "damaged, seconds: input should be a finite number"),
    "settings out of range": (
        lambda t, m: m.update(hyperparameters='{"margin": 99}'),
        "damaged, hyperparameters.margin: input should be less",
    ),
    "settings of another kind": (lambda t, m: m.update(hyperparameters="[]"), "damaged, hyperparameters"),
    "trouble that is none": (
        lambda t, m: m.update(trouble='{"skipped": -1}'),
        "damaged, trouble.skipped: input should",
    ),
    "a best epoch that is none": (lambda t, m: m.update(best='{"value": "nan"}'), "damaged, best.value: input should"),
    "a history that is none": (lambda t, m: m.update(history=json.dumps([{"step": 1}])), "damaged, history.0.old"),
}


@pytest.mark.parametrize("damage", CONTENT_DAMAGE)
def test_damaged_content(stored, fresh, damage) -> None:
    change, words = CONTENT_DAMAGE[damage]
    rewrite(stored, change)
    assert_refused(stored, fresh, words)


def assert_refused(path: Path, trainer: Trainer, words: str) -> None:
    """One sentence that names the file; the trainer is as it was."""
    before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
    with pytest.raises(InputError, match=words) as error:
        load_checkpoint(path, trainer)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)
    assert trainer.step_count == 0
    assert not trainer.optimizer.state
    assert all(torch.equal(before[name], value) for name, value in trainer.model.state_dict().items())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_to_the_header_is_an_input_error(stored, fresh, data) -> None:
    content = stored.read_bytes()
    header = 8 + struct.unpack("<Q", content[:8])[0]
    place = data.draw(st.integers(0, header - 1))
    byte = data.draw(st.integers(0, 255))
    broken = stored.with_name("broken-000002.safetensors")
    broken.write_bytes(content[:place] + bytes([byte]) + content[place + 1 :])
    with suppress(InputError):  # a changed shade of meaning may go unseen; anything else must be an InputError
        load_model_weights(broken, fresh.model)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t, m: t.pop("average.embedding.weight"), r"this average, only the average has embedding\.weight"),
        (lambda t, m: t["average.embedding.bias"].fill_(torch.nan), "embedding.bias holds values that are not finite"),
        (lambda t, m: [t.pop(name) for name in list(t) if name.startswith("average.")], "only the average has"),
    ],
    ids=["a weight less", "NaN", "none at all"],
)
def test_damaged_averages(tiny, prepared, tmp_path, change, words) -> None:
    config = tiny(ema=0.9)
    trainer, fresh = (build_trainer(config, prepared, CPU) for _ in range(2))
    trainer.step(prepared.batches.batch(0), config.hyperparameters)
    path = tmp_path / "step-000001.safetensors"
    save_checkpoint(path, trainer, Progress(1, 0.0, config.hyperparameters, ()))
    rewrite(path, change)
    assert_refused(path, fresh, words)


# --- weights alone


def test_weights_alone(stored, trainer, fresh) -> None:
    load_model_weights(stored, fresh.model)
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(fresh.model.state_dict()[name], value)
    assert fresh.step_count == 0


def test_double_weights_fit_a_single_model(stored, fresh) -> None:
    """A run trained in 64 bits is verified in 32."""
    rewrite(stored, lambda t, m: t.update({k: v.double() for k, v in t.items() if v.dtype == torch.float32}))
    load_model_weights(stored, fresh.model)
    assert fresh.model.embedding.weight.dtype == torch.float32


def test_newest_model(trained) -> None:
    model, step = load_newest_model(trained)
    assert step == 8
    stored = load_file(trained.checkpoint_path(8))
    assert torch.equal(model.embedding.weight, stored[WEIGHT])
