#include "waywarden/interdiction/swaps.h"

#include <algorithm>

#include "waywarden/interdiction/placement.h"

namespace waywarden {
namespace {

constexpr double kLeastGain = 1e-9;

std::vector<SiteId> sites_of(const std::vector<std::uint8_t>& chosen) {
  std::vector<SiteId> sites;
  for (std::size_t site = 0; site < chosen.size(); ++site) {
    if (chosen[site] != 0) sites.emplace_back(site);
  }
  return sites;
}

struct Addition {
  std::size_t site = 0;
  double gain = 0.0;
};

/// The site that fits and adds most; gain 0 where none does.
Addition best_addition(const SiteWays& ways, const Limits& limits, const std::vector<std::uint8_t>& chosen) {
  const std::vector<double> used = used_by(limits, sites_of(chosen));
  std::vector<double> gains = gains_on(ways, chosen);
  for (std::size_t site = 0; site < gains.size(); ++site) {
    if (chosen[site] != 0 || !fits(limits, used, SiteId(site))) gains[site] = 0.0;
  }
  const auto best = first_of_largest(gains);
  return best ? Addition{*best, gains[*best]} : Addition{};
}

class Swaps {
 public:
  Swaps(const SiteWays& ways, const Limits& limits, std::vector<std::uint8_t> chosen,
        const std::vector<std::uint8_t>& fixed, const Execution& execution)
      : ways_(ways), limits_(limits), fixed_(fixed), execution_(execution) {
    result_.chosen = std::move(chosen);
    result_.caught = caught_on(ways, result_.chosen);
  }

  Swapped improve(int most) {
    fill();
    while (result_.exchanges < most && exchange()) fill();
    return std::move(result_);
  }

 private:
  void fill() {
    while (true) {
      execution_.check();
      const Addition next = best_addition(ways_, limits_, result_.chosen);
      if (next.gain <= kLeastGain * result_.caught) return;
      result_.chosen[next.site] = 1;
      result_.caught = caught_on(ways_, result_.chosen);
    }
  }

  /// Whether one gained anything.
  bool exchange() {
    const std::vector<SiteId> teams = movable();
    std::vector<Addition> instead(teams.size());
    std::vector<double> caught(teams.size(), 0.0);
    parallel_for(teams.size(), execution_, [&](std::size_t i) {
      std::vector<std::uint8_t> without = result_.chosen;
      without[teams[i].index()] = 0;
      instead[i] = best_addition(ways_, limits_, without);
      caught[i] = caught_on(ways_, without) + instead[i].gain;
    });
    const auto best = first_of_largest(caught);
    if (!best || caught[*best] <= result_.caught * (1.0 + kLeastGain)) return false;
    result_.chosen[teams[*best].index()] = 0;
    result_.chosen[instead[*best].site] = 1;
    result_.caught = caught_on(ways_, result_.chosen);
    ++result_.exchanges;
    return true;
  }

  std::vector<SiteId> movable() const {
    std::vector<SiteId> teams = sites_of(result_.chosen);
    std::erase_if(teams, [this](SiteId site) { return fixed_[site.index()] != 0; });
    return teams;
  }

  const SiteWays& ways_;
  const Limits& limits_;
  const std::vector<std::uint8_t>& fixed_;
  const Execution& execution_;
  Swapped result_;
};

}  // namespace

Swapped swap_sites(const SiteWays& ways, const Limits& limits, std::vector<std::uint8_t> chosen,
                   const std::vector<std::uint8_t>& fixed, int most, const Execution& execution) {
  return Swaps(ways, limits, std::move(chosen), fixed, execution).improve(most);
}

}  // namespace waywarden
