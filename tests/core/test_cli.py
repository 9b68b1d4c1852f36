"""The commands, called in this process; `test_cli_process.py` starts real ones."""

import json
import os
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core import cli
from core.commands import train as train_command
from core.hyperparameters import Hyperparameters
from core.runs import Run, ThresholdChoice
from core.training.controls import Controls
from core.training.session import train
from core.verification import Verifier
from tests.core.conftest import draw_folder
from tests.core.training.driving import drive
from tests.core.training.test_loop import EVALUATION_KEYS, RESULT_KEYS

FURTHER_KEYS = (
    *("threshold", "auc_interval", "eer_interval", "tpr_at_fpr_interval"),
    *("partial_auc", "average_precision", "min_dcf", "d_prime", "cllr"),
    *("partial_auc_interval", "average_precision_interval", "min_dcf_interval", "d_prime_interval"),
    *("r_precision", "recall_at_k", "knn_accuracy", "clustering", "dice", "per_class", "confusion"),
)
"""Those of `evaluate` alone."""


@dataclass
class Said:
    """What a command returned and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        def refuse(word: str) -> None:
            raise AssertionError(f"{word} is no JSON")

        return json.loads(self.out, parse_constant=refuse)


Command = Callable[..., Said]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Said:
        try:
            code = cli.main([str(argument) for argument in arguments], program="python -m core")
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


def assert_error(said: Said, words: str) -> None:
    """Exit code 2, nothing on stdout, one sentence on stderr."""
    assert said.code == 2
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


@pytest.fixture
def tiny_options(shapes) -> list[object]:
    options = ["--data", shapes, "--image-size", 16, "--split", "closed", "--holdout", 0.34, "--epochs", 2]
    for setting in ("embedding_dim=8", "classes_per_batch=4", "samples_per_class=2", "learning_rate=0.003"):
        options += ["--set", setting]
    return options


@pytest.fixture
def pair(shapes) -> tuple[Path, Path]:
    return shapes / "images" / "circle" / "02.png", shapes / "images" / "square" / "05.png"


# --- misuse


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["enlist"], "invalid choice: 'enlist'"),
        (["enroll", "run"], "the following arguments are required: NAME, IMAGE"),
        (["identify", "run"], "the following arguments are required: IMAGE"),
        (["identify", "run", "a", "--rule", "best"], "argument --rule: invalid choice: 'best'"),
        (["export", "run"], "the following arguments are required: FILE"),
        (["train", "--epoch", "3"], "unrecognized arguments: --epoch"),
        (["train", "--epochs"], "argument --epochs: expected one argument"),
        (["verify", "run", "a.png"], "the following arguments are required: IMAGE_B"),
        (["verify", "r", "a", "b", "--threshold", "near"], "argument --threshold: invalid float value: 'near'"),
        (["verify", "r", "a", "b", "--threshold", "1", "--fpr", "0.1"], "not allowed with argument"),
        (["evaluate", "r", "--part", "half"], "argument --part: invalid choice: 'half'"),
        (["evaluate", "r", "--distance", "manhattan"], "argument --distance: invalid choice"),
    ],
)
def test_misuse(command, arguments, words) -> None:
    said = command(*arguments)
    assert_error(said, words)
    assert said.err.startswith("python -m core")


def test_help(command) -> None:
    for arguments in (["--help"], ["train", "--help"], ["verify", "--help"]):
        said = command(*arguments)
        assert (said.code, said.err) == (0, "")
        assert "python -m core" in said.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--epochs", "abc"], "epochs: input should be a valid integer"),
        (["--epochs", "0"], "epochs: input should be greater than or equal to 1, found '0'"),
        (["--seed", "-1"], "seed: input should be greater than or equal to 0, found '-1'"),
        (["--image-size", "7"], "image_size: input should be greater than or equal to 16"),
        (["--backbone", "vgg"], "backbone: input should be 'small', 'resnet18'"),
        (["--split", "half"], "split: input should be 'auto', 'open' or 'closed'"),
        (["--holdout", "2"], "holdout: must be a share between 0 and 1"),
        (["--set", "margin"], "--set takes KEY=VALUE, found 'margin'"),
        (["--set", "margn=1"], "no setting is named 'margn'"),
        (["--set", "margin=9"], "margin: input should be less than or equal to 2, found '9'"),
        (["--set", "device=tpu"], "device: input should be"),
        (["none.toml"], "none.toml: the configuration cannot be read"),
        (["--data", "nowhere"], "nowhere: no such folder, and no data set of this name (digits, sprites, "),
        (["--resume"], "--resume: needs the run to go on with"),
    ],
)
def test_bad_settings(command, options, words, tmp_path) -> None:
    assert_error(command("train", *options), words)
    assert not list(tmp_path.iterdir())


# --- data that cannot be used


def test_bad_data(command, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    one = draw_folder(tmp_path / "one", classes=1)
    (tmp_path / "file").write_text("")
    for data, words in (
        ("empty", "no images were found; the folder must be laid out as"),
        (one, "at least two classes with images are needed, found only 'circle'"),
        ("file", "a folder of images is needed, found a file"),
    ):
        said = command("train", "--data", data, "--run", "run")
        assert said.code == 2
        assert words in said.err.splitlines()[-1]
        assert said.out == ""
    assert not (tmp_path / "run").exists()


def test_bad_images_among_good_ones(command, tiny_options, tmp_path) -> None:
    """Skipped, counted and listed, for a script too."""
    data = draw_folder(tmp_path / "shapes", per_class=8)
    (data / "images" / "circle" / "text.png").write_text("no image")
    (data / "images" / "cross" / "empty.jpg").write_bytes(b"")
    Image.new("L", (9, 9), 255).save(data / "masks" / "triangle" / "03.png")
    said = command("train", *tiny_options, "--data", data, "--run", "run", "--epochs", 1, "--json")
    assert said.code == 0
    assert said.json["steps"] == 3  # epochs of (32 - 8 held out) / 8 images
    assert "left out: 3" in said.err
    for where in ("circle/text.png: ", "cross/empty.jpg: ", "triangle/03.png: "):
        assert where in said.err
    again = command("evaluate", "run", "--json")
    assert again.code == 0
    assert "left out: 3" in again.err


def test_many_problems_are_cut_short(command, tiny_options, tmp_path) -> None:
    data = draw_folder(tmp_path / "shapes", per_class=8)
    for number in range(13):
        (data / "images" / "circle" / f"bad{number:02}.png").write_bytes(b"")
    said = command("train", *tiny_options, "--data", data, "--run", "run", "--epochs", 1)
    assert "left out: 13" in said.err
    assert said.err.count("an empty file (0 bytes)") == 10
    assert "and 3 more" in said.err


# --- train


def test_train_prints_one_object(command, tiny_options, trained) -> None:
    """The same settings through the command line give the run that Python gave."""
    said = command("train", *tiny_options, "--run", "run", "--json")
    assert (said.code, said.err) == (0, "")
    assert said.out.count("\n") == 1
    assert list(said.json) == RESULT_KEYS
    expected = trained.result()
    same = [key for key in RESULT_KEYS if key not in ("run", "seconds", "images_per_second")]
    assert {key: said.json[key] for key in same} == {key: expected[key] for key in same}
    assert said.json == Run.open("run").result()


def test_train_tells_people_what_happens(command, tiny_options) -> None:
    said = command("train", *tiny_options, "--run", "run")
    assert said.code == 0
    lines = said.err.splitlines()
    assert lines[:4] == [
        "listing images",
        "building the model",
        "shapes: 48 images, 4 classes, 48 masks",
        "closed set: trains on 32 images of 4 classes, 16 images held out",
    ]
    assert lines[4] == "small on cpu: 8 steps of 8 images, into run"
    assert any(line.startswith("epoch 1 · step 4 · 16 held-out images · AUC 0.") for line in lines)
    assert lines[-1] == "finished at step 8"
    assert "images_per_second" in said.out
    assert re.search(r"^tpr_at_fpr 0\.01 +unknown$", said.out, re.MULTILINE)


def test_where_settings_come_from(command, tiny_options, tmp_path) -> None:
    """The options go over --set, and that over the file."""
    (tmp_path / "run.toml").write_text(
        'epochs = 7\nseed = 7\nembedding_dim = 7\nbackbone = "resnet18"\n[hyperparameters]\nmargin = 0.7\nalpha = 0.7\n'
    )
    options = [option for option in tiny_options if option != "embedding_dim=8"]
    position = options.index("--set")
    del options[position]  # the one before embedding_dim
    overrides = ["--set", "seed=5", "--set", "backbone=small", "--set", "margin=0.5", "--epochs", "1"]
    assert command("train", "run.toml", *options, *overrides, "--run", "run", "--json").code == 0
    config = Run.open("run").config
    assert (config.epochs, config.seed, config.embedding_dim, config.backbone) == (1, 5, 7, "small")
    assert (config.hyperparameters.margin, config.hyperparameters.alpha) == (0.5, 0.7)


def test_without_a_folder_the_run_goes_below_runs(command, tiny_options, tmp_path) -> None:
    said = command("train", *tiny_options, "--epochs", 1, "--json")
    (path,) = (tmp_path / "runs").iterdir()
    assert path.name.endswith("-shapes")
    assert said.json["run"] == f"runs/{path.name}"


def test_an_existing_run_needs_resume(command, trained) -> None:
    assert_error(command("train", "--run", trained.path), "holds a run already; choose another folder")


def test_a_finished_run_prints_its_result(command, trained) -> None:
    said = command("train", "--run", trained.path, "--resume", "--json")
    assert (said.code, said.json, said.err) == (0, trained.result(), "")


def test_a_finished_run_takes_no_other_settings(command, trained) -> None:
    for setting, words in (("margin=0.7", "has ended and trains no further with 0.7"), ("epochs=9", "found 9 (--init")):
        assert_error(command("train", "--set", setting, "--run", trained.path, "--resume"), words)


def test_resume_goes_on(command, tiny, tiny_options, trained) -> None:
    drive(tiny(), Path("run"), lambda controls: {5: controls.stop})
    for options in ([], tiny_options):  # repeating the settings is no contradiction
        said = command("train", *options, "--run", "run", "--resume", "--json")
        assert said.code == 0
        assert said.json["auc"] == trained.result()["auc"]
    assert len(Run.open("run").metrics()) == 8


def test_resume_where_there_is_nothing_begins(command, tiny_options) -> None:
    assert command("train", *tiny_options, "--run", "run", "--resume", "--json").json["steps"] == 8


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--seed", "3"], "seed: a run goes on with its own settings; run has 0, found 3"),
        (["--data", "digits"], "data: a run goes on with its own settings"),
        (["--init", "/other"], "init: a run goes on with its own settings; run has None, found '/other'"),
        (["--epochs", "x"], "epochs: input should be a valid integer"),
    ],
)
def test_resume_with_other_settings(command, tiny, options, words) -> None:
    drive(tiny(), Path("run"), lambda controls: {5: controls.stop})
    assert_error(command("train", *options, "--run", "run", "--resume"), words)


def test_resume_with_other_live_settings_changes_them(command, tiny) -> None:
    """After a loss that is not finite, say: the rest stays as it was when the run stopped."""

    def plan(controls: Controls) -> dict[int, Callable[[], object]]:
        return {2: lambda: controls.apply(Hyperparameters(margin=0.6)), 5: controls.stop}

    drive(tiny(), Path("run"), plan)
    assert command("train", "--set", "learning_rate=1e-4", "--run", "run", "--resume", "--json").code == 0
    run = Run.open("run")
    changes = [line for line in run.events() if line["event"] == "hyperparameters"]
    assert [line["step"] for line in changes] == [2, 5]
    assert run.hyperparameters() == Hyperparameters(margin=0.6, learning_rate=1e-4)
    assert run.metrics()[5]["learning_rate"] < 1e-4


def test_a_failure_is_one_sentence(command, tiny_options, monkeypatch) -> None:
    from core.training import trainer

    def broken(*arguments: object, **named: object) -> None:
        raise FloatingPointError("the loss is nan at step 1")

    monkeypatch.setattr(trainer, "task_terms", broken)
    assert_error(command("train", *tiny_options, "--run", "run", "--json"), "the loss is nan at step 1")


def test_debug_shows_where(command, tiny_options, trained, monkeypatch) -> None:
    assert "Traceback" in command("train", "--run", trained.path, "--debug").err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_after_its_step(command, tiny_options, monkeypatch, number) -> None:
    """Sent by the training thread to its own process, so that the moment is known."""
    from core.training import trainer

    real = trainer.task_terms
    steps = iter(range(1, 1000))

    def loss(*arguments: Any, **named: Any) -> Any:
        if next(steps) == 6:
            os.kill(os.getpid(), number)
        return real(*arguments, **named)

    before = signal.getsignal(number)
    monkeypatch.setattr(trainer, "task_terms", loss)
    said = command("train", *tiny_options, "--epochs", 500, "--run", "run", "--json")
    assert said.code == 0
    assert list(said.json) == RESULT_KEYS
    assert 6 <= said.json["steps"] < 2000
    assert said.json["auc"] is not None
    assert Run.open("run").newest_checkpoint() == said.json["steps"]
    assert signal.getsignal(number) is before


def test_a_stop_before_the_first_step_is_an_error(command, tiny_options, monkeypatch, tmp_path) -> None:
    from core.training import preparation

    real = preparation.configured_dataset

    def opened(config: Any, **more: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        while not asked:
            pass  # the main thread takes the signal and tells the session
        return real(config, **more)

    asked: list[bool] = []
    stop = train_command._stop_on_signals

    def watched(session: Any) -> Any:
        told = session.stop
        session.stop = lambda **named: (told(**named), asked.append(True))
        return stop(session)

    monkeypatch.setattr(preparation, "configured_dataset", opened)
    monkeypatch.setattr(train_command, "_stop_on_signals", watched)
    said = command("train", *tiny_options, "--run", "run", "--json")
    assert_error(said, "stopped before the first step, so there is no run")
    assert not (tmp_path / "run").exists()


# --- evaluate


def test_evaluate_prints_one_object(command, trained) -> None:
    said = command("evaluate", trained.path, "--json")
    assert said.code == 0
    assert list(said.json) == [*EVALUATION_KEYS, *FURTHER_KEYS]
    assert said.json["auc"] == pytest.approx(trained.result()["auc"], abs=1e-6)
    assert said.json["auc_interval"] is said.json["eer_interval"] is None
    assert said.json["tpr_at_fpr_interval"] == {"0.05": None, "0.01": None, "0.001": None}
    assert "warning: an interval needs at least 20 identities, found 4" in said.err
    assert said.json["tpr_at_fpr"].keys() == {"0.05", "0.01", "0.001"}
    assert "warning: FPR 1 %: no figure, since 96 impostor pairs cannot show a rate that low" in said.err
    assert "warning: FPR 5 %: rests on at most 4 accepted of 96 impostor pairs" in said.err
    assert "warning: the threshold was not checked on other identities than it was chosen on" in said.err
    threshold, told = said.json["threshold"], trained.result()["threshold"]
    assert threshold == told | {"value": pytest.approx(told["value"], abs=1e-5)}
    assert said.json["partial_auc"] is said.json["min_dcf"] is None  # of 96 impostor pairs
    assert list(said.json["recall_at_k"]) == ["1", "5", "10"]
    assert said.json["confusion"]["classes"] == ["circle", "cross", "square", "triangle"]
    assert sum(map(sum, said.json["confusion"]["counts"])) == 16


def test_evaluate_parts_and_distances(command, trained, shapes) -> None:
    assert command("evaluate", trained.path, "--json", "--part", "all").json["genuine_pairs"] == 4 * 66
    assert command("evaluate", trained.path, "--json", "--data", shapes).json["genuine_pairs"] == 4 * 66
    assert command("evaluate", trained.path, "--json", "--data", shapes, "--part", "all").code == 0
    assert_error(
        command("evaluate", trained.path, "--data", shapes, "--part", "held-out"),
        "--part: other data than the run's has no held-out part",
    )
    cosine, euclidean = (
        command("evaluate", trained.path, "--json", "--distance", name).json for name in ("cosine", "euclidean")
    )
    assert euclidean["auc"] == pytest.approx(cosine["auc"], abs=1e-6)
    assert euclidean["threshold_at_fpr"]["0.05"] > cosine["threshold_at_fpr"]["0.05"]


@pytest.mark.parametrize("name", ["squared-euclidean", "mahalanobis", "nca"])
def test_evaluate_by_other_distances(command, trained, tmp_path, name) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    first, again = (command("evaluate", "run", "--json", "--distance", name) for _ in range(2))
    assert list(first.json) == [*EVALUATION_KEYS, *FURTHER_KEYS]
    assert first.json == again.json
    kept = [str(path.relative_to(tmp_path / "run")) for path in (tmp_path / "run").glob("distances/*/*")]
    assert kept == ([] if name == "squared-euclidean" else [f"distances/{name}/step-000008.safetensors"])


def test_a_kept_distance_that_is_damaged(command, trained, tmp_path) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    path = tmp_path / "run" / "distances" / "nca" / "step-000008.safetensors"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"?")
    assert_error(
        command("evaluate", "run", "--distance", "nca"), "step-000008.safetensors: the distance cannot be read"
    )


def test_evaluate_for_people(command, trained) -> None:
    said = command("evaluate", trained.path)
    assert re.search(r"^  TPR at FPR 0\.1 % +unknown$", said.out, re.MULTILINE)
    assert re.search(r"^  precision@1 +\d+\.\d\d %$", said.out, re.MULTILINE)
    assert "circle" not in said.out
    detailed = command("evaluate", trained.path, "--details").out
    assert detailed.startswith(said.out.rstrip())
    assert re.search(r"^  circle +4 images +recall .*Dice", detailed, re.MULTILINE)


def test_an_interrupt_between_stages(command, trained, monkeypatch) -> None:
    from core import evaluate

    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluate, "clustering_scores", interrupted)
    assert_error(command("evaluate", trained.path, "--json"), "interrupted")


def test_damaged_run_folders(command, trained, tmp_path, pair) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    newest = tmp_path / "run" / "checkpoints" / "step-000008.safetensors"
    newest.write_bytes(newest.read_bytes()[:1000])
    for arguments in (["evaluate", "run"], ["verify", "run", *pair]):
        assert_error(command(*arguments), "step-000008.safetensors: the checkpoint cannot be read")
    (tmp_path / "run" / "run.json").write_text('{"schema_version": 99}')
    for arguments in (["evaluate", "run"], ["verify", "run", *pair], ["train", "--run", "run", "--resume"]):
        assert_error(command(*arguments), "written by a newer version (schema 99)")
    assert_error(command("evaluate", tmp_path / "nowhere"), "a run is a folder, found nothing there")


# --- verify


def test_verify_says_by_its_exit_code(command, trained, pair) -> None:
    verdict = Verifier.load(trained).verify(*pair)
    for threshold, code in ((verdict.distance, 0), (verdict.distance - 1e-9, 1)):
        said = command("verify", trained.path, *pair, "--threshold", repr(threshold), "--json")
        assert (said.code, said.json["same"], said.err) == (code, code == 0, "")
    said = command("verify", trained.path, *pair, "--json")
    assert list(said.json) == ["distance", "threshold", "same", "probability", "expected_fpr", "expected_tpr"]
    assert said.json == asdict(verdict)  # to the last bit
    assert said.code == (0 if verdict.same else 1)


def test_verify_for_people(command, trained, pair) -> None:
    assert command("verify", trained.path, *pair, "--threshold", 2).out.startswith("same: distance 0.")
    assert "> threshold 0.0000" in command("verify", trained.path, *pair, "--threshold", 0).out


def test_verify_says_that_it_takes_the_first_frame(command, trained, pair, tmp_path) -> None:
    film, frames = tmp_path / "film.gif", [Image.open(path) for path in pair]
    frames[0].save(film, save_all=True, append_images=frames[1:])
    found = command("verify", trained.path, film, pair[0], "--json")
    assert found.err == f"note: {film}: an animation: the first of its 2 frames is used\n"
    assert found.json["same"]


def test_verify_with_an_fpr(command, trained, pair) -> None:
    said = command("verify", trained.path, *pair, "--fpr", 0.1, "--json")
    assert said.json["expected_fpr"] <= 0.1
    assert_error(command("verify", trained.path, *pair, "--fpr", 2), "fpr: must be between 0 and 1, found 2.0")
    assert_error(command("verify", trained.path, *pair, "--fpr", 1e-6), "96 impostor pairs cannot show a rate that low")


def test_verify_with_a_persons_threshold(command, trained, pair, tmp_path) -> None:
    shutil.copytree(trained.path, tmp_path / "run")
    Run.open("run").choose_threshold(
        ThresholdChoice(threshold=1.99, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=8)
    )
    said = command("verify", "run", *pair, "--json")
    assert (said.code, said.json["threshold"]) == (0, 1.99)


def test_verify_without_an_image(command, trained, pair, tmp_path) -> None:
    assert_error(command("verify", trained.path, pair[0], "nowhere.png"), "nowhere.png: an image file is needed")
    (tmp_path / "a.png").write_text("text")
    assert_error(command("verify", trained.path, "a.png", pair[0]), "a.png: no image that can be read")
    assert_error(command("verify", tmp_path, *pair), "not a run folder, it has no run.json")


# --- doctor, and errors nobody thought of


def test_doctor(command) -> None:
    said = command("doctor", "--json")
    assert said.code == 0
    assert {"versions", "device", "display", "free_disk_gib", "built_in_data"} <= said.json.keys()
    assert "versions torch" in command("doctor").out


def test_an_unexpected_error_is_2_not_1(command, trained, pair, monkeypatch) -> None:
    """1 would read as 'different'."""

    def broken(*arguments: object, **named: object) -> None:
        raise ZeroDivisionError("by zero\nand more")

    monkeypatch.setattr(Verifier, "verify", broken)
    assert_error(command("verify", trained.path, *pair), "unexpected ZeroDivisionError: by zero")
    assert "Traceback" in command("verify", trained.path, *pair, "--debug").err


def test_an_interrupt_is_2(command, trained, pair, monkeypatch) -> None:
    def interrupted(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Verifier, "verify", interrupted)
    assert_error(command("verify", trained.path, *pair), "interrupted")


def test_the_trained_run_is_what_training_gives(tiny, trained, tmp_path) -> None:
    """The shared fixture has not been changed by any test before."""
    assert train(tiny(), tmp_path / "run").metrics()[-1]["total"] == trained.metrics()[-1]["total"]
