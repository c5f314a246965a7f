"""How far each model of route choice spreads, and what it costs: docs/decisions/route-choice.md.

    route_choice.py demo
    route_choice.py FOLDER/moscow-roads

The second takes the graphs `.gr.bin` (uint32 from, to, 1-based) and `.co.bin` (int32 x, y in
Mercator metres): 100 random origins and 100 destinations, all pairs alike, roads at one speed, and
detection of 0.05 on every fiftieth edge (synthetic).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
from shapely.geometry import LineString

import waywarden as ww

DEMO = Path(__file__).resolve().parents[2] / "datasets" / "nepal_india_bangladesh" / "region.gpkg"
SLOWEST = "path_size_logit"
MODELS = [
    ("cheapest", {}),
    ("most_evasive", {}),
    ("perception", {"draws": 16}),
    ("perception", {"draws": 64}),
    ("path_size_logit", {}),
    *(("acyclic_logit", {"theta": theta}) for theta in (0.1, 10.0, 100.0)),
    *(("recursive_logit", {"theta": theta}) for theta in (10.0, 100.0, 1000.0, 10000.0)),
]


def demo_region():
    """Return the network of the demo's roads, railways and stations, with costs and demand."""
    nw = ww.network
    layer = {
        name: geopandas.read_file(DEMO, layer=name)
        for name in ("roads", "railways", "stations", "countries", "crossings", "places")
    }
    network = nw.build(
        nw.links(layer["roads"], mode="road", ids="id"),
        nw.links(layer["railways"], mode="rail", ids="id"),
        nw.hubs(layer["stations"], modes=["road", "rail"], radius_m=15_000, ids="id"),
        nw.countries(layer["countries"], code="iso2", accuracy="border_accuracy_m"),
        nw.posts(
            layer["crossings"],
            country_a="country_a",
            country_b="country_b",
            mode="mode",
            detection="detection",
            tolerance_m=15_000,
            ids="id",
        ),
        nw.places(
            layer["places"],
            population="population",
            vulnerability="vulnerability",
            destination_weight="demand",
            radius_m=30_000,
            ids="id",
        ),
        snap_m=5,
    )
    costs = ww.risk.costs(network, value_of_time=3, risk_aversion=20)
    return network, costs, ww.flow.gravity(network, costs, total=10_000)


def city(path):
    """Return the network of a graph, with costs and demand."""
    metres = np.fromfile(f"{path}.co.bin", dtype=np.int32).reshape(-1, 2) / 111_320.0
    ends = np.fromfile(f"{path}.gr.bin", dtype=np.uint32).reshape(-1, 2).astype(np.int64) - 1
    ends = ends[(metres[ends[:, 0]] != metres[ends[:, 1]]).any(axis=1)]
    lines = [LineString(both) for both in metres[ends]]
    random = np.random.default_rng(42)
    nodes = random.choice(np.unique(largest_part(ends, len(metres))), 200, replace=False)
    roads = geopandas.GeoDataFrame(
        {"p": np.where(np.arange(len(lines)) % 50 == 0, 0.05, 0.0)}, geometry=lines, crs=4326
    )
    towns = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy(*metres[nodes].T),
        index=[f"t{i}" for i in range(200)],
        crs=4326,
    )
    network = ww.network.build(ww.network.links(roads, detection="p"), ww.network.places(towns))
    # A watched edge is as bad as some 700 m more.
    costs = ww.risk.costs(network, risk_aversion=2)
    names = network.places.index
    pairs = pd.MultiIndex.from_product([towns.index[:100], towns.index[100:]])
    rows = pd.DataFrame(
        {"origin": pairs.get_level_values(0), "destination": pairs.get_level_values(1)}
    )
    rows = rows[rows["origin"].isin(names) & rows["destination"].isin(names)].assign(journeys=1.0)
    return network, costs, ww.flow.stated(network, costs, rows)


def largest_part(ends, count):
    """Return the nodes of the largest component."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(ends), dtype=np.int8)
    _, part = connected_components(coo_matrix((ones, ends.T), shape=(count, count)), directed=False)
    return np.flatnonzero(part == np.bincount(part).argmax())


def row(flows, cheapest, seconds):
    """Return the figures of one loading beside those of the cheapest routes."""
    cost = np.where(np.isfinite(flows.costs.generalised), flows.costs.generalised, 0.0)
    length = flows.network.engine.edges()["length_m"] / 1000
    journeys, least = (one.engine.exposure.edges()["journeys"] for one in (flows, cheapest))
    common = np.minimum(journeys, least)
    crossings = flows.engine.exposure.crossings()["journeys"]
    busy = journeys >= flows.journeys / 1000
    return {
        "cost over cheapest": f"{flows.spread[0]:.4f}",
        "off the cheapest": f"{1 - (common * cost).sum() / (journeys * cost).sum():.3f}",
        "overlap": "" if flows.overlap is None else f"{flows.overlap:.3f}",
        "km": f"{length[busy].sum():.0f}",
        "crossings": int((crossings >= flows.journeys / 100).sum()),
        "evasion": f"{flows.evasion[0]:.4f}",
        "CPU s": f"{seconds:.2f}",
    }


def main(what):
    """Print one line per model."""
    network, costs, demand = demo_region() if what == "demo" else city(what)
    print(network, demand, f"core {network.core.node_count} nodes, {network.core.arc_count} arcs")
    cheapest = ww.flow.load(network, costs, demand, choice="cheapest")
    # Alternatives for 10,000 pairs of a city take too long.
    models = [
        (choice, options) for choice, options in MODELS if what == "demo" or choice != SLOWEST
    ]
    for choice, options in models:
        start = time.process_time()
        try:
            flows = ww.flow.load(network, costs, demand, choice=choice, progress=False, **options)
        except ww.OptionError as error:
            print(choice, options, f"{time.process_time() - start:.2f} s", error, flush=True)
            continue
        seconds = time.process_time() - start
        print(choice, options, row(flows, cheapest, seconds), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
