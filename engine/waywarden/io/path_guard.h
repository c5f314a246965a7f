#pragma once

/// Which paths may be opened. GDAL takes far more for a file name than a name of a file: addresses,
/// connection strings, whole documents, chains of virtual file systems, and some of them reach the network
/// past every other guard. So each path is looked at here before GDAL sees it.
///
/// Allowed: a plain file; `/vsizip/` followed by a plain file and a member of it; `/vsimem/waywarden/...`,
/// which is ours. Everything else is refused, also in other letter cases, and also if a folder or file of
/// such a name happens to exist: names that begin with a driver prefix (`GPKG:a`), a bracket, a blank or a
/// backslash, names that begin with `//`, and names that hold control characters or GDAL's `,xsd=` suffix. A
/// real file with such a name is reached as `./GPKG:a`. Symbolic links are followed. Devices, pipes and
/// sockets are not plain files.

#include <string>

namespace waywarden {

/// For reading. Throws `RefusedError` for what is not on the list above, `FileError` where no such file
/// exists or it is a folder.
void require_local(const std::string& path);

/// For writing: a plain file that need not exist, in a folder that does. Throws as above.
void require_local_target(const std::string& path);

}  // namespace waywarden
