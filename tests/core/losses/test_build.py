"""From the settings of a run to its metric loss, and from the sliders to what acts on it."""

import pytest
import torch
from torch import nn

from core.config import make_config
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossName
from core.losses.build import apply_settings, build_metric_loss
from core.losses.cross_batch_memory import CrossBatchMemory

CLASSES, DIM = 5, 8
LIVE = Hyperparameters(margin=0.33, temperature=0.77, scale=11.0, mining="random", class_learning_rate=0.5)
SETTINGS = ("margin", "temperature", "scale", "mining")
TUPLES = [name for name in LOSS_NAMES if LOSS_SPECS[name].kind == "tuples"]


def built(name: LossName, generator: torch.Generator | None = None, **settings: object) -> nn.Module:
    config = make_config({"loss": name, "embedding_dim": DIM, **settings})
    return build_metric_loss(config, CLASSES, generator)


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    embeddings = torch.randn(20, DIM, generator=torch.Generator().manual_seed(1))
    return nn.functional.normalize(embeddings).requires_grad_(), torch.arange(CLASSES).repeat(4)


@pytest.mark.parametrize("name", LOSS_NAMES)
def test_every_loss_is_built_and_costs_something(name) -> None:
    loss = built(name)
    embeddings, labels = batch()
    found = loss(embeddings, labels)
    assert found.value.isfinite()
    found.value.backward()
    assert embeddings.grad.isfinite().all()
    assert (len(list(loss.parameters())) > 0) == (LOSS_SPECS[name].kind == "classes")


@pytest.mark.parametrize("name", LOSS_NAMES)
def test_exactly_the_settings_of_its_spec_act_on_it(name) -> None:
    """All others stay what the loss's own class made them."""
    loss = built(name)
    before = {setting: getattr(loss, setting, None) for setting in SETTINGS}
    apply_settings(loss, name, LIVE)
    acting = {*LOSS_SPECS[name].defaults, *(["mining"] if LOSS_SPECS[name].mined else [])}
    for setting in SETTINGS:
        expected = getattr(LIVE, setting) if setting in acting else before[setting]
        assert getattr(loss, setting, None) == expected, setting


@pytest.mark.parametrize("name", LOSS_NAMES)
def test_a_run_starts_with_its_settings(name) -> None:
    spec = LOSS_SPECS[name]
    loss = built(name, **dict.fromkeys(spec.defaults, 1.0))
    assert {getattr(loss, setting) for setting in spec.defaults} <= {1.0}


@pytest.mark.parametrize("name", ["triplet", "soft-triplet", "contrastive", "quadruplet", "lifted-structure"])
def test_the_distance_of_the_run_is_the_loss_s(name) -> None:
    assert built(name, distance="euclidean").distance.name == "euclidean"


def test_two_forms_of_one_loss() -> None:
    assert (built("triplet").soft, built("soft-triplet").soft) == (False, True)
    assert (built("contrastive").squared, built("contrastive-squared").squared) == (False, True)


def test_class_vectors_hang_on_the_seed_alone() -> None:
    torch.manual_seed(1)
    one = built("arcface", seed=3, generator=torch.Generator().manual_seed(9))
    torch.manual_seed(2)
    other, third = built("arcface", seed=3), built("arcface", seed=4)
    assert torch.equal(one.vectors, other.vectors)
    assert not torch.equal(one.vectors, third.vectors)
    assert one.vectors.shape == (CLASSES, DIM)


def test_building_draws_nothing_from_the_default_generator() -> None:
    before = torch.get_rng_state()
    for name in LOSS_NAMES:
        built(name)
    assert torch.equal(torch.get_rng_state(), before)


def test_mining_at_random_draws_from_the_given_generator() -> None:
    generator = torch.Generator().manual_seed(0)
    assert built("triplet", generator).generator is generator


@pytest.mark.parametrize("name", TUPLES)
def test_a_memory_is_put_around_losses_of_tuples(name) -> None:
    loss = built(name, memory=64)
    assert isinstance(loss, CrossBatchMemory)
    apply_settings(loss, name, LIVE)
    for setting in LOSS_SPECS[name].defaults:
        assert getattr(loss.loss, setting) == getattr(LIVE, setting)
        assert not hasattr(loss, setting)
    embeddings, labels = batch()
    loss(embeddings, labels).value.backward()
    assert loss.embeddings.shape == (64, DIM)
