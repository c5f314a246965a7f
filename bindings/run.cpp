#include "run.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace waywarden::bindings {
namespace {

constexpr std::chrono::milliseconds kTick(50);

/// A thread that works once. Its owner waits for it without the GIL.
class Worker {
 public:
  explicit Worker(std::function<void()> work) : thread_([this, work = std::move(work)] { perform(work); }) {}
  ~Worker() { thread_.join(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  bool finished_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return finish_.wait_for(lock, time, [this] { return finished_; });
  }
  /// What the work threw; to be asked for after it finished.
  std::exception_ptr failure() const { return failure_; }

 private:
  void perform(const std::function<void()>& work) {
    try {
      work();
    } catch (...) {
      failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    finished_ = true;
    finish_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable finish_;
  bool finished_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

void raise_pending_signals() {
  if (PyErr_CheckSignals() != 0) throw py::error_already_set();
}

void tell(const py::object& report, const Progress& progress) {
  if (report.is_none()) return;
  const Progress::Snapshot now = progress.snapshot();
  report(now.step, now.done, now.total, now.steps_started);
}

/// Waits until the worker finished; what Python raised meanwhile, if anything, after which the engine was
/// told to stop.
std::exception_ptr watch(Worker& worker, const py::object& report, Progress& progress) {
  std::exception_ptr interruption;
  const py::gil_scoped_release released;
  while (!worker.finished_within(kTick)) {
    if (interruption) continue;
    const py::gil_scoped_acquire acquired;
    try {
      raise_pending_signals();
      tell(report, progress);
    } catch (...) {
      interruption = std::current_exception();
      progress.cancel();
    }
  }
  return interruption;
}

}  // namespace

void run_watched(const py::object& report, unsigned threads,
                 const std::function<void(const Execution&)>& work) {
  Progress progress;
  Worker worker([&] { work(Execution{threads, &progress}); });
  if (const auto interruption = watch(worker, report, progress)) std::rethrow_exception(interruption);
  if (worker.failure()) std::rethrow_exception(worker.failure());
}

}  // namespace waywarden::bindings
