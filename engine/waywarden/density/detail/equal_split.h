#pragma once

/// An incident's walks along the lines, level by level (as many edges gone), those that lead the same way and
/// are equally long made one on the way.

#include <cmath>
#include <cstdint>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/density/detail/lixel_sums.h"
#include "waywarden/density/network_kde.h"

namespace waywarden::density_detail {

/// Enters an edge at the tail of `way`, `distance` from the incident, with a share of it.
struct Walk {
  std::uint32_t way = 0;
  /// Nodes of degree 3 and more passed.
  std::uint32_t depth = 0;
  double distance = 0.0;
  double share = 0.0;
  /// The kernel's integral up to `distance`.
  double up_to = 0.0;
};

/// Walks of one level. Two that differ by less than about 2^-36 of the bandwidth are equally long but for
/// rounding: they took the same edges in another order. Looking for such pairs costs more than following a
/// few walks twice, so that small levels are taken as they come.
class WalkSet {
 public:
  explicit WalkSet(double bandwidth) : ticks_per_metre_(std::ldexp(1.0 / bandwidth, 36)), slots_(64) {}

  void add(const Walk& walk) {
    if (!merging_) {
      walks_.push_back(walk);
      return;
    }
    if (2 * walks_.size() >= slots_.size()) grow();
    const std::uint64_t key = key_of(walk);
    Slot& slot = slot_of(key, walk.way);
    if (slot.round == round_) {
      walks_[slot.walk].share += walk.share;
      return;
    }
    slot = {key, walk.way, round_, static_cast<std::uint32_t>(walks_.size())};
    walks_.push_back(walk);
  }

  const std::vector<Walk>& walks() const { return walks_; }
  /// Begins the level that follows one of so many walks.
  void begin_after(std::size_t before) {
    merging_ = before >= kMany;
    walks_.clear();
    if (++round_ == 0) {  // after 2^32 rounds they begin anew
      slots_.assign(slots_.size(), {});
      round_ = 1;
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t way = 0;
    std::uint32_t round = 0;
    std::uint32_t walk = 0;
  };

  /// Length and depth; the length takes at most 37 bits.
  std::uint64_t key_of(const Walk& walk) const {
    const auto ticks = static_cast<std::uint64_t>(walk.distance * ticks_per_metre_ + 0.5);
    return ticks ^ (std::uint64_t{walk.depth} << 38U);
  }

  Slot& slot_of(std::uint64_t key, std::uint32_t way) {
    const std::uint64_t hash = (key ^ (std::uint64_t{way} * 0x9E3779B97F4A7C15U)) * 0xBF58476D1CE4E5B9U;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(hash >> 32U) & mask;
    while (slots_[at].round == round_ && (slots_[at].key != key || slots_[at].way != way))
      at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    slots_.assign(2 * slots_.size(), {});
    for (std::uint32_t i = 0; i < walks_.size(); ++i) {
      const std::uint64_t key = key_of(walks_[i]);
      slot_of(key, walks_[i].way) = {key, walks_[i].way, round_, i};
    }
  }

  static constexpr std::size_t kMany = 8192;

  double ticks_per_metre_;
  bool merging_ = false;
  std::uint32_t round_ = 1;
  std::vector<Slot> slots_;
  std::vector<Walk> walks_;
};

template <class Kernel>
class EqualSplit {
 public:
  EqualSplit(const JoinedLines& lines, const NetworkKdeOptions& options, const Kernel& kernel)
      : network_(&lines.network),
        options_(options),
        kernel_(kernel),
        level_(kernel.bandwidth()),
        next_(kernel.bandwidth()) {}

  /// Lays an incident of that weight on the lixels. Returns its integral over the network per weight.
  double lay(LinePosition incident, double weight, LixelSums& sums, const Execution& execution) {
    integral_ = 0.0;
    weight_ = weight;
    next_.begin_after(0);
    begin(incident, sums);
    while (!next_.walks().empty()) {
      std::swap(level_, next_);
      next_.begin_after(level_.walks().size());
      std::size_t count = 0;
      for (const Walk& walk : level_.walks()) {
        if (++count % 4096 == 0) execution.check();
        if (next_.walks().size() > kMostWalks) refuse();
        follow(walk, 0.0, sums);
      }
    }
    return integral_;
  }

  std::uint64_t walks() const { return walks_; }

 private:
  void begin(LinePosition incident, LixelSums& sums) {
    if (const auto node = node_at(*network_, incident)) {
      const double share = 2.0 / static_cast<double>(network_->degree(*node));
      for (const auto& branch : network_->branches(*node)) send({branch.way, 0, 0.0, share, 0.0}, sums);
      return;
    }
    const double along = incident.along, left = network_->edge(incident.edge).length - along;
    follow({2 * incident.edge, 0, -along, 1.0, 0.0}, along, sums);
    // The incident's own place belongs to the way forward.
    follow({2 * incident.edge + 1, 0, -left, 1.0, 0.0}, std::nextafter(left, 2.0 * left), sums);
  }

  /// A walk that ends on its edge is not worth remembering.
  void send(const Walk& walk, LixelSums& sums) {
    if (walk.distance + network_->edge(walk.way / 2).length < kernel_.bandwidth()) {
      next_.add(walk);
    } else {
      follow(walk, 0.0, sums);
    }
  }

  void follow(const Walk& walk, double begin, LixelSums& sums) {
    ++walks_;
    const double length = network_->edge(walk.way / 2).length, arrival = walk.distance + length;
    const bool ends = arrival >= kernel_.bandwidth();
    const double end = ends ? std::min(length, kernel_.bandwidth() - walk.distance) : length;
    const double up_to = ends ? 0.5 : kernel_.up_to(arrival);
    sums.add(kernel_, {walk.way, walk.distance, begin, end, walk.share * weight_, walk.up_to});
    integral_ += walk.share * (up_to - walk.up_to);
    if (!ends) arrive(walk, arrival, up_to, sums);
  }

  void arrive(const Walk& walk, double distance, double up_to, LixelSums& sums) {
    const std::uint32_t node = network_->head(walk.way);
    const std::size_t degree = network_->degree(node);
    if (degree == 1 && options_.dead_ends == DeadEndRule::lose) return;
    const std::uint32_t depth = walk.depth + (options_.depth && degree > 2 ? 1 : 0);
    if (options_.depth && depth > *options_.depth) return;
    const double n = static_cast<double>(degree);
    const bool continuous = options_.method == NetworkDensity::continuous;
    const double on = continuous ? 2.0 / n : degree == 1 ? 0.0 : 1.0 / (n - 1.0);
    const double back = continuous ? 2.0 / n - 1.0 : degree == 1 ? 1.0 : 0.0;
    const std::uint32_t way_back = walk.way ^ 1U;
    for (const auto& branch : network_->branches(node)) {
      const double share = walk.share * (branch.way == way_back ? back : on);
      if (share == 0.0 || std::abs(share) < options_.least_share) continue;
      send({branch.way, depth, distance, share, up_to}, sums);
    }
  }

  [[noreturn]] static void refuse() {
    throw OptionError(
        "too many ways lead from one incident to the end of the bandwidth: take a smaller bandwidth or "
        "depth, a "
        "larger least_share, or the heat kernel");
  }

  /// Of one level: a quarter of a gigabyte.
  static constexpr std::size_t kMostWalks = 4'000'000;

  const LinearNetwork* network_;
  NetworkKdeOptions options_;
  Kernel kernel_;
  WalkSet level_;
  WalkSet next_;
  double weight_ = 1.0;
  double integral_ = 0.0;
  std::uint64_t walks_ = 0;
};

}  // namespace waywarden::density_detail
