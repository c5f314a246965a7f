#include "waywarden/storage/column_file.h"

#define XXH_INLINE_ALL
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <type_traits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kByteOrder = 0x01020304;
constexpr std::size_t kAlignment = 64;

struct Preamble {
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  std::uint32_t byte_order = kByteOrder;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;
};

struct Directory {
  std::array<char, 64> digest{};
  std::uint64_t columns = 0;
};

struct Entry {
  std::array<char, 24> name{};
  std::uint64_t item_size = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

template <std::size_t n>
std::array<char, n> letters(std::string_view text) {
  std::array<char, n> out{};
  text.copy(out.data(), n);
  return out;
}

template <std::size_t n>
std::string_view text(const std::array<char, n>& letters) {
  return {letters.data(),
          static_cast<std::size_t>(std::find(letters.begin(), letters.end(), '\0') - letters.begin())};
}

template <class Record>
std::span<const std::byte> bytes_of(const Record& record) {
  static_assert(std::has_unique_object_representations_v<Record>, "padding would be written too");
  return std::as_bytes(std::span(&record, 1));
}

template <class Record>
Record record_at(std::span<const std::byte> bytes, std::size_t offset) {
  Record record;
  std::memcpy(&record, bytes.data() + offset, sizeof(Record));
  return record;
}

std::size_t padding(std::size_t offset) { return (kAlignment - offset % kAlignment) % kAlignment; }

/// Different for each file that this machine writes at the same time.
std::string mark() {
  static std::atomic<std::uint64_t> next = 0;
  return std::to_string(getpid()) + "-" + std::to_string(next++);
}

/// Everything after the preamble, which is written last, over the room that is left for it.
class Writer {
 public:
  explicit Writer(const std::string& path) : out_(path, std::ios::binary) {
    XXH3_64bits_reset(&state_);
    put(Preamble{});
  }

  void add(std::span<const std::byte> bytes) {
    XXH3_64bits_update(&state_, bytes.data(), bytes.size());
    write(bytes);
  }

  void pad() {
    static constexpr std::array<std::byte, kAlignment> kNothing{};
    add(std::span(kNothing).first(padding(written_)));
  }

  /// Whether all went well.
  bool finish(ColumnFileKind kind) {
    const Preamble preamble{letters<8>(kind.magic), kind.version, kByteOrder, written_,
                            XXH3_64bits_digest(&state_)};
    out_.seekp(0);
    put(preamble);
    out_.close();
    return !out_.fail();
  }

 private:
  void put(const Preamble& preamble) { write(bytes_of(preamble)); }
  void write(std::span<const std::byte> bytes) {
    out_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    written_ += bytes.size();
  }

  std::ofstream out_;
  XXH3_state_t state_;
  std::size_t written_ = 0;
};

std::vector<Entry> entries(std::span<const RawColumn> columns) {
  std::vector<Entry> entries;
  std::size_t offset = sizeof(Preamble) + sizeof(Directory) + columns.size() * sizeof(Entry);
  for (const RawColumn& column : columns) {
    offset += padding(offset);
    entries.push_back({letters<24>(column.name), column.item_size, offset, column.bytes.size()});
    offset += column.bytes.size();
  }
  return entries;
}

bool write_unfinished(const std::string& path, ColumnFileKind kind, std::string_view digest,
                      std::span<const RawColumn> columns) {
  Writer writer(path);
  writer.add(bytes_of(Directory{letters<64>(digest), columns.size()}));
  for (const Entry& entry : entries(columns)) writer.add(bytes_of(entry));
  for (const RawColumn& column : columns) {
    writer.pad();
    writer.add(column.bytes);
  }
  return writer.finish(kind);
}

}  // namespace

void write_columns(const std::string& path, ColumnFileKind kind, std::string_view digest,
                   std::span<const RawColumn> columns) {
  const std::string unfinished = path + ".part-" + mark();
  std::error_code error;
  const bool written = write_unfinished(unfinished, kind, digest, columns);
  if (written) fs::rename(unfinished, path, error);
  if (!written || error) {
    std::error_code ignored;
    fs::remove(unfinished, ignored);
    throw FileError({path, "", ""}, "cannot be written" + (error ? ": " + error.message() : ""));
  }
}

ColumnFile::ColumnFile(const std::string& path, ColumnFileKind kind) : path_(path) {
  namespace bi = boost::interprocess;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) refuse("is not there, or no file");
  if (fs::file_size(path, error) < sizeof(Preamble) + sizeof(Directory))
    refuse("is too short for " + std::string(kind.noun));
  try {
    const bi::file_mapping file(path.c_str(), bi::read_only);
    const auto region = std::make_shared<const bi::mapped_region>(file, bi::read_only);
    bytes_ = {static_cast<const std::byte*>(region->get_address()), region->get_size()};
    keeper_ = region;
  } catch (const bi::interprocess_exception& failure) {
    refuse(std::string("cannot be read: ") + failure.what());
  }
  check(kind);
}

void ColumnFile::refuse(const std::string& reason) const { throw FileError({path_, "", ""}, reason); }

void ColumnFile::check(ColumnFileKind kind) const {
  const auto preamble = record_at<Preamble>(bytes_, 0);
  if (text(preamble.magic) != kind.magic) refuse("is not " + std::string(kind.noun) + " of Waywarden");
  if (preamble.byte_order != kByteOrder) refuse("was written on a machine of the other byte order");
  if (preamble.version != kind.version) {
    refuse("has version " + std::to_string(preamble.version) +
           " of the format, and this program reads version " + std::to_string(kind.version) + ": " +
           std::string(kind.remedy));
  }
  if (preamble.size != bytes_.size()) {
    refuse("has " + std::to_string(bytes_.size()) + " bytes, not " + std::to_string(preamble.size) +
           ": it was cut short or added to");
  }
  const std::span<const std::byte> rest = bytes_.subspan(sizeof(Preamble));
  if (XXH3_64bits(rest.data(), rest.size()) != preamble.checksum) {
    refuse("is damaged: its checksum is not that of what it holds");
  }
}

std::string_view ColumnFile::digest() const {
  return {reinterpret_cast<const char*>(bytes_.data() + sizeof(Preamble)), sizeof(Directory::digest)};
}

std::span<const std::byte> ColumnFile::raw(std::string_view name, std::size_t item_size) const {
  const std::size_t first = sizeof(Preamble) + sizeof(Directory);
  const std::size_t count = record_at<Directory>(bytes_, sizeof(Preamble)).columns;
  if (count > (bytes_.size() - first) / sizeof(Entry)) refuse("is damaged: its directory has no end");
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = record_at<Entry>(bytes_, first + i * sizeof(Entry));
    if (text(entry.name) != name) continue;
    const bool lies_within = entry.offset <= bytes_.size() && entry.size <= bytes_.size() - entry.offset;
    if (!lies_within || entry.item_size != item_size || entry.size % item_size != 0 ||
        entry.offset % kAlignment != 0) {
      break;
    }
    return bytes_.subspan(entry.offset, entry.size);
  }
  refuse("is damaged: column '" + std::string(name) + "' is missing, or not what it should be");
}

}  // namespace waywarden
