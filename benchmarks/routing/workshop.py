"""What measurements are made with: packages and sources of other libraries, built programs."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Its source package carries all of RoutingKit's sources.
SOURCE_PACKAGE = "pyroutingkit==0.2.1"


def call(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr)


class Workshop:
    """A folder that gets a Python environment, RoutingKit's sources and the built programs.

    What is there already is used again. RoutingKit is compiled with the given options beside
    -O3 -DNDEBUG.
    """

    def __init__(self, folder, routing_kit_options):
        self.folder = folder
        self.routing_kit_options = routing_kit_options
        self.python = folder / "venv/bin/python"
        self.build = folder / "cmake"
        self._routing_kit = folder / "RoutingKit"

    def set_up(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self._install_packages()
        self._fetch_routing_kit()
        self._build_programs()

    def program(self, name):
        return self.build / "benchmarks" / name

    def _install_packages(self):
        if not self.python.exists():
            call(sys.executable, "-m", "venv", self.folder / "venv")
        wanted = HERE / "requirements.txt"
        call(self.python, "-m", "pip", "install", "-q", "--only-binary", ":all:", "-r", wanted)

    def _fetch_routing_kit(self):
        if self._routing_kit.exists():
            return
        downloads = self.folder / "downloads"
        options = ["--no-deps", "--no-build-isolation", "--no-binary", "pyroutingkit"]
        download = [self.python, "-m", "pip", "download", "-q", *options, "-d", downloads]
        call(*download, SOURCE_PACKAGE)
        (package,) = downloads.glob("*.tar.gz")
        shutil.unpack_archive(package, downloads)
        shutil.move(next(downloads.glob("*/vendor/RoutingKit")), self._routing_kit)

    def _build_programs(self):
        options = {
            "BENCHMARKS": "ON",
            "TESTS": "OFF",
            "PYTHON": "OFF",
            "ROUTINGKIT_DIR": self._routing_kit,
            "ROUTINGKIT_OPTIONS": self.routing_kit_options,
        }
        flags = [f"-DWAYWARDEN_{name}={value}" for name, value in options.items()]
        call("cmake", "-S", ROOT, "-B", self.build, "--preset", "release", *flags)
        call("cmake", "--build", self.build, "--target", "benchmarks", "--parallel", 2)
