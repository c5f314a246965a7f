#pragma once

/// How many journeys a placement of teams stops, and what each further team would add. In one draw all
/// journeys to a destination follow one tree of sites, so two passes over it are exact: one with the journeys
/// (who has got to here unseen), one against them (who will get from here to the end unseen). The gain of a
/// team at a site is, summed over its nodes, what has got there x detection x what would have got through
/// behind it. design.md, 5: Interception.
///
/// Detections are independent and happen once per journey and site. Sites of one group (sites.h) detect a
/// journey once between them, with the largest probability among the watched ones on its way; where two of a
/// group stand on one way the two passes give way to a walk down every way of that tree, and gains stay
/// exact. What is stopped is submodular with groups too: each group's detection is a maximum, and what it
/// misses is multiplied with what the others miss. Journeys are attempted ones: nobody is
/// missing downstream of a team because it was stopped upstream, except where this says so.
///
/// Sums follow the order of trees and nodes, so results have the same bits with any number of threads.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/flow/site_tree.h"

namespace waywarden {

class GroupsMet;

/// The trees of a loading under a growing set of watched sites. Construction and memory O(nodes), 40 bytes
/// each; watching a site costs O(nodes of the trees that contain it), the gains of all sites one pass over
/// memory.
class WatchedTrees {
 public:
  /// `detection` has an entry per site, and so has `group`, unless it is empty: every site alone. Keeps no
  /// reference. Throws `OptionError` when a tree names a draw or site that does not exist, or a parent stands
  /// before its node. That no site occurs twice on a way is not checked.
  WatchedTrees(std::span<const SiteTree> trees, std::size_t draws, std::span<const double> detection,
               const Execution& execution = {}, std::span<const SiteId> group = {});

  std::size_t site_count() const { return detection_.size(); }
  bool watched(SiteId site) const { return watched_[site.index()] != 0; }

  /// Places a team. Nothing changes where one is already.
  void watch(SiteId site, const Execution& execution = {});

  /// Journeys stopped, per draw.
  std::vector<double> caught_per_draw() const;
  /// Journeys stopped, mean over draws.
  double caught() const;

  /// What a team at each site would add to `caught()`, 0 where one is already.
  std::vector<double> gains() const;
  std::vector<double> gain_per_draw(SiteId site) const;

  /// Journeys that reach each site unseen, mean over draws; with nothing watched, its exposure.
  std::vector<double> reaching() const;
  std::vector<double> reaching_per_draw(SiteId site) const;

 private:
  struct Node {
    std::uint32_t site;
    /// Position in `nodes_`; its own where there is none downstream.
    std::uint32_t parent;
    double injected;
    /// Journeys that get here unseen.
    double reaching;
    /// Chance to get from here to the end unseen, what happens here apart; with two of a group on a way, the
    /// share of what a team here would detect that no other team detects.
    double beyond;
  };

  void append(const SiteTree& tree);
  void index_nodes();
  void find_entangled();
  bool meets_group_again(std::uint32_t node) const;
  void recompute(std::size_t tree);
  double pass_down_and_up(std::uint32_t first, std::uint32_t end);
  double walk_every_way(std::uint32_t first, std::uint32_t end);
  double walk(std::uint32_t start, GroupsMet& met);
  double gain_at(const Node& node) const { return node.reaching * detection_[node.site] * node.beyond; }
  double miss_at(const Node& node) const {
    return watched_[node.site] != 0 ? 1.0 - detection_[node.site] : 1.0;
  }
  std::span<const std::uint32_t> nodes_of(std::size_t site) const;
  template <class Value>
  std::vector<double> per_site(Value value) const;
  template <class Value>
  std::vector<double> per_draw(SiteId site, Value value) const;

  std::size_t draws_;
  std::vector<double> detection_;
  /// Per site the number of its group.
  std::vector<std::uint32_t> group_;
  std::vector<std::uint8_t> watched_;
  std::vector<Node> nodes_;
  /// Per tree: its draw, its first node (and one past the last tree), its journeys stopped.
  std::vector<std::uint32_t> draw_;
  std::vector<std::uint32_t> first_node_{0};
  std::vector<double> caught_;
  /// Whether two sites of a group stand on one way of the tree.
  std::vector<std::uint8_t> entangled_;
  /// Per node its tree; nodes of each site, ascending.
  std::vector<std::uint32_t> tree_of_node_;
  std::vector<std::uint32_t> first_of_site_;
  std::vector<std::uint32_t> nodes_by_site_;
};

/// Journeys that the placement stops, per draw.
std::vector<double> interceptions_per_draw(std::span<const SiteTree> trees, std::size_t draws,
                                           std::span<const double> detection,
                                           std::span<const SiteId> placement, const Execution& execution = {},
                                           std::span<const SiteId> group = {});

}  // namespace waywarden
