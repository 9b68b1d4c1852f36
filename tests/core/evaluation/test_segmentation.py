import pytest
import torch
from sklearn.metrics import jaccard_score

from core.evaluation.segmentation import MeanIoU


def mask(*rows):
    return torch.tensor([[int(pixel) for pixel in row] for row in rows]).bool()[None, None]


def test_worked_example_batch_by_batch():
    score = MeanIoU()
    score.update(mask("110", "000"), mask("011", "000"))  # 1 of 3
    score.update(mask("111", "000"), mask("111", "000"))  # all
    score.update(mask("100", "000"), mask("000", "000"))  # nothing there
    assert score.value == pytest.approx((1 / 3 + 1 + 0) / 3)


def test_two_empty_masks_agree():
    score = MeanIoU()
    score.update(mask("000"), mask("000"))
    assert score.value == 1.0


def test_agrees_with_scikit_learn():
    generator = torch.Generator().manual_seed(0)
    predicted, true = (torch.rand(6, 1, 8, 8, generator=generator) > 0.5 for _ in range(2))
    score = MeanIoU()
    score.update(predicted[:4], true[:4])
    score.update(predicted[4:], true[4:])
    expected = [jaccard_score(t.flatten(), p.flatten()) for p, t in zip(predicted, true, strict=True)]
    assert score.value == pytest.approx(sum(expected) / 6, abs=1e-6)


def test_no_image_no_score():
    assert MeanIoU().value is None


@pytest.mark.parametrize("predicted", [torch.zeros(1, 1, 2, 2), torch.zeros(1, 1, 2, 3).bool()])
def test_masks_that_do_not_fit_are_refused(predicted):
    with pytest.raises(ValueError, match="masks must be bool and of one shape"):
        MeanIoU().update(predicted, torch.zeros(1, 1, 2, 2).bool())
