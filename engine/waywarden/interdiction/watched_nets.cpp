#include "waywarden/interdiction/watched_nets.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/interdiction/detail/groups_met.h"

namespace waywarden {
namespace {

/// Nets are handed to threads in blocks of this many.
constexpr std::size_t kGrain = 4;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("site nets: ") + what);
}

std::vector<std::uint32_t> numbered(std::span<const SiteId> group, std::size_t sites) {
  require(group.empty() || group.size() == sites, "there must be one group per site, or none");
  std::vector<std::uint32_t> numbers(sites);
  std::iota(numbers.begin(), numbers.end(), 0U);
  for (std::size_t site = 0; site < group.size(); ++site)
    numbers[site] = static_cast<std::uint32_t>(group[site].index());
  return numbers;
}

}  // namespace

WatchedNets::WatchedNets(std::span<const SiteNet> nets, std::span<const double> detection,
                         const Execution& execution, std::span<const SiteId> group)
    : watched_(detection.size(), 0), caught_(nets.size(), 0.0) {
  Parts parts;
  parts.detection.assign(detection.begin(), detection.end());
  parts.group = numbered(group, detection.size());
  for (const SiteNet& net : nets) append(parts, net);
  parts.nodes.push_back(
      {0.0, static_cast<std::uint32_t>(parts.branches.size()), static_cast<std::uint32_t>(parts.met.size())});
  index_nets(parts);
  reaching_.resize(parts.nodes.size());
  beyond_.resize(parts.nodes.size());
  gain_.resize(parts.branches.size());
  gain_met_.resize(parts.met.size());
  parts_ = std::make_shared<const Parts>(std::move(parts));
  parallel_for(
      caught_.size(), execution, [&](std::size_t net) { recompute(net); }, kGrain);
}

void WatchedNets::append(Parts& parts, const SiteNet& net) {
  const auto first = static_cast<std::uint32_t>(parts.nodes.size());
  const std::size_t sites = parts.detection.size();
  for (std::size_t i = 0; i < net.size(); ++i) {
    parts.nodes.push_back({net.journeys[i], static_cast<std::uint32_t>(parts.branches.size()),
                           static_cast<std::uint32_t>(parts.met.size())});
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      require(net.head[b] > i && net.head[b] < net.size(), "a branch leads back or nowhere");
      require(!net.site[b].exists() || net.site[b].index() < sites, "unknown site");
      const auto site = net.site[b].exists() ? static_cast<std::uint32_t>(net.site[b].index()) : kNoSite;
      parts.branches.push_back({net.share[b], first + net.head[b], site});
    }
    for (const SiteId site : net.met_at(i)) {
      require(site.index() < sites, "unknown site");
      parts.met.push_back(static_cast<std::uint32_t>(site.index()));
    }
  }
  parts.first_node.push_back(static_cast<std::uint32_t>(parts.nodes.size()));
}

template <class Visit>
void WatchedNets::for_each_site(const Parts& parts, std::size_t net, Visit visit) {
  const Node& begin = parts.nodes[parts.first_node[net]];
  const Node& end = parts.nodes[parts.first_node[net + 1]];
  for (std::uint32_t b = begin.first_branch; b < end.first_branch; ++b) {
    if (parts.branches[b].site != kNoSite) visit(parts.branches[b].site);
  }
  for (std::uint32_t m = begin.first_met; m < end.first_met; ++m) visit(parts.met[m]);
}

void WatchedNets::index_nets(Parts& parts) {
  const std::size_t sites = parts.detection.size(), nets = parts.first_node.size() - 1;
  std::vector<std::vector<std::uint32_t>> nets_of(sites);
  for (std::uint32_t net = 0; net < nets; ++net) {
    for_each_site(parts, net, [&](std::uint32_t site) {
      if (nets_of[site].empty() || nets_of[site].back() != net) nets_of[site].push_back(net);
    });
  }
  parts.first_of_site.push_back(0);
  for (const std::vector<std::uint32_t>& of_site : nets_of) {
    parts.nets_by_site.insert(parts.nets_by_site.end(), of_site.begin(), of_site.end());
    parts.first_of_site.push_back(static_cast<std::uint32_t>(parts.nets_by_site.size()));
  }
}

bool WatchedNets::is_end(std::uint32_t node) const {
  return parts_->nodes[node].first_branch == parts_->nodes[node + 1].first_branch;
}

void WatchedNets::recompute(std::size_t net) {
  const std::uint32_t first = parts_->first_node[net], end = parts_->first_node[net + 1];
  const double on_branches = pass_down(first, end);
  caught_[net] = on_branches + pass_up(first, end);
}

/// Returns the journeys stopped on branches.
double WatchedNets::pass_down(std::uint32_t first, std::uint32_t end) {
  const Parts& p = *parts_;
  for (std::uint32_t i = first; i < end; ++i) reaching_[i] = p.nodes[i].journeys;
  double caught = 0.0;
  for (std::uint32_t i = first; i < end; ++i) {
    for (std::uint32_t b = p.nodes[i].first_branch; b < p.nodes[i + 1].first_branch; ++b) {
      const Branch& branch = p.branches[b];
      const double going = reaching_[i] * branch.share;
      const bool seen = branch.site != kNoSite && watched_[branch.site] != 0;
      const double stopped = seen ? going * p.detection[branch.site] : 0.0;
      caught += stopped;
      reaching_[branch.head] += going - stopped;
    }
  }
  return caught;
}

/// Returns the journeys stopped at ends, by sites met before.
double WatchedNets::pass_up(std::uint32_t first, std::uint32_t end) {
  double caught = 0.0;
  for (std::uint32_t i = end; i-- > first;) {
    beyond_[i] = is_end(i) ? chance_at_end(i) : chance_behind(i);
    if (is_end(i)) caught += reaching_[i] * (1.0 - beyond_[i]);
  }
  return caught;
}

/// And the gains on the branches that leave the node.
double WatchedNets::chance_behind(std::uint32_t node) {
  const Parts& p = *parts_;
  double chance = 0.0;
  for (std::uint32_t b = p.nodes[node].first_branch; b < p.nodes[node + 1].first_branch; ++b) {
    const Branch& branch = p.branches[b];
    const double through = branch.share * beyond_[branch.head];
    const double detected = branch.site == kNoSite ? 0.0 : through * p.detection[branch.site];
    const bool seen = branch.site != kNoSite && watched_[branch.site] != 0;
    gain_[b] = seen ? 0.0 : reaching_[node] * detected;
    chance += seen ? through - detected : through;
  }
  return chance;
}

/// And the gains of the sites met by those who end at the node.
double WatchedNets::chance_at_end(std::uint32_t node) {
  const Parts& p = *parts_;
  GroupsMet teams;
  const std::uint32_t first = p.nodes[node].first_met, last = p.nodes[node + 1].first_met;
  for (std::uint32_t m = first; m < last; ++m) {
    if (watched_[p.met[m]] != 0) teams.meet(p.group[p.met[m]], p.detection[p.met[m]]);
  }
  const double missed = teams.missed();
  for (std::uint32_t m = first; m < last; ++m) {
    const double by_group = teams.largest(p.group[p.met[m]]);
    const double more = std::max(0.0, p.detection[p.met[m]] - by_group) / (1.0 - by_group);
    gain_met_[m] = watched_[p.met[m]] != 0 ? 0.0 : reaching_[node] * missed * more;
  }
  return missed;
}

void WatchedNets::watch(SiteId site, const Execution& execution) { set(site, 1, execution); }

void WatchedNets::leave(SiteId site, const Execution& execution) { set(site, 0, execution); }

void WatchedNets::set(SiteId site, std::uint8_t flag, const Execution& execution) {
  require(site.index() < site_count(), "unknown site");
  if (watched_[site.index()] == flag) return;
  watched_[site.index()] = flag;
  const std::uint32_t first = parts_->first_of_site[site.index()];
  parallel_for(
      parts_->first_of_site[site.index() + 1] - first, execution,
      [&](std::size_t i) { recompute(parts_->nets_by_site[first + i]); }, kGrain);
}

double WatchedNets::caught() const { return std::accumulate(caught_.begin(), caught_.end(), 0.0); }

std::vector<double> WatchedNets::gains() const {
  std::vector<double> sums(site_count(), 0.0);
  for (std::size_t b = 0; b < gain_.size(); ++b) {
    if (parts_->branches[b].site != kNoSite) sums[parts_->branches[b].site] += gain_[b];
  }
  for (std::size_t m = 0; m < gain_met_.size(); ++m) sums[parts_->met[m]] += gain_met_[m];
  return sums;
}

std::vector<double> WatchedNets::passing() const {
  const Parts& p = *parts_;
  std::vector<double> visits(p.nodes.size()), sums(site_count(), 0.0);
  for (std::size_t i = 0; i < p.nodes.size(); ++i) visits[i] = p.nodes[i].journeys;
  for (std::size_t i = 0; i + 1 < p.nodes.size(); ++i) {
    for (std::uint32_t b = p.nodes[i].first_branch; b < p.nodes[i + 1].first_branch; ++b) {
      const Branch& branch = p.branches[b];
      visits[branch.head] += visits[i] * branch.share;
      if (branch.site != kNoSite) sums[branch.site] += visits[i] * branch.share;
    }
    for (std::uint32_t m = p.nodes[i].first_met; m < p.nodes[i + 1].first_met; ++m)
      sums[p.met[m]] += visits[i];
  }
  return sums;
}

}  // namespace waywarden
