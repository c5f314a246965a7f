#include "waywarden/network_interdiction/detail/evasion_levels.h"

#include <algorithm>
#include <map>
#include <utility>

namespace waywarden::detail {
namespace {

/// Products of the same factors in another order differ by less.
constexpr double kRounding = 1e-11;

bool exceeds(double value, double other) { return value > other * (1.0 + kRounding); }

std::vector<NodeId> distinct_leaves(const std::vector<LevelledPair>& pairs) {
  std::vector<NodeId> nodes;
  for (const LevelledPair& pair : pairs) nodes.push_back(pair.leaf);
  return distinct(std::move(nodes));
}

bool before(const SingleSite& a, const SingleSite& b) {
  return a.evasion != b.evasion ? a.evasion > b.evasion : a.site < b.site;
}

void keep_first(std::vector<SingleSite>& singles, std::size_t count) {
  if (singles.size() > count) {
    const auto end = singles.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(singles.begin(), end, singles.end(), before);
    singles.erase(end, singles.end());
  }
  std::sort(singles.begin(), singles.end(), before);
}

}  // namespace

double LevelledPair::evasion(const Watched& watched) const {
  for (const Level& level : levels) {
    const auto members = sites_of(level);
    if (std::none_of(members.begin(), members.end(), [&](std::uint32_t s) { return watched[s] != 0; })) {
      return level.evasion;
    }
  }
  return floor;
}

EvasionLevels::EvasionLevels(const WorstCaseProblem& problem, const Execution& execution)
    : problem_(problem),
      search_(problem.network),
      away_(fewer_trees(problem.pairs)),
      always_(problem.sites(), 0) {
  classify();
  merge_pairs();
  find_roots();
  set_ceilings(execution);
  list_levels(execution);
  settle();
}

void EvasionLevels::classify() {
  const WorstCaseProblem& p = problem_;
  budget_ = p.budget;
  for (std::size_t site = 0; site < p.sites(); ++site) {
    if (p.state[site] == SiteState::required) budget_ -= p.cost[site];
    always_[site] = p.state[site] == SiteState::required ||
                    (p.state[site] == SiteState::candidate && p.cost[site] == 0.0);
  }
  budget_ = std::max(budget_, 0.0);
  is_choice_.assign(p.sites(), 0);
  for (std::uint32_t site = 0; site < p.sites(); ++site) {
    if (always_[site] || p.state[site] == SiteState::forbidden || !affordable(p.cost[site], budget_))
      continue;
    is_choice_[site] = 1;
    choice_.push_back(site);
  }
  affordable_sites_ = affordable_sites();
  const EvasionNetwork& n = p.network;
  for (std::uint32_t arc = 0; arc < n.arcs(); ++arc) {
    if (n.site[arc].exists() && is_choice_[n.site[arc].index()]) arcs_of_choice_.push_back(arc);
  }
  std::stable_sort(arcs_of_choice_.begin(), arcs_of_choice_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return n.site[a] < n.site[b]; });
}

std::size_t EvasionLevels::affordable_sites() const {
  std::vector<double> costs;
  for (const std::uint32_t site : choice_) costs.push_back(cost(site));
  std::sort(costs.begin(), costs.end());
  double spent = 0.0;
  const auto end = std::find_if(costs.begin(), costs.end(),
                                [&](double cost) { return !affordable(spent += cost, budget_); });
  return static_cast<std::size_t>(end - costs.begin());
}

void EvasionLevels::merge_pairs() {
  const EvaderPairs& rows = problem_.pairs;
  std::map<std::pair<NodeId, NodeId>, double> merged;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows.weight[row] <= 0.0) continue;
    const std::pair ends(rows.origin[row], rows.destination[row]);
    merged[away_ == Towards::heads ? ends : std::pair(ends.second, ends.first)] += rows.weight[row];
  }
  for (const auto& [ends, weight] : merged) {
    pairs_.push_back({.root = ends.first, .leaf = ends.second, .weight = weight, .levels = {}, .sites = {}});
  }
}

void EvasionLevels::find_roots() {
  first_of_root_.clear();
  for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
    if (pair == 0 || pairs_[pair].root != pairs_[pair - 1].root) first_of_root_.push_back(pair);
  }
  first_of_root_.push_back(pairs_.size());
}

void EvasionLevels::set_ceilings(const Execution& execution) {
  parallel_for(roots(), execution, [&](std::size_t i) {
    const EvasionTree tree = search_.tree(pairs_[first_of_root_[i]].root, always_, away_);
    for (std::size_t pair = first_of_root_[i]; pair < first_of_root_[i + 1]; ++pair) {
      pairs_[pair].ceiling = tree.product[pairs_[pair].leaf.index()];
    }
  });
}

void EvasionLevels::list_levels(const Execution& execution) {
  Watched all = always_;
  for (const std::uint32_t site : choice_) all[site] = 1;
  const Towards back = away_ == Towards::heads ? Towards::tails : Towards::heads;
  const std::vector<NodeId> leaves = distinct_leaves(pairs_);
  std::vector<EvasionTree> to(leaves.size());
  parallel_for(leaves.size(), execution, [&](std::size_t i) { to[i] = search_.tree(leaves[i], all, back); });
  parallel_for(roots(), execution, [&](std::size_t i) {
    const EvasionTree from = search_.tree(pairs_[first_of_root_[i]].root, all, away_);
    for (std::size_t pair = first_of_root_[i]; pair < first_of_root_[i + 1]; ++pair) {
      const auto end = std::lower_bound(leaves.begin(), leaves.end(), pairs_[pair].leaf);
      list_levels(pairs_[pair], from, to[static_cast<std::size_t>(end - leaves.begin())]);
    }
  });
}

std::vector<SingleSite> EvasionLevels::single_sites(double floor, const EvasionTree& from,
                                                    const EvasionTree& to) const {
  const EvasionNetwork& n = search_.network();
  std::vector<SingleSite> singles;
  for (const std::uint32_t arc : arcs_of_choice_) {
    const double evasion = from.product[search_.near(arc, away_).index()] * n.evasion[arc] *
                           to.product[search_.far(arc, away_).index()];
    if (!exceeds(evasion, floor)) continue;
    const auto site = static_cast<std::uint32_t>(n.site[arc].index());
    if (singles.empty() || singles.back().site != site) singles.push_back({evasion, site});
    singles.back().evasion = std::max(singles.back().evasion, evasion);
  }
  keep_first(singles, affordable_sites_ + 1);
  return singles;
}

void EvasionLevels::list_levels(LevelledPair& pair, const EvasionTree& from, const EvasionTree& to) const {
  pair.floor = from.product[pair.leaf.index()];
  double spent = 0.0;
  for (const SingleSite& single : single_sites(pair.floor, from, to)) {
    spent += cost(single.site);
    if (!affordable(spent, budget_)) {
      pair.floor = single.evasion;
      break;
    }
    pair.levels.push_back({single.evasion, static_cast<std::uint32_t>(pair.sites.size()), 1});
    pair.sites.push_back(single.site);
  }
  while (!pair.levels.empty() && !exceeds(pair.levels.back().evasion, pair.floor)) pair.levels.pop_back();
}

/// Sets aside the pairs that no placement changes.
void EvasionLevels::settle() {
  std::vector<LevelledPair> open;
  for (LevelledPair& pair : pairs_) {
    if (!pair.levels.empty()) pair.ceiling = std::max(pair.ceiling, pair.levels.front().evasion);
    if (exceeds(pair.ceiling, pair.floor)) {
      open.push_back(std::move(pair));
    } else {
      settled_ += pair.weight * pair.ceiling;
    }
  }
  pairs_ = std::move(open);
  find_roots();
}

double EvasionLevels::least() const {
  double sum = settled_;
  for (const LevelledPair& pair : pairs_) sum += pair.weight * pair.floor;
  return sum;
}

double EvasionLevels::implied(const Watched& watched) const {
  double sum = settled_;
  for (const LevelledPair& pair : pairs_) sum += pair.weight * pair.evasion(watched);
  return sum;
}

EvasionLevels::Confirmed EvasionLevels::confirm(const Watched& watched, const Execution& execution) {
  std::vector<double> evasion(pairs_.size());
  std::vector<std::vector<Missing>> missing(roots());
  parallel_for(roots(), execution, [&](std::size_t i) {
    const EvasionTree tree = search_.tree(pairs_[first_of_root_[i]].root, watched, away_);
    for (std::size_t pair = first_of_root_[i]; pair < first_of_root_[i + 1]; ++pair) {
      evasion[pair] = tree.product[pairs_[pair].leaf.index()];
      if (!exceeds(evasion[pair], pairs_[pair].evasion(watched))) continue;
      auto sites = unwatched_on_path(tree, pairs_[pair].leaf, watched);
      if (!sites.empty()) missing[i].push_back({pair, evasion[pair], std::move(sites)});
    }
  });
  Confirmed confirmed{.evasion = settled_};
  for (std::size_t i = 0; i < pairs_.size(); ++i) confirmed.evasion += pairs_[i].weight * evasion[i];
  for (const auto& of_root : missing) {
    for (const Missing& level : of_root) add(level);
    confirmed.levels_added += of_root.size();
  }
  return confirmed;
}

/// The sites whose teams would have mattered on the path to a node, ascending.
std::vector<std::uint32_t> EvasionLevels::unwatched_on_path(const EvasionTree& tree, NodeId to,
                                                            const Watched& watched) const {
  const EvasionNetwork& n = search_.network();
  std::vector<std::uint32_t> sites;
  for (std::uint32_t arc = tree.arc[to.index()]; arc != EvasionTree::kNone;
       arc = tree.arc[search_.near(arc, away_).index()]) {
    if (!n.site[arc].exists() || n.watched_evasion[arc] == n.evasion[arc]) continue;
    const auto site = static_cast<std::uint32_t>(n.site[arc].index());
    if (is_choice_[site] && !watched[site]) sites.push_back(site);
  }
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  return sites;
}

void EvasionLevels::add(const Missing& level) {
  LevelledPair& pair = pairs_[level.pair];
  const Level added{level.evasion, static_cast<std::uint32_t>(pair.sites.size()),
                    static_cast<std::uint32_t>(level.sites.size())};
  pair.sites.insert(pair.sites.end(), level.sites.begin(), level.sites.end());
  const auto place = std::upper_bound(pair.levels.begin(), pair.levels.end(), added,
                                      [](const Level& a, const Level& b) { return a.evasion > b.evasion; });
  pair.levels.insert(place, added);
  pair.ceiling = std::max(pair.ceiling, level.evasion);
}

}  // namespace waywarden::detail
