#include "waywarden/routing/many_to_many.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <numeric>

#include "waywarden/routing/detail/selection.h"
#include "waywarden/routing/detail/sweep_kernels.h"

namespace waywarden {
namespace {

using detail::kLanes;
using detail::Lanes;
using detail::Selection;
using detail::SweepLinks;

SweepLinks climbing(const Selection& s) { return {s.first.data(), s.high.data(), s.cost.data(), nullptr}; }
SweepLinks descending(const Selection& s) { return {s.first.data(), s.high.data(), nullptr, s.cost.data()}; }

WAYWARDEN_MULTIVERSION
void push_all(const SweepLinks& links, std::span<const std::uint32_t> numbers, Lanes* costs) {
  for (const std::uint32_t number : numbers) detail::push(links, number, costs);
}

/// From the highest number down; those that are `reached`, ascending, have costs already.
WAYWARDEN_MULTIVERSION
void pull_all(const SweepLinks& links, std::span<const std::uint32_t> reached, std::uint32_t size,
              Lanes* costs) {
  for (std::size_t i = reached.size(); i-- > 0;) {
    detail::pull_range(links, {reached[i] + 1, size}, costs);
    costs[reached[i]] = detail::pull(links, reached[i], costs[reached[i]], costs);
    size = reached[i];
  }
  detail::pull_range(links, {0, size}, costs);
}

/// Numbers that have been met, to be gone through in ascending order.
class NumberSet {
 public:
  explicit NumberSet(std::size_t size) : words_((size + 63) / 64) {}

  /// Whether it was not in.
  bool insert(std::uint32_t number) {
    const std::uint64_t bit = std::uint64_t{1} << (number % 64), before = words_[number / 64];
    words_[number / 64] |= bit;
    return (before & bit) == 0;
  }

  /// Takes all of them out.
  std::vector<std::uint32_t> take() {
    std::vector<std::uint32_t> numbers;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (; words_[w] != 0; words_[w] &= words_[w] - 1) {
        numbers.push_back(static_cast<std::uint32_t>(64 * w) +
                          static_cast<std::uint32_t>(std::countr_zero(words_[w])));
      }
    }
    return numbers;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// What is the same for all groups of sources.
struct Task {
  const Selection& sources;
  const Selection& targets;
  /// Per number of a source's selection, that among the targets'.
  std::vector<std::uint32_t> number_among_targets;
  /// Sources by ascending rank: those of a group lie close to each other and share most of their ancestors.
  std::vector<std::uint32_t> order;
  CostTable& table;
};

/// Working space for one thread.
class Group {
 public:
  explicit Group(const Task& task)
      : task_(task),
        met_(task.sources.size()),
        up_(std::make_unique_for_overwrite<Lanes[]>(task.sources.size())),
        down_(std::make_unique_for_overwrite<Lanes[]>(task.targets.size())) {}

  /// The rows of sixteen sources, or of the last few.
  void fill_rows(std::size_t group) {
    const std::size_t first = group * kLanes;
    const auto sources = std::span(task_.order).subspan(first, std::min(kLanes, task_.order.size() - first));
    const std::vector<std::uint32_t> climbed = climb(sources);
    pull_all(descending(task_.targets), cross(climbed), static_cast<std::uint32_t>(task_.targets.size()),
             down_.get());
    write(sources);
  }

 private:
  std::vector<std::uint32_t> climb(std::span<const std::uint32_t> sources) {
    const Selection& selection = task_.sources;
    for (const std::uint32_t source : sources) {
      for (std::uint32_t n = selection.number[source]; met_.insert(n); n = selection.parent(n)) {
        up_[n] = detail::all_lanes(kNoWay);
      }
    }
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      up_[selection.number[sources[lane]]].set(lane, 0);
    }
    std::vector<std::uint32_t> climbed = met_.take();
    push_all(climbing(selection), climbed, up_.get());
    return climbed;
  }

  /// Where the climb has come to an ancestor of targets.
  std::vector<std::uint32_t> cross(std::span<const std::uint32_t> climbed) {
    std::vector<std::uint32_t> reached;
    for (const std::uint32_t n : climbed) {
      const std::uint32_t number = task_.number_among_targets[n];
      if (number == detail::kNotSelected) continue;
      down_[number] = up_[n];
      reached.push_back(number);
    }
    return reached;
  }

  void write(std::span<const std::uint32_t> sources) {
    const std::vector<std::uint32_t>& number = task_.targets.number;
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      Cost* row = task_.table.cells.data() + sources[lane] * number.size();
      for (std::size_t t = 0; t < number.size(); ++t) row[t] = down_[number[t]][lane];
    }
  }

  const Task& task_;
  NumberSet met_;
  std::unique_ptr<Lanes[]> up_;
  std::unique_ptr<Lanes[]> down_;
};

std::vector<std::uint32_t> by_rank(const Selection& selection) {
  std::vector<std::uint32_t> order(selection.number.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return selection.number[a] < selection.number[b];
  });
  return order;
}

CostTable table_of(const Selection& sources, const Selection& targets, const Execution& execution) {
  const std::size_t rows = sources.number.size(), columns = targets.number.size();
  CostTable table{columns, std::vector<Cost>(rows * columns)};
  const Task task{sources, targets, detail::translation(sources, targets), by_rank(sources), table};
  std::vector<std::unique_ptr<Group>> groups(workspaces(execution));
  parallel_for_with_workspace((rows + kLanes - 1) / kLanes, execution,
                              [&](std::size_t workspace, std::size_t group) {
                                if (!groups[workspace]) groups[workspace] = std::make_unique<Group>(task);
                                groups[workspace]->fill_rows(group);
                              });
  return table;
}

}  // namespace

ManyToMany::ManyToMany(const Metric& metric, std::span<const std::uint32_t> targets)
    : metric_(metric),
      targets_(std::make_unique<const Selection>(metric.hierarchy(), targets, metric.down())) {}

ManyToMany::~ManyToMany() = default;
ManyToMany::ManyToMany(ManyToMany&& other) noexcept = default;

CostTable ManyToMany::from(std::span<const std::uint32_t> sources, const Execution& execution) const {
  return table_of(Selection(metric_.hierarchy(), sources, metric_.up()), *targets_, execution);
}

std::vector<CostTable> many_to_many(const MetricBatch& batch, std::span<const std::uint32_t> sources,
                                    std::span<const std::uint32_t> targets, const Execution& execution) {
  Selection from(batch.hierarchy(), sources), to(batch.hierarchy(), targets);
  std::vector<CostTable> tables;
  for (std::size_t lane = 0; lane < batch.lane_count(); ++lane) {
    from.cost = batch.up(lane, from.link);
    to.cost = batch.down(lane, to.link);
    tables.push_back(table_of(from, to, execution));
  }
  return tables;
}

}  // namespace waywarden
