from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import DecodedDataset
from core.data.split import Split, is_held_out, split_dataset
from core.data.tuples import TupleList
from core.errors import InputError

quick = settings(max_examples=40, deadline=None)


def dataset_of(counts: dict[str, int], order: list[int] | None = None) -> DecodedDataset:
    """A decoded data set with so many images of each class, in any order."""
    names = [(label, f"{name}/{i:03}") for label, (name, count) in enumerate(counts.items()) for i in range(count)]
    if order is not None:
        names = [names[i] for i in order]
    size = len(names)
    return DecodedDataset(
        name="toys",
        classes=tuple(counts),
        ids=tuple(name for _, name in names),
        labels=np.array([label for label, _ in names], dtype=np.int64),
        images=np.zeros((size, 3, 1, 1), dtype=np.uint8),
        masks=None,
        has_mask=np.zeros(size, dtype=np.bool_),
        problems=(),
        content_hash="",
        directional=False,
    )


def many(classes: int, images: int = 4) -> DecodedDataset:
    return dataset_of({f"c{i:03}": images for i in range(classes)})


def held_out_ids(dataset: DecodedDataset, split: Split) -> list[str]:
    return sorted(dataset.ids[i] for i in split.held_out)


@pytest.mark.parametrize(
    ("count", "share", "expected"),
    [
        (4, 0.5, [1, 3]),
        (5, 0.5, [1, 3]),
        (10, 0.2, [4, 9]),
        (10, 0.1, [9]),
        (10, 0.3, [3, 6, 9]),
        (10, 0.7, [1, 2, 4, 5, 7, 8, 9]),
        (4, 0.2, []),
        (3, 0.99, [1, 2]),
        (0, 0.5, []),
    ],
)
def test_formula_by_hand(count: int, share: float, expected: list[int]) -> None:
    assert np.flatnonzero(is_held_out(count, share)).tolist() == expected


@given(count=st.integers(0, 400), percent=st.integers(1, 999))
@quick
def test_formula_holds_exactly(count: int, percent: int) -> None:
    share = Fraction(percent, 1000)
    expected = [floor((i + 1) * share) > floor(i * share) for i in range(count)]
    held_out = is_held_out(count, percent / 1000)
    assert held_out.tolist() == expected
    assert held_out.sum() == floor(count * share)


@given(
    counts=st.lists(st.integers(2, 9), min_size=2, max_size=28).map(lambda counts: [9, 9, *counts]),  # trainable
    share=st.sampled_from([None, 0.1, 0.2, 0.25, 0.3, 1 / 3, 0.5]),
    kind=st.sampled_from(["auto", "open", "closed"]),
    randomness=st.randoms(use_true_random=False),
)
@quick
def test_the_parts_are_disjoint_complete_and_independent_of_the_order(counts, share, kind, randomness) -> None:
    sizes = {f"c{i:02}": count for i, count in enumerate(counts)}
    order = list(range(sum(counts)))
    randomness.shuffle(order)
    plain, shuffled = dataset_of(sizes), dataset_of(sizes, order)
    split = split_dataset(plain, kind, share)
    both = np.concatenate([split.training, split.held_out])
    assert sorted(both) == list(range(len(plain)))
    for part in (split.training, split.held_out):
        assert part.dtype == np.int64
        assert (np.diff(part) > 0).all()
    again = split_dataset(shuffled, kind, share)
    assert held_out_ids(shuffled, again) == held_out_ids(plain, split)
    assert again.training_classes == split.training_classes
    trained = {plain.classes[label] for label in plain.labels[split.training]}
    unseen = {plain.classes[label] for label in plain.labels[split.held_out]}
    assert set(split.training_classes) == trained
    assert set(split.held_out_classes) == unseen
    assert split.open_set == (kind == "open" or (kind == "auto" and len(counts) >= 20))
    assert trained.isdisjoint(unseen) == split.open_set or not unseen
    labels = split.training_label_of
    assert [plain.classes[i] for i in np.flatnonzero(labels >= 0)] == list(split.training_classes)
    assert labels[labels >= 0].tolist() == list(range(len(trained)))


def test_open_holds_out_every_second_class_by_default() -> None:
    dataset = many(20)
    split = split_dataset(dataset, "auto", None)
    assert split.open_set
    assert split.held_out_classes == tuple(f"c{i:03}" for i in range(1, 20, 2))
    assert split.training_label_of.tolist() == [i // 2 if i % 2 == 0 else -1 for i in range(20)]
    assert len(split.training) == len(split.held_out) == 40


def test_classes_are_taken_by_name_whatever_their_number() -> None:
    dataset = dataset_of({"d": 3, "b": 3, "a": 3, "c": 3})
    split = split_dataset(dataset, "open", None)
    assert set(split.held_out_classes) == {"b", "d"}
    assert split.training_classes == ("a", "c")
    assert split.training_label_of.tolist() == [-1, -1, 0, 1]


def test_closed_holds_out_every_fifth_file_of_each_class_by_default() -> None:
    dataset = dataset_of({"a": 10, "b": 5, "c": 4})
    split = split_dataset(dataset, "auto", None)
    assert not split.open_set
    assert held_out_ids(dataset, split) == ["a/004", "a/009", "b/004"]
    assert split.training_classes == ("a", "b", "c")
    assert split.held_out_classes == ("a", "b")
    assert split.training_label_of.tolist() == [0, 1, 2]
    assert split.notes == ()


def test_one_in_ten_is_exact() -> None:
    dataset = many(3, 10)
    assert len(split_dataset(dataset, "closed", 0.1).held_out) == 3
    assert len(split_dataset(many(30), "open", 0.7).held_out_classes) == 21


def test_a_file_names_the_held_out_classes(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("\ufeff\n  b  \r\n\nd\nb\n".encode())
    dataset = dataset_of({"a": 3, "b": 3, "c": 3, "d": 3})
    for kind in ("auto", "open"):
        split = split_dataset(dataset, kind, path)
        assert split.open_set
        assert split.held_out_classes == ("b", "d")
        assert split.training_classes == ("a", "c")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "names.txt: the file of held-out classes cannot be read (No such file or directory)"),
        (b"", "names.txt: at least one class must be named, one a line, found none"),
        (b" \n\n", "names.txt: at least one class must be named, one a line, found none"),
        (b"a\n\nx\n", "names.txt, line 3: must name one of the usable classes of toys, found 'x'"),
        (b"\xff\xfe\x00", "names.txt: the file of held-out classes must be UTF-8 text"),
        (b"a\nb\nc\n", "toys: training needs at least two classes with two images each, found 1 in the open split"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "names.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        split_dataset(many_named("abcd"), "open", path)
    assert message in str(caught.value)


def many_named(names: str) -> DecodedDataset:
    return dataset_of(dict.fromkeys(names, 3))


def test_a_file_needs_an_open_split(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("a\n")
    with pytest.raises(InputError, match=r"holdout: a file of classes needs an open split, found .*names\.txt"):
        split_dataset(many_named("abcd"), "closed", path)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.5, 7.0, float("nan")])
@pytest.mark.parametrize("kind", ["open", "closed"])
def test_shares_outside_the_range(kind: str, share: float) -> None:
    with pytest.raises(InputError, match="holdout: the held-out share must lie between 0 and 1, found"):
        split_dataset(many_named("abcd"), kind, share)


def test_too_little_left_for_training() -> None:
    with pytest.raises(InputError, match="found 1 in the open split"):
        split_dataset(many_named("abc"), "open", 0.9)
    with pytest.raises(InputError, match="found 0 in the closed split"):
        split_dataset(many_named("abc"), "closed", 0.9)


def test_notes_on_small_open_sets_and_missing_pairs() -> None:
    few = split_dataset(many(38), "open", None).notes
    assert len(few) == 1
    assert few[0].startswith("Only 19 classes are trained on")
    assert split_dataset(many(40), "open", None).notes == ()
    assert "No image is held out" in split_dataset(many(3, 4), "closed", None).notes[0]
    assert "no genuine pairs" in split_dataset(many(3, 5), "closed", None).notes[0]
    assert "no impostor pairs" in split_dataset(dataset_of({"a": 10, "b": 4}), "closed", None).notes[0]
    assert any("no impostor pairs" in note for note in split_dataset(many(3), "open", None).notes)


def listed_pairs(components: int) -> DecodedDataset:
    """Two images of each identity; a genuine pair of each and an impostor pair of each with the next."""
    base = dataset_of({f"c{i:03}": 2 for i in range(components)})
    genuine = [[2 * i, 2 * i + 1] for i in range(components)]
    impostor = [[2 * i, 2 * i + 2] for i in range(components - 1)]
    same = np.arange(2 * components - 1) < components
    return replace(base, tuples=TupleList("pairs", np.array(genuine + impostor), same))


def test_a_list_is_split_by_identities() -> None:
    """By hand: of 5, those at 1 and 3 are held out; every impostor pair joins neighbours and so crosses."""
    dataset = listed_pairs(5)
    images, same = [*dataset.tuples.images, [0, 4], [2, 6]], [*dataset.tuples.same, False, False]
    split = split_dataset(replace(dataset, tuples=TupleList("pairs", np.array(images), np.array(same))), "auto", None)
    assert split.open_set
    assert split.held_out.tolist() == [2, 3, 6, 7]
    assert split.held_out_classes == ("c001", "c003")
    assert split.training_tuples.images.tolist() == [[0, 1], [4, 5], [8, 9], [0, 4]]
    assert split.held_out_tuples.images.tolist() == [[2, 3], [6, 7], [2, 6]]
    assert split.training_classes == ()
    assert (split.training_label_of == -1).all()
    assert split.notes == ("Of 11 pairs, 4 have images both of held-out identities and of others, and are left out.",)


def test_held_out_identities_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("c004\n")
    split = split_dataset(listed_pairs(5), "auto", tmp_path / "names.txt")
    assert split.held_out.tolist() == [8, 9]
    assert len(split.notes) == 2
    assert split.notes[1].startswith("Of the held-out part, nothing can be evaluated: ")


@quick
@given(st.integers(2, 12), st.floats(0.05, 0.95), st.integers(0, 99))
def test_no_listed_tuple_crosses_the_split(components: int, share: float, seed: int) -> None:
    images = np.random.default_rng(seed).integers(0, 2 * components, (30, 3))
    images = np.concatenate([images, [[0, 1, 1]]])  # the first one is never held out before the last
    dataset = replace(listed_pairs(components), tuples=TupleList("triplets", images))
    split = split_dataset(dataset, "open", share)
    assert np.isin(split.training_tuples.images, split.training).all()
    assert np.isin(split.held_out_tuples.images, split.held_out).all()
    inside = [np.isin(images, part).all(axis=1).sum() for part in (split.training, split.held_out)]
    assert [len(split.training_tuples), len(split.held_out_tuples)] == inside


def test_a_list_has_no_closed_split() -> None:
    with pytest.raises(InputError, match="split: a list of pairs needs an open split, by identities, found closed"):
        split_dataset(listed_pairs(5), "closed", None)
    with pytest.raises(InputError, match="found no impostor pair to train on; hold out less"):
        split_dataset(listed_pairs(5), "open", 0.5)


def triplets_in_folders(count: int) -> DecodedDataset:
    """Images 000/anchor, 000/negative, 000/positive, 001/anchor and so on, each in one triplet alone."""
    base = dataset_of({f"{i:03}/{name}": 1 for i in range(count) for name in ("anchor", "negative", "positive")})
    labels = np.arange(3 * count).reshape(count, 3)
    labels[:, 2] = labels[:, 0]
    triplets = np.arange(3 * count).reshape(count, 3)[:, [0, 2, 1]]
    return replace(base, labels=labels.ravel(), tuples=TupleList("triplets", triplets))


@pytest.mark.parametrize(("share", "held_out"), [(0.5, 5), (0.2, 2), (0.9, 9)])
def test_images_without_a_genuine_pair_follow_their_tuples(share: float, held_out: int) -> None:
    """By the order of names alone, every negative would be on the other side of its anchor."""
    split = split_dataset(triplets_in_folders(10), "open", share)
    assert (len(split.training_tuples), len(split.held_out_tuples)) == (10 - held_out, held_out)
    assert len(split.held_out) == 3 * held_out
    assert split.notes == ()
    expected = np.flatnonzero(is_held_out(10, share))
    assert np.unique(split.held_out // 3).tolist() == expected.tolist()


def test_of_named_identities_the_company_is_held_out_as_well(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("003/anchor\n005/negative\n")
    split = split_dataset(triplets_in_folders(10), "open", tmp_path / "names.txt")
    assert split.held_out.tolist() == [9, 10, 11, 16]
    assert split.held_out_tuples.images.tolist() == [[9, 11, 10]]
    assert len(split.training_tuples) == 8


# --- data that says itself what is held out


def given_parts(parts: str, labels: str = "aaaabbbbcccc") -> DecodedDataset:
    """One letter an image: its class, and 't' or 'h' for its part."""
    classes = sorted(set(labels))
    found = dataset_of({name: labels.count(name) for name in classes})
    return replace(found, given_held_out=np.array([part == "h" for part in parts]))


def test_a_given_split_is_taken_whatever_is_asked_for() -> None:
    dataset = given_parts("tthhttththht")
    for split, holdout in (("auto", None), ("open", 0.9), ("closed", 0.1), ("open", Path("none.txt"))):
        found = split_dataset(dataset, split, holdout)
        assert found.held_out.tolist() == [2, 3, 7, 9, 10]
        assert found.training.tolist() == [0, 1, 4, 5, 6, 8, 11]
        assert not found.open_set, "every class is trained on"
        assert found.training_classes == found.held_out_classes == ("a", "b", "c")
        nothing = "; the settings split and holdout do nothing" if split != "auto" else ""
        assert found.notes == (f"toys says itself which images are held out{nothing}.",)


def test_a_given_open_set() -> None:
    found = split_dataset(given_parts("tttthhhhtttt"), "auto", None)
    assert found.open_set
    assert (found.training_classes, found.held_out_classes) == (("a", "c"), ("b",))
    assert found.training_label_of.tolist() == [0, -1, 1]
    assert any("Only 2 classes are trained on" in note for note in found.notes)


def test_known_and_unseen_classes_together_are_an_open_set_that_says_so() -> None:
    found = split_dataset(given_parts("tthhtttthhhh"), "closed", None)
    assert found.open_set
    assert found.notes[1].startswith("Of the 2 held-out classes, 1 are trained on as well")
    assert found.training_label_of.tolist() == [0, 1, -1]


@pytest.mark.parametrize(("parts", "classes"), [(12 * "h", 0), ("tthhhhhhhhhh", 1), ("thhhthhhthhh", 0)])
def test_a_given_split_must_leave_something_to_train_on(parts: str, classes: int) -> None:
    with pytest.raises(InputError, match=f"two classes with two images each, found {classes} in the"):
        split_dataset(given_parts(parts), "auto", None)


def test_a_given_split_may_hold_out_nothing() -> None:
    found = split_dataset(given_parts(12 * "t"), "auto", None)
    assert not found.open_set
    assert "No image is held out, so nothing can be evaluated" in found.notes[1]
