"""One task of run.py in a process of its own: prints what it took."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory_mb(field: str) -> float:
    """`VmRSS` now, or `VmHWM`, the most since `forget_peak`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(field)


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


class Measured:
    """CPU time and peak memory since it was made."""

    def __init__(self) -> None:
        forget_peak()
        self.memory, self.cpu = memory_mb("VmRSS"), cpu_s()

    def show(self, **counts: int) -> None:
        took = {"cpu_s": cpu_s() - self.cpu, "peak_mb": memory_mb("VmHWM") - self.memory}
        print(json.dumps({**took, **counts}))


def waywarden(extract: str) -> None:
    from waywarden import network, osm

    taken = Measured()
    built = network.build(*osm.read(extract).layers, snap_m=0).engine
    taken.show(nodes=built.node_count, edges=built.edge_count)


def write_lines(extract: str, path: str) -> None:
    from waywarden import osm

    osm.read(extract).links["road"][["geometry"]].reset_index().to_file(path, driver="GPKG")


def waywarden_lines(path: str) -> None:
    from waywarden import network, read

    taken = Measured()
    built = network.build(network.links(read(path)), snap_m=0).engine
    taken.show(nodes=built.node_count, edges=built.edge_count)


def tiled(extract: str, tiles: str) -> None:
    """Copies of the extract's roads side by side, built as one layer."""
    import ctypes

    import geopandas
    import pandas as pd

    from waywarden import network, osm

    roads = osm.read(extract).links["road"][["geometry"]]
    west, _, east, _ = roads.total_bounds
    copies = [
        geopandas.GeoDataFrame(geometry=roads.translate(i * (east - west) * 1.01))
        for i in range(int(tiles))
    ]
    lines = pd.concat(copies, ignore_index=True)
    vertices = int(sum(len(line.coords) for line in roads.geometry) * int(tiles))
    layer = network.links(lines)
    del roads, copies, lines
    ctypes.CDLL(None).malloc_trim(0)
    taken = Measured()
    built = network.build(layer, snap_m=0).engine
    taken.show(vertices=vertices, nodes=built.node_count, edges=built.edge_count)


def pyrosm(extract: str) -> None:
    from pyrosm import OSM

    taken = Measured()
    osm = OSM(extract)
    nodes, edges = osm.get_network(network_type="all", nodes=True)
    graph = osm.to_graph(nodes, edges, graph_type="networkx", retain_all=True)
    taken.show(nodes=graph.number_of_nodes(), edges=graph.number_of_edges())


def pyrosm_pandana(extract: str) -> None:
    from pyrosm import OSM

    taken = Measured()
    osm = OSM(extract)
    nodes, edges = osm.get_network(network_type="all", nodes=True)
    graph = osm.to_graph(nodes, edges, graph_type="pandana", retain_all=True)
    taken.show(nodes=len(graph.nodes_df), edges=len(graph.edges_df))


def momepy(path: str) -> None:
    import geopandas
    import momepy

    taken = Measured()
    lines = geopandas.read_file(path).to_crs(32632).explode(ignore_index=True)
    graph = momepy.gdf_to_nx(lines, multigraph=True, directed=False, length="length")
    taken.show(nodes=graph.number_of_nodes(), edges=graph.number_of_edges())


def snkit(path: str) -> None:
    import geopandas
    import snkit

    taken = Measured()
    lines = geopandas.read_file(path).to_crs(32632).explode(ignore_index=True)
    net = snkit.add_endpoints(snkit.Network(edges=lines[["geometry"]]))
    net = snkit.add_topology(snkit.add_ids(snkit.split_edges_at_nodes(net)))
    taken.show(nodes=len(net.nodes), edges=len(net.edges))


if __name__ == "__main__":
    # The folder is called like the libraries' tasks: only what is installed is to be found.
    sys.path = [folder for folder in sys.path if folder != str(Path(__file__).parent)]
    globals()[sys.argv[1]](*sys.argv[2:])
