import csv
import os
import re
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.config import make_config
from core.data.decode import decode
from core.data.folder import ClassFolders, list_folder
from core.embedded import writing
from core.embedded.embedding_set import EmbeddingSet
from core.embedded.listing import FolderListing, WholeListing, list_images
from core.embedded.shards import shard_folder
from core.embedded.writing import Progress, Worker, embed_images
from core.errors import Cancelled, InputError
from core.models.inference import infer
from core.runs import Run
from core.training.checkpoint import load_newest_model


@pytest.fixture
def folder(shapes: Path, tmp_path: Path) -> Path:
    """Four classes of 12 images, some of which are no images, and a class without any."""
    return _made(shapes, tmp_path / "folder")


def _made(shapes: Path, place: Path) -> Path:
    found = shutil.copytree(shapes, place)
    (found / "images" / "circle" / "05.png").write_bytes(b"no image")
    (found / "images" / "square" / "00.png").write_bytes((shapes / "images/square/00.png").read_bytes()[:60])
    (found / "images" / "cross" / "empty.png").write_bytes(b"")
    (found / "images" / "none").mkdir()
    return found


@pytest.fixture(scope="module")
def whole(trained: Run, shapes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `folder` becomes in one go."""
    place = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writing, "IMAGES_AT_ONCE", 5)
        return _embedded(trained, _made(shapes, place / "folder"), place / "out", shard_images=10).path


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "IMAGES_AT_ONCE", 5)


def _content(path: Path) -> dict[str, bytes]:
    """Every file that is read, by its name."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


def _embedded(run: Run, folder: Path, out: Path, **settings: object) -> EmbeddingSet:
    found = embed_images(run, str(folder), out, **settings)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_embeddings_are_those_of_the_model_in_the_order_of_the_list(trained: Run, folder: Path, tmp_path: Path) -> None:
    found = _embedded(trained, folder, tmp_path / "out", shard_images=10)
    data = decode(list_folder(folder), trained.config.image_size)
    assert found.content.done
    assert len(found) == 46
    assert [len(shard) for shard in found.shards] == [9, 10, 9, 10, 8]
    assert found.ids(np.arange(46)) == list(data.ids)
    assert tuple(found.classes) == data.classes
    np.testing.assert_array_equal(found.labels, data.labels)
    expected = infer(load_newest_model(trained)[0], data.images).embeddings
    np.testing.assert_allclose(found.at(np.arange(46)), expected, atol=1e-5)


def test_what_cannot_be_read_is_left_out_and_named(trained: Run, folder: Path, tmp_path: Path) -> None:
    found = _embedded(trained, folder, tmp_path / "out", shard_images=7)
    assert found.left_out == 2
    with (found.path / "problems.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["image", "reason"]
    assert [row[0] for row in rows] == ["cross/empty.png", "none", "circle/05.png", "square/00.png"]
    assert all(row[1] for row in rows)


class _Stopped(BaseException):
    """As if the process were killed."""


@pytest.mark.parametrize("blocks", [1, 2, 3, 6])
def test_whoever_is_stopped_goes_on_bit_for_bit(
    trained: Run, folder: Path, tmp_path: Path, blocks: int, whole: Path
) -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == blocks:
            raise Cancelled

    with pytest.raises(Cancelled):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=10, watch=stop)
    kept = [shard.folder.name for shard in _maybe_shards(tmp_path / "out")]
    assert len(kept) == (blocks - 1) // 2
    before = {name: (tmp_path / "out" / name).stat().st_ino for name in kept}
    embed_images(trained, str(folder), tmp_path / "out", shard_images=10)
    assert {name: (tmp_path / "out" / name).stat().st_ino for name in kept} == before  # not made again
    assert _content(tmp_path / "out") == _content(whole)


def _maybe_shards(path: Path) -> tuple[object, ...]:
    try:
        return EmbeddingSet.open(path).shards
    except InputError:
        return ()


@pytest.mark.parametrize("call", [0, 1, 2, 3, 4, 6, 8, 11])
def test_a_process_that_is_killed_while_it_writes_leaves_whole_shards_only(
    trained: Run, folder: Path, tmp_path: Path, call: int, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any of the first moments at which something is brought to the disk."""
    out, calls = tmp_path / "out", 0
    real = writing.write_shard.__globals__["os"].fsync

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 4 + call:
            raise _Stopped
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fsync)
        patched.setattr("shutil.rmtree", lambda *_args, **_kwargs: None)  # nobody tidies up after a kill
        with pytest.raises(_Stopped):
            embed_images(trained, str(folder), out, shard_images=10)
    for shard in out.glob("shard-*"):
        assert {file.name for file in shard.iterdir()} >= {"embeddings.npy", "shard.json", "ids.utf8"}
    found = _embedded(trained, folder, out, shard_images=10)
    assert _content(out) == _content(whole)
    assert found.content.done
    assert not list(out.glob(".shard*"))


def test_workers_share_the_shards(trained: Run, folder: Path, tmp_path: Path, whole: Path) -> None:
    out = tmp_path / "out"
    assert embed_images(trained, str(folder), out, shard_images=10, worker=Worker(1, 2)) is None
    assert sorted(file.name for file in out.glob("shard-*")) == ["shard-00001", "shard-00003"]
    found = embed_images(trained, str(folder), out, shard_images=10, worker=Worker(0, 2))
    assert found is not None
    assert _content(out) == _content(whole)


def test_the_environment_of_torchrun_names_the_worker() -> None:
    assert Worker.of_environment({}) == Worker(0, 1, 0)
    assert Worker.of_environment({"RANK": "5", "WORLD_SIZE": "8", "LOCAL_RANK": "1"}) == Worker(5, 8, 1)
    with pytest.raises(InputError, match="RANK must be a whole number below WORLD_SIZE, found RANK=2, WORLD_SIZE=2"):
        Worker.of_environment({"RANK": "2", "WORLD_SIZE": "2"})
    with pytest.raises(InputError, match="found RANK=x"):
        Worker.of_environment({"RANK": "x", "WORLD_SIZE": "2"})


@pytest.mark.parametrize("worker", [Worker(), Worker(0, 2), Worker(1, 2)])
def test_another_process_is_kept_out(trained: Run, folder: Path, tmp_path: Path, worker: Worker) -> None:
    """Also one that shares the shards with others: they would not be those that this one leaves to it."""

    def again(progress: Progress) -> None:
        with pytest.raises(InputError, match="another process is embedding into this folder"):
            embed_images(trained, str(folder), tmp_path / "out", shard_images=10, worker=worker)
        raise Cancelled

    with pytest.raises(Cancelled):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=10, watch=again)


def _other_images(folder: Path) -> None:
    (folder / "images" / "circle" / "00.png").write_bytes(b"another size")


def _one_more(folder: Path) -> None:
    Image.new("RGB", (9, 9)).save(folder / "images" / "circle" / "zz.png")


@pytest.mark.parametrize("change", [_other_images, _one_more])
def test_other_data_is_refused(trained: Run, folder: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    _embedded(trained, folder, tmp_path / "out", shard_images=10)
    change(folder)
    with pytest.raises(InputError, match=r"out: holds other data \(folder by step \d+ of trained, 10 images a shard\)"):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=10)


def test_another_model_and_other_shards_are_refused(trained: Run, folder: Path, tmp_path: Path) -> None:
    _embedded(trained, folder, tmp_path / "out", shard_images=10)
    with pytest.raises(InputError, match="holds shards of another size"):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=11)
    steps = trained.checkpoint_steps()
    earlier = shutil.copytree(trained.path, tmp_path / "earlier")
    Run.open(earlier).checkpoint_path(steps[-1]).unlink()
    with pytest.raises(InputError, match="holds another model"):
        embed_images(Run.open(earlier), str(folder), tmp_path / "out", shard_images=10)


def _last_bytes_zero(shard: Path) -> None:
    file = shard / "embeddings.npy"
    file.write_bytes(file.read_bytes()[:-4] + b"\0\0\0\0")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_last_bytes_zero, r"shard-00001/embeddings\.npy: damaged, it is not what was written"),
        (lambda shard: (shard / "labels.npy").write_bytes(b"x"), r"shard-00001/labels\.npy: cannot be read"),
        (lambda shard: (shard / "shard.json").unlink(), r"shard-00001/shard\.json: cannot be read"),
        (lambda shard: (shard / "ids.utf8").write_bytes(b""), r"shard-00001/ids\.ends\.npy: damaged"),
        (lambda shard: (shard / "problems.csv").unlink(), r"shard-00001/problems\.csv: the file cannot be read"),
        (lambda shard: (shard / "problems.csv").write_bytes(b"\xff"), r"shard-00001/problems\.csv, line 1: .* UTF-8"),
    ],
)
def test_a_damaged_shard_is_made_anew_and_that_is_said(
    trained: Run, folder: Path, tmp_path: Path, whole: Path, damage: Callable[[Path], object], words: str
) -> None:
    found = _embedded(trained, folder, tmp_path / "out", shard_images=10)
    kept = {number: (shard_folder(found.path, number) / "shard.json").stat().st_ino for number in (0, 2, 3, 4)}
    damage(shard_folder(found.path, 1))
    notes: list[str] = []
    _embedded(trained, folder, tmp_path / "out", shard_images=10, note=notes.append)
    [note] = notes
    assert re.search(words, note)
    assert note.endswith("; the same 'embed' makes this shard anew")
    assert _content(tmp_path / "out") == _content(whole)
    assert {number: (shard_folder(found.path, number) / "shard.json").stat().st_ino for number in kept} == kept


def test_names_of_classes_are_written_again(trained: Run, folder: Path, tmp_path: Path, whole: Path) -> None:
    found = _embedded(trained, folder, tmp_path / "out", shard_images=10)
    (found.path / "classes.utf8").unlink()
    _embedded(trained, folder, tmp_path / "out", shard_images=10)
    assert _content(tmp_path / "out") == _content(whole)


def test_a_folder_that_no_longer_says_what_it_holds(trained: Run, folder: Path, tmp_path: Path) -> None:
    found = _embedded(trained, folder, tmp_path / "out", shard_images=10)
    (found.path / "embeddings.json").write_text("{")
    with pytest.raises(InputError, match=r"embeddings\.json: damaged, .*; choose another folder, or delete this one"):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=10)


def test_other_peoples_files_are_left_alone(trained: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="must be a new folder or one that holds embeddings, found other files in it"):
        embed_images(trained, str(folder), tmp_path)
    with pytest.raises(InputError, match=r"notes\.txt: must be a folder, found a file"):
        embed_images(trained, str(folder), tmp_path / "notes.txt")
    with pytest.raises(InputError, match="shard: must be at least 1 image, found 0"):
        embed_images(trained, str(folder), tmp_path / "out", shard_images=0)


def test_progress_counts_all_images(trained: Run, folder: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    _embedded(trained, folder, tmp_path / "out", shard_images=10, watch=seen.append)
    assert [each.done for each in seen] == [5, 10, 15, 20, 25, 30, 35, 40, 45, 48]
    assert {each.total for each in seen} == {48}
    assert all(each.images_per_second > 0 for each in seen)


# --- listing


def test_a_folder_is_listed_as_list_folder_does(folder: Path) -> None:
    (folder / "images" / ".hidden").mkdir()
    (folder / "images" / "circle" / "picture.heic").write_bytes(b"x")
    whole, parts = list_folder(folder), list_images(make_config({}), str(folder))
    assert isinstance(parts, FolderListing)
    assert parts.classes == whole.classes
    assert len(parts) == len(whole.samples)
    found = [(each.id, each.label, each.image) for each in parts.samples(0, len(parts))]
    assert found == [(each.id, each.label, each.image) for each in whole.samples]
    assert parts.problems == whole.problems
    assert parts.digest == WholeListing(whole).digest
    for start, stop in ((0, 1), (11, 13), (12, 12), (40, 48)):
        assert [each.id for each in parts.samples(start, stop)] == [each.id for each in whole.samples[start:stop]]


def test_groups_edits_and_lists_are_listed_whole(folder: Path) -> None:
    (folder / "groups.csv").write_text("image,group\ncircle/00.png,a\ncircle/01.png,a\n")
    listing = list_images(make_config({}), str(folder))
    assert isinstance(listing, WholeListing)
    assert listing.grouped
    assert isinstance(list_images(make_config({}), "digits"), WholeListing)


def test_groups_are_kept(trained: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "groups.csv").write_text("image,group\ncircle/00.png,a\ncircle/01.png,a\ncross/00.png,b\n")
    found = _embedded(trained, folder, tmp_path / "out", shard_images=10)
    assert found.groups is not None
    assert found.groups[0] == found.groups[1] >= 0
    assert (found.groups >= 0).sum() == 3


def test_a_folder_that_changes_meanwhile_is_noticed(folder: Path) -> None:
    listing = list_images(make_config({}), str(folder))
    (folder / "images" / "cross" / "00.png").unlink()
    with pytest.raises(InputError, match="cross must hold the 12 images that were counted, found 11"):
        list(listing.samples(0, 48))


def test_a_large_class_is_listed_once_however_many_shards_it_takes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = list_images(make_config({}), str(folder))
    real, asked = ClassFolders.files, []
    monkeypatch.setattr(ClassFolders, "files", lambda self, name: asked.append(name) or real(self, name))
    one_by_one = [sample for place in range(len(listing)) for sample in listing.samples(place, place + 1)]
    assert asked == list(listing.classes)
    assert one_by_one == list(listing.samples(0, len(listing)))


def test_an_image_of_a_large_class_takes_little_memory(folder: Path, tmp_path: Path) -> None:
    images, pile = 5_000, tmp_path / "pile"
    (pile / "all").mkdir(parents=True)
    for number in range(images):
        os.link(folder / "images" / "circle" / "00.png", pile / "all" / f"{number:012}.png")
    list_images(make_config({}), str(folder))
    tracemalloc.start()
    try:
        listing = list_images(make_config({}), str(pile))
        first = next(listing.samples(0, images // 2))
        # Python's table of names that it knows once grows here, but not with the images.
        found = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, "*pathlib*")])
    finally:
        tracemalloc.stop()
    assert (len(listing), first.id) == (images, "all/000000000000.png")
    assert sum(each.size for each in found.statistics("filename")) < 120 * images


def test_a_folder_without_images_is_refused(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    with pytest.raises(InputError, match="no images were found"):
        list_images(make_config({}), str(tmp_path))


def test_one_class_is_enough(trained: Run, shapes: Path, tmp_path: Path) -> None:
    shutil.copytree(shapes / "images" / "circle", tmp_path / "pile" / "all")
    assert len(_embedded(trained, tmp_path / "pile", tmp_path / "out")) == 12


def test_no_more_than_two_blocks_are_decoded_ahead(folder: Path) -> None:
    from core.embedded.decoding import decoded_blocks

    taken = 0

    def counted() -> Iterator[object]:
        nonlocal taken
        for sample in list_images(make_config({}), str(folder)).samples(0, 48):
            taken += 1
            yield sample

    blocks = decoded_blocks(counted(), 16, 5)  # type: ignore[arg-type]
    for number, block in enumerate(blocks, 1):
        assert len(block.samples) + len(block.problems) == min(5, 48 - 5 * (number - 1))
        assert taken <= 5 * (number + 1)
        if number == 4:
            break
    blocks.close()  # type: ignore[attr-defined]


def test_the_embeddings_do_not_become_a_class_of_the_images(trained: Run, folder: Path) -> None:
    with pytest.raises(InputError, match="out: must lie outside of the images' folder"):
        embed_images(trained, str(folder), folder / "images" / "out")
    assert not (folder / "images" / "out").exists()
    assert len(_embedded(trained, folder, folder / "out")) == 46  # beside the classes, not among them


def test_a_list_of_pairs_has_no_classes(folder: Path) -> None:
    (folder / "pairs.csv").write_text(
        "image_a,image_b,same\nimages/circle/00.png,images/circle/01.png,1\nimages/circle/00.png,images/cross/01.png,0\n"
    )
    with pytest.raises(InputError, match="images with classes are needed, found a list of pairs"):
        list_images(make_config({}), str(folder / "pairs.csv"))
