"""Brings resources/translations up to date with the code: `python -m tests.explorer.translations.update`.

Texts that are new stand in the .ts files as unfinished then, to be translated there or in Qt Linguist; run it again
afterwards to compile. Texts that are gone are dropped.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core.data.catalog.catalog import CATALOG
from core.data.findings import MEANINGS
from core.hyperparameters import SETTING_SPECS
from core.loss_specs import LOSS_SPECS
from tests.explorer.translations import core_sentences

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "resources" / "translations"
SENTENCES = FOLDER / "core_sentences.json"
CORE = ROOT / "core"
LANGUAGES = ("de",)


def ts_file(language: str) -> Path:
    """Texts and their translations, to be edited."""
    return FOLDER / f"metric-explorer_{language}.ts"


def qm_file(language: str) -> Path:
    """What the window reads."""
    return ts_file(language).with_suffix(".qm")


def core_texts() -> Iterator[str]:
    """Texts of core that the window shows: core knows no Qt, so the window translates them where it shows them."""
    for setting in SETTING_SPECS:
        yield from (setting.label, setting.help)
    for loss in LOSS_SPECS.values():
        yield from (loss.label, loss.help, loss.margin_label, loss.margin_help)
    for entry in CATALOG.values():
        yield entry.about
    yield from MEANINGS.values()
    yield from core_sentences_texts()


def core_sentences_texts() -> Iterator[str]:
    """Sentences of core, as templates; those without a word are alike in every language."""
    for template in core_sentences.templates(CORE):
        if any(sign.isalpha() for sign in re.sub(r"\{\d+\}", "", template.source)):
            yield template.source


def sentences() -> str:
    """What `explorer.core_words` reads: each template, and which of its holes may hold texts, as JSON."""
    rows = (
        json.dumps([template.source, sorted(template.speaking)], ensure_ascii=False)
        for template in core_sentences.templates(CORE)
    )
    return "[\n" + ",\n".join(rows) + "\n]\n"


def collect(target: Path) -> None:
    """Write the texts of the code into a .ts file, beside the translations that it has."""
    with tempfile.TemporaryDirectory() as folder:
        core = Path(folder) / "core_texts.py"
        core.write_text("".join(f"tr({text!r})\n" for text in core_texts() if text), encoding="utf-8")
        sources = [str(path) for path in sorted((ROOT / "explorer").rglob("*.py"))]
        _tool("lupdate", "-no-obsolete", "-locations", "none", *sources, str(core), "-ts", str(target))


def compile_to(source: Path, target: Path) -> None:
    """Make the file that the window reads."""
    _tool("lrelease", str(source), "-qm", str(target))


def _tool(name: str, *arguments: str) -> None:
    command = str(Path(sys.executable).parent / f"pyside6-{name}")
    subprocess.run([command, *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    SENTENCES.write_text(sentences(), encoding="utf-8")
    for code in LANGUAGES:
        collect(ts_file(code))
        compile_to(ts_file(code), qm_file(code))
