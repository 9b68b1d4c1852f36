"""The menus, and the actions in them that belong to no panel."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.actions.entries import Entries, Entry, plain
from explorer.icons import icon
from explorer.translation import LANGUAGES, SYSTEM, tr
from explorer.widgets.run_bar import RunBar

_THEMES = {
    "system": (tr("&Like the system"), tr("Light or dark as the desktop is"), "Ctrl+Shift+Y, S"),
    "light": (tr("L&ight"), tr("Dark text on a light ground"), "Ctrl+Shift+Y, L"),
    "dark": (tr("&Dark"), tr("Light text on a dark ground"), "Ctrl+Shift+Y, D"),
}
_LANGUAGES = {
    SYSTEM: (tr("&Like the system"), tr("The language of the desktop, from the next start on"), "Ctrl+Shift+H, S"),
    "en": (LANGUAGES["en"], tr("English, from the next start on"), "Ctrl+Shift+H, E"),
    "de": (LANGUAGES["de"], tr("German, from the next start on"), "Ctrl+Shift+H, D"),
}
_EXPORT = tr("Take the newest checkpoint away, with its threshold")
_EXPORTS = {
    "onnx": (tr("&ONNX …"), tr("For onnxruntime, with a JSON and an example beside it"), "Ctrl+Shift+X, O"),
    "bundle": (
        tr("&Bundle …"),
        tr("A folder that verify and core.Verifier.load read without the run"),
        "Ctrl+Shift+X, B",
    ),
    "report": (
        tr("Model &report …"),
        tr("One page of HTML: figures, curves, errors, settings; measured now"),
        "Ctrl+Shift+X, R",
    ),
}
_LAB = tr("Live pictures of what losses, distances and thresholds do, to play with")
_UNDO = tr("Take the last change back")
_REDO = tr("Make the change again that was taken back")
_NOTHING_CHANGED = tr("There is no such change of this run or its data")
_TITLES = {
    "file": tr("&File"),
    "edit": tr("&Edit"),
    "run": tr("&Run"),
    "view": tr("&View"),
    "panels": tr("&Panels"),
    "actions": tr("&Actions"),
    "export": tr("&Export model"),
    "recent": tr("Open &recent run"),
    "recent_data": tr("Recent da&ta"),
    "theme": tr("&Theme"),
    "language": tr("&Language"),
    "help": tr("&Help"),
}


class Menus(QMenuBar):
    """File, Edit, Run, View, Actions and Help; `entries` are all that can be done in the window."""

    open_run_requested = Signal()
    open_embeddings_requested = Signal()
    recent_run_chosen = Signal(str)
    choose_data_requested = Signal()
    recent_data_chosen = Signal(str)
    export_requested = Signal(str)
    """What to take away: 'onnx', 'bundle' or 'report'."""
    copy_picture_requested = Signal()
    save_picture_requested = Signal()
    reset_layout_requested = Signal()
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    """For the next start."""
    tour_requested = Signal()
    guide_requested = Signal()
    palette_requested = Signal()
    shortcuts_requested = Signal()
    lab_requested = Signal()
    messages_requested = Signal()
    about_requested = Signal()
    quit_requested = Signal()

    def __init__(self, bar: RunBar, theme: str, language: str = SYSTEM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menus")
        self.entries = Entries()
        self._menus: dict[str, QMenu] = {}
        self._export_actions: list[QAction] = []
        self._recent, self._panels = QMenu(_TITLES["recent"], self), QMenu(_TITLES["panels"], self)
        self._recent_data, self._exports = QMenu(_TITLES["recent_data"], self), QMenu(_TITLES["export"], self)
        self._locked: tuple[QAction, ...] = ()
        self._lock = ""
        self._add_file_menu()
        self._edit = self._add_menu("edit")
        self._add_run_menu(bar)
        self._add_view_menu(theme, language)
        self._add_menu("actions")
        self._add_help_menu()
        self.entries.add_source(self._recent_entries)
        self.set_recent_runs([])
        self.set_recent_data([])

    def set_recent_runs(self, paths: Sequence[str]) -> None:
        """Offer runs used of late."""
        nothing, help_text = tr("No run was opened or trained yet"), tr("Show this run")
        self._offer(self._recent, paths, nothing, "open_recent_{}", "Ctrl+{}", help_text, self.recent_run_chosen)

    def set_recent_data(self, paths: Sequence[str]) -> None:
        """Offer folders and lists of images used of late."""
        nothing, keys, help_text = tr("No data of your own was used yet"), "Ctrl+Shift+{}", tr("Train on these images")
        self._offer(self._recent_data, paths, nothing, "recent_data_{}", keys, help_text, self.recent_data_chosen)

    def set_locked(self, reason: str | None) -> None:
        """Disable what would show another run or other data, and say why; None enables it."""
        self._lock = reason or ""
        for action in (*self._locked, *_offered(self._recent), *_offered(self._recent_data)):
            action.setEnabled(reason is None)
            action.setToolTip(reason or action.statusTip())

    def set_export_blocked(self, reason: str | None) -> None:
        """Disable taking the model away, and say why; None enables it."""
        menu = self._exports.menuAction()
        menu.setStatusTip(reason or _EXPORT)
        for action, help_text in ((menu, _EXPORT), *((each, each.statusTip()) for each in self._export_actions)):
            action.setEnabled(reason is None)
            action.setToolTip(reason or help_text)

    def set_lab_blocked(self, reason: str | None) -> None:
        """Disable the lab, and say why; None enables it."""
        self._lab.setEnabled(reason is None)
        self._lab.setToolTip(reason or _LAB)

    def add_edits(self, undo: QAction, redo: QAction) -> None:
        """Offer to take the last change back, and to make it again."""
        for name, action, shortcut, tip in (
            ("undo", undo, "Ctrl+Z", _UNDO),
            ("redo", redo, "Ctrl+Shift+Z", _REDO),
        ):
            action.setObjectName(name)
            action.setShortcut(shortcut)
            action.setStatusTip(tip)
            self._edit.addAction(action)
            self.entries.add_entry(Entry(_plain("edit"), action, _nothing_changed))

    def add_panels(self, panels: Mapping[str, QAction]) -> None:
        """Offer to show and hide the docks, by their names."""
        for action in panels.values():
            action.setStatusTip(tr("Show or hide the panel {}").format(plain(action.text())))
            action.setToolTip(action.statusTip())
            self._panels.addAction(action)
        self.entries.add(_plain("panels"), {f"show_panel_{name}": action for name, action in panels.items()})

    def add_panel_actions(self, title: str, entries: Sequence[Entry]) -> None:
        """Offer what can be done in one panel; what cannot be done now says why while the menu is open."""
        menu = self._menus["actions"].addMenu(title)
        menu.setToolTipsVisible(True)
        menu.addActions([entry.action for entry in entries])
        menu.aboutToShow.connect(lambda: _tell_refusals(entries))
        menu.aboutToHide.connect(lambda: _enable(entries))
        for entry in entries:
            self.entries.add_entry(entry)

    def _add_file_menu(self) -> None:
        menu = self._add_menu("file")
        help_text = tr("Show a stored run")
        open_run = self._add(menu, "open_run", tr("&Open run …"), "Ctrl+O", help_text, self.open_run_requested, "open")
        menu.addMenu(self._recent)
        help_text = tr("Show what 'metric-explorer embed' has written, in a window of its own")
        text = tr("Open e&mbeddings …")
        self._add(menu, "open_embeddings", text, "Ctrl+Alt+O", help_text, self.open_embeddings_requested)
        help_text = tr("Choose a folder of images to train on")
        data = self._add(menu, "choose_data", tr("Choose &data …"), "Ctrl+D", help_text, self.choose_data_requested)
        menu.addMenu(self._recent_data)
        self._locked = (open_run, self._recent.menuAction(), data, self._recent_data.menuAction())
        self._recent_data.menuAction().setStatusTip(tr("Choose images that were used of late"))
        self._recent.menuAction().setStatusTip(tr("Show a run that was opened or trained of late"))
        menu.addSeparator()
        self._add_exports()
        menu.addMenu(self._exports)
        menu.addSeparator()
        help_text = tr("Close the window; a run keeps its last step")
        self._add(menu, "quit", tr("&Quit"), "Ctrl+Q", help_text, self.quit_requested)

    def _add_exports(self) -> None:
        self._exports.setToolTipsVisible(True)
        for kind, (text, tip, keys) in _EXPORTS.items():
            action = self._exports.addAction(text)
            action.setShortcut(keys)
            action.setStatusTip(tip)
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_requested.emit(kind))
            self._export_actions.append(action)
            self.entries.add(_plain("export"), {f"export_{kind}": action})
        self.set_export_blocked(tr("Open or train a run first"))

    def _add_run_menu(self, bar: RunBar) -> None:
        actions = {"start_run": bar.start, "pause_run": bar.pause, "stop_run": bar.stop}
        self._add_menu("run").addActions(list(actions.values()))
        self.entries.add(_plain("run"), actions)

    def _add_view_menu(self, theme: str, language: str) -> None:
        menu = self._add_menu("view")
        menu.addMenu(self._panels)
        help_text = tr("Put every panel back in its place")
        self._add(menu, "reset_layout", tr("&Reset layout"), "Ctrl+0", help_text, self.reset_layout_requested)
        menu.addSeparator()
        help_text = tr("Copy a picture of the panel used last, or of the window where none was used")
        copy, copy_keys = tr("&Copy picture of panel"), "Ctrl+Shift+I, C"
        self._add(menu, "copy_picture", copy, copy_keys, help_text, self.copy_picture_requested)
        help_text = tr("Save a picture of the panel used last, or of the window where none was used")
        save, save_keys = tr("&Save picture of panel …"), "Ctrl+Shift+I, S"
        self._add(menu, "save_picture", save, save_keys, help_text, self.save_picture_requested)
        menu.addSeparator()
        self._add_choices(menu, "theme", _THEMES, theme, self.theme_chosen)
        self._add_choices(menu, "language", _LANGUAGES, language, self.language_chosen)

    def _add_choices(
        self, menu: QMenu, kind: str, choices: Mapping[str, tuple[str, str, str]], chosen: str, signal: SignalInstance
    ) -> None:
        """A menu of which one entry holds: text, help and keys by name."""
        within = menu.addMenu(_TITLES[kind])
        group = QActionGroup(within)
        for name, (text, help_text, keys) in choices.items():
            action = within.addAction(text)
            action.setShortcut(keys)
            action.setStatusTip(help_text)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: signal.emit(name))
            self.entries.add(_plain(kind), {f"{kind}_{name}": action})

    def _add_help_menu(self) -> None:
        menu = self._add_menu("help")
        help_text = tr("Three steps to a trained run, beside the window's own controls")
        self._add(menu, "tour", tr("&Tour"), "Ctrl+Shift+F1", help_text, self.tour_requested)
        help_text = tr("The page of the guide on the panel that has the keyboard")
        guide = self._add(menu, "guide", tr("&Guide"), "F1", help_text, self.guide_requested)
        guide.setShortcuts([QKeySequence("F1"), QKeySequence("?")])
        help_text = tr("Find anything that can be done, by its name")
        self._add(menu, "palette", tr("&Find an action …"), "Ctrl+K", help_text, self.palette_requested, "search")
        self._lab = self._add(menu, "lab", tr("&Lab …"), "Ctrl+Shift+L, L", _LAB, self.lab_requested)
        self.set_lab_blocked(tr("The lab opens as soon as PyTorch is loaded"))
        help_text = tr("All shortcuts of the window")
        self._add(menu, "shortcuts", tr("&Shortcuts …"), "Ctrl+/", help_text, self.shortcuts_requested)
        menu.addSeparator()
        help_text = tr("All messages so far, with details")
        self._add(menu, "messages", tr("&Messages …"), "Ctrl+M", help_text, self.messages_requested)
        help_text = tr("Version and licence")
        self._add(menu, "about", tr("&About metric-explorer"), "Ctrl+F1", help_text, self.about_requested)

    def _add_menu(self, name: str) -> QMenu:
        menu = self.addMenu(_TITLES[name])
        menu.setToolTipsVisible(True)
        self._menus[name] = menu
        return menu

    def _add(
        self, menu: QMenu, name: str, text: str, shortcut: str, tip: str, signal: SignalInstance, picture: str = ""
    ) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(shortcut)
        action.setStatusTip(tip)
        action.setToolTip(tip)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: signal.emit())
        self.entries.add(plain(menu.title()), {name: action})
        return action

    def _offer(
        self, menu: QMenu, paths: Sequence[str], nothing: str, name: str, keys: str, tip: str, signal: SignalInstance
    ) -> None:
        """Fill a menu with paths, numbered in their names and keys."""
        menu.clear()
        if not paths:
            menu.addAction(nothing).setEnabled(False)
        for number, path in enumerate(paths, 1):
            action = menu.addAction(path.replace("&", "&&"))
            action.setObjectName(name.format(number))
            action.setShortcut(keys.format(number))
            action.setStatusTip(tip)
            action.triggered.connect(lambda _checked=False, path=path: signal.emit(path))
        self.set_locked(self._lock or None)

    def _recent_entries(self) -> Iterator[Entry]:
        for name, menu in (("recent", self._recent), ("recent_data", self._recent_data)):
            yield from (Entry(_plain(name), action) for action in _offered(menu))


def _offered(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.objectName()]


def _plain(name: str) -> str:
    return plain(_TITLES[name])


def _nothing_changed(action: QAction) -> str:
    """Undo and redo have the change for a tooltip, and none where there is nothing."""
    return "" if action.isEnabled() else _NOTHING_CHANGED


def _enable(entries: Sequence[Entry]) -> None:
    """So that their keys answer, if only with the reason why not."""
    for entry in entries:
        entry.action.setEnabled(True)


def _tell_refusals(entries: Sequence[Entry]) -> None:
    for entry in entries:
        reason = entry.refused
        entry.action.setEnabled(not reason)
        entry.action.setCheckable(entry.is_on)
        entry.action.setChecked(entry.is_on)
        entry.action.setStatusTip(entry.help.partition("\n")[0])
        entry.action.setToolTip(reason or entry.help)
