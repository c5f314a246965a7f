"""Results folders against a replay of their study."""

import json
import shutil

import pytest

import waywarden
from waywarden import cli

STUDY = """
title = "Borderland"
seed = 3
[[links]]
file = "world.gpkg"
layer = "roads"
mode = "road"
[countries]
file = "world.gpkg"
layer = "countries"
code = "code"
[crossings]
file = "world.gpkg"
layer = "posts"
name = "name"
country_a = "a"
country_b = "b"
[places]
file = "world.gpkg"
layer = "places"
population = "people"
source_weight = "leave"
destination_weight = "arrive"
[demand]
journeys = 100
[route_choice]
draws = 4
[interdiction]
teams = 1
sensitivity_draws = 2
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory, borderland):
    folder = tmp_path_factory.mktemp("verify")
    for layer, frame in borderland.items():
        frame.to_file(folder / "world.gpkg", layer=layer, driver="GPKG")
    (folder / "study.toml").write_text(STUDY, "utf-8")
    waywarden.study.run(folder / "study.toml", progress=False)
    return folder


@pytest.fixture
def copy(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy")


def test_untouched_results_are_verified(made):
    found = waywarden.verify(made / "results")
    assert found and not found.causes and not found.differences
    assert found.files == sum(file.is_file() for file in (made / "results").rglob("*"))
    assert "same to the last byte" in str(found)


def test_one_changed_digit_is_found(copy):
    table = copy / "results" / "csv" / "interception_points.csv"
    text = table.read_text("utf-8")
    digit = next(c for c in text.splitlines()[1] if c.isdigit())
    at = text.index(digit, text.index("\n"))
    table.write_text(text[:at] + str((int(digit) + 1) % 10) + text[at + 1 :], "utf-8")
    found = waywarden.verify(copy / "results")
    assert not found
    assert found.differences == ("csv/interception_points.csv: other content",)
    assert not found.causes


def test_missing_and_foreign_files_are_found(copy):
    (copy / "results" / "map.html").unlink()
    (copy / "results" / "notes.txt").write_text("mine", "utf-8")
    assert waywarden.verify(copy / "results").differences == (
        "map.html: missing",
        "notes.txt: the study does not make this file",
    )


def test_changed_options_are_named_as_causes(copy):
    text = (copy / "study.toml").read_text("utf-8")
    (copy / "study.toml").write_text(text.replace("journeys = 100", "journeys = 200"), "utf-8")
    found = waywarden.verify(copy / "results")
    assert [cause for cause in found.causes if "journeys" in cause and "200" in cause]
    assert "provenance.json: other content" in found.differences


def test_changed_inputs_are_named_as_causes(copy):
    stated = json.loads((copy / "results" / "provenance.json").read_text("utf-8"))
    stated["inputs"][0]["sha256"] = "0" * 64
    (copy / "results" / "provenance.json").write_text(json.dumps(stated), "utf-8")
    found = waywarden.verify(copy / "results")
    assert len(found.causes) == 1
    assert found.causes[0].startswith("input ") and "world.gpkg" in found.causes[0]


def test_command_line_tells_by_its_exit_code(copy, capsys):
    assert cli.main(["verify", str(copy / "results"), "--quiet"]) == 0
    (copy / "results" / "report.md").write_text("all is well", "utf-8")
    assert cli.main(["verify", str(copy / "results"), "--study", str(copy / "study.toml")]) == 1
    assert "report.md: other content" in capsys.readouterr().out


def test_folders_that_are_no_results_are_errors(copy, tmp_path):
    with pytest.raises(waywarden.FileError, match="not a results folder"):
        waywarden.verify(tmp_path)
    (copy / "second.toml").write_text("", "utf-8")
    with pytest.raises(waywarden.FileError, match="say which"):
        waywarden.verify(copy / "results")
    (copy / "results" / "provenance.json").write_text("{}", "utf-8")
    with pytest.raises(waywarden.InputError, match="does not say"):
        waywarden.verify(copy / "results", copy / "study.toml")
