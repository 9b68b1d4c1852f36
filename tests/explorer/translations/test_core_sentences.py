"""What of core's code is taken for a text that a person reads."""

import pytest

from tests.explorer.translations.core_sentences import NOT_SAID, Module, templates
from tests.explorer.translations.update import CORE


@pytest.fixture(scope="module")
def sources() -> frozenset[str]:
    """All templates of core."""
    return frozenset(template.source for template in templates(CORE))


def found(code: str, *, computes: bool = False) -> dict[str, set[int]]:
    """Holes that may hold texts, by template."""
    return {template.source: template.speaking for template in Module(code, computes=computes).templates()}


def test_a_text_with_values_becomes_a_template_with_numbered_holes() -> None:
    code = 'raise InputError(f"{path}: must have {count:,} rows, found {name!r}" f" in {{this}} file")'
    assert found(code) == {"{0}: must have {1} rows, found {2} in {{this}} file": set()}


def test_branches_of_a_hole_are_texts_of_their_own() -> None:
    code = """raise InputError(f"{path}: a folder is needed, found {'a file' if path.exists() else 'none'}")"""
    assert found(code) == {"{0}: a folder is needed, found {1}": {1}, "a file": set(), "none": set()}


def test_an_error_that_was_caught_may_be_a_text() -> None:
    code = 'try:\n    f()\nexcept ValueError as wrong:\n    raise InputError(f"{file}: is damaged ({wrong})")'
    assert found(code) == {"{0}: is damaged ({1})": {1}}


def test_a_name_speaks_where_it_was_given_a_text() -> None:
    code = '_CURE = "mend the file"\ndef f(x):\n    return f"{x}: is damaged; {_CURE}"'
    assert found(code) == {"mend the file": set(), "{0}: is damaged; {1}": {1}}


def test_a_sum_of_texts_is_one() -> None:
    code = 'advice = "Lower the rate" + (", or the margin" if steep else "") + ", and wait."'
    assert found(code) == {"Lower the rate{0}, and wait.": {0}, ", or the margin": set()}


def test_a_sentence_whose_first_letter_is_changed_is_one_hole() -> None:
    code = 'def f(reason):\n    return f"{reason[0].upper()}{reason[1:]}: gone back to {step}."'
    assert found(code) == {"{0}: gone back to {1}.": {0}}


def test_a_template_that_is_filled_by_name_has_its_holes() -> None:
    code = 'raise PydanticCustomError("loss", "must be one of {names}", {"names": names})'
    assert found(code) == {"must be one of {0}": set()}


@pytest.mark.parametrize(
    "code",
    [
        '"""A docstring of a module."""',
        'log.warning("%s: not kept", path)',
        're.compile("a b")',
        'db.execute("SELECT a FROM b")',
        'def f(x: "list of int") -> "a b":\n    y: "c d" = 1',
        'parser.add_argument("--all", help="all of them")',
        'name = "word"',
        'path = f"{folder}/{name}.json"',
        'if text == "two words":\n    pass',
    ],
)
def test_what_nobody_reads_is_left_out(code: str) -> None:
    assert found(code) == {}


def test_mistakes_of_the_program_are_left_out_where_core_computes() -> None:
    code = 'raise ValueError(f"x must be [N, D], found {shape}")\nraise InputError("no image can be used")'
    assert found(code, computes=True) == {"no image can be used": set()}
    assert len(found(code)) == 2


@pytest.mark.parametrize(
    "source",
    [
        "{0}: not a run folder, it has no run.json",
        "decoding images",
        "{0} is not finite after step {1}; lower the learning rate or the weights of the losses",
        "{0}; going on from the checkpoint before it",
        "Lower the learning rate or the weights of the losses.",
        "No image is held out, so nothing can be evaluated: hold out a larger share.",
        "the device ran out of memory; use a smaller batch or image size",
        "its mask is left out: {0}",
        "For {0} steps {1}.",
    ],
)
def test_texts_of_each_kind_are_found_in_core(source: str, sources: frozenset[str]) -> None:
    assert source in sources


def test_what_is_left_out_by_its_words_still_stands_in_core() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CORE.rglob("*.py"))
    assert [text for text in NOT_SAID if text not in code] == []
