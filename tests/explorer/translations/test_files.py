"""The translations that are shipped: whole, true to their places for figures, and compiled."""

import re
import string
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from tests.explorer.translations.update import LANGUAGES, SENTENCES, collect, compile_to, qm_file, sentences, ts_file


def messages(file: Path) -> dict[str, str | None]:
    """Translation by text; None for an unfinished one."""
    found: dict[str, str | None] = {}
    for message in ElementTree.parse(file).getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        found[source] = None if translation.get("type") == "unfinished" else translation.text
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated_and_no_other(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    collect(fresh)
    known = messages(ts_file(language))
    assert set(messages(fresh)) == set(known), "python -m tests.explorer.translations.update"
    assert [text for text, translation in known.items() if not translation] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_in_afterwards_has_its_place_in_each(language: str) -> None:
    def places(text: str) -> list[str | None]:
        return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)

    for text, translation in messages(ts_file(language)).items():
        assert translation is not None
        assert places(text) == places(translation), text
        assert bool(re.search(r"&\w", text)) == bool(re.search(r"&\w", translation)), text
        assert text.startswith(" ") == translation.startswith(" "), text
        assert text.endswith(" ") == translation.endswith(" "), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_says_the_same(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    compile_to(ts_file(language), fresh)
    stored, made = QTranslator(), QTranslator()
    assert stored.load(str(qm_file(language)))
    assert made.load(str(fresh))
    for text, translation in messages(ts_file(language)).items():
        assert stored.translate("", text) == made.translate("", text) == translation


def test_the_templates_of_core_are_those_of_its_code() -> None:
    stored = SENTENCES.read_text(encoding="utf-8")
    assert stored == sentences(), "python -m tests.explorer.translations.update"
