#include "waywarden/study/interdiction_tables.h"

#include <cmath>

#include "waywarden/interdiction/interception.h"
#include "waywarden/study/network_tables.h"
#include "waywarden/study/table_builder.h"

namespace waywarden {
namespace {

/// Smaller changes, as a share of all journeys, are left out.
constexpr double kLeastChange = 0.001;

std::string countries(const Sites& sites, std::size_t i) {
  return sites.country_b[i].empty() ? sites.country_a[i] : sites.country_a[i] + "-" + sites.country_b[i];
}

std::string listed(const Sites& sites, const std::vector<SiteId>& placement) {
  std::string ids;
  for (const SiteId site : placement) ids += (ids.empty() ? "" : ", ") + sites.id[site.index()];
  return ids;
}

/// The first two are the answers for those who know nothing, and for those of whom some know.
std::string placed_for(const Judgement& judged, std::size_t placement) {
  if (judged.found_for[placement]) return std::string(name(*judged.found_for[placement]));
  return std::string(name(kPerceivingModels.at(placement)));
}

}  // namespace

FeatureTable judged_table(const Analysis& a) {
  TableBuilder table("judged");
  if (!a.judgement) return table.take();
  const Judgement& judged = *a.judgement;
  for (std::size_t row = 0; row < judged.caught.size(); ++row) {
    const std::size_t placement = judged.row_placement[row];
    const BestKnown& best = judged.best[row % judged.best.size()];
    const std::string facing(name(judged.facing[row])), made_for = placed_for(judged, placement);
    table.row(std::to_string(placement + 1) + "/" + facing, Geometry{});
    table.text("placed_for", made_for)
        .text("facing", facing)
        .real("caught", judged.caught[row])
        .real("caught_se", judged.caught_error[row])
        .real("share", judged.journeys > 0.0 ? judged.caught[row] / judged.journeys : 0.0)
        .real("regret", judged.regret[row])
        .real("bound", best.bound)
        .text("status", std::string(name(best.status)))
        .text("sites", listed(a.sites, judged.placement[placement]));
  }
  return table.take();
}

FeatureTable interception_table(const Analysis& a, EvaderModel model, const std::string& table_name) {
  const Placement& p = a.placements.placed_for(model);
  const Sensitivity& firm = ranks(a, model);
  TableBuilder table(table_name);
  for (std::size_t rank = 0; rank < p.site.size(); ++rank) {
    const std::size_t i = p.site[rank].index();
    table.row(a.sites.id[i], Geometry::of_point(a.sites.point[i]));
    table.integer("rank", static_cast<std::int64_t>(rank + 1))
        .text("site", a.sites.id[i])
        .text("name", a.sites.name[i])
        .text("kind", std::string(name(a.sites.kind[i])))
        .text("mode", name(a.sites.mode[i]))
        .text("status", std::string(name(a.sites.status[i])))
        .text("countries", countries(a.sites, i))
        .real("detection", a.sites.detection[i])
        .real("gain", p.gain[rank])
        .real("gain_se", p.gain_error[rank])
        .real("cumulative", p.caught[rank])
        .real("share", p.share[rank])
        .real("upper_bound", p.bound)
        .integer("rank_low", static_cast<std::int64_t>(firm.rank_low[rank]))
        .integer("rank_high", firm.rank_high[rank]
                                  ? std::optional(static_cast<std::int64_t>(*firm.rank_high[rank]))
                                  : std::nullopt);
  }
  return table.take();
}

FeatureTable site_table(const Analysis& a) {
  TableBuilder table("sites");
  for (std::size_t i = 0; i < a.sites.size(); ++i) {
    table.row(a.sites.id[i], Geometry::of_point(a.sites.point[i]));
    table.text("site", a.sites.id[i])
        .text("name", a.sites.name[i])
        .text("kind", std::string(name(a.sites.kind[i])))
        .text("mode", name(a.sites.mode[i]))
        .text("status", std::string(name(a.sites.status[i])))
        .text("countries", countries(a.sites, i))
        .real("detection", a.sites.detection[i])
        .real("exposure", a.displacement.site.before[i])
        .real("after", a.displacement.site.after[i])
        .real("change", a.displacement.site.change[i])
        .real("change_se", a.displacement.site.change_error[i])
        .text("flagged", a.displacement.site.increased[i] != 0 ? "increase" : "");
  }
  return table.take();
}

FeatureTable displacement_table(const Analysis& a) {
  const Network& network = a.built.network;
  const Displaced& moved = a.displacement.edge;
  TableBuilder table("displacement");
  for (std::size_t i = 0; i < network.edge_count(); ++i) {
    const EdgeId e(i), twin = network.columns().twin[i];
    if (network.kind(e) == EdgeKind::crossing || (twin.exists() && twin < e)) continue;
    const double before = both(moved.before, e, twin), after = both(moved.after, e, twin);
    if (std::abs(after - before) < kLeastChange * a.loading.journeys) continue;
    table.row(edge_name(e), Geometry::of_line(network.polyline(e)));
    table.text("edge", edge_name(e))
        .text("source", network.source(e).id)
        .text("mode", name(network.mode(e)))
        .text("kind", name(network.kind(e)))
        .real("before", before)
        .real("after", after)
        .real("change", after - before)
        .real("change_se", both(moved.change_error, e, twin))
        .text("flagged", after > before ? "increase" : "");
  }
  return table.take();
}

}  // namespace waywarden
