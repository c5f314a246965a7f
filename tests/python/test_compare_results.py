"""The comparison of results folders finds what differs, so that its silence means something."""

import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compare_results import compare


def write_results(folder, gain, crossing="C1"):
    folder.mkdir()
    (folder / "sites.csv").write_text(f"crossing,gain\n{crossing},{gain}\n")
    (folder / "sites.geojson").write_text(f'[{{"id": "{crossing}", "gain": {gain}}}]')
    with sqlite3.connect(folder / "results.gpkg") as database:
        database.execute("CREATE TABLE sites (crossing TEXT, gain REAL)")
        database.execute("INSERT INTO sites VALUES (?, ?)", (crossing, gain))
    database.close()
    return folder


def test_equal_results(tmp_path):
    first = write_results(tmp_path / "a", 0.1)
    assert list(compare(first, write_results(tmp_path / "b", 0.1 + 1e-16))) == []


def test_a_number_that_differs_is_found_in_each_format(tmp_path):
    first = write_results(tmp_path / "a", 0.1)
    assert len(list(compare(first, write_results(tmp_path / "b", 0.1 + 1e-9)))) == 3


def test_a_name_that_differs_is_found_in_each_format(tmp_path):
    first = write_results(tmp_path / "a", 0.1)
    assert len(list(compare(first, write_results(tmp_path / "b", 0.1, "C2")))) == 3


def test_a_missing_file_is_found(tmp_path):
    first, second = write_results(tmp_path / "a", 0.1), write_results(tmp_path / "b", 0.1)
    (second / "sites.csv").unlink()
    assert list(compare(first, second)) == [f"sites.csv: only in {first}"]
