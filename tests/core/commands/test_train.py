from core.cli_text import table
from core.commands.train import in_words

PART = {"identities": 40, "tpr": 0.9, "fpr": 0.01}


def test_without_halves_of_the_identities_it_is_said_what_the_threshold_was_checked_on() -> None:
    threshold = {"value": 0.1641, "rule": "FPR 1 %", "chosen_on": None, "reported_on": None}
    assert table(in_words({"classes": 10, "threshold": threshold})).splitlines() == [
        "classes               10",
        "threshold value       0.1641",
        "threshold rule        FPR 1 %",
        "threshold checked on  the pairs it was chosen on",
    ]


def test_figures_of_both_halves_and_a_missing_threshold_are_printed_as_they_are() -> None:
    whole = {"threshold": {"value": 0.2, "rule": "EER", "chosen_on": PART, "reported_on": PART}}
    assert in_words(whole) == whole
    assert in_words({"threshold": None}) == {"threshold": None}
