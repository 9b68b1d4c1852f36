"""Why two images are alike, against what the network does when it is taken apart."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.distances import LinearDistance
from core.errors import InputError
from core.explanation import METHOD, explain
from core.models.inference import evaluation_mode
from core.models.multi_task import MultiTaskModel
from core.verification import Verifier


@pytest.fixture(scope="module")
def pair(shapes):
    return shapes / "images" / "circle" / "02.png", shapes / "images" / "square" / "05.png"


@pytest.fixture
def verifier(trained) -> Verifier:
    return Verifier.load(trained)


def pooled(heat: np.ndarray, regions: int) -> np.ndarray:
    side = len(heat) // regions
    return heat.reshape(regions, side, regions, side).mean(axis=(1, 3))


def test_the_mean_of_each_map_is_the_similarity(verifier, pair) -> None:
    found = explain(verifier, *pair)
    size = verifier.image_size
    assert found.method == METHOD
    assert found.heat_a.shape == found.heat_b.shape == (size, size)
    assert found.heat_a.dtype == np.float32
    assert size % found.regions == 0
    assert found.similarity == pytest.approx(1 - found.distance, abs=1e-6)
    assert found.heat_a.mean() == pytest.approx(found.similarity, abs=1e-5)
    assert found.heat_b.mean() == pytest.approx(found.similarity, abs=1e-5)


def test_a_region_counts_as_the_network_takes_it_alone(verifier, pair) -> None:
    """An image whose every region were this one would have the embedding that the region is compared by."""
    model = verifier.model
    found = explain(verifier, *pair)
    with evaluation_mode(model), torch.inference_mode():
        a, b = (verifier.tensor(path) for path in pair)
        other = model.embed(b)[0]
        features = model.backbone((a - model.mean) / model.std)[-1]
        mean = model.embedding.weight @ features.mean((0, 2, 3)) + model.embedding.bias
        expected = torch.empty(features.shape[2:])
        for row in range(features.shape[2]):
            for column in range(features.shape[3]):
                alone = model.embedding.weight @ features[0, :, row, column] + model.embedding.bias
                expected[row, column] = (alone @ other) / mean.norm()
    smooth = F.interpolate(expected[None, None], size=found.heat_a.shape, mode="bilinear", align_corners=False)
    np.testing.assert_allclose(found.heat_a, smooth[0, 0].numpy(), atol=1e-5)


def test_exchanged_images_exchange_their_maps(verifier, pair) -> None:
    forth, back = explain(verifier, *pair), explain(verifier, *reversed(pair))
    np.testing.assert_allclose(forth.heat_a, back.heat_b, atol=1e-6)
    assert (forth.distance, forth.similarity) == pytest.approx((back.distance, back.similarity))


def test_the_distance_is_that_of_the_verdict(verifier, pair) -> None:
    assert explain(verifier, *pair).distance == verifier.verify(*pair).distance


def test_a_fitted_distance_is_explained_after_its_map(verifier, pair) -> None:
    size = verifier.model.embedding_dim
    rule = LinearDistance("mahalanobis", np.random.default_rng(0).normal(size=(size, size)))
    verifier.compare_by(rule, None)
    found = explain(verifier, *pair)
    x, y = (rule.W @ row.astype(np.float64) for row in verifier.embed(pair))
    assert found.similarity == pytest.approx(x @ y / np.linalg.norm(x) / np.linalg.norm(y), abs=1e-5)
    assert found.heat_a.mean() == pytest.approx(found.similarity, abs=1e-5)
    assert found.distance == pytest.approx(np.linalg.norm(x - y), rel=1e-5)


def test_without_the_background(verifier, pair, monkeypatch) -> None:
    """The left half of each image is foreground: what remains is compared as if it were an image of its own."""
    size = verifier.image_size
    logits = torch.full((2, 1, size, size), -1.0)
    logits[..., : size // 2] = 1.0
    forward = MultiTaskModel.forward

    def halved(model, images, with_masks=True):
        output = forward(model, images, with_masks)
        return output._replace(mask_logits=logits) if with_masks else output

    monkeypatch.setattr(MultiTaskModel, "forward", halved)
    found = explain(verifier, *pair)
    assert found.why_not_hidden == ""
    painted = []
    for path in pair:
        image = verifier.tensor(path).clone()
        image[..., size // 2 :] = torch.tensor((0.485, 0.456, 0.406)).view(3, 1, 1)
        painted.append(verifier.model.eval().embed(image)[0].detach().numpy())
    assert found.hidden_background is not None
    assert found.hidden_background.distance == pytest.approx(verifier.distance(*painted), abs=1e-6)
    assert found.hidden_background.probability == verifier.probability(found.hidden_background.distance)
    assert found.hidden_background.distance != found.distance


def test_where_no_background_can_be_hidden(verifier, pair, monkeypatch) -> None:
    forward = MultiTaskModel.forward

    def masked(value):
        def changed(model, images, with_masks=True):
            output = forward(model, images, with_masks)
            return output._replace(mask_logits=value) if with_masks else output

        return changed

    monkeypatch.setattr(MultiTaskModel, "forward", masked(None))
    found = explain(verifier, *pair)
    assert found.hidden_background is None
    assert "trained without masks" in found.why_not_hidden
    empty_b = torch.stack([torch.ones(1, 8, 8), -torch.ones(1, 8, 8)])
    monkeypatch.setattr(MultiTaskModel, "forward", masked(F.interpolate(empty_b, size=(verifier.image_size,) * 2)))
    found = explain(verifier, *pair)
    assert (found.hidden_background, found.why_not_hidden) == (None, "The model sees no foreground in B.")


def test_equal_images_are_alike_everywhere_it_matters(verifier, pair) -> None:
    found = explain(verifier, pair[0], pair[0])
    assert found.similarity == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_array_equal(found.heat_a, found.heat_b)


def test_an_image_that_cannot_be_read(verifier, pair, tmp_path) -> None:
    with pytest.raises(InputError, match=r"none\.png: an image file is needed, found no file"):
        explain(verifier, pair[0], tmp_path / "none.png")
