"""The window's texts in the user's language; the code has them in English."""

import logging
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

log = logging.getLogger(__name__)

SYSTEM = "system"
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
"""What the window can speak, by the language's code; each in its own words."""


def tr(text: str) -> str:
    """A text of the window in the language that was installed before its module was imported; else as it is.

    Takes a literal, so that `pyside6-lupdate` finds it, or a text of core that `tests.explorer.translations.update`
    lists; what varies is put in afterwards: `tr("{count} images").format(count=count)`.
    """
    return QCoreApplication.translate("", text)  # the context that lupdate gives a plain function


def is_translated() -> bool:
    """Whether the window speaks another language than the code does."""
    return tr("en") != "en"  # the code of the language itself, which each translation has in its own


def language_of(choice: str) -> str:
    """Code of the language that a choice means: its own, or for 'system' that of the desktop, English where unknown."""
    code = QLocale.system().name().partition("_")[0] if choice == SYSTEM else choice
    return code if code in LANGUAGES else "en"


def install(application: QCoreApplication, choice: str) -> None:
    """Let the application speak a language; to be called before panels are imported, whose tables are texts too."""
    language = language_of(choice)
    if language == "en":
        return
    own = resources.files("resources").joinpath("translations", f"metric-explorer_{language}.qm")
    qt = QTranslator(application)
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(qt)
    _install_own(application, own)


def _install_own(application: QCoreApplication, file: Traversable) -> None:
    translator = QTranslator(application)
    with resources.as_file(file) as path:
        if not translator.load(str(path)):
            log.warning("%s: the translation is missing or damaged, the window speaks English", path)
            return
    application.installTranslator(translator)
