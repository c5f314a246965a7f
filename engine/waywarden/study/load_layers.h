#pragma once

/// Reads every layer that a study names, with what happened on the way and the digest of each file.

#include <optional>
#include <vector>

#include "waywarden/features/import_report.h"
#include "waywarden/flow/demand.h"
#include "waywarden/provenance/provenance.h"
#include "waywarden/study/study.h"

namespace waywarden {

/// Points of incidents, in canonical order of their ids.
struct Incidents {
  std::vector<std::string> id;
  std::vector<Point> point;
};

/// A row of a table of given flows, by the ids of places.
struct GivenFlow {
  std::string origin;
  std::string destination;
  double journeys = 0.0;
};

struct StudyLayers {
  NetworkLayers network;
  std::optional<Incidents> incidents;
  std::vector<GivenFlow> flows;
  ImportReport report;
  std::vector<InputRecord> inputs;
};

/// Throws what `read_layer` throws, and `InputError` for incidents without a point or flows without a number
/// of journeys.
StudyLayers load_layers(const Study& study, const Execution& execution);

/// The file of a layer as the study's folder has it.
std::string path_of(const Study& study, const LayerSource& source);

/// Whether any layer of the study, or columns named with one, are invented.
bool uses_synthetic(const Study& study);

}  // namespace waywarden
