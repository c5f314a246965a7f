"""Whether a results folder is what its study gives: it is answered once more, and compared."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import study as studies
from ._run import ProgressArgument
from .errors import FileError, InputError

__all__ = ["Verification", "verify"]


@dataclass(frozen=True)
class Verification:
    """What a replay found. True where nothing differs.

    Attributes
    ----------
    causes : tuple of str
        In what inputs, options, versions and seed differ from those the results were made with.
    differences : tuple of str
        Files that are missing, changed, or not among the replayed ones, with what is wrong.
    files : int
        How many files the replay made.
    """

    causes: tuple[str, ...]
    differences: tuple[str, ...]
    files: int

    def __bool__(self) -> bool:
        return not (self.causes or self.differences)

    def __str__(self) -> str:
        if self:
            return f"Verified: {self.files} files, the same to the last byte."
        return "\n".join(["Not the same:", *self.causes, *self.differences])


def verify(
    results: str | os.PathLike[str],
    study: str | os.PathLike[str] | None = None,
    *,
    threads: int = 0,
    progress: ProgressArgument = None,
) -> Verification:
    """Answer a study once more and compare every file of its results folder, byte by byte.

    Parameters
    ----------
    results : path-like
        A folder that `waywarden.study.run` wrote. It is not changed.
    study : path-like, optional
        The study it was made from; by default the one study file beside the folder.
    threads : int
        0: all of the machine.
    progress : bool or callable, optional
        See `waywarden._run.call`.

    Returns
    -------
    Verification
        True where nothing differs. Dates in files come from SOURCE_DATE_EPOCH: set it as it was.

    Raises
    ------
    FileError
        If the folder has no readable provenance, or there is no study beside it, or several.
    StudyError, InputError, DisclosureError
        If the study cannot be answered any more.
    """
    folder = Path(results)
    stated = _provenance(folder / "provenance.json")
    path = _study_beside(folder) if study is None else Path(study)
    with tempfile.TemporaryDirectory(prefix="waywarden-") as scratch:
        replay = studies.run(path, results=scratch, threads=threads, progress=progress)
        found = _contents(Path(scratch))
        differences = tuple(_file_differences(_contents(folder), found))
        return Verification(tuple(_causes(stated, replay.provenance)), differences, len(found))


def _provenance(path: Path) -> Mapping[str, Any]:
    try:
        stated = json.loads(path.read_text("utf-8"))
    except OSError:
        raise FileError("cannot be read: not a results folder?", file=str(path)) from None
    except ValueError:
        raise FileError("is not JSON", file=str(path)) from None
    if not isinstance(stated, dict):
        raise FileError("is not a provenance", file=str(path))
    return stated


def _study_beside(folder: Path) -> Path:
    beside = sorted(folder.resolve().parent.glob("*.toml"))
    if len(beside) != 1:
        found = "none" if not beside else f"{len(beside)}"
        raise FileError(
            f"one study file is expected beside it, there are {found}; say which", file=str(folder)
        )
    return beside[0]


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _file_differences(stored: dict[str, bytes], replayed: dict[str, bytes]) -> Iterator[str]:
    for name in sorted(stored.keys() | replayed.keys()):
        if name not in stored:
            yield f"{name}: missing"
        elif name not in replayed:
            yield f"{name}: the study does not make this file"
        elif stored[name] != replayed[name]:
            yield f"{name}: other content"


def _causes(stated: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for part, is_now in _parts(now).items():
        was = _parts(stated).get(part, {})
        for key in sorted(was.keys() | is_now.keys()):
            if was.get(key) != is_now.get(key):
                yield f"{part} {key}: {was.get(key, 'none')}, now {is_now.get(key, 'none')}"


def _parts(provenance: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    try:
        inputs = {
            " ".join((one["role"], one["file"], one.get("layer", ""))): one["sha256"]
            for one in provenance["inputs"]
        }
        return {
            "input": inputs,
            "option": dict(provenance["options"]),
            "version": dict(provenance["versions"]),
            "seed": {"of the study": provenance["seed"]},
        }
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(
            "does not say how the results came about", file="provenance.json"
        ) from None
