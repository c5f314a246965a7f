#pragma once

/// Tables of teams and candidate sites, as they are released. Journeys are means over draws; `_se` their
/// standard error.

#include "waywarden/features/feature_table.h"
#include "waywarden/study/analysis.h"

namespace waywarden {

/// One row per chosen site of a placement, in order of rank. `upper_bound`: what as many teams as the whole
/// placement has can stop at most. `rank_low`, `rank_high`: best and worst rank when detection, route noise
/// and risk aversion are halved and doubled; no worst rank where the site then gets no team in some case.
FeatureTable interception_table(const Analysis& analysis, EvaderModel model, const std::string& table_name);
/// One row per placement judged and kind of evader it faces; none where nothing was judged. `placed_for`: the
/// kind it was found for. `regret`: journeys lost to the best known, `bound`: no placement catches more;
/// `status` of the best known (optimal, gap, limit). `sites`: ids, in their order.
FeatureTable judged_table(const Analysis& analysis);
/// One row per candidate site, with the journeys through it before the teams of the answer stand and after.
FeatureTable site_table(const Analysis& analysis);
/// Where journeys go up or down once the teams of the answer stand: one row per edge whose journeys change by
/// at least a thousandth of all, both directions together. Crossings are in the table of sites.
FeatureTable displacement_table(const Analysis& analysis);

}  // namespace waywarden
