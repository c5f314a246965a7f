#include "waywarden/routing/detail/low_degree.h"

#include <algorithm>
#include <utility>

namespace waywarden::detail {
namespace {

/// Lists longer than this are not searched through for the sake of a chain that ends there.
constexpr std::uint32_t kLongList = 256;
/// Dead ends with longer ways below them wait until chains have gone: that costs links, but no long way.
constexpr std::uint32_t kDeepEnd = 24;
/// Nodes of chains with longer ways below them stay.
constexpr std::uint32_t kDeepChain = 128;

/// The game on lists that never grow. A node that went without others becoming neighbours stays in the lists
/// until somebody looks.
class ShrinkingGraph {
 public:
  explicit ShrinkingGraph(Adjacency graph)
      : graph_(std::move(graph)),
        length_(graph_.size()),
        degree_(graph_.size()),
        round_(graph_.size(), 0),
        level_(graph_.size(), 0) {
    for (std::size_t n = 0; n < graph_.size(); ++n) {
      length_[n] = degree_[n] = graph_.first[n + 1] - graph_.first[n];
    }
  }

  LowDegree play() {
    for (std::uint32_t n = 0; n < graph_.size(); ++n) note(n);
    while (!dead_ends_.empty() || !next_.empty()) {
      take_dead_ends();
      take_chains();
      dead_ends_ = std::exchange(deep_, {});
      for (const std::uint32_t n : dead_ends_) level_[n] = 0;
    }
    return {std::move(gone_), left(), rest()};
  }

 private:
  static constexpr std::uint32_t kGone = 0xFFFFFFFF;

  bool is_gone(std::uint32_t n) const { return degree_[n] == kGone; }

  void note(std::uint32_t n) {
    if (degree_[n] <= 1) dead_ends_.push_back(n);
    if (degree_[n] == 2) next_.push_back(n);
  }

  void lower(std::uint32_t n) {
    --degree_[n];
    if (degree_[n] > 0) note(n);
  }

  void raise(std::uint32_t n, std::uint32_t gone) { level_[n] = std::max(level_[n], level_[gone] + 1); }

  void take(std::uint32_t n) {
    gone_.push_back(n);
    degree_[n] = kGone;
  }

  /// Neighbours that are still there.
  std::span<std::uint32_t> around(std::uint32_t n) {
    const std::span<std::uint32_t> list = std::span(graph_.head).subspan(graph_.first[n], length_[n]);
    if (length_[n] == degree_[n]) return list;
    const auto end = std::remove_if(list.begin(), list.end(), [&](std::uint32_t o) { return is_gone(o); });
    length_[n] = static_cast<std::uint32_t>(end - list.begin());
    return list.first(length_[n]);
  }

  void take_dead_ends() {
    for (std::size_t i = 0; i < dead_ends_.size(); ++i) {
      const std::uint32_t n = dead_ends_[i];
      if (level_[n] < kDeepEnd) {
        take_dead_end(n);
      } else {
        deep_.push_back(n);
      }
    }
    dead_ends_.clear();
  }

  void take_dead_end(std::uint32_t n) {
    const std::span<std::uint32_t> neighbours = around(n);
    take(n);
    for (const std::uint32_t other : neighbours) {
      raise(other, n);
      lower(other);
    }
  }

  void take_chains() {
    for (; !next_.empty(); ++rounds_) {
      for (const std::uint32_t n : std::exchange(next_, {})) take_middle(n);
      take_dead_ends();
    }
  }

  void take_middle(std::uint32_t n) {
    if (degree_[n] != 2 || level_[n] >= kDeepChain) return;
    const std::span<std::uint32_t> ends = around(n);
    const std::uint32_t a = ends[0], b = ends[1];
    if (degree_[a] > kLongList || degree_[b] > kLongList) return;
    if (round_[n] == rounds_) return next_.push_back(n);
    round_[a] = round_[b] = rounds_;
    raise(a, n);
    raise(b, n);
    join(a, b, n);
    take(n);
  }

  /// Puts b in the place of n among a's neighbours and the other way round, or neither if they are there.
  void join(std::uint32_t a, std::uint32_t b, std::uint32_t n) {
    const std::span<std::uint32_t> of_a = around(a), of_b = around(b);
    if (std::find(of_a.begin(), of_a.end(), b) != of_a.end()) {
      lower(a);
      lower(b);
    } else {
      *std::find(of_a.begin(), of_a.end(), n) = b;
      *std::find(of_b.begin(), of_b.end(), n) = a;
    }
  }

  std::vector<std::uint32_t> left() const {
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t n = 0; n < graph_.size(); ++n) {
      if (!is_gone(n)) nodes.push_back(n);
    }
    return nodes;
  }

  Adjacency rest() {
    std::vector<std::uint32_t> number(graph_.size(), 0);
    std::uint32_t count = 0;
    for (std::uint32_t n = 0; n < graph_.size(); ++n) number[n] = is_gone(n) ? kGone : count++;
    Adjacency rest;
    for (std::uint32_t n = 0; n < graph_.size(); ++n) {
      if (is_gone(n)) continue;
      for (const std::uint32_t other : around(n)) rest.head.push_back(number[other]);
      rest.first.push_back(static_cast<std::uint32_t>(rest.head.size()));
    }
    return rest;
  }

  Adjacency graph_;
  /// Of the list, with nodes in it that are gone; and of what is there.
  std::vector<std::uint32_t> length_, degree_;
  /// In which a neighbour was taken out last.
  std::vector<std::uint32_t> round_;
  std::uint32_t rounds_ = 1;
  /// Above those of the nodes already taken out around it.
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> dead_ends_, deep_, next_, gone_;
};

}  // namespace

LowDegree take_out_low_degree(Adjacency graph) { return ShrinkingGraph(std::move(graph)).play(); }

}  // namespace waywarden::detail
