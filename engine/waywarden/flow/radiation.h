#pragma once

/// Demand estimated by the radiation model (Simini, Gonzalez, Maritan and Barabasi, "A universal model for
/// mobility and migration patterns", 2012): who leaves takes the nearest opportunity that is better than all
/// at home. It has no parameter to fit.
///
///     journeys_ij = S_i * c_i * m_i * D_j / ((m_i + s_ij) * (m_i + s_ij + D_j))   for i != j joined by a
///     route
///
/// with S and D the places' source and destination weights; m_i, the opportunities at home, S_i scaled so
/// that all sources together have as many as all destinations; s_ij the opportunities at places that cost
/// less to reach from i than j does, i itself left out. Places at one cost get together what one place with
/// their sum would, and share it in proportion (opportunities.h). c_i = (m_i + R_i) / R_i, R_i being all
/// opportunities within reach of i, makes up for those beyond it (Masucci, Serras, Johansson and Batty 2013):
/// without constraint what leaves i is S_i, where anything is in reach.

#include "waywarden/flow/estimated_demand.h"

namespace waywarden {

struct RadiationOptions {
  DemandConstraint constraint = DemandConstraint::none;
  /// Journeys in all.
  std::optional<double> total = std::nullopt;
};

/// Before it is fitted. O(pairs * log pairs). Throws as `place_pairs` does.
DemandPattern radiation_pattern(const Places& places, const Skim& skim, const Execution& execution);

/// Throws as `radiation_pattern` and `estimated_demand` do.
EstimatedDemand radiation_demand(const Places& places, const Skim& skim, const RadiationOptions& options,
                                 const Execution& execution);

}  // namespace waywarden
