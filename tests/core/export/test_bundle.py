"""A bundle gives the verdicts of its run, and whatever is wrong with one is one sentence."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from core.bundle import CONFIG, VERIFICATION, WEIGHTS
from core.errors import Cancelled, InputError
from core.export.bundle import write_bundle
from core.fitted_distances import fit_distance
from core.run_content import ThresholdChoice
from core.runs import Run
from core.stored_distances import save_distance
from core.training.outcome import load_snapshot
from core.verification import Verifier
from tests.core.many_identities import store_many


@pytest.fixture(scope="module")
def bundle(loaded, tmp_path_factory) -> Path:
    """Do not change it."""
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    write_bundle(loaded, folder)
    return folder


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


@pytest.fixture
def pair(shapes):
    return shapes / "images" / "circle" / "02.png", shapes / "images" / "square" / "05.png"


def assert_same_verdicts(run: Run, folder: Path, pair) -> Verifier:
    """Of all ways to ask."""
    write_bundle(Verifier.load(run), folder)
    one, other = Verifier.load(run), Verifier.load(folder)
    for choice in ({}, {"threshold": 0.4}, {"fpr": 0.25}):
        assert other.verify(*pair, **choice) == one.verify(*pair, **choice)
    return other


# --- there and back


def test_everything_of_a_verdict_and_a_reading_goes_along(trained, bundle, pair) -> None:
    one, other = Verifier.load(trained), Verifier.load(str(bundle))
    assert other.verify(*pair) == one.verify(*pair)
    np.testing.assert_array_equal(other.embed_many(pair), one.embed_many(pair))
    mine, theirs = other.read(pair[0]), one.read(pair[0])
    assert (mine.class_name, mine.confidence) == (theirs.class_name, theirs.confidence)
    np.testing.assert_array_equal(mine.mask, theirs.mask)
    assert (other.step, other.image_size, other.distance_in_use.name) == (8, 16, "cosine")


def test_it_needs_nothing_of_the_run(copied, tmp_path, pair) -> None:
    expected = Verifier.load(copied).verify(*pair)
    write_bundle(Verifier.load(copied), tmp_path / "taken")
    shutil.rmtree(copied.path)
    (tmp_path / "taken").rename(tmp_path / "moved")
    assert Verifier.load(tmp_path / "moved").verify(*pair) == expected


def test_many_identities_keep_their_two_halves(copied, tmp_path, pair) -> None:
    store_many(copied, last=False)
    other = assert_same_verdicts(Run.open(copied.path), tmp_path / "taken", pair)
    assert other.curves.choosing is not other.curves.reporting


@pytest.mark.parametrize("name", ["euclidean", "mahalanobis", "nca"])
def test_another_distance_than_the_runs_own(copied, tmp_path, pair, name) -> None:
    snapshot = load_snapshot(copied, 8)
    if name != "euclidean":
        training = ~snapshot.held_out
        save_distance(copied, fit_distance(name, snapshot.embeddings[training], snapshot.labels[training]), 8)
    choice = ThresholdChoice(threshold=0.7, distance=name, fpr=None, chosen_by="person", rule="set by hand", step=8)
    copied.choose_threshold(choice)
    other = assert_same_verdicts(copied, tmp_path / "taken", pair)
    assert other.threshold_choice() == choice


def test_an_isotonic_calibration_goes_along(copied, tmp_path, pair) -> None:
    copied.choose_calibration("isotonic")
    other = assert_same_verdicts(copied, tmp_path / "taken", pair)
    assert other.calibration().method == "isotonic"


def test_without_a_threshold_it_says_how_to_choose_one(copied, tmp_path, pair) -> None:
    shutil.rmtree(copied.path / "evaluation")
    write_bundle(Verifier.load(copied), tmp_path / "taken")
    verifier = Verifier.load(tmp_path / "taken")
    with pytest.raises(
        InputError,
        match=r"taken: has no threshold yet; give one by --threshold, have it found by --fpr on held-out pairs$",
    ):
        verifier.verify(*pair)
    assert verifier.verify(*pair, fpr=0.25) == Verifier.load(copied).verify(*pair, fpr=0.25)


def test_without_held_out_pairs(copied, tmp_path, pair) -> None:
    for folder in ("evaluation", "snapshots"):
        shutil.rmtree(copied.path / folder)
    write_bundle(Verifier.load(copied), tmp_path / "taken")
    verifier = Verifier.load(tmp_path / "taken")
    assert verifier.verify(*pair, threshold=0.5).expected_fpr is None
    with pytest.raises(InputError, match="taken: has no held-out pairs to find the threshold of FPR 5 % on"):
        verifier.verify(*pair, fpr=0.05)


def test_a_bundle_of_a_bundle(bundle, tmp_path, pair) -> None:
    write_bundle(Verifier.load(bundle), tmp_path / "again")
    assert Verifier.load(tmp_path / "again").verify(*pair) == Verifier.load(bundle).verify(*pair)


def test_it_holds_no_run(bundle) -> None:
    with pytest.raises(InputError, match="tiny: a run is needed for that, found a bundle, which holds no images"):
        _ = Verifier.load(bundle).run


def test_it_holds_counts_but_no_embeddings(bundle, trained) -> None:
    arrays = load_file(bundle / VERIFICATION)
    names = {f"{half}.{kind}.{what}" for half in ("choosing", "reporting") for kind in ("genuine", "impostor")
             for what in ("distances", "counts")}  # fmt: skip
    assert arrays.keys() == names
    curve = load_snapshot(trained, 8).curve
    assert arrays["reporting.impostor.counts"].sum() == curve.impostor_pairs
    assert set(arrays["choosing.genuine.distances"]) <= set(curve.genuine)


# --- writing


def test_what_stands_there_is_kept(loaded, bundle, tmp_path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("mine")
    for force in (False, True):
        with pytest.raises(InputError, match="mine: a bundle needs a new or an empty folder, found other files there"):
            write_bundle(loaded, tmp_path / "mine", force=force)
    (tmp_path / "mine" / CONFIG).write_text("{}")
    with pytest.raises(InputError, match="mine: neither a run nor a bundle"):
        write_bundle(loaded, tmp_path / "mine", force=True)
    assert (tmp_path / "mine" / "a.txt").read_text() == "mine"
    shutil.copytree(bundle, tmp_path / "old")
    with pytest.raises(
        InputError, match=r"old: holds a bundle already; choose another folder, or replace it \(`export --force`"
    ):
        write_bundle(loaded, tmp_path / "old")
    (tmp_path / "old" / "left.txt").touch()
    with pytest.raises(InputError, match=r"old: a bundle is replaced as a whole, found another file in it, left\.txt"):
        write_bundle(loaded, tmp_path / "old", force=True)
    (tmp_path / "old" / "left.txt").unlink()
    write_bundle(loaded, tmp_path / "old", force=True)
    assert {file.name for file in (tmp_path / "old").iterdir()} == {CONFIG, WEIGHTS, VERIFICATION}
    assert {file.name for file in tmp_path.iterdir()} == {"mine", "old"}


def test_an_empty_folder_is_filled(loaded, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    write_bundle(loaded, tmp_path / "empty")
    assert Verifier.load(tmp_path / "empty").step == 8


def test_a_place_that_is_none(loaded, tmp_path) -> None:
    with pytest.raises(InputError, match="needs an existing folder around it"):
        write_bundle(loaded, tmp_path / "no" / "bundle")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file: a bundle needs a new or an empty folder"):
        write_bundle(loaded, tmp_path / "file")


def test_work_that_is_not_wanted_any_more_leaves_nothing(loaded, tmp_path) -> None:
    def stop(share: float) -> None:
        if share > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_bundle(loaded, tmp_path / "taken", watch=stop)
    assert list(tmp_path.iterdir()) == []


# --- damaged and hostile ones


def spoil_config(change: Callable[[dict], object]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        content = json.loads((folder / CONFIG).read_text())
        change(content)
        (folder / CONFIG).write_text(json.dumps(content))

    return spoil


def spoil_arrays(name: str, change: Callable[[dict], object]) -> Callable[[Path], None]:
    """With a hash that is right, as whoever means harm would do it."""

    def spoil(folder: Path) -> None:
        arrays = {key: value.copy() for key, value in load_file(folder / name).items()}
        change(arrays)
        save_file(arrays, folder / name)
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        spoil_config(lambda content: content["sha256"].update({name: digest}))(folder)

    return spoil


def fill(key: str, value: float) -> Callable[[dict], object]:
    return lambda arrays: arrays[key].__setitem__(..., value)


def swap(file: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_bytes(data)


def lie_about_the_length(folder: Path) -> None:
    data = bytearray((folder / WEIGHTS).read_bytes())
    data[:8] = (2**62).to_bytes(8, "little")
    (folder / WEIGHTS).write_bytes(bytes(data))
    digest = hashlib.sha256(bytes(data)).hexdigest()
    spoil_config(lambda content: content["sha256"].update({WEIGHTS: digest}))(folder)


BIAS = "classification.bias"
DAMAGE = {
    "no json": (swap(CONFIG, b"{"), r"config\.json: damaged, not valid JSON"),
    "not an object": (swap(CONFIG, b"[]"), "neither a run nor a bundle"),
    "another format": (spoil_config(lambda c: c.update(format="other")), "neither a run nor a bundle"),
    "newer": (spoil_config(lambda c: c.update(schema_version=9)), r"written by a newer version \(schema 9\)"),
    "no threshold": (spoil_config(lambda c: c["threshold"].pop("threshold")), "damaged, threshold.threshold: field"),
    "threshold NaN": (spoil_config(lambda c: c["threshold"].update(threshold=float("nan"))), "threshold.threshold: "),
    "other distance": (
        spoil_config(lambda c: c["threshold"].update(distance="euclidean")),
        "must be for cosine, found",
    ),
    "size": (spoil_config(lambda c: c["preprocessing"].update(size=10**9)), "damaged, preprocessing.size: "),
    "dimensions": (
        spoil_config(lambda c: (c.update(embedding_dim=10**9), c["architecture"].update(embedding_dim=10**9))),
        "damaged, embedding_dim: ",
    ),
    "classes": (spoil_config(lambda c: c["classes"].append("x")), "the architecture's classes must be 5, found 4"),
    "backbone": (spoil_config(lambda c: c["architecture"].update(backbone_name="os")), "architecture.backbone_name: "),
    "further argument": (
        spoil_config(lambda c: c["architecture"].update(pretrained=True)),
        "architecture.pretrained: ",
    ),
    "calibration": (spoil_config(lambda c: c["calibration"].update(slope=3.0)), "the slope at most 0, found 3.0"),
    "hash": (swap(WEIGHTS, b"0" * 99), r"model\.safetensors: damaged or exchanged, its SHA-256 must be that in config"),
    "length": (lie_about_the_length, r"model\.safetensors: cannot be read"),
    "NaN": (spoil_arrays(WEIGHTS, fill(BIAS, np.nan)), f"{BIAS} holds values that are not finite"),
    "missing": (spoil_arrays(WEIGHTS, lambda a: a.pop(BIAS)), f"not a file of weights of this model, .* has {BIAS}"),
    "shape": (
        spoil_arrays(WEIGHTS, lambda a: a.update({BIAS: np.zeros(9, "f4")})),
        r"must have shape \[4\], found \[9\]",
    ),
    "type": (spoil_arrays(WEIGHTS, lambda a: a.update({BIAS: np.zeros(4, "i8")})), "must hold torch.float32"),
    "no weights": (lambda folder: (folder / WEIGHTS).unlink(), r"model\.safetensors: cannot be read"),
    "curve falls": (
        spoil_arrays(VERIFICATION, fill("reporting.genuine.distances", 0.5)),
        r"verification\.safetensors: damaged, reporting\.genuine\.distances must be finite and rise",
    ),
    "no pairs": (
        spoil_arrays(VERIFICATION, fill("choosing.impostor.counts", 0)),
        r"choosing\.impostor\.counts must each be at least 1",
    ),
    "half a curve": (
        spoil_arrays(VERIFICATION, lambda a: a.pop("choosing.genuine.counts")),
        r"choosing\.genuine\.counts is missing",
    ),
    "type of a curve": (
        spoil_arrays(VERIFICATION, lambda a: a.update({"choosing.genuine.counts": np.zeros((2, 2))})),
        r"choosing\.genuine\.counts must be int64 with at least one value, found float64 \[2, 2\]",
    ),
    "no matrix": (
        spoil_config(lambda c: (c["distance"].update(name="nca"), c["threshold"].update(distance="nca"))),
        r"damaged, distance\.W must be float64 \[E, 8\], found float64 \[0\]",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_one_sentence(bundle, tmp_path, pair, damage) -> None:
    spoil, words = DAMAGE[damage]
    shutil.copytree(bundle, tmp_path / "bundle")
    spoil(tmp_path / "bundle")
    with pytest.raises(InputError, match=words) as caught:
        Verifier.load(tmp_path / "bundle").verify(*pair)
    assert "\n" not in str(caught.value)
