"""Many pairs at once: the verdicts of one pair alone, whatever is wrong with other images."""

import csv
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from core.data.pair_list import PairList
from core.data.pair_list_file import pairs_of_file
from core.data.pair_list_folders import pairs_of_folder
from core.distances import COSINE, Distance
from core.errors import Cancelled
from core.evaluation.calibration import IsotonicCalibration, PlattCalibration
from core.fitted_distances import fit_distance
from core.models.multi_task import MultiTaskModel
from core.origin import Curves
from core.pair_verdicts import PairVerdicts
from core.training.outcome import load_snapshot
from core.verification import Verifier
from core.verify_pairs import verify_pairs
from tests.core.test_cli import Command, assert_error, command

__all__ = ["command"]


@pytest.fixture(scope="module")
def verifier(trained) -> Verifier:
    return Verifier.load(trained)


@pytest.fixture
def images(shapes, tmp_path) -> Path:
    """Six images of three shapes."""
    folder = tmp_path / "some"
    folder.mkdir()
    for shape in ("circle", "cross", "square"):
        for number in (2, 5):
            shutil.copy(shapes / "images" / shape / f"{number:02}.png", folder / f"{shape}{number}.png")
    return folder


@pytest.fixture
def broken(images) -> Path:
    """A list with an image that is missing, one that is none, and rows around them."""
    (images / "words.png").write_text("no image")
    path = images / "pairs.csv"
    path.write_text(
        "image_a,image_b,same,who\n"
        "circle2.png,circle5.png,1,=1+1\n"
        "circle2.png,none.png,1,b\n"
        "words.png,cross2.png,0,c\n"
        "circle2.png,square2.png,0,d\n"
        "square2.png,square5.png,,e\n"
        "cross2.png,cross2.png,1,f\n"
    )
    return path


def by_hand(distances: list[float], same: list[int] | None = None) -> PairVerdicts:
    """Verdicts on pairs of their own images at these distances."""
    count = len(distances)
    files = tuple(Path(f"{place}.png") for place in range(2 * count))
    pairs = np.arange(2 * count, dtype=np.int64).reshape(-1, 2)
    said = None if same is None else np.array(same, dtype=np.int8)
    listed = PairList("list", files, tuple(map(str, files)), pairs, said)
    problems = {2 * place: "broken" for place, value in enumerate(distances) if np.isnan(value)}
    return PairVerdicts(listed, np.array(distances), None, problems, "cosine", 8)


# --- the same verdicts


def test_every_verdict_is_that_of_the_pair_alone(verifier, images) -> None:
    listed = pairs_of_folder(images)
    found = verify_pairs(verifier, listed)
    threshold = verifier.stored_threshold()
    rows = list(found.rows(threshold))
    assert len(rows) == 15
    for row in rows:
        alone = verifier.verify(row["image_a"], row["image_b"])
        assert (row["distance"], row["probability"], row["threshold"]) == (
            alone.distance,
            alone.probability,
            alone.threshold,
        )
        assert row["verdict"] == ("same" if alone.same else "different")
    assert found.step == verifier.step
    assert found.distance == "cosine"


class Bare:
    """An origin that knows of no held-out images."""

    path, run, image_size, classes = Path("bare"), None, 64, ("a", "b")

    def threshold(self) -> None: ...

    def distance(self, step: int) -> Distance:
        return COSINE

    def curves(self, distance: Distance) -> Curves:
        return Curves(None, None)

    def calibration_method(self) -> str:
        return "platt"

    def calibration(self, distance: Distance, method: str) -> None: ...


@pytest.mark.slow
def test_with_a_model_whose_bits_depend_on_batch_and_threads(images) -> None:
    """As those of a ResNet-50 do."""
    torch.manual_seed(0)
    model = MultiTaskModel("resnet50", 2, 8, segmentation=False)
    verifier = Verifier(Bare(), model, torch.device("cpu"), 0)  # type: ignore[arg-type]
    (images / "three.csv").write_text("a,b\ncircle2.png,cross2.png\ncross2.png,square5.png\n")
    torch.set_num_threads(2)
    found = verify_pairs(verifier, pairs_of_file(images / "three.csv"))
    pairs = (("circle2.png", "cross2.png"), ("cross2.png", "square5.png"))
    alone = [verifier.distance(*verifier.embed([images / a, images / b])) for a, b in pairs]
    assert found.distances.tolist() == alone
    assert found.probabilities is None


def test_by_a_fitted_distance_too(trained, images) -> None:
    verifier = Verifier.load(trained)
    snapshot = load_snapshot(trained, 8)
    verifier.compare_by(fit_distance("mahalanobis", snapshot.embeddings, snapshot.labels), snapshot.curve)
    found = verify_pairs(verifier, pairs_of_folder(images))
    assert found.distance == "mahalanobis"
    for row in found.rows(1.0):
        assert row["distance"] == verifier.verify(row["image_a"], row["image_b"], threshold=1.0).distance


def test_many_probabilities_are_those_of_one() -> None:
    random = np.random.default_rng(0)
    distances = np.concatenate([random.normal(0.5, 1, 500), [0.0, 2.0, np.nan]])
    knots = tuple(np.linspace(0, 1, 40).tolist()), tuple(np.linspace(30, -40, 40).tolist())
    for way in (PlattCalibration(-700.0, 31.0), PlattCalibration(-3.3, 1.1), IsotonicCalibration(*knots)):
        found = way.probabilities(distances)
        assert found[:-1].tolist() == [way.probability(float(distance)) for distance in distances[:-1]]
        assert np.isnan(found[-1])


def test_each_image_is_looked_at_once(verifier, images, monkeypatch) -> None:
    looked: list[object] = []
    embed = Verifier.embed
    monkeypatch.setattr(Verifier, "embed", lambda self, image: looked.append(image) or embed(self, image))
    verify_pairs(verifier, pairs_of_folder(images))
    assert len(looked) == 6


# --- what goes wrong, or is enough


def test_an_image_that_cannot_be_read_takes_its_pairs_alone(verifier, broken) -> None:
    found = verify_pairs(verifier, pairs_of_file(broken))
    rows = list(found.rows(2.0))
    assert [row["verdict"] for row in rows] == [
        "same",
        "could not be read",
        "could not be read",
        "same",
        "same",
        "same",
    ]
    assert [row["line"] for row in rows] == [2, 3, 4, 5, 6, 7]
    assert rows[1]["problem"] == "none.png: an image file is needed, found no file"
    assert rows[2]["problem"].startswith("words.png: no image that can be read")
    assert rows[1]["distance"] is rows[1]["probability"] is None
    assert rows[5]["distance"] == 0.0
    summary = found.summary(2.0)
    assert (summary.pairs, summary.same, summary.unreadable, summary.unseen) == (6, 4, 2, 0)
    assert (summary.genuine, summary.impostor) == (2, 1)


def test_one_image_with_itself_alone(verifier, images) -> None:
    (images / "one.csv").write_text("a,b\ncross2.png,./cross2.png\n")
    assert verify_pairs(verifier, pairs_of_file(images / "one.csv")).distances.tolist() == [0.0]


def test_nothing_can_be_read(verifier, images) -> None:
    (images / "none.csv").write_text("a,b\nx.png,y.png\n")
    found = verify_pairs(verifier, pairs_of_file(images / "none.csv"))
    assert found.summary(1.0).unreadable == 1
    assert found.summary(1.0).accuracy is None


def test_what_was_done_before_the_end_is_kept(verifier, images) -> None:
    shares: list[float] = []

    def watch(share: float) -> None:
        shares.append(share)
        if len(shares) == 4:
            raise Cancelled

    found = verify_pairs(verifier, pairs_of_folder(images), watch)
    assert shares == [0.0, 1 / 6, 2 / 6, 3 / 6]
    words = [row["verdict"] for row in found.rows(2.0)]
    assert words.count("same") == 3  # of three images
    assert words.count("not looked at") == 12
    assert found.summary(2.0).unseen == 12


# --- figures


def test_a_summary_by_hand() -> None:
    found = by_hand([0.1, 0.5, 0.3, 0.9, np.nan, 0.2], [1, 1, 0, 0, 1, -1])
    summary = found.summary(0.3)
    assert (summary.same, summary.different, summary.unreadable) == (3, 2, 1)
    assert (summary.genuine, summary.genuine_accepted) == (2, 1)
    assert (summary.impostor, summary.impostor_accepted) == (2, 1)
    assert (summary.accuracy, summary.tpr, summary.fpr) == (0.5, 0.5, 0.5)
    assert found.summary(0.0).fpr == 0.0
    assert by_hand([0.1]).summary(1.0).accuracy is None


def test_a_table_does_no_harm_and_is_read_back(verifier, broken) -> None:
    found = verify_pairs(verifier, pairs_of_file(broken))
    text = found.csv(0.5)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["who"] == "'=1+1"
    assert rows[1]["verdict"] == "could not be read"
    assert float(rows[0]["distance"]) == found.distances[0]
    again = broken.with_name("again.csv")
    again.write_text(text)
    listed = pairs_of_file(again)
    assert listed.files == found.listed.files
    assert listed.same is not None
    assert listed.same.tolist() == [1, 1, 0, 0, -1, 1]
    assert list(listed.others) == ["who"]


def test_without_a_threshold_there_are_distances_alone() -> None:
    rows = list(by_hand([0.1, np.nan]).rows(None))
    assert [row["verdict"] for row in rows] == [None, "could not be read"]
    assert "accuracy" not in by_hand([0.1]).to_json(None)


# --- the command


def test_the_command_judges_a_list(command: Command, trained, verifier, broken) -> None:
    said = command("verify-pairs", trained.path, broken, "--threshold", 0.05)
    assert said.code == 0
    assert "6 pairs at threshold 0.0500: " in said.out
    assert "2 could not be read" in said.out
    assert "accuracy " in said.out
    problem = "line 3, none.png: an image file is needed, found no file"
    assert f"could not be read  {problem}  circle2.png  none.png" in said.out


def test_of_animations_it_is_said_that_their_first_frame_is_used(images, verifier) -> None:
    frames = [Image.open(images / f"{name}2.png") for name in ("circle", "square")]
    for number in range(5):
        frames[0].save(images / f"a{number}.gif", save_all=True, append_images=frames[1:])
    path = images / "films.csv"
    path.write_text("a,b\n" + "".join(f"a{number}.gif,circle2.png\n" for number in range(5)))
    found = verify_pairs(verifier, pairs_of_file(path))
    said = "an animation: the first of its 2 frames is used."
    assert found.notes == (
        *(f"a{number}.gif: {said}" for number in range(3)),
        "2 more images have several frames or pages, of which the first is used.",
    )
    assert found.to_json(None)["notes"] == list(found.notes)
    assert found.judged.all()


def test_its_json(command: Command, trained, verifier, broken) -> None:
    found = command("verify-pairs", trained.path, broken, "--json").json
    alone = verifier.verify(broken.parent / "circle2.png", broken.parent / "square2.png")
    assert found["rows"][3]["distance"] == alone.distance
    assert found["rows"][3]["same"] == 0
    assert found["threshold"] == alone.threshold
    assert found["pairs"] == 6
    assert found["step"] == 8


def test_its_table_and_two_folders(command: Command, trained, images, tmp_path) -> None:
    other = tmp_path / "other"
    shutil.copytree(images, other)
    (other / "cross2.png").unlink()
    said = command("verify-pairs", trained.path, images, other, "--out", tmp_path / "out.csv", "--json")
    assert said.code == 0
    assert "rows" not in said.json
    assert said.json["pairs"] == said.json["same"] == 5  # each with itself
    assert "note: " in said.err
    assert "the first cross2.png" in said.err
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 6
    every = command("verify-pairs", trained.path, images, other, "--match", "all", "--fpr", 0.1)
    assert "30 pairs at threshold" in every.out
    one = command("verify-pairs", trained.path, images)
    assert "15 pairs at threshold" in one.out


def test_names_cannot_steer_the_terminal(command: Command, trained, images) -> None:
    path = images / "odd.csv"
    path.write_text("a,b\n\x1b[31mcircle2.png,cross2.png\n")
    said = command("verify-pairs", trained.path, path)
    assert "\x1b" not in said.out
    assert "\\x1b[31mcircle2.png" in said.out


def test_the_command_refuses(command: Command, trained, images, broken, tmp_path) -> None:
    run = trained.path
    assert_error(command("verify-pairs", run, broken, "--threshold", "nan"), "threshold: must be a finite distance")
    assert_error(command("verify-pairs", run, broken, "--fpr", 2), "fpr: must be between 0 and 1, found 2")
    assert_error(command("verify-pairs", run, broken, "--out", broken), "--out must be another file")
    assert_error(command("verify-pairs", run, broken, "--out", tmp_path), "--out must name a file in a folder")
    assert_error(command("verify-pairs", run, tmp_path / "no.csv"), "no.csv: the file cannot be read")
    assert_error(command("verify-pairs", run, images, images), "found one twice")
    assert_error(command("verify-pairs", tmp_path / "none", broken), "a run is a folder, found nothing there")


def test_json_has_no_odd_numbers(verifier, broken) -> None:
    found = verify_pairs(verifier, pairs_of_file(broken))
    json.loads(json.dumps(found.to_json(0.5), allow_nan=False))
