#include "waywarden/routing/dissection.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "waywarden/routing/detail/inertial_flow.h"
#include "waywarden/routing/detail/low_degree.h"
#include "waywarden/routing/detail/minimum_degree.h"
#include "waywarden/routing/detail/piece.h"

namespace waywarden {
namespace {

using namespace detail;

/// Pieces up to this size are ordered as one task.
constexpr std::size_t kTask = 4096;

/// A piece and the end of the ranks its nodes get.
struct Job {
  Piece piece;
  std::size_t end = 0;
};

class Dissection {
 public:
  Dissection(const Adjacency& graph, const DissectionOptions& options, const Execution& execution)
      : graph_(graph), options_(options), execution_(execution), order_(graph.size()) {}

  /// Large pieces are cut side by side, a level at a time; small ones are each ordered to the end.
  std::vector<std::uint32_t> order(std::span<const Position> positions) {
    for (std::vector<Job> jobs = first_jobs(positions); !jobs.empty();) {
      std::vector<std::vector<Job>> next(jobs.size());
      parallel_for(jobs.size(), execution_, [&](std::size_t i) {
        if (jobs[i].piece.size() > kTask) {
          next[i] = cut(jobs[i]);
        } else {
          finish(std::move(jobs[i]));
        }
        jobs[i] = {};
      });
      jobs.clear();
      for (std::vector<Job>& list : next) std::move(list.begin(), list.end(), std::back_inserter(jobs));
    }
    return std::move(order_);
  }

 private:
  std::vector<Job> first_jobs(std::span<const Position> positions) {
    std::vector<std::uint32_t> all(graph_.size());
    std::iota(all.begin(), all.end(), 0U);
    const Piece whole{graph_, std::move(all), {positions.begin(), positions.end()}};
    return jobs(components(whole, [](std::uint32_t) { return false; }), graph_.size());
  }

  static std::vector<Job> jobs(std::vector<Piece> pieces, std::size_t end) {
    std::vector<Job> found;
    for (Piece& piece : pieces) {
      const std::size_t size = piece.size();
      found.push_back({std::move(piece), end});
      end -= size;
    }
    return found;
  }

  void finish(Job job) {
    for (std::vector<Job> open = list_of(std::move(job)); !open.empty();) {
      const Job next = std::move(open.back());
      open.pop_back();
      std::vector<Job> parts = cut(next);
      std::move(parts.begin(), parts.end(), std::back_inserter(open));
    }
  }
  static std::vector<Job> list_of(Job job) {
    std::vector<Job> list;
    list.push_back(std::move(job));
    return list;
  }

  /// Gives the last ranks to a separator; what it separates is yet to be ordered.
  std::vector<Job> cut(const Job& job) {
    const Piece& piece = job.piece;
    execution_.check();
    if (piece.size() <= std::max<std::size_t>(options_.smallest_piece, 1)) {
      place(minimum_degree(graph_, piece.whole), job.end);
      return {};
    }
    const std::vector<Side> side = separate(piece.graph, directions(piece), execution_);
    std::vector<std::uint32_t> separator;
    for (std::size_t n = 0; n < side.size(); ++n) {
      if (side[n] == Side::separator) separator.push_back(piece.whole[n]);
    }
    place(separator, job.end);
    return jobs(components(piece, [&](std::uint32_t n) { return side[n] == Side::separator; }),
                job.end - separator.size());
  }

  std::vector<Direction> directions(const Piece& piece) const {
    if (piece.positions.empty()) return landmark_directions(piece.graph);
    return compass_directions(piece.positions, std::max<std::size_t>(options_.directions, 1));
  }

  void place(const std::vector<std::uint32_t>& nodes, std::size_t end) {
    std::copy(nodes.begin(), nodes.end(), order_.begin() + static_cast<std::ptrdiff_t>(end - nodes.size()));
    execution_.advance(nodes.size());
  }

  const Adjacency& graph_;
  const DissectionOptions& options_;
  const Execution& execution_;
  std::vector<std::uint32_t> order_;
};

std::vector<Position> positions_of(std::span<const std::uint32_t> nodes, std::span<const Position> all) {
  std::vector<Position> found;
  if (all.empty()) return found;
  for (const std::uint32_t n : nodes) found.push_back(all[n]);
  return found;
}

}  // namespace

std::vector<std::uint32_t> dissection_order(std::size_t nodes, std::span<const Joint> joints,
                                            std::span<const Position> positions,
                                            const DissectionOptions& options, const Execution& execution) {
  execution.check();
  LowDegree low = take_out_low_degree(adjacency(nodes, joints));
  execution.start("contraction order", low.left.size());
  const std::vector<Position> places = positions_of(low.left, positions);
  std::vector<std::uint32_t> order = std::move(low.gone);
  for (const std::uint32_t n : Dissection(low.rest, options, execution).order(places)) {
    order.push_back(low.left[n]);
  }
  return order;
}

}  // namespace waywarden
