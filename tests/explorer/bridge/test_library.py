import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import core.data.sources
import core.training.outcome
from core.data.dataset import Dataset
from core.distances import LinearDistance
from core.errors import InputError
from core.files import held_alone
from core.hyperparameters import Hyperparameters
from core.runs import Run, ThresholdChoice
from core.stored_distances import load_distance
from core.training.records import HealthWarning
from core.watch import CountWatch, Watch
from explorer.bridge.library import LibraryBridge, OpenedRun
from explorer.bridge.long_work import Progress
from explorer.bridge.tasks import TaskThread
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import heard, names
from tests.explorer.tiny import copied_run, draw_data, stored_run

Said = list[tuple[object, ...]]


@pytest.fixture
def library(tasks: TaskThread) -> LibraryBridge:
    return LibraryBridge(tasks)


@pytest.fixture
def said(library: LibraryBridge) -> Said:
    signals = "dataset_listed listing_failed run_opened run_failed threshold_failed"
    return heard(*((name, getattr(library, name)) for name in signals.split()))


def opened(said: Said) -> OpenedRun:
    assert names(said) == ["run_opened"]
    found = said[0][1]
    assert isinstance(found, OpenedRun)
    return found


def sentence(said: Said, name: str) -> str:
    assert names(said) == [name]
    assert "\n" not in str(said[0][1])
    return str(said[0][1])


def test_a_folder_is_listed(library: LibraryBridge, said: Said, settle: Settle, tmp_path: Path) -> None:
    draw_data(tmp_path / "data")
    library.list_dataset(str(tmp_path / "data"))
    settle()
    [(name, data, dataset)] = said
    assert (name, data) == ("dataset_listed", str(tmp_path / "data"))
    assert isinstance(dataset, Dataset)
    assert dataset.classes == ("blue", "green", "red")


def one_class(folder: Path) -> Path:
    draw_data(folder)
    for name in ("green", "red"):
        shutil.rmtree(folder / "images" / name)
    return folder


@pytest.mark.parametrize(
    "make",
    [lambda folder: folder / "nothing", lambda folder: folder, lambda folder: one_class(folder / "data")],
    ids=["no such folder", "empty folder", "one class"],
)
def test_a_folder_that_cannot_be_used_is_one_sentence(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    library.list_dataset(str(make(tmp_path)))
    settle()
    assert str(tmp_path) in sentence(said, "listing_failed")


def test_a_listing_that_a_newer_one_has_overtaken_is_dropped(
    library: LibraryBridge, said: Said, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(data: str, *, allow_outside: bool, watch: CountWatch) -> Dataset:
        gate.wait(5)
        if data == "bad":
            raise InputError("bad: an empty folder")
        return Dataset(data, (), ())

    monkeypatch.setattr(core.data.sources, "list_dataset", slow)
    for data in ("first", "bad", "last"):
        library.list_dataset(data)
    gate.set()
    settle()
    assert [each[:2] for each in said] == [("dataset_listed", "last")]


def test_a_long_listing_tells_how_many_it_has_found_and_ends_when_it_is_cancelled(
    library: LibraryBridge, said: Said, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, gate = threading.Event(), threading.Event()

    def slow(data: str, *, allow_outside: bool, watch: CountWatch) -> Dataset:
        watch(12_345)
        listed.set()
        gate.wait(5)
        watch(12_346)
        return Dataset(data, (), ())

    monkeypatch.setattr(core.data.sources, "list_dataset", slow)
    told = heard(("progressed", library.progressed), ("listing_cancelled", library.listing_cancelled))
    library.list_dataset("large")
    assert listed.wait(5)
    library.tick()
    progress = told[-1][1]
    assert isinstance(progress, Progress)
    assert progress.stage == "listing images, 12\u202f345 so far"
    library.cancel()
    gate.set()
    settle()
    library.tick()
    assert told[1:] == [("progressed", None), ("listing_cancelled",)]
    assert said == []
    library.cancel()  # of nothing


@pytest.mark.parametrize("ended", [False, True])
def test_a_listing_after_a_cancelled_one_is_told_as_another_one(
    library: LibraryBridge, said: Said, settle: Settle, monkeypatch: pytest.MonkeyPatch, ended: bool
) -> None:
    gate = threading.Event()

    def slow(data: str, *, allow_outside: bool, watch: CountWatch) -> Dataset:
        gate.wait(5)
        watch(1)
        return Dataset(data, (), ())

    monkeypatch.setattr(core.data.sources, "list_dataset", slow)
    told: list[bool] = []
    library.progressed.connect(lambda progress: told.append(progress is not None))
    library.list_dataset("first")
    library.tick()
    library.cancel()
    if ended:
        gate.set()
        settle()
    library.list_dataset("second")
    library.tick()
    assert told == [True, False, True]
    gate.set()
    settle()
    assert [each[:2] for each in said] == [("dataset_listed", "second")]


def test_the_opening_of_a_run_tells_what_it_is_at_and_ends_when_it_is_cancelled(
    library: LibraryBridge,
    said: Said,
    settle: Settle,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measuring, gate = threading.Event(), threading.Event()

    def slow(run: Run, step: int, watch: Watch) -> object:
        watch(0.25)
        measuring.set()
        gate.wait(5)
        watch(0.5)
        return None

    monkeypatch.setattr(core.training.outcome, "load_snapshot", slow)
    told = heard(("progressed", library.progressed), ("run_cancelled", library.run_cancelled))
    library.open_run(stored_run(tmp_path_factory))
    assert measuring.wait(5)
    library.tick()
    progress = told[-1][1]
    assert isinstance(progress, Progress)
    assert (progress.stage, progress.share) == ("measuring pairs", 0.25)
    library.cancel()
    gate.set()
    settle()
    assert told[-1] == ("run_cancelled",)
    assert said == []


def test_a_finished_run_is_read_whole(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library.open_run(stored_run(tmp_path_factory))
    settle()
    found = opened(said)
    assert [record.step for record in found.records] == [1, 2, 3, 4]
    assert found.snapshot is not None
    assert found.snapshot.step == 4
    assert found.snapshot.curve is not None
    assert found.threshold is not None
    assert found.threshold.chosen_by == "default"
    assert found.changes == ()
    assert found.dataset_problem == ""
    assert found.sample_ids == tuple(sample.id for sample in found.dataset.samples)


@pytest.mark.parametrize(
    ("data", "folder", "problem"),
    [("/gone/away", "/gone/away", "no such folder"), ("/gone/away/pairs.csv", "/gone/away", "no such file")],
)
def test_a_run_without_its_images_is_read_with_their_names(
    library: LibraryBridge,
    said: Said,
    settle: Settle,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    data: str,
    folder: str,
    problem: str,
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    before = Run.open(run).config.data
    file = run / "run.json"
    file.write_text(file.read_text().replace(before, data))
    library.open_run(run)
    settle()
    found = opened(said)
    assert found.dataset_problem.startswith(f"{data}: {problem}")
    assert found.dataset.samples[0].image == Path(folder) / "blue/0.png"
    assert found.dataset.classes == ("blue", "green", "red")
    assert found.dataset.samples[0].id == found.sample_ids[0] == "blue/0.png"
    assert found.dataset.samples[-1].label == 2
    assert found.snapshot is not None


def test_changes_of_live_settings_are_read(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = Run.open(copied_run(tmp_path_factory, tmp_path))
    old, new = Hyperparameters(), Hyperparameters(margin=0.3)
    run.append_event("hyperparameters", 2, old=old.model_dump(), new=new.model_dump())
    library.open_run(run.path)
    settle()
    assert opened(said).changes == ((2, old, new),)


def test_warnings_are_read(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = Run.open(copied_run(tmp_path_factory, tmp_path))
    run.append_event("warning", 2, seen="No triplet is semi-hard.", advice="Mine 'all'.")
    run.append_event("warning", 3, seen="The embeddings collapse.", advice="Start again.")
    library.open_run(run.path)
    settle()
    assert opened(said).warnings[-2:] == (
        HealthWarning(2, "No triplet is semi-hard.", "Mine 'all'."),
        HealthWarning(3, "The embeddings collapse.", "Start again."),
    )


def test_a_warning_that_is_none_is_one_sentence(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = Run.open(copied_run(tmp_path_factory, tmp_path))
    run.append_event("warning", 2, seen="No triplet is semi-hard.")
    library.open_run(run.path)
    settle()
    assert "events.jsonl: damaged, a warning has no 'advice'" in sentence(said, "run_failed")


def test_an_unfinished_run_is_read_as_far_as_it_came(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    for folder in ("snapshots", "evaluation", "checkpoints"):
        shutil.rmtree(run / folder)
    with (run / "metrics.jsonl").open("a") as file:
        file.write('{"step": 5, "half a l')
    library.open_run(run)
    settle()
    found = opened(said)
    assert len(found.records) == 4
    assert (found.snapshot, found.threshold) == (None, None)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(file: Path) -> None:
    file.write_text('{"step": "one"}\n')


@pytest.mark.parametrize("spoil", [cut, overwrite, Path.unlink])
@pytest.mark.parametrize(
    "name", ["run.json", "samples.json", "snapshots/step-000004.npz", "evaluation/step-000004.json", "metrics.jsonl"]
)
def test_a_damaged_run_is_one_sentence_that_names_the_file(
    library: LibraryBridge,
    said: Said,
    settle: Settle,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    name: str,
    spoil: Callable[[Path], None],
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    spoil(run / name)
    library.open_run(run)
    settle()
    missing_is_fine = spoil is Path.unlink and name not in ("run.json", "samples.json")
    cut_is_fine = spoil is cut and name == "metrics.jsonl"  # a half-written last line
    if missing_is_fine or cut_is_fine:
        assert names(said) == ["run_opened"]
    else:
        assert Path(name).name in sentence(said, "run_failed")


def test_changes_that_are_none_are_one_sentence(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = Run.open(copied_run(tmp_path_factory, tmp_path))
    run.append_event("hyperparameters", 2, old={}, new={"margin": "wide"})
    library.open_run(run.path)
    settle()
    assert "events.jsonl" in sentence(said, "run_failed")


def choice(threshold: float) -> ThresholdChoice:
    return ThresholdChoice(
        threshold=threshold, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=4
    )


def test_a_threshold_is_kept_with_the_run(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    library.store_threshold(run, choice(0.25))
    settle()
    assert said == []
    assert Run.open(run).threshold() == choice(0.25)


def test_a_threshold_is_kept_even_if_the_window_is_closed_at_once(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    run = copied_run(tmp_path_factory, tmp_path)
    tasks = TaskThread("test", lambda: None)
    LibraryBridge(tasks).store_threshold(run, choice(0.25))
    tasks.close()
    assert Run.open(run).threshold() == choice(0.25)


def test_a_threshold_that_cannot_be_kept_is_told(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    library.store_threshold(tmp_path / "gone", choice(0.25))
    settle()
    assert "gone" in sentence(said, "threshold_failed")


def test_a_run_that_another_process_trains_is_read_only(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """Nothing is kept with it until the other one has ended."""
    path = copied_run(tmp_path_factory, tmp_path)
    before = Run.open(path).threshold()
    with held_alone(path):
        library.open_run(path)
        settle()
        assert opened(said).read_only
        library.store_threshold(path, choice(0.25))
        settle()
        assert sentence(said[1:], "threshold_failed") == (
            f"{path}: not kept, since the run is read only while another process trains it"
        )
        assert Run.open(path).threshold() == before
    library.store_threshold(path, choice(0.25))
    settle()
    assert Run.open(path).threshold() == choice(0.25)


def test_the_thresholds_of_two_runs_do_not_overtake_one_another(
    library: LibraryBridge, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    runs = [Path(shutil.copytree(stored_run(tmp_path_factory), tmp_path / name)) for name in "ab"]
    for run, threshold in zip(runs, (0.1, 0.2), strict=True):
        library.store_threshold(run, choice(threshold))
    settle()
    thresholds = [Run.open(run).threshold() for run in runs]
    assert np.allclose([found.threshold for found in thresholds if found is not None], [0.1, 0.2])


def test_a_fitted_distance_is_kept_with_its_threshold(
    library: LibraryBridge, said: Said, settle: Settle, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    path = copied_run(tmp_path_factory, tmp_path)
    fitted = LinearDistance("nca", np.eye(8))
    library.store_threshold(path, choice(0.25).model_copy(update={"distance": "nca"}), fitted)
    settle()
    assert said == []
    np.testing.assert_array_equal(load_distance(Run.open(path), "nca", 4).W, np.eye(8))
    found = Run.open(path).threshold()
    assert found is not None
    assert found.distance == "nca"
