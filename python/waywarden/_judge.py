"""Placements judged: each before every kind of evader, with what it loses to the best known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from . import _engine
from ._capture import Capture, inflow_notice, limits_of
from ._flows import Flows, country_index, movement_of, sites_of
from ._placement import Placement
from ._run import ProgressArgument, call
from .errors import InputError, OptionError
from .frames import mark_unreleased

__all__ = ["Judgement", "judge"]


def judge(
    placements: Mapping[str, Placement | Capture | Sequence[str]],
    flows: Flows,
    *,
    teams: int | None = None,
    budget: float | None = None,
    stops: pd.Series | None = None,
    most_stops: float | None = None,
    aware_share: float = 0.5,
    detour: float = 1.25,
    time_limit: float = 60.0,
    progress: ProgressArgument = None,
    threads: int = 0,
) -> Judgement:
    """Put placements before every kind of evader, and find what each could do better.

    The kinds are: ``unaware`` evaders, who know of no team; ``partly_aware`` ones, of whom a share
    knows and reroutes; ``evasive`` ones, who escape by any route that is not too long; the
    ``worst_case``, in which each takes the route on which the teams detect it least, whatever it
    costs; and ``mixed_patrol``: the same evaders, against which teams that change their places
    unforeseen could have been sent instead. Of the evasive what counts is that no route past the
    teams is left, whatever these detect. Teams of one group detect a journey once between them
    where evaders do not look for routes past them; in the worst case each counts for itself.

    Parameters
    ----------
    placements : mapping of str to Placement, Capture or sequence of str
        By name: from `place` or `capture`, or ids of sites. It may be empty.
    flows : Flows
        Loaded with sites.
    teams, budget, stops, most_stops : optional
        What every placement may use, as for `capture`. Without any, as many teams as the largest of
        the placements has. Mixed patrols, to
        within a thousandth of all journeys, are compared where teams are all that limits.
    aware_share : float
        Share of the evaders, 0 to 1, who learn where teams stand, for ``partly_aware`` and for
        what is said of displacement.
    detour : float
        Evasive evaders take any route that costs at most this times the cheapest; at least 1.
    time_limit : float
        Seconds for each of the exact searches; results that it ended depend on the machine, and
        have status ``limit``.
    progress, threads
        As for `waywarden.network.build`.

    Returns
    -------
    Judgement

    Raises
    ------
    OptionError
        If the flows were loaded without sites, a placement does not keep the limits or lacks a
        required site, or a number is out of its range.
    InputError
        For a site that is none.

    Examples
    --------
    Two teams leave one of three roads open. It is too long a way for those who accept a quarter
    more, but not for those who mind nothing but the teams:

    >>> from waywarden import examples, interdiction
    >>> flows = examples.border_flows()
    >>> plan = interdiction.capture(flows, teams=2)
    >>> found = interdiction.judge({"ours": plan}, flows)
    >>> found.matrix("caught").loc["ours", ["evasive", "worst_case"]].tolist()
    [100.0, 0.0]
    >>> found.best["status"].tolist()
    ['optimal', 'gap', 'optimal', 'optimal', 'optimal']
    """
    ids = sites_of(flows).table.index
    given = {name: _positions(one, ids) for name, one in placements.items()}
    if teams is None and budget is None:
        if not given:
            raise OptionError("say how many teams there are, or what they may cost")
        teams = max(len(one) for one in given.values())
    found = call(
        _engine.judge,
        movement_of(flows),
        flows.engine,
        list(given.values()),
        **limits_of(flows, teams, budget, stops, most_stops),
        aware_share=aware_share,
        risk_aversion=flows.costs.risk_aversion,
        detour=detour,
        seconds=time_limit,
        progress=progress,
        threads=threads,
    )
    return Judgement(flows, list(given), found, aware_share)


class Judgement:
    """Placements before every kind of evader.

    Attributes
    ----------
    placements : dict of str to list of str
        Ids of sites by name: those given, then those found for a kind of evader that are none of
        them, as ``best for <model>``.
    notices : dict of str to str
        By name of a placement: which countries' inflow it raises, when aware evaders reroute.
        Placements that raise none are not in it.
    notice : str
        The same as sentences, one per line: what to read first.
    journeys : float
        That have a route: all kinds of evaders make the same.

    Parameters
    ----------
    flows, names, found, aware_share
        Use `judge`.
    """

    def __init__(
        self, flows: Flows, names: list[str], found: dict[str, Any], aware_share: float
    ) -> None:
        self._found = found
        self._names = [
            *names,
            *(_name_found(model, names) for model in found["found_for"][len(names) :]),
        ]
        ids = sites_of(flows).table.index.to_numpy()
        self.placements: dict[str, list[str]] = {
            name: ids[sites].tolist()
            for name, sites in zip(self._names, found["placements"], strict=True)
        }
        self.journeys: float = found["journeys"]
        self.notices: dict[str, str] = {
            name: notice
            for name, sites in zip(self._names, found["placements"], strict=True)
            if (notice := _notice(flows, sites.tolist(), aware_share))
        }
        self.notice = "\n".join(f"{name}: {text}" for name, text in self.notices.items())

    def __repr__(self) -> str:
        models = ", ".join(self.best.index)
        lines = [self.notice] if self.notice else []
        return "\n".join([*lines, f"<Judgement: {len(self._names)} placements facing {models}>"])

    @cached_property
    def best(self) -> pd.DataFrame:
        """The best known for each kind of evader.

        ``caught`` (journeys), ``bound`` (no placement within the limits catches more), ``status``
        (``optimal`` where that is the best there is, else ``gap``, or ``limit`` where a search
        ended early) and ``placement`` (name; missing where it is a mix of schedules).
        """
        best = self._found["best"]
        places = [self._names[row] if row >= 0 else None for row in best["placement"]]
        columns = {name: best[name] for name in ("caught", "bound", "status")}
        index = pd.Index(best["model"], name="model")
        return mark_unreleased(pd.DataFrame({**columns, "placement": places}, index=index))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per placement and kind of evader.

        ``placement``, ``model``, ``caught`` (journeys) with its standard error ``caught_error``,
        ``share`` (of all journeys), ``regret`` (journeys lost to the best known), ``best``,
        ``bound`` and ``status`` of the best known: the true regret is at most ``bound - caught``.
        ``attrs["notice"]`` says first which placement raises which countries' inflow.
        """
        found = self._found
        caught = found["caught"]
        share = caught / self.journeys if self.journeys > 0 else 0.0 * caught
        frame = pd.DataFrame(
            {
                "placement": [self._names[row] for row in found["placement"]],
                "model": found["model"],
                "caught": caught,
                "caught_error": found["caught_error"],
                "share": share,
                "regret": found["regret"],
            }
        )
        best = self.best[["caught", "bound", "status"]].rename(columns={"caught": "best"})
        frame = mark_unreleased(frame.join(best, on="model"))
        frame.attrs["notice"] = self.notice
        return frame

    def matrix(self, column: str = "regret") -> pd.DataFrame:
        """Placements against kinds of evaders.

        Parameters
        ----------
        column : str
            Of `table`.

        Returns
        -------
        DataFrame
            A row per placement, a column per kind of evader, and first of all ``notice``.

        Raises
        ------
        OptionError
            For a column that is none.
        """
        if column not in self.table.columns[2:]:
            raise OptionError(
                f"no column {column!r}; there are: {', '.join(self.table.columns[2:])}"
            )
        wide = self.table.pivot(index="placement", columns="model", values=column)
        wide = wide.loc[self._names, list(self.best.index)]
        wide.columns.name = None
        wide.insert(0, "notice", [self.notices.get(name, "") for name in self._names])
        return mark_unreleased(wide)

    @property
    def least_regret(self) -> str | None:
        """The placement whose largest regret against any kind of evader is least.

        None where there is no placement. Of equals the first.
        """
        largest = self.table.groupby("placement", sort=False)["regret"].max()
        return None if largest.empty else str(largest.idxmin())


def _name_found(model: str, names: list[str]) -> str:
    name = f"best for {model}"
    while name in names:
        name += " (found)"
    return name


def _positions(placement: Placement | Capture | Sequence[str], ids: pd.Index) -> list[int]:
    sites = getattr(placement, "points", None)
    labels = list(placement) if sites is None else sites["site"].tolist()
    positions = ids.get_indexer(labels)
    if (positions < 0).any():
        missing = labels[int((positions < 0).argmax())]
        raise InputError("a placement names a site that is none", feature=str(missing))
    return positions.tolist()


def _notice(flows: Flows, sites: list[int], aware_share: float) -> str:
    moved = call(
        _engine.displacement,
        movement_of(flows),
        flows.engine,
        sites,
        aware_share=aware_share,
        risk_aversion=flows.costs.risk_aversion,
    )
    return inflow_notice(moved["country_inflow"], country_index(flows.network))
