#include "waywarden/routing/detail/minimum_degree.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace waywarden::detail {
namespace {

using Word = std::uint64_t;

/// Numbers for a piece's nodes, then for those around it.
class LocalNumbers {
 public:
  LocalNumbers(const Adjacency& graph, std::span<const std::uint32_t> piece) {
    for (std::uint32_t i = 0; i < piece.size(); ++i) inside_.emplace_back(piece[i], i);
    std::sort(inside_.begin(), inside_.end());
    for (const std::uint32_t n : piece) {
      for (const std::uint32_t other : graph.of(n)) {
        if (!find(other)) outside_.push_back(other);
      }
    }
    std::sort(outside_.begin(), outside_.end());
    outside_.erase(std::unique(outside_.begin(), outside_.end()), outside_.end());
  }

  std::size_t size() const { return inside_.size() + outside_.size(); }

  std::size_t operator[](std::uint32_t node) const {
    if (const Numbered* found = find(node)) return found->second;
    const auto at = std::lower_bound(outside_.begin(), outside_.end(), node);
    return inside_.size() + static_cast<std::size_t>(at - outside_.begin());
  }

 private:
  using Numbered = std::pair<std::uint32_t, std::uint32_t>;

  const Numbered* find(std::uint32_t node) const {
    const auto at = std::lower_bound(inside_.begin(), inside_.end(), Numbered(node, 0));
    return at != inside_.end() && at->first == node ? &*at : nullptr;
  }

  std::vector<Numbered> inside_;
  std::vector<std::uint32_t> outside_;
};

/// Rows of bits, one row for each node of the piece.
class Game {
 public:
  Game(const Adjacency& graph, std::span<const std::uint32_t> piece)
      : size_(piece.size()), degree_(size_, 0), level_(size_, 0), here_(size_) {
    const LocalNumbers number(graph, piece);
    words_ = (number.size() + 63) / 64;
    rows_.assign(size_ * words_, 0);
    for (std::size_t i = 0; i < size_; ++i) {
      here_[i] = i;
      for (const std::uint32_t other : graph.of(piece[i])) set(i, number[other]);
      degree_[i] = static_cast<std::uint32_t>(graph.of(piece[i]).size());
    }
  }

  std::size_t take() {
    const auto best = std::min_element(here_.begin(), here_.end(),
                                       [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    const std::size_t n = *best;
    here_.erase(best);
    for (std::size_t w = 0; w < (size_ + 63) / 64; ++w) {
      for (Word bits = row(n)[w]; bits != 0; bits &= bits - 1) {
        const std::size_t other = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        if (other < size_) join(other, n);
      }
    }
    return n;
  }

 private:
  std::tuple<std::uint32_t, std::uint32_t, std::size_t> key(std::size_t n) const {
    return {degree_[n], level_[n], n};
  }
  Word* row(std::size_t n) { return rows_.data() + n * words_; }
  void set(std::size_t n, std::size_t other) { row(n)[other / 64] |= Word{1} << (other % 64); }
  void clear(std::size_t n, std::size_t other) { row(n)[other / 64] &= ~(Word{1} << (other % 64)); }

  /// Gives a node the neighbours of one that goes.
  void join(std::size_t n, std::size_t gone) {
    std::uint32_t degree = 0;
    for (std::size_t w = 0; w < words_; ++w) row(n)[w] |= row(gone)[w];
    clear(n, n);
    clear(n, gone);
    for (std::size_t w = 0; w < words_; ++w) degree += static_cast<std::uint32_t>(std::popcount(row(n)[w]));
    degree_[n] = degree;
    level_[n] = std::max(level_[n], level_[gone] + 1);
  }

  std::size_t size_, words_ = 0;
  std::vector<Word> rows_;
  std::vector<std::uint32_t> degree_, level_;
  std::vector<std::size_t> here_;
};

}  // namespace

std::vector<std::uint32_t> minimum_degree(const Adjacency& graph, std::span<const std::uint32_t> piece) {
  Game game(graph, piece);
  std::vector<std::uint32_t> order;
  order.reserve(piece.size());
  while (order.size() < piece.size()) order.push_back(piece[game.take()]);
  return order;
}

}  // namespace waywarden::detail
