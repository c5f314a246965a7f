#include "waywarden/flow/demand_model.h"

namespace waywarden {
namespace {

struct Pattern {
  const Places& places;
  const Skim& skim;
  const Execution& execution;

  DemandPattern operator()(const GravityOptions& model) const { return gravity_pattern(places, skim, model); }
  DemandPattern operator()(const RadiationOptions&) const {
    return radiation_pattern(places, skim, execution);
  }
  DemandPattern operator()(const InterveningOptions& model) const {
    return intervening_pattern(places, skim, model, execution);
  }
};

}  // namespace

DemandPattern pattern_of(const DemandModel& model, const Places& places, const Skim& skim,
                         const Execution& execution) {
  return std::visit(Pattern{places, skim, execution}, model);
}

DemandMargins margins_of(const DemandModel& model) {
  return std::visit(
      [](const auto& options) {
        return DemandMargins{options.constraint, options.total};
      },
      model);
}

EstimatedDemand model_demand(const Places& places, const Skim& skim, const DemandModel& model,
                             const Execution& execution) {
  return estimated_demand(pattern_of(model, places, skim, execution), places, margins_of(model), execution);
}

}  // namespace waywarden
