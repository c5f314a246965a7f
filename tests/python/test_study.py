"""A study through the package: errors with their place, and a whole run with its pages."""

import json

import pytest

import waywarden


def test_an_error_names_key_line_and_column(tmp_path):
    file = tmp_path / "study.toml"
    file.write_text('title = "t"\n[[links]]\nfile = "r.gpkg"\nmode = "rickshaw"\n')
    with pytest.raises(waywarden.StudyError) as caught:
        waywarden.study.run(file)
    assert (caught.value.key, caught.value.line, caught.value.column) == ("links[0].mode", 4, 8)
    assert isinstance(caught.value, ValueError)


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match=r"nothing\.toml"):
        waywarden.study.run(tmp_path / "nothing.toml")


def test_the_results_folder_is_complete(quick_demo):
    names = {file.name for file in quick_demo.folder.iterdir()}
    assert {"results.gpkg", "map.html", "report.md", "provenance.json", "csv", "geojson"} <= names
    assert not [name for name in names if name.endswith(".part")]


def test_everything_synthetic_says_so(quick_demo):
    assert "SYNTHETIC" in str(quick_demo)
    assert "SYNTHETIC" in (quick_demo.folder / "map.html").read_text("utf-8")
    assert "SYNTHETIC" in (quick_demo.folder / "report.md").read_text("utf-8")
    points = (quick_demo.folder / "csv" / "interception_points.csv").read_text("utf-8")
    assert all("synthetic" in line for line in points.splitlines()[1:])


def test_provenance_names_inputs_by_digest_and_no_folder(quick_demo, repository):
    text = (quick_demo.folder / "provenance.json").read_text("utf-8")
    found = json.loads(text)
    assert len(found["inputs"][0]["sha256"]) == 64
    assert str(repository) not in text
    assert found["versions"]["waywarden"] == waywarden.__version__


def test_ranks_and_bounds_make_sense(quick_demo):
    points = quick_demo.interception_points
    assert points["rank"].tolist() == list(range(1, len(points) + 1))
    assert (points["rank_low"] <= points["rank"]).all()
    assert (points["cumulative"] <= points["upper_bound"] + 1e-6).all()


def test_small_counts_do_not_leave(quick_demo):
    counts = quick_demo.release.tables["hotspots_hex"]["incidents"].dropna()
    assert set(counts[counts < 11]) <= {0}
