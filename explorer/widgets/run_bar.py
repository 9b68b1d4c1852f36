"""The bar over the window: start, pause and stop, how far the run is, and what it is."""

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolBar, QToolButton, QWidget

from explorer import formats, theme
from explorer.icons import icon
from explorer.time_left import TimeLeft
from explorer.translation import tr


class RunStage(Enum):
    """Where the run is, as far as its buttons are concerned."""

    IDLE = "idle"
    LOADING = "loading"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSED = "paused"
    STOPPING = "stopping"


_WHY_DISABLED = {
    RunStage.IDLE: tr("no run is training"),
    RunStage.LOADING: tr("the window is still loading"),
    RunStage.PREPARING: tr("the run is being prepared"),
    RunStage.TRAINING: tr("a run is training"),
    RunStage.PAUSED: tr("the run is paused"),
    RunStage.STOPPING: tr("the run is ending"),
}


_START, _PAUSE, _CONTINUE, _STOP = tr("Start"), tr("Pause"), tr("Continue"), tr("Stop")
_ASKING = {
    _START: tr("Train a new run with these settings; the one that is followed goes on by itself"),
    _PAUSE: tr("Ask the process that trains this run to wait after its present step"),
    _CONTINUE: tr("Ask the process that trains this run to go on"),
    _STOP: tr("Ask the process that trains this run to end after its present step; the model is kept"),
}
"""What the buttons do while a run is followed."""
_FIND_KEYS = "Ctrl+K"
_SHARES = 1000
"""Parts of the progress bar where a share is shown."""


class RunBar(QToolBar):
    """Shows the life of a run and asks for changes in it."""

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    palette_requested = Signal()
    """The user wants to find an action."""
    headline_changed = Signal(str)
    """What the run does, in a few words, such as 'training 35 %'; empty where none is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Run"), parent)
        self.setObjectName("run_bar")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._stage, self._headline = RunStage.IDLE, ""
        self._left, self._work = TimeLeft(), ""
        self._followed = self._words = ""
        self.start = self._action("start", "play", _START, tr("Train a new run with these settings"), "Ctrl+R")
        self.pause = self._action(
            "pause", "pause", _PAUSE, tr("Wait after the present step; Continue goes on from it"), "Ctrl+P"
        )
        self.stop = self._action("stop", "stop", _STOP, tr("End after the present step; the model is kept"), "Ctrl+.")
        self.start.triggered.connect(self.start_requested)
        self.pause.triggered.connect(self._toggle_pause)
        self.stop.triggered.connect(self.stop_requested)
        self._keep_width_of_pause()
        self._progress = QProgressBar()
        self._text = QLabel()
        self._subject, self._find = QLabel(), QToolButton()
        self._arrange()
        self.set_stage(RunStage.IDLE)

    @property
    def stage(self) -> RunStage:
        """Where the run is."""
        return self._stage

    @property
    def headline(self) -> str:
        """What the run does, in a few words; empty where none is under way."""
        return self._headline

    def set_stage(self, stage: RunStage) -> None:
        """Offer what can be done at this stage; what cannot says why in its tooltip."""
        self._stage = stage
        training, paused = stage is RunStage.TRAINING, stage is RunStage.PAUSED
        self.pause.setText(_CONTINUE if paused else _PAUSE)
        self.pause.setIcon(icon("play" if paused else "pause"))
        for action, possible in (
            (self.start, stage is RunStage.IDLE or bool(self._followed)),
            (self.pause, training or paused),
            (self.stop, training or paused or stage is RunStage.PREPARING),
        ):
            action.setEnabled(possible)
            shortcut = _native(action.shortcut())
            help_text = (
                self._help(action)
                if possible
                else tr("Not now: {WHY_DISABLED}").format(WHY_DISABLED=_WHY_DISABLED[stage])
            )
            action.setToolTip(f"{help_text} ({shortcut})")
        if stage is RunStage.IDLE:
            self._show_share(0, 1)
            self._say("")
        self._tell_headline("")

    def set_followed(self, words: str) -> None:
        """Say that another process trains the run, and what it was asked for last: 'following', 'pause requested'.

        Empty where no run is followed. The buttons ask that process then; a run of one's own can be started meanwhile.
        """
        changed, self._followed = bool(words) != bool(self._followed), words
        if changed:
            self.set_stage(self._stage)
        self._say(self._words)

    def set_subject(self, text: str) -> None:
        """Say what is trained or shown: 'digits · resnet18 · cpu'."""
        self._subject.setText(text)

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show work around the training: decoding, evaluating; a total of 0 is work of unknown length."""
        self._show_share(done, total)
        self._say(self._work_words(what, done, total) if total else f"{what} …")

    def show_progress(
        self, step: int, total: int, epoch: str, images_per_second: float | None, seconds_left: float | None
    ) -> None:
        """Show how far training is; how fast it is and how long it takes is told only while it goes on."""
        self._show_share(step, total)
        speed = formats.count(None if images_per_second is None else round(images_per_second))
        done = tr("step {step} of {total}").format(
            step=f"{formats.count(step):>{len(formats.count(total))}}", total=formats.count(total)
        )
        if self._stage is RunStage.PAUSED:
            self._say(tr("epoch {epoch} · {done} · paused").format(epoch=epoch, done=done))
        else:
            self._say(
                tr("epoch {epoch} · {done} · {speed} images/s · {seconds_left} left").format(
                    epoch=epoch, done=done, speed=speed, seconds_left=formats.duration(seconds_left)
                )
            )
        self._tell_headline(f" {100 * step // max(1, total)} %")

    def show_end(self, text: str, share: float = 1.0) -> None:
        """Leave a last word on the run, and the share of it that was done."""
        self._show_share(round(_SHARES * share), _SHARES)
        self._say(text)

    def _show_share(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _work_words(self, what: str, done: int, total: int) -> str:
        if what != self._work:
            self._work = what
            self._left.begin(done / total)
        seconds = self._left.at(done / total)
        left = "" if seconds is None else tr(" · {seconds} left").format(seconds=formats.duration(seconds))
        return tr("{what} {done} of {total}{left}").format(
            what=what, done=formats.count(done), total=formats.count(total), left=left
        )

    def _say(self, words: str) -> None:
        self._words = words
        self._text.setText(" · ".join(filter(None, (self._followed, words))))

    def _help(self, action: QAction) -> str:
        """What a button does that can be pressed."""
        return _ASKING.get(action.text(), action.statusTip()) if self._followed else action.statusTip()

    def _tell_headline(self, share: str) -> None:
        is_idle = self._stage in (RunStage.IDLE, RunStage.LOADING)
        headline = "" if is_idle else f"{self._stage.value}{share}"
        if headline != self._headline:
            self._headline = headline
            self.headline_changed.emit(headline)

    def _toggle_pause(self) -> None:
        if self._stage is RunStage.PAUSED:
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

    def _keep_width_of_pause(self) -> None:
        """Leave room for its longer text, so that nothing moves when it changes."""
        button = self.widgetForAction(self.pause)
        self.pause.setText(_CONTINUE)
        button.setMinimumWidth(button.sizeHint().width())

    def _action(self, name: str, picture: str, text: str, help_text: str, shortcut: str) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcut(shortcut)
        action.setStatusTip(help_text)
        self.addAction(action)
        self.widgetForAction(action).setObjectName(f"{name}_button")
        return action

    def _arrange(self) -> None:
        self._progress.setObjectName("run_progress")
        self._progress.setAccessibleName(tr("Progress of the run"))
        self._progress.setToolTip(tr("How much of the run is done."))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(20 * theme.UNIT)
        self._progress.setFixedHeight(theme.UNIT)
        self._text.setObjectName("run_text")
        self._text.setFont(theme.digits_font())
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # cut where room is short
        self._subject.setObjectName("run_subject")
        self.addSeparator()
        self.addWidget(_padded(self._progress, QSizePolicy.Policy.Maximum))
        self.addWidget(_padded(self._text, QSizePolicy.Policy.Expanding))
        self.addWidget(_padded(self._subject, QSizePolicy.Policy.Maximum))
        self._find.setObjectName("find_action")
        keys = _native(QKeySequence(_FIND_KEYS))
        self._find.setText(keys)
        self._find.setIcon(icon("search"))
        self._find.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._find.setAutoRaise(True)
        self._find.setAccessibleName(tr("Find an action"))
        self._find.setToolTip(tr("Find anything that can be done, by its name ({FIND_KEYS})").format(FIND_KEYS=keys))
        self._find.clicked.connect(self.palette_requested)
        self.addWidget(self._find)


def _native(keys: QKeySequence) -> str:
    """Keys as the system and the language write them."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _padded(widget: QWidget, policy: QSizePolicy.Policy) -> QWidget:
    frame = QWidget()
    frame.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
    layout.addWidget(widget)
    return frame
