"""What the tests of the package share: where the examples lie, and a small world."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString, Point, box

import waywarden

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the source tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Files that lie beside the repository; tests that need them are skipped elsewhere."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder 'shared' beside the repository")
    return folder


@pytest.fixture
def roads() -> geopandas.GeoDataFrame:
    """Three roads around Kathmandu, the last one without geometry."""
    lines = [
        LineString([(85.3, 27.7), (85.4, 27.7)]),
        LineString([(85.4, 27.7), (85.4, 27.8), (85.5, 27.8)]),
        None,
    ]
    return geopandas.GeoDataFrame(
        {"lanes": [2, 4, 1], "surface": ["asphalt", None, "gravel"]},
        geometry=lines,
        index=["R1", "R2", "R3"],
        crs="EPSG:4326",
    )


@pytest.fixture(scope="session")
def borderland() -> dict[str, geopandas.GeoDataFrame]:
    """Two countries, three roads over their border, one post, and a town on either side."""
    rows = {"north": 27.2, "middle": 27.1, "south": 27.0}
    east_west = {name: LineString([(84.0, y), (85.0, y), (86.0, y)]) for name, y in rows.items()}
    sides = {f"side {x:g}": LineString([(x, y) for y in sorted(rows.values())]) for x in (84, 86)}
    lines = {**east_west, **sides}

    def layer(rows, index, **columns):
        return geopandas.GeoDataFrame(columns, geometry=rows, index=index, crs="EPSG:4326")

    return {
        "roads": layer(list(lines.values()), list(lines)),
        "countries": layer([box(80, 20, 85, 30), box(85, 20, 90, 30)], [0, 1], code=["A", "B"]),
        "posts": layer([Point(85.001, 27.0)], ["P1"], a=["A"], b=["B"], name=["South Gate"]),
        "places": layer(
            [Point(84, 27.0), Point(86, 27.0)],
            ["west", "east"],
            people=[1000, 2000],
            leave=[1.0, 0.0],
            arrive=[0.0, 1.0],
        ),
    }


@pytest.fixture(scope="session")
def border_network(borderland):
    """The network of `borderland`."""
    nw = waywarden.network
    return nw.build(
        nw.links(borderland["roads"]),
        nw.countries(borderland["countries"], code="code"),
        nw.posts(borderland["posts"], country_a="a", country_b="b", names="name"),
        nw.places(
            borderland["places"],
            population="people",
            source_weight="leave",
            destination_weight="arrive",
        ),
    )


@pytest.fixture(scope="session")
def quick_demo(repository, tmp_path_factory) -> waywarden.study.Results:
    """Run the demo region with fewer draws."""
    demo = repository / "datasets" / "nepal_india_bangladesh"
    folder = tmp_path_factory.mktemp("demo")
    text = (demo / "study.toml").read_text("utf-8")
    text = text.replace("draws = 64", "draws = 4").replace(
        "teams = 10", "teams = 4\nsensitivity_draws = 2"
    )
    text = text.replace('file = "', f'file = "{demo}/')
    (folder / "study.toml").write_text(text, "utf-8")
    return waywarden.study.run(folder / "study.toml", results=folder / "results")
