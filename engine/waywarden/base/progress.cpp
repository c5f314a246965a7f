#include "waywarden/base/progress.h"

namespace waywarden {

void Progress::start(const std::string& step, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  step_ = step;
  done_ = 0;
  total_ = total;
  ++steps_started_;
}

Progress::Snapshot Progress::snapshot() const {
  const std::lock_guard lock(mutex_);
  return {step_, done_, total_, steps_started_};
}

}  // namespace waywarden
