#pragma once

/// How a long call runs: on how many threads, and with which progress board. Never changes a result: the same
/// input, options and seed give the same bits whatever stands here.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "waywarden/base/progress.h"

namespace waywarden {

struct Execution {
  /// Number of threads, 0 = all that the machine offers.
  unsigned threads = 0;
  /// Not owned; nullptr = nobody watches.
  Progress* progress = nullptr;

  /// Throws `Cancelled` if the caller wants to stop. Cheap: call it every few thousand operations.
  void check() const;
  void start(const std::string& step, std::uint64_t total) const;
  void advance(std::uint64_t items = 1) const;
};

/// Runs body(i) for 0 <= i < count, in any order and on any thread, checking for cancellation before each
/// block of `grain` items. Bodies must write only to slots of their own. The first exception thrown ends the
/// loop.
void parallel_for(std::size_t count, const Execution& execution, const std::function<void(std::size_t)>& body,
                  std::size_t grain = 1);

/// As above, with a workspace number: body(workspace, i), where no two bodies that run at the same time share
/// one, and workspace < workspaces(execution). Bodies must not start parallel loops themselves, but on one
/// thread.
void parallel_for_with_workspace(std::size_t count, const Execution& execution,
                                 const std::function<void(std::size_t workspace, std::size_t item)>& body);
std::size_t workspaces(const Execution& execution);

}  // namespace waywarden
