import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QColor, QImage

from core.errors import InputError
from core.training.records import ModelSnapshot
from explorer.bridge.inference import Comparison, InferenceBridge, open_model
from explorer.bridge.tasks import TaskThread
from explorer.panels.verify import VerifyPanel
from tests.explorer.bridge.conftest import Settle
from tests.explorer.standins import StandInVerifier, heard, names
from tests.explorer.tiny import stored_run

if TYPE_CHECKING:
    from core.data.dataset import ImageFile

RUN = Path("run")
GREY: NDArray[np.uint8] = np.full((8, 8, 3), 51, np.uint8)


class Models:
    """Makes the models, and remembers what of."""

    def __init__(self) -> None:
        self.made: list[tuple[Path, int | None]] = []
        self.gates: dict[int, threading.Event] = {}
        self.loading: dict[int, threading.Event] = {}
        self.errors: dict[int, Exception] = {}
        self.refusal: Exception | None = None

    def __call__(self, run_dir: Path, weights: ModelSnapshot | None) -> StandInVerifier:
        step = None if weights is None else weights.step
        self.made.append((run_dir, step))
        if self.refusal is not None:
            raise self.refusal
        number = 99 if step is None else step
        if number in self.loading:
            self.loading[number].wait(10)
        return StandInVerifier(number, self.gates.get(number), self.errors.get(number))


@pytest.fixture
def models() -> Models:
    return Models()


@pytest.fixture
def bridge(tasks: TaskThread, models: Models) -> InferenceBridge:
    samples: dict[str, ImageFile] = {"a/1.png": GREY}
    return InferenceBridge(tasks, samples.get, models)  # type: ignore[arg-type]


Said = list[tuple[object, ...]]


@pytest.fixture
def said(bridge: InferenceBridge) -> Said:
    signals = "image_ready image_failed compared comparison_failed model_ready model_failed"
    return heard(*((name, getattr(bridge, name)) for name in signals.split()))


def image_file(folder: Path, name: str, level: int) -> Path:
    Image.fromarray(np.full((8, 8, 3), level, np.uint8)).save(folder / name)
    return folder / name


def put(bridge: InferenceBridge, **slots: object) -> None:
    """Choose as the panel tells it: each image, then the pair."""
    for slot, source in slots.items():
        bridge.choose(slot, source)  # type: ignore[arg-type]
    held = bridge._slots
    bridge.set_pair(*(slots.get(slot, getattr(held[slot], "source", None)) for slot in "AB"))  # type: ignore[arg-type]


def comparisons(said: Said) -> list[tuple[int, float]]:
    """Step and distance of each."""
    found = [each[1] for each in said if each[0] == "compared"]
    return [(each.step, round(each.distance, 6)) for each in found if isinstance(each, Comparison)]


def test_files_pictures_and_samples_are_decoded_and_shown(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    pasted = QImage(8, 8, QImage.Format.Format_RGB32)
    pasted.fill(QColor(102, 102, 102))
    put(bridge, A=image_file(tmp_path, "x.png", 102))
    settle()
    put(bridge, B=pasted)
    settle()
    put(bridge, B="a/1.png")
    settle()
    assert [(each[1], each[3]) for each in said] == [("A", "x.png"), ("B", "pasted image"), ("B", "a/1.png")]
    shown = said[2][2]
    assert isinstance(shown, QImage)
    assert shown.pixelColor(3, 3) == QColor(51, 51, 51)


def test_a_file_that_is_no_image_is_said_at_its_slot(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    bridge.follow(RUN)
    bridge.load_checkpoint()
    put(bridge, A=tmp_path / "notes.txt", B="a/1.png")
    settle()
    assert names(said) == ["model_ready", "image_failed", "image_ready"]
    assert said[1][1] == "A"
    assert "notes.txt" in str(said[1][2])
    assert "\n" not in str(said[1][2])


def test_a_sample_whose_image_is_not_at_hand_is_said_at_its_slot(
    bridge: InferenceBridge, said: Said, settle: Settle
) -> None:
    put(bridge, B="z/9.png")
    settle()
    assert names(said) == ["image_failed"]
    assert said[0][1] == "B"
    assert "z/9.png" in str(said[0][2])


@pytest.mark.parametrize("model_first", [True, False])
def test_the_pair_is_compared_as_soon_as_both_images_and_a_model_are_there(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path, model_first: bool
) -> None:
    white = image_file(tmp_path, "white.png", 255)
    bridge.follow(RUN)
    if model_first:
        bridge.load_checkpoint()
    put(bridge, A=white)
    settle()
    assert comparisons(said) == []
    put(bridge, B="a/1.png")
    if not model_first:
        settle()
        assert comparisons(said) == []
        bridge.load_checkpoint()
    settle()
    assert comparisons(said) == [(99, 0.8)]


def test_newer_weights_look_again(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle, tmp_path: Path
) -> None:
    bridge.follow(RUN)
    put(bridge, A=image_file(tmp_path, "white.png", 255), B="a/1.png")
    for number in (10, 20):
        bridge.use_weights(ModelSnapshot(number, {}))
        settle()
    assert [each[1] for each in said if each[0] == "model_ready"] == [10, 20]
    assert comparisons(said) == [(10, 0.8), (20, 0.8)]
    assert models.made == [(RUN, 10), (RUN, 20)]


def test_weights_that_newer_ones_have_overtaken_are_dropped(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle
) -> None:
    bridge.follow(RUN)
    models.loading[10] = threading.Event()
    bridge.use_weights(ModelSnapshot(10, {}))
    bridge.use_weights(ModelSnapshot(20, {}))
    models.loading[10].set()
    settle()
    assert said == [("model_ready", 20)]


def test_the_comparison_of_an_older_pair_is_dropped(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle, tasks: TaskThread, tmp_path: Path
) -> None:
    models.gates[99] = threading.Event()
    bridge.follow(RUN)
    bridge.load_checkpoint()
    put(bridge, A=image_file(tmp_path, "black.png", 0), B="a/1.png")
    while "image_ready" not in names(said[2:]):
        tasks.poll()
    put(bridge, A=image_file(tmp_path, "white.png", 255))
    models.gates[99].set()
    settle()
    assert comparisons(said) == [(99, 0.8)]


def test_an_exchange_decodes_nothing_and_looks_again(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    bridge.follow(RUN)
    bridge.load_checkpoint()
    white, grey = image_file(tmp_path, "white.png", 255), "a/1.png"
    put(bridge, A=white, B=grey)
    settle()
    said.clear()
    white.unlink()
    bridge.set_pair(grey, white)
    settle()
    assert comparisons(said) == [(99, 0.8)]
    assert names(said) == ["compared"]


def test_an_exchange_while_an_image_is_being_read_shows_it_in_its_new_slot(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    white, grey = image_file(tmp_path, "white.png", 255), "a/1.png"
    put(bridge, A=white, B=grey)
    bridge.set_pair(grey, white)
    settle()
    assert sorted((each[1], each[3]) for each in said) == [("A", "a/1.png"), ("B", "white.png")]


def test_the_same_file_once_more_is_read_once_more(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    bridge.follow(RUN)
    bridge.load_checkpoint()
    path = image_file(tmp_path, "x.png", 0)
    put(bridge, A=path, B="a/1.png")
    settle()
    image_file(tmp_path, "x.png", 255)
    put(bridge, A=path)
    settle()
    assert comparisons(said) == [(99, 0.2), (99, 0.8)]


def test_an_emptied_slot_ends_the_comparison(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    white = image_file(tmp_path, "white.png", 255)
    put(bridge, A=white, B="a/1.png")
    settle()
    bridge.set_pair(white, None)
    bridge.follow(RUN)
    bridge.load_checkpoint()
    settle()
    assert comparisons(said) == []


def test_the_model_of_a_former_run_looks_at_nothing_any_more(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle, tmp_path: Path
) -> None:
    bridge.follow(RUN)
    bridge.load_checkpoint()
    settle()
    bridge.follow(Path("next"))
    put(bridge, A=image_file(tmp_path, "white.png", 255), B="a/1.png")
    settle()
    assert comparisons(said) == []
    bridge.use_weights(ModelSnapshot(3, {}))
    settle()
    assert comparisons(said) == [(3, 0.8)]
    assert models.made == [(RUN, None), (Path("next"), 3)]


def test_weights_of_no_run_are_not_used(bridge: InferenceBridge, models: Models, said: Said, settle: Settle) -> None:
    bridge.use_weights(ModelSnapshot(3, {}))
    bridge.load_checkpoint()
    settle()
    assert models.made == []
    assert said == []


def test_a_model_that_cannot_be_loaded_is_told(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle
) -> None:
    models.refusal = InputError("run: has no checkpoint yet, so there is no model to load")
    bridge.follow(RUN)
    bridge.load_checkpoint()
    settle()
    assert [each[:2] for each in said] == [("model_failed", "run: has no checkpoint yet, so there is no model to load")]


def test_a_comparison_that_fails_is_told(
    bridge: InferenceBridge, models: Models, said: Said, settle: Settle, tmp_path: Path
) -> None:
    models.errors[99] = RuntimeError("CUDA out of memory")
    bridge.follow(RUN)
    bridge.load_checkpoint()
    put(bridge, A=image_file(tmp_path, "white.png", 255), B="a/1.png")
    settle()
    assert said[-1][:2] == ("comparison_failed", "the device ran out of memory; use a smaller batch or image size")


def test_what_the_panel_emits_is_understood(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path, qtbot: object
) -> None:
    """The bridge tells an exchange from new choices by the identity of what comes through the panel's signals."""
    panel = VerifyPanel()
    qtbot.addWidget(panel)  # type: ignore[attr-defined]
    panel.image_chosen.connect(bridge.choose)
    panel.pair_changed.connect(bridge.set_pair)
    panel.choose({"A": image_file(tmp_path, "white.png", 255), "B": "a/1.png"})
    settle()
    assert names(said) == ["image_ready", "image_ready"]
    panel._on_swap()
    settle()
    assert names(said) == ["image_ready", "image_ready"]
    held = bridge._slots
    assert [held[slot].source for slot in "AB"] == ["a/1.png", tmp_path / "white.png"]  # type: ignore[union-attr]


def test_a_stored_model_and_one_of_given_weights_agree(tmp_path_factory: pytest.TempPathFactory) -> None:
    run = stored_run(tmp_path_factory)
    stored = open_model(run, None)
    assert stored.step == 4
    given = open_model(run, ModelSnapshot(7, stored._model.state_dict()))
    assert given.step == 7
    assert (given.embed(GREY) == stored.embed(GREY.copy())).all()
    assert given.probability(0.1) == stored.probability(0.1)


def test_it_compares_by_the_distance_that_it_was_told(bridge: InferenceBridge, said: Said, settle: Settle) -> None:
    bridge.follow(RUN)
    bridge.load_checkpoint()
    bridge.compare_by("euclidean", None)
    put(bridge, A="a/1.png", B="a/1.png")
    settle()
    settle()
    assert bridge._verifier is not None
    assert bridge._verifier.compared_by == "euclidean"  # type: ignore[attr-defined]
    assert names(said).count("compared") == 1


def chunk(kind: bytes, content: bytes) -> bytes:
    """Of a PNG file."""
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def bad_file(folder: Path, kind: str) -> Path:
    """One of what people drop by mistake."""
    path = folder / f"{kind}.png"
    if kind == "folder":
        path.mkdir()
    elif kind == "truncated":
        noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
        Image.fromarray(noise).save(path)
        path.write_bytes(path.read_bytes()[:2_000])
    elif kind == "bomb":
        size = (40_000).to_bytes(4)
        chunks = chunk(b"IHDR", size + size + bytes([1, 0, 0, 0, 0])), chunk(b"IDAT", zlib.compress(b""))
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    else:
        path.write_bytes({"empty": b"", "text": b"hello"}[kind])
    return path


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("text", "no image that can be read"),
        ("empty", "0 bytes"),
        ("truncated", "damaged"),
        ("bomb", "megapixels"),
        ("folder", "found a folder"),
    ],
)
def test_bad_input_is_one_sentence_and_the_other_image_stays(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path, kind: str, words: str
) -> None:
    put(bridge, B="a/1.png")
    settle()
    put(bridge, A=bad_file(tmp_path, kind))
    settle()
    assert names(said) == ["image_ready", "image_failed"]
    assert words in str(said[1][2])
    assert "\n" not in str(said[1][2])
    held = bridge._slots["B"]
    assert held is not None
    assert held.pixels is not None


def test_of_an_animation_the_first_frame_is_taken_and_said(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path
) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    frames[0].save(tmp_path / "cat.gif", save_all=True, append_images=frames[1:])
    put(bridge, A=tmp_path / "cat.gif")
    settle()
    assert said[0][3] == "cat.gif (an animation: the first of its 3 frames is used)"
    assert said[0][2].pixelColor(3, 3) == QColor("red")  # type: ignore[attr-defined]
    bridge.follow(RUN)
    bridge.load_checkpoint()
    settle()
    bridge.embedded.connect(lambda found: said.append(("embedded", found.caption)))
    bridge.embed(tmp_path / "cat.gif")
    settle()
    assert said[-1] == ("embedded", said[0][3])


@pytest.mark.parametrize("size", [(1, 1), (20_000, 20)])
def test_odd_shapes_are_shown_and_compared(
    bridge: InferenceBridge, said: Said, settle: Settle, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("L", size, 255).save(tmp_path / "odd.png")
    bridge.follow(RUN)
    bridge.load_checkpoint()
    put(bridge, A=tmp_path / "odd.png", B="a/1.png")
    settle()
    assert comparisons(said) == [(99, 0.8)]
    shown = next(each[2] for each in said if each[0] == "image_ready" and each[1] == "A")
    assert not shown.isNull()  # type: ignore[attr-defined]


def test_a_probability_comes_with_its_calibration(bridge: InferenceBridge, said: Said, settle: Settle) -> None:
    bridge.follow(RUN)
    bridge.load_checkpoint()
    put(bridge, A="a/1.png", B="a/1.png")
    settle()
    found = said[-1][1]
    assert isinstance(found, Comparison)
    assert (found.probability, found.method) == (1.0, "isotonic")


def test_why_is_told_by_the_model_in_use(
    tasks: TaskThread, settle: Settle, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bridge = InferenceBridge(tasks, lambda _sample: None)
    said = heard(*((name, getattr(bridge, name)) for name in ("compared", "explained", "explanation_failed")))
    bridge.explain()
    assert not tasks.busy, "there is neither model nor pair"
    bridge.follow(stored_run(tmp_path_factory))
    bridge.load_checkpoint()
    put(bridge, A=image_file(tmp_path, "white.png", 255), B=image_file(tmp_path, "grey.png", 51))
    settle()
    bridge.explain()
    settle()
    assert names(said) == ["compared", "explained"]
    assert said[1][1].distance == pytest.approx(said[0][1].distance, abs=1e-5)  # type: ignore[attr-defined]
    bridge.explain()
    bridge.set_pair(None, None)
    settle()
    assert names(said) == ["compared", "explained"], "the pair has gone"
