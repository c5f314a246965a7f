"""What the tests of the package share: where the examples lie, and a small world."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString

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
