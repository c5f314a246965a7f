#pragma once

/// A set of ranks as bits, to be gone through in ascending order.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace waywarden::detail {

class RankSet {
 public:
  /// Of ranks below `size`; empty.
  explicit RankSet(std::size_t size) : words_((size + 63) / 64) {}

  /// Whether it was not in.
  bool insert(std::uint32_t rank) {
    std::uint64_t& word = words_[rank / 64];
    const std::uint64_t bit = std::uint64_t{1} << (rank % 64), before = word;
    word |= bit;
    return (before & bit) == 0;
  }

  /// Takes those of another set of the same size in too.
  void insert(const RankSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }

  /// All of them, ascending.
  std::vector<std::uint32_t> ranks() const {
    std::vector<std::uint32_t> ranks;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
        ranks.push_back(static_cast<std::uint32_t>(64 * w) +
                        static_cast<std::uint32_t>(std::countr_zero(rest)));
      }
    }
    return ranks;
  }

  void clear() { words_.assign(words_.size(), 0); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace waywarden::detail
