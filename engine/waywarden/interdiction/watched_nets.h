#pragma once

/// How many journeys a placement of teams stops where routes branch, and what each further team would add:
/// what `WatchedTrees` is for trees. Two passes over each net are exact: one with the journeys (how many get
/// here unseen), one against them (the chance to get from here to the end unseen). The gain of a team at a
/// site is, summed over its branches, what comes to the branch unseen x detection x the chance behind it; at
/// an end where the site is noted, what ends there unseen x what the team detects of it beyond its group.
///
/// Sums follow the order of nets, nodes and branches, so results have the same bits with any number of
/// threads.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/interdiction/site_net.h"

namespace waywarden {

/// Nets under a changing set of watched sites. Construction O(branches); watching a site costs O(branches of
/// the nets that contain it), the gains of all sites one pass over memory. Copies share what does not change.
class WatchedNets {
 public:
  /// `detection` has an entry per site, and so has `group`, unless it is empty: every site alone. Throws
  /// `OptionError` when a net names a site that does not exist or leads back. The nets are untangled for
  /// these groups (untangled.h); that is not checked.
  WatchedNets(std::span<const SiteNet> nets, std::span<const double> detection,
              const Execution& execution = {}, std::span<const SiteId> group = {});

  std::size_t site_count() const { return parts_->detection.size(); }
  bool watched(SiteId site) const { return watched_[site.index()] != 0; }

  /// Places a team, or takes it away. Nothing changes where there is one already, or none.
  void watch(SiteId site, const Execution& execution = {});
  void leave(SiteId site, const Execution& execution = {});

  /// Journeys stopped.
  double caught() const;
  /// As of one draw: nothing is drawn.
  std::vector<double> caught_per_draw() const { return {caught()}; }

  /// What a team at each site would add to `caught()`, 0 where one is already.
  std::vector<double> gains() const;

  /// Journeys that pass each site, as if nobody watched.
  std::vector<double> passing() const;

 private:
  struct Node {
    double journeys;
    std::uint32_t first_branch;
    std::uint32_t first_met;
  };
  struct Branch {
    double share;
    std::uint32_t head;
    /// `kNoSite` where there is none.
    std::uint32_t site;
  };
  /// All nets in one, and where their parts begin: one entry past the last, too.
  struct Parts {
    std::vector<double> detection;
    std::vector<std::uint32_t> group;
    std::vector<Node> nodes;
    std::vector<Branch> branches;
    std::vector<std::uint32_t> met;
    std::vector<std::uint32_t> first_node{0};
    /// Nets of each site, ascending.
    std::vector<std::uint32_t> first_of_site;
    std::vector<std::uint32_t> nets_by_site;
  };
  static constexpr std::uint32_t kNoSite = 0xFFFFFFFF;

  static void append(Parts& parts, const SiteNet& net);
  static void index_nets(Parts& parts);
  template <class Visit>
  static void for_each_site(const Parts& parts, std::size_t net, Visit visit);
  void set(SiteId site, std::uint8_t flag, const Execution& execution);
  void recompute(std::size_t net);
  double pass_down(std::uint32_t first, std::uint32_t end);
  double pass_up(std::uint32_t first, std::uint32_t end);
  double chance_behind(std::uint32_t node);
  double chance_at_end(std::uint32_t node);
  bool is_end(std::uint32_t node) const;

  std::shared_ptr<const Parts> parts_;
  std::vector<std::uint8_t> watched_;
  /// Per node: journeys that get here unseen, and the chance to get from here to the end unseen.
  std::vector<double> reaching_;
  std::vector<double> beyond_;
  /// Per branch and per site met, what a team there would add.
  std::vector<double> gain_;
  std::vector<double> gain_met_;
  /// Per net, journeys stopped.
  std::vector<double> caught_;
};

}  // namespace waywarden
