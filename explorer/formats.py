"""Numbers as the whole window writes them: rates in %, distances with three decimals, counts with separators."""

import math

UNKNOWN = "–"


def rate(value: float | None) -> str:
    """A share as per cent with three significant digits: 0.941 -> '94.1 %'."""
    if value is None or math.isnan(value):
        return UNKNOWN
    percent = float(f"{100.0 * value:.3g}")  # rounded first: 0.9997 % has its digits after rounding, as 1.00 %
    if percent == 0:
        return "0 %"
    decimals = max(0, 2 - math.floor(math.log10(abs(percent)) + 1e-12))
    return f"{percent:.{min(decimals, 6)}f} %"


def rate_interval(low: float, high: float) -> str:
    """Limits of a share in per cent, to stand behind it: '(92.0–95.8)'."""
    return f"({rate(low).removesuffix(' %')}–{rate(high).removesuffix(' %')})"


def interval(low: float, high: float, digits: int = 3) -> str:
    """Limits of a plain figure, to stand behind it: '(0.985–0.995)'."""
    return f"({low:.{digits}f}–{high:.{digits}f})"


def distance(value: float | None) -> str:
    """A distance or threshold with three decimals: '0.420'."""
    if value is None or math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return "-∞" if value < 0 else "∞"
    return f"{value:.3f}"


def count(value: int | None) -> str:
    """A count with thin separators: 1 234 567."""
    return UNKNOWN if value is None else f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def loss(value: float | None) -> str:
    """A loss with three decimals."""
    return UNKNOWN if value is None or math.isnan(value) else f"{value:.3f}"


def duration(seconds: float | None) -> str:
    """A time span as m:ss or h:mm:ss."""
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN
    minutes, second = divmod(max(0, round(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"
