#pragma once

/// A table of a study file, read key by key. Every key that is asked for is checked for type and range; every
/// key that nobody asked for is an error, so that a misspelt option cannot be silently ignored. Errors name
/// file, key, line and column of the very key or value at fault, also where the same key stands in several
/// tables.

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {

/// Something in a study file cannot be used. Python: `StudyError(InputError)`.
class StudyError : public InputError {
 public:
  StudyError(const std::string& file, const std::string& key, std::size_t line, std::size_t column,
             const std::string& reason);
  const std::string& key() const { return key_; }
  std::size_t line() const { return line_; }
  std::size_t column() const { return column_; }

 private:
  std::string key_;
  std::size_t line_;
  std::size_t column_;
};

/// What a number must lie in, ends included.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};
inline constexpr Range kProbability{0.0, 1.0};
inline constexpr Range kNotNegative{0.0, std::numeric_limits<double>::infinity()};
inline constexpr Range kPositive{std::numeric_limits<double>::min(), std::numeric_limits<double>::infinity()};

class TomlTable {
 public:
  /// Throws `FileError` when the file cannot be read, `StudyError` when it is not TOML.
  static TomlTable parse_file(const std::string& path);
  /// `name` stands for the file in errors.
  static TomlTable parse_text(const std::string& text, const std::string& name);

  bool has(const std::string& key) const;
  std::string text(const std::string& key) const;  ///< required
  std::string text(const std::string& key, const std::string& otherwise) const;
  /// One of some words; the error lists them.
  std::string word(const std::string& key, const std::string& otherwise,
                   const std::vector<std::string>& words) const;
  double number(const std::string& key, double otherwise, Range range) const;
  std::int64_t integer(const std::string& key, std::int64_t otherwise, Range range) const;
  bool flag(const std::string& key, bool otherwise) const;
  std::vector<std::string> texts(const std::string& key, const std::vector<std::string>& otherwise) const;
  /// Words of a list, each one of some; the error points at the one that is not.
  std::vector<std::string> words(const std::string& key, const std::vector<std::string>& otherwise,
                                 const std::vector<std::string>& allowed) const;

  /// [key] with numbers under keys of the user's own, in their order; none when it is not there.
  std::vector<std::pair<std::string, double>> numbers(const std::string& key, Range range) const;

  /// [key]; nothing when it is not there.
  std::optional<TomlTable> table(const std::string& key) const;
  /// [[key]]; none when it is not there.
  std::vector<TomlTable> tables(const std::string& key) const;

  /// Every value that was asked for so far, in this document, with defaults: by dotted key, as text. Folders
  /// of values of keys named `file` are left out.
  std::map<std::string, std::string> effective() const;

  /// Throws `StudyError` for the first key that was never asked for, here and in the tables handed out.
  void require_all_used() const;
  /// An error about a key of this table; about the table itself where it has no such key.
  [[noreturn]] void fail(const std::string& key, const std::string& reason) const;

  struct Impl;

 private:
  explicit TomlTable(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace waywarden
