#pragma once

/// Random studies in which nothing clusters, with the total of cases (and for the permutation model those of
/// each place and interval) as observed. Study r is a pure function of the seed, r and the table: cells draw
/// in the table's order. Each takes O(cases) draws.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/scan/scan_counts.h"

namespace waywarden {

/// Draws cells in proportion to whole numbers in O(1) (Walker 1977; Vose 1991), to within 2^-32 of each.
class AliasTable {
 public:
  /// Some weight is positive.
  explicit AliasTable(std::span<const double> weights);
  std::uint32_t draw(RandomStream& stream) const;

 private:
  struct Column {
    std::uint64_t own = 0;  ///< out of 2^32
    std::uint32_t other = 0;
  };
  std::vector<Column> columns_;
};

class ReplicateMaker {
 public:
  ReplicateMaker(const ScanTable& table, std::uint64_t seed);

  /// Cases per cell.
  std::vector<std::uint32_t> cases(std::uint64_t replicate) const;

 private:
  std::vector<std::uint32_t> multinomial(RandomStream& stream) const;
  std::vector<std::uint32_t> hypergeometric(RandomStream& stream) const;
  std::vector<std::uint32_t> permuted(RandomStream& stream) const;

  const ScanTable& table_;
  std::uint64_t seed_;
  AliasTable cells_;
  /// Of each case, place by place; for the permutation model alone.
  std::vector<std::uint32_t> place_, interval_;
};

}  // namespace waywarden
