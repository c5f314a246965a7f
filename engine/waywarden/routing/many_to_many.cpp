#include "waywarden/routing/many_to_many.h"

#include <algorithm>
#include <memory>
#include <numeric>

#include "waywarden/routing/detail/rank_set.h"
#include "waywarden/routing/detail/selection.h"
#include "waywarden/routing/detail/sweep_kernels.h"

namespace waywarden {
namespace {

using detail::kLanes;
using detail::Lanes;
using detail::Selection;
using detail::SweepLinks;

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

/// What is the same for any costs.
struct Plan {
  Plan(const Selection& from, const Selection& to)
      : sources(from),
        targets(to),
        number_among_targets(detail::translation(from, to)),
        order(by_rank(from)) {}

  std::size_t group_count() const { return (order.size() + kLanes - 1) / kLanes; }

  const Selection& sources;
  const Selection& targets;
  /// Per number of a source's selection, that among the targets'.
  std::vector<std::uint32_t> number_among_targets;
  /// Sources by ascending rank: those of a group lie close to each other and share most of their ancestors.
  std::vector<std::uint32_t> order;

 private:
  static std::vector<std::uint32_t> by_rank(const Selection& selection) {
    std::vector<std::uint32_t> order(selection.number.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return selection.number[a] < selection.number[b];
    });
    return order;
  }
};

/// Costs of the links of the sources' and of the targets' selection, and where the answer goes.
struct Question {
  Question(const Plan& plan, std::span<const Cost> up, std::span<const Cost> down, CostTable& answer)
      : climb{plan.sources.first.data(), plan.sources.high.data(), up.data(), nullptr},
        descend{plan.targets.first.data(), plan.targets.high.data(), nullptr, down.data()},
        table(answer) {}

  SweepLinks climb;
  SweepLinks descend;
  CostTable& table;
};

CostTable empty_table(const Plan& plan) {
  const std::size_t columns = plan.targets.number.size();
  return {columns, std::vector<Cost>(plan.order.size() * columns)};
}

/// Working space for one thread.
class Group {
 public:
  explicit Group(const Plan& plan)
      : plan_(plan),
        met_(plan.sources.size()),
        up_(std::make_unique_for_overwrite<Lanes[]>(plan.sources.size())),
        down_(std::make_unique_for_overwrite<Lanes[]>(plan.targets.size())) {}

  /// The rows of sixteen sources, or of the last few.
  void fill_rows(const Question& question, std::size_t group) {
    const std::size_t first = group * kLanes;
    const auto sources = std::span(plan_.order).subspan(first, std::min(kLanes, plan_.order.size() - first));
    const std::vector<std::uint32_t> climbed = climb(question.climb, sources);
    pull_all(question.descend, cross(climbed), static_cast<std::uint32_t>(plan_.targets.size()), down_.get());
    write(sources, question.table);
  }

 private:
  std::vector<std::uint32_t> climb(const SweepLinks& links, std::span<const std::uint32_t> sources) {
    const Selection& selection = plan_.sources;
    for (const std::uint32_t source : sources) {
      for (std::uint32_t n = selection.number[source]; met_.insert(n); n = selection.parent(n)) {
        up_[n] = detail::all_lanes(kNoWay);
      }
    }
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      up_[selection.number[sources[lane]]].set(lane, 0);
    }
    std::vector<std::uint32_t> climbed = met_.ranks();
    met_.clear();
    push_all(links, climbed, up_.get());
    return climbed;
  }

  /// Where the climb has come to an ancestor of targets.
  std::vector<std::uint32_t> cross(std::span<const std::uint32_t> climbed) {
    std::vector<std::uint32_t> reached;
    for (const std::uint32_t n : climbed) {
      const std::uint32_t number = plan_.number_among_targets[n];
      if (number == detail::kNotSelected) continue;
      down_[number] = up_[n];
      reached.push_back(number);
    }
    return reached;
  }

  void write(std::span<const std::uint32_t> sources, CostTable& table) const {
    const std::vector<std::uint32_t>& number = plan_.targets.number;
    for (std::size_t lane = 0; lane < sources.size(); ++lane) {
      Cost* row = table.cells.data() + sources[lane] * number.size();
      for (std::size_t t = 0; t < number.size(); ++t) row[t] = down_[number[t]][lane];
    }
  }

  const Plan& plan_;
  detail::RankSet met_;
  std::unique_ptr<Lanes[]> up_;
  std::unique_ptr<Lanes[]> down_;
};

/// Working spaces as they are asked for.
class Groups {
 public:
  Groups(const Plan& plan, const Execution& execution) : plan_(plan), groups_(workspaces(execution)) {}

  Group& operator[](std::size_t workspace) {
    if (!groups_[workspace]) groups_[workspace] = std::make_unique<Group>(plan_);
    return *groups_[workspace];
  }

 private:
  const Plan& plan_;
  std::vector<std::unique_ptr<Group>> groups_;
};

}  // namespace

ManyToMany::ManyToMany(const Metric& metric, std::span<const std::uint32_t> targets,
                       const Execution& execution)
    : metric_(metric),
      targets_(std::make_unique<const Selection>(metric.hierarchy(), targets, execution)),
      down_(detail::costs_of(*targets_, metric.down(), execution)) {}

ManyToMany::~ManyToMany() = default;
ManyToMany::ManyToMany(ManyToMany&& other) noexcept = default;

CostTable ManyToMany::from(std::span<const std::uint32_t> sources, const Execution& execution) const {
  const Selection selected(metric_.hierarchy(), sources, execution);
  const std::vector<Cost> up = detail::costs_of(selected, metric_.up(), execution);
  const Plan plan(selected, *targets_);
  CostTable table = empty_table(plan);
  const Question question(plan, up, down_, table);
  Groups groups(plan, execution);
  parallel_for_with_workspace(plan.group_count(), execution, [&](std::size_t workspace, std::size_t group) {
    groups[workspace].fill_rows(question, group);
  });
  return table;
}

std::vector<CostTable> many_to_many(const MetricBatch& batch, std::span<const std::uint32_t> sources,
                                    std::span<const std::uint32_t> targets, const Execution& execution) {
  const Selection from(batch.hierarchy(), sources, execution), to(batch.hierarchy(), targets, execution);
  const Plan plan(from, to);
  Groups groups(plan, execution);
  std::vector<CostTable> tables(batch.lane_count());
  parallel_for_with_workspace(tables.size(), execution, [&](std::size_t workspace, std::size_t lane) {
    tables[lane] = empty_table(plan);
    const std::vector<Cost> up = batch.up(lane, from.link), down = batch.down(lane, to.link);
    const Question question(plan, up, down, tables[lane]);
    for (std::size_t group = 0; group < plan.group_count(); ++group) {
      execution.check();
      groups[workspace].fill_rows(question, group);
    }
  });
  return tables;
}

}  // namespace waywarden
