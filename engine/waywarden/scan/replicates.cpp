#include "waywarden/scan/replicates.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace waywarden {
namespace {

constexpr double kWhole = 4294967296.0;  // 2^32
constexpr std::uint32_t kPurpose = 0x5CA;

}  // namespace

AliasTable::AliasTable(std::span<const double> weights) : columns_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> share;
  std::vector<std::uint32_t> poor, rich;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    share.push_back(weights[i] / total * static_cast<double>(weights.size()));
    (share[i] < 1.0 ? poor : rich).push_back(static_cast<std::uint32_t>(i));
  }
  while (!poor.empty() && !rich.empty()) {
    const std::uint32_t from = rich.back(), to = poor.back();
    poor.pop_back();
    columns_[to] = {static_cast<std::uint64_t>(share[to] * kWhole), from};
    share[from] -= 1.0 - share[to];
    if (share[from] >= 1.0) continue;
    rich.pop_back();
    poor.push_back(from);
  }
  // What is left over is 1 but for rounding.
  for (const auto& rest : {poor, rich}) {
    for (const std::uint32_t i : rest) columns_[i] = {std::uint64_t{1} << 32, i};
  }
}

std::uint32_t AliasTable::draw(RandomStream& stream) const {
  const std::uint32_t column = stream.below(static_cast<std::uint32_t>(columns_.size()));
  return stream.bits() < columns_[column].own ? column : columns_[column].other;
}

ReplicateMaker::ReplicateMaker(const ScanTable& table, std::uint64_t seed)
    : table_(table), seed_(seed), cells_(table.measure) {
  if (table.model != ScanModel::space_time_permutation) return;
  for (std::size_t i = 0; i < table.cases.size(); ++i) {
    const auto count = static_cast<std::size_t>(table.cases[i]);
    place_.insert(place_.end(), count, static_cast<std::uint32_t>(i / table.intervals));
    interval_.insert(interval_.end(), count, static_cast<std::uint32_t>(i % table.intervals));
  }
}

std::vector<std::uint32_t> ReplicateMaker::cases(std::uint64_t replicate) const {
  RandomStream stream(seed_, replicate, kPurpose);
  switch (table_.model) {
    case ScanModel::poisson:
      return multinomial(stream);
    case ScanModel::bernoulli:
      return hypergeometric(stream);
    case ScanModel::space_time_permutation:
      return permuted(stream);
  }
  return {};
}

std::vector<std::uint32_t> ReplicateMaker::multinomial(RandomStream& stream) const {
  std::vector<std::uint32_t> drawn(table_.cases.size());
  for (auto left = static_cast<std::uint64_t>(table_.total_cases); left > 0; --left) {
    ++drawn[cells_.draw(stream)];
  }
  return drawn;
}

/// A person is drawn by cell and number; the first `drawn` numbers of a cell stand for those taken already.
std::vector<std::uint32_t> ReplicateMaker::hypergeometric(RandomStream& stream) const {
  std::vector<std::uint32_t> drawn(table_.cases.size());
  const bool by_cases = table_.total_cases * 2.0 <= table_.total_measure;
  const double wanted = by_cases ? table_.total_cases : table_.total_measure - table_.total_cases;
  for (auto left = static_cast<std::uint64_t>(wanted); left > 0;) {
    const std::uint32_t cell = cells_.draw(stream);
    if (stream.below(static_cast<std::uint32_t>(table_.measure[cell])) < drawn[cell]) continue;
    ++drawn[cell];
    --left;
  }
  if (by_cases) return drawn;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    drawn[i] = static_cast<std::uint32_t>(table_.measure[i]) - drawn[i];
  }
  return drawn;
}

std::vector<std::uint32_t> ReplicateMaker::permuted(RandomStream& stream) const {
  std::vector<std::uint32_t> drawn(table_.cases.size()), interval = interval_;
  for (std::size_t i = 0; i < interval.size(); ++i) {
    const std::size_t j = i + stream.below(static_cast<std::uint32_t>(interval.size() - i));
    std::swap(interval[i], interval[j]);
    ++drawn[place_[i] * table_.intervals + interval[i]];
  }
  return drawn;
}

}  // namespace waywarden
