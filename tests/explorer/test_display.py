import socket
import sys
from collections.abc import Iterator

import pytest

from explorer import display
from explorer.display import display_problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
NUMBER = 4_397


@pytest.fixture
def listening() -> Iterator[None]:
    """Something that listens where an X server of that number would."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0/tmp/.X11-unix/X{NUMBER}")
        server.listen()
        yield


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_always_a_display(platform: str) -> None:
    assert display_problem({}, platform) is None


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, "DISPLAY and WAYLAND_DISPLAY are not set"),
        ({"DISPLAY": ""}, "DISPLAY and WAYLAND_DISPLAY are not set"),
        ({"DISPLAY": f":{NUMBER}"}, f"nothing answers at DISPLAY=:{NUMBER}"),
        ({"DISPLAY": "no.such.host.invalid:0"}, "nothing answers at DISPLAY=no.such.host.invalid:0"),
        ({"DISPLAY": "nonsense"}, "nothing answers at DISPLAY=nonsense"),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, "DISPLAY and WAYLAND_DISPLAY are not set"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"}, "WAYLAND_DISPLAY is not set"),
    ],
)
def test_without_a_display_one_sentence_names_the_ways_out(environment: dict[str, str], found: str) -> None:
    problem = display_problem(environment, "linux")
    assert problem is not None
    assert found in problem
    assert "xvfb-run -a metric-explorer" in problem
    assert "metric-explorer train" in problem
    assert "\n" not in problem


def test_a_server_that_refuses_is_said(listening: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_lets_in", lambda name: False)
    monkeypatch.setattr(display, "_missing_library", lambda plugins: None)
    problem = display_problem({"DISPLAY": f":{NUMBER}"}, "linux")
    assert problem is not None
    assert f"the server at DISPLAY=:{NUMBER} refuses this user" in problem


def test_a_server_that_lets_in_is_no_problem(listening: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(display, "_lets_in", lambda name: not asked.append(name))  # type: ignore[func-returns-value]
    monkeypatch.setattr(display, "_missing_library", lambda plugins: None)
    assert display_problem({"DISPLAY": f":{NUMBER}.0"}, "linux") is None
    assert asked == [f":{NUMBER}.0"]


def test_nobody_lets_in_where_nobody_is() -> None:
    assert not display._lets_in(f":{NUMBER}")


@pytest.mark.parametrize(
    "environment",
    [{"QT_QPA_PLATFORM": "offscreen"}, {"QT_QPA_PLATFORM": "vnc:port=5900"}, {"WAYLAND_DISPLAY": "wayland-0"}],
)
def test_what_needs_no_x_server_is_not_asked_for_one(environment: dict[str, str]) -> None:
    assert display_problem(environment, "linux") is None


def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError("libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(display.ctypes, "CDLL", fail)
    problem = display_problem({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert problem is not None
    assert problem.startswith("Qt cannot open a window: the system library libEGL.so.1 is missing")


def test_a_missing_qt_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display.importlib.util, "find_spec", lambda name: None)
    problem = display_problem({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert problem == "Qt is not installed: the window needs PySide6-Essentials"
