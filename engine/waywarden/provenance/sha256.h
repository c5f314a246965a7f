#pragma once

/// SHA-256: what a file was, in 64 hexadecimal digits. Source: NIST FIPS 180-4. Some 200 MB a second.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "waywarden/base/execution.h"

namespace waywarden {

/// Takes bytes as they come.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// Lower-case hexadecimal digest of all that was added; the object is used up.
  std::string digest() &&;

 private:
  void absorb(const unsigned char* block);

  std::array<std::uint32_t, 8> state_;
  std::array<unsigned char, 64> pending_{};
  std::uint64_t length_ = 0;
};

std::string sha256(std::string_view bytes);

/// Digest of a file's bytes, read in pieces. Throws `FileError` when it cannot be opened or read.
std::string sha256_of_file(const std::string& path, const Execution& execution = {});

}  // namespace waywarden
