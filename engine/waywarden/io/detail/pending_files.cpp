#include "waywarden/io/detail/pending_files.h"

#include <unistd.h>

#include <atomic>
#include <cctype>
#include <cstdint>
#include <filesystem>

#include "waywarden/base/errors.h"
#include "waywarden/io/path_guard.h"

namespace waywarden::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestStem = 100;

/// Different for each file that this machine writes at the same time.
std::string mark() {
  static std::atomic<std::uint64_t> next = 0;
  return std::to_string(getpid()) + "-" + std::to_string(next++);
}

bool stays(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
}

/// Not in the middle of a character of several bytes.
std::string shortened(const std::string& text) {
  std::size_t length = std::min(text.size(), kLongestStem);
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
    --length;
  return text.substr(0, length);
}

}  // namespace

PendingFiles::~PendingFiles() {
  std::error_code ignored;
  for (const auto& [temporary, target] : files_) fs::remove(temporary, ignored);
}

std::string PendingFiles::temporary_for(const std::string& target) {
  require_local_target(target);
  const fs::path path(target);
  const fs::path name = ".waywarden-" + mark() + path.extension().string();
  files_.emplace_back((path.parent_path() / name).string(), target);
  return files_.back().first;
}

void PendingFiles::commit() {
  for (const auto& [temporary, target] : files_) {
    std::error_code error;
    fs::rename(temporary, target, error);
    if (error) throw FileError({target, "", ""}, "cannot be written: " + error.message());
  }
  files_.clear();
}

std::vector<std::string> PendingFiles::targets() const {
  std::vector<std::string> targets;
  for (const auto& [temporary, target] : files_) targets.push_back(target);
  return targets;
}

void make_folder(const std::string& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return;
  require_local_target(folder);
  fs::create_directory(folder, error);
  if (error) throw FileError({folder, "", ""}, "cannot be made: " + error.message());
}

std::string file_stem(const std::string& table) {
  std::string stem = shortened(table);
  for (char& c : stem) c = stays(c) ? c : '_';
  if (stem.empty() || stem.front() == '.') stem.insert(stem.begin(), '_');
  return stem;
}

}  // namespace waywarden::detail
