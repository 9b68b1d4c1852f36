"""That nothing in the window escapes translation: it is opened in a language that marks what passed through it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.explorer.tiny import copied_run, stored_run


def test_every_text_of_the_window_passes_through_tr(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    run, folder = copied_run(tmp_path_factory, tmp_path), tmp_path / "window"
    folder.mkdir()
    data = stored_run(tmp_path_factory).parent / "data"
    command = [sys.executable, "-m", "tests.explorer.translations.pseudo", str(run), str(data), str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == ""
    assert "Traceback" not in answer.stderr, answer.stderr
