"""A virtual display, and programs that run on it as a user would start them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Environment = dict[str, str]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def display() -> Iterator[str]:
    """A DISPLAY of its own, 1840 x 900, without a window manager."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    reading, writing = os.pipe()
    with open(os.devnull, "w") as silent:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1840x900x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=silent,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        yield f":{number}"
        server.terminate()
        server.wait(10)


@pytest.fixture
def environment(display: str, tmp_path: Path) -> Environment:
    """The environment of a user on that display, whose home is empty but for having seen the tour."""
    home = tmp_path / "home"
    (home / "runtime").mkdir(parents=True, mode=0o700)
    settings = home / ".config" / "metric-explorer" / "metric-explorer.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("[settings]\nversion=2\n[tour]\nseen=yes\n")  # it would lie over what the tests press
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "NUMBA_CACHE_DIR": str(home / "numba"),
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
    }


@pytest.fixture
def start(environment: Environment, tmp_path: Path) -> Iterator[Start]:
    """Starts a program in an empty folder; it is ended with the test, and what it wrote on stderr is kept."""
    running: list[subprocess.Popen[str]] = []

    def run(*command: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        errors = (tmp_path / f"stderr-{len(running)}.txt").open("w")
        program = subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=stdout, stderr=errors, stdin=subprocess.DEVNULL, text=True
        )
        errors.close()
        running.append(program)
        return program

    yield run
    for program in running:
        if program.poll() is None:
            program.terminate()
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait(10)


@pytest.fixture
def program() -> str:
    """The installed command."""
    command = Path(sys.executable).parent / "metric-explorer"
    assert command.is_file(), "the package is not installed in this environment"
    return str(command)
