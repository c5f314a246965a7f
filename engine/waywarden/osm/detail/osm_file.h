#pragma once

/// An OpenStreetMap file that can be gone through several times. The only header that mentions libosmium.

#include <filesystem>
#include <string>

#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/thread/pool.hpp>

#include "waywarden/base/errors.h"
#include "waywarden/base/execution.h"
#include "waywarden/io/path_guard.h"

namespace waywarden::detail {

class OsmFile {
 public:
  /// Throws `RefusedError` or `FileError`.
  explicit OsmFile(const std::string& path) : path_(path) {
    require_local(path);
    if (path.starts_with("/vsi")) throw RefusedError({path, "", ""}, "only plain files can be read");
  }

  const std::string& path() const { return path_; }

  /// visit(const Item&) for every item of the type that was not deleted, in the file's order. Throws
  /// `FileError` for a damaged file.
  template <class Item, class Visit>
  void for_each(osmium::osm_entity_bits::type entities, const Execution& execution, Visit visit) const {
    visit_buffers(entities, execution, [&](const osmium::memory::Buffer& buffer) {
      for (const auto& item : buffer.select<Item>()) {
        if (item.visible()) visit(item);
      }
    });
  }

  template <class Visit>
  void visit_buffers(osmium::osm_entity_bits::type entities, const Execution& execution, Visit visit) const {
    try {
      osmium::thread::Pool pool(static_cast<int>(execution.threads));
      osmium::io::Reader reader(file(), entities, pool);
      while (const osmium::memory::Buffer buffer = reader.read()) {
        execution.check();
        visit(buffer);
      }
      reader.close();
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      throw FileError({path_, "", ""}, std::string("not readable as OpenStreetMap: ") + error.what());
    }
  }

 private:
  /// An absolute path, so that no name is taken for an address or the standard input.
  osmium::io::File file() const {
    const bool xml = path_.ends_with(".osm") || path_.ends_with(".xml");
    return osmium::io::File(std::filesystem::absolute(path_).string(), xml ? "osm" : "pbf");
  }

  std::string path_;
};

}  // namespace waywarden::detail
