"""The measured part of README.md, rewritten by every build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from checks import WITHIN_KM, places_of
from sources import PACKAGES

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def replace_measured(readme: Path, text: str) -> None:
    """Put `text` between the two markers of a README."""
    old = readme.read_text(encoding="utf-8")
    head, rest = old.split(BEGIN)
    tail = rest.split(END)[1]
    readme.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def packages_table() -> str:
    """Return the table of source packages."""
    rows = [(p.name, p.version, p.registry, p.filename, f"`{p.sha256}`") for p in PACKAGES]
    return table(("package", "version", "registry", "file", "sha256 of the file"), rows)


def files_table(digests: dict[str, tuple[int, str]]) -> str:
    """Return the table of shipped files: size and digest by name."""
    rows = [(name, f"{size:,}", f"`{digest}`") for name, (size, digest) in digests.items()]
    return table(("file", "bytes", "sha256"), rows)


def layers_table(rows: Iterable[Sequence[object]]) -> str:
    """Return the table of layers: name, geometry, features, columns, digest of content."""
    return table(("layer", "geometry", "features", "columns", "sha256 of content"), rows)


def connectivity_text(title: str, found: dict[str, Any], left_out: dict[str, int]) -> str:
    """Return one paragraph on how well a network hangs together."""
    shares = ", ".join(
        f"{code} {part} of {total}" for code, (part, total) in found["by_country"].items()
    )
    return (
        f"**{title}**: {found['nodes']:,} nodes, {found['edges']:,} edges, {found['components']} "
        f"components; the largest holds {found['largest_share']:.1%} of the nodes (by country: "
        f"{shares}). Left out: {left_out['edges_leaving_box']} edges that leave the box, "
        f"{left_out['self_loops']} loops from a node to itself."
    )


def sea_text(parts: Sequence[int]) -> str:
    """Return one line on how well the sea lanes hang together."""
    return (
        f"**Sea lanes** (with the assumed approaches): {sum(parts)} vertices in {len(parts)} "
        f"connected parts of {', '.join(map(str, parts))}."
    )


def crossings_table(by_layer: dict[str, dict[tuple[str, str], list]]) -> str:
    """Return the number of places where each layer crosses each border."""
    pairs = sorted({pair for found in by_layer.values() for pair in found})
    rows = [
        ("-".join(pair), *(places_of(found.get(pair, [])) for found in by_layer.values()))
        for pair in pairs
    ]
    totals = [sum(row[column] for row in rows) for column in range(1, len(by_layer) + 1)]
    return table(("border", *by_layer), [*rows, ("all", *totals)])


def posts_text(posts: Sequence[dict[str, Any]], metres: Sequence[float | None]) -> str:
    """Return how many posts match a crossing of the data, and which do not."""
    near = {km: sum(d is not None and d <= km * 1000 for d in metres) for km in WITHIN_KM}
    counts = ", ".join(f"{count} within {km} km" for km, count in near.items())
    far = [
        f"{post['name']} ({'none' if d is None else f'{d / 1000:.0f} km'})"
        for post, d in zip(posts, metres, strict=True)
        if d is None or d > 15_000
    ]
    return (
        f"Of {len(posts)} border posts, the nearest place where a road or railway of these "
        f"layers crosses that border lies: {counts}. Beyond 15 km: {', '.join(far) or 'none'}."
    )
