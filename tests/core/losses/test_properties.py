"""What holds for every metric loss."""

import pytest
import torch

from core.losses import Columns
from tests.core.losses import asserts
from tests.core.losses.every import LOSSES, TUPLE_LOSSES, each, having

EVERY = each(LOSSES)
EVERY_TUPLE_LOSS = each(TUPLE_LOSSES)
FEW = pytest.mark.parametrize("labels", [[0], [0, 0, 0], [0, 1, 2]], ids=["one image", "one class", "all singletons"])


@EVERY
def test_permutation(case):
    asserts.is_invariant_under_permutation(case.make().double(), case.ordered)


@EVERY
def test_gradient(case):
    asserts.agrees_with_finite_differences(case.make().double())


@EVERY
def test_identical_embeddings(case):
    asserts.is_finite_at_identical_embeddings(case.make())


@EVERY
@FEW
def test_few_images(case, labels):
    asserts.is_finite(case.make().double(), asserts.batch(len(labels))[0], torch.tensor(labels))


@each(having(lambda case: case.contrasted))
@FEW
def test_a_batch_without_tuples_costs_nothing(case, labels):
    asserts.is_0_without_gradient(case.make(), asserts.batch(len(labels))[0], torch.tensor(labels))


@each(having(lambda case: case.contrasted))
def test_columns_without_tuples_cost_nothing(case):
    asserts.is_0_against_columns_without_tuples(case.make())


@EVERY_TUPLE_LOSS
def test_a_single_image_costs_nothing(case):
    asserts.is_0_without_gradient(case.make(), asserts.batch(1)[0], torch.tensor([0]))


@each(having(lambda case: case.separable))
def test_a_separated_batch_costs_nothing(case):
    asserts.costs_nothing(case.make(), *asserts.separated())


@EVERY_TUPLE_LOSS
def test_columns_may_be_the_batch_itself(case):
    asserts.is_the_same_against_its_own_batch(case.make())


@EVERY
def test_half_precision(case):
    asserts.takes_half_precision_as_float32(case.make())


@EVERY
def test_nan_is_not_hidden(case):
    asserts.does_not_hide_nan(case.make().double())


@pytest.mark.parametrize(("name", "setting"), [(name, live) for name, case in LOSSES.items() for live in case.live])
def test_settings_act_at_the_next_call(name, setting):
    loss, batch = LOSSES[name].make().double(), asserts.batch()
    before = loss(*batch).value
    setattr(loss, setting, LOSSES[name].live[setting])
    assert not torch.isclose(loss(*batch).value, before, rtol=1e-3)


@EVERY
@pytest.mark.parametrize(("shape", "labels"), [((3, 8), [0, 1]), ((8,), [0] * 8), ((0, 8), [])])
def test_shapes_that_do_not_fit_are_refused(case, shape, labels):
    with pytest.raises(ValueError, match=r"a batch needs embeddings \[B, D\] and labels \[B\]"):
        case.make()(torch.ones(shape), torch.tensor(labels))


@EVERY_TUPLE_LOSS
@pytest.mark.parametrize(
    ("shape", "labels", "own"), [((4, 7), 4, 3), ((4, 8), 3, 3), ((4, 8), 4, 4), ((0, 8), 0, 3), ((8,), 8, 3)]
)
def test_columns_that_do_not_fit_are_refused(case, shape, labels, own):
    columns = Columns(torch.ones(shape), torch.zeros(labels).long(), torch.zeros(own).long())
    with pytest.raises(ValueError, match=r"columns of a batch \[3, 8\] need embeddings \[M, 8\], labels"):
        case.make()(torch.ones(3, 8), torch.tensor([0, 0, 1]), columns)
