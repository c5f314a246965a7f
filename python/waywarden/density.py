"""How densely incidents lie, along lines."""

from __future__ import annotations

from ._network_density import network_kde

__all__ = ["network_kde"]
