#pragma once

/// Links become draft edges: cut where a border is crossed and where a hub or place is attached.

#include <optional>
#include <vector>

#include "waywarden/network/attachments.h"
#include "waywarden/network/border_finder.h"
#include "waywarden/network/draft.h"

namespace waywarden {

/// A crossing in the draft: one per point, mode and pair of countries.
struct DraftCrossing {
  NodeKey side_a;
  NodeKey side_b;
  /// Indices into the draft's countries; `kNoCountry` at sea. a is the one whose code comes first.
  std::uint16_t country_a;
  std::uint16_t country_b;
  double accuracy_m;
  Ways ways;
  SourceFeature source;
  friend auto operator<=>(const DraftCrossing&, const DraftCrossing&) = default;
};

struct CutLinks {
  /// Links only; crossings have no edges yet.
  NetworkDraft draft;
  /// Sorted.
  std::vector<DraftCrossing> crossings;
  /// The node of each attachment, in the order given.
  std::vector<NodeKey> attached;
};

/// Country index at sea, and its code in results: UN/LOCODE's code for international waters.
inline constexpr const char* kHighSeas = "XZ";

/// The code of a country index.
std::string country_code(const std::vector<std::string>& codes, std::uint16_t country);

/// Attachments within `kEndTolerance` of a link's end use that end.
CutLinks cut_links(const std::vector<Link>& links, const Borders& borders,
                   const std::vector<std::string>& countries, const std::vector<Attachment>& attachments);

}  // namespace waywarden
