#pragma once

/// Where teams can be placed: border crossings, hubs, and edges and nodes that the user names, one row each.
/// A site is a set of edges, and a team at it sees every journey over any of them, once:
///
///  - a crossing is its edges in both directions; all crossings of one listed post are one site;
///  - a hub is the transfer edges that leave its node: whoever changes there uses exactly one of them;
///  - an edge site is the edges named, e.g. both directions of a road;
///  - a node site is the edges that leave the nodes named: whoever begins or passes there uses one of them,
///    whoever ends there is not seen.
///
/// Rows stand in order of (kind, id), so a `SiteId` does not depend on the order of the network's tables. An
/// edge may belong to several sites. O(edges + sites log sites).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/edge_sites.h"
#include "waywarden/geometry/point.h"
#include "waywarden/network/network.h"

namespace waywarden {

enum class SiteKind : std::uint8_t { crossing, hub, edge, node };

enum class SiteStatus : std::uint8_t {
  listed,    ///< known to the user: a listed post, or a hub
  informal,  ///< a crossing where no listed post is near
};

enum class SiteState : std::uint8_t {
  candidate,  ///< may get a team
  required,   ///< gets one of the teams before all others
  forbidden,  ///< gets none
};

std::string_view name(SiteKind kind);
std::string_view name(SiteStatus status);
std::string_view name(SiteState state);

struct Sites {
  /// Unique: the post's id, the crossing's id, "<hub kind>/<hub id>", or as the user named it.
  std::vector<std::string> id;
  std::vector<std::string> name;
  std::vector<SiteKind> kind;
  /// `Mode::transfer` for hubs; of an edge or node site that of its first edge.
  std::vector<Mode> mode;
  std::vector<SiteStatus> status;
  /// Country codes, a < b; of a hub, edge or node its country and nothing.
  std::vector<std::string> country_a;
  std::vector<std::string> country_b;
  /// Of a post with several crossings, the one nearest to it; of an edge or node site where its first edge
  /// begins.
  std::vector<Point> point;
  /// Probability that a team here detects a journey that passes, in [0, 1).
  std::vector<double> detection;
  std::vector<SiteState> state;
  /// Share of the day a team here works, in (0, 1]; `detection` has it in it.
  std::vector<double> hours;
  /// What a team here takes of the budget, > 0, in the user's unit.
  std::vector<double> cost;
  /// The first site under the same authority; a site under none is alone. The sites of a group detect a
  /// journey once between them, with the largest probability among the teams it passes: what one team has
  /// missed, a weaker one of the same authority does not find.
  std::vector<SiteId> group;

  /// Of all edges of the network.
  EdgeSites site_of_edge;

  std::size_t size() const { return id.size(); }
};

/// A site that the user names. What is watched are `edges` and the edges that leave `nodes`.
struct NamedSite {
  std::string id;
  std::string name = {};
  SiteKind kind = SiteKind::edge;
  std::vector<EdgeId> edges = {};
  std::vector<NodeId> nodes = {};
  double detection = 0.4;
};

struct SiteOptions {
  /// Detection by a team, per class of site; a class without one is no candidate at all.
  std::optional<double> listed_crossing = 0.5;
  std::optional<double> informal_crossing = 0.3;
  std::optional<double> hub = 0.4;
  std::vector<NamedSite> named = {};
  /// Detection at single sites, by id.
  std::vector<std::pair<std::string, double>> detection = {};
  /// Ids of sites that must get a team, and that must not.
  std::vector<std::string> required = {};
  std::vector<std::string> forbidden = {};
  /// Costs of single sites, by id; 1 for all others.
  std::vector<std::pair<std::string, double>> cost = {};
  /// Share of the day, in (0, 1], during which a team works at single sites, by id; 1 for all others.
  /// Journeys pass at all hours alike, so a team detects with its probability times this share.
  std::vector<std::pair<std::string, double>> hours = {};
  /// Authority of single sites, by id.
  std::vector<std::pair<std::string, std::string>> group = {};
};

/// Throws `OptionError` for a probability outside [0, 1], an id that is no site, an edge or node that does
/// not exist, a named site without edges or of another kind, and for costs, hours and groups that make no
/// sense; `InputError` where two sites would have one id. A detection of 1 is lowered to 1 - 1e-12, as in
/// `hazard`.
Sites find_sites(const Network& network, const SiteOptions& options = {});

/// Whether any two sites are under one authority.
bool has_groups(const Sites& sites);

/// What teams cost an evader who knows where they are: risk_aversion * (-ln(1 - detection)) at the sites of
/// the placement, 0 at others. One entry per site. Throws `OptionError` for a site that does not exist.
std::vector<double> team_costs(const Sites& sites, std::span<const SiteId> placement, double risk_aversion);

}  // namespace waywarden
