from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.evaluation.curve import OperatingPoint
from explorer.panels.verify import VerifyPanel
from explorer.panels.verify_view import VerdictView
from explorer.widgets.image_slot import ImageSlot
from explorer.widgets.message import Message
from explorer.widgets.sample_drag import SampleImage, sample_mime
from explorer.widgets.verdict_line import VerdictLine
from tests.explorer.dropping import drop, files

MASK = np.full((8, 8), 255, np.uint8)
VIEW = VerdictView(
    distance=0.31,
    step=540,
    probability=0.931,
    expected_fpr=0.01,
    expected_tpr=0.941,
    class_a="apple",
    confidence_a=0.972,
    class_b="cow",
    confidence_b=0.51,
    mask_a=MASK,
)


@pytest.fixture
def panel(qtbot: QtBot) -> VerifyPanel:
    panel = VerifyPanel()
    panel.chosen, panel.pairs = [], []
    panel.image_chosen.connect(lambda slot, source: panel.chosen.append((slot, source)))
    panel.pair_changed.connect(lambda a, b: panel.pairs.append((a, b)))
    qtbot.addWidget(panel)
    panel.resize(370, 330)
    panel.show()
    return panel


@pytest.fixture
def judged(panel: VerifyPanel, tmp_path: Path) -> VerifyPanel:
    """Two images with a verdict."""
    for name in ("A", "B"):
        drop(slot(panel, name), files(tmp_path / f"{name}.png"))
        panel.show_image(name, picture(), f"{name}.png")
    panel.set_threshold(0.42)
    panel.show_verdict(VIEW)
    panel.chosen.clear()
    panel.pairs.clear()
    return panel


def picture(colour: str = "red") -> QImage:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def slot(panel: VerifyPanel, name: str) -> ImageSlot:
    return panel.findChild(ImageSlot, f"slot_{name.lower()}")


def label(panel: VerifyPanel, name: str) -> str:
    return panel.findChild(QLabel, name).text()


def verdict(panel: VerifyPanel) -> str | None:
    line = panel.findChild(VerdictLine)
    return line.text() if line.isVisible() else None


def message(panel: VerifyPanel) -> str | None:
    line = panel.findChild(Message)
    return line.sentence() if line.isVisible() else None


def click(qtbot: QtBot, panel: VerifyPanel, name: str) -> None:
    qtbot.mouseClick(panel.findChild(QToolButton, name), Qt.MouseButton.LeftButton)


def test_empty_says_what_to_do(panel: VerifyPanel) -> None:
    assert message(panel).startswith("Drop two images above")
    assert verdict(panel) is None
    for name in ("swap_pair", "clear_pair"):
        button = panel.findChild(QToolButton, name)
        assert not button.isEnabled()
        assert button.toolTip().startswith("There is no image yet.")


def test_without_a_model_it_says_how_to_get_one(panel: VerifyPanel) -> None:
    panel.set_model_available("Train or open a run first.")
    assert message(panel) == "Train or open a run first."
    panel.set_model_available(None)
    assert message(panel).startswith("Drop two images above")


def test_two_drops_make_a_pair(panel: VerifyPanel, tmp_path: Path) -> None:
    a, b = tmp_path / "a.png", tmp_path / "b.png"
    drop(slot(panel, "A"), files(a))
    assert message(panel) == "Now an image for B."
    drop(slot(panel, "B"), files(b))
    assert panel.chosen == [("A", a), ("B", b)]
    assert panel.pairs == [(a, None), (a, b)]
    assert message(panel) == "comparing…"
    panel.show_image("A", picture(), "a.png")
    panel.show_image("B", picture(), "b.png")
    panel.show_verdict(VIEW)
    assert message(panel) is None


def test_two_files_dropped_at_once_fill_both_slots(panel: VerifyPanel, tmp_path: Path) -> None:
    a, b = tmp_path / "a.png", tmp_path / "b.png"
    drop(slot(panel, "B"), files(a, b))
    assert panel.chosen == [("A", a), ("B", b)]
    assert panel.pairs == [(a, b)]
    assert slot(panel, "A").content().waiting


def test_three_files_at_once_get_one_sentence(judged: VerifyPanel, tmp_path: Path) -> None:
    drop(slot(judged, "A"), files(*(tmp_path / f"{n}.png" for n in range(3))))
    assert "3 files at once" in slot(judged, "A").content().problem
    assert judged.pairs == [(None, tmp_path / "B.png")]
    assert verdict(judged) is None


def test_samples_of_the_data_set(panel: VerifyPanel) -> None:
    drop(slot(panel, "A"), sample_mime(SampleImage("cat/1.png", picture())))
    assert panel.chosen == [("A", "cat/1.png")]
    assert panel.pairs == [("cat/1.png", None)]


def test_a_text_file_is_refused_in_the_slot(panel: VerifyPanel, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    drop(slot(panel, "A"), files(text))
    panel.show_problem("A", f"{text}: no image that can be read")
    assert slot(panel, "A").content().problem == "notes.txt: no image that can be read"
    assert message(panel).startswith("Drop two images above")
    drop(slot(panel, "B"), files(tmp_path / "b.png"))
    assert panel.pairs[-1] == (None, tmp_path / "b.png")


def test_verdict_with_its_numbers_and_provenance(judged: VerifyPanel) -> None:
    assert verdict(judged) == "SAME  0.310 ≤ 0.420"
    assert label(judged, "probability") == "same with probability 93.1 %"
    assert label(judged, "expected_rates") == "expected of held-out images: TPR 94.1 % · FPR 1.00 %"
    assert label(judged, "provenance") == "weights: step 540"
    assert label(judged, "class_a") == "apple  97.2 %"
    assert label(judged, "class_b") == "cow  51.0 %"


def test_unknown_numbers_are_dashes(judged: VerifyPanel) -> None:
    judged.set_threshold(0.43)
    judged.show_verdict(VerdictView(distance=0.2, step=1))
    assert label(judged, "probability") == "same with probability –"
    assert label(judged, "expected_rates") == "expected of held-out images: TPR – · FPR –"
    assert label(judged, "class_a") == ""


def test_the_verdict_follows_the_threshold_at_once(judged: VerifyPanel) -> None:
    judged.set_threshold(0.309)
    assert verdict(judged) == "DIFFERENT  0.310 > 0.309"
    assert "TPR –" in label(judged, "expected_rates"), "the rates were those of another threshold"
    judged.set_threshold(0.31, OperatingPoint(0.31, tpr=0.5, fpr=0.002))
    assert verdict(judged) == "SAME  0.310 ≤ 0.310"
    assert "TPR 50.0 % · FPR 0.200 %" in label(judged, "expected_rates")
    judged.set_threshold(None)
    assert verdict(judged).startswith("no threshold yet")
    assert judged.pairs == [], "no inference is needed"


def test_newer_weights_keep_the_rates_of_the_threshold(judged: VerifyPanel) -> None:
    judged.set_threshold(0.4, OperatingPoint(0.4, tpr=0.5, fpr=0.002))
    judged.show_verdict(VerdictView(distance=0.45, step=600))
    assert verdict(judged) == "DIFFERENT  0.450 > 0.400"
    assert "TPR 50.0 %" in label(judged, "expected_rates")
    assert label(judged, "provenance") == "weights: step 600"


def test_swap(qtbot: QtBot, judged: VerifyPanel, tmp_path: Path) -> None:
    click(qtbot, judged, "swap_pair")
    assert judged.pairs == [(tmp_path / "B.png", tmp_path / "A.png")]
    assert judged.chosen == [], "nothing has to be read again"
    assert slot(judged, "A").content().caption == "B.png"
    assert slot(judged, "B").content().overlay is not None
    assert slot(judged, "A").content().overlay is None
    assert label(judged, "class_a") == "cow  51.0 %"
    assert verdict(judged) == "SAME  0.310 ≤ 0.420"


def test_clear(qtbot: QtBot, judged: VerifyPanel) -> None:
    click(qtbot, judged, "clear_pair")
    assert judged.pairs == [(None, None)]
    assert message(judged).startswith("Drop two images above")
    judged.show_verdict(VIEW)
    assert verdict(judged) is None, "it came too late"
    assert label(judged, "class_a") == ""


def test_clearing_one_slot_ends_the_verdict(qtbot: QtBot, judged: VerifyPanel, tmp_path: Path) -> None:
    qtbot.keyClick(slot(judged, "A"), Qt.Key.Key_Delete)
    assert judged.pairs == [(None, tmp_path / "B.png")]
    assert message(judged) == "Now an image for A."


def test_a_new_image_ends_the_old_verdict(judged: VerifyPanel, tmp_path: Path) -> None:
    drop(slot(judged, "A"), files(tmp_path / "c.png"))
    assert verdict(judged) is None
    assert message(judged) == "comparing…"
    assert slot(judged, "B").content().overlay is None


def test_a_model_that_goes_takes_its_verdict_along(judged: VerifyPanel) -> None:
    judged.set_model_available("Loading the model …")
    assert verdict(judged) is None
    assert message(judged) == "Loading the model …"
    assert slot(judged, "A").content().overlay is None
    judged.set_model_available(None)
    assert message(judged) == "comparing…"


def test_choosing_by_program_is_like_dropping(panel: VerifyPanel) -> None:
    panel.choose({"A": "cat/1.png", "B": "cat/2.png"})
    assert panel.chosen == [("A", "cat/1.png"), ("B", "cat/2.png")]
    assert panel.pairs == [("cat/1.png", "cat/2.png")]


def test_a_comparison_that_fails_says_so(judged: VerifyPanel, tmp_path: Path) -> None:
    judged.show_failure("the device ran out of memory")
    assert message(judged) == "the device ran out of memory"
    drop(slot(judged, "A"), files(tmp_path / "c.png"))
    assert message(judged) == "comparing…"


def test_masks_can_be_hidden(qtbot: QtBot, judged: VerifyPanel) -> None:
    box = judged.findChild(QCheckBox, "show_masks")
    with_mask = slot(judged, "A").grab().toImage()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().topLeft() + box.rect().center() / 4)
    assert not box.isChecked()
    assert slot(judged, "A").grab().toImage() != with_mask
    judged.show_verdict(VerdictView(distance=0.2, step=1))
    assert not box.isEnabled()
    assert "No masks were predicted" in box.toolTip()


def test_a_mask_that_comes_before_its_preview_is_shown(judged: VerifyPanel) -> None:
    judged.show_image("A", picture("blue"), "again.png")
    assert slot(judged, "A").content().overlay is not None


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(370, 330), (600, 520)])
def test_fits_the_right_column(judged: VerifyPanel, use_palette, dark: bool, size: tuple[int, int]) -> None:
    use_palette(dark)
    QApplication.processEvents()
    long = "a class name that is much longer than a slot is wide"
    view = VerdictView(1.987, 1_234_567, 0.00001, 0.000012, 0.123, class_a=long, confidence_a=0.5)
    judged.show_verdict(view)
    judged.set_threshold(0.42)
    judged.resize(*size)
    QApplication.processEvents()
    assert (judged.width(), judged.height()) == size, "the minimum size must not be larger"
    for line in judged.findChild(VerdictLine).findChildren(QLabel):
        assert line.width() >= line.sizeHint().width(), "no verdict is cut"
    assert not judged.grab().isNull()
