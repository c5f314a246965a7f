"""The command line: ``waywarden init FILES``, ``run STUDY.toml``, ``verify DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import __version__
from .errors import Error, FileError

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
        0 where all went well, 1 after an error (told on stderr) or where results are not what their
        study gives, 130 after Ctrl-C. Wrong usage exits with 2.

    Examples
    --------
    >>> main(["version"])  # doctest: +ELLIPSIS
    waywarden ...
    0
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except Error as error:
        print(f"waywarden: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("waywarden: stopped", file=sys.stderr)
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="waywarden",
        description="Where trafficking routes run, where journeys can be interrupted, where harm "
        "concentrates.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    init = commands.add_parser("init", help="draft a study from files, and say what was guessed")
    init.add_argument("files", metavar="FILE", nargs="+")
    init.add_argument(
        "--out", metavar="STUDY.toml", default="study.toml", help="default: study.toml"
    )
    init.add_argument("--quiet", action="store_true", help="do not say what was guessed")
    init.set_defaults(command=_init)
    run = commands.add_parser("run", help="answer a study's questions and write its results folder")
    run.add_argument("study", metavar="STUDY.toml")
    run.add_argument(
        "--results", "--out", metavar="DIR", help="results folder (default: as the study says)"
    )
    _add_common(run, _run)
    verify = commands.add_parser("verify", help="answer the study again, compare every file")
    verify.add_argument("results", metavar="DIR")
    verify.add_argument(
        "--study", metavar="STUDY.toml", help="default: the one study file beside the results"
    )
    _add_common(verify, _verify)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _add_common(
    parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]
) -> None:
    parser.add_argument("--threads", type=_count, default=0, metavar="N", help="0 (default): all")
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")
    parser.set_defaults(command=command)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _init(options: argparse.Namespace) -> int:
    from . import study

    out = Path(options.out)
    if out.exists():
        raise FileError("is there already; name another with --out", file=str(out))
    made = study.draft(options.files, folder=out.parent)
    try:
        out.write_text(made.text, encoding="utf-8")
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}", file=str(out)) from None
    if not options.quiet:
        print("\n".join([*made.guesses, f"Draft: {out}"]))
    return 0


def _run(options: argparse.Namespace) -> int:
    from . import study

    results = study.run(
        options.study,
        results=options.results,
        threads=options.threads,
        progress=False if options.quiet else None,
    )
    if not options.quiet:
        print(results)
    return 0


def _verify(options: argparse.Namespace) -> int:
    from . import verification

    found = verification.verify(
        options.results,
        options.study,
        threads=options.threads,
        progress=False if options.quiet else None,
    )
    if not (options.quiet and found):
        print(found)
    return 0 if found else 1


def _version(_: argparse.Namespace) -> int:
    print(f"waywarden {__version__}")
    return 0
