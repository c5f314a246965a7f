#include "waywarden/io/path_guard.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kZip = "/vsizip/", kOwnMemory = "/vsimem/waywarden/";

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw RefusedError({path, "", ""}, "refused: " + reason);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Control characters do not belong in a message either.
std::string printable(std::string path) {
  std::replace_if(path.begin(), path.end(), is_control, '?');
  return path;
}

bool may_begin_a_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 ||
         std::string_view("/._-~+=#%,").find(c) != std::string_view::npos;
}

/// "GPKG:a", "http://host/a", "PG:dbname=a": a colon before the first slash.
bool has_driver_prefix(std::string_view path) {
  const auto colon = path.find(':');
  return colon != std::string_view::npos && colon < path.find('/');
}

void require_plain_name(const std::string& path) {
  if (path.empty()) refuse(path, "no file name is given");
  if (std::any_of(path.begin(), path.end(), is_control))
    refuse(printable(path), "control characters in a path");
  if (!may_begin_a_name(path.front())) refuse(path, "this is not a name of a file");
  const std::string small = lower(path);
  if (small.find("://") != std::string::npos) refuse(path, "addresses are never opened");
  if (has_driver_prefix(path))
    refuse(path, "connection strings are never opened (a file of this name: put ./ before it)");
  if (path.starts_with("//")) refuse(path, "paths of other machines are never opened");
  if (small.starts_with("/vsi"))
    refuse(path, "of the virtual file systems only /vsizip/ of a plain file is opened");
  if (small.find(",xsd=") != std::string::npos) refuse(path, "schema suffixes are not taken");
}

void require_existing(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) throw FileError({path, "", ""}, "no such file");
  if (status.type() == fs::file_type::none)
    throw FileError({path, "", ""}, "cannot be looked at: " + error.message());
  if (status.type() == fs::file_type::directory) throw FileError({path, "", ""}, "is a folder, not a file");
  if (status.type() != fs::file_type::regular) refuse(path, "not a plain file");
}

/// The longest leading part of "folder/archive.zip/member" that is a file.
std::string archive_of(const std::string& path) {
  std::error_code error;
  for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
    std::string candidate = path.substr(0, end);
    if (fs::is_regular_file(candidate, error)) return candidate;
  }
  return path;
}

void require_local_archive(const std::string& path) {
  const std::string inside = path.substr(kZip.size());
  const std::string small = lower(inside);
  if (small.starts_with("vsi")) refuse(path, "virtual file systems are not chained");
  if (inside.starts_with("{")) refuse(path, "the form with braces is not taken");
  require_plain_name(inside);
  const std::string archive = archive_of(inside);
  require_existing(archive);
  if (inside.find("..", archive.size()) != std::string::npos)
    refuse(path, "'..' is not taken inside an archive");
}

void require_own_memory(const std::string& path) {
  if (path.find("..") != std::string::npos) refuse(path, "'..' is not taken in memory paths");
  if (std::any_of(path.begin(), path.end(), is_control))
    refuse(printable(path), "control characters in a path");
}

}  // namespace

void require_local(const std::string& path) {
  if (path.starts_with(kOwnMemory)) return require_own_memory(path);
  if (path.starts_with(kZip)) return require_local_archive(path);
  require_plain_name(path);
  require_existing(path);
}

void require_local_target(const std::string& path) {
  require_plain_name(path);
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  if (!folder.empty() && !fs::is_directory(folder, error))
    throw FileError({path, "", ""}, "its folder does not exist");
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::directory) throw FileError({path, "", ""}, "is a folder, not a file");
  if (fs::exists(status) && status.type() != fs::file_type::regular) refuse(path, "not a plain file");
}

}  // namespace waywarden
