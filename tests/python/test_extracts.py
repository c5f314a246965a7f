"""Real extracts, read once more by other code and counted by the definitions."""

import functools
import itertools
from collections import Counter

import pbf_reader
import pytest

from waywarden import network, osm

NAMES = ["liechtenstein", "andorra", "hamburg-hafen-ferry", "heidelberg.test"]


@pytest.fixture(scope="module", params=NAMES)
def both(request, shared):
    path = shared / "graphs" / "osm" / f"{request.param}.osm.pbf"
    if not path.exists():
        pytest.skip(f"no {path}")
    return osm.read(path), pbf_reader.read(path)


@functools.cache
def rules(kind):
    lines = (line.split("#")[0].split() for line in osm.default_profile().splitlines())
    return [words[1:] for words in lines if words and words[0] == kind]


def mode_of(tags):
    """Return the mode of the first rule that fits a way that no rule closes, if there is one."""
    modes = (mode for key, value, mode, *_ in rules("link") if tags.get(key) == value)
    mode = next(modes, None)
    closed = any(
        tags.get(key) == value and rest in ([], [mode]) for key, value, *rest in rules("closed")
    )
    return None if closed else mode


def lines_of(plain):
    """Return the lines of each mode by id of their way, as far as their nodes are known."""
    lines = {}
    for way, (refs, tags) in plain.ways.items():
        mode = mode_of(tags)
        places = [plain.places.get(node) for node in refs]
        if mode is not None and None not in places and len(places) > 1:
            lines.setdefault(mode, {})[f"w{way}"] = places
    return lines


def test_every_way_that_a_rule_fits_is_a_line_of_its_mode(both):
    extract, plain = both
    assert extract.counts["ways"] == len(plain.ways)
    lines = lines_of(plain)
    assert set(extract.links) == set(lines)
    for mode, frame in extract.links.items():
        whole = frame[~frame.index.isin(extract.report["feature"])]
        assert {id_: list(line.coords) for id_, line in whole.geometry.items()} == lines[mode]


def test_hubs_and_posts_are_the_nodes_with_their_tags(both):
    extract, plain = both
    for kind, frame in (("hub", extract.hubs), ("post", extract.posts)):
        expected = {
            f"n{node}"
            for node, tags in plain.node_tags.items()
            if any(tags.get(key) == value for key, value in rules(kind))
        }
        assert set(frame.index) == expected


def drawn(points, oneway):
    """Two-way lines from their smaller end, others along their way."""
    turned = oneway == "reverse" or (oneway == "no" and points[::-1] < points)
    return tuple(points[::-1] if turned else points)


def pieces_of(frame):
    """Cut lines by the definition of nodes, each piece once.

    Nodes are ends, vertices shared on a level, and those where an end is alone on its level.
    """
    kept = set()
    for line, oneway, speed, level in zip(
        frame.geometry, frame["oneway"], frame["speed_kmh"], frame["level"], strict=True
    ):
        points = [p for i, p in enumerate(line.coords) if i == 0 or p != line.coords[i - 1]]
        if len(points) > 1:
            kept.add((drawn(points, oneway), oneway == "no", speed, level))
    uses = Counter((p, level) for points, *_, level in kept for p in points)
    ends = {(points[i], level) for points, *_, level in kept for i in (0, -1)}
    alone = {p for p, level in ends if uses[p, level] == 1}
    pieces = set()
    for points, both_ways, speed, level in kept:
        inner = range(1, len(points) - 1)
        cuts = [i for i in inner if uses[points[i], level] > 1 or points[i] in alone]
        for first, last in itertools.pairwise([0, *cuts, len(points) - 1]):
            piece = list(points[first : last + 1])
            pieces.add((drawn(piece, "no" if both_ways else "yes"), both_ways, speed, level))
    return pieces


def component_count(ends):
    leader = {}

    def find(p):
        while leader.setdefault(p, p) != p:
            leader[p] = p = leader[leader[p]]
        return p

    for a, b in ends:
        leader[find(a)] = find(b)
    return sum(find(p) == p for p in list(leader))


def test_nodes_edges_and_components_are_those_of_the_definition(both):
    extract, _ = both
    built = network.build(*extract.layers, snap_m=0)
    for mode, frame in extract.links.items():
        pieces = pieces_of(frame.explode(index_parts=False))
        ends = [(points[0], points[-1]) for points, *_ in pieces]
        nodes = built.nodes[built.nodes["mode"] == mode]
        assert {(p.x, p.y) for p in nodes.geometry} == {p for pair in ends for p in pair}
        edges = built.edges[built.edges["mode"] == mode]
        assert len(edges) == sum(1 + both_ways for _, both_ways, *_ in pieces)
        found = component_count(zip(edges["tail"], edges["head"], strict=True))
        assert found == component_count(ends)
