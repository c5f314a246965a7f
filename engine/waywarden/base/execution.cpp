#include "waywarden/base/execution.h"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

int thread_count(const Execution& execution) {
  const int available = std::max(1, tbb::this_task_arena::max_concurrency());
  return execution.threads == 0 ? available : static_cast<int>(execution.threads);
}

/// Runs a loop in an arena of its own. More threads than the machine has are granted too, for as long as the
/// loop runs: TBB would complain on stderr and use fewer.
template <class Loop>
void run_in_arena(const Execution& execution, const Loop& loop) {
  const int threads = thread_count(execution);
  std::optional<tbb::global_control> more;
  if (threads > tbb::this_task_arena::max_concurrency()) {
    more.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  }
  tbb::task_arena arena(threads);
  arena.execute(loop);
}

}  // namespace

void Execution::check() const {
  if (progress != nullptr && progress->cancelled()) throw Cancelled();
}

void Execution::start(const std::string& step, std::uint64_t total) const {
  check();
  if (progress != nullptr) progress->start(step, total);
}

void Execution::advance(std::uint64_t items) const {
  if (progress != nullptr) progress->advance(items);
}

std::size_t workspaces(const Execution& execution) {
  return static_cast<std::size_t>(thread_count(execution));
}

void parallel_for(std::size_t count, const Execution& execution, const std::function<void(std::size_t)>& body,
                  std::size_t grain) {
  run_in_arena(execution, [&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(grain, 1)),
                      [&](const tbb::blocked_range<std::size_t>& range) {
                        execution.check();
                        for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
                      });
  });
}

void parallel_for_with_workspace(std::size_t count, const Execution& execution,
                                 const std::function<void(std::size_t, std::size_t)>& body) {
  run_in_arena(execution, [&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, count, 1), [&](const tbb::blocked_range<std::size_t>& range) {
          const auto slot = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
          for (std::size_t i = range.begin(); i != range.end(); ++i) {
            execution.check();
            body(slot, i);
          }
        });
  });
}

}  // namespace waywarden
