import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from core.hyperparameters import MINING_MODES, SETTING_SPECS, Hyperparameters
from explorer.panels.hyperparameters import MINING_HELP, SettingsPanel
from explorer.widgets.message import Message
from explorer.widgets.number_field import NumberField

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
    assert status(live).sentence() == "A change acts at the next training step."
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
    assert status(panel).sentence() == "The next run starts with these values."
    enter(qtbot, panel, "margin", "0.5")
    assert panel.wanted == [Hyperparameters(margin=0.5)]
    assert status(panel).sentence() == "The next run starts with these values."


def test_a_run_that_ends_leaves_nothing_requested(qtbot: QtBot, live: SettingsPanel) -> None:
    enter(qtbot, live, "margin", "0.5")
    choose_mining(qtbot, live, 1)
    live.set_live(False)
    live.set_live(True)
    assert status(live).sentence() == "A change acts at the next training step."


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
