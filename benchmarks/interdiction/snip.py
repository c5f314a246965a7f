"""Worst-case placement against HiGHS on the compact program, in one run: a table for the terminal.

    python benchmarks/interdiction/snip.py FOLDER [--limit SECONDS] [--rows 0 1 ...] [--form FORM]

FOLDER holds the instances of Pan and Morton (2008) and reference.csv. Needs `highspy`. CPU time of
one thread, from arrays to answer (for HiGHS: model writing included). HiGHS gets the compact
program of potentials, which is exact; ``--form levels`` gives it the smaller program of levels, a
relaxation: its bound may stay below the least value where paths pass two sites (instance 1). What
HiGHS places is evaluated again along the true paths, as ours is. Exits with 1 where an answer of
ours is worse than the reference allows.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from instances import read_instance, reference

from waywarden import _engine
from waywarden._exact import solve
from waywarden._worst_case import Contest
from waywarden.interdiction import worst_case

GAP = 1e-4
HEAD = "| instance | variant | budget | reference | ours | bound | s | HiGHS | bound | s |"


def timed(work):
    began = time.process_time()
    answer = work()
    return answer, time.process_time() - began


def by_highs(instance, budget, limit, form):
    contest = Contest(**instance, budget=budget)
    program = _engine.worst_case_program(contest.engine, form=form, threads=1)
    exact = solve(program, gap=GAP, time_limit=limit)
    placed = np.flatnonzero(exact.point[: len(contest.labels)] > 0.5)
    evasion = _engine.greatest_evasion(contest.engine, placed, threads=1)
    return float(contest.weight @ evasion), exact.bound


def compare(folder, row, limit, form):
    instance = read_instance(folder, row)
    budget = row["budget"]
    ours, our_time = timed(
        lambda: worst_case(**instance, budget=budget, gap=GAP, time_limit=limit, threads=1)
    )
    (value, bound), highs_time = timed(lambda: by_highs(instance, budget, limit, form))
    print(
        f"| {row['inst']:.0f} | {row['snipno']:.0f} | {budget:.0f} | {row['objective']:.6f} "
        f"| {ours.value:.6f} | {ours.bound:.6f} | {our_time:.2f} "
        f"| {value:.6f} | {bound:.6f} | {highs_time:.2f} |",
        flush=True,
    )
    met = ours.value <= row["objective"] * (1 + GAP) + 1e-6 and ours.gap <= GAP * (1 + 1e-6)
    return met and (row["rel_gap"] >= GAP or ours.bound <= row["objective"] + 1e-6)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds per answer")
    parser.add_argument("--rows", type=int, nargs="*", help="of reference.csv, from 0")
    parser.add_argument("--form", choices=["levels", "potentials"], default="potentials")
    arguments = parser.parse_args()
    rows = reference(arguments.folder)
    chosen = rows if arguments.rows is None else [rows[i] for i in arguments.rows]
    print(HEAD)
    print("|" + " ---: |" * 10)
    met = [compare(arguments.folder, row, arguments.limit, arguments.form) for row in chosen]
    print(f"\n{sum(met)} of {len(met)} as good as the reference and proved to {GAP:g}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
