#include "waywarden/base/execution.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Execution on(unsigned threads) {
  Execution execution;
  execution.threads = threads;
  return execution;
}

TEST(ParallelFor, RunsEveryItemOnce) {
  for (const unsigned threads : {0U, 1U, 2U, 8U}) {
    std::vector<int> runs(1000, 0);
    parallel_for(
        runs.size(), on(threads), [&](std::size_t i) { ++runs[i]; }, 7);
    EXPECT_EQ(runs, std::vector<int>(1000, 1));
  }
}

TEST(ParallelFor, GrantsMoreThreadsThanTheMachineHas) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  std::atomic<int> inside = 0;
  parallel_for(8, on(8), [&](std::size_t) {
    {
      const std::lock_guard lock(mutex);
      seen.insert(std::this_thread::get_id());
    }
    // Hold the thread until all eight are here, or give up after a while.
    ++inside;
    for (int i = 0; i < 2000 && inside < 8; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  EXPECT_EQ(seen.size(), 8U);
}

TEST(ParallelFor, WorkspacesAreNeverShared) {
  const Execution execution = on(4);
  std::vector<std::atomic<int>> users(workspaces(execution));
  std::atomic<bool> shared = false;
  parallel_for_with_workspace(500, execution, [&](std::size_t workspace, std::size_t) {
    if (users.at(workspace)++ != 0) shared = true;
    std::this_thread::yield();
    --users.at(workspace);
  });
  EXPECT_FALSE(shared);
}

TEST(ParallelFor, AnExceptionEndsTheLoop) {
  EXPECT_THROW(parallel_for(100, on(2),
                            [](std::size_t i) {
                              if (i == 50) throw std::runtime_error("x");
                            }),
               std::runtime_error);
}

TEST(ParallelFor, StopsWhenAsked) {
  Progress progress;
  Execution execution = on(2);
  execution.progress = &progress;
  std::atomic<std::size_t> done = 0;
  EXPECT_THROW(parallel_for(1'000'000, execution,
                            [&](std::size_t) {
                              if (++done == 10) progress.cancel();
                            }),
               Cancelled);
  EXPECT_LT(done, 1'000'000U);
}

TEST(Execution, WithoutABoardNothingHappens) {
  const Execution execution;
  execution.start("step", 3);
  execution.advance();
  EXPECT_NO_THROW(execution.check());
}

}  // namespace
}  // namespace waywarden
