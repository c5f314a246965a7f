"""The house rules that a compiler does not keep: what may include what, and what may stand where.

The layers are written once, in engine/waywarden/CMakeLists.txt; this test reads them there.
"""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "engine" / "waywarden"

# The library that a folder must link (privately) before it may include these headers.
LIBRARY_HEADERS = {
    "GDAL::GDAL": re.compile(r"^(gdal|ogr|cpl|vrt)\w*\.h$"),
    "PROJ::proj": re.compile(r"^(proj|geodesic)\.h$|^proj/"),
    "TBB::tbb": re.compile(r"^(oneapi/)?tbb"),
    "Boost::headers": re.compile(r"^boost/"),
    "tomlplusplus::tomlplusplus": re.compile(r"^toml\+\+/"),
    "Clp::Clp": re.compile(r"^coin/"),
    "Osmium::osmium": re.compile(r"^(osmium|protozero)/"),
}
ONLY_FOLDER = {
    "GDAL::GDAL": "io",
    "PROJ::proj": "geodesy",
    "TBB::tbb": "base",
    "tomlplusplus::tomlplusplus": "study",
    "Clp::Clp": "network_interdiction",
    "Osmium::osmium": "osm",
}
# Its purpose is to be a Boost.Graph graph.
HEADERS_THAT_MAY_NAME_LIBRARIES = {"network/boost_graph.h"}

LONGEST_FILE = 400


@cache
def layers():
    """Folder -> (folders it names, libraries it links privately), in the order of the file."""
    found = {}
    for folder, arguments in re.findall(
        r"^waywarden_library\((\w+)([^)]*)\)", read(ENGINE / "CMakeLists.txt"), re.M
    ):
        words = {"DEPENDS": [], "PRIVATE": []}
        kind = None
        for word in arguments.split():
            if word in words:
                kind = word
            else:
                words[kind].append(word)
        found[folder] = (words["DEPENDS"], words["PRIVATE"])
    return found


@cache
def may_use(folder):
    """Name the folder itself and all that it depends on, directly or through others."""
    return {folder}.union(*(may_use(below) for below in layers()[folder][0]))


@cache
def read(path):
    return path.read_text(encoding="utf-8")


def includes(path):
    return re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', read(path), re.M)


def engine_files():
    return sorted(path for path in ENGINE.rglob("*") if path.suffix in (".h", ".cpp"))


def public_headers():
    return sorted(ENGINE.glob("*/*.h"))


def product_files():
    folders = [ROOT / name for name in ("engine", "bindings", "python", "scripts")]
    kinds = (".h", ".cpp", ".py", ".js", ".css")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in kinds)


def source_files_of_tests():
    kinds = (".h", ".cpp", ".py", ".js")
    return sorted(path for path in (ROOT / "tests").rglob("*") if path.suffix in kinds)


def folder_of(path):
    return path.relative_to(ENGINE).parts[0]


def offences(files, find):
    """`path: what` for everything that `find` yields for a file, so that one run shows them all."""
    return [f"{path.relative_to(ROOT)}: {what}" for path in files for what in find(path)]


def matches(pattern):
    return lambda path: re.findall(pattern, read(path))


def test_every_folder_is_a_layer():
    assert engine_files()
    assert {folder_of(path) for path in engine_files()} <= set(layers())


def test_a_layer_names_only_those_above_it():
    seen = set()
    for folder, (depends, _) in layers().items():
        assert set(depends) <= seen, (
            f"{folder} depends on {set(depends) - seen}, which stands below it or nowhere"
        )
        seen.add(folder)


def test_includes_follow_the_layers():
    def forbidden(path):
        for include in includes(path):
            parts = include.split("/")
            if parts[0] != "waywarden":
                continue
            if parts[1] not in may_use(folder_of(path)):
                yield f"{include} is below it or beside it"
            if "detail" in parts and parts[1] != folder_of(path):
                yield f"{include} is private to {parts[1]}"

    assert offences(engine_files(), forbidden) == []


def test_a_library_is_included_only_where_it_is_linked():
    def forbidden(path):
        folder = folder_of(path)
        for include in includes(path):
            for library, pattern in LIBRARY_HEADERS.items():
                if pattern.search(include):
                    if library not in layers()[folder][1]:
                        yield f"{include} without PRIVATE {library}"
                    if ONLY_FOLDER.get(library, folder) != folder:
                        yield f"{include}: only {ONLY_FOLDER[library]} knows {library}"

    assert offences(engine_files(), forbidden) == []


def test_public_headers_name_no_library_and_nothing_private():
    def forbidden(path):
        if str(path.relative_to(ENGINE)) in HEADERS_THAT_MAY_NAME_LIBRARIES:
            return []
        patterns = ["/detail/", *LIBRARY_HEADERS.values()]
        return [i for i in includes(path) if any(re.search(pattern, i) for pattern in patterns)]

    assert offences(public_headers(), forbidden) == []


def test_every_public_header_has_its_test():
    def untested(path):
        test = ROOT / "tests" / folder_of(path) / f"{path.stem}_test.cpp"
        if not test.exists():
            yield f"no {test.relative_to(ROOT)}"

    assert offences(public_headers(), untested) == []


def test_no_type_is_defined_twice():
    """Two types of one name in one namespace are one type to the linker, whatever they hold."""
    defined = {}
    for path in engine_files():
        if path.suffix == ".h":
            inside = re.search(r"^namespace (\S+) \{", read(path), re.M)
            types = re.findall(
                r"^(?:struct|class|enum class) (?:alignas\(\S+\) )?(\w+)(?: :[^;]*?)? \{",
                read(path),
                re.M,
            )
            for name in types:
                defined.setdefault((inside and inside[1], name), set()).add(path.name)
    assert {name: files for name, files in defined.items() if len(files) > 1} == {}


def test_headers_begin_by_saying_what_they_are():
    def undocumented(path):
        # The C face has a guard and comments that C knows.
        if not re.match(r"#pragma once\n\n///|#ifndef \w+\n#define \w+\n\n/\*", read(path)):
            yield "does not begin with a doc block"

    assert offences(public_headers(), undocumented) == []


def test_files_stay_short():
    def too_long(path):
        lines = read(path).count("\n")
        if lines > LONGEST_FILE:
            yield f"{lines} lines"

    assert offences(product_files() + source_files_of_tests(), too_long) == []


def test_nothing_is_left_over():
    assert offences(product_files(), matches(r"\b(?:TODO|FIXME|XXX|HACK)\b")) == []


def test_other_copies_of_gdal_and_proj_are_left_alone():
    """Two copies in one process are normal: wheels bundle their own."""
    forbidden = (
        r"RTLD_GLOBAL|\b(?:PROJ_DATA|PROJ_LIB|GDAL_DATA)\b|\b(?:setenv|putenv|unsetenv)\s*\("
        r"|os\.environ\[[^]]*\]\s*=[^=]"
    )
    assert offences(product_files(), matches(forbidden)) == []


def test_the_engine_writes_nothing_to_the_terminal():
    forbidden = r"std::(?:cout|cerr|clog)\b|\b(?:std::)?(?:printf|puts|putchar)\s*\("
    assert offences(engine_files(), matches(forbidden)) == []


def test_no_flag_lets_results_depend_on_the_machine():
    builds = [
        ROOT / "CMakeLists.txt",
        ROOT / "CMakePresets.json",
        ENGINE / "CMakeLists.txt",
        *ROOT.glob("cmake/*"),
    ]
    assert offences(builds, matches(r"-ffast-math|-Ofast|-march=native|-ffp-contract=fast")) == []
    assert "-ffp-contract=off" in read(ROOT / "cmake" / "WaywardenTargets.cmake")
