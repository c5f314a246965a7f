#include "waywarden/interdiction/swaps.h"

#include <algorithm>
#include <utility>

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

/// Teams on ways. Copies are made to try something.
class TeamsOnWays {
 public:
  TeamsOnWays(const SiteWays& ways, std::vector<std::uint8_t> chosen)
      : ways_(&ways), chosen_(std::move(chosen)) {}

  void watch(SiteId site) { chosen_[site.index()] = 1; }
  void leave(SiteId site) { chosen_[site.index()] = 0; }
  double caught() const { return caught_on(*ways_, chosen_); }
  std::vector<double> gains() const { return gains_on(*ways_, chosen_); }

 private:
  const SiteWays* ways_;
  std::vector<std::uint8_t> chosen_;
};

/// Teams on nets; sites that are not open gain nothing.
class TeamsOnNets {
 public:
  TeamsOnNets(const WatchedNets& unwatched, const std::vector<std::uint8_t>& chosen,
              const std::vector<std::uint8_t>& open)
      : nets_(unwatched), open_(&open) {
    for (const SiteId site : sites_of(chosen)) nets_.watch(site);
  }

  void watch(SiteId site) { nets_.watch(site); }
  void leave(SiteId site) { nets_.leave(site); }
  double caught() const { return nets_.caught(); }
  std::vector<double> gains() const {
    std::vector<double> gains = nets_.gains();
    for (std::size_t site = 0; site < gains.size(); ++site) gains[site] *= (*open_)[site] != 0 ? 1.0 : 0.0;
    return gains;
  }

 private:
  WatchedNets nets_;
  const std::vector<std::uint8_t>* open_;
};

struct Addition {
  std::size_t site = 0;
  double gain = 0.0;
};

/// The site that fits and adds most; gain 0 where none does.
template <class Teams>
Addition best_addition(const Teams& teams, const Limits& limits, const std::vector<std::uint8_t>& chosen) {
  const std::vector<double> used = used_by(limits, sites_of(chosen));
  std::vector<double> gains = teams.gains();
  for (std::size_t site = 0; site < gains.size(); ++site) {
    if (chosen[site] != 0 || !fits(limits, used, SiteId(site))) gains[site] = 0.0;
  }
  const auto best = first_of_largest(gains);
  return best ? Addition{*best, gains[*best]} : Addition{};
}

template <class Teams>
class Swaps {
 public:
  Swaps(Teams teams, const Limits& limits, std::vector<std::uint8_t> chosen,
        const std::vector<std::uint8_t>& fixed, const Execution& execution)
      : teams_(std::move(teams)), limits_(limits), fixed_(fixed), execution_(execution) {
    result_.chosen = std::move(chosen);
    result_.caught = teams_.caught();
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
      const Addition next = best_addition(teams_, limits_, result_.chosen);
      if (next.gain <= kLeastGain * result_.caught) return;
      set(SiteId(next.site), 1);
      result_.caught = teams_.caught();
    }
  }

  /// Whether one gained anything.
  bool exchange() {
    const std::vector<SiteId> movable = movable_sites();
    std::vector<Addition> instead(movable.size());
    std::vector<double> caught(movable.size(), 0.0);
    parallel_for(movable.size(), execution_, [&](std::size_t i) {
      Teams without = teams_;
      std::vector<std::uint8_t> chosen = result_.chosen;
      without.leave(movable[i]);
      chosen[movable[i].index()] = 0;
      instead[i] = best_addition(without, limits_, chosen);
      caught[i] = without.caught() + instead[i].gain;
    });
    const auto best = first_of_largest(caught);
    if (!best || caught[*best] <= result_.caught * (1.0 + kLeastGain)) return false;
    set(movable[*best], 0);
    set(SiteId(instead[*best].site), 1);
    result_.caught = teams_.caught();
    ++result_.exchanges;
    return true;
  }

  void set(SiteId site, std::uint8_t flag) {
    result_.chosen[site.index()] = flag;
    flag != 0 ? teams_.watch(site) : teams_.leave(site);
  }

  std::vector<SiteId> movable_sites() const {
    std::vector<SiteId> sites = sites_of(result_.chosen);
    std::erase_if(sites, [this](SiteId site) { return fixed_[site.index()] != 0; });
    return sites;
  }

  Teams teams_;
  const Limits& limits_;
  const std::vector<std::uint8_t>& fixed_;
  const Execution& execution_;
  Swapped result_;
};

}  // namespace

Swapped swap_sites(const SiteWays& ways, const Limits& limits, std::vector<std::uint8_t> chosen,
                   const std::vector<std::uint8_t>& fixed, int most, const Execution& execution) {
  TeamsOnWays teams(ways, chosen);
  return Swaps(std::move(teams), limits, std::move(chosen), fixed, execution).improve(most);
}

Swapped swap_sites(const WatchedNets& unwatched, const Limits& limits, std::vector<std::uint8_t> chosen,
                   const std::vector<std::uint8_t>& fixed, const std::vector<std::uint8_t>& open, int most,
                   const Execution& execution) {
  TeamsOnNets teams(unwatched, chosen, open);
  return Swaps(std::move(teams), limits, std::move(chosen), fixed, execution).improve(most);
}

}  // namespace waywarden
