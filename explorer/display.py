"""Whether a window can be opened here; asked before Qt is, because Qt aborts uncatchably where it cannot."""

import ctypes
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_ADVICE = (
    "run it under a virtual one by 'xvfb-run -a metric-explorer', or train without a window by 'metric-explorer train'"
)
_SECONDS_TO_ANSWER = 2.0


def display_problem(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Say in one sentence why no window can open here; None where one can."""
    if platform != "linux":
        return None
    chosen = re.split("[:;]", environment.get("QT_QPA_PLATFORM", ""))[0]
    if not chosen:
        chosen = "wayland" if environment.get("WAYLAND_DISPLAY") else "xcb"
    if chosen.startswith("wayland") and not environment.get("WAYLAND_DISPLAY"):
        return f"no display: QT_QPA_PLATFORM asks for Wayland, and WAYLAND_DISPLAY is not set; {_ADVICE}"
    if chosen != "xcb":
        return _missing_library(())
    display = environment.get("DISPLAY", "")
    if not display:
        return f"no display: DISPLAY and WAYLAND_DISPLAY are not set; {_ADVICE}"
    if not _answers(display):
        return f"no display: nothing answers at DISPLAY={display}; {_ADVICE}"
    if (problem := _missing_library(("libqxcb.so",))) is not None:
        return problem
    return None if _lets_in(display) else f"no display: the server at DISPLAY={display} refuses this user; {_ADVICE}"


def _answers(display: str) -> bool:
    """Whether an X server listens at a DISPLAY such as ':0', 'host:10.0' or 'unix:1'."""
    match = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?", display)
    if match is None:
        return False
    host, number = match["host"], int(match["number"])
    if host and host != "unix":
        return _connects(socket.AF_INET, (host, 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"
    return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(_SECONDS_TO_ANSWER)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _missing_library(plugins: tuple[str, ...]) -> str | None:
    """Load what Qt would load; the dynamic linker names the first library that is missing."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return "Qt is not installed: the window needs PySide6-Essentials"
    folder = Path(found.origin).parent / "Qt"
    for library in (folder / "lib" / "libQt6Gui.so.6", *(folder / "plugins" / "platforms" / name for name in plugins)):
        try:
            ctypes.CDLL(str(library))
        except OSError as error:
            missing = str(error).split(":")[0]
            return f"Qt cannot open a window: the system library {missing} is missing; the README lists what to install"
    return None


def _lets_in(display: str) -> bool:
    """Whether the X server accepts this user, by its own handshake; Qt needs the library for it anyway."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused
