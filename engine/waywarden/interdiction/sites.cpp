#include "waywarden/interdiction/sites.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"
#include "waywarden/risk/edge_costs.h"

namespace waywarden {
namespace {

/// A site in the making, with its edges.
struct Draft {
  std::string id;
  std::string name;
  SiteKind kind = SiteKind::crossing;
  Mode mode = Mode::road;
  SiteStatus status = SiteStatus::listed;
  std::string country_a;
  std::string country_b;
  Point point;
  double detection = 0.0;
  std::vector<EdgeId> edges;
};

double checked(double detection) {
  if (!(detection >= 0.0 && detection <= 1.0)) throw OptionError("detection by a team is outside [0, 1]");
  return std::min(detection, kLargestProbability);
}

void add_edge(Draft& draft, EdgeId edge) {
  if (edge.exists()) draft.edges.push_back(edge);
}

Draft crossing_draft(const Crossings& crossings, std::size_t row, double detection) {
  const bool listed = crossings.status[row] == CrossingStatus::listed;
  return {listed && !crossings.post[row].empty() ? crossings.post[row] : crossings.id[row],
          crossings.name[row],
          SiteKind::crossing,
          crossings.mode[row],
          listed ? SiteStatus::listed : SiteStatus::informal,
          crossings.country_a[row],
          crossings.country_b[row],
          crossings.point[row],
          detection,
          {}};
}

/// Rows of crossings, those of one post together and the one nearest to it first.
std::vector<std::size_t> by_post(const Crossings& c) {
  std::vector<std::size_t> rows(c.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
  const auto key = [&](std::size_t row) {
    return std::tie(c.status[row], c.post[row], c.post_distance_m[row], c.point[row], c.mode[row], c.id[row]);
  };
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return rows;
}

void add_crossings(const Crossings& crossings, const SiteOptions& options, std::vector<Draft>& drafts) {
  for (const std::size_t row : by_post(crossings)) {
    const bool listed = crossings.status[row] == CrossingStatus::listed;
    const auto detection = listed ? options.listed_crossing : options.informal_crossing;
    if (!detection) continue;
    Draft draft = crossing_draft(crossings, row, checked(*detection));
    const bool same_post = listed && !drafts.empty() && drafts.back().status == SiteStatus::listed &&
                           drafts.back().id == draft.id && !crossings.post[row].empty();
    if (!same_post) drafts.push_back(std::move(draft));
    add_edge(drafts.back(), crossings.a_to_b[row]);
    add_edge(drafts.back(), crossings.b_to_a[row]);
  }
}

void add_leaving(const Network& network, NodeId node, Draft& draft) {
  for (std::uint32_t e = network.first_out()[node.index()]; e < network.first_out()[node.index() + 1]; ++e) {
    draft.edges.push_back(EdgeId(e));
  }
}

Draft hub_draft(const Network& network, std::size_t row, double detection) {
  const Hubs& hubs = network.hubs();
  Draft draft{hubs.kind[row] + "/" + hubs.id[row],
              hubs.name[row],
              SiteKind::hub,
              Mode::transfer,
              SiteStatus::listed,
              hubs.country[row],
              "",
              hubs.point[row],
              detection,
              {}};
  add_leaving(network, hubs.node[row], draft);
  return draft;
}

void add_hubs(const Network& network, const SiteOptions& options, std::vector<Draft>& drafts) {
  if (!options.hub) return;
  for (std::size_t row = 0; row < network.hubs().size(); ++row) {
    drafts.push_back(hub_draft(network, row, checked(*options.hub)));
  }
}

Draft named_draft(const Network& network, const NamedSite& named) {
  Draft draft{named.id,
              named.name,
              named.kind,
              Mode::road,
              SiteStatus::listed,
              "",
              "",
              {},
              checked(named.detection),
              named.edges};
  for (const EdgeId edge : named.edges) {
    if (edge.index() >= network.edge_count())
      throw OptionError("site '" + named.id + "' names an edge that does not exist");
  }
  for (const NodeId node : named.nodes) {
    if (node.index() >= network.node_count())
      throw OptionError("site '" + named.id + "' names a node that does not exist");
    add_leaving(network, node, draft);
  }
  if (draft.edges.empty()) throw OptionError("site '" + named.id + "' has no edges");
  std::ranges::sort(draft.edges);
  const NodeId at = network.tail(draft.edges.front());
  draft.mode = network.mode(draft.edges.front());
  draft.country_a = network.country(at);
  draft.point = network.point(at);
  return draft;
}

void add_named(const Network& network, const SiteOptions& options, std::vector<Draft>& drafts) {
  for (const NamedSite& named : options.named) {
    if (named.kind != SiteKind::edge && named.kind != SiteKind::node)
      throw OptionError("site '" + named.id + "' is neither edges nor nodes");
    drafts.push_back(named_draft(network, named));
  }
}

void sort_by_id(std::vector<Draft>& drafts) {
  std::sort(drafts.begin(), drafts.end(),
            [](const Draft& a, const Draft& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); });
}

using Positions = std::map<std::string, std::size_t>;

Positions positions(const std::vector<Draft>& drafts) {
  Positions found;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!found.emplace(drafts[i].id, i).second) {
      throw InputError("two sites have the id '" + drafts[i].id + "'");
    }
  }
  return found;
}

std::size_t position(const Positions& positions, const std::string& id) {
  const auto found = positions.find(id);
  if (found == positions.end()) throw OptionError("'" + id + "' is not the id of a site");
  return found->second;
}

void append(Sites& sites, Draft&& draft) {
  sites.id.push_back(std::move(draft.id));
  sites.name.push_back(std::move(draft.name));
  sites.kind.push_back(draft.kind);
  sites.mode.push_back(draft.mode);
  sites.status.push_back(draft.status);
  sites.country_a.push_back(std::move(draft.country_a));
  sites.country_b.push_back(std::move(draft.country_b));
  sites.point.push_back(draft.point);
  sites.detection.push_back(draft.detection);
  sites.state.push_back(SiteState::candidate);
  sites.hours.push_back(1.0);
  sites.cost.push_back(1.0);
  sites.group.emplace_back(sites.group.size());
}

double checked_cost(double cost) {
  if (!std::isfinite(cost) || cost <= 0.0) throw OptionError("the cost of a team must be finite and > 0");
  return cost;
}

double checked_hours(double share) {
  if (!(share > 0.0 && share <= 1.0))
    throw OptionError("the share of the day a team works is outside (0, 1]");
  return share;
}

/// After detection has been set.
void apply_resources(const SiteOptions& options, const Positions& positions, Sites& sites) {
  for (const auto& [id, cost] : options.cost) sites.cost[position(positions, id)] = checked_cost(cost);
  for (const auto& [id, share] : options.hours) {
    sites.hours[position(positions, id)] = checked_hours(share);
    sites.detection[position(positions, id)] *= share;
  }
}

void apply_groups(const SiteOptions& options, const Positions& positions, Sites& sites) {
  std::map<std::string, SiteId> first;
  std::map<SiteId, std::string> authority;
  for (const auto& [id, group] : options.group) {
    const SiteId site(position(positions, id));
    if (!authority.emplace(site, group).second) throw OptionError("site '" + id + "' is in two groups");
    const auto [entry, is_new] = first.emplace(group, site);
    if (!is_new) entry->second = std::min(entry->second, site);
  }
  for (const auto& [site, group] : authority) sites.group[site.index()] = first.at(group);
}

void apply(const SiteOptions& options, const Positions& positions, Sites& sites) {
  for (const auto& [id, detection] : options.detection)
    sites.detection[position(positions, id)] = checked(detection);
  for (const std::string& id : options.required) sites.state[position(positions, id)] = SiteState::required;
  for (const std::string& id : options.forbidden) {
    SiteState& state = sites.state[position(positions, id)];
    if (state == SiteState::required) throw OptionError("site '" + id + "' is both required and forbidden");
    state = SiteState::forbidden;
  }
}

}  // namespace

std::string_view name(SiteKind kind) {
  switch (kind) {
    case SiteKind::crossing:
      return "crossing";
    case SiteKind::hub:
      return "hub";
    case SiteKind::edge:
      return "edge";
    case SiteKind::node:
      return "node";
  }
  return "";
}

std::string_view name(SiteStatus status) { return status == SiteStatus::listed ? "listed" : "informal"; }

std::string_view name(SiteState state) {
  if (state == SiteState::candidate) return "candidate";
  return state == SiteState::required ? "required" : "forbidden";
}

Sites find_sites(const Network& network, const SiteOptions& options) {
  std::vector<Draft> drafts;
  add_crossings(network.crossings(), options, drafts);
  add_hubs(network, options, drafts);
  add_named(network, options, drafts);
  sort_by_id(drafts);
  const Positions found = positions(drafts);
  Sites sites;
  std::vector<SiteEdge> where;
  for (Draft& draft : drafts) {
    for (const EdgeId edge : draft.edges) where.push_back({edge, SiteId(sites.size())});
    append(sites, std::move(draft));
  }
  sites.site_of_edge = EdgeSites(network.edge_count(), std::move(where));
  apply(options, found, sites);
  apply_resources(options, found, sites);
  apply_groups(options, found, sites);
  return sites;
}

bool has_groups(const Sites& sites) {
  for (std::size_t site = 0; site < sites.group.size(); ++site) {
    if (sites.group[site] != SiteId(site)) return true;
  }
  return false;
}

std::vector<double> team_costs(const Sites& sites, std::span<const SiteId> placement, double risk_aversion) {
  std::vector<double> costs(sites.size(), 0.0);
  for (const SiteId site : placement) {
    if (site.index() >= sites.size()) throw OptionError("the placement names a site that does not exist");
    costs[site.index()] = risk_aversion * hazard(sites.detection[site.index()]);
  }
  return costs;
}

}  // namespace waywarden
