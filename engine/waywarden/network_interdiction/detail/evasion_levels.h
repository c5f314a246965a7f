#pragma once

/// What a placement leaves to each pair, as a list of levels instead of a network. A level is a value and a
/// set of sites: where none of these is watched, the pair's evasion is at least the value, whatever else is
/// watched. A placement's evasion is then the value of the first level, in descending order, of which no site
/// is watched.
///
/// Levels of one site each come from two trees of the fully watched network per pair: V = from the origin to
/// the tail x arc x from the head to the destination. Levels of several sites, for paths that pass several
/// unwatched ones, are added when `confirm` meets a placement whose evasion is greater than its levels say:
/// lists are a lower bound at every placement, and exact at those confirmed.
///
/// Below a pair's floor nothing is listed: all above it cannot be covered within the budget, or all is
/// watched.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/network_interdiction/detail/evasion_search.h"

namespace waywarden::detail {

struct Level {
  double evasion;
  /// Its sites: positions in the table of the pair's sites.
  std::uint32_t first;
  std::uint32_t count;
};

/// What a pair's evasion is at least where one site is not watched.
struct SingleSite {
  double evasion;
  std::uint32_t site;
};

/// One or more rows of the problem with the same origin and destination.
struct LevelledPair {
  /// Origin and destination, or the other way round where there are fewer destinations.
  NodeId root;
  NodeId leaf;
  double weight = 0.0;
  double floor = 0.0;
  /// Evasion where only what must or costs nothing is watched.
  double ceiling = 0.0;
  /// Descending, all above the floor.
  std::vector<Level> levels;
  std::vector<std::uint32_t> sites;

  std::span<const std::uint32_t> sites_of(const Level& level) const {
    return {sites.data() + level.first, level.count};
  }
  /// Of the first level that is not covered; the floor where all are.
  double evasion(const Watched& watched) const;
};

class EvasionLevels {
 public:
  /// Keeps a reference to the problem, which must have passed `check`.
  EvasionLevels(const WorstCaseProblem& problem, const Execution& execution);

  const WorstCaseProblem& problem() const { return problem_; }
  /// Of positive weight, with floor < ceiling: where teams matter.
  const std::vector<LevelledPair>& pairs() const { return pairs_; }
  /// Weighted evasion of all other pairs.
  double settled() const { return settled_; }

  /// Sites among which to choose, ascending; what they cost; the budget that is left for them.
  const std::vector<std::uint32_t>& choice() const { return choice_; }
  double cost(std::uint32_t site) const { return problem_.cost[site]; }
  double budget() const { return budget_; }
  /// Teams that stand in every placement: required ones and those that cost nothing.
  const Watched& always() const { return always_; }

  /// Weighted evasion where every pair is at its floor: no placement leaves less.
  double least() const;
  /// Weighted evasion by the levels: never more than the true one.
  double implied(const Watched& watched) const;

  struct Confirmed {
    double evasion = 0.0;
    std::size_t levels_added = 0;
  };
  /// True weighted evasion of a placement; adds the levels that it shows to be missing.
  Confirmed confirm(const Watched& watched, const Execution& execution);

 private:
  struct Missing {
    std::size_t pair;
    double evasion;
    std::vector<std::uint32_t> sites;
  };

  void classify();
  void merge_pairs();
  void find_roots();
  std::size_t roots() const { return first_of_root_.size() - 1; }
  void set_ceilings(const Execution& execution);
  void list_levels(const Execution& execution);
  void list_levels(LevelledPair& pair, const EvasionTree& from, const EvasionTree& to) const;
  /// Best first; as many as the budget may pay for, and one more.
  std::vector<SingleSite> single_sites(double floor, const EvasionTree& from, const EvasionTree& to) const;
  void settle();
  std::size_t affordable_sites() const;
  std::vector<std::uint32_t> unwatched_on_path(const EvasionTree& tree, NodeId to,
                                               const Watched& watched) const;
  void add(const Missing& level);

  const WorstCaseProblem& problem_;
  EvasionSearch search_;
  Towards away_;
  std::vector<LevelledPair> pairs_;
  /// Pairs stand by root: the first of each distinct one, and the end.
  std::vector<std::size_t> first_of_root_;
  std::vector<std::uint32_t> choice_;
  std::vector<std::uint8_t> is_choice_;
  std::vector<std::uint32_t> arcs_of_choice_;
  std::size_t affordable_sites_ = 0;
  Watched always_;
  double budget_ = 0.0;
  double settled_ = 0.0;
};

}  // namespace waywarden::detail
