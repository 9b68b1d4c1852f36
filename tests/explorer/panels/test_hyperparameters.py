import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from core.hyperparameters import MINING_MODES, SETTING_SPECS, Hyperparameters
from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossName, default_hyperparameters
from explorer.panels.hyperparameters import SettingsPanel
from explorer.panels.setting_words import MINING_HELP, TRIPLET_MARGIN
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField
from explorer.widgets.share_curve import ShareCurve

DEFAULTS = Hyperparameters()


@pytest.fixture
def panel(qtbot: QtBot) -> SettingsPanel:
    panel = SettingsPanel()
    panel.wanted = []
    panel.requested.connect(panel.wanted.append)
    qtbot.addWidget(panel)
    panel.resize(290, panel.sizeHint().height())
    panel.show()
    return panel


@pytest.fixture
def live(panel: SettingsPanel) -> SettingsPanel:
    panel.set_live(True)
    return panel


def enter(qtbot: QtBot, panel: SettingsPanel, name: str, text: str) -> None:
    field = panel.findChild(NumberField, f"{name}_field")
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose_mining(qtbot: QtBot, panel: SettingsPanel, steps_down: int) -> None:
    combo = panel.findChild(QComboBox)
    for _ in range(steps_down):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def status(panel: SettingsPanel) -> Message:
    return panel.findChild(Message)


def slider_value(panel: SettingsPanel, name: str) -> int:
    return panel.findChild(QSlider, f"{name}_slider").value()


def test_every_setting_has_controls_with_names_and_help(panel: SettingsPanel) -> None:
    for spec in SETTING_SPECS:
        for control in (
            panel.findChild(QSlider, f"{spec.name}_slider"),
            panel.findChild(NumberField, f"{spec.name}_field"),
        ):
            assert spec.help in control.toolTip()
            assert spec.label in control.accessibleName()


def test_every_mining_mode_is_explained(panel: SettingsPanel) -> None:
    combo = panel.findChild(QComboBox)
    assert tuple(combo.itemText(row) for row in range(combo.count())) == MINING_MODES
    for row, mode in enumerate(MINING_MODES):
        assert combo.itemData(row, Qt.ItemDataRole.ToolTipRole) == MINING_HELP[mode]
    assert MINING_HELP["semi-hard"] in combo.toolTip()


def test_a_change_hands_out_one_whole_object(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    enter(qtbot, live, "learning_rate", "0.01")
    choose_mining(qtbot, live, 1)
    assert live.wanted == [
        Hyperparameters(margin=0.5),
        Hyperparameters(margin=0.5, learning_rate=0.01),
        Hyperparameters(margin=0.5, learning_rate=0.01, mining="hard"),
    ]
    assert live.values() == live.wanted[-1]


def test_requested_until_echoed(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    choose_mining(qtbot, live, 1)
    assert status(live).sentence() == "Requested for the next step: margin, mining."
    live.echo(live.wanted[-1])
    assert status(live).sentence() == "Changes act at the next step."
    assert len(live.wanted) == 2


def test_an_overtaken_echo_moves_nothing_back(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    enter(qtbot, live, "alpha", "3")
    enter(qtbot, live, "alpha", "4")
    qtbot.waitUntil(lambda: live.wanted[-1].alpha == 4)
    live.echo(live.wanted[0])
    assert (slider_value(live, "margin"), slider_value(live, "alpha")) == (50, 400)
    assert "margin" not in status(live).sentence()
    assert "α" in status(live).sentence()
    live.echo(live.wanted[-1])
    assert "Requested" not in status(live).sentence()
    assert live.values() == Hyperparameters(margin=0.5, alpha=4)


def test_a_change_from_elsewhere_is_shown(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    live.echo(Hyperparameters(gamma=2, mining="all"))
    assert live.values() == Hyperparameters(gamma=2, mining="all")
    assert slider_value(live, "margin") == 20
    assert live.findChild(QComboBox).currentText() == "all"
    assert len(live.wanted) == 1, "showing is not requesting"


def test_back_to_what_is_in_force_is_not_waited_for(qtbot: QtBot, live: SettingsPanel) -> None:
    """Training answers only what changes something: requests that cancel out get no echo."""
    choose_mining(qtbot, live, 1)
    qtbot.keyClick(live.findChild(QComboBox), Qt.Key.Key_Up)
    assert live.wanted[-1] == DEFAULTS
    assert "Requested" not in status(live).sentence()


def test_digits_that_no_field_shows_survive_the_change_of_another(qtbot: QtBot, live: SettingsPanel) -> None:
    live.set_values(Hyperparameters(learning_rate=0.00123456, margin=0.12345))
    enter(qtbot, live, "beta", "2")
    assert live.wanted == [Hyperparameters(learning_rate=0.00123456, margin=0.12345, beta=2)]


def test_defaults_are_one_request(qtbot: QtBot, live: SettingsPanel) -> None:
    live.set_values(Hyperparameters(margin=1, beta=0, learning_rate=0.05, mining="random"))
    button = live.findChild(QToolButton, "reset_settings")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert live.wanted == [DEFAULTS]
    waiting = status(live).sentence()
    assert all(word in waiting for word in ("margin", "β", "learning rate", "mining"))
    assert "α" not in waiting
    live.echo(DEFAULTS)
    assert "Requested" not in status(live).sentence()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert live.wanted == [DEFAULTS], "nothing to reset any more"


def test_without_a_run_values_are_for_the_next_one(qtbot: QtBot, panel: SettingsPanel) -> None:
    assert status(panel).sentence() == "Values the next run starts with."
    enter(qtbot, panel, "margin", "0.5")
    assert panel.wanted == [Hyperparameters(margin=0.5)]
    assert status(panel).sentence() == "Values the next run starts with."


def test_a_run_that_ends_leaves_nothing_requested(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    choose_mining(qtbot, live, 1)
    live.set_live(False)
    live.set_live(True)
    assert status(live).sentence() == "Changes act at the next step."


def test_a_refused_text_is_explained_in_the_panel(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "abc")
    assert status(live).is_problem()
    assert status(live).sentence() == "margin takes a number from 0.00 to 2.00, found 'abc'"
    enter(qtbot, live, "margin", "0.2")
    assert not status(live).is_problem()
    assert live.wanted == []


def test_without_masks_beta_says_that_it_cannot_act(panel: SettingsPanel) -> None:
    panel.set_masks_available(False)
    beta = panel.findChild(QSlider, "beta_slider")
    assert not beta.isEnabled()
    assert "no masks" in beta.toolTip()
    panel.set_masks_available(True)
    assert beta.isEnabled()
    assert "no masks" not in beta.toolTip()


@pytest.mark.parametrize("dark", [False, True])
def test_fits_the_left_column_in_both_themes(panel: SettingsPanel, use_palette, dark: bool) -> None:
    use_palette(dark)
    QApplication.processEvents()
    assert panel.minimumSizeHint().width() <= 290
    assert panel.minimumSizeHint().height() <= 310
    assert not panel.grab().isNull()


# --- the metric loss


def shown(panel: SettingsPanel) -> set[str]:
    """Names of the settings that can be seen."""
    names = {spec.name for spec in SETTING_SPECS if panel.findChild(QSlider, f"{spec.name}_slider").isVisible()}
    return names | ({"mining"} if panel.findChild(QComboBox).isVisible() else set())


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_only_settings_that_act_on_the_loss_are_shown(panel: SettingsPanel, loss: LossName) -> None:
    panel.set_loss(loss)
    spec = LOSS_SPECS[loss]
    expected = {"alpha", "beta", "gamma", "learning_rate", *spec.settings, *(["mining"] if spec.mined else [])}
    assert shown(panel) == expected
    assert panel.findChild(ShareCurve).isVisible() is (loss in TRIPLET_MARGIN)


def test_another_loss_moves_nothing_that_stays(panel: SettingsPanel) -> None:
    def places() -> list[QPoint]:
        QApplication.processEvents()
        stay = [panel.findChild(QSlider, f"{name}_slider") for name in ("alpha", "learning_rate")]
        stay.append(panel.findChild(QToolButton, "reset_settings"))
        return [each.mapTo(panel, QPoint()) for each in stay]

    before, size = places(), panel.minimumSizeHint()
    for loss in LOSS_NAMES:
        panel.set_loss(loss)
        assert places() == before
        assert panel.minimumSizeHint() == size


@pytest.mark.parametrize(
    ("loss", "label", "word"),
    [
        ("triplet", "margin (distance)", "triplet"),
        ("arcface", "margin (rad)", "radians"),
        ("cosface", "margin (cosine)", "cosine"),
        ("sphereface", "margin (factor)", "multiplied"),
        ("contrastive", "margin (distance)", "pair"),
    ],
)
def test_the_margin_is_explained_as_the_loss_means_it(
    panel: SettingsPanel, loss: LossName, label: str, word: str
) -> None:
    panel.set_loss(loss)
    slider = panel._sliders["margin"]
    assert slider.label.text() == label
    assert slider.label.width() >= slider.label.sizeHint().width()
    assert word in slider.toolTip()


@pytest.mark.parametrize("loss", [name for name in LOSS_NAMES if "margin" in LOSS_SPECS[name].settings])
def test_every_margin_has_words(panel: SettingsPanel, loss: LossName) -> None:
    panel.set_loss(loss)
    assert loss in TRIPLET_MARGIN or "triplet" not in panel._sliders["margin"].toolTip()


def test_defaults_are_those_of_the_loss(qtbot: QtBot, live: SettingsPanel) -> None:
    live.set_loss("arcface")
    live.set_values(Hyperparameters(margin=1.0, alpha=2.0))
    qtbot.mouseClick(live.findChild(QToolButton, "reset_settings"), Qt.MouseButton.LeftButton)
    assert live.wanted == [default_hyperparameters("arcface")]
    assert "class vectors' rate" not in status(live).sentence()


def test_hidden_settings_are_handed_out_unchanged(qtbot: QtBot, panel: SettingsPanel) -> None:
    panel.set_values(Hyperparameters(temperature=0.5))
    enter(qtbot, panel, "margin", "0.5")
    assert panel.wanted == [Hyperparameters(temperature=0.5, margin=0.5)]


# --- what if


def test_the_margin_moves_its_mark_at_once(qtbot: QtBot, live: SettingsPanel) -> None:
    margins = np.linspace(0.0, 2.0, 41)
    live.show_what_if(margins, margins / 2, "step 540")
    curve = live.findChild(ShareCurve)
    assert curve.sentence() == "10.0 % of triplets active at 0.20"
    bar = live.findChild(QSlider, "margin_slider")
    bar.setSliderDown(True)
    for stop in (30, 40, 74):
        bar.setValue(stop)
    assert curve.sentence() == "37.0 % of triplets active at 0.74"
    assert [values.margin for values in live.wanted] == [0.3], "the others are still held back"
    bar.setSliderDown(False)
    live.clear_what_if()
    assert curve.sentence() == ""


def test_it_asks_to_be_filled_when_another_loss_shows_the_curve(qtbot: QtBot, panel: SettingsPanel) -> None:
    with qtbot.assertNotEmitted(panel.what_if_shown):
        panel.set_loss("arcface")
    assert not panel.has_what_if
    with qtbot.waitSignal(panel.what_if_shown):
        panel.set_loss("quadruplet")
    assert panel.has_what_if
