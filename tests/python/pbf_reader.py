"""OpenStreetMap's binary format in plain Python, as its specification has it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Extract:
    """Places of nodes, and the nodes and tags of ways, by id; tags of the nodes that have some."""

    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], dict[str, str]]] = field(default_factory=dict)


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
            yield key >> 3, value
        elif key & 7 == 2:
            size, at = varint(data, at)
            yield key >> 3, data[at : at + size]
            at += size
        else:
            raise ValueError(f"wire type {key & 7}")


def numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


def differences(data: bytes) -> list[int]:
    """Zigzag numbers, each added to those before it."""
    found, sum_ = [], 0
    for value in numbers(data):
        sum_ += (value >> 1) ^ -(value & 1)
        found.append(sum_)
    return found


def blocks(path: Path) -> Iterator[bytes]:
    data, at = path.read_bytes(), 0
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        header = dict(fields(data[at + 4 : at + 4 + size]))
        at += 4 + size
        blob = dict(fields(data[at : at + header[3]]))
        at += header[3]
        if header[1] == b"OSMData":
            yield zlib.decompress(blob[3]) if 3 in blob else blob[1]


def read(path: Path) -> Extract:
    extract = Extract()
    for block in blocks(path):
        parts = list(fields(block))
        texts = [
            text.decode() for number, table in parts if number == 1 for _, text in fields(table)
        ]
        units = {17: 100, 19: 0, 20: 0} | {n: v for n, v in parts if n in (17, 19, 20)}
        for number, group in parts:
            if number == 2:
                read_group(group, texts, units, extract)
    return extract


def read_group(group: bytes, texts: list[str], units: dict[int, int], extract: Extract) -> None:
    for number, value in fields(group):
        if number == 2:
            read_nodes(dict(fields(value)), texts, units, extract)
        elif number == 3:
            way = dict(fields(value))
            keys, values = numbers(way.get(2, b"")), numbers(way.get(3, b""))
            tags = {texts[k]: texts[v] for k, v in zip(keys, values, strict=True)}
            extract.ways[way[1]] = (differences(way.get(8, b"")), tags)


def read_nodes(dense: dict, texts: list[str], units: dict[int, int], extract: Extract) -> None:
    tags = iter(numbers(dense.get(10, b"")))
    columns = [differences(dense[number]) for number in (1, 9, 8)]
    for node, x, y in zip(*columns, strict=True):
        place = (units[20] + units[17] * x) / 1e9, (units[19] + units[17] * y) / 1e9
        extract.places[node] = tuple(round(degrees, 7) for degrees in place)
        mine = {}
        while key := next(tags, 0):
            mine[texts[key]] = texts[next(tags)]
        if mine:
            extract.node_tags[node] = mine
