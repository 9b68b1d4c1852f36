"""The Python guide, whose examples are run as they stand."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "python.md"


def test_its_examples_run_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = GUIDE.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    assert len(blocks) >= 8
    for block in blocks:
        above = text[: block.start(1)].count("\n")  # so that a traceback names the line of the guide
        exec(compile("\n" * above + block[1], str(GUIDE), "exec"), names)
    printed = capsys.readouterr().out
    assert "nobody.jpg: an image file is needed, found no file" in printed
    assert "zero" in printed
