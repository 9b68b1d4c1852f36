"""The metric losses a run can be trained with: what each is for, and which live settings act on it.

Each stands in one module of `core/losses`, class and declaration together. The declaration is read out of the source
text and not imported, since whoever asks for names and defaults, such as the window at its start, is not to wait for
torch (docs/adr/0024-losses-in-one-file.md).
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args

from core.hyperparameters import Hyperparameters

LossName = str
"""Name of a module of `core/losses` that declares a `SPEC`, with hyphens; `RunConfig` checks it."""
LossKind = Literal["tuples", "classes"]


@dataclass(frozen=True, kw_only=True)
class LossSpec:
    """What a chooser and the sliders for one metric loss need.

    A module of `core/losses` declares it as `SPEC = LossSpec(...)`, all in literals.

    Raises
    ------
    ValueError
        where the kind is none, or a default is of no live setting.
    """

    label: str
    kind: LossKind
    """tuples: compares embeddings with one another; classes: with class vectors of its own, which it trains."""
    help: str
    defaults: Mapping[str, float] = field(default_factory=dict)
    """The live settings that act on it beside γ, with the values to start from."""
    mined: bool = False
    """Whether the mining mode chooses its tuples."""
    margin_label: str = "margin (distance)"
    """Name and unit of its margin."""
    margin_help: str = ""
    """What its margin does; empty where it does what that of a triplet does."""

    def __post_init__(self) -> None:
        if self.kind not in get_args(LossKind):
            raise ValueError(f"kind must be one of {', '.join(get_args(LossKind))}, found {self.kind!r}")
        if unknown := set(self.defaults) - set(Hyperparameters.model_fields):
            raise ValueError(f"defaults must be of live settings, found {', '.join(sorted(unknown))}")

    @property
    def settings(self) -> tuple[str, ...]:
        """Names of the live settings that act on this loss beside its weight γ."""
        own = tuple(self.defaults)
        return own if self.kind == "tuples" else (*own, "class_learning_rate")


def read_specs(folder: Traversable) -> dict[LossName, LossSpec]:
    """The declarations of a folder's modules: losses of tuples first, each kind by its labels' alphabet.

    Raises
    ------
    ValueError
        naming the file, where a declaration is not written as `LossSpec` says.
    """
    sources = (path for path in folder.iterdir() if path.name.endswith(".py"))
    found = dict(_declarations(sources))
    return dict(sorted(found.items(), key=lambda item: (item[1].kind != "tuples", item[1].label.casefold())))


def _declarations(sources: Iterator[Traversable]) -> Iterator[tuple[LossName, LossSpec]]:
    for path in sources:
        text = path.read_text(encoding="utf-8")
        if "\nSPEC" in text:  # parsing takes time, and not every module is a loss
            yield path.name.removesuffix(".py").replace("_", "-"), _read_spec(path.name, text)


def _read_spec(name: str, text: str) -> LossSpec:
    try:
        return LossSpec(**_literals(text))
    except (TypeError, ValueError, SyntaxError) as error:
        raise ValueError(
            f"{name}: SPEC must be a LossSpec of literals, since it is read without torch ({error})"
        ) from error


def _literals(text: str) -> dict[str, Any]:
    """Arguments of the call that makes SPEC."""
    for statement in ast.parse(text).body:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id="SPEC")], value=ast.Call(func=ast.Name(id="LossSpec"), args=[], keywords=given)
            ):
                return {word.arg or "**": ast.literal_eval(word.value) for word in given}
    raise ValueError("found no SPEC = LossSpec(name=value, ...)")


LOSS_SPECS: Mapping[LossName, LossSpec] = read_specs(files("core") / "losses")
LOSS_NAMES: tuple[LossName, ...] = tuple(LOSS_SPECS)


def default_hyperparameters(loss: LossName) -> Hyperparameters:
    """The live settings a run with this loss starts from."""
    return Hyperparameters().model_copy(update=dict(LOSS_SPECS[loss].defaults))
