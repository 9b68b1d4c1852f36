import numpy as np
import pytest

from core.evaluation.parts import PartRates
from core.explanation import Explanation, HiddenBackground
from core.run_content import ThresholdChoice
from explorer.panels.verify_view import (
    NearestView,
    VerdictView,
    nearest_words,
    novelty_words,
    probability_words,
    rates_words,
    threshold_words,
)
from explorer.panels.verify_why import probability_words as hidden_probability_words
from explorer.panels.verify_why import without_background_words

PART = PartRates(identities=20, genuine_pairs=100, impostor_pairs=1000, tpr=0.9, fpr=0.01)


def choice(rule: str = "FPR 1 %", by: str = "person", part: PartRates | None = PART) -> ThresholdChoice:
    return ThresholdChoice(
        threshold=0.42,
        distance="cosine",
        fpr=0.01,
        chosen_by=by,  # type: ignore[arg-type]
        rule=rule,
        step=540,
        chosen_on=part,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (choice(), "threshold chosen on 20 identities at FPR 1 % (step 540)"),
        (choice(by="default"), "default threshold, on 20 identities at FPR 1 % (step 540)"),
        (choice("EER", "default", None), "default threshold, on held-out images at EER (step 540)"),
        (choice("set by hand", part=None), "threshold chosen by hand (step 540)"),
        (None, ""),
    ],
)
def test_whose_threshold(given: ThresholdChoice | None, words: str) -> None:
    assert threshold_words(given) == words


def test_the_probability_names_its_calibration() -> None:
    assert probability_words(VerdictView(0.3, 1, 0.931, method="platt")) == "same with probability 93.1 % (Platt)"
    assert probability_words(VerdictView(0.3, 1, 0.931, method="isotonic")).endswith("(isotonic)")
    assert probability_words(VerdictView(0.3, 1, method="platt")) == "same with probability –"


def test_rates_name_the_part_they_are_of() -> None:
    assert rates_words(0.941, 0.01, 20) == "expected of 20 other identities: TPR 94.1 % · FPR 1.00 %"
    assert rates_words(None, None, None) == "expected of held-out images: TPR – · FPR –"


def test_neighbours_name_what_was_searched() -> None:
    view = NearestView((), 437, 540)
    assert nearest_words(view, 540) == "nearest of the 437 training images in the probe set"
    assert nearest_words(view, 544).endswith("probe set, of step 540")
    assert nearest_words(NearestView((), 0, 540), 540) == "There is no training image in the probe set."
    assert nearest_words(None, None) == ""


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (None, ""),
        (95.0, ""),
        (95.04, "unlike all training images: farther than 95.0 % of them"),
        (99.32, "unlike all training images: farther than 99.3 % of them"),
        (99.97, "unlike all training images: farther than 99.9 % of them"),
        (100.0, "unlike all training images: farther than all of them"),
    ],
)
def test_only_what_is_far_from_all_is_called_unlike_them(percentile: float | None, words: str) -> None:
    assert novelty_words(NearestView((), 437, 540, percentile)) == words


def explanation(hidden: HiddenBackground | None, why_not: str = "") -> Explanation:
    heat = np.zeros((4, 4), np.float32)
    return Explanation("by name", heat, heat, 2, 0.69, 0.31, hidden, why_not)


def test_what_hiding_the_background_does_in_words() -> None:
    found = explanation(HiddenBackground(0.402, 0.61))
    assert without_background_words(found, 0.35) == "0.310 → 0.402, SAME → DIFFERENT"
    assert without_background_words(found, 0.402) == "0.310 → 0.402, still SAME"
    assert without_background_words(found, None) == "0.310 → 0.402"
    assert hidden_probability_words(found.hidden_background, 0.931) == "same with probability 93.1 % → 61.0 %"
    assert hidden_probability_words(HiddenBackground(0.4, None), 0.931) == ""
    assert without_background_words(explanation(None, "There are no masks."), 0.35) == "There are no masks."
