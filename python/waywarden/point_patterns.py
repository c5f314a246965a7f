"""Whether points lie closer together than chance would have them, along lines."""

from __future__ import annotations

from ._network_k import network_k

__all__ = ["network_k"]
