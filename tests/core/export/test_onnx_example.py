"""The example beside an exported model: the same pixels, verdicts and exit codes, from three packages alone."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.images import load_image, resize_image
from core.distances import LinearDistance, exact_distances
from core.evaluation.calibration import IsotonicCalibration

PACKAGES = {"numpy", "onnxruntime", "PIL"}


def photograph(mode: str = "RGB", size: tuple[int, int] = (37, 23)) -> Image.Image:
    values = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(values).convert(mode)


def draw(name: str, path: Path) -> None:
    """An image file of some kind."""
    image = photograph("RGB")
    if name.startswith("turned"):
        exif = Image.Exif()
        exif[0x0112] = int(name[-5])
        image.save(path, exif=exif)
    elif name == "deep.png":
        Image.fromarray(np.arange(37 * 23, dtype=np.uint16).reshape(23, 37) * 77).save(path)
    elif name == "float.tiff":
        Image.fromarray(np.linspace(0, 1, 37 * 23, dtype=np.float32).reshape(23, 37)).save(path)
    elif name == "palette.png":
        photograph("P").save(path, transparency=7)
    elif name == "moving.gif":
        image.save(path, save_all=True, append_images=[photograph("L").convert("RGB")])
    elif name == "clear.png":
        alpha = Image.fromarray(np.linspace(0, 255, 37 * 23).astype(np.uint8).reshape(23, 37))
        image.putalpha(alpha)
        image.save(path)
    else:
        modes = {"grey.png": "L", "grey_clear.png": "LA", "ink.png": "1", "print.jpg": "CMYK"}
        photograph(modes.get(name, "RGB"), (16, 16) if name == "fits.png" else (37, 23)).save(path)


KINDS = [*(f"turned{number}.jpg" for number in (3, 6, 8)), "deep.png", "float.tiff", "palette.png", "moving.gif"]
KINDS += ["clear.png", "grey.png", "grey_clear.png", "ink.png", "print.jpg", "plain.webp", "fits.png"]


@pytest.mark.parametrize("name", KINDS)
def test_pixels_are_those_of_the_verifier(example, tmp_path, name) -> None:
    draw(name, tmp_path / name)
    expected = resize_image(load_image(tmp_path / name), 16).transpose(2, 0, 1)
    found = example.load(tmp_path / name, 16)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected.astype(np.float32) / np.float32(255))


def test_verdicts_are_those_of_the_verifier(example, onnx_file, loaded, shapes) -> None:
    model = example.Model(onnx_file)
    files = sorted((shapes / "images").glob("*/0[0-2].png"))
    np.testing.assert_allclose(model.embed(files), loaded.embed(files), atol=1e-5)
    for file in files[1:]:
        found, expected = model.verify(files[0], file), loaded.verify(files[0], file)
        assert found["same"] == expected.same
        assert found["distance"] == pytest.approx(expected.distance, abs=1e-5)
        assert found["probability"] == pytest.approx(expected.probability, abs=1e-4)
        rest = ("threshold", "expected_fpr", "expected_tpr")
        assert [found[name] for name in rest] == [getattr(expected, name) for name in rest]


@pytest.mark.parametrize("name", ["cosine", "euclidean", "squared-euclidean", "nca"])
def test_distances_by_every_rule(example, name) -> None:
    random = np.random.default_rng(0)
    x, y = random.normal(size=(2, 8)).astype(np.float32)
    rule = LinearDistance("nca", random.normal(size=(3, 8))) if name == "nca" else name
    model = object.__new__(example.Model)
    model.about, model.matrix = {"distance": {"name": name}}, rule.W if name == "nca" else None
    assert model.distance(x, y) == pytest.approx(float(exact_distances(x[None], y[None], rule)), abs=1e-12)
    if name == "cosine":
        assert model.distance(x, np.zeros(8, dtype=np.float32)) == 0.5


def test_an_isotonic_calibration(example) -> None:
    calibration = IsotonicCalibration((0.1, 0.4, 0.5), (3.0, 1.0, -800.0))
    model = object.__new__(example.Model)
    model.about = {"calibration": {"method": "isotonic", "distances": [0.1, 0.4, 0.5], "ratios": [3.0, 1.0, -800.0]}}
    for distance in (0.0, 0.1, 0.25, 0.4, 0.45, 2.0):
        assert model.probability(distance) == pytest.approx(calibration.probability(distance), abs=1e-12)
    model.about = {"calibration": None}
    assert model.probability(0.1) is None


def test_it_imports_three_packages_alone(example) -> None:
    tree = ast.parse(Path(example.__file__).read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} - sys.stdlib_module_names == PACKAGES


def test_the_command_line(example, loaded, shapes, tmp_path) -> None:
    """Exit codes 0 same, 1 different, 2 error; from any folder."""
    a, b = (shapes / "images" / "circle" / name for name in ("00.png", "02.png"))
    threshold = loaded.stored_threshold()
    others = [
        file for file in sorted((shapes / "images").glob("square/*")) if loaded.verify(a, file).distance > threshold
    ]
    cases = {
        (a, a, "--json"): (0, ""),
        (a, others[0]): (1, ""),
        (a, tmp_path / "none.png"): (2, "none.png"),
        (a, b, "--embed", tmp_path / "e.npy"): (0, ""),
    }
    command = [sys.executable, "-I", "-B", example.__file__]
    started = {
        case: subprocess.Popen(
            [*command, *map(str, case)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
        for case in cases
    }
    said = {case: (*process.communicate(timeout=60), process.returncode) for case, process in started.items()}
    for case, (code, words) in cases.items():
        _, error, found = said[case]
        assert (found, words in error) == (code, True), error
    verdict = loaded.verify(a, others[0])
    assert said[(a, others[0])][0] == f"different: distance {verdict.distance:.4f} > threshold {threshold:.4f}\n"
    found = json.loads(said[(a, a, "--json")][0])
    assert found["same"] is True
    assert found.keys() == vars(verdict).keys()
    np.testing.assert_allclose(np.load(tmp_path / "e.npy"), loaded.embed([a, b]), atol=1e-5)


def test_without_a_threshold(example, onnx_file, shapes) -> None:
    model = example.Model(onnx_file)
    model.about = model.about | {"threshold": None}
    with pytest.raises(ValueError, match="exported without a threshold; put one into its JSON"):
        model.verify("a.png", "b.png")
