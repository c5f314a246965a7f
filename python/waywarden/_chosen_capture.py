"""Teams on routes that were not chosen by sampled perception: nobody is known to react."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _engine
from ._flows import Flows, sites_of
from ._run import ProgressArgument, call
from .errors import OptionError


def on_routes(
    flows: Flows, perceived: Callable[..., Any], chosen: Callable[..., Any]
) -> tuple[Any, ...]:
    """Return the engine's function for the flows' routes, and what it starts from."""
    sites_of(flows)
    if flows.moving is None:
        return chosen, flows.site_routes
    return perceived, flows.moving, flows.engine


def lawful_on_routes(lawful: Flows) -> tuple[Any, ...]:
    """Return the engine's function that counts stops, and what it starts from."""
    sites = sites_of(lawful)
    if lawful.moving is None:
        return _engine.lawful_stops_on_routes, lawful.site_routes
    return _engine.lawful_stops, lawful.engine, sites.engine


class UnawarePlacement:
    """A placement for evaders who know of no team, in the form of the engine's ``Placements``."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def placed_for(self, model: str) -> dict[str, Any]:
        """Return the placement; there is one."""
        if model != "unaware":
            raise OptionError(f"no placement for evaders who are {model}")
        return self._found

    def outcomes(self) -> dict[str, Any]:
        """Return the placement facing those it was made for, as columns."""
        columns = self._found["columns"]

        def last(name: str) -> list[float]:
            return [float(columns[name][-1]) if len(columns[name]) else 0.0]

        figures = {name: last(name) for name in ("caught", "caught_error", "share")}
        return {
            "placed_for": ["unaware"],
            "facing": ["unaware"],
            **figures,
            "regret": [0.0],
            "bound": [self._found["bound"]],
        }


def placed(
    flows: Flows,
    limits: dict[str, Any],
    aware_share: float,
    progress: ProgressArgument,
    threads: int,
) -> UnawarePlacement:
    """Place teams greedily."""
    if aware_share != 0:
        raise OptionError(
            f"how evaders who learn of teams reroute is not known of choice='{flows.choice}', "
            "only of sampled perception: aware_share must be 0"
        )
    found = call(
        _engine.greedy_on_routes, flows.site_routes, **limits, progress=progress, threads=threads
    )
    return UnawarePlacement(found)
