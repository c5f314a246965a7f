"""Notebooks run from top to bottom and end with what they promise."""

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")

ROOT = Path(__file__).resolve().parents[2]


def run(name, folder):
    """Return the notebook with its outputs; its files are in ``folder / "notebooks"``."""
    (folder / "notebooks").mkdir()
    os.symlink(ROOT / "datasets", folder / "datasets")
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    nbclient.NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder / "notebooks")}},
    ).execute()
    return notebook


def test_first_look_ends_with_the_map(tmp_path):
    notebook = run("01_first_look.ipynb", tmp_path)
    page = (tmp_path / "notebooks" / "first_look.html").read_text("utf-8")
    assert "SYNTHETIC" in page
    assert "iframe" in str(notebook.cells[-1]["outputs"]).lower()


def test_what_if_answers_without_warnings(tmp_path):
    notebook = run("02_what_if.ipynb", tmp_path)
    assert (tmp_path / "notebooks" / "region.index").is_file()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    told = "".join(out["text"] for out in outputs if out.get("name") == "stderr")
    # On a slow machine progress bars come up; what tqdm says of their looks is no warning of ours.
    assert "Warning" not in told.replace("TqdmWarning", "")
    assert "edges in corridors" in str(notebook.cells[-1]["outputs"])


def test_interdiction_ends_with_before_and_after(tmp_path):
    notebook = run("03_interdiction.ipynb", tmp_path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "bound" in str(code[3]["outputs"])
    assert "image/png" in str(code[-1]["outputs"])
    assert notebook.cells[-1]["source"].find("What this does not tell") > 0


def test_hotspots_are_judged_beside_the_naive_benchmark(tmp_path):
    notebook = run("04_hotspots.ipynb", tmp_path)
    text = str([out for cell in notebook.cells for out in cell.get("outputs", [])])
    for promised in (
        "policing and reporting",
        "hot_99",
        "whatever is hidden",
        "naive_pai",
        "on roads",
        "in the plane's density",
        "relative_risk",
        "consecutive_hot",
    ):
        assert promised in text
    assert text.count("image/png") == 5
    assert "What this does not tell" in notebook.cells[-1]["source"]


def test_notebooks_are_kept_without_outputs():
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(file, as_version=4).cells:
            assert not cell.get("outputs"), file.name
