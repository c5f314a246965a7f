"""Reads files as told on stdin and says what came of each: run on its own, so that a crash is seen.

One JSON object per line in, one per line out: ``path``, ``options`` for reading, and ``links``,
what is said of the layer when a network is built of it.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from typing import Any

import waywarden

MOST_MEMORY = 3 << 30


def counted(report) -> dict[str, int]:
    return {reason: int(n) for reason, n in report["reason"].value_counts().items()}


def told(error: waywarden.Error) -> dict[str, Any]:
    where = {"file": error.file, "layer": error.layer, "feature": error.feature}
    return {"error": type(error).__name__, "reason": error.reason, **where}


def built(frame, links: dict[str, Any]) -> dict[str, Any]:
    snap_m = links.pop("snap_m", 1.0)
    try:
        network = waywarden.network.build(waywarden.network.links(frame, **links), snap_m=snap_m)
    except waywarden.Error as error:
        return told(error)
    length = float(network.edges["length_m"].sum())
    return {
        "nodes": len(network.nodes),
        "edges": len(network.edges),
        "length_m": length,
        "reasons": counted(network.report),
    }


def read(path: str, options: dict[str, Any], links: dict[str, Any] | None) -> dict[str, Any]:
    frame, report = waywarden.io.read_with_report(path, **options)
    frame.to_json() if hasattr(frame, "crs") else frame.to_csv()  # every text can be decoded
    verdict = {"rows": len(frame), "reasons": counted(report), "columns": list(frame.columns)}
    if links is not None:
        verdict["network"] = built(frame, links)
    return verdict


def read_layers(path: str, options: dict[str, Any]) -> list[dict[str, Any]]:
    verdicts = []
    for layer in waywarden.layers(path)["name"]:
        try:
            verdicts.append(read(path, {**options, "layer": layer}, None))
        except waywarden.Error as error:
            verdicts.append(told(error))
    return verdicts


def verdict(job: dict[str, Any]) -> Any:
    try:
        if job.get("every_layer"):
            return read_layers(job["path"], job.get("options", {}))
        return read(job["path"], job.get("options", {}), job.get("links"))
    except waywarden.Error as error:
        return told(error)
    except Exception as error:
        return {"bug": repr(error)[:300]}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps({"path": job["path"], "verdict": verdict(job)}), flush=True)


if __name__ == "__main__":
    main()
