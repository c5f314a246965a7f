# COIN-OR CLP, the solver of linear programs, with the library of utilities that it stands on.
#
# Targets:
#   Clp::Clp
# Result:
#   Clp_FOUND

find_path(CLP_INCLUDE_DIR coin/ClpSimplex.hpp)
find_library(CLP_LIBRARY Clp)
find_library(COINUTILS_LIBRARY CoinUtils)
mark_as_advanced(CLP_INCLUDE_DIR CLP_LIBRARY COINUTILS_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Clp REQUIRED_VARS CLP_LIBRARY COINUTILS_LIBRARY CLP_INCLUDE_DIR)

if(Clp_FOUND AND NOT TARGET Clp::Clp)
  add_library(Clp::CoinUtils UNKNOWN IMPORTED)
  set_target_properties(Clp::CoinUtils PROPERTIES IMPORTED_LOCATION "${COINUTILS_LIBRARY}")
  add_library(Clp::Clp UNKNOWN IMPORTED)
  set_target_properties(Clp::Clp PROPERTIES
    IMPORTED_LOCATION "${CLP_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CLP_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES Clp::CoinUtils)
endif()
