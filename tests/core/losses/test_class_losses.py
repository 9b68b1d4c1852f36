"""Properties that every loss with class vectors has."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.loss_specs import LOSS_SPECS
from tests.core.losses.class_asserts import CLASSES, DIM, batch, generator, gradients
from tests.core.losses.every import CLASS_LOSSES

MAKERS = {name: type(case.make()) for name, case in CLASS_LOSSES.items()}
WITH_SETTING = {
    setting: [name for name in MAKERS if setting in LOSS_SPECS[name].defaults] for setting in ("scale", "margin")
}
every_loss = pytest.mark.parametrize("name", MAKERS)


def make(name, classes=CLASSES, dim=DIM, **own):
    return MAKERS[name](classes, dim, generator=generator(), **own)


def finite_everywhere(loss, embeddings, labels):
    found = loss(embeddings, labels)
    assert found.value.isfinite()
    assert 0.0 <= found.active_fraction <= 1.0
    assert all(part.isfinite().all() for part in gradients(loss, embeddings, labels))


@every_loss
def test_gradients_are_those_of_finite_differences(name):
    loss = make(name).double()
    embeddings, labels = batch(size=7)

    def value(x, vectors):
        return torch.func.functional_call(loss, {"vectors": vectors}, (x, labels)).value

    vectors = loss.vectors.detach().clone().requires_grad_()
    assert torch.autograd.gradcheck(value, (embeddings.requires_grad_(), vectors))


@every_loss
def test_order_of_the_images_does_not_matter(name):
    loss = make(name).double()
    embeddings, labels = batch()
    order = torch.randperm(len(labels), generator=generator(1))
    before, after = loss(embeddings, labels), loss(embeddings[order], labels[order])
    torch.testing.assert_close(after.value, before.value)
    assert (after.active_fraction, after.tuples) == (before.active_fraction, before.tuples)
    of_embeddings, of_vectors = gradients(loss, embeddings, labels)
    found = gradients(loss, embeddings[order], labels[order])
    torch.testing.assert_close(found, (of_embeddings[order], of_vectors))


@every_loss
def test_numbers_of_the_classes_do_not_matter(name):
    loss, renamed = make(name).double(), make(name).double()
    embeddings, labels = batch()
    order = torch.randperm(CLASSES, generator=generator(1))
    renamed.vectors.data = loss.vectors.detach()[order]
    found = renamed(embeddings, order.argsort()[labels])
    expected = loss(embeddings, labels)
    torch.testing.assert_close(found.value, expected.value)
    assert found.active_fraction == expected.active_fraction


@every_loss
@settings(max_examples=15, deadline=None)
@given(size=st.integers(1, 12), classes=st.integers(1, 6), dim=st.integers(1, 5), seed=st.integers(0, 999))
def test_is_finite_and_not_negative_for_any_shape(name, size, classes, dim, seed):
    loss, draw = make(name, classes, dim), generator(seed)
    embeddings, labels = torch.randn(size, dim, generator=draw), torch.randint(classes, (size,), generator=draw)
    finite_everywhere(loss, embeddings, labels)
    assert loss(embeddings, labels).value >= 0


@every_loss
@pytest.mark.parametrize("row", [[0.6, 0.8], [0.0, 0.0], [1e-20, 0.0], [1e15, 1e15]])
def test_is_finite_at_identical_embeddings(name, row):
    finite_everywhere(make(name, 3, 2), torch.tensor([row] * 6), torch.tensor([0, 0, 1, 1, 2, 2]))


@every_loss
@pytest.mark.parametrize("length", [1.0, 0.3, -1.0, -0.3])
@pytest.mark.parametrize("axes", [True, False])
def test_is_finite_on_the_class_vectors_and_opposite_to_them(name, length, axes):
    loss = make(name)
    if axes:  # cosines of exactly 1 and -1
        loss.vectors.data = (
            torch.eye(CLASSES, DIM)
            .view(CLASSES, *[1] * (loss.vectors.ndim - 2), DIM)
            .repeat(1, *loss.vectors.shape[1:-1], 1)
        )
    own = loss.vectors.detach().view(CLASSES, -1)[:, :DIM]
    finite_everywhere(loss, length * own, torch.arange(CLASSES))


@every_loss
def test_is_finite_where_class_vectors_are_0(name):
    loss = make(name)
    loss.vectors.data.zero_()
    embeddings, labels = batch()
    finite_everywhere(loss, embeddings.float(), labels)


@every_loss
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_computed_in_full(name, dtype):
    loss = make(name)
    embeddings, labels = batch()
    found = loss(embeddings.to(dtype), labels)
    assert found.value.dtype == torch.float32
    torch.testing.assert_close(found.value, loss(embeddings.to(dtype).float(), labels).value)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        within = loss(embeddings.to(dtype), labels)
    torch.testing.assert_close(within.value, found.value)
    assert within.active_fraction == found.active_fraction


@every_loss
def test_nan_is_not_hidden(name):
    embeddings, labels = batch()
    embeddings[3, 1] = float("nan")
    assert make(name)(embeddings, labels).value.isnan()


@every_loss
def test_class_vectors_are_a_parameter_drawn_from_the_generator(name):
    loss = make(name)
    assert [key for key, _ in loss.named_parameters()] == ["vectors"]
    assert (len(loss.vectors), loss.vectors.shape[-1], loss.vectors.dtype) == (CLASSES, DIM, torch.float32)
    assert torch.equal(loss.vectors, make(name).vectors)
    assert not torch.equal(loss.vectors, MAKERS[name](CLASSES, DIM, generator=generator(1)).vectors)


@every_loss
def test_the_default_generator_draws_where_none_is_given(name):
    torch.manual_seed(0)
    first = MAKERS[name](CLASSES, DIM).vectors
    torch.manual_seed(0)
    assert torch.equal(first, MAKERS[name](CLASSES, DIM).vectors)


@pytest.mark.parametrize(("setting", "name"), [(s, n) for s, names in WITH_SETTING.items() for n in names])
def test_settings_act_at_once(setting, name):
    loss = make(name)
    embeddings, labels = batch()
    before = loss(embeddings, labels).value
    setattr(loss, setting, 1.5)
    after = loss(embeddings, labels).value
    assert after != before
    assert after == make(name, **{setting: 1.5})(embeddings, labels).value


@every_loss
@pytest.mark.parametrize("label", [-100, -1, CLASSES])
def test_a_label_without_a_class_vector_is_refused(name, label):
    embeddings, labels = batch()
    labels[5] = label
    with pytest.raises(ValueError, match=rf"labels must be in 0\.\.4, one for each class vector, found {label}"):
        make(name)(embeddings, labels)


@every_loss
def test_shapes_that_do_not_fit_are_refused(name):
    embeddings, labels = batch()
    with pytest.raises(ValueError, match=r"embeddings must be \[B, 6\] as the class vectors are, found \[24, 5\]"):
        make(name)(embeddings[:, :5], labels)
    with pytest.raises(ValueError, match=r"a batch needs embeddings \[B, D\] and labels \[B\] with B > 0"):
        make(name)(embeddings, labels[:3])


@every_loss
@pytest.mark.parametrize("count", ["classes", "embedding_dim"])
def test_a_count_below_1_is_refused(name, count):
    with pytest.raises(ValueError, match=f"{count} must be at least 1, found 0"):
        MAKERS[name](**{"classes": 3, "embedding_dim": 2, count: 0})


@pytest.mark.parametrize("name", WITH_SETTING["scale"])
@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_a_scale_that_is_not_above_0_is_refused(name, scale):
    with pytest.raises(ValueError, match=f"scale must be finite and above 0, found {scale}"):
        make(name, scale=scale)


@pytest.mark.parametrize("name", WITH_SETTING["margin"])
@pytest.mark.parametrize("margin", [-0.1, float("nan")])
def test_a_negative_margin_is_refused(name, margin):
    with pytest.raises(ValueError, match=f"margin must be finite and at least 0, found {margin}"):
        make(name, margin=margin)
