#pragma once

/// A file read at given positions, and the integers in it. Reads through GDAL's virtual files, so that
/// archives work.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {

class BinaryFile {
 public:
  /// A file that does not exist has size 0 and does not exist().
  explicit BinaryFile(const std::string& path) : file_(VSIFOpenL(path.c_str(), "rb")) {
    if (!file_) return;
    VSIFSeekL(file_.get(), 0, SEEK_END);
    size_ = VSIFTellL(file_.get());
  }

  bool exists() const { return file_ != nullptr; }
  std::uint64_t size() const { return size_; }

  /// The bytes there are, at most as many as asked for.
  std::vector<std::uint8_t> read(std::uint64_t offset, std::size_t count) const {
    if (!file_ || offset >= size_) return {};
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, size_ - offset)));
    if (VSIFSeekL(file_.get(), offset, SEEK_SET) != 0) return {};
    bytes.resize(VSIFReadL(bytes.data(), 1, bytes.size(), file_.get()));
    return bytes;
  }

 private:
  File file_;
  std::uint64_t size_ = 0;
};

/// Integers and reals at a position; 0 past the end.
template <class Number>
Number little_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  std::array<std::uint8_t, sizeof(Number)> raw{};
  if (at + raw.size() <= bytes.size()) std::memcpy(raw.data(), bytes.data() + at, raw.size());
  return std::bit_cast<Number>(raw);
}

inline std::int32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::int32_t>(__builtin_bswap32(little_endian<std::uint32_t>(bytes, at)));
}

}  // namespace waywarden::detail
