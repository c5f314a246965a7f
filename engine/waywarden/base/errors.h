#pragma once

/// One exception type per way to fail. Each carries where it happened (file, layer, feature) and why.
/// Messages hold ids, never attribute values: what is in the data stays in the data.

#include <stdexcept>
#include <string>

namespace waywarden {

/// Where in the input something happened; empty parts are unknown or do not apply.
struct Where {
  std::string file;
  std::string layer;
  std::string feature;

  /// "file 'a.gpkg', layer 'roads', feature 'R7'", or "" when nothing is known.
  std::string text() const;
};

/// Base of everything the engine throws.
class Error : public std::runtime_error {
 public:
  Error(Where where, const std::string& reason);
  explicit Error(const std::string& reason) : Error(Where{}, reason) {}

  const Where& where() const { return where_; }
  const std::string& reason() const { return reason_; }

 private:
  Where where_;
  std::string reason_;
};

/// What was handed over cannot be used: a layer, a column, a geometry, a value. Python:
/// `InputError(ValueError)`.
class InputError : public Error {
 public:
  using Error::Error;
};

/// An option or argument is outside its domain. Python: `OptionError(ValueError)`.
class OptionError : public Error {
 public:
  using Error::Error;
};

/// A coordinate reference system is missing, unknown or cannot be transformed. Python:
/// `CrsError(ValueError)`.
class CrsError : public InputError {
 public:
  using InputError::InputError;
};

/// A file cannot be opened, read or written. Python: `FileError(OSError)`.
class FileError : public Error {
 public:
  using Error::Error;
};

/// A path or format that could reach the network, or is not on the list of allowed ones. Python:
/// `RefusedError(OSError)`.
class RefusedError : public FileError {
 public:
  using FileError::FileError;
};

/// A release would disclose what the rule protects. Python: `DisclosureError(ValueError)`.
class DisclosureError : public Error {
 public:
  using Error::Error;
};

/// The caller asked the call to stop. Python: `KeyboardInterrupt`.
class Cancelled : public Error {
 public:
  Cancelled() : Error("cancelled") {}
};

}  // namespace waywarden
