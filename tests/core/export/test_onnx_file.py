"""What onnxruntime makes of an exported model, and what is written only where that is what torch makes of it."""

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from core.distances import LinearDistance
from core.errors import Cancelled, InputError
from core.evaluation.curve import VerificationCurve
from core.export import onnx_file as exporting
from core.export.onnx_file import OnnxContent, write_onnx
from core.models.multi_task import MultiTaskModel
from core.verification import Verifier


@pytest.fixture(scope="module")
def content(onnx_file: Path) -> dict:
    return json.loads(onnx_file.with_suffix(".json").read_text())


def test_names_and_shapes_of_inputs_and_outputs(onnx_file, content) -> None:
    session = onnxruntime.InferenceSession(onnx_file, providers=["CPUExecutionProvider"])
    assert [(port.name, port.type, port.shape) for port in session.get_inputs()] == [
        ("image", "tensor(float)", ["N", 3, 16, 16])
    ]
    found = {port.name: port.shape for port in session.get_outputs()}
    assert found == {"embedding": ["N", 8], "logits": ["N", 4], "mask": ["N", 1, 16, 16]}
    assert {name: port["shape"] for name, port in content["outputs"].items()} == found
    assert content["inputs"]["image"]["shape"] == ["N", 3, 16, 16]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_batch_of_any_size_gives_what_torch_gives(onnx_file, loaded, count) -> None:
    images = torch.rand(count, 3, 16, 16, generator=torch.Generator().manual_seed(count))
    session = onnxruntime.InferenceSession(onnx_file, providers=["CPUExecutionProvider"])
    embedding, logits, mask = session.run(["embedding", "logits", "mask"], {"image": images.numpy()})
    model = loaded.model.eval()
    with torch.inference_mode():
        output = model(images)
    np.testing.assert_allclose(embedding, output.embedding, atol=1e-4)
    np.testing.assert_allclose(logits, output.logits, atol=1e-4)
    np.testing.assert_allclose(mask, 1 / (1 + np.exp(-output.mask_logits.numpy())), atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(embedding, axis=1), 1, atol=1e-5)


def test_the_json_says_all_that_is_not_in_the_weights(content, trained, loaded, shapes) -> None:
    choice = trained.threshold()
    assert content["format"] == "metric-explorer onnx"
    assert content["preprocessing"]["size"] == 16
    assert content["threshold"]["threshold"] == choice.threshold
    assert (content["threshold"]["fpr"], content["threshold"]["rule"]) == (choice.fpr, choice.rule)
    assert content["classes"] == list(trained.info.data.training_classes)
    assert content["distance"]["name"] == "cosine"
    assert content["calibration"] == {
        "method": "platt",
        "slope": trained.evaluation().calibration.slope,
        "intercept": trained.evaluation().calibration.intercept,
    }
    point = loaded.expected(choice.threshold)
    assert content["expected"] == {"fpr": point.fpr, "tpr": point.tpr}
    assert (content["run"]["name"], content["run"]["data"], content["step"]) == ("trained", "shapes", 8)
    assert content["versions"].keys() >= {"torch", "onnx", "onnxruntime", "pillow", "metric-explorer"}
    assert content["parity"]["images"] == "16 images of the data set"
    assert all(0 <= value <= 1e-4 for value in content["parity"]["largest_difference"].values())
    OnnxContent.model_validate(content)


def test_nothing_of_this_machine_goes_away(onnx_file, shapes) -> None:
    """torch notes the source lines of every operation."""
    for file in onnx_file.parent.iterdir():
        data = file.read_bytes()
        for secret in (str(Path(exporting.__file__).parents[2]), str(shapes.parent), "stack_trace"):
            assert secret.encode() not in data


def test_weights_stand_in_the_one_file(onnx_file) -> None:
    names = {file.name for file in onnx_file.parent.iterdir()}
    assert names == {"tiny.onnx", "tiny.json", "tiny_example.py"}


# --- without converting again


class Converted:
    """Stands in for what torch makes: saves a file that was made before."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def save(self, path: Path) -> None:
        shutil.copy(self._file, path)


@pytest.fixture
def quick(onnx_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_converted", lambda *arguments: Converted(onnx_file))


def test_other_answers_than_torchs_are_not_written(trained, tmp_path, quick) -> None:
    verifier = Verifier.load(trained, device="cpu")
    with torch.no_grad():
        verifier.model.classification.bias += 0.25
    with pytest.raises(
        InputError, match=r"a\.onnx: not written, its logits must be within 0\.0001 of torch's, found 0\.25 apart"
    ):
        write_onnx(verifier, tmp_path / "a.onnx")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_stays_unless_forced(loaded, tmp_path, quick) -> None:
    for name in ("a.onnx", "b.json", "c_example.py"):
        (tmp_path / name).write_text("mine")
        with pytest.raises(
            InputError, match=rf"{name}: exists already; choose another name, or overwrite it \(`export --force`"
        ):
            write_onnx(loaded, tmp_path / f"{name[0]}.onnx")
        assert (tmp_path / name).read_text() == "mine"
    found = write_onnx(loaded, tmp_path / "b.onnx", force=True)
    assert json.loads((tmp_path / "b.json").read_text())["step"] == 8
    assert [file.name for file in found.files] == ["b.onnx", "b.json", "b_example.py"]


def test_work_that_is_not_wanted_any_more_leaves_nothing(loaded, tmp_path, quick) -> None:
    said = []

    def stop(share: float) -> None:
        said.append(share)
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_onnx(loaded, tmp_path / "a.onnx", watch=stop)
    assert said == sorted(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["json", "ONNX"])
def test_another_ending(loaded, tmp_path, quick, ending) -> None:
    with pytest.raises(InputError, match=rf"a\.{ending}: must end in \.onnx, found '\.{ending}'"):
        write_onnx(loaded, tmp_path / f"a.{ending}")


def test_a_folder_that_cannot_be_written_to(loaded, tmp_path, quick) -> None:
    with pytest.raises(InputError, match=r"a\.onnx: cannot be written"):
        write_onnx(loaded, tmp_path / "none" / "a.onnx")


def test_no_model_comes_to_stand_beside_the_description_of_another(loaded, tmp_path, quick, monkeypatch) -> None:
    for name in ("a.onnx", "a.json"):
        (tmp_path / name).write_text("old")

    def fail(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "write_whole", fail)
    with pytest.raises(InputError, match=r"a\.onnx: cannot be written \(No space left on device\)"):
        write_onnx(loaded, tmp_path / "a.onnx", force=True)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.onnx": "old", "a.json": "old"}


def test_without_the_packages(loaded, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "find_spec", lambda name: None if name == "onnxscript" else name)
    with pytest.raises(
        InputError, match=r"found no onnxscript; install them by pip install 'metric-explorer\[export\]'"
    ):
        write_onnx(loaded, tmp_path / "a.onnx")


def test_a_fitted_distance_goes_along(loaded, trained, tmp_path, quick) -> None:
    verifier = Verifier.load(trained, device="cpu")
    rule = LinearDistance("nca", np.random.default_rng(0).normal(size=(3, 8)))
    verifier.compare_by(rule, VerificationCurve(np.array([0.1, 0.2]), np.array([0.3, 0.4])))
    (tmp_path / "a_distance.npy").touch()
    with pytest.raises(InputError, match=r"a_distance\.npy: exists already"):
        write_onnx(verifier, tmp_path / "a.onnx")
    found = write_onnx(verifier, tmp_path / "a.onnx", force=True)
    assert found.files[-1] == tmp_path / "a_distance.npy"
    np.testing.assert_array_equal(np.load(found.files[-1]), rule.W)
    assert json.loads((tmp_path / "a.json").read_text())["distance"]["matrix"] == "a_distance.npy"


def test_without_its_data_parity_is_checked_on_noise(loaded, trained, tmp_path, quick) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    file = tmp_path / "run" / "run.json"
    file.write_text(file.read_text().replace(trained.config.data, str(tmp_path / "gone")))
    found = write_onnx(Verifier.load(tmp_path / "run", device="cpu"), tmp_path / "a.onnx")
    assert found.parity.images == "16 images of noise, since the data set is not at hand"


@pytest.mark.parametrize(
    ("classes", "segmentation", "absent"),
    [(0, True, {"logits": "the model knows no classes"}), (3, False, {"mask": "the model was trained without masks"})],
)
def test_outputs_that_a_model_has_not(classes, segmentation, absent, loaded, trained) -> None:
    model = MultiTaskModel("small", classes, 8, segmentation)
    verifier = Verifier(loaded.origin, model, torch.device("cpu"), step=8)
    ports = exporting._ports(verifier)
    assert ports["absent_outputs"] == absent
    assert ports["outputs"].keys() == {"embedding", "logits", "mask"} - absent.keys()
    assert len(exporting._Outputs(model.eval())(torch.rand(2, 3, 16, 16))) == 2
