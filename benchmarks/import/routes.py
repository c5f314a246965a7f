"""Random routes on an OpenStreetMap extract beside Valhalla's, at one speed for all ways.

    python benchmarks/import/routes.py EXTRACT [--routes 200] [--valhalla FOLDER]

With one speed everywhere travel times are in the ratio of lengths: Valhalla is asked for the
shortest way by car, we for the cheapest route with length as cost. Both get the ways that every
car may use, and neither barriers nor turn restrictions: rules about those are each engine's own.
Ends are nodes of our road network, in its largest strongly joined part. `--valhalla` is the
folder of a Python environment's programs with `pyvalhalla-weekly` (3.5.1 here) and `osmium`,
which need not be the one that runs this. Prints the quantiles of the ratio, the share within 2 %,
and each outlier with the length at which Valhalla goes our way when led along it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

import waywarden as ww

ASK = """
import json, sys
import valhalla
actor = valhalla.Actor(sys.argv[1])
for line in sys.stdin:
    near = dict(radius=5, node_snap_tolerance=5, type="through")
    ends = [dict(lon=x, lat=y, **near) for x, y in json.loads(line)]
    ends[0]["type"] = ends[-1]["type"] = "break"
    options = dict(auto=dict(shortest=True, disable_hierarchy_pruning=True))
    try:
        trip = actor.route(dict(locations=ends, costing="auto", costing_options=options))
        print(trip["trip"]["summary"]["length"])
    except Exception as error:
        print("nan", file=sys.stdout)
        print(error, file=sys.stderr)
"""


BUILD = """
import json, pathlib, subprocess, sys
import valhalla
config, folder, extract = sys.argv[1:]
with open(config, "w") as file:
    json.dump(valhalla.get_config(tile_extract="", tile_dir=folder), file)
program = pathlib.Path(valhalla.__file__).parent / "bin/valhalla_build_tiles"
said = subprocess.run([program, "-c", config, extract], capture_output=True, text=True)
if said.returncode:
    sys.exit(said.stderr)
"""


# How many nodes of our route an outlier is led through: Valhalla takes 20 places.
LED = 18

# Ways that every car may use, without what each engine has rules of its own for: access, barriers
# and turn restrictions.
PLAIN = """
import sys
import osmium
classes = "motorway trunk primary secondary tertiary unclassified residential living_street".split()
classes += [name + "_link" for name in classes[:5]]
rules = ("access", "vehicle", "motor")
kept = ("highway", "oneway", "junction", "bridge", "tunnel", "layer")
with osmium.SimpleWriter(sys.argv[2]) as out:
    for thing in osmium.FileProcessor(sys.argv[1]):
        if thing.is_node():
            out.add_node(thing.replace(tags={}))
        elif thing.is_way() and thing.tags.get("highway") in classes:
            if not any(rule in tag.k for tag in thing.tags for rule in rules):
                out.add_way(thing.replace(tags={k: thing.tags[k] for k in kept if k in thing.tags}))
"""


def our_roads(extract):
    """Return the network, its roads' edges, and the nodes of their largest strongly joined part."""
    found = ww.osm.read(extract)
    network = ww.network.build(*found.layers, snap_m=0)
    edges = network.edges.query("mode == 'road'")
    size = len(network.nodes)
    graph = coo_matrix((np.ones(len(edges)), (edges["tail"], edges["head"])), (size, size))
    _, part = connected_components(graph, directed=True, connection="strong")
    largest = np.bincount(part).argmax()
    return network, edges, np.flatnonzero(part == largest)


def their_lengths(extract, programs, ends):
    """Return the kilometres of Valhalla's shortest ways between ends, NaN without one."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "valhalla.json")
        subprocess.run([programs / "python", "-c", BUILD, config, folder, extract], check=True)
        asked = subprocess.run(
            [programs / "python", "-c", ASK, config],
            input="\n".join(json.dumps(pair) for pair in ends),
            check=True, stdout=subprocess.PIPE, text=True)  # fmt: skip
    return np.array([float(line) for line in asked.stdout.splitlines()])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extract", type=Path)
    parser.add_argument("--routes", type=int, default=200)
    parser.add_argument("--valhalla", type=Path, default=Path(sys.executable).parent)
    asked = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.osm.pbf")
        subprocess.run([asked.valhalla / "python", "-c", PLAIN, asked.extract, plain], check=True)
        compare(plain, asked)


def compare(extract, asked):
    network, edges, nodes = our_roads(extract)
    random = np.random.default_rng(1)
    origin, destination = random.choice(nodes, (2, asked.routes))
    index = ww.routing.prepare(edges["tail"], edges["head"], nodes=len(network.nodes))
    found = index.routes(edges["length_m"].to_numpy(), origin, destination)
    ours = found["cost"].to_numpy() / 1000
    place = np.column_stack([network.nodes.geometry.x, network.nodes.geometry.y]).tolist()
    ends = [[place[n] for n in pair] for pair in zip(origin, destination, strict=True)]
    theirs = their_lengths(extract, asked.valhalla, ends)

    within = agree(ours, theirs)
    ratio = ours / np.maximum(theirs, 1e-3)
    print(
        f"{np.mean(within):.1%} of {len(ours)} within 2 %; {np.isnan(theirs).sum()} without a way"
    )
    print(
        "ratio ours / theirs:", np.nanquantile(ratio, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]).round(4)
    )
    apart = np.flatnonzero(~within)
    heads = edges["head"].to_numpy()
    led = []
    for i in apart:
        inner = heads[found["edges"][i]][:-1]
        chosen = inner[np.linspace(0, len(inner) - 1, min(LED, len(inner))).astype(int)]
        led.append([ends[i][0], *(place[n] for n in chosen), ends[i][1]])
    along = their_lengths(extract, asked.valhalla, led)
    for i, length in zip(apart, along, strict=True):
        print(
            f"{ours[i]:.3f} km, theirs {theirs[i]:.3f} km, and {length:.3f} km when led along ours"
        )
    explained = agree(ours[apart], along) & (ours[apart] < theirs[apart])
    print(
        f"{explained.sum()} of {len(apart)} outliers: Valhalla goes our way at our length when led"
    )


def agree(ours, theirs):
    """Within 2 %, and a metre for rounding."""
    return np.abs(ours - theirs) <= 0.02 * theirs + 0.001


if __name__ == "__main__":
    main()
