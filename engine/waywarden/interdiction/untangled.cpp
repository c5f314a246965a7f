#include "waywarden/interdiction/untangled.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// What becomes of the sites that are not noted.
enum class Others : std::uint8_t { kept, left_out };

/// Sets of sites, ascending, each with a number; the empty set has 0.
class SetNumbers {
 public:
  SetNumbers() { number(std::vector<SiteId>{}); }

  std::uint32_t with(std::uint32_t set, SiteId site) {
    const std::uint64_t key = (std::uint64_t{set} << 32U) | static_cast<std::uint32_t>(site.index());
    const auto known = grown_.find(key);
    if (known != grown_.end()) return known->second;
    std::vector<SiteId> sites = sites_[set];
    const auto place = std::ranges::lower_bound(sites, site);
    if (place == sites.end() || *place != site) sites.insert(place, site);
    return grown_[key] = number(std::move(sites));
  }

  std::uint32_t with(std::uint32_t set, std::span<const SiteId> more) {
    for (const SiteId site : more) set = with(set, site);
    return set;
  }

  std::span<const SiteId> sites(std::uint32_t set) const { return sites_[set]; }

 private:
  std::uint32_t number(std::vector<SiteId> sites) {
    const auto [entry, is_new] =
        numbers_.try_emplace(std::move(sites), static_cast<std::uint32_t>(sites_.size()));
    if (is_new) sites_.push_back(entry->first);
    return entry->second;
  }

  std::map<std::vector<SiteId>, std::uint32_t> numbers_;
  std::vector<std::vector<SiteId>> sites_;
  std::unordered_map<std::uint64_t, std::uint32_t> grown_;
};

/// Splits nodes, upstream first, so that all sets a node is reached with are known when its turn comes.
class Splitting {
 public:
  Splitting(const SiteNet& net, std::span<const std::uint8_t> noted, Others others, std::size_t most)
      : net_(net), noted_(noted), others_(others), most_(most), reached_with_(net.size()) {
    result_.destination = net.destination;
  }

  /// None where it takes too many nodes.
  std::optional<SiteNet> split() {
    for (std::uint32_t i = 0; i < net_.size(); ++i) {
      if (net_.journeys[i] > 0.0) position(i, 0);
      if (nodes_ > most_) return std::nullopt;
      first_of_.push_back(static_cast<std::uint32_t>(result_.size()));
      for (std::size_t k = 0; k < reached_with_[i].size(); ++k) append(i, reached_with_[i][k]);
    }
    for (std::size_t b = 0; b < result_.head.size(); ++b) result_.head[b] += first_of_[head_node_[b]];
    return std::move(result_);
  }

 private:
  /// Which of the nodes that i is split into.
  std::uint32_t position(std::uint32_t i, std::uint32_t set) {
    const std::uint64_t key = (std::uint64_t{i} << 32U) | set;
    const auto [entry, is_new] =
        positions_.try_emplace(key, static_cast<std::uint32_t>(reached_with_[i].size()));
    if (is_new) {
      reached_with_[i].push_back(set);
      ++nodes_;
    }
    return entry->second;
  }

  void append(std::uint32_t i, std::uint32_t set) {
    for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
      const SiteId site = net_.site[b];
      const bool is_noted = site.exists() && noted_[site.index()] != 0;
      const SiteId left = is_noted || others_ == Others::left_out ? SiteId::none() : site;
      result_.add_branch(position(net_.head[b], is_noted ? sets_.with(set, site) : set), net_.share[b], left);
      head_node_.push_back(net_.head[b]);
    }
    if (net_.is_end(i)) meet(i, set);
    result_.add_node(set == 0 ? net_.journeys[i] : 0.0);
  }

  void meet(std::uint32_t i, std::uint32_t set) {
    std::vector<SiteId> met;
    for (const SiteId site : net_.met_at(i)) {
      if (others_ == Others::kept || noted_[site.index()] != 0) met.push_back(site);
    }
    const std::span<const SiteId> all = sets_.sites(sets_.with(set, met));
    result_.met.insert(result_.met.end(), all.begin(), all.end());
  }

  const SiteNet& net_;
  std::span<const std::uint8_t> noted_;
  Others others_;
  std::size_t most_;
  SetNumbers sets_;
  /// Per node, the sets it is reached with, in the order of coming, and where the nodes for them begin.
  std::vector<std::vector<std::uint32_t>> reached_with_;
  std::vector<std::uint32_t> first_of_;
  std::unordered_map<std::uint64_t, std::uint32_t> positions_;
  std::size_t nodes_ = 0;
  SiteNet result_;
  /// Per branch of the result the node it leads to before splitting.
  std::vector<std::uint32_t> head_node_;
};

/// The groups that a walk may meet twice.
class Tangles {
 public:
  Tangles(const SiteNet& net, std::span<const SiteId> group) : net_(net), group_(group) { number_groups(); }

  /// Flag per group; empty where there is none.
  std::vector<std::uint8_t> find() {
    if (count_ == 0) return {};
    const std::size_t words = (count_ + 63) / 64;
    std::vector<std::uint64_t> below(net_.size() * words, 0), twice(words, 0);
    for (std::size_t i = net_.size(); i-- > 0;) {
      for (std::uint32_t b = net_.first[i]; b < net_.first[i + 1]; ++b) {
        const std::uint32_t number = number_on(b);
        for (std::size_t w = 0; w < words; ++w) {
          const std::uint64_t bit = number / 64 == w ? std::uint64_t{1} << number % 64 : 0;
          const std::uint64_t behind = below[net_.head[b] * words + w];
          twice[w] |= bit & behind;
          below[i * words + w] |= bit | behind;
        }
      }
    }
    return flags(twice);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  std::size_t group(SiteId site) const {
    return group_.empty() ? site.index() : group_[site.index()].index();
  }

  /// Only of those that stand on several branches.
  void number_groups() {
    for (const SiteId site : net_.site) {
      if (site.exists()) ++branches_[group(site)];
    }
    for (auto& [group, branches] : branches_)
      branches = branches > 1 ? static_cast<std::uint32_t>(count_++) : kNone;
  }

  std::uint32_t number_on(std::uint32_t branch) const {
    return net_.site[branch].exists() ? branches_.at(group(net_.site[branch])) : kNone;
  }

  std::vector<std::uint8_t> flags(const std::vector<std::uint64_t>& twice) const {
    std::vector<std::uint8_t> found;
    for (const auto& [group, number] : branches_) {
      if (number == kNone || (twice[number / 64] >> number % 64 & 1U) == 0) continue;
      found.resize(std::max(found.size(), group + 1));
      found[group] = 1;
    }
    return found;
  }

  const SiteNet& net_;
  std::span<const SiteId> group_;
  /// Per group its branches, then its number.
  std::map<std::size_t, std::uint32_t> branches_;
  std::size_t count_ = 0;
};

/// Flag per site of the net whose group is among the flags.
std::vector<std::uint8_t> sites_of_groups(const SiteNet& net, std::span<const SiteId> group,
                                          const std::vector<std::uint8_t>& flags) {
  std::vector<std::uint8_t> noted;
  for (const SiteId site : net.site) {
    if (!site.exists()) continue;
    const std::size_t of = group.empty() ? site.index() : group[site.index()].index();
    noted.resize(std::max(noted.size(), site.index() + 1));
    noted[site.index()] = of < flags.size() ? flags[of] : 0;
  }
  return noted;
}

}  // namespace

SiteNet untangled(SiteNet net, std::span<const SiteId> group, std::size_t most) {
  const std::vector<std::uint8_t> twice = Tangles(net, group).find();
  if (twice.empty()) return net;
  const std::vector<std::uint8_t> noted = sites_of_groups(net, group, twice);
  std::optional<SiteNet> split = Splitting(net, noted, Others::kept, most).split();
  if (!split)
    throw OptionError(
        "sites of one group follow each other on too many routes to one destination: more than " +
        std::to_string(most) + " cases");
  return std::move(*split);
}

std::optional<SiteNet> listed(const SiteNet& net, std::span<const std::uint8_t> noted, std::size_t most) {
  return Splitting(net, noted, Others::left_out, most).split();
}

}  // namespace waywarden
