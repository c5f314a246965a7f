#include "waywarden/scan/clusters_found.h"

#include <algorithm>
#include <utility>

#include "waywarden/scan/detail/walk.h"
#include "waywarden/scan/thresholds.h"

namespace waywarden {
namespace {

/// Rows of one task; fixed, so that threads change no bit.
constexpr std::size_t kRowsPerTask = 32;

/// The observed cases, one number where the random ones have lanes.
struct Tally {
  std::int64_t cases = 0;

  static Tally start() { return {}; }
  Tally& operator+=(const Tally& other) {
    cases += other.cases;
    return *this;
  }
};

class BestWindows {
 public:
  explicit BestWindows(const ScanTask& task)
      : task_(task), thresholds_(task.table, task.rates, task.fewest), deepest_(task.windows.deepest()) {
    for (const std::int64_t cases : task.table.cases) cases_.push_back({cases});
  }

  /// Per row; a statistic of 0 where no window is a cluster.
  std::vector<FoundCluster> run(const Execution& execution) const {
    std::vector<FoundCluster> best(task_.windows.rows());
    const std::size_t tasks = (best.size() + kRowsPerTask - 1) / kRowsPerTask;
    parallel_for(tasks, execution, [&](std::size_t task) {
      detail::WalkWorkspace<Tally> work;
      const std::size_t end = std::min(best.size(), (task + 1) * kRowsPerTask);
      for (std::size_t row = task * kRowsPerTask; row < end; ++row) {
        execution.check();
        best[row] = best_of(row, work);
      }
    });
    return best;
  }

 private:
  FoundCluster best_of(std::size_t row, detail::WalkWorkspace<Tally>& work) const {
    FoundCluster best;
    best.row = row;
    const CountBounds<std::int32_t>* bounds = &thresholds_.at(0.0);
    const detail::WalkedCells<Tally> cells{cases_.data(), task_.table.measure.data()};
    const auto test = [&](const Tally& sum, double measure, const detail::WindowKey& key) {
      const std::size_t bin = thresholds_.bins().of(measure);
      if (sum.cases <= bounds->above[bin] && sum.cases >= bounds->below[bin]) return;
      const double ratio = thresholds_.ratio(static_cast<double>(sum.cases), measure);
      if (ratio <= best.ratio) return;
      best = {row,
              key.step,
              key.first_interval,
              key.last_interval,
              static_cast<double>(sum.cases),
              measure,
              ratio,
              0.0,
              {}};
      bounds = &thresholds_.at(ratio);
    };
    detail::walk_row(task_.windows, row, deepest_, cells, task_.period, work, test);
    best.statistic = best.ratio * task_.windows.factor[row];
    return best;
  }

  const ScanTask& task_;
  Thresholds<std::int32_t> thresholds_;
  std::size_t deepest_;
  std::vector<Tally> cases_;
};

/// Those that are clusters, best first.
std::vector<FoundCluster> ranked(const Windows& windows, std::vector<FoundCluster> rows) {
  std::erase_if(rows, [](const FoundCluster& c) { return c.statistic <= 0.0; });
  const auto before = [&](const FoundCluster& a, const FoundCluster& b) {
    if (a.statistic != b.statistic) return a.statistic > b.statistic;
    if (a.step != b.step) return a.step < b.step;
    if (windows.centre[a.row] != windows.centre[b.row]) {
      return windows.centre[a.row] < windows.centre[b.row];
    }
    return a.row < b.row;
  };
  std::sort(rows.begin(), rows.end(), before);
  return rows;
}

}  // namespace

std::vector<FoundCluster> found_clusters(const ScanTask& task, std::size_t most, const Execution& execution) {
  std::vector<FoundCluster> apart;
  std::vector<char> taken(task.table.places());
  for (FoundCluster& cluster : ranked(task.windows, BestWindows(task).run(execution))) {
    if (apart.size() == most) break;
    cluster.members = members(task.windows, cluster.row, cluster.step);
    const auto is_taken = [&](std::uint32_t place) { return taken[place] == 1; };
    if (std::any_of(cluster.members.begin(), cluster.members.end(), is_taken)) continue;
    for (const std::uint32_t place : cluster.members) taken[place] = 1;
    apart.push_back(std::move(cluster));
  }
  return apart;
}

}  // namespace waywarden
