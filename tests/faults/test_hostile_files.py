"""Files that mean harm, or are mad: nothing comes of them but one sentence."""

import ast
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

import core
import explorer
from core.data.column_file import with_columns
from core.data.dataset import Dataset
from core.data.groups import with_groups
from core.data.manifest import list_manifest
from core.data.pair_list_file import pairs_of_file
from core.data.sources import open_dataset
from core.data.tuple_file import list_tuples
from core.errors import InputError
from core.evaluation.protocols.lfw import locate, read_pairs_txt
from core.evaluation.protocols.one_shot import read_one_shot_runs
from core.evaluation.protocols.pair_file import read_pair_file
from core.export.bundle import write_bundle
from core.runs import Run
from core.training.checkpoint import load_newest_model
from core.training.outcome import load_snapshot
from core.verification import Verifier
from tests.core.conftest import draw_folder
from tests.core.training.driving import drive

# --- pickles


class Bomb:
    """Makes a file when somebody unpickles it."""

    def __init__(self, flag: Path) -> None:
        self._flag = flag

    def __reduce__(self) -> tuple[Callable, tuple[str]]:
        return os.mkdir, (str(self._flag),)


def as_pickle(path: Path, bomb: Bomb) -> None:
    path.write_bytes(pickle.dumps(bomb))


def as_torch_file(path: Path, bomb: Bomb) -> None:
    torch.save({"model.embedding.weight": bomb}, path)


def as_object_array(path: Path, bomb: Bomb) -> None:
    with path.open("wb") as file:
        np.savez(file, embeddings=np.array([bomb], dtype=object), labels=np.zeros(1, np.int64))


def as_bare_array(path: Path, bomb: Bomb) -> None:
    with path.open("wb") as file:
        np.save(file, np.array([bomb], dtype=object), allow_pickle=True)


def as_archive_member(path: Path, bomb: Bomb) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("embeddings.npy", pickle.dumps(bomb))


FORMS = (as_pickle, as_torch_file, as_object_array, as_bare_array, as_archive_member)


@pytest.fixture
def copied(trained, tmp_path) -> Run:
    shutil.copytree(trained.path, tmp_path / "run")
    return Run.open(tmp_path / "run")


@pytest.mark.parametrize("form", FORMS)
def test_a_pickle_by_another_name_is_refused(copied, tiny, tmp_path, form) -> None:
    """As checkpoint, snapshot and fitted distance of a run, and as each file of a bundle."""
    bundle = tmp_path / "bundle"
    write_bundle(Verifier.load(copied), bundle)
    flag = tmp_path / "exploded"
    fitted = copied.distance_path("mahalanobis", 8)
    fitted.parent.mkdir(parents=True, exist_ok=True)
    for file in (copied.checkpoint_path(8), copied.snapshot_path(8), fitted, *bundle.glob("*.safetensors")):
        form(file, Bomb(flag))
    (copied.path / "events.jsonl").write_text("")  # a run that is not finished goes on
    copied.checkpoint_path(4).unlink()
    for read in (
        lambda: load_newest_model(copied),
        lambda: load_snapshot(copied, 8),
        lambda: Verifier.load(copied.path),
        lambda: Verifier.load(bundle),
        lambda: drive(tiny(), copied.path, resume=True),
    ):
        with pytest.raises(InputError) as error:
            read()
        assert one_sentence(str(error.value))
    assert not flag.exists()
    pickle.loads(pickle.dumps(Bomb(flag)))
    assert flag.exists(), "the bomb is none"


READERS = {"load", "loads", "Unpickler", "read_pickle", "fromfile"}
UNPICKLING = {"pickle", "dill", "joblib", "shelve", "marshal", "cloudpickle", "torch", "np", "numpy", "pandas"}
DOWNLOADING = {"get_state_dict", "load_state_dict_from_url"}
RUNNING = {"eval", "exec", "compile", "__import__"}
SUSPECTS = READERS | DOWNLOADING | RUNNING | {"writer", "DictWriter"}
OWN_PROCESS = "core/projection/pipe.py"
"""What comes through a pipe from a process that this one has started is no file."""


@pytest.fixture(scope="module")
def calls() -> list[tuple[Path, str, ast.Call]]:
    """File, name and place of every call in the program that may run what it reads, or writes a table."""
    files = [file for package in (core, explorer) for file in Path(package.__path__[0]).rglob("*.py")]
    assert len(files) > 200
    nodes = ((file, node) for file in files for node in ast.walk(ast.parse(file.read_text())))
    return [
        (file, ast.unparse(node.func), node)
        for file, node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SUSPECTS
    ]


def test_no_code_loads_a_pickle(calls) -> None:
    """`torch.load` stands nowhere, numpy is told each time, and what torch loads for others is weights alone."""
    for file, name, call in calls:
        keywords = {word.arg: ast.unparse(word.value) for word in call.keywords}
        module, _, function = name.rpartition(".")
        where = f"{file}:{call.lineno}: {name}"
        if name in ("np.load", "numpy.load"):
            assert keywords.get("allow_pickle") == "False", where
        elif module in UNPICKLING and function in READERS:
            assert file.match(OWN_PROCESS), where
        if function in DOWNLOADING:
            assert keywords.get("weights_only") == "True", where
        assert name not in RUNNING, where


# --- tables that people wrote


CELLS = {
    "above the folder": "../../x.png",
    "above the folder on the way": "images/../../../etc/passwd",
    "above the folder by backslashes": "..\\..\\x.png",
    "an absolute path": "/etc/passwd",
    "a device": "/dev/zero",
    "another computer": "//server/share/x.png",
    "10 MB": "x" * 10_000_000,
    "100 kB": "w" * 100_000,
    "many folders": "y/" * 40_000 + "z.png",
    "a name that is too long": "n" * 300 + ".png",
    "a null": "a\0b.png",
    "a terminal's commands": "\x1b]0;title\x07\x1b[31mred.png",
    "a carriage return": "a\rb.png",
    "a quoted line break": '"a\nb.png"',
    "an unclosed quote": '"a',
    "text turned round": "\u202egnp.exe",
    "a formula": "=cmd|' /C calc'!A0",
    "markup": "<img src='file:///etc/passwd'>",
    "a dot": ".",
    "the root": "/",
}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    """A folder of three images a class below one of its own."""
    return draw_folder(tmp_path_factory.mktemp("hostile") / "inner" / "data", per_class=3, masks=False) / "images"


@pytest.fixture(scope="module")
def dataset(pictures) -> Dataset:
    return open_dataset(str(pictures))


def lfw(path: Path) -> object:
    listed = read_pairs_txt(path)
    return locate(listed.images, path.parent)


TABLES: dict[str, tuple[str, Callable]] = {
    "an image of a manifest": ("image,label\n{a},x\n{a2},x\n{b},y\n{cell},y\n", list_manifest),
    "a label of a manifest": ("image,label\n{a},x\n{b},{cell}\n", list_manifest),
    "a mask of a manifest": ("image,label,mask\n{a},x,{cell}\n{b},y,\n", list_manifest),
    "a column's name": ("image,label,{cell}\n{a},x,1\n{b},y,2\n", list_manifest),
    "an image with a group": ("image,group\n{cell},1\n", with_groups),
    "a group": ("image,group\n{a},{cell}\n", with_groups),
    "an image with columns": ("image,colour\n{cell},red\n", with_columns),
    "a cell of a column": ("image,colour\n{a},{cell}\n", with_columns),
    "an image of a triplet": ("anchor,positive,negative\n{a},{a2},{b}\n{a},{cell},{b}\n", list_tuples),
    "an image of a pair": ("image_a,image_b,same\n{a},{a2},1\n{a},{b},0\n{cell},{b},0\n", list_tuples),
    "what a pair is": ("image_a,image_b,same\n{a},{a2},1\n{a},{b},{cell}\n", list_tuples),
    "a fold": ("image_a,image_b,same,fold\n{a},{a2},1,1\n{a},{b},0,{cell}\n", read_pair_file),
    "an image to judge": ("a,b\n{a},{b}\n{cell},{b}\n", pairs_of_file),
    "a person of LFW": ("1\n{cell}\t1\t2\nu\t1\tv\t2\n", lfw),
    "a header of LFW": ("{cell}\nu\t1\t2\nu\t1\tv\t2\n", lfw),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_hostile_cell_does_nothing_but_a_message(pictures, dataset, table) -> None:
    text, read = TABLES[table]
    path = pictures / "list.csv"
    a, a2, b = (f"{name}.png" for name in ("circle/00", "circle/01", "cross/00"))
    try:
        for kind, cell in CELLS.items():
            path.write_text(text.format(a=a, a2=a2, b=b, cell=cell), encoding="utf-8", newline="")
            before = tree(pictures)
            found, message = tried(lambda: read(dataset, path) if read in (with_groups, with_columns) else read(path))
            assert message.startswith(str(path.parent) if found is None else ""), kind
            assert one_sentence(message), kind
            assert all(sample.image.is_relative_to(pictures) for sample in getattr(found, "samples", ())), kind
            assert tree(pictures) == before
    finally:
        path.unlink()


def test_a_hostile_list_of_one_shot_runs(pictures) -> None:
    for kind, cell in CELLS.items():
        folder = pictures.parent / "one-shot" / "run01"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "class_labels.txt").write_text(f"{cell.replace(' ', '_')} training/a.png\n", newline="")
        with pytest.raises(InputError) as error:
            read_one_shot_runs(folder.parent)
        assert one_sentence(str(error.value)), kind
    shutil.rmtree(pictures.parent / "one-shot")


def tried(read: Callable[[], object]) -> tuple[object, str]:
    """What was read, or the message that was raised in its place."""
    try:
        return read(), ""
    except InputError as error:
        return None, str(error)


def one_sentence(message: str) -> bool:
    return len(message) < 2100 and message.isprintable()


def tree(folder: Path) -> list[Path]:
    return sorted(folder.parents[1].rglob("*"))


def test_only_one_place_writes_tables(calls) -> None:
    """`core.csv_text` takes the formulas out of them."""
    assert {file.name for file, name, _ in calls if name in ("csv.writer", "csv.DictWriter")} == {"csv_text.py"}
