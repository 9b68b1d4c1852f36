"""What a comparison found, in rows and sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer import formats
from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.data_table import Column

if TYPE_CHECKING:
    from core.evaluation.comparison import Comparison, Difference
    from core.evaluation.intervals import Interval

Row = tuple[str, str, str, str, str]
ALIKE = tr("no difference can be seen")
COLUMNS = (
    Column(tr("figure"), tr("What is compared; the numbers are those of the list above.")),
    Column(tr("compared"), tr("The first minus the second.")),
    Column(tr("difference"), tr("What the first has more than the second; pp: percentage points."), str),
    Column(
        tr("95 % interval"),
        tr("Of the difference, by drawing the same identities for both. The two differ where it leaves out 0."),
        str,
    ),
    Column(tr("verdict"), tr("Whether these images show a difference at all.")),
)


def difference_rows(found: "Comparison") -> Iterator[Row]:
    """Rows of the table, in the order of the candidates."""
    number = {name: place + 1 for place, name in enumerate(found.names)}
    for each in found.differences:
        yield (
            figure_name(each.figure),
            f"{number[each.first]} – {number[each.second]}",
            _signed(each.figure, each.value) + ("" if each.figure == "auc" else tr(" pp")),
            "" if each.interval is None else _limits(each.figure, each.interval),
            _verdict(each),
        )


def sentences(found: "Comparison") -> list[str]:
    """For every two candidates, in what they differ and in what not."""
    if found.reason is not None:
        return [tr("Whether they differ cannot be told: {reason}.").format(reason=in_words(found.reason))]
    number = {name: place + 1 for place, name in enumerate(found.names)}
    pairs: dict[tuple[str, str], list[Difference]] = {}
    for each in found.differences:
        pairs.setdefault((each.first, each.second), []).append(each)
    return [
        _sentence(tr("{number} and {number_2}").format(number=number[first], number_2=number[second]), of)
        for (first, second), of in pairs.items()
    ]


def figure_name(key: str) -> str:
    """'auc' and 'tpr_at_fpr 0.01' as a person writes them."""
    if key.startswith("tpr_at_fpr "):
        return tr("TPR at FPR {value:g} %").format(value=100 * float(key.removeprefix("tpr_at_fpr ")))
    return {"auc": "AUC", "eer": "EER"}.get(key, key)


def _sentence(who: str, differences: "list[Difference]") -> str:
    told = [figure_name(each.figure) for each in differences if each.is_told]
    rest = [figure_name(each.figure) for each in differences if not each.is_told]
    if not told:
        return f"{who}: {ALIKE}."
    if not rest:
        return tr("{who} differ in every figure.").format(who=who)
    return tr("{who} differ in {told}; in {rest} {ALIKE}.").format(
        who=who, told=_listed(told), rest=_listed(rest), ALIKE=ALIKE
    )


def _listed(names: list[str]) -> str:
    return (
        names[0]
        if len(names) == 1
        else tr("{names} and {names_2}").format(names=", ".join(names[:-1]), names_2=names[-1])
    )


def _verdict(found: "Difference") -> str:
    if found.interval is None:
        return formats.UNKNOWN
    return tr("differs") if found.is_told else tr("none can be seen")


def _limits(figure: str, interval: "Interval") -> str:
    return tr("{low} to {high}").format(low=_signed(figure, interval.low), high=_signed(figure, interval.high))


def _signed(figure: str, value: float) -> str:
    return f"{value:+.4f}" if figure == "auc" else f"{100 * value:+.2f}"
