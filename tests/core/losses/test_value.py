import pytest
import torch

from core.losses import LossValue
from core.losses.value import check_positive, share_of


def test_is_made_of_plain_figures():
    found = LossValue(torch.tensor(0.25), active_fraction=0.5, tuples=3)
    assert (found.value.item(), found.active_fraction, found.tuples) == (0.25, 0.5, 3)
    assert found.active_share.item() == 0.5


def test_figures_of_the_device_are_read_as_python_numbers():
    found = LossValue(torch.tensor(0.25), share_of(torch.tensor(1), torch.tensor(3)), torch.tensor(1))
    assert (type(found.active_fraction), type(found.tuples)) == (float, int)
    assert (found.active_fraction, found.tuples) == (1 / 3, 1)


def test_a_share_of_nothing_is_0():
    assert share_of(torch.tensor(0), torch.tensor(0)).item() == 0.0


def test_the_setting_that_is_not_above_0_is_named():
    with pytest.raises(ValueError, match="scale must be finite and above 0, found 0"):
        check_positive(alpha=1.0, scale=0.0)
