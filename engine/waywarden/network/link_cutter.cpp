#include "waywarden/network/link_cutter.h"

#include <algorithm>
#include <tuple>

#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

constexpr Metres kEndTolerance{1.0};

/// A position along a link where something happens: a border (index into cuts) or an attachment (index).
struct Position {
  std::size_t segment;
  double t;
  bool border;
  std::size_t index;
  friend auto operator<=>(const Position&, const Position&) = default;
};

std::vector<std::vector<Position>> positions_by_link(std::size_t link_count, const Borders& borders,
                                                     const std::vector<Attachment>& attachments) {
  std::vector<std::vector<Position>> at(link_count);
  for (std::size_t i = 0; i < borders.cuts.size(); ++i) {
    at[borders.cuts[i].link].push_back({borders.cuts[i].segment, borders.cuts[i].t, true, i});
  }
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    at[attachments[i].link].push_back({attachments[i].segment, attachments[i].t, false, i});
  }
  for (auto& positions : at) std::sort(positions.begin(), positions.end());
  return at;
}

std::uint32_t side(std::uint16_t country) { return 1U + country; }

class Cutter {
 public:
  Cutter(const std::vector<Link>& links, const Borders& borders, const std::vector<std::string>& codes,
         std::size_t attachment_count)
      : links_(links), borders_(borders) {
    out_.draft.countries = codes;
    out_.attached.resize(attachment_count);
  }

  void cut(std::size_t i, const std::vector<Position>& positions) {
    const Link& link = links_[i];
    begin(link, borders_.start_country[i]);
    for (const Position& p : positions) {
      for (; segment_ < p.segment; ++segment_) line_.push_back(link.line[segment_ + 1]);
      p.border ? cut_border(link, p) : cut_attachment(link, p);
    }
    for (; segment_ + 1 < link.line.size(); ++segment_) line_.push_back(link.line[segment_ + 1]);
    finish_piece(link, {link.line.back(), link.facts.mode, 0});
  }

  CutLinks take() {
    std::sort(out_.crossings.begin(), out_.crossings.end());
    return std::move(out_);
  }

 private:
  void begin(const Link& link, std::uint16_t country) {
    country_ = country;
    segment_ = 0;
    line_ = {link.line.front()};
    from_ = {link.line.front(), link.facts.mode, 0};
    note_country(from_);
  }

  void note_country(const NodeKey& key) {
    if (country_ != kNoCountry) out_.draft.country.emplace(key, country_);
  }

  Point point_at(const Link& link, const Position& p) const {
    const Point a = link.line[p.segment], b = link.line[p.segment + 1];
    return canonical({a.x + p.t * (b.x - a.x), a.y + p.t * (b.y - a.y)});
  }

  /// Ends the piece at `to` and begins the next there.
  void finish_piece(const Link& link, const NodeKey& to) {
    if (line_.back() != to.point) line_.push_back(to.point);
    line_.erase(std::unique(line_.begin(), line_.end()), line_.end());
    if (line_.size() < 2) line_.push_back(line_.front());
    if (from_ != to || line_.size() > 2) out_.draft.edges.push_back(piece(link, to));
    from_ = to;
    line_ = {to.point};
    note_country(to);
  }

  DraftEdge piece(const Link& link, const NodeKey& to) const {
    DraftEdge edge;
    edge.from = from_;
    edge.to = to;
    edge.ways = link.facts.ways;
    edge.mode = link.facts.mode;
    edge.length_m = geodesic_length(line_).value;
    edge.speed_kmh = link.facts.speed_kmh;
    edge.detection = link.facts.detection;
    edge.source = link.facts.source;
    edge.line = line_;
    return edge;
  }

  void cut_attachment(const Link& link, const Position& p) {
    const Point at = point_at(link, p);
    // Cutting a few centimetres off an end makes a node that means nothing.
    if (from_.part == 0 && geodesic_distance(at, from_.point) <= kEndTolerance) {
      out_.attached[p.index] = from_;
    } else if (geodesic_distance(at, link.line.back()) <= kEndTolerance) {
      out_.attached[p.index] = {link.line.back(), link.facts.mode, 0};
    } else {
      finish_piece(link, {at, link.facts.mode, 0});
      out_.attached[p.index] = from_;
    }
  }

  void cut_border(const Link& link, const Position& p) {
    const BorderCut& cut = borders_.cuts[p.index];
    const Point at = point_at(link, p);
    finish_piece(link, {at, link.facts.mode, side(cut.from)});
    const NodeKey before = from_;
    country_ = cut.to;
    from_ = {at, link.facts.mode, side(cut.to)};
    note_country(from_);
    add_crossing(link, cut, before);
  }

  void add_crossing(const Link& link, const BorderCut& cut, const NodeKey& before) {
    DraftCrossing crossing{before,         from_,           cut.from,         cut.to,
                           cut.accuracy_m, link.facts.ways, link.facts.source};
    const auto& codes = out_.draft.countries;
    if (country_code(codes, cut.to) < country_code(codes, cut.from)) {
      std::swap(crossing.side_a, crossing.side_b);
      std::swap(crossing.country_a, crossing.country_b);
      if (link.facts.ways != Ways::both) {
        crossing.ways = link.facts.ways == Ways::forward ? Ways::backward : Ways::forward;
      }
    }
    out_.crossings.push_back(std::move(crossing));
  }

  const std::vector<Link>& links_;
  const Borders& borders_;
  CutLinks out_;
  // The piece being drawn.
  std::vector<Point> line_;
  NodeKey from_;
  std::size_t segment_ = 0;
  std::uint16_t country_ = kNoCountry;
};

bool same_place(const DraftCrossing& a, const DraftCrossing& b) {
  return a.side_a == b.side_a && a.side_b == b.side_b;
}

/// Two links over a border at the same point share the crossing.
void merge_equal_crossings(std::vector<DraftCrossing>& crossings) {
  std::vector<DraftCrossing> merged;
  for (DraftCrossing& crossing : crossings) {
    if (merged.empty() || !same_place(merged.back(), crossing)) {
      merged.push_back(std::move(crossing));
    } else if (merged.back().ways != crossing.ways) {
      merged.back().ways = Ways::both;
    }
  }
  crossings = std::move(merged);
}

}  // namespace

std::string country_code(const std::vector<std::string>& codes, std::uint16_t country) {
  return country == kNoCountry ? kHighSeas : codes[country];
}

CutLinks cut_links(const std::vector<Link>& links, const Borders& borders,
                   const std::vector<std::string>& countries, const std::vector<Attachment>& attachments) {
  const auto positions = positions_by_link(links.size(), borders, attachments);
  Cutter cutter(links, borders, countries, attachments.size());
  for (std::size_t i = 0; i < links.size(); ++i) cutter.cut(i, positions[i]);
  CutLinks out = cutter.take();
  merge_equal_crossings(out.crossings);
  return out;
}

}  // namespace waywarden
