#include "waywarden/base/execution.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

int thread_count(const Execution& execution) {
  const int available = std::max(1, tbb::this_task_arena::max_concurrency());
  return execution.threads == 0 ? available : static_cast<int>(execution.threads);
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
  const std::size_t block = std::max<std::size_t>(grain, 1);
  tbb::task_arena arena(thread_count(execution));
  arena.execute([&] {
    // A range may hold many blocks: TBB cuts no further than it needs to keep all threads busy.
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, block),
                      [&](const tbb::blocked_range<std::size_t>& range) {
                        for (std::size_t i = range.begin(); i != range.end(); ++i) {
                          if ((i - range.begin()) % block == 0) execution.check();
                          body(i);
                        }
                      });
  });
}

void parallel_for_with_workspace(std::size_t count, const Execution& execution,
                                 const std::function<void(std::size_t, std::size_t)>& body) {
  tbb::task_arena arena(thread_count(execution));
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 1),
                      [&](const tbb::blocked_range<std::size_t>& range) {
                        const auto slot = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
                        for (std::size_t i = range.begin(); i != range.end(); ++i) {
                          execution.check();
                          body(slot, i);
                        }
                      });
  });
}

}  // namespace waywarden
