"""A data set with every flaw that there is, drawn here, and what is found in it."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.dataset import Dataset, Sample
from core.data.findings import HELD_OUT, KINDS, MEANINGS, TRAINING, UNUSED, Finding, findings, parts_of
from core.data.folder import list_folder
from core.data.inspection import MASK_STATES, Inspection, inspect
from core.errors import Cancelled, InputError
from tests.core.data.test_looks import photograph


def save(image: np.ndarray, path: Path, **options: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(image).save(path, **options)


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Cats 00 to 05 and dogs 00 to 05; what is wrong with some of them is named below."""
    root = tmp_path_factory.mktemp("inspected") / "pets"
    for label, name in enumerate(("cat", "dog")):
        for number in range(6):
            save(photograph(10 * label + number), root / "images" / name / f"{number:02d}.png")
    cats, dogs, masks = root / "images" / "cat", root / "images" / "dog", root / "masks" / "cat"
    shutil.copy(cats / "00.png", cats / "00 copy.png")
    shutil.copy(cats / "01.png", dogs / "01 is a cat.png")
    Image.open(dogs / "02.png").resize((48, 32)).save(dogs / "02 small.jpg", quality=90)
    (dogs / "03 cut.png").write_bytes((dogs / "03.png").read_bytes()[:200])
    save(photograph(99), root / "images" / "owl" / "only.png")
    for number, mask in enumerate((np.zeros((64, 96)), np.full((64, 96), 255), np.zeros((10, 10)))):
        save(mask.astype(np.uint8), masks / f"{number:02d}.png")
    half = np.zeros((64, 96), np.uint8)
    half[:30] = 255
    save(half, masks / "03.png")
    (masks / "04.png").write_bytes(b"no mask")
    return list_folder(root)


@pytest.fixture(scope="module")
def seen(flawed: Dataset) -> Inspection:
    return inspect(flawed)


def names(dataset: Dataset, found: tuple[Finding, ...]) -> dict[str, set[str]]:
    return {each.kind: {dataset.samples[place].id for place in each.places} for each in found}


def test_every_flaw_is_found_and_nothing_else(flawed: Dataset, seen: Inspection) -> None:
    parts = parts_of(flawed, "closed", 0.5, seen.readable)
    found = findings(seen, flawed.labels, parts, needed=4)
    assert names(flawed, found) == {
        "unreadable": {"dog/03 cut.png"},
        "duplicates": {"cat/00.png", "cat/00 copy.png", "cat/01.png", "dog/01 is a cat.png"},
        "near duplicates": {"dog/02.png", "dog/02 small.jpg"},
        "several classes": {"cat/01.png", "dog/01 is a cat.png"},
        "leaks": {"cat/00.png", "cat/00 copy.png", "cat/01.png", "dog/01 is a cat.png"},
        "near leaks": {"dog/02.png", "dog/02 small.jpg"},
        "tiny classes": {"owl/only.png"},
        "empty masks": {"cat/00.png"},
        "full masks": {"cat/01.png"},
        "masks of another size": {"cat/02.png"},
        "unreadable masks": {"cat/04.png"},
    }
    assert [each.kind for each in found] == list(KINDS)
    assert {each.kind: each.groups for each in found}["duplicates"] == 2
    assert set(MEANINGS) == set(KINDS)


def test_sizes_and_reasons(flawed: Dataset, seen: Inspection) -> None:
    place = {sample.id: number for number, sample in enumerate(flawed.samples)}
    small, cut = place["dog/02 small.jpg"], place["dog/03 cut.png"]
    assert (seen.widths[small], seen.heights[small], seen.widths[cut]) == (48, 32, 0)
    assert seen.sizes[cut] == 200
    reasons = {flawed.samples[number].id: reason for number, reason in seen.reasons}
    assert list(reasons) == ["cat/02.png", "cat/04.png", "dog/03 cut.png"]
    assert reasons["cat/02.png"] == "its mask has 10 x 10 pixels, the image 96 x 64"
    assert reasons["cat/04.png"].startswith("its mask: no image that can be read")
    assert MASK_STATES[seen.masks[place["cat/03.png"]]] == "good mask"
    assert MASK_STATES[seen.masks[place["dog/00.png"]]] == "no mask"


def test_the_parts_are_those_of_a_run(flawed: Dataset, seen: Inspection) -> None:
    parts = parts_of(flawed, "closed", 0.5, seen.readable)
    by_name = dict(zip((sample.id for sample in flawed.samples), parts.tolist(), strict=True))
    assert by_name["dog/03 cut.png"] == UNUSED
    assert by_name["owl/only.png"] == UNUSED
    assert [by_name[f"cat/{name}.png"] for name in ("00 copy", "00", "01", "02")] == [TRAINING, HELD_OUT] * 2
    # A class held out whole is not trained on.
    parts = parts_of(replace(flawed, samples=flawed.samples[:14]), "closed", 0.25)
    assert set(parts.tolist()) == {TRAINING, HELD_OUT}
    with pytest.raises(InputError, match="training needs at least two classes"):
        parts_of(flawed, "open", 0.5, seen.readable)


def test_what_is_excluded_or_relabelled_is_no_finding(flawed: Dataset, seen: Inspection) -> None:
    place = {sample.id: number for number, sample in enumerate(flawed.samples)}
    counted, labels = np.ones(len(flawed.samples), np.bool_), flawed.labels
    counted[[place["cat/00 copy.png"], place["dog/03 cut.png"]]] = False
    labels[place["dog/01 is a cat.png"]] = 0
    labels[place["owl/only.png"]] = 1
    found = names(flawed, findings(seen, labels, needed=4, counted=counted))
    assert found["duplicates"] == {"cat/01.png", "dog/01 is a cat.png"}
    assert {"several classes", "unreadable", "tiny classes", "leaks", "near leaks"}.isdisjoint(found)


def test_pixels_without_a_file() -> None:
    image = photograph(3)
    samples = tuple(Sample(str(n), n % 2, image if n < 3 else photograph(50 + n)) for n in range(6))
    found = inspect(Dataset("made", ("a", "b"), samples))
    assert found.duplicates == ((0, 1, 2),)
    assert found.near_duplicates == ()
    assert found.sizes.tolist() == [image.nbytes] * 6


def test_empty_pages_are_no_near_duplicates_and_copies_join_near_groups() -> None:
    page, image = np.full((20, 20, 3), 255, np.uint8), photograph(1)
    other = (image // 2 + 50).astype(np.uint8)
    pixels = [page, page - 1, image, other, image, photograph(2)]
    found = inspect(Dataset("made", ("a",), tuple(Sample(str(n), 0, each) for n, each in enumerate(pixels))))
    assert found.duplicates == ((2, 4),)
    assert found.near_duplicates == ((2, 3, 4),)


def test_nothing_to_look_at() -> None:
    found = inspect(Dataset("none", (), ()))
    assert len(found.readable) == 0
    assert findings(found, np.empty(0, np.int64)) == ()


def test_a_photograph_that_lies_on_its_side(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    save(photograph(1, (800, 600)), tmp_path / "a" / "1.jpg", exif=exif, quality=95)
    save(np.rot90(photograph(1, (800, 600)), -1), tmp_path / "a" / "2.png")
    save(photograph(2), tmp_path / "b" / "1.png")
    found = inspect(list_folder(tmp_path))
    assert (found.widths[0], found.heights[0]) == (600, 800)
    assert found.near_duplicates == ((0, 1),)


def test_progress_and_cancel(flawed: Dataset) -> None:
    told: list[tuple[str, float]] = []
    inspect(flawed, lambda stage, share: told.append((stage, share)))
    assert ("reading images", 1.0) in told
    assert any(stage == "comparing images" for stage, _ in told)

    def stop(stage: str, share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        inspect(flawed, stop)
