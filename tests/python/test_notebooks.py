"""Notebooks run from top to bottom and end with what they promise."""

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")

ROOT = Path(__file__).resolve().parents[2]


def test_first_look_ends_with_the_map(tmp_path):
    (tmp_path / "notebooks").mkdir()
    os.symlink(ROOT / "datasets", tmp_path / "datasets")
    notebook = nbformat.read(ROOT / "notebooks" / "01_first_look.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path / "notebooks")}},
    )
    client.execute()
    page = (tmp_path / "notebooks" / "first_look.html").read_text("utf-8")
    assert "SYNTHETIC" in page
    assert "IFrame" in str(notebook.cells[-1]["outputs"]) or "iframe" in str(
        notebook.cells[-1]["outputs"]
    )


def test_notebooks_are_kept_without_outputs():
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(file, as_version=4).cells:
            assert not cell.get("outputs"), file.name
