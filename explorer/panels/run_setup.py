"""The structural settings of the next run: data, model, batches."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.config import STAGES, BackboneName, RunConfig, make_config
from core.data.catalog.entry import CatalogEntry
from core.data.dataset import Dataset
from core.data.tuples import FITTING_LOSSES
from core.loss_specs import LOSS_SPECS, LossName
from explorer import formats, theme
from explorer.panels import data_words
from explorer.panels.data_chooser import DataChooser
from explorer.panels.run_fields import SettingField, make_fields
from explorer.translation import tr
from explorer.widgets.choice_field import TickField
from explorer.widgets.form import Fold, Form, FormRow, align
from explorer.widgets.message import Message

_WIDTH = 36 * theme.UNIT
_LABEL_WIDTH = 9 * theme.UNIT
_GIVEN_SPLIT = tr("The data says itself which images are held out.")
_NO_WEIGHTS = tr("The small net has no pretrained weights.")
_WEIGHTS_OF_A_RUN = tr("The weights come from another run, see Advanced.")
_NO_MEMORY_OF_LISTS = tr("A list says which images are compared: a memory of earlier batches has nothing to add.")
_NO_MEMORY = tr("This loss compares with class vectors of its own: a memory of earlier batches has nothing to add.")
_GPUS_HELP = tr(
    "Train in one process for each GPU of this machine, by torchrun. A batch is shared out among them, so choose one "
    "that is large enough for each to have its part; the losses are those of the whole batch."
)
_NO_GPUS = tr("The run is to train on another device, see Advanced.")


@dataclass(frozen=True)
class _Row:
    label: str
    names: tuple[str, ...]
    word: str = ""
    """What stands before the second control."""


_ROWS = (
    _Row(tr("split"), ("split", "holdout")),
    _Row(tr("model"), ("backbone",)),
    _Row("", ("pretrained",)),
    _Row(tr("image size"), ("image_size", "epochs"), tr("epochs")),
    _Row(tr("batch"), ("classes_per_batch", "samples_per_class"), "×"),
    _Row(tr("metric loss"), ("loss",)),
    _Row(tr("distance"), ("distance",)),
)
_ADVANCED_ROWS = (
    _Row(tr("start from"), ("init",)),
    _Row(tr("freeze"), ("freeze",)),
    _Row(tr("schedule"), ("schedule",)),
    _Row(tr("warm-up"), ("warm_up",)),
    _Row(tr("patience"), ("patience",)),
    _Row(tr("average"), ("ema",)),
    _Row(tr("decay"), ("weight_decay",)),
    _Row(tr("balance"), ("balance",)),
    _Row(tr("memory"), ("memory",)),
    _Row(tr("embedding"), ("embedding_dim",)),
    _Row(tr("at once"), ("micro_batch",)),
    _Row(tr("compile"), ("compile",)),
    _Row(tr("device"), ("device",)),
    _Row(tr("share out"), ("strategy",)),
    _Row(tr("seed"), ("seed",)),
    _Row(tr("augment"), ("augment",)),
    _Row(tr("masks"), ("foreground",)),
    _Row(tr("outside"), ("allow_outside",)),
    _Row(tr("mirror"), ("horizontal_flip",)),
    _Row(tr("precision"), ("precision",)),
)


class _Content(QWidget):
    """The form; how high it must be follows from its width alone, or texts that fit in a line would count as two."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class RunSetupPanel(QWidget):
    """A form for what needs a new run to change; a folder may be dropped anywhere on it."""

    data_chosen = Signal(str)
    """A built-in name or the path of a folder; whoever listens loads it and answers with `show_dataset`."""
    choose_folder_requested = Signal()
    choose_list_requested = Signal()
    loss_chosen = Signal(str)
    """Another metric loss was chosen, by the user or because the data asks for it; its name in `core.loss_specs`."""
    settings_changed = Signal()
    """The user has changed a setting, the data included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = make_fields(self._check)
        self._rows: dict[str, FormRow] = {}
        self._dataset: Dataset | None = None
        self._holdout_file: Path | None = None
        self._locked: str | None = None
        self._lock_line = Message()
        self._chooser = DataChooser(_LABEL_WIDTH)
        self.download = self._chooser.download
        """Offers to fetch the chosen data set."""
        self._batch_size = QLabel()
        self._gpus, self._gpu_count = TickField(tr("all GPUs"), "", key="all_GPUs"), 1
        self._gpu_form = Form(_LABEL_WIDTH)
        self._content = _Content()
        self._arrange()
        self._connect()
        self.set_settings(make_config({}))
        self.setAcceptDrops(True)

    def settings(self) -> dict[str, object]:
        """Structural settings for `core.config.make_config`; live settings are another panel's."""
        values = {name: field.read() for name, field in self._fields.items()}
        if self._why_not_pretrained(values):
            values["pretrained"] = False
        if self._why_no_memory():
            values["memory"] = 0
        if self._holdout_file is not None:
            values["holdout"] = self._holdout_file
        return {"data": self._chooser.data(), **values}

    def loss(self) -> LossName:
        """The metric loss that is chosen."""
        loss: LossName = self._fields["loss"].read()
        return loss

    def offer_gpus(self, count: int) -> None:
        """Offer to train on all GPUs of this machine, where it has several."""
        self._gpu_count = max(1, count)
        self._gpus.setText(tr("all {count} GPUs").format(count=count))
        self._gpu_form.setVisible(count > 1)

    def processes(self) -> int:
        """In how many processes the next run is to be trained."""
        return self._gpu_count if self._gpus.isChecked() and not self._why_no_gpus() else 1

    def set_settings(self, config: RunConfig) -> None:
        """Show the settings of a run; the data is only named, not loaded."""
        self._holdout_file = config.holdout if isinstance(config.holdout, Path) else None
        if config.data != self._chooser.data():
            self._dataset = None
            self._chooser.clear()
        self._chooser.set_data(config.data)
        for name, field in self._fields.items():
            field.fill(getattr(config, name))
        for row in self._rows.values():
            row.problem.tell("")
        self._update()

    def start_from(self, run: Path, backbone: BackboneName) -> None:
        """Let the next run start from the weights of another one, which has this backbone; as if the user had."""
        self._fields["backbone"].fill(backbone)
        self._fields["init"].fill(run)
        self._fold.set_open(True)
        self._on_edited("backbone")

    def set_recent(self, folders: list[str]) -> None:
        """Offer these folders of earlier runs, the newest first."""
        self._chooser.set_recent(folders)

    def show_dataset(self, dataset: Dataset) -> None:
        """Sum up the chosen data set; a list gets a loss that can be trained with it."""
        self._dataset = dataset
        self._chooser.show_dataset(dataset)
        fitting = FITTING_LOSSES[dataset.tuples.kind] if dataset.tuples is not None else ()
        if fitting and self._fields["loss"].read() not in fitting:
            self._fields["loss"].fill(fitting[0])
            self.loss_chosen.emit(fitting[0])
        self._update()

    def set_thumbnails(self, images: list[QImage]) -> None:
        """Show some images of the data set."""
        self._chooser.set_thumbnails(images)

    def show_problem(self, sentence: str) -> None:
        """Say why the chosen data cannot be used."""
        self._dataset = None
        self._chooser.show_problem(sentence)

    def offer_download(self, entry: CatalogEntry) -> None:
        """Say that the chosen data set is to be fetched first."""
        self._dataset = None
        self._chooser.offer_download(entry)

    def set_busy(self, text: str | None) -> None:
        """Say that the data is being read; None when it is done."""
        self._chooser.set_busy(text)

    @property
    def is_locked(self) -> bool:
        """Whether structural settings cannot be changed now."""
        return self._locked is not None

    def set_locked(self, reason: str | None) -> None:
        """Lock all structural settings, with the reason in a line and in every tooltip; None unlocks them."""
        self._locked = reason
        self._lock_line.tell(reason or "")
        self._chooser.set_locked(reason)
        self._update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take anything with addresses; what is no folder gets a sentence when it is dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def take_drop(self, mime: QMimeData) -> None:
        """Choose the folder or the list that was dropped somewhere, or say why it cannot be chosen."""
        self._chooser.take_drop(mime)

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose the dropped folder."""
        event.acceptProposedAction()
        self.take_drop(event.mimeData())

    def sizeHint(self) -> QSize:
        """All of the form, so that the dock scrolls only where the window is too low."""
        return QSize(_WIDTH, self._content.heightForWidth(_WIDTH))

    def minimumSizeHint(self) -> QSize:
        """As wide as the form, so that it never scrolls sideways; the height may shrink to a few rows."""
        return QSize(self._content.minimumSizeHint().width(), 16 * theme.UNIT)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT // 2)
        layout.setSpacing(theme.UNIT // 2)
        advanced = self._form(_ADVANCED_ROWS)
        fold = self._fold = Fold(tr("Advanced"), advanced, tr("Settings that rarely need a change."), key="advanced")
        self._gpu_row = self._gpu_form.add_row(tr("devices"), [self._gpus])
        self._gpus.setObjectName("gpus_field")
        self.offer_gpus(1)
        for part in (self._lock_line, self._chooser, self._form(_ROWS), self._gpu_form, fold):
            layout.addWidget(part)
        align([self._chooser.label, *(row.labels[0] for row in (*self._rows.values(), self._gpu_row))])
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _form(self, rows: tuple[_Row, ...]) -> Form:
        form = Form(_LABEL_WIDTH)
        for row in rows:
            controls: list[QWidget | str] = [self._fields[name].control for name in row.names]
            if row.word:
                controls.insert(1, row.word)
            if "samples_per_class" in row.names:
                controls.append(self._batch_size)
            made = form.add_row(row.label, controls)
            self._rows.update(dict.fromkeys(row.names, made))
        return form

    def _connect(self) -> None:
        self._chooser.data_chosen.connect(self._on_data_chosen)
        self._chooser.choose_folder_requested.connect(self.choose_folder_requested)
        self._chooser.choose_list_requested.connect(self.choose_list_requested)
        for name, field in self._fields.items():
            field.control.setObjectName(f"{name}_field")
            field.edited.connect(lambda name=name: self._on_edited(name))
            if field.problem_changed is not None:
                field.problem_changed.connect(self._rows[name].problem.complain)

    def _check(self, name: str, value: object) -> None:
        values = {**self.settings(), name: value}
        make_config({**values, "pretrained": values["pretrained"] and not self._why_not_pretrained(values)})

    def _on_data_chosen(self, data: str) -> None:
        self._dataset = self._holdout_file = None
        self._update()
        self.data_chosen.emit(data)
        self.settings_changed.emit()

    def _on_edited(self, name: str) -> None:
        if name in ("split", "holdout"):
            self._holdout_file = None
        if name == "backbone":
            stages = STAGES[self._fields["backbone"].read()]
            self._fields["freeze"].fill(min(self._fields["freeze"].read(), stages - 1))
        self._update()
        if name == "loss":
            self.loss_chosen.emit(self._fields["loss"].read())
        if name == "allow_outside" and self._chooser.data():
            self.data_chosen.emit(self._chooser.data())
        self.settings_changed.emit()

    def _update(self) -> None:
        """Bring up to date what follows from the settings."""
        batch = int(self._fields["classes_per_batch"].read()) * int(self._fields["samples_per_class"].read())
        self._batch_size.setText(f"= {formats.count(batch)}")
        if self._dataset is not None:
            self._show_split(self._dataset)
        for name, field in self._fields.items():
            self._explain(field, self._locked or self._why_without_effect(name))
        reason = self._locked or self._why_no_gpus()
        self._gpus.setEnabled(reason is None)
        self._gpus.setToolTip(f"{reason}\n\n{_GPUS_HELP}" if reason else _GPUS_HELP)
        for row in (*self._rows.values(), self._gpu_row):
            row.follow_controls()

    def _why_no_gpus(self) -> str | None:
        return None if self._fields["device"].read() in ("auto", "cuda") else _NO_GPUS

    def _why_without_effect(self, name: str) -> str | None:
        if name == "pretrained":
            return self._why_not_pretrained({each: self._fields[each].read() for each in ("backbone", "init")})
        if name in ("split", "holdout") and self._dataset is not None and self._dataset.given_held_out is not None:
            return _GIVEN_SPLIT
        return self._why_no_memory() if name == "memory" else None

    def _why_not_pretrained(self, values: Mapping[str, object]) -> str | None:
        if values["backbone"] == "small":
            return _NO_WEIGHTS
        return None if values["init"] is None else _WEIGHTS_OF_A_RUN

    def _why_no_memory(self) -> str | None:
        if LOSS_SPECS[self._fields["loss"].read()].kind == "classes":
            return _NO_MEMORY
        return _NO_MEMORY_OF_LISTS if self._dataset is not None and self._dataset.tuples is not None else None

    def _explain(self, field: SettingField, reason: str | None) -> None:
        field.control.setEnabled(reason is None)
        field.control.setToolTip(f"{reason}\n\n{field.help()}" if reason else field.help())

    def _show_split(self, dataset: Dataset) -> None:
        holdout = self._holdout_file or self._fields["holdout"].read()
        listed = None if dataset.tuples is None else dataset.tuples.kind
        split = self._fields["split"].read(), holdout, len(dataset.classes), listed
        given = data_words.given_split_sentence(dataset)
        caution = data_words.loss_caution(self._fields["loss"].read(), listed)
        caution = caution or ("" if given else data_words.split_caution(*split))
        self._chooser.show_split(given or data_words.split_sentence(*split), caution)
