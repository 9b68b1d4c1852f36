"""What a run that goes on takes from the settings that it is given: it keeps its own, and only live ones may change."""

from core.config import RunConfig, make_config
from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.run_content import located
from core.runs import Run


def changed_settings(run: Run, config: RunConfig) -> Hyperparameters | None:
    """Live settings that a run is to go on with in place of its present ones; None where those stay.

    What `config` leaves out asks for nothing; what it says and the run began with is no change.

    Raises
    ------
    InputError
        where a structural setting contradicts the run's, or a live one is to change of a run that has ended.
    """
    began = run.config
    own, asked = (each.model_dump(mode="json") for each in (began, located(config)))
    for name in own:
        # What processes share out is free each time.
        if name in config.model_fields_set - {"hyperparameters", "strategy"} and asked[name] != own[name]:
            raise InputError(
                f"{name}: a run goes on with its own settings; {run.path} has {own[name]!r}, found {asked[name]!r} "
                "(--init starts a new run from its weights)"
            )
    live = config.hyperparameters
    different = {name: getattr(live, name) for name in live.model_fields_set}
    different = {name: value for name, value in different.items() if value != getattr(began.hyperparameters, name)}
    present = run.hyperparameters()
    changed = present.model_copy(update=different)
    if changed == present:
        return None
    if run.result() is not None:
        name = next(name for name, value in different.items() if value != getattr(present, name))
        raise InputError(
            f"{name}: {run.path} has ended and trains no further with {different[name]!r}; "
            "start a new run from its weights by --init"
        )
    return changed


def own_config(run: Run, config: RunConfig) -> RunConfig:
    """The run's own configuration, with what its processes share out this time where `config` says that.

    Raises
    ------
    InputError
        where that does not go with the run's own settings.
    """
    if "strategy" not in config.model_fields_set:
        return run.config
    return make_config({**run.config.model_dump(), "strategy": config.strategy})
