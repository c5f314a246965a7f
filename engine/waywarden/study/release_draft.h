#pragma once

/// Everything a study may let out, as one draft: all tables are judged together, because they are read
/// together.

#include <vector>

#include "waywarden/io/qgis_style.h"
#include "waywarden/privacy/draft.h"
#include "waywarden/study/analysis.h"

namespace waywarden {

/// `layers` for the background and the account of the import.
Draft release_draft(const Study& study, const StudyLayers& layers, const Analysis& analysis);

/// How QGIS draws the tables of such a draft; only those that a release has.
std::vector<LayerStyle> result_styles(const Draft& draft);

}  // namespace waywarden
