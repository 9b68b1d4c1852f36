"""How a number is read, written, stepped and laid out on a slider, without any widget."""

import math
from dataclasses import dataclass
from typing import Literal

from core.hyperparameters import SettingSpec
from explorer.translation import tr

_DIGITS = 3
"""Significant digits on a log scale."""
_MOST_STOPS = 1000
_STOPS_A_DECADE = 100


@dataclass(frozen=True)
class NumberRule:
    """Range, scale and digits of a number; `suffix` is a unit that may be typed or left away."""

    minimum: float = -math.inf
    maximum: float = math.inf
    scale: Literal["linear", "log"] = "linear"
    decimals: int = 0
    step: float = 1.0
    """What one arrow key adds on a linear scale; on a log scale it is one unit of the second digit."""
    suffix: str = ""
    zero: str = ""
    """What stands for 0 where that is more than a small number, as in 'off'; it may be typed as well."""

    @classmethod
    def of(cls, spec: SettingSpec) -> "NumberRule":
        """The rule of a live setting: about 200 steps across a linear range."""
        step = max(10.0**-spec.decimals, round((spec.maximum - spec.minimum) / 200, spec.decimals))
        return cls(spec.minimum, spec.maximum, spec.scale, spec.decimals, step)

    def text(self, value: float) -> str:
        """Write a value, as in '0.20', '0.00105', '5e-6', '64 px' or the word for 0."""
        if self.zero and value == 0:
            return self.zero
        if self.scale == "linear":
            return f"{value:.{self.decimals}f}{self.suffix}"
        mantissa, _, exponent = f"{value:.{_DIGITS}g}".partition("e")
        return f"{mantissa}e{int(exponent)}{self.suffix}" if exponent else f"{mantissa}{self.suffix}"

    def parse(self, text: str) -> float:
        """Read what a person typed; a comma may stand for the decimal point.

        Raises
        ------
        ValueError
            stating the rule and what was found; the caller puts the field's name before it.
        """
        if self.zero and text.strip().lower() == self.zero.lower():
            return 0.0
        plain = text.strip().removesuffix(self.suffix.strip()).strip().replace(",", ".")
        try:
            value = float(plain)
        except ValueError as error:
            raise ValueError(
                tr("{wanted}, found {strip!r}").format(wanted=self._wanted(), strip=text.strip())
            ) from error
        if not self.minimum <= value <= self.maximum or math.isinf(value):
            raise ValueError(tr("{wanted}, found {strip!r}").format(wanted=self._wanted(), strip=text.strip()))
        if self.scale == "linear" and not self.decimals and value != round(value):
            raise ValueError(tr("{wanted}, found {strip!r}").format(wanted=self._wanted(), strip=text.strip()))
        return self._rounded(value)

    def stepped(self, value: float, steps: int) -> float:
        """The value some arrow keys away, kept within the range."""
        if self.scale == "linear":
            return self._clamped(self._rounded(value + steps * self.step))
        for _ in range(abs(steps)):
            decade = math.floor(math.log10(value) + 1e-9)
            if steps < 0 and value <= 10.0**decade * (1 + 1e-9):
                decade -= 1  # below a power of ten the digits are ten times finer
            value = self._rounded(value + math.copysign(10.0 ** (decade - 1), steps))
        return self._clamped(value)

    @property
    def stops(self) -> int:
        """Places on a slider, counted from 0 to this number."""
        if self.scale == "log":
            return round(_STOPS_A_DECADE * math.log10(self.maximum / self.minimum))
        return min(_MOST_STOPS, round((self.maximum - self.minimum) * 10.0**self.decimals))

    def at_stop(self, stop: int) -> float:
        """Value at a place of the slider, rounded to what the field shows."""
        share = stop / self.stops
        if self.scale == "log":
            return self._clamped(self._rounded(self.minimum * (self.maximum / self.minimum) ** share))
        return self._rounded(self.minimum + share * (self.maximum - self.minimum))

    def stop_of(self, value: float) -> int:
        """Place of the slider nearest to a value."""
        kept = self._clamped(value)
        if self.scale == "log":
            share = math.log(kept / self.minimum) / math.log(self.maximum / self.minimum)
        else:
            share = (kept - self.minimum) / (self.maximum - self.minimum)
        return round(share * self.stops)

    def _clamped(self, value: float) -> float:
        return min(max(value, self.minimum), self.maximum)

    def _rounded(self, value: float) -> float:
        if self.scale == "log":
            return float(f"{value:.{_DIGITS}g}")
        return round(value, self.decimals) if self.decimals else round(value)

    def _wanted(self) -> str:
        kind = tr("a whole number") if self.scale == "linear" and not self.decimals else tr("a number")
        if math.isinf(self.minimum) and math.isinf(self.maximum):
            return tr("takes {kind}").format(kind=kind)
        return tr("takes {kind} from {minimum} to {maximum}").format(
            kind=kind, minimum=self.text(self.minimum), maximum=self.text(self.maximum)
        )
