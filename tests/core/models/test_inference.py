"""Running a model over many images."""

import numpy as np
import pytest
import torch

from core.models import inference
from core.models.inference import Cancelled, infer
from core.models.multi_task import MultiTaskModel


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    return MultiTaskModel("small", classes=4, embedding_dim=6, segmentation=True)


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).integers(0, 256, (7, 3, 16, 16), dtype=np.uint8)


def test_agrees_with_one_pass_over_all_images(model, images):
    with torch.no_grad():
        expected = model(torch.from_numpy(images).float() / 255)
    found = infer(model, images, batch_size=3)
    assert found.embeddings.dtype == found.logits.dtype == np.float32
    np.testing.assert_allclose(found.embeddings, expected.embedding, atol=1e-6)
    np.testing.assert_allclose(found.logits, expected.logits, atol=1e-6)


@pytest.mark.parametrize(("size", "at_once"), [(16, [7]), (128, [4, 3]), (256, [1] * 7)])
def test_large_images_come_in_small_batches(model, size, at_once, monkeypatch):
    monkeypatch.setattr(inference, "PIXELS_AT_ONCE", 4 * 128 * 128)
    seen = []
    handle = model.register_forward_pre_hook(lambda _module, inputs: seen.append(len(inputs[0])))
    infer(model, np.zeros((7, 3, size, size), np.uint8))
    handle.remove()
    assert seen == at_once


def test_tensor_and_memory_map(model, images, tmp_path):
    expected = infer(model, images)
    np.save(tmp_path / "images.npy", images)
    for other in (torch.from_numpy(images), np.load(tmp_path / "images.npy", mmap_mode="r")):
        np.testing.assert_array_equal(infer(model, other).embeddings, expected.embeddings)


def test_indices_choose_and_order(model, images):
    everything = infer(model, images)
    some = infer(model, images, indices=np.array([5, 0, 5]), batch_size=2)
    np.testing.assert_allclose(some.embeddings, everything.embeddings[[5, 0, 5]], atol=1e-6)


def test_masks_are_visited_once_in_order(model, images):
    seen, parts = [], []

    def visit(positions, mask_logits):
        seen.extend(positions.tolist())
        parts.append(mask_logits)

    infer(model, images, indices=np.array([6, 1, 2]), batch_size=2, masks=visit)
    assert seen == [6, 1, 2]
    with torch.no_grad():
        expected = model(torch.from_numpy(images[[6, 1, 2]]).float() / 255).mask_logits
    np.testing.assert_allclose(np.concatenate(parts), expected[:, 0], atol=1e-5)


def test_decoder_rests_where_no_masks_are_asked_for(model, images):
    runs = []
    handle = model.decoder.register_forward_hook(lambda *_: runs.append(1))
    infer(model, images)
    handle.remove()
    assert not runs


def test_no_images(model, images):
    found = infer(model, images[:0])
    assert found.embeddings.shape == (0, 6)
    assert found.logits.shape == (0, 4)


@pytest.mark.parametrize("fails", [False, True])
def test_modes_are_restored_one_by_one(model, images, fails):
    model.train()
    model.decoder.eval()
    before = {name: module.training for name, module in model.named_modules()}
    modes = []
    handle = model.register_forward_pre_hook(lambda module, _: modes.append(module.training))
    if fails:
        answers = iter([False, True])
        with pytest.raises(Cancelled):
            infer(model, images, batch_size=4, cancelled=lambda: next(answers))
    else:
        infer(model, images)
    handle.remove()
    assert modes == [False]
    assert {name: module.training for name, module in model.named_modules()} == before
    model.train()


def test_double_precision_model(images):
    torch.manual_seed(0)
    model = MultiTaskModel("small", classes=4, embedding_dim=6, segmentation=False).double()
    assert infer(model, images).embeddings.dtype == np.float32


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((2, 3, 16, 16), np.float32),
        np.zeros((2, 16, 16, 3), np.uint8),
        np.zeros((3, 16, 16), np.uint8),
        torch.zeros(2, 3, 16, 16),
    ],
)
def test_images_of_another_kind(model, wrong):
    with pytest.raises(ValueError, match=r"images: must be uint8 \[N, 3, S, S\], found"):
        infer(model, wrong)


def test_masks_of_a_model_without_decoder(images):
    model = MultiTaskModel("small", classes=4, embedding_dim=6, segmentation=False)
    with pytest.raises(ValueError, match="masks: the model must have a segmentation decoder"):
        infer(model, images, masks=lambda *_: None)
