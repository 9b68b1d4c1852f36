import subprocess
import sys

import pytest

import core
from core.program import own_command


def test_it_starts_the_commands_in_another_process(tmp_path: object) -> None:
    answer = subprocess.run(
        [*own_command(), "runs", "--json", str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip().startswith("{")
    assert core.__version__


def test_a_standalone_program_answers_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
