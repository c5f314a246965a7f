#pragma once

/// A built network in one file, to be loaded instead of built again: the network with its crossings, hubs,
/// places and import report, bit for bit. The file has a version and a checksum; it is in the byte order of
/// the machine that wrote it. Some 100 bytes per edge and 16 per vertex; loading takes about as long as
/// reading the file.

#include <string>

#include "waywarden/network/builder.h"

namespace waywarden {

/// Throws `FileError` where it cannot be written; nobody sees half a file, and `path` is then what it was.
void save_network(const std::string& path, const BuiltNetwork& built);

/// Throws `FileError` where the file cannot be read, is damaged, of another kind or version, or holds what is
/// no network.
BuiltNetwork load_network(const std::string& path);

}  // namespace waywarden
