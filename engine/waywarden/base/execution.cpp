#include "waywarden/base/execution.h"

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

int thread_count(const Execution& execution) {
  const int available = std::max(1, tbb::this_task_arena::max_concurrency());
  return execution.threads == 0 ? available : static_cast<int>(execution.threads);
}

#if defined(__SANITIZE_THREAD__)

/// Calls block(slot, first, last) until all items have been in one. The thread sanitizer does not see how
/// TBB's threads wait for each other and calls everything a race that one hands to another: under it, plain
/// threads take block after block.
template <class Block>
void run_blocks(std::size_t count, std::size_t grain, const Execution& execution, const Block& block) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto work = [&](std::size_t slot) {
    try {
      for (std::size_t first = next.fetch_add(grain); first < count; first = next.fetch_add(grain)) {
        block(slot, first, std::min(first + grain, count));
      }
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (int slot = 1; slot < thread_count(execution); ++slot) others.emplace_back(work, slot);
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
}

#else

/// Calls block(slot, first, last) until all items have been in one, in an arena of its own. More threads than
/// the machine has are granted too, for as long as the loop runs: TBB would complain on stderr and use fewer.
template <class Block>
void run_blocks(std::size_t count, std::size_t grain, const Execution& execution, const Block& block) {
  const int threads = thread_count(execution);
  std::optional<tbb::global_control> more;
  if (threads > tbb::this_task_arena::max_concurrency()) {
    more.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  }
  tbb::task_arena arena(threads);
  arena.execute([&] {
    using Range = tbb::blocked_range<std::size_t>;
    tbb::parallel_for(Range(0, count, grain), [&](const Range& range) {
      block(static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()), range.begin(),
            range.end());
    });
  });
}

#endif

/// As `run_blocks`, without an arena where one thread does it all.
template <class Block>
void run(std::size_t count, std::size_t grain, const Execution& execution, const Block& block) {
  if (execution.threads != 1) return run_blocks(count, grain, execution, block);
  for (std::size_t first = 0; first < count; first += grain) {
    block(std::size_t{0}, first, std::min(first + grain, count));
  }
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
  run(count, std::max<std::size_t>(grain, 1), execution,
      [&](std::size_t, std::size_t first, std::size_t last) {
        execution.check();
        for (std::size_t i = first; i != last; ++i) body(i);
      });
}

void parallel_for_with_workspace(std::size_t count, const Execution& execution,
                                 const std::function<void(std::size_t, std::size_t)>& body) {
  run(count, 1, execution, [&](std::size_t slot, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      execution.check();
      body(slot, i);
    }
  });
}

}  // namespace waywarden
