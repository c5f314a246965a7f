#include "waywarden/hotspots/conditional_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/distinct_values.h"
#include "waywarden/hotspots/sample_sums.h"

namespace waywarden {
namespace detail {

/// How large the tables must be for some cells.
struct TableSize {
  std::size_t most_neighbours = 0;
  std::int64_t largest_sum = 0;

  void make_room_for(std::size_t neighbours, std::int64_t sum) {
    most_neighbours = std::max(most_neighbours, neighbours);
    largest_sum = std::max(largest_sum, sum);
  }
  double entries() const {
    return static_cast<double>(most_neighbours + 1) * (static_cast<double>(largest_sum) + 2.0);
  }
};

/// The values as whole numbers from 0 on (less the smallest), and what the neighbours of each cell add up to.
struct NeighbourSums {
  const Weights& others;
  std::vector<ValueGroup> groups;
  std::vector<std::uint32_t> group;  ///< of each cell
  std::vector<std::int64_t> sum;     ///< of each cell's neighbours
  TableSize size;

  /// What a neighbour of one group adds beside a cell of another.
  std::int64_t added(std::size_t neighbour, std::size_t cell, Summand summand) const {
    if (summand == Summand::value) return groups[neighbour].value;
    const std::int64_t difference = groups[neighbour].value - groups[cell].value;
    return difference * difference;
  }
};

}  // namespace detail

namespace {

using detail::TableSize;
using Sums = detail::NeighbourSums;

constexpr double kLargestRange = 1048576.0;            // 2^20: sums of squares stay whole
constexpr double kLargestTables = 16.0 * 1024 * 1024;  // doubles, for each of the runs
/// The groups are left out in as many runs as this, side by side; fixed, so that threads change no bit.
constexpr std::size_t kRuns = 4;

Sums sums_of(DistinctValues distinct, const Weights& others, Summand summand) {
  Sums sums{others, {}, std::move(distinct.group), {}, {}};
  for (std::size_t g = 0; g < distinct.size(); ++g) {
    const auto value = static_cast<std::int64_t>(distinct.value[g] - distinct.value.front());
    sums.groups.push_back({value, distinct.copies[g]});
  }
  sums.sum.resize(others.size());
  for (std::size_t cell = 0; cell < others.size(); ++cell) {
    std::int64_t sum = 0;
    for (const std::uint32_t j : others.neighbours(cell))
      sum += sums.added(sums.group[j], sums.group[cell], summand);
    sums.sum[cell] = sum;
    sums.size.make_room_for(others.neighbours(cell).size(), sum);
  }
  return sums;
}

/// Per group, the cells that hold its value and have neighbours.
std::vector<std::vector<std::size_t>> cells_by_group(const Sums& sums) {
  std::vector<std::vector<std::size_t>> cells(sums.groups.size());
  for (std::size_t cell = 0; cell < sums.others.size(); ++cell) {
    if (!sums.others.neighbours(cell).empty()) cells[sums.group[cell]].push_back(cell);
  }
  return cells;
}

/// The tails of some cells, from the table of what can lie around them.
void look_up(const std::vector<std::size_t>& cells, const Sums& sums, SampleSums table,
             std::vector<std::optional<Tails>>& tails) {
  if (cells.empty()) return;
  const SumTails sum_tails(std::move(table));
  for (const std::size_t cell : cells) {
    const std::size_t k = sums.others.neighbours(cell).size();
    tails[cell] = Tails{sum_tails.at_most(k, sums.sum[cell]), sum_tails.at_least(k, sums.sum[cell])};
  }
}

/// Every cell against the sums of all values but one copy of its own.
///
/// The tables with one value left out share most of what goes into them, so they are made by halving: from
/// the table of all groups outside a range, the left half's follow by adding the right half, and the other
/// way round. So each group is added about log2(groups) times instead of once per group, and nothing is ever
/// subtracted.
class TestOfValues {
 public:
  TestOfValues(const Sums& sums, const Execution& execution)
      : sums_(sums), execution_(execution), cells_(cells_by_group(sums)), tails_(sums.others.size()) {}

  std::vector<std::optional<Tails>> run() {
    const std::size_t groups = sums_.groups.size();
    parallel_for(kRuns, execution_, [&](std::size_t i) {
      const std::size_t first = groups * i / kRuns, last = groups * (i + 1) / kRuns;
      SampleSums outside(sums_.size.most_neighbours, sums_.size.largest_sum);
      add(outside, 0, first);
      add(outside, last, groups);
      leave_out_each(first, last, std::move(outside));
    });
    return std::move(tails_);
  }

 private:
  void add(SampleSums& table, std::size_t first, std::size_t last) const {
    for (std::size_t g = first; g < last; ++g) table.add(sums_.groups[g], execution_);
  }

  void leave_out_each(std::size_t first, std::size_t last, SampleSums outside) {
    if (first == last) return;
    if (last - first == 1) {
      const ValueGroup& group = sums_.groups[first];
      outside.add({group.value, group.copies - 1}, execution_);
      look_up(cells_[first], sums_, std::move(outside), tails_);
      return;
    }
    const std::size_t middle = (first + last) / 2;
    SampleSums left = outside;
    add(left, middle, last);
    leave_out_each(first, middle, std::move(left));
    add(outside, first, middle);
    leave_out_each(middle, last, std::move(outside));
  }

  const Sums& sums_;
  const Execution& execution_;
  std::vector<std::vector<std::size_t>> cells_;
  std::vector<std::optional<Tails>> tails_;
};

TableSize size_for(const std::vector<std::size_t>& cells, const Sums& sums) {
  TableSize size;
  for (const std::size_t cell : cells) {
    size.make_room_for(sums.others.neighbours(cell).size(), sums.sum[cell]);
  }
  return size;
}

/// What the values of all others add beside a cell of this group.
std::vector<ValueGroup> groups_around(const Sums& sums, std::size_t own) {
  std::vector<ValueGroup> groups;
  for (std::size_t g = 0; g < sums.groups.size(); ++g) {
    groups.push_back(
        {sums.added(g, own, Summand::squared_difference), sums.groups[g].copies - (g == own ? 1 : 0)});
  }
  return groups;
}

/// Squared differences are others beside each value, so that each value of a cell has a table of its own.
std::vector<std::optional<Tails>> test_of_squared_differences(const Sums& sums, const Execution& execution) {
  const auto cells = cells_by_group(sums);
  std::vector<std::optional<Tails>> tails(sums.others.size());
  parallel_for(sums.groups.size(), execution, [&](std::size_t own) {
    if (cells[own].empty()) return;
    const TableSize size = size_for(cells[own], sums);
    SampleSums table(size.most_neighbours, size.largest_sum);
    for (const ValueGroup& group : groups_around(sums, own)) table.add(group, execution);
    look_up(cells[own], sums, std::move(table), tails);
  });
  return tails;
}

double work_of_squared_differences(const Sums& sums) {
  const auto cells = cells_by_group(sums);
  double work = 0.0;
  for (std::size_t own = 0; own < sums.groups.size(); ++own) {
    const TableSize size = size_for(cells[own], sums);
    if (size.entries() > kLargestTables) return std::numeric_limits<double>::infinity();
    if (!cells[own].empty())
      work += sample_sums_work(groups_around(sums, own), size.most_neighbours, size.largest_sum);
  }
  return work;
}

double work_of_values(const Sums& sums) {
  const double halvings = std::log2(static_cast<double>(sums.groups.size())) + 1.0;
  if (sums.size.entries() * (halvings + 2.0) > kLargestTables) return std::numeric_limits<double>::infinity();
  return (kRuns + halvings) * sample_sums_work(sums.groups, sums.size.most_neighbours, sums.size.largest_sum);
}

bool row_is_constant(const Weights& others, std::size_t cell) {
  for (std::size_t e = others.first[cell]; e < others.first[cell + 1]; ++e) {
    if (others.weight_at(e) != others.weight_at(others.first[cell])) return false;
  }
  return true;
}

bool rows_are_constant(const Weights& others) {
  for (std::size_t cell = 0; !others.weight.empty() && cell < others.size(); ++cell) {
    if (!row_is_constant(others, cell)) return false;
  }
  return true;
}

bool applies(const DistinctValues& distinct, const Weights& others, Summand summand) {
  if (!all_whole(distinct) || !rows_are_constant(others)) return false;
  return summand == Summand::value || distinct.value.back() - distinct.value.front() <= kLargestRange;
}

}  // namespace

double Tails::p(Alternative alternative) const {
  switch (alternative) {
    case Alternative::two_sided:
      return p();
    case Alternative::greater:
      return upper;
    case Alternative::less:
      return lower;
  }
  throw OptionError("no such alternative");
}

double Tails::standard_error(Alternative alternative) const {
  if (dealt == 0) return 0.0;
  const bool both = alternative == Alternative::two_sided;
  const double tail = both ? std::min(lower, upper) : p(alternative);
  return (both ? 2.0 : 1.0) * std::sqrt(tail * (1.0 - tail) / static_cast<double>(dealt));
}

bool exact_applies(std::span<const double> values, const Weights& others, Summand summand) {
  return values.empty() || applies(distinct_values(values), others, summand);
}

std::optional<ExactTest> ExactTest::of(std::span<const double> values, const Weights& others,
                                       Summand summand) {
  DistinctValues distinct = distinct_values(values);
  if (!values.empty() && !applies(distinct, others, summand)) return std::nullopt;
  return ExactTest(std::make_shared<const Sums>(sums_of(std::move(distinct), others, summand)), summand);
}

double ExactTest::work() const {
  if (sums_->groups.empty()) return 0.0;
  return summand_ == Summand::value ? work_of_values(*sums_) : work_of_squared_differences(*sums_);
}

std::vector<std::optional<Tails>> ExactTest::tails(const Execution& execution) const {
  if (sums_->groups.empty()) return {};
  return summand_ == Summand::value ? TestOfValues(*sums_, execution).run()
                                    : test_of_squared_differences(*sums_, execution);
}

}  // namespace waywarden
