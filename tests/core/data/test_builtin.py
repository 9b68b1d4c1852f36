import numpy as np
from sklearn.datasets import load_digits

from core.data.builtin import digits


def test_digits_are_scikit_learns() -> None:
    dataset = digits()
    scans = load_digits()
    assert dataset.name == "digits"
    assert dataset.classes == tuple("0123456789")
    assert len(dataset.samples) == 1797
    assert dataset.masks == 1797
    assert dataset.directional
    assert dataset.problems == ()
    ids = [sample.id for sample in dataset.samples]
    assert ids == sorted(ids)
    assert ids[0] == "0/0000"
    places = [int(name.split("/")[1]) for name in ids]
    np.testing.assert_array_equal(dataset.labels, scans.target[places])
    np.testing.assert_array_equal(dataset.labels, [int(name.split("/")[0]) for name in ids])


def test_digits_are_dark_ink_on_white_with_masks_of_the_ink() -> None:
    dataset = digits()
    scans = load_digits().images
    for sample in dataset.samples[::50]:
        image, mask = np.asarray(sample.image), np.asarray(sample.mask)
        assert image.shape == (64, 64, 3)
        assert image.dtype == np.uint8
        assert mask.shape == (64, 64)
        assert set(np.unique(mask)) == {0, 255}
        # Averaged over the 8 x 8 blocks that stand for its pixels, the picture is the scan, upside up.
        ink = (255 - image[..., 0].astype(float)).reshape(8, 8, 8, 8).mean((1, 3)) * 16 / 255
        scan = scans[int(sample.id.split("/")[1])]
        assert np.corrcoef(ink.ravel(), scan.ravel())[0, 1] > 0.97
        assert image[mask == 255].mean() < 128 < image[mask == 0].mean()
