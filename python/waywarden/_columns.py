"""Columns of frames and of the engine's tables: types, missing values, times."""

from __future__ import annotations

import json
from collections.abc import Hashable
from datetime import date, time
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types as kinds


def _values(series: pd.Series, missing: np.ndarray) -> Any:
    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return _values(
            series.astype(object).astype(_plain(dtype.categories.dtype, missing)), missing
        )
    kind = kinds.infer_dtype(series, skipna=True) if kinds.is_object_dtype(dtype) else None
    if kinds.is_bool_dtype(dtype) or kind == "boolean":
        return _filled(series, missing, False).astype(bool)
    if kinds.is_integer_dtype(dtype) or kind == "integer":
        return _integers(_filled(series, missing, 0))
    if kinds.is_complex_dtype(dtype):
        raise TypeError("complex numbers")
    if kinds.is_float_dtype(dtype) or kind in ("floating", "mixed-integer-float", "decimal"):
        return _filled(series, missing, 0.0).astype(np.float64)
    if kinds.is_datetime64_any_dtype(dtype):
        return _iso_times(series, missing)
    return [_text(value) for value in _filled(series, missing, "")]


def _plain(dtype: Any, missing: np.ndarray) -> Any:
    """Return the type of categories, as far as it can hold missing values."""
    return object if missing.any() and not kinds.is_datetime64_any_dtype(dtype) else dtype


def _filled(series: pd.Series, missing: np.ndarray, filler: Any) -> np.ndarray:
    if (
        not missing.any()
        and not kinds.is_object_dtype(series.dtype)
        and isinstance(series.dtype, np.dtype)
    ):
        return series.to_numpy()
    values = series.to_numpy(dtype=object, copy=True)
    values[missing] = filler
    return values


def _integers(values: np.ndarray) -> np.ndarray:
    if values.dtype == np.uint64 and len(values) and values.max() > np.iinfo(np.int64).max:
        raise OverflowError("beyond 64 bits")
    return values.astype(np.int64)


def _iso_times(series: pd.Series, missing: np.ndarray) -> list[str]:
    zoned = series.dt.tz is not None
    utc = series.dt.tz_convert("UTC").dt.tz_localize(None) if zoned else series
    instants = utc.to_numpy(dtype="datetime64[ns]")
    texts = np.datetime_as_string(instants, unit=_coarsest_unit(instants[~missing], zoned))
    suffix = "Z" if zoned else ""
    return ["" if gone else text + suffix for text, gone in zip(texts.tolist(), missing)]


def _coarsest_unit(instants: np.ndarray, zoned: bool) -> str:
    nanoseconds = instants.astype(np.int64)
    if not zoned and not (nanoseconds % 86_400_000_000_000).any():
        return "D"
    return "ns" if (nanoseconds % 1_000_000_000).any() else "s"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)


# Columns from the engine


def _series(values: Any, valid: np.ndarray, index: pd.Index | None) -> pd.Series:
    column = _column_values(values, valid)
    # Left to infer, newer pandas would turn None into NaN.
    return pd.Series(column, index=index, dtype=object if column.dtype == object else None)


def _column_values(values: Any, valid: np.ndarray | None) -> Any:
    """What a column of a frame holds; `valid` may be None where nothing is missing."""
    whole = valid is None or valid.all()
    if isinstance(values, list):
        column = np.empty(len(values), dtype=object)
        column[:] = values
        if not whole:
            column[~valid] = None
        return column
    if whole:
        return values
    if values.dtype.kind == "f":
        return np.where(valid, values, np.nan)
    nullable = {"b": pd.arrays.BooleanArray, "i": pd.arrays.IntegerArray}[values.dtype.kind]
    return nullable(values, ~valid)


def _with_types_of(like: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    names: dict[str, Hashable] = {str(name): name for name in like.columns}
    for column in frame.columns:
        if column in names:
            frame[column] = _retyped(frame[column], like[names[column]].dtype)
    return frame.rename(columns=names)


def _retyped(series: pd.Series, dtype: Any) -> pd.Series:
    try:
        if kinds.is_datetime64_any_dtype(dtype):
            zone = getattr(dtype, "tz", None)
            times = pd.to_datetime(series, utc=zone is not None)
            return (
                times.dt.tz_convert(zone).astype(dtype) if zone is not None else times.astype(dtype)
            )
        return series.astype(dtype)
    except (TypeError, ValueError):
        return series
