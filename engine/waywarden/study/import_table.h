#pragma once

/// The account of the import as a table without geometry: per layer and reason how many features were
/// repaired, skipped or are doubtful, and up to some ids of them. Ids of incidents are not among them: a case
/// number is a personal detail.

#include "waywarden/features/feature_table.h"
#include "waywarden/study/analysis.h"

namespace waywarden {

FeatureTable import_table(const Study& study, const StudyLayers& layers, const Analysis& analysis);

/// What was read from each layer, for reports: layer, file, features, repaired, skipped, doubtful.
Json import_summary(const StudyLayers& layers, const Analysis& analysis);

}  // namespace waywarden
