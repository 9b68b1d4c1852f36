import math

import pytest
import torch

from core.losses.class_softmax import class_softmax, share_contested

SCORES = torch.tensor([[1.0, 0.0, -1.0], [0.5, 0.5, 0.0], [0.2, 0.4, 0.3]], dtype=torch.float64)
LABELS = torch.tensor([0, 0, 2])


def test_value_is_the_mean_of_minus_the_logarithm_of_the_own_probability():
    parts = [
        math.exp(s[y]) / sum(math.exp(v) for v in s)
        for s, y in zip((2 * SCORES).tolist(), LABELS.tolist(), strict=True)
    ]
    found = class_softmax(SCORES, LABELS, 2.0)
    assert found.value.item() == pytest.approx(-sum(math.log(part) for part in parts) / 3)
    assert found.tuples == 3


def test_the_margin_acts_on_the_own_score_alone():
    harder = SCORES.clone()
    harder[[0, 1, 2], LABELS] -= 0.1
    found = class_softmax(SCORES, LABELS, 2.0, lambda own: own - 0.1)
    torch.testing.assert_close(found.value, class_softmax(harder, LABELS, 2.0).value)


def test_each_image_can_have_its_own_scale():
    scale = torch.tensor([[1.0], [2.0], [3.0]], dtype=torch.float64)
    torch.testing.assert_close(
        class_softmax(SCORES, LABELS, scale).value, class_softmax(scale * SCORES, LABELS, 1.0).value
    )


@pytest.mark.parametrize(("margin", "share"), [(0.0, 2 / 3), (0.9, 2 / 3), (1.0, 1.0)])
def test_an_image_is_active_where_another_class_scores_as_high(margin, share):
    assert class_softmax(SCORES, LABELS, 2.0, lambda own: own - margin).active_fraction == share


def test_one_class_is_never_contested():
    assert share_contested(torch.ones(4, 1), torch.ones(4, 1)).item() == 0.0
