#pragma once

/// What the programs here share: columns that prepare.py wrote, and processor time.

#include <cstdint>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

using Column = std::vector<std::uint32_t>;

inline Column read(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  Column column(static_cast<std::size_t>(file.tellg()) / sizeof(std::uint32_t));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(column.data()),
            static_cast<std::streamsize>(column.size() * sizeof(std::uint32_t)));
  return column;
}

inline double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

}  // namespace bench
