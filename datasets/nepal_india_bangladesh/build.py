"""Remakes the demo dataset of Nepal, northern and eastern India and Bangladesh.

Usage: ``python3 build.py --cache DIR [--out DIR]``. README.md says what it makes and needs.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import checks
import document
import graphs
import incidents
import layers as out
import places
import sources
import transport
from countries import BORDER_ACCURACY_M, Locator, read_countries
from gazetteer import Gazetteer
from region import BORDER_MARGIN, LAND, SEA, envelope, grown, length
from shapely.geometry import LineString
from shapely.geometry import Point as Dot

HERE = Path(__file__).resolve().parent

MIN_POLYLINES = 5000
"""Edges are joined at nodes of degree 2 only where this many polylines remain."""

INCIDENT_FIELDS = {
    "id": "str",
    "hte_Type": "str",
    "hte_Date": "date",
    "hte_Country": "str",
    "hte_City": "str",
    "hte_Longitude": "float",
    "hte_Latitude": "float",
    "prs_Gender": "str",
    "prs_Citizenship": "str",
    "vic_AgeWhenTrafficked": "int",
    "age_band": "str",
    "vic_TypeOfExploitation": "str",
    "vic_MethodOfRecruitment": "str",
    "vic_TraffickingStatus": "str",
    "synthetic": "int",
}


class Inputs:
    """Texts of the packages' members, read when asked for."""

    def __init__(self, cache: Path) -> None:
        self._files = {package: sources.fetch(package, cache) for package in sources.PACKAGES}

    def text(self, package: sources.Package, suffix: str) -> str:
        """Return the text of one member of one package."""
        return sources.read_member(self._files[package], suffix)


class Build:
    """All layers of the dataset, made in order from the inputs."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        extent = grown(envelope(LAND, SEA), BORDER_MARGIN)
        self.countries = read_countries(
            inputs.text(sources.ATLAS, "countries-10m.json"),
            inputs.text(sources.GEONAMES, "data/countries.json"),
            extent,
        )
        self.locator = Locator(self.countries)
        self.gazetteer = Gazetteer.read(
            inputs.text(sources.GEONAMES, "cities500.json"), grown(LAND, BORDER_MARGIN)
        )
        self.posts = transport.read_posts((HERE / "posts.csv").read_text(encoding="utf-8"))
        self.towns = places.select(self.gazetteer, self.posts)
        self.roads, self.roads_left_out = self._graph("world_highways.py")
        self.rails, self.rails_left_out = self._graph("world_railways.py")
        self.station_towns = transport.stations(self.rails.nodes, self.towns)

    def layers(self) -> list[out.Layer]:
        """Return every layer in the order it is written."""
        return [
            self._network_layer("roads", "R", self.roads, set()),
            self._network_layer("railways", "W", self.rails, set(self.station_towns)),
            *self._sea_and_air(),
            self._countries(),
            self._places(),
            self._posts(),
            self._stations(),
            self._incidents(),
        ]

    def _graph(self, module: str) -> tuple[graphs.Graph, dict[str, int]]:
        return graphs.read_graph(self._inputs.text(sources.SCGRAPH, f"/{module}"), LAND)

    def _network_layer(
        self, name: str, prefix: str, graph: graphs.Graph, keep: set[int]
    ) -> out.Layer:
        parts = graphs.chains(graph, keep)
        if len(parts) < MIN_POLYLINES:
            parts = graphs.single_edges(graph)
        lines = graphs.lines(graph, parts)
        near = self.gazetteer.nearest([_middle(line) for line, _ in lines])
        fields = {"id": "str", "near": "str", "length_m": "float", "source_m": "float"}
        layer = out.Layer(name, "LineString", fields)
        for number, ((line, source_m), town) in enumerate(zip(lines, near, strict=True), start=1):
            layer.rows.append(
                (
                    LineString(line),
                    {
                        "id": f"{prefix}{number:06d}",
                        "near": town.name,
                        "length_m": round(length(line), 1),
                        "source_m": round(source_m, 1),
                    },
                )
            )
        return layer

    def _sea_and_air(self) -> list[out.Layer]:
        lanes = transport.sea_lanes(self._inputs.text(sources.SEAROUTE, "marnet_searoute.geojson"))
        ports = transport.ports(self._inputs.text(sources.SEAROUTE, "data/ports.geojson"), lanes)
        airports = transport.airports(self._inputs.text(sources.AIRPORTS, "airports.csv"))
        return [
            _sea_layer(lanes),
            _air_layer(transport.air_routes(airports)),
            _points("ports", {"id": "str", "name": "str", "country": "str"}, ports),
            _points(
                "airports", {"id": "str", "icao": "str", "name": "str", "country": "str"}, airports
            ),
        ]

    def _countries(self) -> out.Layer:
        fields = {"iso2": "str", "iso3": "str", "name": "str", "border_accuracy_m": "float"}
        layer = out.Layer("countries", "MultiPolygon", fields)
        for row in self.countries:
            values = {key: row[key] for key in ("iso2", "iso3", "name")}
            layer.rows.append((row["geometry"], {**values, "border_accuracy_m": BORDER_ACCURACY_M}))
        return layer

    def _place_rows(self) -> list[dict[str, Any]]:
        rows = places.attributes(self.towns, self.posts)
        return [{**row, "point": town.point} for row, town in zip(rows, self.towns, strict=True)]

    def _places(self) -> out.Layer:
        fields = {
            "id": "str",
            "geonameid": "int",
            "name": "str",
            "country": "str",
            "population": "int",
            "vulnerability": "float",
            "demand": "float",
            "role": "str",
            "synthetic_columns": "str",
        }
        return _points("places", fields, self._place_rows())

    def _posts(self) -> out.Layer:
        fields = {
            "id": "str",
            "name": "str",
            "country_a": "str",
            "country_b": "str",
            "mode": "str",
            "status": "str",
            "detection": "float",
            "wait_minutes": "int",
            "synthetic": "int",
        }
        values = transport.post_attributes(self.posts)
        rows = [
            {**row, "point": post["point"]} for row, post in zip(values, self.posts, strict=True)
        ]
        return _points("crossings", fields, rows)

    def _stations(self) -> out.Layer:
        found = sorted((self.rails.nodes[node], town) for node, town in self.station_towns.items())
        rows = [
            {
                "id": f"S{number:03d}",
                "name": town.name,
                "country": town.country,
                "status": "assumed",
                "point": point,
            }
            for number, (point, town) in enumerate(found, start=1)
        ]
        fields = {"id": "str", "name": "str", "country": "str", "status": "str"}
        return _points("stations", fields, rows)

    def _incidents(self) -> out.Layer:
        maker = incidents.Maker(self.posts, self._place_rows(), self.locator, self.gazetteer)
        return _points("incidents", INCIDENT_FIELDS, maker.records())

    def crossings(self, made: list[out.Layer]) -> dict[str, dict]:
        """Return where the shipped roads and railways cross borders."""
        lines = {layer.name: [line for line, _ in layer.rows] for layer in made}
        return {
            name: checks.border_crossings(lines[name], self.countries)
            for name in ("roads", "railways")
        }


def _middle(line: tuple) -> tuple[float, float]:
    """Return the middle vertex of a line; of two vertices, the point half-way."""
    a, b = line[(len(line) - 1) // 2], line[len(line) // 2]
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _points(name: str, fields: dict[str, str], rows: list[dict[str, Any]]) -> out.Layer:
    layer = out.Layer(name, "Point", fields)
    layer.rows = [(Dot(row["point"]), {key: row[key] for key in fields}) for row in rows]
    return layer


def _sea_layer(lanes: list[tuple]) -> out.Layer:
    layer = out.Layer(
        "sea_lanes", "LineString", {"id": "str", "length_m": "float", "status": "str"}
    )
    for number, (line, status) in enumerate(lanes, start=1):
        values = {"id": f"L{number:03d}", "length_m": round(length(line), 1), "status": status}
        layer.rows.append((LineString(line), values))
    return layer


def _air_layer(routes: list[tuple]) -> out.Layer:
    fields = {
        "id": "str",
        "from_iata": "str",
        "to_iata": "str",
        "length_m": "float",
        "status": "str",
    }
    layer = out.Layer("air_routes", "LineString", fields)
    for number, (a, b, line) in enumerate(routes, start=1):
        values = {
            "id": f"A{number:03d}",
            "from_iata": a,
            "to_iata": b,
            "length_m": round(length(line), 1),
            "status": "assumed",
        }
        layer.rows.append((LineString(line), values))
    return layer


def measured(build: Build, made: list[out.Layer], folder: Path, lost: int) -> str:
    """Return the measured part of the README as Markdown."""
    package = folder / "region.gpkg"
    rows = [
        (
            layer.name,
            layer.geometry,
            len(layer.rows),
            ", ".join(layer.fields),
            f"`{out.layer_digest(package, layer.name)}`",
        )
        for layer in made
    ]
    files = [package, *sorted((folder / "shapefile").iterdir())]
    digests = {
        str(path.relative_to(folder)): (path.stat().st_size, sources.sha256_of(path))
        for path in files
    }
    crossings = build.crossings(made)
    together = {
        pair: crossings["roads"].get(pair, []) + crossings["railways"].get(pair, [])
        for pair in {*crossings["roads"], *crossings["railways"]}
    }
    return "\n\n".join(
        [
            "### Packages",
            document.packages_table(),
            "### Files",
            document.files_table(digests),
            f"In the Shapefile {lost} values of `near` lost a diacritic that the code page lacks.",
            "### Layers of region.gpkg",
            document.layers_table(rows),
            "### Networks",
            document.connectivity_text(
                "Roads", checks.connectivity(build.roads, build.locator), build.roads_left_out
            ),
            document.connectivity_text(
                "Railways", checks.connectivity(build.rails, build.locator), build.rails_left_out
            ),
            document.sea_text(checks.line_components([line for line, _ in made[2].rows])),
            "### Places where a line crosses a border",
            "Crossings 2 km or less apart count as one place.",
            document.crossings_table({**crossings, "either": together}),
            document.posts_text(build.posts, checks.post_distances(build.posts, together)),
        ]
    )


def main() -> None:
    """Build the dataset into the output folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True, help="folder for the packages")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the dataset")
    options = parser.parse_args()
    started = time.monotonic()
    build = Build(Inputs(options.cache))
    made = build.layers()
    options.out.mkdir(parents=True, exist_ok=True)
    out.write_geopackage(options.out / "region.gpkg", made)
    lost = out.write_shapefile(
        options.out / "shapefile" / "roads_utm45.shp",
        made[0],
        {"id": "str:7", "near": "str:40", "length_m": "float:12.1"},
    )
    text = measured(build, made, options.out, lost)
    if options.out.resolve() == HERE:
        document.replace_measured(HERE / "README.md", text)
    print(text)
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
