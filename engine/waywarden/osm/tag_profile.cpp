#include "waywarden/osm/tag_profile.h"

#include <charconv>
#include <sstream>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::string_view kDefault = R"(# How OpenStreetMap tags become links, hubs and border posts.
#
# link KEY VALUE MODE SPEED_KMH [oneway]    the first rule that fits a way decides
link highway motorway        road 110 oneway
link highway motorway_link   road  60 oneway
link highway trunk           road  90
link highway trunk_link      road  50
link highway primary         road  70
link highway primary_link    road  50
link highway secondary       road  60
link highway secondary_link  road  40
link highway tertiary        road  50
link highway tertiary_link   road  40
link highway unclassified    road  40
link highway residential     road  30
link highway living_street   road  10
link highway road            road  30
link highway service         road  20
link highway track           road  20
link highway busway          road  30
link highway path            foot   4
link highway footway         foot   5
link highway pedestrian      foot   5
link highway bridleway       foot   4
link highway cycleway        foot   5
link highway steps           foot   2
link railway rail            rail  80
link railway narrow_gauge    rail  40
link railway light_rail      rail  50
link railway subway          rail  40
link railway tram            rail  20
link railway funicular       rail  10
link route   ferry           sea   20
link route   shuttle_train   rail  80

# closed KEY VALUE [MODE]
closed access        no
closed motor_vehicle no road
closed vehicle       no road
closed foot          no foot
closed area          yes

# hub KEY VALUE, post KEY VALUE: nodes
hub railway station
hub railway halt
hub amenity bus_station
hub amenity ferry_terminal
hub aeroway aerodrome
post barrier border_control
)";

[[noreturn]] void refuse(const std::string& source, std::size_t line, const std::string& why) {
  throw InputError(source + ", line " + std::to_string(line) + ": " + why);
}

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line.substr(0, line.find('#')))};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

struct Line {
  const std::string& source;
  std::size_t number;
  std::vector<std::string> words;

  [[noreturn]] void fail(const std::string& why) const { refuse(source, number, why); }

  void expect(std::size_t least, std::size_t most) const {
    if (words.size() < least) fail("words are missing after '" + words.front() + "'");
    if (words.size() > most) fail("more words than a rule of '" + words.front() + "' has");
  }

  Mode mode(std::size_t word) const {
    const std::optional<Mode> found = mode_named(words[word]);
    if (!found || *found == Mode::transfer) fail("'" + words[word] + "' is no mode of movement");
    return *found;
  }

  double speed(std::size_t word) const {
    double value = 0.0;
    const std::string& text = words[word];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && end == text.data() + text.size() && value > 0.0 && value < 1e4;
    if (!good) fail("'" + text + "' is no speed in km/h");
    return value;
  }

  TagPattern tag() const { return {words[1], words[2]}; }
};

void add_link(const Line& line, TagProfile& profile) {
  line.expect(5, 6);
  LinkRule rule{line.tag(), line.mode(3), line.speed(4), line.words.size() == 6};
  if (rule.oneway && line.words[5] != "oneway") line.fail("'" + line.words[5] + "' is not 'oneway'");
  profile.links.push_back(std::move(rule));
}

void add_closed(const Line& line, TagProfile& profile) {
  line.expect(3, 4);
  ClosedRule rule{line.tag()};
  if (line.words.size() == 4) rule.mode = line.mode(3);
  profile.closed.push_back(std::move(rule));
}

void add_points(const Line& line, std::vector<TagPattern>& patterns) {
  line.expect(3, 3);
  patterns.push_back(line.tag());
}

void add(const Line& line, TagProfile& profile) {
  const std::string& kind = line.words.front();
  if (kind == "link") return add_link(line, profile);
  if (kind == "closed") return add_closed(line, profile);
  if (kind == "hub") return add_points(line, profile.hubs);
  if (kind == "post") return add_points(line, profile.posts);
  line.fail("a rule begins with link, closed, hub or post");
}

}  // namespace

TagProfile tag_profile(std::string_view text, const std::string& source) {
  TagProfile profile;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const Line line{source, number, words_of(text.substr(0, end))};
    if (!line.words.empty()) add(line, profile);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (profile.links.empty()) throw InputError(source + ": there is no rule for links");
  return profile;
}

std::string_view default_tag_profile() { return kDefault; }

}  // namespace waywarden
