#pragma once

/// How OpenStreetMap tags become links, hubs and border posts: a small text that a person can edit. One rule
/// per line, words divided by blanks, from # on a comment:
///
///   link   KEY VALUE MODE SPEED [oneway]   a way with this tag is a link of the mode, at km/h where it does
///                                          not say; the first rule that fits decides
///   closed KEY VALUE [MODE]                a way with this tag is left out, or only where it is of the mode
///   hub    KEY VALUE                       a node with this tag is a hub
///   post   KEY VALUE                       a node with this tag is a border post
///
/// VALUE may be *, any value. What fits no rule is left out and counted.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waywarden/network/mode.h"

namespace waywarden {

struct TagPattern {
  std::string key;
  /// "*" for any.
  std::string value;

  bool fits(std::string_view k, std::string_view v) const { return key == k && (value == "*" || value == v); }
};

struct LinkRule {
  TagPattern tag;
  Mode mode = Mode::road;
  double speed_kmh = 0.0;
  /// One-way where the way does not say otherwise.
  bool oneway = false;
};

struct ClosedRule {
  TagPattern tag;
  /// Of all modes where none.
  std::optional<Mode> mode = std::nullopt;
};

struct TagProfile {
  std::vector<LinkRule> links;
  std::vector<ClosedRule> closed;
  std::vector<TagPattern> hubs;
  std::vector<TagPattern> posts;
};

/// `source` names the text in errors. Throws `InputError` naming the line for anything that is no rule, and
/// where there is no link rule.
TagProfile tag_profile(std::string_view text, const std::string& source = "tag profile");

/// The text that is used unless another is given: roads for vehicles, paths on foot, railways, ferries.
/// Speeds are assumptions of ours for vehicles on roads of the class.
std::string_view default_tag_profile();

}  // namespace waywarden
