#pragma once

/// The bytes of a file one after the other, held in pieces of 1 MiB.

#include <optional>
#include <string>
#include <vector>

#include "waywarden/io/detail/binary_file.h"

namespace waywarden::detail {

class ByteStream {
 public:
  explicit ByteStream(const std::string& path) : file_(path) {}

  /// Nothing at the end.
  std::optional<char> next() {
    if (at_ == piece_.size() && !refill()) return std::nullopt;
    return static_cast<char>(piece_[at_++]);
  }

 private:
  bool refill() {
    constexpr std::size_t kPiece = std::size_t{1} << 20;
    piece_ = file_.read(offset_, kPiece);
    offset_ += piece_.size();
    at_ = 0;
    return !piece_.empty();
  }

  BinaryFile file_;
  std::vector<std::uint8_t> piece_;
  std::uint64_t offset_ = 0;
  std::size_t at_ = 0;
};

}  // namespace waywarden::detail
