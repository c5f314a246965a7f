#pragma once

/// How every long engine call runs when Python makes it: on a thread of its own, without the GIL, while the
/// calling thread wakes twenty times a second to look for signals and to report progress. After Ctrl-C the
/// engine is asked to stop, waited for (it checks within 0.2 s), and KeyboardInterrupt is raised; an
/// exception from `report` does the same.

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <type_traits>

#include "waywarden/base/execution.h"

namespace waywarden::bindings {

namespace py = pybind11;

/// `report` is None or called as report(step, done, total, steps_started). `threads` = 0 means all of the
/// machine. `work` must not touch Python objects. What it throws is thrown on here.
void run_watched(const py::object& report, unsigned threads,
                 const std::function<void(const Execution&)>& work);

/// As above, for work that has a result.
template <class Work>
std::invoke_result_t<Work, const Execution&> run(const py::object& report, unsigned threads, Work&& work) {
  using Result = std::invoke_result_t<Work, const Execution&>;
  if constexpr (std::is_void_v<Result>) {
    run_watched(report, threads, work);
  } else {
    std::optional<Result> result;
    run_watched(report, threads, [&](const Execution& execution) { result.emplace(work(execution)); });
    return std::move(*result);
  }
}

}  // namespace waywarden::bindings
