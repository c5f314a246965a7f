#pragma once

/// The main job, end to end: reads a study's layers, analyses them, judges what may leave, and writes one
/// results folder. HTML map and report in plain words are made from the same release by the Python package.

#include <string>
#include <vector>

#include "waywarden/io/qgis_style.h"
#include "waywarden/privacy/release.h"
#include "waywarden/provenance/json.h"
#include "waywarden/study/analysis.h"

namespace waywarden {

struct StudyResults {
  Release release;
  std::vector<LayerStyle> styles;
  /// How the results came about.
  Json provenance;
  /// What a report says beside the tables: title, notices, questions, inputs, evaders, assumptions, how sure.
  Json facts;
};

StudyResults run_study(const Study& study, const Execution& execution = {});

/// results.gpkg (with QGIS styles), geojson/, csv/ and provenance.json in `folder`, which is made where
/// needed. Each file is complete or not there. Throws `FileError`.
void write_results(const StudyResults& results, const std::string& folder, const Execution& execution = {});

/// The study's results folder: as it says, beside the study.
std::string results_folder(const Study& study);

}  // namespace waywarden
