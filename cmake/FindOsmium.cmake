# libosmium and protozero: headers alone, needed to build and not to link. Compressed blocks of a PBF file take zlib, XML
# takes Expat, both are linked by who uses them.
#
# Targets:
#   Osmium::osmium
# Result:
#   Osmium_FOUND

find_path(OSMIUM_INCLUDE_DIR osmium/io/pbf_input.hpp)
find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_reader.hpp)
mark_as_advanced(OSMIUM_INCLUDE_DIR PROTOZERO_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Osmium REQUIRED_VARS OSMIUM_INCLUDE_DIR PROTOZERO_INCLUDE_DIR)

if(Osmium_FOUND AND NOT TARGET Osmium::osmium)
  add_library(Osmium::osmium INTERFACE IMPORTED)
  set_target_properties(Osmium::osmium PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${OSMIUM_INCLUDE_DIR};${PROTOZERO_INCLUDE_DIR}")
endif()
