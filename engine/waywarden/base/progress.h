#pragma once

/// A board that a running call writes its progress on and reads a wish to stop from. The caller owns it,
/// shares it with the call and looks at it from another thread: no callback runs inside the engine, so none
/// can block or throw there.

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace waywarden {

class Progress {
 public:
  /// What a reader sees at one moment.
  struct Snapshot {
    std::string step;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t steps_started = 0;
  };

  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Begins a named step of `total` items.
  void start(const std::string& step, std::uint64_t total);
  void advance(std::uint64_t items = 1) { done_.fetch_add(items, std::memory_order_relaxed); }
  Snapshot snapshot() const;

  /// Asks the running call to stop; it throws `Cancelled` at its next check.
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  mutable std::mutex mutex_;
  std::string step_;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<std::uint64_t> total_ = 0;
  std::atomic<std::uint64_t> steps_started_ = 0;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace waywarden
