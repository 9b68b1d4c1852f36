from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.config import RunConfig, make_config
from core.data.catalog.catalog import CATALOG
from core.data.dataset import Dataset, Problem, Sample
from core.loss_specs import LOSS_SPECS
from explorer.panels import run_fields
from explorer.panels.run_setup import RunSetupPanel
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField
from explorer.widgets.thumbnail_strip import ThumbnailStrip
from tests.explorer.dropping import drop, enter, files

PIXEL = np.zeros((1, 1, 3), np.uint8)
DIGITS = Dataset(
    "digits",
    tuple("0123456789"),
    tuple(Sample(str(n), n % 10, PIXEL, PIXEL[:, :, 0]) for n in range(50)),
    problems=(Problem("3/b.png", "an empty file (0 bytes)"),),
)


@pytest.fixture
def panel(qtbot: QtBot) -> RunSetupPanel:
    panel = RunSetupPanel()
    panel.chosen, panel.changes, panel.dialogs = [], [], []
    panel.data_chosen.connect(panel.chosen.append)
    panel.settings_changed.connect(lambda: panel.changes.append(panel.settings()))
    panel.choose_folder_requested.connect(lambda: panel.dialogs.append(True))
    qtbot.addWidget(panel)
    panel.resize(290, 420)
    panel.show()
    return panel


def texts(panel: RunSetupPanel) -> list[str]:
    return [message.sentence() for message in panel.findChildren(Message) if message.isVisibleTo(panel)]


def problems(panel: RunSetupPanel) -> list[str]:
    return [message.sentence() for message in panel.findChildren(Message) if message.is_problem()]


def control(panel: RunSetupPanel, name: str) -> QWidget:
    found = panel.findChild(QWidget, f"{name}_field")
    assert found is not None
    return found


def enter_number(qtbot: QtBot, panel: RunSetupPanel, name: str, text: str) -> None:
    field = control(panel, name)
    assert isinstance(field, NumberField)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(qtbot: QtBot, panel: RunSetupPanel, name: str, text: str) -> None:
    """Choose an entry of a combo box with the keyboard."""
    combo = control(panel, name)
    assert isinstance(combo, QComboBox)
    row = combo.findText(text)
    assert row >= 0
    while combo.currentIndex() != row:
        qtbot.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < row else Qt.Key.Key_Up)


def activate_data(panel: RunSetupPanel, text: str) -> None:
    combo = control(panel, "data")
    assert isinstance(combo, QComboBox)
    row = combo.findText(text)
    combo.setCurrentIndex(row)
    combo.activated.emit(row)


def test_starts_with_the_defaults_of_a_run(panel: RunSetupPanel) -> None:
    assert make_config(panel.settings()) == RunConfig()


def test_every_structural_setting_has_a_control(panel: RunSetupPanel) -> None:
    assert set(panel.settings()) == set(RunConfig.model_fields) - {"hyperparameters"}


def test_every_control_has_a_name_and_a_tooltip(panel: RunSetupPanel) -> None:
    for name in panel.settings():
        assert control(panel, name).toolTip()
        assert control(panel, name).accessibleName()


CONFIG = RunConfig(
    data="/somewhere/cats",
    split="open",
    holdout=0.07,
    image_size=96,
    backbone="resnet18",
    pretrained=True,
    embedding_dim=64,
    distance="squared-euclidean",
    loss="supervised-contrastive",
    memory=256,
    balance="dwa",
    epochs=3,
    classes_per_batch=8,
    samples_per_class=5,
    augment=False,
    horizontal_flip=False,
    micro_batch=16,
    weight_decay=0.0125,
    schedule="linear",
    warm_up=0.1,
    ema=0.999,
    patience=5,
    freeze=2,
    compile=True,
    strategy="ddp",
    seed=7,
    device="cpu",
    precision="32",
)


@pytest.mark.parametrize(
    "changed", [{}, {"holdout": Path("names.txt")}, {"pretrained": False, "init": Path("/somewhere/run")}], ids=str
)
def test_settings_of_a_run_come_back_unchanged(panel: RunSetupPanel, changed: dict[str, object]) -> None:
    config = CONFIG.model_copy(update=changed)
    panel.set_settings(config)
    assert make_config(panel.settings()) == config
    assert panel.changes == [], "showing is not changing"


def test_an_entered_number_is_taken(qtbot: QtBot, panel: RunSetupPanel) -> None:
    enter_number(qtbot, panel, "image_size", "96")
    enter_number(qtbot, panel, "holdout", "30")
    assert panel.changes[-1]["image_size"] == 96
    assert panel.changes[-1]["holdout"] == 0.3
    assert make_config(panel.settings()).image_size == 96


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("image_size", "5000", "image_size: input should be less than or equal to 1024, found 5000"),
        ("epochs", "many", "epochs takes a whole number, found 'many'"),
        ("samples_per_class", "1", "samples_per_class: input should be greater than or equal to 2, found 1"),
    ],
)
def test_a_number_that_breaks_a_rule_is_put_back(
    qtbot: QtBot, panel: RunSetupPanel, name: str, text: str, sentence: str
) -> None:
    enter_number(qtbot, panel, name, text)
    assert problems(panel) == [sentence]
    assert make_config(panel.settings()) == RunConfig()
    assert panel.changes == []
    line = next(message for message in panel.findChildren(Message) if message.is_problem())
    field = control(panel, name)
    below = line.mapTo(panel, QPoint()).y() - field.mapTo(panel, QPoint(0, field.height())).y()
    QApplication.processEvents()
    assert -2 <= below <= 16, "the sentence stands right below its field"
    enter_number(qtbot, panel, name, "8")
    if name != "image_size":  # 8 px are too few
        assert problems(panel) == []


def test_holdout_outside_the_share_is_refused(qtbot: QtBot, panel: RunSetupPanel) -> None:
    enter_number(qtbot, panel, "holdout", "100")
    assert "holdout" in problems(panel)[0]
    assert panel.settings()["holdout"] is None


def test_changing_the_split_forgets_a_file_of_classes(qtbot: QtBot, panel: RunSetupPanel) -> None:
    panel.set_settings(CONFIG.model_copy(update={"holdout": Path("names.txt")}))
    choose(qtbot, panel, "split", "closed set")
    assert panel.settings()["holdout"] is None


def test_the_small_net_has_no_pretrained_weights(qtbot: QtBot, panel: RunSetupPanel) -> None:
    tick = control(panel, "pretrained")
    assert isinstance(tick, QCheckBox)
    assert not tick.isEnabled()
    assert "no pretrained weights" in tick.toolTip()
    choose(qtbot, panel, "backbone", "resnet18")
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(8, tick.height() // 2))
    assert panel.settings()["pretrained"] is True
    choose(qtbot, panel, "backbone", "small")
    assert panel.settings()["pretrained"] is False


def test_every_loss_is_offered_with_what_it_is_for(panel: RunSetupPanel) -> None:
    combo = control(panel, "loss")
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == [spec.label for spec in LOSS_SPECS.values()]
    for row, spec in enumerate(LOSS_SPECS.values()):
        assert combo.itemData(row, Qt.ItemDataRole.ToolTipRole) == spec.help


def test_another_loss_is_told(qtbot: QtBot, panel: RunSetupPanel) -> None:
    told: list[str] = []
    panel.loss_chosen.connect(told.append)
    choose(qtbot, panel, "loss", "Triplet, soft margin")
    assert told == ["soft-triplet"]
    panel.set_settings(CONFIG.model_copy(update={"loss": "arcface"}))
    assert told == ["soft-triplet"], "showing is not choosing"
    assert panel.settings()["loss"] == "arcface"


def test_a_loss_with_class_vectors_has_no_use_for_a_memory(qtbot: QtBot, panel: RunSetupPanel) -> None:
    enter_number(qtbot, panel, "memory", "512")
    assert make_config(panel.settings()).memory == 512
    choose(qtbot, panel, "loss", "Center")
    memory = control(panel, "memory")
    assert not memory.isEnabled()
    assert memory.toolTip().startswith("This loss compares with class vectors of its own")
    assert make_config(panel.settings()).memory == 0
    choose(qtbot, panel, "loss", "Triplet")
    assert memory.isEnabled()
    assert make_config(panel.settings()).memory == 512


@pytest.mark.parametrize("installed", [False, True])
def test_gradient_methods_need_torchjd(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    monkeypatch.setattr(run_fields, "find_spec", lambda name: object() if installed else None)
    panel = RunSetupPanel()
    qtbot.addWidget(panel)
    combo = control(panel, "balance")
    assert isinstance(combo, QComboBox)
    for row in range(combo.count()):
        needs = combo.itemText(row) in ("UPGrad", "MGDA", "PCGrad", "Aligned-MTL")
        enabled = bool(combo.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled)
        assert enabled is (installed or not needs)
        why = combo.itemData(row, Qt.ItemDataRole.ToolTipRole)
        assert ("pip install" in why) is not enabled
    choose(qtbot, panel, "balance", "DWA")
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert panel.settings()["balance"] == ("upgrad" if installed else "dwa")


def test_a_stored_run_s_balance_is_shown_even_if_it_cannot_be_chosen_here(panel: RunSetupPanel) -> None:
    panel.set_settings(CONFIG.model_copy(update={"balance": "mgda"}))
    assert control(panel, "balance").currentText() == "MGDA"
    assert panel.settings()["balance"] == "mgda"


def test_the_distance_says_that_all_give_the_same_roc(panel: RunSetupPanel) -> None:
    assert "same ROC" in control(panel, "distance").toolTip()


def test_empty_panel_says_how_to_get_data(panel: RunSetupPanel) -> None:
    assert any("drop a folder" in text for text in texts(panel))


def test_a_data_set_is_summed_up(qtbot: QtBot, panel: RunSetupPanel) -> None:
    panel.show_dataset(DIGITS)
    images = [QImage(4, 4, QImage.Format.Format_RGB32) for _ in range(9)]
    panel.set_thumbnails(images)
    assert "50 images · 10 classes · 50 masks" in texts(panel)
    assert "closed set: 20 % of each class held out" in texts(panel)
    count = next(message for message in panel.findChildren(Message) if message.sentence().startswith("1 problem"))
    assert count.toolTip() == "3/b.png: an empty file (0 bytes)"
    strip = panel.findChild(ThumbnailStrip)
    assert strip.isVisible()
    assert len(strip.images()) == 8
    choose(qtbot, panel, "split", "open set")
    assert any(text.startswith("open set: 50 % of the 10 classes") for text in texts(panel))


def test_an_open_set_of_few_classes_is_cautioned_against_before_the_run(qtbot: QtBot, panel: RunSetupPanel) -> None:
    panel.show_dataset(DIGITS)
    assert problems(panel) == ["1 problem (point here, or see Data)"]
    choose(qtbot, panel, "split", "open set")
    assert any("Only 5 classes" in text and "do not generalise" in text for text in problems(panel))
    choose(qtbot, panel, "split", "auto")
    assert not any("generalise" in text for text in texts(panel))


def test_a_problem_takes_the_place_of_the_summary(panel: RunSetupPanel) -> None:
    panel.show_dataset(DIGITS)
    panel.show_problem("/a/b: no images were found")
    assert texts(panel) == ["/a/b: no images were found"]
    panel.show_dataset(DIGITS)
    assert "/a/b: no images were found" not in texts(panel)


def test_the_settings_of_another_data_set_end_the_summary(panel: RunSetupPanel) -> None:
    panel.show_dataset(DIGITS)
    panel.set_settings(CONFIG)
    assert not any("10 classes" in text for text in texts(panel))
    panel.show_dataset(DIGITS)
    panel.set_settings(CONFIG.model_copy(update={"epochs": 5}))
    assert any("10 classes" in text for text in texts(panel)), "the data is the same"


def test_busy(panel: RunSetupPanel) -> None:
    panel.set_busy("reading 1 200 files…")
    assert "reading 1 200 files…" in texts(panel)
    panel.set_busy(None)
    assert "reading 1 200 files…" not in texts(panel)


def test_recent_folders_are_offered(panel: RunSetupPanel) -> None:
    panel.set_recent(["/data/cats", "/data/dogs"])
    combo = control(panel, "data")
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == [
        "digits (built in)",
        "sprites (built in)",
        "cats",
        "dogs",
        "",
        *(entry.title for entry in CATALOG.values()),
        "",
        "Choose folder…",
        "Choose list…",
    ]
    activate_data(panel, "dogs")
    assert panel.chosen == ["/data/dogs"]
    assert panel.settings()["data"] == "/data/dogs"
    assert "/data/dogs" in combo.toolTip()


def test_choosing_a_folder_is_left_to_a_dialog(panel: RunSetupPanel) -> None:
    activate_data(panel, "Choose folder…")
    assert panel.dialogs == [True]
    assert panel.chosen == []
    assert control(panel, "data").currentText() == "digits (built in)"


@pytest.mark.parametrize("where", ["image_size", "data", "backbone", "pretrained"])
def test_a_folder_may_be_dropped_on_any_control(panel: RunSetupPanel, tmp_path: Path, where: str) -> None:
    assert drop(control(panel, where), files(tmp_path))
    assert panel.chosen == [str(tmp_path)]
    assert panel.settings()["data"] == str(tmp_path)
    assert control(panel, "data").currentText() == tmp_path.name
    assert control(panel, "image_size").text() == "64 px"


def test_dropping_a_folder_forgets_a_file_of_classes(panel: RunSetupPanel, tmp_path: Path) -> None:
    panel.set_settings(CONFIG.model_copy(update={"holdout": Path("names.txt")}))
    drop(panel, files(tmp_path))
    assert panel.settings()["holdout"] is None


def test_bad_drops_get_one_sentence(panel: RunSetupPanel, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/cats")])
    for mime, start in [
        (files(text), "notes.txt is a file; drop a folder"),
        (files(tmp_path / "gone"), "gone is not there any more; drop a folder"),
        (files(tmp_path, text), "2 things were dropped at once; drop a folder"),
        (web, "What was dropped is no folder of this computer; drop a folder"),
    ]:
        drop(panel, mime)
        assert len(problems(panel)) == 1
        assert problems(panel)[0].startswith(start)
    assert panel.chosen == []
    drop(panel, files(tmp_path))
    assert problems(panel) == []


def test_text_is_not_taken(panel: RunSetupPanel) -> None:
    mime = QMimeData()
    mime.setText("cats")
    assert not enter(panel, mime)
    assert not enter(control(panel, "image_size"), mime)


def test_locked_while_a_run_lives(panel: RunSetupPanel, tmp_path: Path) -> None:
    reason = "Locked while a run lives: stop it first."
    panel.set_locked(reason)
    assert reason in texts(panel)
    for name in panel.settings():
        assert not control(panel, name).isEnabled()
        assert control(panel, name).toolTip().startswith(reason)
    for label in panel.findChildren(QLabel):
        if label.buddy() is not None:
            assert not label.isEnabled()
            assert label.toolTip().startswith(reason)
    drop(panel, files(tmp_path))
    assert panel.chosen == []
    assert problems(panel) == [reason]
    panel.set_locked(None)
    assert problems(panel) == []
    assert control(panel, "epochs").isEnabled()
    assert reason not in control(panel, "epochs").toolTip()
    assert not control(panel, "pretrained").isEnabled(), "its own reason stays"


def test_advanced_is_folded_at_first(qtbot: QtBot, panel: RunSetupPanel) -> None:
    assert not control(panel, "seed").isVisible()
    qtbot.mouseClick(panel.findChild(QToolButton, "advanced_fold"), Qt.MouseButton.LeftButton)
    assert control(panel, "seed").isVisible()


def test_wheel_over_a_control_without_focus_changes_nothing(panel: RunSetupPanel) -> None:
    for name in ("backbone", "epochs"):
        middle = QPointF(control(panel, name).rect().center())
        event = QWheelEvent(
            middle,
            control(panel, name).mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(control(panel, name), event)
    assert make_config(panel.settings()) == RunConfig()


@pytest.mark.parametrize("dark", [False, True])
def test_290_pixels_are_enough(qtbot: QtBot, panel: RunSetupPanel, use_palette, dark: bool) -> None:
    use_palette(dark)
    QApplication.processEvents()
    long = "/home/somebody/pictures/" + 40 * "long_name"
    panel.set_settings(CONFIG.model_copy(update={"data": long, "backbone": "mobilenet_v3_small"}))
    panel.show_problem(f"{long}: no images were found")
    qtbot.mouseClick(panel.findChild(QToolButton, "advanced_fold"), Qt.MouseButton.LeftButton)
    assert panel.minimumSizeHint().width() <= 290 - 14, "a scroll bar may come beside it"
    scroll = panel.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()
    assert not panel.grab().isNull()


def test_settings_panel_still_fits_below_at_1280_x_800(panel: RunSetupPanel) -> None:
    panel.show_dataset(DIGITS)
    panel.set_thumbnails([QImage(4, 4, QImage.Format.Format_RGB32)])
    a_second_line = panel.fontMetrics().lineSpacing()
    assert panel.sizeHint().height() + a_second_line <= 372


# --- another run's weights


def enter_run(qtbot: QtBot, panel: RunSetupPanel, path: Path) -> None:
    line = panel.findChild(QLineEdit, "run_to_start_from_field")
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, str(path))
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_run_to_start_from_takes_the_place_of_pretrained_weights(
    qtbot: QtBot, panel: RunSetupPanel, tmp_path: Path
) -> None:
    panel.set_settings(RunConfig(backbone="resnet18", pretrained=True))
    enter_run(qtbot, panel, tmp_path)
    assert problems(panel) == [f"{tmp_path}: not a run folder, it has no run.json"]
    assert panel.settings()["init"] is None
    (tmp_path / "run.json").write_text("{}")
    enter_run(qtbot, panel, tmp_path)
    assert problems(panel) == []
    config = make_config(panel.settings())
    assert (config.init, config.pretrained) == (tmp_path, False)
    assert not control(panel, "pretrained").isEnabled()
    assert "another run" in control(panel, "pretrained").toolTip()


def test_a_backbone_with_fewer_stages_leaves_one_to_train(qtbot: QtBot, panel: RunSetupPanel) -> None:
    choose(qtbot, panel, "backbone", "resnet18")
    enter_number(qtbot, panel, "freeze", "5")
    assert problems(panel)[0].startswith("freeze: must leave a stage of the backbone to train, resnet18 has 5 in all")
    enter_number(qtbot, panel, "freeze", "4")
    choose(qtbot, panel, "backbone", "small")
    assert make_config(panel.settings()).freeze == 3
