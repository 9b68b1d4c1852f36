"""Verify pairs of images, or embed images, with an exported model: needs onnxruntime, numpy and Pillow alone.

As a command (exit code 0 same, 1 different, 2 error):

    python MODEL_example.py a.jpg b.jpg
    python MODEL_example.py --json a.jpg b.jpg
    python MODEL_example.py --embed embeddings.npy a.jpg b.jpg c.jpg

From Python:

    from MODEL_example import Model
    model = Model("MODEL.onnx")
    verdict = model.verify("a.jpg", "b.jpg")
    embeddings = model.embed(["a.jpg", "b.jpg"])    # float32 [N, D]

MODEL.json beside the model has everything that is not in its weights: what is done to an image, the distance, the
threshold with its FPR, the calibration and the names of the classes.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import ExifTags, Image

Floats = NDArray[np.float32]

MAX_PIXELS = 100_000_000
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "AVIF", "JPEG2000")
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def load(file: str | Path, size: int) -> Floats:
    """An image as the model takes it, float32 [3, size, size] in 0..1."""
    with Image.open(file, formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{file}: an image may have at most {MAX_PIXELS} pixels, found {image.size}")
        pixels = rgb(upright(image))
    if pixels.shape[:2] != (size, size):
        stretched = Image.fromarray(pixels).resize((size, size), Image.Resampling.BICUBIC, reducing_gap=3.0)
        pixels = np.array(stretched)
    return pixels.transpose(2, 0, 1).astype(np.float32) / np.float32(255)


def upright(image: Image.Image) -> Image.Image:
    """Turned by its EXIF orientation."""
    image.load()
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError, EOFError, RuntimeError):
        orientation = None
    return image.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else image


def rgb(image: Image.Image) -> NDArray[np.uint8]:
    """Pixels uint8 [H, W, 3]: more than 8 bits scaled down, transparent parts put on white."""
    if image.mode == "F" or image.mode.startswith("I"):
        values, full = np.asarray(image), 1 if image.mode == "F" else 65535
        if not (values.min() >= 0 and values.max() <= full):
            raise ValueError(f"grey values of mode {image.mode} must lie in 0..{full}")
        grey = np.rint(values * np.float32(255 / full)).astype(np.uint8)
        if isinstance(image.info.get("transparency"), int):
            grey[values == image.info["transparency"]] = 255
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        canvas = Image.new("RGBA", image.size, "white")
        canvas.alpha_composite(image.convert("RGBA"))
        image = canvas
    return np.array(image.convert("RGB"))


class Model:
    """An exported model with its threshold."""

    def __init__(self, file: str | Path) -> None:
        self.about = json.loads(Path(file).with_suffix(".json").read_text(encoding="utf-8"))
        self.session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        self.size = self.about["preprocessing"]["size"]
        matrix = self.about["distance"]["matrix"]
        self.matrix = None if matrix is None else np.load(Path(file).with_name(matrix), allow_pickle=False)

    def embed(self, files: Sequence[str | Path]) -> Floats:
        """Embeddings float32 [N, D]."""
        rows = [self.session.run(["embedding"], {"image": load(file, self.size)[None]})[0] for file in files]
        return np.concatenate(rows)

    def distance(self, a: Floats, b: Floats) -> float:
        """Distance of two embeddings [D]; smaller means more alike."""
        x, y = a.astype(np.float64), b.astype(np.float64)
        name = self.about["distance"]["name"]
        if self.matrix is not None:
            x, y = self.matrix @ x, self.matrix @ y
        if name == "cosine":
            x, y = x / (np.linalg.norm(x) or 1), y / (np.linalg.norm(y) or 1)
        squared = float(((x - y) ** 2).sum())
        return squared / 2 if name == "cosine" else squared if name == "squared-euclidean" else math.sqrt(squared)

    def probability(self, distance: float) -> float | None:
        """Probability of 'same' at equal priors; None without a calibration."""
        calibration = self.about["calibration"]
        if calibration is None:
            return None
        if calibration["method"] == "platt":
            ratio = calibration["slope"] * distance + calibration["intercept"]
        else:
            ratio = float(np.interp(distance, calibration["distances"], calibration["ratios"]))
        return 1 / (1 + math.exp(-ratio)) if ratio >= 0 else math.exp(ratio) / (1 + math.exp(ratio))

    def verify(self, file_a: str | Path, file_b: str | Path) -> dict[str, Any]:
        """Whether two images show the same: distance <= threshold."""
        choice, expected = self.about["threshold"], self.about["expected"] or {}
        if choice is None:
            raise ValueError("the model was exported without a threshold; put one into its JSON, or compare distances")
        distance = self.distance(*self.embed([file_a, file_b]))
        return {
            "distance": distance,
            "threshold": choice["threshold"],
            "same": distance <= choice["threshold"],
            "probability": self.probability(distance),
            "expected_fpr": expected.get("fpr"),
            "expected_tpr": expected.get("tpr"),
        }


def main() -> int:
    """Read the command line, and answer."""
    here = Path(__file__)
    parser = argparse.ArgumentParser(description="Verify two images with the model beside this file, or embed some.")
    parser.add_argument("images", nargs="+", metavar="IMAGE")
    parser.add_argument("--model", default=here.with_name(here.stem.removesuffix("_example") + ".onnx"))
    parser.add_argument("--json", action="store_true", help="print the verdict as one JSON object")
    parser.add_argument("--embed", metavar="FILE.npy", help="write the embeddings of all images, float32 [N, D]")
    options = parser.parse_args()
    if not options.embed and len(options.images) != 2:
        parser.error(f"two images are compared, found {len(options.images)}; --embed takes any number")
    try:
        model = Model(options.model)
        if options.embed:
            np.save(options.embed, model.embed(options.images))
            return 0
        verdict = model.verify(*options.images)
    except Exception as error:  # exit code 1 would read as 'different'
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    word, sign = ("same", "<=") if verdict["same"] else ("different", ">")
    text = f"{word}: distance {verdict['distance']:.4f} {sign} threshold {verdict['threshold']:.4f}"
    print(json.dumps(verdict) if options.json else text)
    return 0 if verdict["same"] else 1


if __name__ == "__main__":
    sys.exit(main())
