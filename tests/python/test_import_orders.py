"""Waywarden beside the other libraries that carry a GDAL or PROJ, imported in every order.

Wheels bundle copies of their own, so one process may hold several. Each order runs in a fresh
process, in which every library does work that needs the data files of its copy, and which must
end without a crash.
"""

import importlib.util
import itertools
import subprocess
import sys

import pytest

pytest.importorskip("waywarden")

# One line each that makes the library open its own proj.db, or read and write through its own GDAL.
WORK = {
    "waywarden": "waywarden.read(path)",
    "pyproj": "pyproj.Transformer.from_crs(4326, 32645, always_xy=True).transform(87.0, 27.0)",
    "shapely": "import shapely.wkt; shapely.wkt.loads('POINT (87 27)').buffer(1.0)",
    "fiona": "fiona.open(path).crs",
    "pyogrio": "pyogrio.read_info(path)",
    "rasterio": "import rasterio.crs; rasterio.crs.CRS.from_epsg(32645).to_wkt()",
}
PRESENT = [name for name in WORK if importlib.util.find_spec(name)]

POINT = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "a"},
 "geometry": {"type": "Point", "coordinates": [87.0, 27.0]}}]}"""


@pytest.fixture(scope="module")
def layer(tmp_path_factory):
    path = tmp_path_factory.mktemp("layer") / "point.geojson"
    path.write_text(POINT)
    return path


@pytest.mark.parametrize("order", itertools.permutations(PRESENT), ids="-".join)
def test_imports_in_every_order(order, layer):
    lines = [
        f"path = {str(layer)!r}",
        *(f"import {name}" for name in order),
        *(WORK[name] for name in order),
    ]
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=120
    )
    assert run.returncode == 0, run.stderr
