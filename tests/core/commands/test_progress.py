"""The line of progress, on a terminal and elsewhere."""

import pytest

from core.commands.progress import shown


def test_each_percent_stands_once_and_the_line_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown("embedding") as watch:
        for share in (0.0, 0.001, 0.25, 0.2599, 1.0):
            watch(share)
    assert capsys.readouterr().err == ("\rembedding: 0 %\rembedding: 25 %\rembedding: 100 %\r                \r")


def test_the_line_goes_where_the_work_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    def work() -> None:
        with shown("work") as watch:
            watch(0.5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert capsys.readouterr().err == "\rwork: 50 %\r           \r"


def test_nothing_is_written_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with shown("work") as watch:
        watch(0.5)
    assert capsys.readouterr() == ("", "")
