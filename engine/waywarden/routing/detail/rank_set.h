#pragma once

/// A set of ranks as bits, to be gone through in ascending order and numbered in it.

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
  friend class RankNumbers;
  std::vector<std::uint64_t> words_;
};

/// How many of a set are below a rank: its number, if it is in.
class RankNumbers {
 public:
  /// The set must outlive it and stay as it is.
  explicit RankNumbers(const RankSet& set) : set_(set) {
    std::uint32_t count = 0;
    for (const std::uint64_t word : set.words_) {
      before_.push_back(count);
      count += static_cast<std::uint32_t>(std::popcount(word));
    }
  }

  std::uint32_t operator[](std::uint32_t rank) const {
    const std::uint64_t below = (std::uint64_t{1} << (rank % 64)) - 1;
    return before_[rank / 64] + static_cast<std::uint32_t>(std::popcount(set_.words_[rank / 64] & below));
  }

 private:
  const RankSet& set_;
  /// Per word.
  std::vector<std::uint32_t> before_;
};

}  // namespace waywarden::detail
