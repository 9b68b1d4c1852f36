from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.data.columns import NumberColumn, TextColumn
from core.data.dataset import Dataset, DecodedDataset, Problem, Sample
from core.data.split import split_dataset
from core.data.tuples import TupleList
from core.training.records import DataSummary
from explorer.panels import data_words

PIXEL = np.zeros((1, 1, 3), np.uint8)
MASK = np.zeros((1, 1), np.uint8)


def decoded(classes: int, images_each: int) -> DecodedDataset:
    count = classes * images_each
    return DecodedDataset(
        name="made",
        classes=tuple(f"c{index:03}" for index in range(classes)),
        ids=tuple(f"{index:05}" for index in range(count)),
        labels=np.repeat(np.arange(classes), images_each),
        images=np.zeros((count, 3, 1, 1), np.uint8),
        masks=None,
        has_mask=np.zeros(count, np.bool_),
        problems=(),
        content_hash="",
        directional=False,
    )


def test_counts() -> None:
    samples = tuple(Sample(str(n), n % 2, PIXEL, MASK if n < 3 else None) for n in range(1200))
    assert data_words.counts(Dataset("a", ("x", "y"), samples)) == "1\u202f200 images · 2 classes · 3 masks"
    assert data_words.counts(Dataset("a", ("x", "y"), samples[3:5])) == "2 images · 2 classes · no masks"


@pytest.mark.parametrize(
    ("split", "holdout", "classes", "sentence"),
    [
        ("auto", None, 10, "closed set: 20 % of each class held out"),
        ("closed", 0.125, 100, "closed set: 12.5 % of each class held out"),
        ("auto", None, 40, "open set: 50 % of the 40 classes held out, never trained on"),
        ("auto", Path("a/names.txt"), 10, "open set: the classes named in names.txt held out, never trained on"),
        ("open", 0.3, 10, "open set: 30 % of the 10 classes held out, never trained on"),
    ],
)
def test_split_sentence(split: str, holdout: float | Path | None, classes: int, sentence: str) -> None:
    assert data_words.split_sentence(split, holdout, classes) == sentence


SAMPLES = tuple(Sample(str(n), n // 2, PIXEL) for n in range(6))
PAIRS = TupleList("pairs", np.array([[0, 1], [2, 3], [4, 5], [0, 2]]), np.array([True, True, True, False]))
TRIPLET = TupleList("triplets", np.array([[0, 1, 2]]))


@pytest.mark.parametrize(
    ("tuples", "words"),
    [
        (PAIRS, "6 images · 3 identities · 4 pairs (3 genuine, 1 impostor)"),
        (TRIPLET, "6 images · 3 identities · 1 triplet"),
    ],
)
def test_counts_of_a_list(tuples: TupleList, words: str) -> None:
    assert data_words.counts(Dataset("list.csv", ("a", "b", "c"), SAMPLES, tuples=tuples)) == words


@pytest.mark.parametrize(
    ("holdout", "share"),
    [
        (None, "50 % of the 30 identities"),
        (0.2, "20 % of the 30 identities"),
        (Path("n.txt"), "the identities named in n.txt"),
    ],
)
def test_split_of_a_list(holdout: float | Path | None, share: str) -> None:
    sentence = data_words.split_sentence("auto", holdout, 30, "triplets")
    assert sentence == f"open set: {share} held out, never trained on; judged by the listed pairs alone"


def test_a_list_has_no_closed_split() -> None:
    assert data_words.split_caution("closed", None, 30, "pairs").startswith("A list of pairs has no closed split")
    assert data_words.split_caution("open", None, 4, "pairs") == ""
    assert data_words.split_caution("open", None, 4) == data_words.few_classes_caution("open", None, 4) != ""


def test_an_open_set_of_few_classes_is_cautioned_against() -> None:
    assert data_words.few_classes_caution("open", 0.3, 10).startswith("Only 7 classes are left to train on")
    assert data_words.few_classes_caution("open", None, 40) == ""
    assert data_words.few_classes_caution("auto", None, 39) == "", "19 are held out, 20 are enough"
    assert data_words.few_classes_caution("auto", None, 38).startswith("Only 19 ")
    assert data_words.few_classes_caution("closed", None, 10) == ""
    assert data_words.few_classes_caution("open", Path("names.txt"), 10) == "", "the file is not read here"


@pytest.mark.parametrize("classes", [4, 10, 19, 20, 40])
@pytest.mark.parametrize("split", ["auto", "open", "closed"])
def test_the_sentence_says_what_the_split_does(split: str, classes: int) -> None:
    done = split_dataset(decoded(classes, 10), split, None)
    sentence = data_words.split_sentence(split, None, classes)
    assert sentence.startswith("open set" if done.open_set else "closed set")
    things, held_out = (classes, len(done.held_out_classes)) if done.open_set else (10 * classes, len(done.held_out))
    share = data_words.DEFAULT_SHARE["open" if done.open_set else "closed"]
    assert held_out == int(things * share)
    assert f"{100 * share:.0f} %" in sentence
    cautioned = bool(data_words.few_classes_caution(split, None, classes))
    assert cautioned == any("generalise" in note for note in done.notes)


def test_problems() -> None:
    problems = tuple(Problem(f"cat/{n}.png", "empty") for n in range(12))
    assert data_words.problem_count(()) == ""
    assert data_words.problem_count(problems[:1]).startswith("1 problem ")
    assert data_words.problem_count(problems).startswith("12 problems ")
    lines = data_words.problem_list(problems).splitlines()
    assert (len(lines), lines[0], lines[-1]) == (11, "cat/0.png: empty", "and 2 more")
    assert data_words.problem_list(problems[:2]) == "cat/0.png: empty\ncat/1.png: empty"


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ("-hth", ""),
        ("thth", "closed set, 2 images held out, as m.csv says"),
        ("tthh", "open set: 1 class never trained on, 2 images held out, as m.csv says"),
        ("thhh", "open set: 1 class never trained on, 3 images held out, as m.csv says"),
        ("tttt", "closed set, no images held out, as m.csv says"),
    ],
)
def test_a_split_that_the_data_names_itself(parts: str, sentence: str) -> None:
    meaning = {"t": False, "h": True, "-": None}
    samples = tuple(Sample(str(n), n // 2, PIXEL, held_out=meaning[part]) for n, part in enumerate(parts))
    assert data_words.given_split_sentence(Dataset("m.csv", ("a", "b"), samples)) == sentence


def test_facts_of_an_image() -> None:
    samples = (Sample("a", 0, PIXEL), Sample("b", 1, PIXEL))
    columns = (
        NumberColumn("age [years]", np.array([3.5, np.nan])),
        TextColumn("pose\nof head", np.array([0, -1]), ("left\n" + 100 * "x",)),
    )
    found = Dataset("m.csv", ("x", "y"), samples, columns=columns)
    assert data_words.facts(found, 0) == "age [years]: 3.5\npose of head: left " + 42 * "x" + "…"
    assert data_words.facts(found, 1) == ""
    many = replace(found, columns=tuple(NumberColumn(f"c{n}", np.ones(2)) for n in range(11)))
    assert data_words.facts(many, 1).splitlines() == [*(f"c{n}: 1" for n in range(8)), "and 3 more"]


def test_a_set_of_known_and_unseen_classes_says_so() -> None:
    summary = DataSummary("m", ("a", "b", "c"), (), 9, 0, 5, 4, 2, 2, True, (), ())
    start = "open set: 2 classes held out, 1 of them trained on as well"
    assert data_words.split_result(summary) == f"{start} · 5 images to train on, 4 held out"
