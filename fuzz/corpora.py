"""Makes the first corpus of each fuzzer: small files, sound and broken.

    python3 fuzz/corpora.py FOLDER

They come from the tests' makers and, where it is there, from the folder ``shared`` beside the
repository.
"""

from __future__ import annotations

import struct
import sys
import tempfile
from pathlib import Path

from shapely import wkb, wkt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "python"))
import bad_file_makers  # noqa: E402

LARGEST = 20_000
SHAPES = (
    "POINT (1 2)",
    "LINESTRING (0 0, 1 1, 2 0)",
    "POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))",
    "MULTIPOINT (1 2, 3 4)",
    "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
    "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((20 20, 21 20, 21 21, 20 20)))",
    "GEOMETRYCOLLECTION (POINT (1 2))",
    "LINESTRING Z (0 0 1, 1 1 2)",
)
POSITIONS = (
    "27°42'30\"N 85°19'12\"E",
    "27.71, 85.32",
    "27,71; 85,32",
    "45R UL 34567 66123",
    "utm zone 45n 334567 3066123",
    "N 27 42.5 E 85 19.2",
    "18SUJ2337106519",
    "27 deg 42 min 30 sec norte, 85d19m12s este",
)


def put(folder: Path, contents: list[bytes]) -> None:
    """Write the small ones under numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(contents):
        if len(content) <= LARGEST:
            (folder / f"{number:04}").write_bytes(content)


def files(folders: list[Path], ending: str) -> list[Path]:
    """Find files by the end of their name, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob(f"*{ending}"))


def shapefile(path: Path) -> bytes:
    """Put the parts together as fuzz_shapefile.cpp takes them apart."""
    parts = [path.with_suffix(ending) for ending in (".shp", ".shx", ".dbf")]
    shp, shx, dbf = (part.read_bytes() if part.exists() else b"" for part in parts)
    if max(len(shp), len(shx)) > 0xFFFF:
        return bytes(LARGEST + 1)
    return b"".join([struct.pack("<H", len(shp)), shp, struct.pack("<H", len(shx)), shx, dbf])


def studies() -> list[Path]:
    """Find the studies of the repository."""
    return sorted((ROOT / "datasets").rglob("*.toml"))


def main(target: Path) -> None:
    """Make all corpora."""
    shapes = [wkt.loads(text) for text in SHAPES]
    put(target / "wkb", [wkb.dumps(s, big_endian=b) for s in shapes for b in (False, True)])
    put(target / "positions", [text.encode() for text in POSITIONS])
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        bad_file_makers.put(folder, bad_file_makers.geojson_files())
        bad_file_makers.put(folder, bad_file_makers.csv_files())
        bad_file_makers.put_shapefiles(folder)
        folders = [folder, ROOT.parent / "shared" / "bad-inputs"]
        put(target / "geojson", [path.read_bytes() for path in files(folders, ".geojson")])
        put(target / "csv", [path.read_bytes() for path in files(folders, ".csv")])
        put(target / "shapefile", [shapefile(path) for path in files(folders, ".shp")])
    put(target / "study", [path.read_bytes() for path in studies()])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
