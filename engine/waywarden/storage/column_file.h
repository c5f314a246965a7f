#pragma once

/// A file of named columns: written in one go under another name first, so that nobody sees half of it, and
/// read by mapping it into memory, where the columns lie as they are.
///
/// Layout, in the machine's byte order: `Preamble` (which says what order that is), `Directory`, an `Entry`
/// per column, then the columns, each at a multiple of 64 bytes. The checksum (XXH3, 64 bits) is over all
/// that follows it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waywarden {

/// What a file is: eight letters and the version of its layout, and the 64 letters of a digest of what it was
/// made from.
struct ColumnFileKind {
  std::string_view magic;
  std::uint32_t version = 0;
  /// What messages call it, and what to do about one of another version.
  std::string_view noun = "an index";
  std::string_view remedy = "prepare the network again";
};

struct RawColumn {
  /// At most 23 letters.
  std::string_view name;
  std::size_t item_size = 0;
  std::span<const std::byte> bytes;
};

template <class Item>
RawColumn raw_column(std::string_view name, std::span<const Item> items) {
  return {name, sizeof(Item), std::as_bytes(items)};
}

/// Throws `FileError` where it cannot be written; `path` is then what it was.
void write_columns(const std::string& path, ColumnFileKind kind, std::string_view digest,
                   std::span<const RawColumn> columns);

class ColumnFile {
 public:
  /// Throws `FileError` where it cannot be read, is of another kind or version, or differs from what was
  /// written. Reads the file once.
  ColumnFile(const std::string& path, ColumnFileKind kind);

  std::string_view digest() const;
  /// Throws `FileError` where there is none of this name and size of item.
  template <class Item>
  std::span<const Item> column(std::string_view name) const {
    const std::span<const std::byte> bytes = raw(name, sizeof(Item));
    return {reinterpret_cast<const Item*>(bytes.data()), bytes.size() / sizeof(Item)};
  }
  /// Keeps the columns where they are.
  std::shared_ptr<const void> keeper() const { return keeper_; }
  [[noreturn]] void refuse(const std::string& reason) const;

 private:
  void check(ColumnFileKind kind) const;
  std::span<const std::byte> raw(std::string_view name, std::size_t item_size) const;

  std::string path_;
  std::shared_ptr<const void> keeper_;
  std::span<const std::byte> bytes_;
};

}  // namespace waywarden
