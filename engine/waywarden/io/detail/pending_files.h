#pragma once

/// Files under temporary names, which take their own names together or not at all.

#include <string>
#include <utility>
#include <vector>

namespace waywarden::detail {

class PendingFiles {
 public:
  PendingFiles() = default;
  /// Removes what was not committed.
  ~PendingFiles();
  PendingFiles(const PendingFiles&) = delete;
  PendingFiles& operator=(const PendingFiles&) = delete;

  /// Checks the target, and returns a name beside it under which to write.
  std::string temporary_for(const std::string& target);

  /// Throws `FileError` when a file cannot take its name.
  void commit();

  std::vector<std::string> targets() const;

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Makes the folder where it is not there. Throws `FileError`.
void make_folder(const std::string& folder);

/// A table's name as a file's: letters, digits, "-", "_", "." and what is not ASCII stay, the rest becomes
/// "_".
std::string file_stem(const std::string& table);

}  // namespace waywarden::detail
