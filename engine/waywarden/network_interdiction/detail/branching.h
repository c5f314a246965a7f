#pragma once

/// Which site to branch on: the one whose two halves raise the bound most, by pseudo-costs once a site has
/// been tried often enough, else by short trial solves (reliability branching: Achterberg, Koch and Martin
/// 2005, "Branching rules revisited").

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/network_interdiction/detail/worst_case_master.h"

namespace waywarden::detail {

class Branching {
 public:
  explicit Branching(std::size_t sites) : down_(sites), up_(sites) {}

  struct Choice {
    std::size_t position = 0;
    /// Bounds of the halves, as far as they were tried.
    double bound_down = 0.0;
    double bound_up = 0.0;
  };
  /// `master` is solved, and is left with the same basis and bounds. None where no x is fractional.
  std::optional<Choice> choose(WorstCaseMaster& master, double cutoff);

 private:
  struct PseudoCost {
    double sum = 0.0;
    std::size_t trials = 0;
  };
  struct Candidate {
    std::size_t position;
    double x;
    double score;
  };

  std::vector<Candidate> candidates(const WorstCaseMaster& master) const;
  double gain(const std::vector<PseudoCost>& costs, std::size_t position, double distance) const;
  double trial(WorstCaseMaster& master, std::size_t position, double to);

  std::vector<PseudoCost> down_;
  std::vector<PseudoCost> up_;
};

}  // namespace waywarden::detail
