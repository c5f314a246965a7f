"""Makes odd and hostile files beyond the shared ones."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import geopandas
from shapely.geometry import LineString

ADDRESS = "http://127.0.0.1:18999"


def line(*points):
    return {"type": "LineString", "coordinates": [list(p) for p in points]}


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def polygon(*rings):
    return {"type": "Polygon", "coordinates": [[list(p) for p in ring] for ring in rings]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties or {"id": 1}, "geometry": geometry}


def collection(*geometries, **members):
    features = [feature(geometry) for geometry in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


SOUND = line((0, 0), (1, 1))
SQUARE = ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))


def crs(name):
    return {"crs": {"type": "name", "properties": {"name": name}}}


def geojson_files():
    return {
        "one_point_line.geojson": collection(SOUND, line((5, 5))),
        "open_ring.geojson": collection(SOUND, polygon(SQUARE[:-1])),
        "short_ring.geojson": collection(SOUND, polygon(SQUARE[:2])),
        "short_hole.geojson": collection(SOUND, polygon(SQUARE, ((1, 1), (2, 2)))),
        "hole_of_nothing.geojson": collection(SOUND, polygon((), SQUARE)),
        "empty_polygon.geojson": collection(SOUND, polygon()),
        "multi_with_stumps.geojson": collection(
            {"type": "MultiLineString", "coordinates": [[], [[0, 0], [1, 1]], [[3, 3]]]}
        ),
        "metres.geojson": collection(line((500000, 4649776), (500100, 4649800))),
        "swapped.geojson": collection(line((27.7, 91.3), (27.8, 92.0))),
        "swapped_metres.geojson": collection(
            line((3065000, 300000), (3066000, 301000)), **crs("urn:ogc:def:crs:EPSG::32645")
        ),
        "null_island.geojson": collection(point(85, 27), point(84, 28), point(0, 0)),
        "not_a_number.geojson": collection(point(2, 1)).replace("2", "NaN"),
        "beyond_double.geojson": collection(SOUND, line((2, 1), (3, 1))).replace("2", "1e400"),
        "numbers_as_text.geojson": collection(SOUND, point("1", "2")),
        "members_that_are_none.geojson": collection(SOUND).replace("[{", '[null, 3, "x", {', 1),
        "nul_in_text.geojson": collection(point(1, 2)).replace('"id": 1', '"id": "a\\u0000b"'),
        "lone_surrogate.geojson": collection(point(1, 2)).replace('"id": 1', '"id": "\\ud800"'),
        "no_geometry_member.geojson": '{"type": "Feature", "properties": {"a": 1}}',
        "deep_properties.geojson": collection(point(1, 2)).replace(
            '"id": 1', '"id": ' + "[" * 5000 + "]" * 5000
        ),
        "deep_collection.geojson": '{"type":"GeometryCollection","geometries":[' * 200
        + json.dumps(SOUND)
        + "]}" * 200,
        "measured.geojson": collection(line((0, 0, 5, 6), (1, 1, 7, 8))),
        "unknown_crs.geojson": collection(SOUND, **crs("EPSG:99999999")),
        "crs_that_is_a_path.geojson": collection(SOUND, **crs("/etc/passwd")),
        "crs_that_is_an_address.geojson": collection(SOUND, **crs(f"{ADDRESS}/crs")),
        "partly_past_the_pole.geojson": collection(SOUND, line((0, 91), (10, 91))),
        "utf16.geojson": collection(SOUND).encode("utf-16"),
        "byte_order_mark.geojson": b"\xef\xbb\xbf" + collection(SOUND).encode(),
        "gzipped.geojson": gzip.compress(collection(SOUND).encode()),
        "only_null.geojson": "null",
        "topology.json": '{"type":"Topology","objects":{},"arcs":[]}',
    }


def csv_files():
    return {
        "ragged.csv": "id,x,y\n1,2,3\n2,3\n3,4,5,6,7\n",
        "open_quote.csv": 'id,x,y,n\n1,2,3,"abc\n2,3,4,d\n3,4,5,e\n',
        "stray_quote.csv": 'id,x,y,n\n1,2,3,a"b\n2,3,4,"a""b"\n',
        "quoted_lines.csv": 'id,x,y,n\n1,2,3,"a\nb, c"\n\n2,3,4,"say ""hi"""\n',
        "byte_order_mark.csv": b"\xef\xbb\xbfid,x,y\n1,2,3\n",
        "semicolons.csv": "id;x;y\n1;2;3\n",
        "tabs.csv": "id\tx\ty\n1\t2\t3\n",
        "nul.csv": b"id,x,y,n\n1,2,3,a\x00b\n2,3,4,c\n",
        "same_names.csv": "a,a,A,,\n1,2,3,4,5\n",
        "carriage_returns.csv": "id,x,y\r1,2,3\r2,3,4\r",
        "only_header.csv": "id,x,y\n",
        "latin1.csv": "id,x,y,n\n1,2,3,Jos\xe9\n".encode("latin-1"),
        "swapped.csv": "id,x,y\n1,27.7,91.3\n2,27.6,95.1\n",
        "not_numbers.csv": "id,x,y\n1,nan,2\n2,inf,3\n3,1e999,3\n4,1,2\n",
        "shapes.csv": 'id,WKT\n1,"LINESTRING (0 0,1 1)"\n2,"LINESTRING (0 0"\n3,junk\n4,\n',
        "line_without_end.csv": "id,x,y,n\n1,2,3," + "a" * 12_000_000,
        "virtual.csv": virtual("/etc/passwd"),
    }


def virtual(source):
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{source}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )


def kml(body):
    space = "http://www.opengis.net/kml/2.2"
    return f'<?xml version="1.0"?><kml xmlns="{space}"><Document>{body}</Document></kml>'


def placemark(coordinates):
    return f"<Placemark><Point><coordinates>{coordinates}</coordinates></Point></Placemark>"


def laughs():
    names = "abcdefghi"
    entities = "".join(
        f'<!ENTITY {name} "{f"&{names[i]};" * 20}">' for i, name in enumerate(names[1:])
    )
    return f'<!DOCTYPE k [<!ENTITY a "{"a" * 20}">{entities}]>'


def xml_files():
    gml = "http://www.opengis.net/gml"
    member = (
        f'<f:FeatureCollection xmlns:f="{gml}" xmlns:gml="{gml}"><gml:featureMember><x><p>%s</p>'
        "</x></gml:featureMember></f:FeatureCollection>"
    )
    ring = "<gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>1,2 3,4</gml:coordinates>"
    ring += "</gml:LinearRing></gml:outerBoundaryIs>"
    return {
        "network_link.kml": kml(
            f"<NetworkLink><Link><href>{ADDRESS}/a.kml</href></Link></NetworkLink>"
            + placemark("1,2")
        ),
        "bad_coordinates.kml": kml(placemark("1,abc") + placemark("") + placemark("1,2")),
        "laughs.kml": kml(placemark("1,2")).replace("<kml", laughs() + "<kml", 1),
        "no_crs.gml": member % "<gml:Point><gml:coordinates>1,2</gml:coordinates></gml:Point>",
        "bad_ring.gml": member % f'<gml:Polygon srsName="EPSG:4326">{ring}</gml:Polygon>',
        "remote.vrt": virtual(f"{ADDRESS}/a.geojson"),
        "remote_vrt.geojson": virtual(f"{ADDRESS}/a.geojson"),
        "remote_vrt.gpkg": virtual(f"{ADDRESS}/a.geojson"),
        "program.shp": b"\x7fELF" + bytes(200),
    }


def put_archives(folder: Path):
    with zipfile.ZipFile(folder / "slip.zip", "w") as archive:
        for name in ("../../outside.geojson", "/tmp/absolute.geojson", "inside.geojson"):
            archive.writestr(name, collection(SOUND))
    with zipfile.ZipFile(folder / "bomb.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", kml(" " * 300_000_000 + placemark("1,2")))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"id,x\n" + b"1\n" * 150_000_000)


def _roads():
    lines = [LineString([(85 + i / 10, 27), (85 + i / 10, 27.1)]) for i in range(3)]
    return geopandas.GeoDataFrame(
        {"name": ["Ram", "Zoë", "C"], "lanes": [1, 2, 3]}, geometry=lines, crs="EPSG:4326"
    )


def put_geopackages(folder: Path):
    edits = {
        "unknown_srs": "UPDATE gpkg_geometry_columns SET srs_id = 4711",
        "undefined_srs": "UPDATE gpkg_geometry_columns SET srs_id = -1",
        "trigger": "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END",
        "count_lies": "UPDATE gpkg_ogr_contents SET feature_count = 4000000000",
        "extent_lies": "UPDATE gpkg_contents SET min_x = 1, max_x = 2, min_y = 1, max_y = 2",
        "blob_junk": "UPDATE a SET geom = x'00010203' WHERE fid = 2",
        "blob_cut": "UPDATE a SET geom = substr(geom, 1, 50) WHERE fid = 2",
        "text_in_number": "UPDATE a SET lanes = 'many' WHERE fid = 2",
        "invalid_text": "UPDATE a SET name = CAST(x'4AF673E9' AS TEXT) WHERE fid = 2",
        "table_missing": "DROP TABLE a",
        "endless_view": "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 "
        "FROM c) SELECT x AS fid FROM c; INSERT INTO gpkg_contents (table_name, data_type, "
        "identifier) VALUES ('v', 'attributes', 'v')",
    }
    for name, statement in edits.items():
        path = folder / f"{name}.gpkg"
        _roads().to_file(path, layer="a", driver="GPKG")
        with sqlite3.connect(path) as database:
            database.executescript(_without_triggers(database) + statement)
        database.close()
    sound = (folder / "trigger.gpkg").read_bytes()
    middle = len(sound) // 2
    row = sound.index(b"Ram") // 4096 * 4096
    (folder / "corrupt_page.gpkg").write_bytes(sound[:row] + b"\xff" * 4096 + sound[row + 4096 :])
    (folder / "half.gpkg").write_bytes(sound[:middle])
    (folder / "only_header.gpkg").write_bytes(sound[:100])


def _without_triggers(database):
    """Those that GDAL makes call functions that only GDAL has."""
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return "".join(f'DROP TRIGGER "{name}";' for (name,) in rows)


def put_shapefiles(folder: Path):
    edits = {
        "dbf_row_missing": ("dbf", lambda b: b[: b[8] + 256 * b[9] + 2 * (b[10] + 256 * b[11])]),
        "dbf_no_rows": ("dbf", lambda b: b[: b[8] + 256 * b[9]]),
        "dbf_cut_header": ("dbf", lambda b: b[:40]),
        "dbf_record_length_0": ("dbf", lambda b: b[:10] + b"\0\0" + b[12:]),
        "dbf_header_length_huge": ("dbf", lambda b: b[:8] + b"\xff\xff" + b[10:]),
        "shp_count_huge": ("shp", lambda b: b[:148] + struct.pack("<i", 2**30) + b[152:]),
        "shp_nan": ("shp", lambda b: b[:156] + struct.pack("<d", float("nan")) + b[164:]),
        "shp_type_changes": ("shp", lambda b: b[:108] + struct.pack("<i", 5) + b[112:]),
        "shp_unknown_type": ("shp", lambda b: b[:108] + struct.pack("<i", 77) + b[112:]),
        "shx_missing": ("shx", None),
        "shx_cut": ("shx", lambda b: b[:108]),
        "shx_empty": ("shx", lambda b: b""),
        "shx_beyond": ("shx", lambda b: b[:108] + struct.pack(">i", 10**6) + b[112:]),
        "shx_into_header": ("shx", lambda b: b[:108] + struct.pack(">i", 0) + b[112:]),
        "prj_missing": ("prj", None),
        "prj_junk": ("prj", lambda b: b"PROJCS[junk"),
        "prj_binary": ("prj", lambda b: bytes(range(256))),
    }
    for name, (ending, edit) in edits.items():
        _roads().to_file(folder / f"{name}.shp", encoding="utf-8")
        part = folder / f"{name}.{ending}"
        part.unlink() if edit is None else part.write_bytes(edit(part.read_bytes()))


def put(folder: Path, files):
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name).write_bytes(data)


def put_all(folder: Path):
    put(folder, {**geojson_files(), **csv_files(), **xml_files()})
    put_archives(folder)
    put_geopackages(folder)
    put_shapefiles(folder)
