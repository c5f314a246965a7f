#pragma once

/// The table `layer_styles` in which QGIS keeps the styles of a GeoPackage.

#include <map>
#include <string>
#include <vector>

#include "waywarden/features/feature_table.h"
#include "waywarden/io/qgis_style.h"

namespace waywarden::detail {

/// The columns that QGIS (src/core/providers/ogr, "layer_styles") looks for; one row per style. `layers` says
/// for each released table under which name and geometry column it stands in the file.
struct LayerPlace {
  std::string layer;
  std::string geometry_column;
};
FeatureTable style_table(const std::vector<LayerStyle>& styles,
                         const std::map<std::string, LayerPlace>& layers, const std::string& date);

}  // namespace waywarden::detail
