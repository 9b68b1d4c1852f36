"""Writing a model as ONNX, with a JSON that says what is not in the weights and an example that uses both."""

import copy
import json
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from torch import Tensor, nn

from core.data.images import load_image, resize_image
from core.data.sources import configured_dataset
from core.distances import LinearDistance
from core.errors import InputError
from core.export.description import check_absent, description_of
from core.files import replacing, write_whole
from core.model_description import ModelDescription
from core.models.multi_task import MultiTaskModel
from core.verification import Verifier
from core.watch import Watch

if TYPE_CHECKING:
    from torch.onnx import ONNXProgram

SCHEMA_VERSION = 1
TOLERANCE = 1e-4
"""Largest absolute difference of an output from torch's."""
IMAGES_CHECKED = 16
PACKAGES = ("onnx", "onnxscript", "onnxruntime")
INPUT = "image"


class Parity(BaseModel):
    """How far ONNX and torch were found apart."""

    model_config = ConfigDict(frozen=True)

    images: str
    """What was looked at, in words."""
    largest_difference: dict[str, float]
    """Absolute, by output."""
    tolerance: float = TOLERANCE


class Port(BaseModel):
    """An input or output of the model."""

    model_config = ConfigDict(frozen=True)

    dtype: Literal["float32"] = "float32"
    shape: tuple[str | int, ...]
    """N is the number of images, of any size."""
    meaning: str


class OnnxContent(ModelDescription):
    """Content of FILE.json."""

    format: Literal["metric-explorer onnx"] = "metric-explorer onnx"
    inputs: dict[str, Port]
    outputs: dict[str, Port]
    absent_outputs: dict[str, str]
    """Outputs that this model has not, and why."""
    parity: Parity


class OnnxFiles(NamedTuple):
    """What was written."""

    files: tuple[Path, ...]
    """The model first."""
    parity: Parity


class _Outputs(nn.Module):
    """The model with its outputs in the order of their names, those alone that it has."""

    def __init__(self, model: MultiTaskModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Embedding, logits and mask of images float [N, 3, S, S] in 0..1."""
        output = self.model(image)
        logits = (output.logits,) if self.model.classes else ()
        mask = () if output.mask_logits is None else (output.mask_logits.sigmoid(),)
        return (output.embedding, *logits, *mask)


def write_onnx(verifier: Verifier, file: Path, *, force: bool = False, watch: Watch | None = None) -> OnnxFiles:
    """Write FILE.onnx, FILE.json and FILE_example.py, and FILE_distance.npy for a fitted distance.

    Parameters
    ----------
    verifier
        Of a run or a bundle.
    file
        Ending in .onnx.
    force
        Overwrite files that are there.
    watch
        Takes the share that is done; may raise Cancelled.

    Returns
    -------
    OnnxFiles
        What was written, and how far its outputs are from torch's.

    Raises
    ------
    InputError
        where packages are missing, the name has another ending, a file is there or cannot be written, the threshold is
        not for these weights, or the outputs differ by more than `TOLERANCE`; then no file is written.
    Cancelled
        where `watch` said so.
    """
    tell = watch or (lambda share: None)
    check_packages()
    names = _names(verifier, file)
    check_absent(*names, force=force)
    tell(0.0)
    ports = _ports(verifier)
    fields = description_of(verifier, names[-1].name, ("pillow", *PACKAGES)) | ports
    model = _Outputs(copy.deepcopy(verifier.model).cpu().float()).eval()
    images, words = _real_images(verifier)
    tell(0.2)
    outputs = tuple(ports["outputs"])
    program = _converted(model, images, outputs)
    tell(0.8)
    try:
        with replacing(file) as temporary:
            program.save(temporary)
            parity = Parity(images=words, largest_difference=_differences(model, temporary, images, outputs))
            check_parity(file, parity)
            tell(0.95)
            # Before the model takes its place: none is to stand beside the threshold of another.
            _write_beside(verifier, names, OnnxContent(schema_version=SCHEMA_VERSION, parity=parity, **fields))
    except OSError as error:
        raise InputError(f"{file}: cannot be written ({error.strerror or error})") from error
    return OnnxFiles(names, parity)


def check_packages() -> None:
    """Refuse to begin what cannot be ended.

    Raises
    ------
    InputError
        where a package is missing, with how to install it.
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise InputError(
            f"ONNX needs the packages {', '.join(PACKAGES)}, found no {missing[0]}; install them by "
            "pip install 'metric-explorer[export]'"
        )


def check_parity(file: Path, parity: Parity) -> None:
    """Refuse a model that answers otherwise than torch.

    Raises
    ------
    InputError
        naming the output and by how much it differs.
    """
    for name, difference in parity.largest_difference.items():
        if not difference <= TOLERANCE:
            raise InputError(
                f"{file}: not written, its {name} must be within {TOLERANCE:g} of torch's, found {difference:.3g} apart"
            )


def _names(verifier: Verifier, file: Path) -> tuple[Path, ...]:
    """The files to be written: model, description, example and, of a fitted distance, its matrix."""
    if file.suffix != ".onnx":  # in small letters: the example looks for the model so
        raise InputError(f"{file}: must end in .onnx, found {file.suffix!r}")
    matrix = [f"{file.stem}_distance.npy"] if isinstance(verifier.distance_in_use, LinearDistance) else []
    return file, *(file.with_name(name) for name in (f"{file.stem}.json", f"{file.stem}_example.py", *matrix))


def _ports(verifier: Verifier) -> dict[str, Any]:
    """Inputs, outputs, and outputs that are absent, as fields of the description."""
    model, size = verifier.model, verifier.image_size
    image = Port(shape=("N", 3, size, size), meaning="RGB in 0..1, made of a file as 'preprocessing' says")
    outputs = {"embedding": Port(shape=("N", model.embedding_dim), meaning="unit length; compared by 'distance'")}
    absent = {}
    if model.classes:
        outputs["logits"] = Port(shape=("N", model.classes), meaning="of the 'classes'; softmax gives probabilities")
    else:
        absent["logits"] = "the model knows no classes"
    if model.decoder is not None:
        outputs["mask"] = Port(shape=("N", 1, size, size), meaning="probability of foreground, in 0..1")
    else:
        absent["mask"] = "the model was trained without masks"
    return {"inputs": {INPUT: image}, "outputs": outputs, "absent_outputs": absent}


def _converted(model: nn.Module, images: Tensor, outputs: Sequence[str]) -> "ONNXProgram":
    """The model as ONNX for any number of images, without what torch notes of the files it was defined in."""
    program = torch.onnx.export(
        model,
        (images[:2],),
        dynamo=True,
        input_names=[INPUT],
        output_names=list(outputs),
        dynamic_shapes={INPUT: {0: torch.export.Dim("N", min=1)}},
        verbose=False,
    )
    if program is None:
        raise InputError("torch.onnx.export has made no program")
    graph: Any = program.model.graph
    for part in (graph, *graph.all_nodes(), *(value for node in graph.all_nodes() for value in node.outputs)):
        part.metadata_props.clear()
    return program


def _differences(model: nn.Module, file: Path, images: Tensor, outputs: Sequence[str]) -> dict[str, float]:
    """Largest absolute difference of each output, of one image alone and of many at once."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = dict.fromkeys(outputs, 0.0)
    for batch in (images[:1], images):
        with torch.inference_mode():
            expected = model(batch)
        for name, mine, theirs in zip(
            outputs, expected, session.run(list(outputs), {INPUT: batch.numpy()}), strict=True
        ):
            difference = np.abs(mine.numpy() - theirs).max()
            found[name] = float(np.fmax(found[name], difference) if np.isfinite(difference) else difference)
    return found


def _real_images(verifier: Verifier) -> tuple[Tensor, str]:
    """Images [K, 3, S, S] to compare on, and what they are in words."""
    pixels, words = _of_the_data(verifier), "images of the data set"
    if not pixels:
        pixels, words = list(_noise(verifier.image_size)), "images of noise, since the data set is not at hand"
    batch = np.stack(pixels).transpose(0, 3, 1, 2).astype(np.float32) / 255
    return torch.from_numpy(batch), f"{len(pixels)} {words}"


def _of_the_data(verifier: Verifier) -> list[NDArray[np.uint8]]:
    """Some images of the run's data; none where they are gone, which is no reason to keep a model from going away."""
    run = verifier.origin.run
    if run is None:
        return []
    try:
        samples = configured_dataset(run.config).samples
        places = np.unique(np.linspace(0, len(samples) - 1, IMAGES_CHECKED).astype(int))
        return [resize_image(load_image(samples[place].image), verifier.image_size) for place in places]
    except InputError:
        return []


def _noise(size: int) -> NDArray[np.uint8]:
    """Smooth and rough noise, uint8 [K, S, S, 3]."""
    random = np.random.default_rng(0)
    sides = np.geomspace(2, size, IMAGES_CHECKED).astype(int)
    return np.stack([resize_image(random.integers(0, 256, (side, side, 3), np.uint8), size) for side in sides])


def _write_beside(verifier: Verifier, names: Sequence[Path], content: OnnxContent) -> None:
    """Write everything but the model."""
    _, description, example, *matrix = names
    rule = verifier.distance_in_use
    if matrix and isinstance(rule, LinearDistance):
        with replacing(matrix[0]) as temporary, temporary.open("wb") as stream:
            np.save(stream, rule.W, allow_pickle=False)
    write_whole(description, json.dumps(content.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n")
    write_whole(example, files("core.export").joinpath("onnx_example.py").read_text(encoding="utf-8"))
