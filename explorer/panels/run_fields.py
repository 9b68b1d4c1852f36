"""The structural settings as a table: which control each has, what it is called and when to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from core.config import BACKBONE_NAMES, BALANCE_NAMES, BackboneName, BalanceName
from core.loss_specs import LOSS_SPECS
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField, TickField
from explorer.widgets.number_field import NumberField
from explorer.widgets.number_rule import NumberRule
from explorer.widgets.run_folder_field import RunFolderField

_BACKBONE_HELP: dict[BackboneName, str] = {
    "small": tr("four convolution stages with group norm; quick on a CPU, for images up to 64 px."),
    "resnet18": tr("the usual start for photographs."),
    "resnet50": tr("stronger and slower than resnet18."),
    "mobilenet_v3_small": tr("light, made for small devices."),
    "convnext_tiny": tr("the strongest and slowest; wants pretrained weights."),
}


@dataclass(frozen=True)
class SettingField:
    """One structural setting: its control and how to read and fill it."""

    control: QWidget
    edited: SignalInstance
    read: Callable[[], Any]
    fill: Callable[[Any], None]
    help: Callable[[], str]
    problem_changed: SignalInstance | None = None


def make_fields(check: Callable[[str, object], object]) -> dict[str, SettingField]:
    """A field for every structural setting but the data, by its name in `core.config.RunConfig`.

    Parameters
    ----------
    check
        Called with name and value of a number that was entered; refuses it by a ValueError with the reason.
    """
    fields = {
        "split": _choice(tr("split"), _SPLITS, tr("Which images the model is judged on.")),
        "holdout": _percent("holdout", tr("held-out share"), _HOLDOUT_HELP, check),
        "backbone": _choice(tr("backbone"), _backbones(), tr("The network below the heads.")),
        "pretrained": _tick(tr("pretrained weights"), tr("pretrained weights"), _PRETRAINED_HELP),
        "loss": _choice(
            tr("metric loss"), _losses(), tr("What pulls the embeddings of a class together and others apart.")
        ),
        "balance": _choice(tr("task balance"), _balances(), _BALANCE_HELP),
        "distance": _choice(tr("distance"), _DISTANCES, _DISTANCE_HELP),
        "device": _choice(tr("device"), _DEVICES, tr("Where the training runs.")),
        "augment": _tick(tr("augmentation"), tr("vary the images"), _AUGMENT_HELP),
        "horizontal_flip": _choice(tr("mirroring"), _FLIPS, tr("Whether images are mirrored at random.")),
        "foreground": _masks(),
        "allow_outside": _tick(tr("images outside the data folder"), tr("read images elsewhere"), _OUTSIDE_HELP),
        "strategy": _choice(tr("strategy"), _STRATEGIES, tr("What several GPUs share out where a run has them.")),
        "precision": _choice(tr("precision"), _PRECISIONS, tr("Number format of the training.")),
        "schedule": _choice(tr("schedule"), _SCHEDULES, _SCHEDULE_HELP),
        "warm_up": _percent("warm_up", tr("warm-up"), _WARM_UP_HELP, check),
        "init": _start(check),
        "compile": _tick(tr("compiled model"), tr("compile the model"), _COMPILE_HELP),
    }
    return fields | {name: _number(name, number, check) for name, number in _NUMBERS.items()}


@dataclass(frozen=True)
class _Number:
    label: str
    rule: NumberRule
    columns: int
    help: str


def _choice(name: str, choices: tuple[Choice, ...], help_text: str) -> SettingField:
    field = ChoiceField(name, choices, help_text)
    return SettingField(field, field.edited, field.value, field.set_value, field.help)


def _tick(name: str, text: str, help_text: str) -> SettingField:
    field = TickField(name, text)
    return SettingField(field, field.edited, field.value, field.set_value, lambda: help_text)


def _number(name: str, number: _Number, check: Callable[[str, object], object]) -> SettingField:
    field = NumberField(number.label, number.rule, number.columns, check=lambda value: check(name, value))
    return SettingField(field, field.edited, field.value, field.set_value, lambda: number.help, field.problem_changed)


def _percent(name: str, label: str, help_text: str, check: Callable[[str, object], object]) -> SettingField:
    """Per cent in the field, a fraction in the settings; empty for the default."""

    def fraction(percent: float | None) -> float | None:
        return None if percent is None else percent / 100

    def fill(share: object) -> None:
        field.set_value(round(100 * share, 6) if isinstance(share, float) else None)

    rule = NumberRule(step=5, suffix=" %")
    field = NumberField(label, rule, 5, empty=tr("auto"), check=lambda value: check(name, fraction(value)))
    return SettingField(
        field, field.edited, lambda: fraction(field.value()), fill, lambda: help_text, field.problem_changed
    )


def _start(check: Callable[[str, object], object]) -> SettingField:
    field = RunFolderField(tr("run to start from"), _INIT_HELP, lambda path: check("init", path))
    return SettingField(field, field.edited, field.value, field.set_value, lambda: _INIT_HELP, field.problem_changed)


def _masks() -> SettingField:
    """Offers what a run was started with, where that is none of the usual choices."""
    field = ChoiceField(tr("masks"), _MASKS, _MASKS_HELP)

    def fill(values: object) -> None:
        if isinstance(values, tuple):
            field.offer(Choice(values, ", ".join(str(value) for value in values[:5]) + (" …" if values[5:] else "")))
        field.set_value(values)

    return SettingField(field, field.edited, field.value, fill, field.help)


def _backbones() -> tuple[Choice, ...]:
    return tuple(Choice(name, name, _BACKBONE_HELP[name]) for name in BACKBONE_NAMES)


def _losses() -> tuple[Choice, ...]:
    return tuple(Choice(name, tr(spec.label), tr(spec.help)) for name, spec in LOSS_SPECS.items())


def _balances() -> tuple[Choice, ...]:
    missing = "" if find_spec("torchjd") else _NO_TORCHJD
    return tuple(
        Choice(name, *_BALANCES[name], unavailable=missing if name in _GRADIENT_METHODS else "")
        for name in BALANCE_NAMES
    )


_SPLITS = (
    Choice("auto", tr("auto"), tr("open set from 20 classes up, closed set below.")),
    Choice(
        "open",
        tr("open set"),
        tr("whole classes are held out: can the model tell apart classes it never saw? Needs many classes."),
    ),
    Choice("closed", tr("closed set"), tr("images of every class are held out: does it know its classes again?")),
)
_DISTANCES = (
    Choice("cosine", tr("cosine"), tr("1 minus the cosine of the angle, 0 to 2.")),
    Choice("euclidean", tr("Euclidean"), tr("length of the straight line, 0 to 2 on unit vectors.")),
    Choice(
        "squared-euclidean", tr("squared Euclidean"), tr("0 to 4 on unit vectors; far pairs count more in the loss.")
    ),
)
_GRADIENT_METHODS: tuple[BalanceName, ...] = ("upgrad", "mgda", "pcgrad", "aligned-mtl")
_BALANCES: dict[BalanceName, tuple[str, str]] = {
    "fixed": (tr("sliders only"), tr("α, β and γ weigh the losses. Clear, and usually good enough.")),
    "uncertainty": (
        tr("uncertainty"),
        tr("each task's noise is learned and divides its loss. Try it when the losses differ in size."),
    ),
    "dwa": ("DWA", tr("tasks whose loss falls slowly weigh more (dynamic weight average, an epoch at a time).")),
    "upgrad": ("UPGrad", tr("projects the tasks' gradients so that no step harms a task. Takes a gradient a task.")),
    "mgda": (
        "MGDA",
        tr(
            "the shortest combination of the tasks' gradients. It leans to the task with "
            "the smallest gradient, so here a larger slider makes a task count less."
        ),
    ),
    "pcgrad": ("PCGrad", tr("takes out of each task's gradient what runs against another's.")),
    "aligned-mtl": ("Aligned-MTL", tr("makes the tasks' gradients orthogonal and of one size before they are added.")),
}
_NO_TORCHJD = tr("Not available here: it needs TorchJD. Add it by  pip install 'metric-explorer[balance]'")
_BALANCE_HELP = tr(
    "How the tasks that share the network are weighed against one another, beside the sliders α, β and γ. "
    "Look at 'task shares' below the loss curves before you change it."
)
_DEVICES = (
    Choice("auto", tr("auto"), tr("the fastest there is.")),
    Choice("cpu", tr("CPU")),
    Choice("cuda", tr("CUDA"), tr("an NVIDIA or AMD graphics card.")),
    Choice("mps", tr("MPS"), tr("the graphics part of an Apple chip.")),
)
_FLIPS = (
    Choice(None, tr("auto"), tr("mirror unless the data is characters.")),
    Choice(True, tr("always")),
    Choice(False, tr("never"), tr("for anything that means something else in a mirror.")),
)
_MASKS_HELP = tr("Which values of a mask are foreground. `--set foreground=1,7` names any others on the command line.")
_MASKS = (
    Choice(None, tr("auto"), tr("the brighter half; for a published data set what its authors mean.")),
    Choice((1,), "1", tr("of a trimap the object; its outline counts as background.")),
    Choice((1, 3), tr("1 and 3"), tr("of a trimap the object with its outline.")),
    Choice(
        tuple(range(1, 255)), tr("all but 0"), tr("numbered objects or classes of a palette; 255 is left open there.")
    ),
)
_PRECISIONS = (
    Choice("auto", tr("auto"), tr("what the device computes fastest without harm.")),
    Choice("32", tr("32 bit")),
    Choice("bf16", tr("bfloat16"), tr("half the memory; fast on recent hardware only.")),
    Choice("64", tr("64 bit"), tr("slow; to compare two machines exactly.")),
)
_STRATEGIES = (
    Choice("auto", tr("auto"), tr("the images.")),
    Choice("ddp", tr("the images"), tr("each GPU holds the whole model.")),
    Choice("fsdp", tr("the weights, too"), tr("for a model that is too large for one GPU; steps take longer.")),
)
_SCHEDULES = (
    Choice("cosine", tr("cosine"), tr("along a cosine to 1 %: slowly at first and in the end. Usually the best.")),
    Choice("linear", tr("linear"), tr("along a line to 1 %.")),
    Choice(
        "constant",
        tr("constant"),
        tr("it stays: for runs whose length is not known beforehand, ended by early stopping."),
    ),
)
_SCHEDULE_HELP = tr(
    "How the learning rate falls after the warm-up. The slider is its peak, and can be moved all the same."
)
_WARM_UP_HELP = tr(
    "Share of the steps in which the learning rate rises to its peak. Raise it when training is unstable at the start. "
    "Empty: 5 %, 100 steps at most."
)
_EMA_HELP = tr(
    "Decay of averaged weights, such as 0.999; 0 for none. The average is what is judged, verified with and exported: "
    "steadier, above all with a high learning rate. Takes memory for a second model."
)
_PATIENCE_HELP = tr(
    "Early stopping: the run ends when the held-out AUC has not risen for so many epochs, with the weights of its best "
    "one; 0 trains all epochs. Figures on the same held-out images are then optimistic, since they chose the epoch."
)
_INIT_HELP = tr(
    "A run whose weights this one starts from: of the same backbone; heads for other classes are made anew. "
    "Empty to start afresh. Use it to go on with more data, or to adapt a model to another task."
)
_FREEZE_HELP = tr(
    "How many of the backbone's first stages keep the weights they start with, statistics included. "
    "Use it with few images and pretrained weights or those of another run: faster, and less is forgotten."
)
_MICRO_HELP = tr(
    "How many images pass through the network at once; 0 for the whole batch. Lower it when the device's memory is too "
    "small for the batch you want: losses are those of the whole batch, a step takes a third to a half longer."
)
_COMPILE_HELP = tr(
    "Compile the model by torch.compile: the first steps take a minute or so, the others are faster on a GPU. "
    "Leave it off for short runs."
)
_HOLDOUT_HELP = tr(
    "Share of the classes (open set) or of each class's images (closed set) that is never trained on. "
    "More makes the ROC steadier, less leaves more to learn from. Empty: the default."
)
_PRETRAINED_HELP = tr(
    "Start from torchvision's ImageNet weights: better from few photographs; downloaded once. "
    "Untick for anything that does not look like a photograph."
)
_IMAGE_SIZE_HELP = tr(
    "Side of the square every image is resized to. Raise it when details decide; the time grows with its square."
)
_EPOCHS_HELP = tr("Passes over the training images. More while the held-out ROC still improves.")
_CLASSES_HELP = tr("Different classes in a batch. More give harder negatives; use fewer classes where memory is short.")
_SAMPLES_HELP = tr("Images of each class in a batch, at least 2, or there is no positive pair.")
_DISTANCE_HELP = tr(
    "How far apart two embeddings are. On unit vectors, as here, all give the same order and so the same ROC; "
    "only margin and threshold are on another scale."
)
_SEED_HELP = tr("Start of all random numbers: the same seed gives the same run on a CPU. Change it to see the spread.")
_EMBEDDING_HELP = tr("Numbers in an embedding. Raise it for many classes; small ones compare and store faster.")
_MEMORY_HELP = tr(
    "Cross-batch memory: how many embeddings of earlier batches each batch is compared with as well; 0 for none. "
    "Gives a small batch more and harder negatives; old ones no longer quite fit the network."
)
_DECAY_HELP = tr(
    "How strongly weights are pulled to zero. Raise it when training goes well and held-out images do not."
)
_AUGMENT_HELP = tr("Shift, scale, turn and recolour training images at random. Untick only to see what it brings.")
_OUTSIDE_HELP = tr(
    "Whether images may lie outside the data folder, where a list names them or a link leads to them. A list from "
    "somebody else could name any file: tick only for data of your own. The run keeps it."
)
_NUMBERS = {
    "image_size": _Number(tr("image size"), NumberRule(step=16, suffix=" px"), 6, _IMAGE_SIZE_HELP),
    "epochs": _Number(tr("epochs"), NumberRule(), 3, _EPOCHS_HELP),
    "classes_per_batch": _Number(tr("classes per batch"), NumberRule(), 3, _CLASSES_HELP),
    "samples_per_class": _Number(tr("samples per class"), NumberRule(), 3, _SAMPLES_HELP),
    "seed": _Number(tr("seed"), NumberRule(), 10, _SEED_HELP),
    "embedding_dim": _Number(tr("embedding size"), NumberRule(step=16), 4, _EMBEDDING_HELP),
    "memory": _Number(tr("cross-batch memory"), NumberRule(step=256, zero=tr("none")), 8, _MEMORY_HELP),
    "weight_decay": _Number(tr("weight decay"), NumberRule(decimals=3, step=0.01), 5, _DECAY_HELP),
    "ema": _Number(tr("average"), NumberRule(decimals=4, step=0.001, zero=tr("none")), 6, _EMA_HELP),
    "patience": _Number(tr("patience"), NumberRule(suffix=tr(" epochs"), zero=tr("off")), 10, _PATIENCE_HELP),
    "freeze": _Number(tr("frozen stages"), NumberRule(suffix=tr(" stages"), zero=tr("none")), 10, _FREEZE_HELP),
    "micro_batch": _Number(
        tr("images at once"), NumberRule(step=16, suffix=tr(" images"), zero=tr("whole batch")), 12, _MICRO_HELP
    ),
}
