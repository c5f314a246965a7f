"""Compares two results folders of the same study, made by different builds or installations.

    compare_results.py RESULTS OTHER

Numbers may differ by 1e-12 of their size, everything else must be equal. Provenance and report name
versions and times, and the HTML map and styles carry them along, so only the tables are read: CSV,
GeoJSON and GeoPackage. Exits with 1 and lists what differs.
"""

import csv
import json
import math
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

TOLERANCE = 1e-12
SHOWN = 20
# Housekeeping of the format and of this project, with versions and times in it.
SKIPPED_TABLES = ("gpkg_", "rtree_", "sqlite_", "layer_styles")


def as_number(value):
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def same(value, other):
    if value == other:
        return True
    number, other_number = as_number(value), as_number(other)
    if number is None or other_number is None:
        return False
    return math.isclose(number, other_number, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def differences(value, other, where=""):
    """Yield a line for each place in which two nested values differ."""
    if isinstance(value, dict) and isinstance(other, dict):
        if value.keys() != other.keys():
            yield f"{where}: other keys: {sorted(value.keys() ^ other.keys())}"
        for key in value.keys() & other.keys():
            yield from differences(value[key], other[key], f"{where}/{key}")
    elif isinstance(value, (list, tuple)) and isinstance(other, (list, tuple)):
        if len(value) != len(other):
            yield f"{where}: {len(value)} entries, {len(other)} in the other"
        for index, (entry, other_entry) in enumerate(zip(value, other)):
            yield from differences(entry, other_entry, f"{where}[{index}]")
    elif not same(value, other):
        yield f"{where}: {value!r}, {other!r} in the other"


def read_csv(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_geopackage(path):
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
        tables = [name for (name,) in found if not name.startswith(SKIPPED_TABLES)]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


READERS = {".csv": read_csv, ".geojson": read_json, ".gpkg": read_geopackage}


def names_in(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def compare(folder, other):
    names, other_names = names_in(folder), names_in(other)
    for name in sorted(names ^ other_names):
        yield f"{name}: only in {folder if name in names else other}"
    for name in sorted(names & other_names):
        reader = READERS.get(name.suffix)
        if reader:
            yield from differences(reader(folder / name), reader(other / name), str(name))


def main(folder, other):
    tables = [name for name in names_in(folder) if name.suffix in READERS]
    found = list(compare(folder, other))
    for line in found[:SHOWN]:
        print(line)
    print(f"{len(tables)} tables compared, {len(found)} differences")
    return 1 if found or not tables else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
