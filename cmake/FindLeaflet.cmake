# Leaflet's script and style, which the offline map carries inside its page: Debian's libjs-leaflet, or an unpacked npm
# package of Leaflet 1.x given as WAYWARDEN_LEAFLET_DIR.
#
# Sets Leaflet_FOUND, Leaflet_SCRIPT (the minified one where there are both), Leaflet_STYLE and Leaflet_LICENSE.

set(WAYWARDEN_LEAFLET_DIR "" CACHE PATH "Folder of an unpacked npm package of Leaflet 1.x")
mark_as_advanced(WAYWARDEN_LEAFLET_DIR)
set(folders "${WAYWARDEN_LEAFLET_DIR}/dist" "${WAYWARDEN_LEAFLET_DIR}")
if(NOT WAYWARDEN_LEAFLET_DIR)
  set(folders /usr/share/javascript/leaflet)
endif()

find_file(Leaflet_SCRIPT NAMES leaflet.min.js leaflet.js PATHS ${folders} NO_DEFAULT_PATH)
find_file(Leaflet_STYLE leaflet.css PATHS ${folders} NO_DEFAULT_PATH)
find_file(Leaflet_LICENSE NAMES LICENSE copyright
  PATHS "${WAYWARDEN_LEAFLET_DIR}" /usr/share/doc/libjs-leaflet NO_DEFAULT_PATH)
mark_as_advanced(Leaflet_SCRIPT Leaflet_STYLE Leaflet_LICENSE)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Leaflet REQUIRED_VARS Leaflet_SCRIPT Leaflet_STYLE Leaflet_LICENSE)
