#include "waywarden/hotspots/derived_weights.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// (neighbour, weight)
using Entry = std::pair<std::uint32_t, double>;
using Rows = std::vector<std::vector<Entry>>;

Weights from_rows(const Rows& rows, bool weighted) {
  Weights weights;
  weights.first.reserve(rows.size() + 1);
  for (const auto& row : rows) {
    for (const auto& [neighbour, weight] : row) {
      weights.neighbour.push_back(neighbour);
      if (weighted) weights.weight.push_back(weight);
    }
    weights.first.push_back(weights.neighbour.size());
  }
  return weights;
}

/// Both directions of every entry, in order: an entry that the other side has too stands there twice.
Rows both_directions(const Weights& weights) {
  Rows rows(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e) {
      const std::uint32_t j = weights.neighbour[e];
      rows[i].emplace_back(j, weights.weight_at(e));
      rows[j].emplace_back(static_cast<std::uint32_t>(i), weights.weight_at(e));
    }
  }
  for (auto& row : rows) std::sort(row.begin(), row.end());
  return rows;
}

/// Of the entries of one neighbour, the smaller weight stands first.
std::vector<Entry> merged(const std::vector<Entry>& row, Mutual mutual) {
  std::vector<Entry> kept;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool pair = i + 1 < row.size() && row[i + 1].first == row[i].first;
    if (pair && mutual == Mutual::both) kept.push_back(row[i]);
    if (mutual == Mutual::either) kept.push_back(row[pair ? i + 1 : i]);
    if (pair) ++i;
  }
  return kept;
}

/// Steps outwards from one cell at a time; what has been seen is marked with the cell's number.
class Walk {
 public:
  Walk(const Weights& weights, unsigned order, Reach reach)
      : weights_(weights), order_(order), reach_(reach), seen_(weights.size(), weights.size()) {}

  std::vector<std::uint32_t> from(std::size_t cell) {
    std::vector<std::uint32_t> ring = {static_cast<std::uint32_t>(cell)}, reached;
    seen_[cell] = cell;
    for (unsigned step = 1; step <= order_ && !ring.empty(); ++step) {
      ring = next(ring, cell);
      if (step == order_ || reach_ == Reach::at_most) reached.insert(reached.end(), ring.begin(), ring.end());
    }
    return reached;
  }

 private:
  std::vector<std::uint32_t> next(const std::vector<std::uint32_t>& ring, std::size_t cell) {
    std::vector<std::uint32_t> beyond;
    for (const std::uint32_t i : ring) {
      for (const std::uint32_t j : weights_.neighbours(i)) {
        if (seen_[j] == cell) continue;
        seen_[j] = cell;
        beyond.push_back(j);
      }
    }
    return beyond;
  }

  const Weights& weights_;
  unsigned order_;
  Reach reach_;
  std::vector<std::size_t> seen_;
};

}  // namespace

Weights row_standardised(const Weights& weights) {
  Weights shares = weights;
  shares.weight.resize(weights.neighbour.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double sum = 0.0;
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e) sum += weights.weight_at(e);
    const double by = sum > 0.0 ? sum : 1.0;
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e)
      shares.weight[e] = weights.weight_at(e) / by;
  }
  return shares;
}

Weights with_own_weight(const Weights& weights, double weight) {
  if (!(weight >= 0.0) || !std::isfinite(weight))
    throw OptionError("a weight must be a number that is not negative");
  Rows rows(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    rows[i].emplace_back(static_cast<std::uint32_t>(i), weight);
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e) {
      if (weights.neighbour[e] != i) rows[i].emplace_back(weights.neighbour[e], weights.weight_at(e));
    }
    std::sort(rows[i].begin(), rows[i].end());
  }
  return from_rows(rows, true);
}

Weights symmetrised(const Weights& weights, Mutual mutual) {
  require_valid(weights);
  Rows rows = both_directions(weights);
  for (auto& row : rows) row = merged(row, mutual);
  return from_rows(rows, !weights.weight.empty());
}

Weights higher_order(const Weights& weights, unsigned order, Reach reach) {
  if (order == 0) throw OptionError("an order must be at least 1");
  const Weights others = without_self(weights);
  Walk walk(others, order, reach);
  std::vector<std::vector<std::uint32_t>> lists;
  lists.reserve(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) lists.push_back(walk.from(i));
  return binary_weights(std::move(lists));
}

}  // namespace waywarden
