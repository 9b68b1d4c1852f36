import math

import pytest
import torch

from core.losses import segmentation_loss


def logit(probability):
    return math.log(probability / (1 - probability))


def by_hand(probabilities, masks):
    """Cross entropy over all pixels, and Dice image by image."""
    pixels = [
        (p, t) for image, mask in zip(probabilities, masks, strict=True) for p, t in zip(image, mask, strict=True)
    ]
    entropy = -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for p, t in pixels) / len(pixels)
    dice = [
        1 - (2 * sum(p * t for p, t in zip(image, mask, strict=True)) + 1) / (sum(image) + sum(mask) + 1)
        for image, mask in zip(probabilities, masks, strict=True)
    ]
    return entropy + sum(dice) / len(dice)


def test_worked_example():
    probabilities = [[0.9, 0.8, 0.3, 0.1], [0.5, 0.2, 0.2, 0.6]]
    masks = [[1, 1, 0, 0], [0, 0, 0, 0]]
    logits = torch.tensor([[logit(p) for p in image] for image in probabilities]).view(2, 1, 2, 2)
    found = segmentation_loss(logits, torch.tensor(masks).view(2, 1, 2, 2).bool())
    assert found.item() == pytest.approx(by_hand(probabilities, masks), abs=1e-6)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_sure_right_answer_costs_nothing_even_on_an_empty_mask(value):
    masks = torch.full((2, 1, 4, 4), value)
    assert segmentation_loss((masks * 2 - 1) * 50, masks).item() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_sure_wrong_answer_has_a_finite_loss_and_gradient(value):
    masks = torch.full((1, 1, 4, 4), value)
    logits = ((1 - masks * 2) * 50).requires_grad_()
    loss = segmentation_loss(logits, masks)
    loss.backward()
    assert loss.item() == pytest.approx(50 + 16 / 17, rel=1e-5)
    assert logits.grad.isfinite().all()


def test_gradient_agrees_with_finite_differences():
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(2, 1, 3, 3, dtype=torch.float64, generator=generator, requires_grad=True)
    masks = torch.rand(2, 1, 3, 3, generator=generator) > 0.5
    assert torch.autograd.gradcheck(lambda x: segmentation_loss(x, masks), logits)


def test_half_precision_does_not_overflow():
    loss = segmentation_loss(torch.full((1, 1, 512, 512), 5.0, dtype=torch.float16), torch.ones(1, 1, 512, 512))
    assert loss.dtype == torch.float32
    assert loss.item() < 0.02


@pytest.mark.parametrize("shape", [(2, 1, 4, 5), (2, 4, 4), (1, 1, 4, 4)])
def test_shapes_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match=r"must both be \[B, 1, H, W\] with B > 0, found \[2, 1, 4, 4\]"):
        segmentation_loss(torch.zeros(2, 1, 4, 4), torch.zeros(shape))
