#pragma once

/// Time, and the lines in which the programs here report to run.py.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

namespace bench {

inline double milliseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

/// Of all threads of this process.
inline double cpu_ms() { return milliseconds(CLOCK_PROCESS_CPUTIME_ID); }
inline double wall_ms() { return milliseconds(CLOCK_MONOTONIC); }

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Of body(0), body(1), ...
template <class Body>
double median_ms(std::size_t runs, const Body& body, double (*clock)() = cpu_ms) {
  std::vector<double> times;
  for (std::size_t run = 0; run < runs; ++run) {
    const double start = clock();
    body(run);
    times.push_back(clock() - start);
  }
  return median(times);
}

/// A figure of `who`: its unit is the task's. Answers to one task have the same sum; 0 is none to compare.
inline void report(const char* task, const char* who, double figure, std::size_t runs,
                   std::uint64_t sum = 0) {
  std::printf("%s\t%s\t%.7g\t%zu\t%llu\n", task, who, figure, runs, static_cast<unsigned long long>(sum));
  std::fflush(stdout);
}

}  // namespace bench
