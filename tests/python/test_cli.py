"""The command line."""

import re
import subprocess
import sys

import pytest

import waywarden
from waywarden import cli


def test_version_is_the_engines(capsys, repository):
    assert cli.main(["version"]) == 0
    stated = re.search(
        r"VERSION (\S+)", (repository / "CMakeLists.txt").read_text("utf-8").split("project(")[1]
    )
    assert capsys.readouterr().out == f"waywarden {stated.group(1)}\n"
    assert waywarden.__version__ == stated.group(1)


def test_package_runs_as_a_program():
    run = subprocess.run(
        [sys.executable, "-m", "waywarden", "version"], capture_output=True, text=True, timeout=120
    )
    assert (run.returncode, run.stdout) == (0, f"waywarden {waywarden.__version__}\n")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run"], ["run", "s.toml", "--threads", "-1"]])
def test_wrong_usage_is_told(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: waywarden" in capsys.readouterr().err
