#pragma once

/// A file in the memory file system that the path guard lets through, and what reading it must keep to.

#include <cpl_vsi.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/io/read.h"

namespace waywarden::fuzz {

class MemoryFile {
 public:
  MemoryFile(const std::string& name, std::span<const std::uint8_t> bytes)
      : path_("/vsimem/waywarden/" + name), bytes_(bytes.begin(), bytes.end()) {
    VSILFILE* file = VSIFileFromMemBuffer(path_.c_str(), bytes_.data(), bytes_.size(), FALSE);
    if (file != nullptr) VSIFCloseL(file);
  }
  ~MemoryFile() { VSIUnlink(path_.c_str()); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::vector<std::uint8_t> bytes_;
};

/// Columns of one length, and vertices that are finite; an error names the file.
inline void read_and_check(const std::string& path, const ReadOptions& options) {
  try {
    const ReadResult result = read_layer(path, options);
    for (const Column& column : result.table.columns) {
      if (column.size() != result.table.size()) std::abort();
    }
    for (const Geometry& geometry : result.table.geometries) {
      for (const Point p : geometry.points) {
        if (!p.finite()) std::abort();
      }
    }
  } catch (const Error& error) {
    if (error.reason().empty() || error.where().file != path) std::abort();
  }
}

}  // namespace waywarden::fuzz
