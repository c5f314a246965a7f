"""When border posts are open: hours and seasons, as text that people and OpenStreetMap write.

The part of OpenStreetMap's ``opening_hours`` that border posts use: rules between semicolons, each
with months, weekdays and times, all of which may be left out, e.g. ``24/7``, ``06:00-22:00`` or
``Mo-Sa 08:00-18:00; Dec-Mar off``. Of rules that apply to a day the last counts. Times may run past
midnight (``20:00-02:00``). Anything else is an error, never a guess.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .errors import InputError, OptionError
from .network import Network

__all__ = ["OpeningHours", "closed_crossings"]

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"]
DAY = 24 * 60
_TIMES = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class _Rule:
    months: frozenset[int]
    weekdays: frozenset[int]
    #: Minutes since midnight, [first, last); last is beyond a day where it passes midnight.
    spans: tuple[tuple[int, int], ...]

    def applies(self, day: pd.Timestamp) -> bool:
        return day.month - 1 in self.months and day.weekday() in self.weekdays


class OpeningHours:
    """When something is open, by the clock of the place.

    Parameters
    ----------
    text : str
        See the module.

    Raises
    ------
    InputError
        For text that is not understood.

    Examples
    --------
    >>> from waywarden.opening_hours import OpeningHours
    >>> hours = OpeningHours("Mo-Sa 08:00-18:00; Dec-Mar off")
    >>> hours.is_open("2026-07-06 09:30"), hours.is_open("2026-01-05 09:30")
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self.text = str(text)
        parts = [part.strip() for part in self.text.split(";") if part.strip()]
        if not parts:
            raise InputError("opening hours are empty")
        self._rules = [_rule(part) for part in parts]

    def __repr__(self) -> str:
        return f"OpeningHours({self.text!r})"

    def is_open(self, at: Any) -> bool:
        """Return whether it is open at a time.

        Parameters
        ----------
        at : str, datetime or pandas.Timestamp
            Local time.
        """
        time = _time(at)
        day = time.normalize()
        minute = time.hour * 60 + time.minute
        before = day - pd.Timedelta(days=1)
        return self._holds(day, minute) or self._holds(before, minute + DAY)

    def _holds(self, day: pd.Timestamp, minute: int) -> bool:
        spans = next((r.spans for r in reversed(self._rules) if r.applies(day)), ())
        return any(first <= minute < last for first, last in spans)


def closed_crossings(network: Network, hours: Mapping[Any, Any] | pd.Series, at: Any) -> list[str]:
    """List the listed crossings that are closed at a time, for `risk.scenario`.

    A post that is closed on paper may still let people through: closing it in a scenario asks where
    those go who pass it as it is meant.

    Parameters
    ----------
    network : Network
    hours : mapping or Series of str
        Opening hours by the post's id. Posts without, or with a missing value, count as open.
    at : str, datetime or pandas.Timestamp
        Local time.

    Returns
    -------
    list of str
        Ids of posts that the network has crossings of, in the order of `hours`.

    Raises
    ------
    InputError
        For hours that are not understood, naming the post.

    Examples
    --------
    >>> from waywarden import examples, opening_hours, risk
    >>> network = examples.borderland()
    >>> listed = network.crossings.query("status == 'listed'")["post"]
    >>> hours = dict.fromkeys(listed, "06:00-20:00")
    >>> closed = opening_hours.closed_crossings(network, hours, "2026-07-06 23:00")
    >>> sorted(closed) == sorted(set(listed))
    True
    >>> night = risk.costs(network, scenario=risk.scenario(closed_crossings=closed))
    """
    time = _time(at)
    there = set(network.crossings["post"])
    closed = []
    for post, text in hours.items():
        if pd.isna(text) or str(post) not in there:
            continue
        try:
            is_open = OpeningHours(text).is_open(time)
        except InputError as error:
            raise InputError(error.reason, layer="posts", feature=str(post)) from None
        if not is_open:
            closed.append(str(post))
    return closed


def _time(at: Any) -> pd.Timestamp:
    try:
        time = pd.Timestamp(at)
    except (TypeError, ValueError) as error:
        raise OptionError(f"{at!r} is not a time") from error
    if pd.isna(time):
        raise OptionError(f"{at!r} is not a time")
    return time


def _rule(text: str) -> _Rule:
    rest = text.lower()
    rest, months = _days(rest, MONTHS)
    rest, weekdays = _days(rest, WEEKDAYS)
    return _Rule(months, weekdays, _spans(rest.strip(), text))


def _days(text: str, names: list[str]) -> tuple[str, frozenset[int]]:
    """Take what begins a text and consists of names and ranges of them; all when there are none."""
    one = "(?:" + "|".join(names) + r")(?![a-z])"
    part = rf"{one}(?:\s*-\s*{one})?"
    found = re.match(rf"\s*{part}(?:\s*,\s*{part})*", text)
    if not found:
        return text, frozenset(range(len(names)))
    chosen: set[int] = set()
    for piece in found.group().split(","):
        first, *last = (names.index(name.strip()) for name in piece.split("-"))
        count = ((last[0] if last else first) - first) % len(names) + 1
        chosen |= {(first + i) % len(names) for i in range(count)}
    return text[found.end() :], frozenset(chosen)


def _spans(text: str, rule: str) -> tuple[tuple[int, int], ...]:
    if text in ("", "24/7", "open"):
        return ((0, DAY),)
    if text in ("off", "closed"):
        return ()
    spans = []
    for piece in text.split(","):
        found = _TIMES.fullmatch(piece.strip())
        if not found:
            raise InputError(f"opening hours {rule!r} are not understood at {piece.strip()!r}")
        spans.append(_span(*map(int, found.groups()), rule))
    return tuple(spans)


def _span(hour: int, minute: int, last_hour: int, last_minute: int, rule: str) -> tuple[int, int]:
    first, last = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or first >= DAY or last > 2 * DAY:
        raise InputError(f"opening hours {rule!r} have a time that does not exist")
    return first, last if last > first else last + DAY
