#pragma once

/// One name for all models that estimate demand, for what works with any of them.

#include <variant>

#include "waywarden/flow/gravity.h"
#include "waywarden/flow/intervening.h"
#include "waywarden/flow/radiation.h"

namespace waywarden {

using DemandModel = std::variant<GravityOptions, RadiationOptions, InterveningOptions>;

/// Before it is fitted.
DemandPattern pattern_of(const DemandModel& model, const Places& places, const Skim& skim,
                         const Execution& execution);

EstimatedDemand model_demand(const Places& places, const Skim& skim, const DemandModel& model,
                             const Execution& execution);

DemandMargins margins_of(const DemandModel& model);

}  // namespace waywarden
