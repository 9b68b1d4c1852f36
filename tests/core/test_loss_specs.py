"""Declarations of losses, read without running them."""

from importlib import import_module
from pathlib import Path

import pytest

from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossName, LossSpec, read_specs


def declared(folder: Path, **arguments: str) -> Path:
    """A module `one_loss.py` whose declaration has these arguments, beside those that must be there."""
    needed = {"label": "'One'", "kind": "'tuples'", "help": "'For a test.'"}
    call = ", ".join(f"{name}={value}" for name, value in (needed | arguments).items())
    (folder / "one_loss.py").write_text(f"import no_such_module\n\nSPEC = LossSpec({call})\n")
    return folder


@pytest.mark.parametrize("name", LOSS_NAMES)
def test_what_is_read_is_what_the_module_says(name: LossName) -> None:
    assert import_module(f"core.losses.{name.replace('-', '_')}").SPEC == LOSS_SPECS[name]


def test_losses_of_tuples_come_first_each_kind_by_its_alphabet() -> None:
    found = [(spec.kind, spec.label.lower()) for spec in LOSS_SPECS.values()]
    assert found == sorted(found, key=lambda item: (["tuples", "classes"].index(item[0]), item[1]))
    assert {"triplet", "arcface"} < set(LOSS_NAMES)


def test_a_module_is_read_and_not_run(tmp_path: Path) -> None:
    found = read_specs(declared(tmp_path, defaults="{'margin': 0.3}", margin_help="'More ' 'is more.'"))
    assert found == {
        "one-loss": LossSpec(
            label="One", kind="tuples", help="For a test.", defaults={"margin": 0.3}, margin_help="More is more."
        )
    }


def test_modules_that_declare_nothing_are_no_losses(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text('"""SPEC is a word here."""\n\nX = 1\n')
    (tmp_path / "SPEC.txt").write_text("\nSPEC")
    assert read_specs(tmp_path) == {}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"label": "name()"}, "malformed node or string"),
        ({"kind": "'pairs'"}, "kind must be one of tuples, classes, found 'pairs'"),
        ({"defaults": "{'margn': 0.3}"}, "defaults must be of live settings, found margn"),
        ({"colour": "'red'"}, "unexpected keyword argument 'colour'"),
        ({"label": "'One', **more"}, "malformed node or string"),
        ({"label": "'"}, "unterminated string literal"),
    ],
)
def test_a_declaration_that_cannot_be_read_names_its_file(
    tmp_path: Path, arguments: dict[str, str], reason: str
) -> None:
    declared(tmp_path, **arguments)
    with pytest.raises(ValueError, match=rf"^one_loss\.py: SPEC must be a LossSpec of literals.*{reason}"):
        read_specs(tmp_path)


@pytest.mark.parametrize("text", ["SPEC = make_spec()", "SPEC = LossSpec('One', 'tuples', 'Help.')", "SPEC: int = 1"])
def test_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "one_loss.py").write_text(f"\n{text}\n")
    with pytest.raises(ValueError, match=r"found no SPEC = LossSpec\(name=value, \.\.\.\)"):
        read_specs(tmp_path)
