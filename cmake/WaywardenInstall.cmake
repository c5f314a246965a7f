# What `cmake --install` puts down for other projects: the static libraries, their public headers and a CMake package.
#
#   find_package(waywarden 0.1 REQUIRED)
#   target_link_libraries(my_program PRIVATE waywarden::engine)
#
# Not when Waywarden is a part of another project, nor inside a wheel, which carries its module alone.

if(NOT PROJECT_IS_TOP_LEVEL OR DEFINED SKBUILD)
  return()
endif()

include(CMakePackageConfigHelpers)

set(WAYWARDEN_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/waywarden")

get_property(libraries GLOBAL PROPERTY WAYWARDEN_LIBRARIES)
install(TARGETS ${libraries} EXPORT waywarden
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT waywarden NAMESPACE waywarden:: FILE waywardenTargets.cmake DESTINATION "${WAYWARDEN_PACKAGE_DIR}")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/waywardenConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/waywardenConfig.cmake" INSTALL_DESTINATION "${WAYWARDEN_PACKAGE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/waywardenConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/waywardenConfig.cmake"
  "${PROJECT_BINARY_DIR}/waywardenConfigVersion.cmake"
  "${CMAKE_CURRENT_LIST_DIR}/FindClp.cmake"
  DESTINATION "${WAYWARDEN_PACKAGE_DIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/waywarden")
