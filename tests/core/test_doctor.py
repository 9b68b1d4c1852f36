import json

import torch

from core import doctor
from core.doctor import examine, find_display


def test_findings() -> None:
    findings = examine()
    assert torch.__version__.startswith(findings["versions"]["torch"])
    assert findings["built_in_data"] == "digits, sprites"
    assert findings["free_disk_gib"] > 0
    assert {"device", "display", "run_folder", "pretrained_weights", "platform", "threads"} <= findings.keys()
    json.dumps(findings)


def test_display(monkeypatch) -> None:
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: object())
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert find_display() == "none: a window needs a display; xvfb-run gives a virtual one"
    monkeypatch.setenv("DISPLAY", ":3")
    assert find_display() == "DISPLAY=:3"
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    assert find_display() == "none: Qt is not installed"
