"""Sentences of core, found again among their templates and said in another language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.config import make_config
from core.data.sources import open_dataset
from core.errors import InputError
from core.runs import Run
from explorer import core_words
from explorer.core_words import Templates, in_words, template_of

SOURCES = core_words._templates().all()
READABLE = "{0}: cannot be read ({1})"
DAMAGED = "{0}: damaged, {1}"
KEEPS = "{0}; the run keeps its last weights instead of those of its best epoch"


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every text stands in brackets."""
    monkeypatch.setattr(core_words, "is_translated", lambda: True)
    monkeypatch.setattr(core_words, "tr", lambda text: f"⟦{text}⟧")


def spoken(*templates: tuple[str, tuple[int, ...]]) -> Templates:
    return Templates(template_of(source, speaking) for source, speaking in templates)


def test_in_english_nothing_is_read_or_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_words, "_templates", lambda: pytest.fail("read the templates"))
    assert in_words("a.json: cannot be read (no such file)") == "a.json: cannot be read (no such file)"


def test_the_values_of_a_sentence_are_found_in_their_holes() -> None:
    found = spoken((READABLE, ()), (DAMAGED, ())).find("a (1).json: cannot be read (no (such) file)")
    assert found is not None
    assert (found[0].source, found[1]) == (READABLE, ["a (1).json", "no (such) file"])


def test_of_two_templates_that_fit_the_one_counts_that_explains_more() -> None:
    templates = spoken((DAMAGED, (1,)), ("{0}: damaged, {1} must hold {2}", (1,)), ("{0}: {1}", (1,)))
    found = templates.find("a: damaged, W must hold figures")
    assert found is not None
    assert found[1] == ["a", "W", "figures"]


def test_words_that_a_hole_may_lengthen_do_not_lead_to_the_template() -> None:
    found = spoken(("found {0} field{1}: {2}", ())).find("found 3 fields: a b c")
    assert found is not None
    assert found[1] == ["3", "s", "a b c"]


def test_braces_that_always_stand_there_are_no_holes() -> None:
    found = spoken(("a set {{{0}}} of names", ())).find("a set {a, b} of names")
    assert found is not None
    assert found[1] == ["a, b"]


@pytest.mark.parametrize("sentence", ["", "something else", "a.json: cannot be read", "cannot be read (x)"])
def test_what_core_does_not_say_has_no_template(sentence: str) -> None:
    assert spoken((READABLE, ())).find(sentence) is None


@given(st.sampled_from(SOURCES), st.data())
@settings(max_examples=100, deadline=None)
def test_every_sentence_is_made_again_of_what_was_found(template: core_words.Template, data: st.DataObject) -> None:
    holes = len(template.literals) - 1
    values = data.draw(st.lists(st.text(max_size=12), min_size=holes, max_size=holes))
    sentence = template.source.format(*values)
    found = core_words._templates().find(sentence)
    assert found is not None
    assert found[0].weight >= template.weight
    assert found[0].source.format(*found[1]) == sentence


@pytest.mark.usefixtures("bracketed")
def test_a_sentence_within_a_sentence_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = spoken((KEEPS, (0,)), ("{0}: the checkpoint cannot be written ({1})", ()))
    monkeypatch.setattr(core_words, "_templates", lambda: templates)
    inner = "best.pt: the checkpoint cannot be written (no room)"
    said = in_words(f"{inner}; the run keeps its last weights instead of those of its best epoch")
    inside = "⟦best.pt: the checkpoint cannot be written (no room)⟧"
    assert said == f"⟦{inside}; the run keeps its last weights instead of those of its best epoch⟧"


@pytest.mark.usefixtures("bracketed")
def test_what_stands_in_a_hole_for_values_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = spoken(("no class {0}", ()), ("{0} of {1} images", ()))
    monkeypatch.setattr(core_words, "_templates", lambda: templates)
    assert in_words("no class 3 of 4 images") == "⟦no class 3 of 4 images⟧"


@pytest.mark.usefixtures("bracketed")
def test_a_large_first_letter_stays_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_words, "_templates", lambda: spoken(("the norm is {0}", ())))
    monkeypatch.setattr(core_words, "tr", lambda text: text.replace("the norm is", "die Norm ist"))
    assert in_words("The norm is nan") == "Die Norm ist nan"


@pytest.mark.usefixtures("bracketed")
def test_a_large_first_letter_hides_no_better_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        core_words, "_templates", lambda: spoken(("not checked on others: {0}", (0,)), ("{0}: {1}", ()))
    )
    monkeypatch.setattr(core_words, "tr", lambda text: text.replace("not checked on others", "ungeprüft"))
    assert in_words("Not checked on others: 4") == "Ungeprüft: 4"


@pytest.mark.usefixtures("bracketed")
def test_several_sentences_in_a_row_are_said_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_words, "_templates", lambda: spoken(("no room", ()), ("try {0}", ())))
    assert in_words("my file: no room; try later") == "my file: ⟦no room⟧; ⟦try later⟧"


@pytest.mark.usefixtures("bracketed")
def test_what_nobody_knows_stays_english() -> None:
    assert in_words("Xyzzy plugh") == "Xyzzy plugh"


def bad_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    open_dataset(str(tmp_path / "empty"))


def damaged_run(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    Run.open(tmp_path)


def no_run(tmp_path: Path) -> None:
    Run.open(tmp_path)


def wrong_setting(_tmp_path: Path) -> None:
    make_config({"epochs": -1})


@pytest.mark.usefixtures("bracketed")
@pytest.mark.parametrize("make", [bad_folder, damaged_run, no_run, wrong_setting])
def test_real_errors_of_core_are_said_whole(make: Callable[[Path], None], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make(tmp_path)
    said = in_words(str(caught.value))
    assert said.startswith("⟦")
    assert said.endswith("⟧")
    assert said.replace("⟦", "").replace("⟧", "") == str(caught.value)
