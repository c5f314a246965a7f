#include "waywarden/io/detail/archive_check.h"

#include <cpl_vsi.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/binary_file.h"

namespace waywarden::detail {
namespace {

constexpr std::uint64_t kHarmless = std::uint64_t{256} << 20, kMostTimes = 200;
constexpr std::string_view kZip = "/vsizip/";

bool is_zip(const BinaryFile& file) { return file.read(0, 4) == std::vector<std::uint8_t>{'P', 'K', 3, 4}; }

/// The longest leading part of a path into an archive that is a file.
std::string archive_of(const std::string& path) {
  std::string inside = path.substr(kZip.size());
  for (std::size_t end = inside.find('/', 1); end != std::string::npos; end = inside.find('/', end + 1)) {
    std::string candidate = inside.substr(0, end);
    VSIStatBufL status;
    if (VSIStatL(candidate.c_str(), &status) == 0 && VSI_ISREG(status.st_mode)) return candidate;
  }
  return inside;
}

struct FreeList {
  void operator()(char** list) const { CSLDestroy(list); }
};

std::uint64_t unpacked_size(const std::string& archive) {
  const std::string root = std::string(kZip) + "{" + archive + "}";
  const std::unique_ptr<char*, FreeList> names(VSIReadDirRecursive(root.c_str()));
  std::uint64_t total = 0;
  for (int i = 0; i < CSLCount(names.get()); ++i) {
    VSIStatBufL status;
    const std::string member = root + "/" + CSLGetField(names.get(), i);
    if (VSIStatL(member.c_str(), &status) == 0) total += static_cast<std::uint64_t>(status.st_size);
  }
  return total;
}

}  // namespace

void refuse_bombs(const std::string& path) {
  const std::string archive = path.starts_with(kZip) ? archive_of(path) : path;
  const BinaryFile file(archive);
  if (!is_zip(file)) return;
  const std::uint64_t unpacked = unpacked_size(archive);
  if (unpacked <= kHarmless || unpacked / kMostTimes <= file.size()) return;
  throw RefusedError({path, "", ""}, "refused: the archive unpacks to more than 200 times its size (" +
                                         std::to_string(unpacked >> 20) + " MiB)");
}

}  // namespace waywarden::detail
