from typing import NamedTuple

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from core.losses import TaskWeights, TripletLoss, multi_task_loss, segmentation_loss, weighted_total

ONES = TaskWeights(1.0, 1.0, 1.0)
METRIC = TripletLoss(margin=1.0, mining="all")


class Output(NamedTuple):
    embedding: Tensor
    logits: Tensor
    mask_logits: Tensor | None


@pytest.fixture
def output():
    generator = torch.Generator().manual_seed(0)
    shapes = ((4, 3), (4, 2), (4, 1, 5, 5))
    return Output(*(torch.randn(shape, generator=generator).requires_grad_() for shape in shapes))


@pytest.fixture
def masks():
    return torch.rand(4, 1, 5, 5, generator=torch.Generator().manual_seed(1)).round()


LABELS = torch.tensor([0, 1, 0, 1])
ALL_MASKED = torch.tensor([True] * 4)


def losses_of(output, known_masks, **changes):
    given = {"labels": LABELS, "masks": known_masks, "has_mask": ALL_MASKED, "metric_loss": METRIC, "weights": ONES}
    return multi_task_loss(output, **{**given, **changes})


def test_golden_total():
    losses = tuple(torch.tensor(value) for value in (2.5, 0.8, 0.3))
    assert weighted_total(losses, TaskWeights(1, 2, 5)).item() == pytest.approx(5.6)


def test_a_missing_loss_is_left_out_of_the_total():
    assert weighted_total((torch.tensor(2.0), None, torch.tensor(3.0)), (1, 5, 2)).item() == 8.0
    assert weighted_total((None, None), (1, 1)).item() == 0.0


def test_terms_are_the_losses_of_the_whole_batch(output, masks):
    losses = losses_of(output, masks, weights=TaskWeights(1.0, 2.0, 5.0))
    metric = METRIC(output.embedding, LABELS)
    assert torch.equal(losses.cls, cross_entropy(output.logits, LABELS))
    assert torch.equal(losses.seg, segmentation_loss(output.mask_logits, masks))
    assert torch.equal(losses.metric, metric.value)
    assert losses.active_fraction.item() == pytest.approx(metric.active_fraction)
    torch.testing.assert_close(losses.total, losses.cls + 2 * losses.seg + 5 * losses.metric)


def test_only_known_labels_count(output, masks):
    losses = losses_of(output, masks, labels=torch.tensor([0, -1, 0, 1]))
    known = [0, 2, 3]
    torch.testing.assert_close(losses.cls, cross_entropy(output.logits[known], LABELS[known]))
    torch.testing.assert_close(losses.metric, METRIC(output.embedding[known], LABELS[known]).value)
    losses.total.backward()
    assert not output.logits.grad[1].any()
    assert not output.embedding.grad[1].any()


def test_only_known_masks_count(output, masks):
    losses = losses_of(output, masks, has_mask=torch.tensor([False, True, True, False]))
    torch.testing.assert_close(losses.seg, segmentation_loss(output.mask_logits[1:3], masks[1:3]))
    losses.total.backward()
    assert not output.mask_logits.grad[[0, 3]].any()


@pytest.mark.parametrize("changes", [{"masks": None}, {"has_mask": ~ALL_MASKED}])
def test_without_masks_there_is_no_segmentation_term(output, masks, changes):
    losses = losses_of(output, masks, **changes)
    assert losses.seg is None
    torch.testing.assert_close(losses.total, losses.cls + losses.metric)


def test_a_model_without_decoder_has_no_segmentation_term(output, masks):
    assert losses_of(output._replace(mask_logits=None), masks).seg is None


def test_without_labels_only_segmentation_counts(output, masks):
    losses = losses_of(output, masks, labels=-torch.ones(4).long())
    assert (losses.cls, losses.metric, losses.active_fraction) == (None, None, None)
    torch.testing.assert_close(losses.total, losses.seg)


def test_masks_without_flags_are_all_known(output, masks):
    assert torch.equal(losses_of(output, masks, has_mask=None).seg, losses_of(output, masks).seg)


def test_a_weight_of_0_reports_the_term_but_leaves_its_head_alone(output, masks):
    losses = losses_of(output, masks, weights=TaskWeights(1.0, 0.0, 1.0))
    losses.total.backward()
    assert losses.seg is not None
    assert output.mask_logits.grad is None


@pytest.mark.parametrize(
    "changes", [{"weights": TaskWeights(0.0, 0.0, 0.0)}, {"labels": -torch.ones(4).long(), "masks": None}]
)
def test_where_no_task_counts_the_total_is_0_with_a_gradient_of_0(output, masks, changes):
    total = losses_of(output, masks, **changes).total
    total.backward()
    assert total.item() == 0.0
    assert not output.embedding.grad.any()


def test_half_precision_outputs_give_float32_losses(output, masks):
    half = Output(*(value.bfloat16() for value in output))
    losses = losses_of(half, masks)
    assert {losses.total.dtype, losses.cls.dtype, losses.seg.dtype, losses.metric.dtype} == {torch.float32}
