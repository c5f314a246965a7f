"""Random numbers keyed by (seed, words): the same for any order of rows, on any machine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEED = 20260905


def uniform(*key: object) -> float:
    """Return the number in [0, 1) that belongs to a key."""
    text = "\x1f".join(str(part) for part in (SEED, *key))
    word = hashlib.sha256(text.encode("utf-8")).digest()[:8]
    return (int.from_bytes(word, "big") >> 11) / (1 << 53)


def between(low: float, high: float, *key: object) -> float:
    """Return the number in [low, high) that belongs to a key."""
    return low + (high - low) * uniform(*key)


def normal(*key: object) -> float:
    """Return the standard normal deviate that belongs to a key (Box-Muller)."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(*key, "radius")))
    return radius * math.cos(2.0 * math.pi * uniform(*key, "angle"))


def choice(options: Sequence[T], weights: Sequence[float], *key: object) -> T:
    """Return the option, drawn by weight, that belongs to a key."""
    mark = uniform(*key) * sum(weights)
    for option, weight in zip(options, weights, strict=True):
        mark -= weight
        if mark < 0.0:
            return option
    return options[-1]
