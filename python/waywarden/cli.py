"""The command line: ``waywarden run study.toml``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import __version__
from .errors import Error

_INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Returns
    -------
    int
        0 where all went well, 1 after an error (told on stderr), 130 after Ctrl-C. Wrong usage
        exits with 2.

    Examples
    --------
    >>> main(["version"])  # doctest: +ELLIPSIS
    waywarden ...
    0
    """
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except Error as error:
        print(f"waywarden: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("waywarden: stopped", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="waywarden",
        description="Where trafficking routes run, where journeys can be interrupted, where harm "
        "concentrates.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="answer a study's questions and write its results folder")
    run.add_argument("study", metavar="STUDY.toml")
    run.add_argument(
        "--results", "--out", metavar="DIR", help="results folder (default: as the study says)"
    )
    run.add_argument("--threads", type=_count, default=0, metavar="N", help="0 (default): all")
    run.add_argument("--quiet", action="store_true", help="no progress, no summary")
    run.set_defaults(command=_run)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _run(options: argparse.Namespace) -> None:
    from . import study

    results = study.run(
        options.study,
        results=options.results,
        threads=options.threads,
        progress=False if options.quiet else None,
    )
    if not options.quiet:
        print(results)


def _version(_: argparse.Namespace) -> None:
    print(f"waywarden {__version__}")
