"""The instances of Pan and Morton (2008), read from the folder that holds them."""

import csv

import numpy as np

SHARE_LEFT = {2: 0.5, 3: 0.1}
"""Evasion with a team over evasion without, by variant; variant 1 states it arc by arc."""


def reference(folder):
    with open(folder / "reference.csv", encoding="utf-8", newline="") as file:
        return [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def read_instance(folder, row):
    """Return the arguments of `worst_case` but for the budget."""
    watched = np.loadtxt(folder / f"intd_arc{row['inst']:.0f}.txt")
    others = np.loadtxt(folder / f"arcgain{row['inst']:.0f}.txt")
    pairs = np.loadtxt(folder / "Scenarios.txt")
    r = watched[:, 2]
    share = SHARE_LEFT.get(int(row["snipno"]))
    q = watched[:, 3] if share is None else share * r
    return {
        "tail": np.concatenate([watched[:, 0], others[:, 0]]).astype(int),
        "head": np.concatenate([watched[:, 1], others[:, 1]]).astype(int),
        "evasion": np.concatenate([r, others[:, 2]]),
        "watched_evasion": np.concatenate([q, np.full(len(others), np.nan)]),
        "origin": pairs[:, 0].astype(int),
        "destination": pairs[:, 1].astype(int),
        "weight": pairs[:, 2],
    }
