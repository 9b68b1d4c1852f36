"""The commands of the guide, run as they stand in a folder that has what they name; training is made short."""

import functools
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from core.cli import build_parser, main
from core.training import rate_finder

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGES = (
    "start",
    "data",
    "losses",
    "training",
    "map",
    "threshold",
    "verify",
    "gallery",
    "deploy",
    "runs",
    "evaluation",
    "embedding",
    "troubleshooting",
)
"""In the order in which they build on one another."""
SHORT = "--epochs 1 --image-size 16 --backbone small --set classes_per_batch=4 --set samples_per_class=4".split()
"""What a training of the guide is given in addition, so that it takes a second."""
CLASSES, EACH = 24, 4


def commands(page: str) -> list[list[str]]:
    """Arguments of every `metric-explorer` line in the page's sh blocks."""
    text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    parsed = [shlex.split(line, comments=True) for line in lines]
    assert all(words[0] == "metric-explorer" for words in parsed), parsed
    return [words[1:] for words in parsed]


def test_they_run_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    few_steps = functools.partial(rate_finder.find_rate, steps=20)
    monkeypatch.setattr(rate_finder, "find_rate", few_steps)
    _write_data(tmp_path)
    ran: list[list[str]] = []
    for page in PAGES:
        found = commands(page)
        assert found, page
        for words in found:
            # The window, which tests/e2e opens; and what an earlier page has shown to work.
            if words[0].startswith("--") or words in ran:
                continue
            ran.append(words)
            torch.set_num_threads(1)  # as before every test; a map has changed it
            code = main([*words, *SHORT] if words[0] in ("train", "find-rate") else words)
            told = capsys.readouterr()
            # 1 says 'different' or 'unknown', which is for the model to say.
            allowed = (0, 1) if words[0] in ("verify", "identify") else (0,)
            assert code in allowed, (page, words, told.err)


@pytest.mark.parametrize("page", sorted(path.stem for path in GUIDE.glob("*.md")))
def test_its_commands_are_understood_and_its_links_lead_somewhere(page: str) -> None:
    text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
    for words in commands(page):
        if not words[0].startswith("--"):
            build_parser("metric-explorer").parse_args(words)
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        assert target.startswith("https://") or target.startswith("http://") or (GUIDE / target).exists(), target


def _write_data(folder: Path) -> None:
    """Classes of blots of one colour each, with masks, and the lists and single images beside them."""
    generator = np.random.default_rng(0)
    rows = ["image,label"]
    for number in range(CLASSES):
        colour = generator.integers(40, 255, 3)
        for place in range(EACH):
            pixels = generator.integers(0, 40, (24, 24, 3)).astype(np.uint8)
            mask = np.zeros((24, 24), np.uint8)
            mask[4 + place : 16 + place, 5:18] = 255
            pixels[mask > 0] = colour
            name = f"class{number:02d}/{place}"
            for kind, values in (("images", pixels), ("masks", mask)):
                path = folder / "data" / kind / f"{name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                Image.fromarray(values).save(path)
            rows.append(f"data/images/{name}.png,class{number:02d}")
    first = folder / "data/images/class00"
    for name, source in (("a", first / "0.png"), ("b", first / "1.png")):
        Image.open(source).save(folder / f"{name}.jpg")
    (folder / "pictures").mkdir()
    for place in range(3):
        Image.open(first / f"{place}.png").save(folder / "pictures" / f"{place}.png")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    pairs = ["image_a,image_b,same"]
    for number in range(CLASSES):
        one, other = f"data/images/class{number:02d}", f"data/images/class{(number + 1) % CLASSES:02d}"
        pairs += [f"{one}/0.png,{one}/1.png,1", f"{one}/0.png,{one}/2.png,1", f"{one}/0.png,{other}/3.png,0"]
    (folder / "pairs.csv").write_text("\n".join(pairs) + "\n")
    (folder / "judged.csv").write_text("\n".join(pairs[:13]) + "\n")
