# One library per folder of engine/waywarden. The linker sees only what DEPENDS names, so an include that the layers of
# the design forbid does not link.
#
#   waywarden_library(<folder> [DEPENDS <folder>...] [PRIVATE <target>...])
#
# Options:
#   WAYWARDEN_HEADER_CHECK  adds the target all_verify_interface_header_sets, which compiles each public header alone

include(GNUInstallDirs)

option(WAYWARDEN_HEADER_CHECK "Add a target that compiles each public header alone" OFF)

# Before the first target, which takes it over.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(WAYWARDEN_CCACHE ccache)
  mark_as_advanced(WAYWARDEN_CCACHE)
  if(WAYWARDEN_CCACHE)
    # Relative paths and no working directory in its keys: another checkout or build folder finds what one has compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        # Precompiled headers are cached only so.
        CCACHE_SLOPPINESS=pch_defines,time_macros
        "${WAYWARDEN_CCACHE}")
  endif()
endif()

add_library(waywarden_options INTERFACE)
target_compile_features(waywarden_options INTERFACE cxx_std_20)
# Results must not depend on which instructions the compiler fuses: no contraction, no fast-math.
target_compile_options(waywarden_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
  # g++ 12 sees overlapping copies in std::string's operator+ where there are none (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${WAYWARDEN_WARNINGS_AS_ERRORS}>:-Werror>
  # Which branches an input takes, for the fuzzers.
  $<$<BOOL:${WAYWARDEN_FUZZERS}>:-fsanitize=fuzzer-no-link>)

# Libraries of headers only are needed to build, not to link: an installed package must not ask for them.
function(waywarden_link_private target)
  foreach(library IN LISTS ARGN)
    get_target_property(type ${library} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
      target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:${library}>)
    else()
      target_link_libraries(${target} PRIVATE ${library})
    endif()
  endforeach()
endfunction()

function(waywarden_library folder)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp"
    "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/detail/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.h")
  set(target waywarden_${folder})
  set_property(GLOBAL APPEND PROPERTY WAYWARDEN_LIBRARIES ${target})
  add_library(${target} STATIC ${sources})
  add_library(waywarden::${folder} ALIAS ${target})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${folder} VERIFY_INTERFACE_HEADER_SETS ${WAYWARDEN_HEADER_CHECK})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/engine" FILES ${headers})
  target_compile_features(${target} PUBLIC cxx_std_20)
  waywarden_link_private(${target} waywarden_options ${ARG_PRIVATE})
  if(ARG_DEPENDS)
    list(TRANSFORM ARG_DEPENDS PREPEND waywarden_)
    target_link_libraries(${target} PUBLIC ${ARG_DEPENDS})
  endif()
endfunction()
