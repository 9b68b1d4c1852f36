import numpy as np
import pytest
import torch
from PIL import Image

from core.errors import Cancelled, InputError
from core.training.preparation import build_trainer, prepare_data
from core.training.records import Preparing
from tests.core.conftest import draw_folder

CPU = torch.device("cpu")


def prepare(config, report=lambda event: None):
    return prepare_data(config, CPU, report, lambda: False)


def test_bad_images_among_good_ones_are_skipped_counted_and_listed(tiny, tmp_path) -> None:
    data = draw_folder(tmp_path / "shapes", per_class=8)
    (data / "images" / "circle" / "text.png").write_text("no image")
    (data / "images" / "cross" / "empty.jpg").write_bytes(b"")
    whole = (data / "images" / "square" / "00.png").read_bytes()
    (data / "images" / "square" / "cut.png").write_bytes(whole[: len(whole) // 2])
    Image.new("L", (9, 9), 255).save(data / "masks" / "triangle" / "03.png")
    summary = prepare(tiny(data=str(data))).summary()
    found = {problem.where: problem.reason for problem in summary.problems}
    assert found.keys() == {"circle/text.png", "cross/empty.jpg", "square/cut.png", "triangle/03.png"}
    assert "0 bytes" in found["cross/empty.jpg"]
    assert "9 x 9 pixels, the image 24 x 24" in found["triangle/03.png"]
    assert (summary.images, summary.masks) == (32, 31)


def test_the_summary_counts(tiny, shapes) -> None:
    summary = prepare(tiny(split="open", holdout=0.5)).summary()
    assert (summary.training_images, summary.held_out_images) == (24, 24)
    assert (summary.training_classes, summary.held_out_classes, summary.open_set) == (2, 2, True)
    assert summary.sample_names[0] == "circle/00.png"


def test_small_classes_are_noted(tiny) -> None:
    notes = prepare(tiny(samples_per_class=20)).notes
    assert any("fewer than the 20 images" in note for note in notes)


def test_progress_is_reported(tiny) -> None:
    events = []
    prepare(tiny(), events.append)
    assert all(isinstance(event, Preparing) for event in events)
    assert (events[-1].what, events[-1].done, events[-1].total) == ("decoding images", 48, 48)


def test_cancelled_while_decoding(tiny) -> None:
    with pytest.raises(Cancelled):
        prepare_data(tiny(), CPU, lambda event: None, lambda: True)


@pytest.mark.parametrize(
    ("asked", "directional", "expected"), [(None, False, True), (None, True, False), (True, True, True)]
)
def test_mirroring_follows_the_data_unless_asked(tiny, monkeypatch, asked, directional, expected) -> None:
    from dataclasses import replace

    from core.training import preparation as module

    real = module.configured_dataset
    monkeypatch.setattr(
        module, "configured_dataset", lambda data, **more: replace(real(data, **more), directional=directional)
    )
    assert prepare(tiny(horizontal_flip=asked)).batches._augmentation.horizontal_flip is expected


def test_no_augmentation_gives_the_decoded_pixels(tiny) -> None:
    prepared = prepare(tiny(augment=False))
    pixels = (prepared.batches.batch(0).images * 255).round().to(torch.uint8).numpy()
    rows = {image.tobytes() for image in prepared.data.images}
    assert all(image.tobytes() in rows for image in pixels)


def test_held_out_marks_the_split(tiny) -> None:
    prepared = prepare(tiny())
    np.testing.assert_array_equal(np.flatnonzero(prepared.held_out), prepared.split.held_out)


def test_a_model_without_masks_has_no_decoder(tiny, shapes) -> None:
    config = tiny(data=str(shapes / "images"))
    assert build_trainer(config, prepare(config), CPU).model.decoder is None


def test_pretrained_weights_are_not_fetched_where_a_checkpoint_follows(tiny, monkeypatch) -> None:
    config = tiny(backbone="resnet18", pretrained=True)
    prepared = prepare(config)
    from core.models import backbones

    def offline(name: str) -> None:
        raise InputError("pretrained: there is no network")

    monkeypatch.setattr(backbones, "_pretrained_weights", offline)
    build_trainer(config, prepared, CPU, from_scratch=False)
    with pytest.raises(InputError, match="there is no network"):
        build_trainer(config, prepared, CPU)
