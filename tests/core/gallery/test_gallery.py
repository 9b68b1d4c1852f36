import shutil
import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.distances import LinearDistance, exact_distances
from core.errors import Cancelled, InputError
from core.gallery.file import SCHEMA_VERSION, GalleryFile
from core.gallery.gallery import Gallery, OtherWeightsError
from core.gallery.images import kept_image, pixels_of
from core.names import LONGEST, checked_name
from core.runs import Run
from core.verification import Verifier
from tests.core.looking import Looker


def picture(seed: int, size: int = 12) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (size, size + seed % 3, 3)).astype(np.uint8)


@pytest.fixture
def gallery(tmp_path: Path) -> Gallery:
    return Gallery(GalleryFile(tmp_path / "gallery.sqlite"))


def again(gallery: Gallery) -> Gallery:
    return Gallery(GalleryFile(gallery.path))


@pytest.fixture
def looker() -> Any:
    return Looker()


def content(gallery: Gallery) -> dict[str, int]:
    return {each.name: len(each.images) for each in gallery.names()}


# --- enrolling, listing, renaming, removing


def test_enrolled_images_are_listed(gallery: Gallery, looker: Any, tmp_path: Path) -> None:
    assert gallery.names() == ()
    assert gallery.count() == (0, 0)
    assert not gallery.path.exists()
    file = tmp_path / "a.png"
    Image.fromarray(picture(0)).save(file)
    done = gallery.enroll("  Zoe\u0301 ", [file, picture(1)], looker)
    assert (done.name, len(done.added), done.already, done.images) == ("Zo\u00e9", 2, 0, 2)
    gallery.enroll("anna", picture(2), looker)
    assert content(again(gallery)) == {"anna": 1, "Zo\u00e9": 2}
    assert again(gallery).count() == (2, 3)
    images = gallery.names()[1].images
    assert [image.caption for image in images] == ["a.png", "image without a file"]
    assert {image.step for image in images} == {40}
    assert tuple(image.id for image in images) == done.added


def test_more_images_are_added_and_the_same_ones_left_out(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(1), picture(1), picture(2)], looker)
    done = gallery.enroll("Anna", [picture(2), picture(3)], looker)
    assert (len(done.added), done.already, done.images) == (1, 1, 3)
    assert gallery.enroll("Ben", picture(2), looker).added  # another name may have it too


def test_one_bad_image_among_good_ones_enrols_none(gallery: Gallery, looker: Any, tmp_path: Path) -> None:
    gallery.enroll("Anna", picture(1), looker)
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no image")
    with pytest.raises(InputError, match=r"bad\.jpg: no image"):
        gallery.enroll("Anna", [picture(2), bad, picture(3)], looker)
    with pytest.raises(InputError, match="at least one is needed to enrol 'Ben', found none"):
        gallery.enroll("Ben", [], looker)
    assert content(gallery) == {"Anna": 1}


def test_an_embedding_that_is_not_finite_is_not_enrolled(gallery: Gallery, looker: Any, tmp_path: Path) -> None:
    Image.fromarray(picture(1)).save(tmp_path / "a.png")
    looker.model.bias.data[0] = torch.nan
    with pytest.raises(InputError, match=r"^a\.png: the model makes no finite embedding of it$"):
        gallery.enroll("Anna", tmp_path / "a.png", looker)
    assert gallery.count() == (0, 0)


def test_of_an_animation_it_is_said_that_the_first_frame_is_used(gallery: Gallery, looker: Any, tmp_path: Path) -> None:
    frames = [Image.fromarray(picture(3 * number)) for number in range(3)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    done = gallery.enroll("Anna", [tmp_path / "a.gif", picture(1)], looker)
    assert done.notes == ("a.gif: an animation: the first of its 3 frames is used",)


def test_enrolling_can_be_cancelled(gallery: Gallery, looker: Any) -> None:
    def watch(share: float) -> None:
        if share:
            raise Cancelled

    with pytest.raises(Cancelled):
        gallery.enroll("Anna", [picture(1), picture(2)], looker, watch)
    assert gallery.count() == (0, 0)


def test_rename(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    gallery.enroll("Ben", picture(2), looker)
    assert gallery.rename("Anna", " Carla ") == "Carla"
    assert gallery.rename("Carla", "Carla") == "Carla"
    assert content(again(gallery)) == {"Ben": 1, "Carla": 1}
    with pytest.raises(InputError, match="must not be enrolled yet, found 'Ben'"):
        gallery.rename("Carla", "Ben")
    for nobody in ("Anna", "", "a\0b"):
        with pytest.raises(InputError, match="nobody is enrolled as"):
            gallery.rename(nobody, "Dora")
    assert content(gallery) == {"Ben": 1, "Carla": 1}


def test_removing_is_taken_back_whole(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(1), picture(2)], looker)
    gallery.enroll("Ben", picture(3), looker)
    before, seen = gallery.names(), gallery.identify(picture(1), looker)
    removed = gallery.remove("Anna")
    assert removed.images == 2
    assert content(gallery) == {"Ben": 1}
    assert gallery.thumbnails([before[0].images[0].id]) == {}
    gallery.restore(removed)
    assert again(gallery).names() == before
    assert gallery.identify(picture(1), looker) == seen
    assert len(gallery.thumbnails([image.id for image in before[0].images])) == 2
    gallery.restore(removed)  # twice is once
    assert gallery.names() == before


def test_some_images_are_removed_and_the_name_with_the_last_one(gallery: Gallery, looker: Any) -> None:
    first, second = gallery.enroll("Anna", [picture(1), picture(2)], looker).added
    foreign = gallery.enroll("Ben", picture(3), looker).added
    removed = gallery.remove_images("Anna", [first, first, *foreign, 999])
    assert removed.images == 1
    assert content(gallery) == {"Anna": 1, "Ben": 1}
    last = gallery.remove_images("Anna", [second])
    assert content(gallery) == {"Ben": 1}
    gallery.restore(last)
    gallery.restore(removed)
    assert [image.id for image in gallery.names()[0].images] == [first, second]


def test_restored_images_join_a_name_that_is_there_by_now(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    removed = gallery.remove("Anna")
    gallery.enroll("Anna", picture(2), looker)
    gallery.restore(removed)
    assert content(gallery) == {"Anna": 2}


def test_ids_are_never_used_again(gallery: Gallery, looker: Any) -> None:
    (old,) = gallery.enroll("Anna", picture(1), looker).added
    gallery.remove("Anna")
    assert gallery.enroll("Ben", picture(2), looker).added != (old,)


def test_what_was_removed_is_not_left_in_the_file(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna Unforgettable", picture(1), looker)
    gallery.enroll("Ben", picture(2), looker)
    gallery.remove("Anna Unforgettable")
    assert b"Unforgettable" not in gallery.path.read_bytes()


# --- names


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "must not be empty"),
        (" \u3000 ", "must not be empty"),
        ("x" * (LONGEST + 1), "at most 200 characters, found 201"),
        ("a\nb", r"control character, found U\+000A"),
        ("a\0", r"control character, found U\+0000"),
        ("a\x1b[31m", r"control character, found U\+001B"),
        ("a\u2028b", r"line break, found U\+2028"),
        ("a\u202eb", r"turns the text around it, found U\+202E"),
        ("\ud800", r"half of a character, found U\+D800"),
    ],
)
def test_names_that_are_refused(name: str, problem: str) -> None:
    with pytest.raises(InputError, match=f"^name: .*{problem}"):
        checked_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "x" * LONGEST,
        "Robert'); DROP TABLE names;--",
        "../../etc/passwd",
        "<b>&amp;</b>",
        "%s {0}",
        "\u0622\u0631\u0632\u0648\u200c\u0647\u0627",  # Persian needs its zero-width non-joiner
        "\U0001f469\u200d\U0001f52c",
        "-rf",
        "NULL",
    ],
)
def test_odd_names_are_only_names(gallery: Gallery, looker: Any, name: str) -> None:
    gallery.enroll(name, picture(1), looker)
    assert list(content(again(gallery))) == [name]
    assert gallery.identify(picture(1), looker).name == name
    assert gallery.rename(name, "Anna") == "Anna"


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_a_name_is_refused_or_kept_as_it_will_be_found_again(text: str) -> None:
    try:
        name = checked_name(text)
    except InputError:
        return
    assert checked_name(name) == name
    assert 0 < len(name) <= LONGEST
    name.encode()


# --- identifying


@pytest.mark.parametrize("rule", ["mean", "nearest"])
@pytest.mark.parametrize(
    "distance",
    ["cosine", "euclidean", LinearDistance("mahalanobis", np.diag(np.linspace(0.5, 2, 16)))],
    ids=("c", "e", "m"),
)
def test_names_are_ranked_as_by_hand(gallery: Gallery, rule: Any, distance: Any) -> None:
    looker: Any = Looker(distance=distance)
    people = {name: [picture(10 * place + number) for number in range(place + 1)] for place, name in enumerate("dcba")}
    for name, images in people.items():
        gallery.enroll(name, images, looker)
    query = picture(99)
    embedding = looker.embed(query)
    expected = []
    for name, images in people.items():
        rows = np.concatenate([looker.embed(image) for image in images]).astype(float)
        to_each = exact_distances(embedding, rows, distance)[0]
        if rule == "mean" and len(rows) > 1:
            mean = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).mean(axis=0)
            rows = (mean / np.linalg.norm(mean))[None]
        nearest = gallery.names()["abcd".index(name)].images[int(to_each.argmin())].id
        expected.append((float(exact_distances(embedding, rows, distance).min()), name, len(images), nearest))
    found = gallery.identify(query, looker, rule=rule, top=3)
    assert found.names == 4
    assert [(each.name, each.images, each.image) for each in found.matches] == [
        each[1:] for each in sorted(expected)[:3]
    ]
    assert [each.distance for each in found.matches] == pytest.approx(
        [each[0] for each in sorted(expected)[:3]], abs=1e-12
    )


def test_the_threshold_says_who_is_known(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    found = gallery.identify(picture(1), looker)
    assert (found.known, found.name, found.threshold, found.matches[0].distance) == (True, "Anna", 0.4, 0.0)
    assert gallery.identify(picture(1), looker, threshold=0.0).known  # at the threshold is known
    stranger = gallery.identify(picture(2), looker, threshold=-1.0)
    assert (stranger.known, stranger.name, len(stranger.matches)) == (False, None, 1)
    assert stranger.to_json()["matches"][0]["name"] == "Anna"
    with pytest.raises(InputError, match="no threshold"):
        gallery.identify(picture(1), Looker(threshold=None))  # type: ignore[arg-type]


def test_in_an_empty_gallery_everybody_is_unknown(gallery: Gallery, looker: Any) -> None:
    found = gallery.identify(picture(1), looker)
    assert (found.known, found.matches, found.names) == (False, (), 0)
    gallery.enroll("Anna", picture(1), looker)
    gallery.remove("Anna")
    assert gallery.identify(picture(1), looker).matches == ()


def test_settings_are_checked(gallery: Gallery, looker: Any) -> None:
    with pytest.raises(InputError, match="top: must be at least 1, found 0"):
        gallery.identify(picture(1), looker, top=0)
    with pytest.raises(InputError, match="rule: must be mean or nearest, found 'best'"):
        gallery.identify(picture(1), looker, rule="best")  # type: ignore[arg-type]


def test_equally_near_names_are_in_the_order_of_the_list(gallery: Gallery, looker: Any) -> None:
    for name in "cab":
        gallery.enroll(name, picture(1), looker)
    assert [each.name for each in gallery.identify(picture(1), looker, top=2).matches] == ["a", "b"]


def test_what_another_process_changes_is_seen(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    assert gallery.identify(picture(1), looker).name == "Anna"
    again(gallery).rename("Anna", "Ben")
    assert gallery.identify(picture(1), looker).name == "Ben"


# --- other weights


def test_embeddings_by_other_weights_are_not_compared(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(1), picture(2)], looker)
    newer: Any = Looker(seed=1, step=60)
    assert gallery.stale(looker) == 0
    assert gallery.stale(newer) == 2
    gallery.enroll("Ben", picture(3), newer)
    with pytest.raises(
        OtherWeightsError, match=r"by the weights in use \(step 60\), found 2 of 3 by others; .* refresh"
    ):
        gallery.identify(picture(1), newer)
    assert gallery.refresh(newer) == 2
    assert gallery.refresh(newer) == 0
    assert gallery.identify(picture(1), newer, rule="nearest").matches[0].distance == 0
    assert {image.step for each in gallery.names() for image in each.images} == {60}


def test_other_weights_of_the_same_step_are_other_weights(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    assert gallery.stale(Looker(seed=1, step=looker.step)) == 1  # type: ignore[arg-type]
    assert gallery.stale(Looker(step=99)) == 0  # type: ignore[arg-type]


def test_embedding_again_gives_what_enrolling_the_files_would(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(1, 50), picture(2, 50)], looker)
    newer: Any = Looker(seed=1)
    gallery.refresh(newer)
    fresh = Gallery(GalleryFile(gallery.path.with_name("fresh.sqlite")))
    fresh.enroll("Anna", [picture(1, 50), picture(2, 50)], newer)
    query = picture(3)
    assert gallery.identify(query, newer).matches == fresh.identify(query, newer).matches


def test_embedding_again_can_be_cancelled(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(1), picture(2)], looker)
    newer: Any = Looker(seed=1)

    def watch(share: float) -> None:
        if share:
            raise Cancelled

    with pytest.raises(Cancelled):
        gallery.refresh(newer, watch)
    assert gallery.stale(newer) == 2


# --- what is kept of an image


@pytest.mark.parametrize("size", [1, 8, 33])
def test_pictures_are_kept_without_loss(size: int) -> None:
    kept, pixels = kept_image(picture(1, 40), size)
    assert (pixels_of(kept.picture, size) == pixels).all()
    with pytest.raises(InputError, match="must have"):
        pixels_of(kept.picture, size + 1)
    with pytest.raises(InputError, match="a picture of the gallery is damaged"):
        pixels_of(kept.picture[: len(kept.picture) // 2], size)
    with pytest.raises(InputError, match="a picture of the gallery is damaged"):
        pixels_of(b"", size)


def test_thumbnails_are_small_and_keep_their_proportions() -> None:
    kept, _ = kept_image(np.zeros((20, 800, 3), np.uint8), 8)
    with Image.open(BytesIO(kept.thumbnail)) as image:
        assert image.size == (96, 2)


def test_file_names_that_are_no_text_are_kept_readably(tmp_path: Path) -> None:
    file = tmp_path / "caf\udce9.png"
    Image.fromarray(picture(1)).save(file)
    assert kept_image(file, 8)[0].caption == "caf?.png"


# --- the file


def test_another_file_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "gallery.sqlite"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE photos (id)")
    db.close()
    with pytest.raises(InputError, match="must be a gallery, found another SQLite file"):
        Gallery(GalleryFile(file)).count()
    before = file.read_bytes()
    with pytest.raises(InputError, match="must be a gallery"):
        Gallery(GalleryFile(file)).enroll("Anna", picture(1), Looker())  # type: ignore[arg-type]
    assert file.read_bytes() == before


def test_a_newer_schema_is_refused(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    with sqlite3.connect(gallery.path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    for work in (gallery.names, lambda: gallery.remove("Anna")):
        with pytest.raises(
            InputError, match=r"gallery\.sqlite: written by a newer version \(schema 2\); .* up to schema 1$"
        ):
            work()


@pytest.mark.parametrize("damage", [b"no database at all, but long enough for a header" * 40, b"\0" * 4096])
def test_a_damaged_file_is_told_and_kept(gallery: Gallery, looker: Any, damage: bytes) -> None:
    gallery.path.write_bytes(damage)
    works: list[Any] = [
        gallery.names,
        lambda: gallery.enroll("Anna", picture(1), looker),
        lambda: gallery.identify(picture(1), looker),
    ]
    for work in works:
        with pytest.raises(InputError, match=r"gallery\.sqlite: the gallery is damaged .* it was left as it is"):
            work()
    assert gallery.path.read_bytes() == damage


def test_a_file_that_was_cut_off_is_told_and_kept(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", [picture(number, 90) for number in range(8)], looker)
    whole = gallery.path.read_bytes()
    cut = whole[: len(whole) // 2]
    gallery.path.write_bytes(cut)
    with pytest.raises(InputError, match="damaged"):
        gallery.refresh(Looker(seed=1))  # type: ignore[arg-type]
    assert gallery.path.read_bytes() == cut


def test_embeddings_that_are_damaged(gallery: Gallery, looker: Any) -> None:
    gallery.enroll("Anna", picture(1), looker)
    for wrong in (b"abc", np.full(16, np.nan, np.float32).tobytes()):
        with sqlite3.connect(gallery.path) as db:
            db.execute("UPDATE images SET embedding = ?", (wrong,))
        db.close()
        with pytest.raises(
            InputError, match=r"gallery\.sqlite: the gallery is damaged, each embedding must be 16 finite"
        ):
            again(gallery).identify(picture(1), looker)


def test_an_empty_file_is_an_empty_gallery(gallery: Gallery, looker: Any) -> None:
    """It is what a creation leaves that was cut off."""
    gallery.path.touch()
    assert gallery.count() == (0, 0)
    gallery.enroll("Anna", picture(1), looker)
    assert content(gallery) == {"Anna": 1}


def test_nothing_is_made_where_nobody_was_enrolled(gallery: Gallery) -> None:
    for name in ("Anna", "\0"):
        with pytest.raises(InputError, match="nobody is enrolled as"):
            gallery.remove(name)
    assert not gallery.path.exists()


@pytest.mark.parametrize("folder", ["a b", "50%", "what?", "#1", "\u00fc"])
def test_any_folder_will_do(tmp_path: Path, looker: Any, folder: str) -> None:
    (tmp_path / folder).mkdir()
    gallery = Gallery(GalleryFile(tmp_path / folder / "gallery.sqlite"))
    gallery.enroll("Anna", picture(1), looker)
    assert [file.name for file in (tmp_path / folder).iterdir()] == ["gallery.sqlite"]


# --- with a real model


def test_a_name_of_one_image_is_as_far_as_verification_says(trained: Run, tmp_path: Path, shapes: Path) -> None:
    run = Run.open(shutil.copytree(trained.path, tmp_path / "run"))
    verifier, gallery = Verifier.load(run), Gallery.open(run)
    files = sorted((shapes / "images").glob("*/*.png"))
    gallery.enroll("one", files[0], verifier)
    for rule in ("mean", "nearest"):
        found = gallery.identify(files[20], verifier, rule=rule)
        verdict = verifier.verify(files[0], files[20])
        assert (found.matches[0].distance, found.known) == (verdict.distance, verdict.same)
    assert gallery.path == run.path / "gallery.sqlite"
    assert gallery.refresh(Verifier.load(run)) == 0


def test_a_run_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a run folder"):
        Gallery.open(tmp_path)
