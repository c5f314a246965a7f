"""Exceptions: one class per way to fail.

Each is also the built-in exception that a Python user would expect, carries where it happened, and
names ids, never the values of attributes.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "CrsError",
    "DisclosureError",
    "Error",
    "FileError",
    "InputError",
    "InputWarning",
    "LimitError",
    "OptionError",
    "RefusedError",
    "StudyError",
]


class Error(Exception):
    """Base of everything the engine raises.

    Attributes
    ----------
    reason : str
        What went wrong.
    file, layer, feature : str
        Where; empty where unknown or not applicable.

    Examples
    --------
    >>> str(InputError("the geometry is cut short", layer="roads", feature="R7"))
    "layer 'roads', feature 'R7': the geometry is cut short"
    """

    def __init__(self, reason: str, file: str = "", layer: str = "", feature: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.file = file
        self.layer = layer
        self.feature = feature

    def __str__(self) -> str:
        named = {"file": self.file, "layer": self.layer, "feature": self.feature}
        where = ", ".join(f"{what} '{name}'" for what, name in named.items() if name)
        return f"{where}: {self.reason}" if where else self.reason

    def __reduce__(self) -> tuple[type[Error], tuple[Any, ...]]:
        return type(self), (self.reason, self.file, self.layer, self.feature)


class InputError(Error, ValueError):
    """What was handed over cannot be used: a layer, a column, a geometry, a value."""


class OptionError(Error, ValueError):
    """An option or argument is outside its domain."""


class CrsError(InputError):
    """A coordinate reference system is missing, unknown or cannot be transformed."""


class LimitError(InputError):
    """There is more input than was allowed: features, vertices, memory or time."""


class StudyError(InputError):
    """A key of a study file cannot be used.

    Attributes
    ----------
    key : str
        In dotted form, e.g. ``interdiction.teams``; empty for a mistake in the syntax.
    line, column : int
        Of the key or value in the file, from 1.
    """

    def __init__(
        self, reason: str, file: str = "", key: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(reason, file)
        self.key = key
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type[Error], tuple[Any, ...]]:
        return type(self), (self.reason, self.file, self.key, self.line, self.column)


class DisclosureError(Error, ValueError):
    """A release would disclose what its rule protects."""


class FileError(Error, OSError):
    """A file cannot be opened, read or written."""


class RefusedError(FileError):
    """A path or format that could reach the network, or is not on the list of allowed ones."""


class InputWarning(UserWarning):
    """Some features of the input were skipped, repaired, or look doubtful."""
