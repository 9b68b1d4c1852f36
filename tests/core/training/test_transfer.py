"""Starting from another run's weights, and stages that keep theirs."""

import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from core.config import STAGES
from core.errors import InputError
from core.models.backbones import build_backbone
from core.models.multi_task import MultiTaskModel
from core.runs import Run
from core.training.checkpoint import load_newest_model
from core.training.preparation import build_trainer, prepare_data
from core.training.records import Note
from core.training.transfer import seen_in_words, start_from
from tests.core.conftest import draw_folder
from tests.core.training.driving import assert_same_run, drive

CPU = torch.device("cpu")


def state(module: torch.nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in module.state_dict().items()}


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_all_that_fits_is_taken_over(trained) -> None:
    model = MultiTaskModel("small", classes=4, embedding_dim=8, segmentation=True)
    said = start_from(trained.path, model, trained.info.data.training_classes)
    assert said == f"starts from the weights of {trained.path} at step 8"
    assert same(state(model), state(load_newest_model(trained)[0]))


def test_heads_that_say_something_else_are_made_anew(trained) -> None:
    model = MultiTaskModel("small", classes=4, embedding_dim=6, segmentation=True)
    before, other = state(model), load_newest_model(trained)[0]
    classes = ("circle", "cross", "square", "star")
    said = start_from(trained.path, model, classes)
    assert said.endswith(
        "; made anew: the embedding head (of size 6 in place of 8), the classification head (other classes)"
    )
    assert same(state(model.backbone), state(other.backbone))
    assert same(state(model.decoder), state(other.decoder))
    after = state(model)
    assert all(torch.equal(before[name], after[name]) for name in before if name.startswith(("embed", "classif")))


def test_masks_that_only_one_of_them_knows(trained, tiny, tmp_path) -> None:
    without = draw_folder(tmp_path / "plain", masks=False)
    second = drive(tiny(data=str(without), init=trained.path), tmp_path / "second")
    assert second.of(Note)[0].message == f"starts from the weights of {trained.path} at step 8"
    third = drive(tiny(init=second.run.path), tmp_path / "third")
    assert third.of(Note)[0].message.endswith("made anew: the decoder of masks (that run had none)")


def test_a_run_that_starts_from_another(trained, tiny, tmp_path) -> None:
    """Its step 0 is the other's end; afterwards it needs the other no more, and resumes bit-identically."""
    source = shutil.copytree(trained.path, tmp_path / "source")
    config = tiny(init=source, epochs=2)
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    notes: list[Note] = []
    trainer = build_trainer(config, prepared, CPU, report=notes.append)
    assert same(state(trainer.model), state(load_newest_model(trained)[0]))
    assert [note.message for note in notes] == [f"starts from the weights of {source} at step 8"]

    whole = drive(config, tmp_path / "whole").run
    assert whole.config.init == source
    drive(config, tmp_path / "run", lambda controls: {5: lambda: controls.stop(evaluate=False)})
    shutil.rmtree(source)
    resumed = drive(config, tmp_path / "run", resume=True)
    assert not resumed.of(Note)
    assert_same_run(whole, resumed.run)


def test_the_averaged_weights_are_taken_where_there_are_some(tiny, tmp_path) -> None:
    source = drive(tiny(epochs=1, ema=0.9), tmp_path / "source").run
    model = MultiTaskModel("small", classes=4, embedding_dim=8, segmentation=True)
    start_from(source.path, model, source.info.data.training_classes)
    assert torch.equal(model.embedding.weight, load_file(source.checkpoint_path(4))["average.embedding.weight"])


def test_what_is_held_out_now_and_was_trained_on_then_is_told(trained, tiny) -> None:
    def said(**settings) -> list[str]:
        config, notes = tiny(init=trained.path, **settings), []
        build_trainer(config, prepare_data(config, CPU, lambda event: None, lambda: False), CPU, report=notes.append)
        return [note.message for note in notes[1:]]

    now = prepare_data(tiny(holdout=0.5), CPU, lambda event: None, lambda: False)
    before = trained.samples()
    old = (now.held_out & ~before.held_out).sum()
    assert now.data.ids == before.ids
    assert 0 < old < now.held_out.sum()
    assert said() == []
    (note,) = said(holdout=0.5)
    assert note.startswith(f"{trained.path} has trained on {old} of the {now.held_out.sum()} images that are held out")
    assert "optimistic" in note


def test_images_of_the_same_names_elsewhere_are_others(trained, tiny, tmp_path) -> None:
    config = tiny(init=trained.path, data=str(draw_folder(tmp_path / "shapes")), holdout=0.5)
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    assert prepared.data.ids == trained.samples().ids
    assert seen_in_words(trained.path, config, prepared.data, prepared.held_out) is None


# --- runs that cannot be started from


def no_run(path: Path) -> None:
    shutil.rmtree(path)


def no_checkpoint(path: Path) -> None:
    for file in (path / "checkpoints").iterdir():
        file.unlink()


def damaged(path: Path) -> None:
    for file in (path / "checkpoints").iterdir():
        file.write_bytes(b"nothing")


BROKEN = {
    no_run: "a run is a folder, found nothing there",
    no_checkpoint: "has no checkpoint yet",
    damaged: "the checkpoint cannot be read",
}


@pytest.mark.parametrize("damage", BROKEN, ids=lambda damage: damage.__name__)
def test_what_cannot_be_started_from_is_one_sentence_before_training(trained, tiny, tmp_path, damage) -> None:
    source = shutil.copytree(trained.path, tmp_path / "source")
    damage(source)
    with pytest.raises(InputError, match=BROKEN[damage]) as error:
        drive(tiny(init=source), tmp_path / "run")
    assert str(source) in str(error.value)
    assert "\n" not in str(error.value)
    assert not Run.exists(tmp_path / "run")


def test_another_backbone(trained, tiny, tmp_path) -> None:
    with pytest.raises(InputError, match=r"init: must be a run with the backbone resnet18, .* has small"):
        drive(tiny(init=trained.path, backbone="resnet18", image_size=32), tmp_path / "run")


# --- frozen stages


@pytest.mark.parametrize("name", STAGES)
def test_the_table_of_stages_is_right(name) -> None:
    with torch.device("meta"):
        assert len(build_backbone(name, pretrained=False).stages) == STAGES[name]


def test_frozen_stages_keep_weights_and_statistics(tiny, tmp_path) -> None:
    """With batch norm: its running statistics stay too, and the optimizer does not know the stages."""
    config = tiny(backbone="resnet18", image_size=32, freeze=2, epochs=1, classes_per_batch=2)
    prepared = prepare_data(config, CPU, lambda event: None, lambda: False)
    notes: list[Note] = []
    trainer = build_trainer(config, prepared, CPU, report=notes.append)
    assert "the first 2 of 5 stages of resnet18 keep their weights, which are random" in notes[0].message
    frozen, trained = trainer.model.backbone.stages[:2], trainer.model.backbone.stages[2]
    before, before_trained = state(frozen), state(trained)
    trainer.step(prepared.batches.batch(0), config.hyperparameters)
    assert same(before, state(frozen))
    assert not same(before_trained, state(trained))
    assert not any(module.training for stage in frozen for module in stage.modules())
    assert all(module.training for module in trained.modules())
    optimized = {id(parameter) for group in trainer.optimizer.param_groups for parameter in group["params"]}
    assert not optimized & {id(parameter) for parameter in frozen.parameters()}
    assert {id(parameter) for parameter in trained.parameters()} <= optimized


@pytest.mark.parametrize("extra", [{}, {"ema": 0.9, "balance": "uncertainty"}], ids=str)
def test_runs_with_frozen_stages_resume_bit_identically(trained, tiny, tmp_path, extra) -> None:
    config = tiny(freeze=2, init=trained.path, **extra)
    whole = drive(config, tmp_path / "whole")
    assert whole.of(Note)[1].message.startswith("the first 2 of 4 stages of small keep their weights and the stat")
    drive(config, tmp_path / "run", lambda controls: {5: lambda: controls.stop(evaluate=False)})
    assert_same_run(whole.run, drive(config, tmp_path / "run", resume=True).run)
    first = {name: value for name, value in load_file(trained.checkpoint_path(8)).items() if ".stages.1." in name}
    stored = load_file(whole.run.checkpoint_path(8))
    assert all(torch.equal(value, stored[name]) for name, value in first.items() if name.startswith("model."))
