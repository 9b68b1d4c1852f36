import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import Problem
from core.embedded.embedding_set import FILE, EmbeddingSet
from core.embedded.shards import Rows, shard_folder, write_shard
from core.embedded.strings import Strings, write_strings
from core.errors import InputError
from tests.core.embedded.made import clustered, make_set


@pytest.fixture
def made(tmp_path: Path) -> EmbeddingSet:
    return make_set(tmp_path / "set", *clustered(10, 7), shard=30)


def test_rows_are_read_as_they_were_written_whatever_shard_they_are_in(made: EmbeddingSet) -> None:
    embeddings, labels = clustered(10, 7)
    assert len(made) == 70
    assert len(made.shards) == 3
    np.testing.assert_array_equal(made.labels, labels)
    rows = np.array([69, 0, 30, 29, 30])
    np.testing.assert_array_equal(made.at(rows), embeddings[rows])
    assert made.ids(rows) == [f"image {row}" for row in rows]
    assert made.classes[3] == "class 3"
    assert made.groups is None


@pytest.mark.parametrize("rows", [1, 7, 30, 1000])
def test_blocks_are_all_rows_in_order(made: EmbeddingSet, rows: int) -> None:
    blocks = list(made.blocks(rows))
    assert max(len(block) for _, block in blocks) <= rows
    np.testing.assert_array_equal(np.concatenate([block for _, block in blocks]), clustered(10, 7)[0])
    assert [first for first, _ in blocks] == np.cumsum([0, *(len(block) for _, block in blocks[:-1])]).tolist()


def test_blocks_are_mapped_not_loaded(made: EmbeddingSet) -> None:
    first = next(iter(made.blocks()))[1]
    assert isinstance(first, np.memmap)
    assert not first.flags.writeable


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=8), max_size=20))
def test_any_texts_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    texts = [text.encode("utf-8", "surrogatepass").decode("utf-8", "ignore") for text in texts]
    folder = tmp_path_factory.mktemp("texts")
    write_strings(folder, "some", texts)
    found = Strings(folder, "some")
    assert list(found) == texts
    assert found[:] == texts
    for place in range(-len(texts), len(texts)):
        assert found[place] == texts[place]
    with pytest.raises(IndexError):
        found[len(texts)]


def test_a_name_that_is_no_utf_8_comes_back(tmp_path: Path) -> None:
    write_strings(tmp_path, "some", ["caf\udce9"])
    assert Strings(tmp_path, "some")[0] == "caf\udce9"


def test_an_empty_shard_is_passed_over(tmp_path: Path) -> None:
    made = make_set(tmp_path / "set", *clustered(4, 5), shard=5)
    shutil.rmtree(shard_folder(made.path, 1))
    left_out = [Problem(f"image {row}", "not an image") for row in range(5, 10)]
    write_shard(made.path, 1, Rows(np.empty((0, 16), np.float32), np.empty(0, np.int32), None, (), left_out))
    found = EmbeddingSet.open(made.path)
    assert len(found) == 15
    assert found.left_out == 5
    np.testing.assert_array_equal(found.at(np.array([4, 5])), clustered(4, 5)[0][[4, 10]])


def _without_shard(path: Path) -> None:
    shutil.rmtree(shard_folder(path, 1))


def _cut(name: str, by: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        file = shard_folder(path, 1) / name
        file.write_bytes(file.read_bytes()[:-by])

    return damage


def _open_bracket(path: Path) -> None:
    file = shard_folder(path, 1) / "labels.npy"
    file.write_bytes(file.read_bytes().replace(b"}", b"(", 1))


def _newer(path: Path) -> None:
    content = json.loads((path / FILE).read_text())
    (path / FILE).write_text(json.dumps(content | {"schema_version": 2}))


def _other_dimensions(path: Path) -> None:
    content = json.loads((path / FILE).read_text())
    content["model"]["dimensions"] = 5
    (path / FILE).write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: (path / FILE).unlink(), f"found no {FILE}"),
        (lambda path: (path / FILE).write_text("{"), "not valid JSON"),
        (lambda path: (path / FILE).write_text("[]"), "damaged"),
        (_newer, "newer version"),
        (_other_dimensions, "must hold embeddings of 5 dimensions"),
        (_without_shard, "must hold 3 shards, found 2"),
        (_cut("embeddings.npy", 100), "cannot be read"),
        (_cut("embeddings.npy", 1_000_000), "cannot be read"),
        (_cut("labels.npy", 1), "cannot be read"),
        pytest.param(_open_bracket, "labels.npy: cannot be read", marks=pytest.mark.filterwarnings("ignore")),
        (_cut("ids.utf8", 1), "its last text must end at byte"),
        (_cut("shard.json", 20), "not valid JSON"),
        (lambda path: (path / "classes.utf8").unlink(), "classes.utf8: cannot be read"),
        (lambda path: np.save(shard_folder(path, 1) / "embeddings.npy", np.zeros((30, 16))), "must hold float32"),
    ],
)
def test_damage_is_one_sentence(made: EmbeddingSet, damage: Callable[[Path], object], said: str) -> None:
    damage(made.path)
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        EmbeddingSet.open(made.path)
    assert str(made.path) in str(caught.value)


def test_a_flipped_bit_is_found_where_shards_are_checked(made: EmbeddingSet) -> None:
    file = shard_folder(made.path, 2) / "embeddings.npy"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    shards = EmbeddingSet.open(made.path).shards
    shards[0].check()
    with pytest.raises(InputError, match=r"embeddings\.npy: damaged, it is not what was written"):
        shards[2].check()


def test_a_file_or_nothing_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found nothing there"):
        EmbeddingSet.open(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="found a file"):
        EmbeddingSet.open(tmp_path / "file")
