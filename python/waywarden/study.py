"""A study, end to end: layers, assumptions and questions in one file, answers in one folder.

The file is described field by field in ``docs/study.md``. The same steps one by one are the other
modules of this package.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from . import _engine, maps, report
from ._run import ProgressArgument, call
from ._study_draft import Draft, draft
from .privacy import Release

__all__ = ["Draft", "Results", "draft", "run"]

COLUMNS = ("rank", "name", "kind", "mode", "countries", "gain", "gain_se", "share")
"""Of the interception points, as `Results` prints them."""


@dataclass(frozen=True)
class Results:
    """What a study found out, as far as it may leave.

    Attributes
    ----------
    release : Release
        All tables, judged.
    facts : mapping
        What the report says beside the tables.
    provenance : mapping
        Input digests, options, versions, seed.
    folder : Path or None
        Where the results were written.
    """

    release: Release
    facts: Mapping[str, Any]
    provenance: Mapping[str, Any]
    folder: Path | None = None

    @cached_property
    def interception_points(self) -> Any:
        """The chosen sites as a GeoDataFrame, best first."""
        return self.release.tables["interception_points"]

    def __str__(self) -> str:
        points = self.interception_points
        shown = points[[name for name in COLUMNS if name in points.columns]]
        lines = [str(self.facts.get("title", "")), ""]
        lines += [f"! {notice}" for notice in self.facts.get("notices", ())]
        lines += ["", shown.round({"gain": 1, "gain_se": 1, "share": 3}).to_string(index=False)]
        if self.folder is not None:
            lines += ["", f"Results: {self.folder}", f"Map:     {self.folder / 'map.html'}"]
        return "\n".join(lines)


def run(
    path: str | os.PathLike[str],
    *,
    results: str | os.PathLike[str] | None = None,
    threads: int = 0,
    progress: ProgressArgument = None,
) -> Results:
    """Answer a study's questions and write its results folder.

    Parameters
    ----------
    path : path-like
        The study file.
    results : path-like, optional
        Folder to write: GeoPackage with QGIS styles, GeoJSON, CSV, ``map.html``, ``report.md``,
        ``provenance.json``. By default as the study says, beside it.
    threads : int
        0: all of the machine. Never changes a result.
    progress : bool or callable, optional
        See `waywarden._run.call`.

    Returns
    -------
    Results
        Prints as a table of the interception points.

    Raises
    ------
    StudyError
        If a key of the study cannot be used; names key, line and column.
    InputError, FileError, DisclosureError
        If a layer cannot be used, a file not read or written, or results not be released.
    """
    study = _engine.Study.read(os.fspath(path))
    found = call(_engine.run_study, study, progress=progress, threads=threads)
    folder = Path(study.results_folder if results is None else results)
    call(_engine.write_results, found, os.fspath(folder), progress=progress, threads=threads)
    answers = Results(
        release=Release(found.release),
        facts=json.loads(found.facts),
        provenance=json.loads(found.provenance),
        folder=folder,
    )
    _write_pages(answers, folder)
    return answers


def _write_pages(answers: Results, folder: Path) -> None:
    title = str(answers.facts.get("title", "Results"))
    maps.write_map(
        answers.release,
        folder / "map.html",
        title=title,
        notices=answers.facts.get("notices", ()),
        attribution=answers.facts.get("attribution", ()),
        provenance=answers.provenance,
    )
    report.write_report(
        answers.release,
        folder / "report.md",
        facts={**answers.facts, "provenance": answers.provenance},
    )
