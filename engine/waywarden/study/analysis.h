#pragma once

/// A study's questions answered, step by step, before anything is released: network, costs, demand, route
/// choice, movement, teams, hot spots. Holds unsuppressed data: only drafts made from it, judged by a
/// release, may leave.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/displacement/displacement.h"
#include "waywarden/flow/calibration.h"
#include "waywarden/flow/loading.h"
#include "waywarden/judgement/evader_models.h"
#include "waywarden/judgement/judge.h"
#include "waywarden/judgement/sensitivity.h"
#include "waywarden/network/builder.h"
#include "waywarden/study/incident_hotspots.h"
#include "waywarden/study/load_layers.h"

namespace waywarden {

/// What became of the demand on its way to the network.
struct DemandAccount {
  double journeys = 0.0;
  std::size_t pairs = 0;
  std::size_t unreachable_pairs = 0;
  std::size_t unattached_places = 0;
  /// Given flows within one place, or between places that the layer does not have.
  std::size_t unused_flows = 0;
};

struct Analysis {
  BuiltNetwork built;
  EdgeCosts costs;
  Core core;
  Demand demand;
  DemandAccount demand_account;
  Calibration calibration;
  Sites sites;
  Loading loading;
  Placements placements;
  /// Which of the two is the answer: the one for partly aware evaders, unless nobody is aware.
  EvaderModel model = EvaderModel::partly_aware;
  /// How firm the ranks of both placements are.
  Sensitivity unaware_ranks;
  Sensitivity partly_aware_ranks;
  /// By the teams of the answer.
  Displacement displacement;
  std::optional<IncidentHotspots> hotspots;
  /// Both placements, and those found for other evaders, before all of them; where asked for.
  std::optional<Judgement> judgement;
};

/// Throws what the steps throw; `StudyError` is not among them: the study has been read.
Analysis analyse(const Study& study, const StudyLayers& layers, const Execution& execution);

/// The teams of the answer.
inline const Placement& answer(const Analysis& a) { return a.placements.placed_for(a.model); }

/// How firm the ranks of a placement are.
inline const Sensitivity& ranks(const Analysis& a, EvaderModel model) {
  return model == EvaderModel::unaware ? a.unaware_ranks : a.partly_aware_ranks;
}

/// The parts of an analysis as loading takes them.
Movement movement(const Analysis& analysis);

}  // namespace waywarden
