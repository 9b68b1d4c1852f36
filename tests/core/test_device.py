import pytest
import torch

from core.device import describe_device, resolve_device, resolve_precision
from core.errors import InputError


@pytest.fixture
def machine(monkeypatch):
    """A machine with or without CUDA and Metal, and CUDA hardware that knows bfloat16 or not."""

    def make(cuda: bool = False, mps: bool = False, bf16: bool = False) -> None:
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
        monkeypatch.setattr(
            torch.cuda, "is_bf16_supported", lambda including_emulation=True: including_emulation or bf16
        )
        monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "Some Card 9000")

    return make


@pytest.mark.parametrize(
    ("has", "expected"),
    [({}, "cpu"), ({"mps": True}, "mps"), ({"cuda": True}, "cuda"), ({"cuda": True, "mps": True}, "cuda")],
)
def test_auto_takes_the_best(machine, has, expected) -> None:
    machine(**has)
    assert resolve_device("auto").type == expected
    assert resolve_device("cpu").type == "cpu"


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_device_that_is_not_there(machine, name) -> None:
    machine()
    with pytest.raises(InputError, match=f"device: '{name}' needs .*, found none; 'auto' or 'cpu' works here"):
        resolve_device(name)
    machine(cuda=True, mps=True)
    assert resolve_device(name).type == name


def test_precision(machine) -> None:
    """bf16 only by wish, or where a CUDA card computes in it: a CPU only emulates it, 30 times slower."""
    machine(cuda=True, bf16=True)
    assert resolve_precision("auto", torch.device("cuda")) == "bf16-mixed"
    assert resolve_precision("auto", torch.device("cpu")) == "32-true"
    machine(cuda=True)
    assert resolve_precision("auto", torch.device("cuda")) == "32-true"
    assert resolve_precision("bf16", torch.device("cpu")) == "bf16-mixed"
    assert resolve_precision("64", torch.device("cpu")) == "64-true"


def test_names_for_people(machine) -> None:
    machine()
    assert describe_device(torch.device("cpu")) == "cpu"
    assert describe_device(torch.device("cuda")) == "Some Card 9000"
