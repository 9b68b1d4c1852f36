"""That nothing in the window escapes translation: it is opened in a language that marks what passed through it."""

import subprocess
import sys


def test_every_text_of_the_window_passes_through_tr() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.explorer.translations.pseudo"], capture_output=True, text=True, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == ""
