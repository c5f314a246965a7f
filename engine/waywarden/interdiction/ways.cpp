#include "waywarden/interdiction/ways.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "waywarden/interdiction/untangled.h"

namespace waywarden {
namespace {

/// SiteWays as they come, some of them equal.
class WayList {
 public:
  void add(std::vector<Passage>& passages, double journeys) {
    std::ranges::sort(passages, {}, [](const Passage& p) { return std::tie(p.group, p.site); });
    raw_.journeys.push_back(journeys);
    raw_.passage.insert(raw_.passage.end(), passages.begin(), passages.end());
    raw_.first.push_back(static_cast<std::uint32_t>(raw_.passage.size()));
    digest_.push_back(digest(passages));
  }

  /// Equal ones as one, their journeys added up in the order of coming.
  SiteWays merged(std::size_t sites) const {
    std::vector<std::uint32_t> order(raw_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [this](std::uint32_t a, std::uint32_t b) {
      const int sides = compare(a, b);
      return sides != 0 ? sides < 0 : a < b;
    });
    SiteWays ways;
    ways.sites = sites;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0 && compare(order[i - 1], order[i]) == 0) {
        ways.journeys.back() += raw_.journeys[order[i]];
        continue;
      }
      const std::span<const Passage> passages = raw_.passages(order[i]);
      ways.journeys.push_back(raw_.journeys[order[i]]);
      ways.passage.insert(ways.passage.end(), passages.begin(), passages.end());
      ways.first.push_back(static_cast<std::uint32_t>(ways.passage.size()));
    }
    return ways;
  }

 private:
  /// FNV-1a over what tells passages apart.
  static std::uint64_t digest(std::span<const Passage> passages) {
    std::uint64_t state = 14695981039346656037ULL;
    for (const Passage& p : passages) {
      for (const std::uint64_t word : {std::uint64_t{p.site}, std::bit_cast<std::uint64_t>(p.detection)}) {
        state = (state ^ word) * 1099511628211ULL;
        state ^= state >> 29U;
      }
    }
    return state;
  }

  static auto key(const Passage& p) { return std::tie(p.group, p.site, p.detection); }

  /// By digest, which is quick and nearly always enough, then by content.
  int compare(std::uint32_t a, std::uint32_t b) const {
    if (digest_[a] != digest_[b]) return digest_[a] < digest_[b] ? -1 : 1;
    const std::span<const Passage> left = raw_.passages(a), right = raw_.passages(b);
    if (std::ranges::equal(left, right)) return 0;
    const bool less = std::ranges::lexicographical_compare(
        left, right, [](const Passage& p, const Passage& q) { return key(p) < key(q); });
    return less ? -1 : 1;
  }

  SiteWays raw_;
  std::vector<std::uint64_t> digest_;
};

Passage passage(std::uint32_t site, const Sites& sites) {
  return {site, static_cast<std::uint32_t>(sites.group[site].index()), sites.detection[site]};
}

/// All trees grown into one: a node for each sequence of sites up to the end.
class Trie {
 public:
  static constexpr std::uint32_t kEnd = 0;

  std::uint32_t before(std::uint32_t next, std::uint32_t site) {
    const std::uint64_t key = (std::uint64_t{next} << 32U) | site;
    const auto [entry, is_new] = number_.try_emplace(key, static_cast<std::uint32_t>(site_.size()));
    if (is_new) {
      site_.push_back(site);
      next_.push_back(next);
      journeys_.push_back(0.0);
    }
    return entry->second;
  }

  void add(std::uint32_t node, double journeys) { journeys_[node] += journeys; }

  WayList ways(const Sites& sites, double draws) const {
    WayList list;
    std::vector<Passage> passages;
    for (std::uint32_t node = 1; node < site_.size(); ++node) {
      if (journeys_[node] <= 0.0) continue;
      passages.clear();
      for (std::uint32_t at = node; at != kEnd; at = next_[at]) {
        passages.push_back(passage(site_[at], sites));
      }
      list.add(passages, journeys_[node] / draws);
    }
    return list;
  }

 private:
  std::vector<std::uint32_t> site_{0};
  std::vector<std::uint32_t> next_{0};
  std::vector<double> journeys_{0.0};
  std::unordered_map<std::uint64_t, std::uint32_t> number_;
};

void grow(Trie& trie, const SiteTree& tree, const std::vector<std::uint8_t>& usable) {
  std::vector<std::uint32_t> at(tree.site.size(), Trie::kEnd);
  for (std::size_t i = tree.site.size(); i-- > 0;) {
    const std::uint32_t next = tree.parent[i] == i ? Trie::kEnd : at[tree.parent[i]];
    const std::size_t site = tree.site[i].index();
    at[i] = usable[site] != 0 ? trie.before(next, static_cast<std::uint32_t>(site)) : next;
    if (tree.injected[i] > 0.0 && at[i] != Trie::kEnd) trie.add(at[i], tree.injected[i]);
  }
}

/// Flag per site that can detect anything.
std::vector<std::uint8_t> usable_sites(const Sites& sites) {
  std::vector<std::uint8_t> usable;
  for (std::size_t site = 0; site < sites.size(); ++site)
    usable.push_back(sites.state[site] != SiteState::forbidden && sites.detection[site] > 0.0 ? 1 : 0);
  return usable;
}

/// Those who end in a net on which all sites are noted at the ends.
void append_ends(WayList& list, const SiteNet& net, const Sites& sites) {
  std::vector<double> reaching = net.journeys;
  std::vector<Passage> passages;
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b)
      reaching[net.head[b]] += reaching[i] * net.share[b];
    if (net.met_at(i).empty() || reaching[i] <= 0.0) continue;
    passages.clear();
    for (const SiteId site : net.met_at(i))
      passages.push_back(passage(static_cast<std::uint32_t>(site.index()), sites));
    list.add(passages, reaching[i]);
  }
}

/// Calls visit(group's passages) for each group of a way.
template <class Visit>
void for_each_group(std::span<const Passage> passages, Visit visit) {
  for (std::size_t begin = 0; begin < passages.size();) {
    std::size_t end = begin + 1;
    while (end < passages.size() && passages[end].group == passages[begin].group) ++end;
    visit(passages.subspan(begin, end - begin));
    begin = end;
  }
}

template <class IsChosen>
double largest_of(std::span<const Passage> group, const IsChosen& is_chosen) {
  double largest = 0.0;
  for (const Passage& p : group) {
    if (is_chosen(p.site)) largest = std::max(largest, p.detection);
  }
  return largest;
}

template <class IsChosen>
double missed(std::span<const Passage> passages, const IsChosen& is_chosen) {
  double chance = 1.0;
  for_each_group(passages,
                 [&](std::span<const Passage> group) { chance *= 1.0 - largest_of(group, is_chosen); });
  return chance;
}

/// What a passage still detects of what its group has missed.
double left_to_detect(double detection, double by_group) {
  return detection > by_group ? (detection - by_group) / (1.0 - by_group) : 0.0;
}

}  // namespace

SiteWays ways_of(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites) {
  const std::vector<std::uint8_t> usable = usable_sites(sites);
  Trie trie;
  for (const SiteTree& tree : trees) grow(trie, tree, usable);
  return trie.ways(sites, static_cast<double>(draws)).merged(sites.size());
}

std::optional<SiteWays> ways_of(std::span<const SiteNet> nets, const Sites& sites, std::size_t most) {
  const std::vector<std::uint8_t> usable = usable_sites(sites);
  WayList list;
  for (const SiteNet& net : nets) {
    const std::optional<SiteNet> ways = listed(net, usable, most);
    if (!ways) return std::nullopt;
    most -= std::min(most, ways->size());
    append_ends(list, *ways, sites);
  }
  return list.merged(sites.size());
}

Decided decide(const SiteWays& ways, std::span<const Choice> choices) {
  Decided result;
  std::vector<std::uint32_t> number(ways.sites);
  for (std::uint32_t site = 0; site < ways.sites; ++site) {
    number[site] = static_cast<std::uint32_t>(result.open.size());
    if (choices[site] == Choice::open) result.open.emplace_back(site);
  }
  const auto taken = [&](std::uint32_t site) { return choices[site] == Choice::taken; };
  WayList list;
  std::vector<Passage> left;
  for (std::size_t way = 0; way < ways.size(); ++way) {
    left.clear();
    const double chance = missed(ways.passages(way), taken);
    result.caught += ways.journeys[way] * (1.0 - chance);
    for_each_group(ways.passages(way), [&](std::span<const Passage> group) {
      const double by_group = largest_of(group, taken);
      for (const Passage& p : group) {
        const double detection = left_to_detect(p.detection, by_group);
        if (choices[p.site] == Choice::open && detection > 0.0)
          left.push_back({number[p.site], p.group, detection});
      }
    });
    if (!left.empty() && chance > 0.0) list.add(left, ways.journeys[way] * chance);
  }
  result.ways = list.merged(result.open.size());
  return result;
}

double caught_on(const SiteWays& ways, std::span<const std::uint8_t> chosen) {
  double caught = 0.0;
  for (std::size_t way = 0; way < ways.size(); ++way) {
    const double chance = missed(ways.passages(way), [&](std::uint32_t site) { return chosen[site] != 0; });
    caught += ways.journeys[way] * (1.0 - chance);
  }
  return caught;
}

std::vector<double> gains_on(const SiteWays& ways, std::span<const std::uint8_t> chosen) {
  const auto is_chosen = [&](std::uint32_t site) { return chosen[site] != 0; };
  std::vector<double> gains(ways.sites, 0.0);
  for (std::size_t way = 0; way < ways.size(); ++way) {
    const double left = ways.journeys[way] * missed(ways.passages(way), is_chosen);
    for_each_group(ways.passages(way), [&](std::span<const Passage> group) {
      const double by_group = largest_of(group, is_chosen);
      for (const Passage& p : group) {
        if (!is_chosen(p.site)) gains[p.site] += left * left_to_detect(p.detection, by_group);
      }
    });
  }
  return gains;
}

}  // namespace waywarden
