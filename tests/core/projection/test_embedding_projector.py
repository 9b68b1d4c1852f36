"""What the Embedding Projector reads, read as its own documentation and its reader say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import Cancelled, InputError
from core.projection import embedding_projector
from core.projection.embedding_projector import (
    LARGEST_SPRITE,
    ProjectorPoints,
    cell_text,
    thumbnail_size,
    write_projector,
)


def points(count: int = 5, images: object = (), columns: object = None) -> ProjectorPoints:
    random = np.random.default_rng(0)
    tensors = {
        "embeddings": random.normal(size=(count, 3)).astype(np.float32),
        "map_pca": random.normal(size=(count, 2)).astype(np.float32),
    }
    named = {"class": [f"c{row % 2}" for row in range(count)], "image": [f"{row}.png" for row in range(count)]}
    return ProjectorPoints(tensors, columns or named, images)  # type: ignore[arg-type]


def read_config(folder: Path) -> object:
    """By protobuf's own parser, after projector_config.proto (TensorBoard)."""
    pytest.importorskip("google.protobuf")
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format

    file = descriptor_pb2.FileDescriptorProto(name="projector.proto", package="p", syntax="proto3")
    kinds = descriptor_pb2.FieldDescriptorProto
    fields = {
        "SpriteMetadata": [
            ("image_path", 1, kinds.TYPE_STRING, False),
            ("single_image_dim", 2, kinds.TYPE_UINT32, True),
        ],
        "EmbeddingInfo": [
            ("tensor_name", 1, kinds.TYPE_STRING, False),
            ("metadata_path", 2, kinds.TYPE_STRING, False),
            ("bookmarks_path", 3, kinds.TYPE_STRING, False),
            ("tensor_shape", 4, kinds.TYPE_UINT32, True),
            ("sprite", 5, ".p.SpriteMetadata", False),
            ("tensor_path", 6, kinds.TYPE_STRING, False),
        ],
        "ProjectorConfig": [
            ("model_checkpoint_path", 1, kinds.TYPE_STRING, False),
            ("embeddings", 2, ".p.EmbeddingInfo", True),
            ("model_checkpoint_dir", 3, kinds.TYPE_STRING, False),
        ],
    }
    for name, each in fields.items():
        message = file.message_type.add(name=name)
        for field, number, kind, repeated in each:
            is_message = isinstance(kind, str)
            message.field.add(
                name=field,
                number=number,
                type=kinds.TYPE_MESSAGE if is_message else kind,
                type_name=kind if is_message else None,
                label=kinds.LABEL_REPEATED if repeated else kinds.LABEL_OPTIONAL,
            )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    config = message_factory.GetMessageClass(pool.FindMessageTypeByName("p.ProjectorConfig"))()
    return text_format.Merge((folder / "projector_config.pbtxt").read_text(encoding="utf-8"), config)


def read_tensor(path: Path) -> np.ndarray:
    """As `_read_tensor_tsv_file` of TensorBoard's plugin does."""
    lines = path.read_text(encoding="ascii").split("\n")
    return np.array([[float(value) for value in line.split("\t")] for line in lines if line], dtype=np.float32)


def read_metadata(path: Path) -> list[dict[str, str]]:
    """As the page does: lines end with LF, blank ones are skipped, a tab in the first makes it the header."""
    lines = [line for line in path.read_bytes().decode("utf-8").split("\n") if line.strip()]
    header = lines.pop(0).split("\t") if "\t" in lines[0] else ["label"]
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines]


def test_a_folder_that_the_projector_opens(tmp_path) -> None:
    """Every file that the configuration names is there and of the same points; thumbnails go row by row."""
    images = [np.full((4, 6, 3), 40 * place, np.uint8) for place in range(5)]
    what, folder = points(images=images), tmp_path / "new" / "log"
    shares: list[float] = []
    found = write_projector(what, folder, shares.append)
    config = read_config(folder)
    assert [each.tensor_name for each in config.embeddings] == ["embeddings", "map_pca"]
    for each in config.embeddings:
        tensor = read_tensor(folder / each.tensor_path)
        assert np.array_equal(tensor, what.tensors[each.tensor_name])
        assert list(each.tensor_shape) == list(tensor.shape)
        assert list(each.sprite.single_image_dim) == [64, 64]
        rows = read_metadata(folder / each.metadata_path)
        assert rows[3] == {"class": "c1", "image": "3.png"}
        assert len(rows) == 5
        sprite = np.asarray(Image.open(folder / each.sprite.image_path))
    assert sprite.shape == (192, 192, 3)
    middles = [int(sprite[64 * (place // 3) + 32, 64 * (place % 3) + 32, 0]) for place in range(6)]
    assert middles == [0, 40, 80, 120, 160, 255]
    assert sprite[32, 63].tolist() == [0, 0, 0]
    assert sprite[2, 32].tolist() == [255] * 3  # 6 x 4 in a square: white above and below
    assert (found.points, found.thumbnail_size, found.notes, shares) == (5, 64, (), [0])
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        ["embeddings.tsv", "map_pca.tsv", "metadata.tsv", "projector_config.pbtxt", "sprite.png"]
    )


def test_one_column_has_no_header_and_no_line_is_blank(tmp_path) -> None:
    write_projector(points(3, columns={"class": ["a\tb", "\n", "c"]}), tmp_path / "log")
    assert read_metadata(tmp_path / "log" / "metadata.tsv") == [{"label": "a b"}, {"label": "-"}, {"label": "c"}]


@settings(max_examples=40, deadline=None)
@given(text=st.text())
def test_any_text_is_one_cell(text: str) -> None:
    cell = cell_text(text)
    assert cell.strip()
    assert len(cell.splitlines()) == 1
    assert "\t" not in cell
    cell.encode("utf-8")


def test_without_images_there_is_no_sprite(tmp_path) -> None:
    write_projector(points(), tmp_path)
    assert not read_config(tmp_path).embeddings[0].HasField("sprite")
    assert not (tmp_path / "sprite.png").exists()


@pytest.mark.parametrize(
    ("count", "size"), [(1, 64), (16_384, 64), (16_385, 63), (50_000, 36), (1_048_576, 8), (1_048_577, None)]
)
def test_thumbnails_are_as_large_as_the_sprite_has_room_for(count: int, size: int | None) -> None:
    assert thumbnail_size(count) == size
    if size:
        assert np.ceil(np.sqrt(count)) * size <= LARGEST_SPRITE


def test_too_many_images_for_a_sprite_are_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(embedding_projector, "LARGEST_SPRITE", 16)
    found = write_projector(points(images=[None] * 5), tmp_path / "log")
    assert found.thumbnail_size is None
    assert "no room for 5 images of 8 x 8" in found.notes[0]
    assert not (tmp_path / "log" / "sprite.png").exists()


def test_images_that_cannot_be_read_are_grey_and_told(tmp_path) -> None:
    (tmp_path / "bad.png").write_bytes(b"no image")
    strip = np.zeros((1, 5000, 3), np.uint8)
    images = [None, tmp_path / "bad.png", tmp_path / "gone.png", strip, np.zeros((2, 2, 3), np.uint8)]
    found = write_projector(points(images=images), tmp_path / "log")
    assert found.notes == ("a grey thumbnail stands for each image that cannot be read: 3",)
    sprite = np.asarray(Image.open(tmp_path / "log" / "sprite.png"))
    assert sprite[10, 10].tolist() == [230] * 3
    assert (sprite[64:128, :64, 0] < 128).sum() == 64  # the strip is one pixel high


def test_a_folder_in_use_is_left_alone(tmp_path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "mine.txt").write_text("mine")
    for folder, found in ((tmp_path / "log", "a folder with files in it"), (tmp_path / "log" / "mine.txt", "a file")):
        with pytest.raises(InputError, match=f"must be a new or an empty folder, found {found}"):
            write_projector(points(), folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["log", "mine.txt"]


def test_a_folder_that_cannot_be_made(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="; nothing was kept of it"):
        write_projector(points(), tmp_path / "file" / "log")


def test_cancelled_leaves_nothing(tmp_path) -> None:
    def watch(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_projector(points(images=[None] * 5), tmp_path / "log", watch)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"tensors": {}}, "at least one tensor"),
        ({"tensors": {"x": np.zeros((5, 1), np.float32)}}, "D of at least 2"),
        ({"tensors": {"x": np.full((5, 2), np.nan, np.float32)}}, "finite"),
        ({"tensors": {'a"b': np.zeros((5, 2), np.float32)}}, "a name must consist of"),
        ({"columns": {"class": ["a"]}}, "class: must be of 5 points, found 1"),
        ({"images": [None]}, "images: must be of 5 points, found 1"),
    ],
)
def test_points_that_do_not_fit_together(tmp_path, changed: dict[str, object], rule: str) -> None:
    what = points()
    with pytest.raises(ValueError, match=rule):
        write_projector(ProjectorPoints(**{**vars(what), **changed}), tmp_path / "log")


def test_no_point_at_all(tmp_path) -> None:
    with pytest.raises(InputError, match="at least one point"):
        write_projector(points(0), tmp_path / "log")
