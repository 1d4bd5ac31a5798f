"""How a number is said with its unit, wherever the course says one."""

from __future__ import annotations

_UNIT_WORDS = {
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "wk": ("week", "weeks"),
    "mo": ("month", "months"),
    "y": ("year", "years"),
    "count": ("", ""),
    "ratio": ("", ""),
    "points": ("point", "points"),
    "steps_per_day": ("step a day", "steps a day"),
    "deg": ("°", "°"),
    "deg_per_y": ("° a year", "° a year"),
    "mm2": ("mm²", "mm²"),
    "cm2": ("cm²", "cm²"),
    "Nm": ("N·m", "N·m"),
    "Nm_per_deg": ("N·m/°", "N·m/°"),
    "usd": ("US dollar", "US dollars"),
    "N_per_mm": ("N/mm", "N/mm"),
}


def say_number(number: float, unit: str) -> str:
    """A number with its unit: "4.6 days", "81.1 %", "2.5°"; minus as a real minus sign."""
    shown = f"{number:,.6g}".replace("-", "−").replace(",", "\u202f")
    singular, plural = _UNIT_WORDS.get(unit, (unit, unit))
    word = singular if abs(number) == 1 else plural
    if not word:
        return shown
    return f"{shown}{word}" if unit == "deg" else f"{shown} {word}".replace("_", " ")


def say_unit(unit: str) -> str:
    """A unit as it stands behind a number other than one: "days", "%", "°", "" of a count."""
    return _UNIT_WORDS.get(unit, (unit, unit))[1].replace("_", " ")
