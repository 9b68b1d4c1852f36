"""The line of progress, on a terminal and elsewhere."""

from io import StringIO
from types import SimpleNamespace

import pytest

from core.commands.progress import shown, stages_shown


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    stream = Terminal()
    monkeypatch.setattr("core.commands.progress.sys", SimpleNamespace(stderr=stream))
    return stream


def test_each_percent_stands_once_and_the_line_goes(terminal: Terminal) -> None:
    with shown("work") as watch:
        for share in (0.0, 0.001, 0.25, 0.2599, 1.0):
            watch(share)
    assert terminal.getvalue() == f"\rwork: 0 %\rwork: 25 %\rwork: 100 %\r{' ' * 11}\r"


def test_a_shorter_stage_leaves_nothing_of_a_longer_one(terminal: Terminal) -> None:
    with stages_shown() as tell:
        tell("embedding", 0.5)
        tell("pairs", 0)
    assert terminal.getvalue() == f"\rembedding: 50 %\rpairs: 0 %     \r{' ' * 10}\r"


def test_the_line_goes_where_the_work_fails(terminal: Terminal) -> None:
    def work() -> None:
        with shown("work") as watch:
            watch(0.5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert terminal.getvalue() == f"\rwork: 50 %\r{' ' * 10}\r"


def test_nothing_is_written_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("work") as watch:
        watch(0.5)
    assert capsys.readouterr() == ("", "")
