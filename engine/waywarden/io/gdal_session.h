#pragma once

/// The terms on which GDAL works for us. While a session lives, on its thread: nothing can be fetched over a
/// network (the fetch callback refuses, and the virtual file systems that do not use it are given nothing
/// they may open), no file is written beside the input, and GDAL's messages come to us instead of stderr.
/// When it ends, the thread's former settings are back: another user of the same GDAL in this process notices
/// nothing. Nothing is set in the environment or for other threads, and no driver is removed from GDAL; which
/// drivers may open a file is passed with each file.
///
/// Sessions may be nested. A session belongs to the thread that made it.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace waywarden {

enum class Severity : std::uint8_t { warning, failure };

/// One kind of message from GDAL. What stood in quotes is left out: it may be a value from the data.
struct Complaint {
  Severity severity;
  std::string text;
  std::uint64_t times;
};

class GdalSession {
 public:
  GdalSession();
  ~GdalSession();
  GdalSession(const GdalSession&) = delete;
  GdalSession& operator=(const GdalSession&) = delete;

  /// In the order of their first occurrence; at most 100 kinds are told apart.
  const std::vector<Complaint>& complaints() const { return complaints_; }
  /// How many failures there were, of all kinds.
  std::uint64_t failures() const { return failures_; }
  /// The first failure (or warning, where nothing failed); "" when nothing was said.
  std::string first_complaint() const;
  /// Called by GDAL's error handler.
  void note(Severity severity, const std::string& message);

  /// Sets a configuration option of GDAL until the session ends.
  void set(const std::string& option, const std::string& value);

 private:
  std::vector<Complaint> complaints_;
  std::uint64_t failures_ = 0;
  std::vector<std::pair<std::string, std::optional<std::string>>> former_options_;
};

/// Names of the vector drivers that may open files, of those that this GDAL has.
std::vector<std::string> allowed_drivers();

/// Of the GDAL that is linked, e.g. "3.6.2".
std::string gdal_version();

/// A GDAL message as it may be shown: without quoted parts, on one line, at most 200 characters.
std::string without_values(const std::string& message);

}  // namespace waywarden
