/// Bytes per node that an index keeps, and a metric beside it, on a folder that prepare.py has made: counted
/// at `operator new`, with what the allocator rounds up.
///
///   memory_bench FOLDER
///
/// An index is what `RouteIndex` holds: the hierarchy and each arc's tail and head.

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/metric.h"

namespace {

std::atomic<std::size_t> live_bytes = 0, peak_bytes = 0;

void* counted(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t now = live_bytes += malloc_usable_size(memory);
  std::size_t peak = peak_bytes;
  while (peak < now && !peak_bytes.compare_exchange_weak(peak, now)) {
  }
  return memory;
}

void release(void* memory) noexcept {
  live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: memory_bench FOLDER\n", stderr), 2;
  const bench::Graph graph(arguments[1]);
  const auto report = [&](const char* task, std::size_t bytes) {
    bench::report(task, "waywarden", static_cast<double>(bytes) / graph.nodes, 1);
  };
  const std::size_t before = live_bytes;
  const bench::Column tail = graph.tail, head = graph.head;
  const waywarden::Hierarchy hierarchy({tail, head}, graph.order, {.threads = 1});
  const std::size_t index = live_bytes;
  report("memory_index", index - before);
  report("memory_peak", peak_bytes - before);
  const waywarden::Metric metric(hierarchy, graph.weight, {.threads = 1});
  report("memory_metric", live_bytes - index);
}
