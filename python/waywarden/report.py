"""The results in plain words: one Markdown file for people who will not open the map.

Everything counted or computed comes from the release, so nothing stands here that may not leave;
what was asked, assumed and repaired is told by the caller.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import map_page, map_tables, maps
from ._rates import REPORTING_CAUTION

__all__ = ["write_report"]

LISTED_CHANGES = 10
LEVEL_WORDS = {
    3: "hot, 99 % sure",
    2: "hot, 95 %",
    1: "hot, 90 %",
    0: "neither",
    -1: "cold, 90 %",
    -2: "cold, 95 %",
    -3: "cold, 99 %",
    None: "not shown",
}

LIMITS = (
    "Figures are what a model expects from the inputs and assumptions above. They are no forecast "
    "for a day, and say nothing about any single person.",
    "Detections at different sites are taken as independent. Where one site alerts the next, or "
    "two are under one authority, the sum differs.",
    "Records of trafficking are partial, and show where people looked as much as what there was. "
    "An area without a hotspot is not thereby safe.",
    "A placement changes what evaders do. Check displacement before acting, and measure after.",
)


def write_report(
    release: Any, path: str | os.PathLike[str], *, facts: Mapping[str, Any] | None = None
) -> Path:
    """Write a release as a report in Markdown.

    Parameters
    ----------
    release : Release
        What may leave.
    path : path-like
        The file to write; replaced whole, or left as it was if anything fails.
    facts : mapping, optional
        What the release does not hold, each of these where known:
        ``title`` (str); ``notices``, ``questions``, ``assumptions``, ``limits`` (lists of str);
        ``inputs`` (list of mappings with ``layer``, ``features``, ``repaired``, ``skipped``,
        ``doubtful``, ``source``); ``evaders`` (list of mappings with ``name``, ``share``,
        ``share_se``, ``regret``); ``uncertainty`` (list of str); ``provenance`` (mapping).

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    TypeError
        If `release` is not a Release.
    """
    maps.require_release(release)
    facts = facts or {}
    provenance = facts.get("provenance") or getattr(release, "provenance", None) or {}
    banner = maps.notices_of(release, facts.get("notices", ()))
    parts = [
        [f"# {plain(facts.get('title', 'Results'))}"],
        [f"> **{plain(notice['text'])}**" for notice in banner],
        _section("What was asked", _bullets(facts.get("questions", ()))),
        _section("Data used", _inputs(facts.get("inputs", ()))),
        _section("Where to intercept", _interception(release)),
        _section("How sure", _uncertainty(release, facts)),
        _section("If evaders react", _evaders(facts.get("evaders", ()))),
        _section("Where journeys move", _displacement(release)),
        _section("Hotspots of incidents", _hotspots(release)),
        _section("Assumptions", _bullets(facts.get("assumptions", ()))),
        _section("Limits", _bullets([*facts.get("limits", ()), *LIMITS])),
        _section(
            "Where these figures come from",
            _bullets(f"{name}: {text}" for name, text in maps.provenance_rows(provenance)),
        ),
    ]
    text = "\n\n".join("\n".join(part) for part in parts if part) + "\n"
    target = Path(path)
    map_page.write_bytes(target, text.encode("utf-8", "replace"))
    return target


def plain(value: Any) -> str:
    """Return text that Markdown shows as it is, on one line."""
    text = re.sub(r"\s+", " ", str(value)).strip()
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|#~!])", r"\\\1", text)


def number(value: Any, digits: int = 3) -> str:
    """Return a number with a few significant digits, ``–`` where there is none."""
    if value is None or not math.isfinite(float(value)):
        return "–"
    if abs(value) >= 10 ** (digits - 1):
        return f"{float(value):,.0f}"
    return f"{float(value):.{digits}g}"


def share(value: Any) -> str:
    """Return a share as a percentage."""
    return "–" if value is None or not math.isfinite(value) else f"{number(100 * value)} %"


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "", *lines] if lines else []


def _bullets(items: Iterable[str]) -> list[str]:
    return [f"- {plain(item)}" for item in items]


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table; columns whose head ends in a space are numbers."""
    rule = ["--:" if name.endswith(" ") else "---" for name in head]
    body = list(rows)
    lines = [[name.strip() for name in head], rule, *body]
    return [f"| {' | '.join(line)} |" for line in lines] if body else []


def _inputs(inputs: Iterable[Mapping[str, Any]]) -> list[str]:
    counts = ("features", "repaired", "skipped", "doubtful")
    rows = [
        [
            plain(row.get("layer", "")),
            *(str(row.get(name, "–")) for name in counts),
            plain(row.get("source", "")),
        ]
        for row in inputs
    ]
    return _grid(["Layer", "Features ", "Repaired ", "Skipped ", "Doubtful ", "Source"], rows)


def _rows(release: Any, table: str) -> list[dict[str, Any]]:
    frame = release.tables.get(table)
    if frame is None:
        return []
    names = [name for name in frame.columns if name != "geometry"]
    columns = [map(map_tables.plain_value, frame[name].tolist()) for name in names]
    return [dict(zip(names, values)) for values in zip(*columns)]


def _interception(release: Any) -> list[str]:
    rows = _ranked(release)
    table = _grid(
        ["Rank ", "Site", "Kind", "Adds ", "Share so far ", "Range of rank "],
        [
            [
                str(row.get("rank", "")),
                plain(row.get("name") or row.get("site", "")),
                plain(row.get("kind", "")),
                _with_error(row, "gain"),
                share(row.get("share")),
                _range(row),
            ]
            for row in rows
        ],
    )
    return (
        [*table, "", "Adds: expected interceptions that the site adds to those above it."]
        if table
        else []
    )


def _ranked(release: Any) -> list[dict[str, Any]]:
    rows = _rows(release, "interception_points")
    return sorted(rows, key=lambda row: row.get("rank") or math.inf)


def _with_error(row: Mapping[str, Any], name: str) -> str:
    error = row.get(f"{name}_se")
    return number(row.get(name)) + (f" ± {number(error, 2)}" if error is not None else "")


def _range(row: Mapping[str, Any]) -> str:
    low, high = row.get("rank_low"), row.get("rank_high")
    if low is None:
        return "–"
    return f"{low} or below" if high is None else str(low) if low == high else f"{low}–{high}"


def _uncertainty(release: Any, facts: Mapping[str, Any]) -> list[str]:
    rows = _ranked(release)
    lines = []
    if rows and rows[-1].get("share") is not None:
        last = rows[-1]
        lines.append(
            f"{len(rows)} teams at these sites are expected to intercept "
            f"{share(last['share'])} of all journeys."
        )
        if last.get("upper_bound") and last.get("cumulative"):
            bound = last["share"] * last["upper_bound"] / last["cumulative"]
            lines.append(
                f"No choice of as many sites can exceed {share(bound)}, if detection is as assumed."
            )
    if any(row.get("gain_se") is not None for row in rows):
        lines.append("± is one standard error over the draws of route choice.")
    if any(row.get("rank_low") is not None for row in rows):
        lines.append(
            "The range of rank is what each site's rank becomes when detection, route "
            "noise and risk aversion are halved and doubled."
        )
    return _bullets([*lines, *facts.get("uncertainty", ())])


def _evaders(evaders: Iterable[Mapping[str, Any]]) -> list[str]:
    rows = [
        [plain(row.get("name", "")), _share_with_error(row), share(row.get("regret"))]
        for row in evaders
    ]
    table = _grid(["Evaders", "Share intercepted ", "Regret "], rows)
    return (
        [*table, "", "Regret: how much more a placement made for these evaders would stop."]
        if table
        else []
    )


def _share_with_error(row: Mapping[str, Any]) -> str:
    error = row.get("share_se")
    return share(row.get("share")) + (f" ± {share(error)}" if error is not None else "")


def _displacement(release: Any) -> list[str]:
    rows = [row for row in _rows(release, "displacement") if row.get("change")]
    more = sorted((row for row in rows if row["change"] > 0), key=lambda row: -row["change"])
    if not rows:
        return []
    flagged = sum(bool(row.get("flagged")) for row in rows)
    lines = [
        f"Once the teams are in place, journeys increase at {len(more)} and decrease at "
        f"{len(rows) - len(more)} of the links and crossings listed; {flagged} increases are "
        "flagged.",
        "",
    ]
    return lines + _grid(
        ["Largest increases", "Before ", "After ", "Change "],
        [
            [
                plain(row.get("name") or row.get("edge") or row.get("id") or ""),
                number(row.get("before")),
                number(row.get("after")),
                f"+{number(row['change'])}",
            ]
            for row in more[:LISTED_CHANGES]
        ],
    )


def _hotspots(release: Any) -> list[str]:
    lines: list[str] = []
    for name in ("hotspots_hex", "hotspots_places"):
        frame = release.tables.get(name)
        words = [] if frame is None else maps.hotspot_words(frame)
        levels = [map_tables.hotspot_level(word) for word in words]
        if levels:
            found = [
                [LEVEL_WORDS[level], str(levels.count(level))]
                for level in LEVEL_WORDS
                if level in levels
            ]
            title = release.titles.get(name) or name
            lines += ["", *_grid([plain(title), "Number "], found)]
    if lines:
        lines += ["", "Classes of Getis-Ord Gi\\*, after control of the false discovery rate."]
        lines += ["", plain(REPORTING_CAUTION)]
    return lines[1:]
