"""The real program, driven by mouse: train, move the threshold, drop two files, see the verdict."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.builtin import digits
from core.runs import Run, ThresholdChoice
from tests.e2e.conftest import Environment, Start
from tests.until import until

pytest.importorskip("PySide6")

HERE = Path(__file__).parent
GENUINE, IMPOSTOR = (0x1F, 0x9E, 0x89), (0xD1, 0x66, 0x3F)
Rectangles = dict[str, tuple[int, int, int, int]]


class Mouse:
    """The mouse of the display, moved as a hand does."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def do(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self._environment, check=True, timeout=20)

    def click(self, x: int, y: int) -> None:
        self.do("mousemove", x, y, "sleep", 0.1, "click", 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.do("mousemove", *start, "sleep", 0.2, "mousedown", 1, "sleep", 0.1)
        for share in np.linspace(0, 1, 12)[1:]:
            x, y = (round(a + share * (b - a)) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.05)
        self.do("sleep", 0.3, "mouseup", 1)


def centre(rectangle: tuple[int, int, int, int], share: float = 0.5) -> tuple[int, int]:
    x, y, width, height = rectangle
    return round(x + share * width), y + height // 2


def controls(environment: Environment, folder: Path, *run: Path) -> Rectangles:
    """Where the window's controls are on this display, with the run open if one is given.

    Asked in a home of its own, for a window remembers its place.
    """
    folder.mkdir()
    found = subprocess.run(
        [sys.executable, str(HERE / "twin.py"), str(folder), *map(str, run)],
        env=environment | {"HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return {name: tuple(values) for name, values in json.loads(found.stdout).items()}


def looks_like(environment: Environment, rectangle: tuple[int, int, int, int], path: Path) -> str:
    """Which verdict's symbol stands there on the screen: 'same', 'different' or ''."""
    subprocess.run([sys.executable, str(HERE / "screenshot.py"), str(path)], env=environment, check=True, timeout=60)
    x, y, width, height = rectangle
    pixels = np.asarray(Image.open(path).convert("RGB"))[y : y + height, x : x + width].astype(int)
    counts = [int((np.abs(pixels - colour).max(axis=2) < 8).sum()) for colour in (GENUINE, IMPOSTOR)]
    if max(counts) < 30:
        return ""
    return "same" if counts[0] > counts[1] else "different"


def threshold_of(run: Path) -> ThresholdChoice:
    """The threshold in force, as the run keeps it."""
    choice = Run.open(run).threshold()
    assert choice is not None
    return choice


def finished(run: Path) -> bool:
    return '"event": "finished"' in (run / "events.jsonl").read_text()


def pair_of_files(folder: Path) -> tuple[Path, Path]:
    """Two different pictures of digits as files: a 0 and a 1."""
    dataset = digits()
    files = []
    for label in (0, 1):
        sample = next(sample for sample in dataset.samples if sample.label == label)
        assert isinstance(sample.image, np.ndarray)
        files.append(folder / f"digit-{label}.png")
        Image.fromarray(sample.image).save(files[-1])
    return files[0], files[1]


@pytest.mark.gui
@pytest.mark.timeout(600)
def test_a_new_user_trains_tunes_the_threshold_and_verifies_two_files(
    environment: Environment, start: Start, program: str, tmp_path: Path
) -> None:
    mouse = Mouse(environment)
    where = controls(environment, tmp_path / "twin")
    window = start(program)
    runs = tmp_path / "runs"

    def start_training() -> bool:
        mouse.click(*centre(where["start"]))
        return any(runs.glob("*/run.json"))

    until(start_training, 120, "the start of training", every=3)
    run = next(runs.iterdir())
    until(lambda: finished(run), 300, "the end of training", every=0.25)
    assert window.poll() is None

    where = controls(environment, tmp_path / "twin with the run", run)
    assert threshold_of(run).chosen_by == "default"
    mouse.click(*centre(where["threshold"], 0.8))
    until(lambda: threshold_of(run).chosen_by == "person", 20, "the higher threshold")
    high = threshold_of(run).threshold

    a, b = pair_of_files(tmp_path)
    start(sys.executable, str(HERE / "drag_source.py"), "1400", "100", str(a), str(b))
    until(lambda: window_named(environment, "files"), 30, "the other program's window")
    mouse.drag((1500, 150), centre(where["slot_a"]))
    mouse.drag((1500, 250), centre(where["slot_b"]))
    shot = tmp_path / "screen.png"
    until(lambda: looks_like(environment, where["verdict"], shot) == "same", 30, "'same' at a high threshold", every=1)

    mouse.drag(centre(where["threshold"], 0.8), centre(where["threshold"], 0.02))
    until(lambda: threshold_of(run).threshold < high, 20, "the lower threshold")
    until(
        lambda: looks_like(environment, where["verdict"], shot) == "different",
        30,
        "'different' at a low threshold",
        every=1,
    )
    verdict = subprocess.run(
        [program, "verify", str(run), str(a), str(b), "--json"], env=environment, capture_output=True, text=True
    )
    assert verdict.returncode == 1, verdict.stderr
    assert json.loads(verdict.stdout)["threshold"] == threshold_of(run).threshold


def window_named(environment: Environment, name: str) -> bool:
    search = subprocess.run(["xdotool", "search", "--name", f"^{name}$"], env=environment, capture_output=True)
    return search.returncode == 0


@pytest.mark.gui
@pytest.mark.parametrize("display_name", [None, ":4321"])
def test_without_a_display_one_sentence_names_the_ways_out(
    program: str, tmp_path: Path, display_name: str | None
) -> None:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    if display_name is not None:
        environment["DISPLAY"] = display_name
    ended = subprocess.run([program, "--demo"], env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "xvfb-run" in ended.stderr
    assert "metric-explorer train" in ended.stderr
    assert ended.stdout == ""
