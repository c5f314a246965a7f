#pragma once

/// A small made-up world as files, with a study of it: a 9 x 5 grid of roads over the border of A and B, a
/// railway beside it, four posts, stations, places on either side and clustered incidents.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace waywarden::test {

class SmallStudy {
 public:
  /// Rows of every layer in the order of a seed; 0 = as made.
  explicit SmallStudy(unsigned seed = 0, const std::string& more = {}) : random_(seed), shuffle_(seed != 0) {
    static int number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("waywarden-study-" + std::to_string(getpid()) + "-" + std::to_string(++number));
    std::filesystem::create_directories(folder_);
    write_layers();
    std::ofstream(folder_ / "study.toml") << kStudy << more;
  }
  ~SmallStudy() { std::filesystem::remove_all(folder_); }
  SmallStudy(const SmallStudy&) = delete;
  SmallStudy& operator=(const SmallStudy&) = delete;

  std::string file() const { return (folder_ / "study.toml").string(); }
  std::filesystem::path folder() const { return folder_; }

 private:
  static constexpr const char* kStudy = R"(title = "Small world"
seed = 7
[[links]]
file = "roads.geojson"
id = "id"
mode = "road"
[[links]]
file = "rails.geojson"
id = "id"
mode = "rail"
[[hubs]]
file = "stations.geojson"
id = "id"
[countries]
file = "countries.geojson"
id = "id"
code = "id"
accuracy_m = 500
[crossings]
file = "posts.geojson"
id = "id"
name = "name"
country_a = "a"
country_b = "b"
synthetic = true
[places]
file = "places.geojson"
id = "id"
population = "population"
vulnerability = "vulnerability"
destination_weight = "demand"
[incidents]
file = "incidents.geojson"
id = "id"
hexagon_km2 = 60
place_radius_m = 8000
synthetic = true
[demand]
journeys = 1000
[route_choice]
draws = 8
spread = 1.04
[interdiction]
teams = 3
sensitivity_draws = 4
)";

  static std::string point(double x, double y) {
    std::ostringstream text;
    text << R"({"type":"Point","coordinates":[)" << x << "," << y << "]}";
    return text.str();
  }

  static std::string line(double x1, double y1, double x2, double y2) {
    std::ostringstream text;
    text << R"({"type":"LineString","coordinates":[[)" << x1 << "," << y1 << "],[" << x2 << "," << y2
         << "]]}";
    return text.str();
  }

  static std::string feature(const std::string& id, const std::string& geometry,
                             const std::string& more = {}) {
    return R"({"type":"Feature","properties":{"id":")" + id + "\"" + more + R"(},"geometry":)" + geometry +
           "}";
  }

  void write(const std::string& name, std::vector<std::string> features) {
    if (shuffle_) std::shuffle(features.begin(), features.end(), random_);
    std::ofstream out(folder_ / (name + ".geojson"));
    out << R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < features.size(); ++i) out << (i == 0 ? "" : ",\n") << features[i];
    out << "]}";
  }

  static std::string box(double west, double east) {
    std::ostringstream text;
    text << R"({"type":"Polygon","coordinates":[[[)" << west << ",-1],[" << east << ",-1],[" << east
         << ",1],[" << west << ",1],[" << west << ",-1]]]}";
    return text.str();
  }

  void write_layers() {
    std::vector<std::string> roads, rails, stations, posts, places, incidents;
    for (int x = -4; x <= 4; ++x) {
      for (int y = -2; y <= 2; ++y) {
        const double px = x * 0.1 + 0.02, py = y * 0.1 + 0.003 * x;
        const std::string at = std::to_string(x + 4) + std::to_string(y + 2);
        if (x < 4) roads.push_back(feature("h" + at, line(px, py, px + 0.1, py + 0.003)));
        if (y < 2) roads.push_back(feature("v" + at, line(px, py, px, py + 0.1)));
      }
    }
    rails.push_back(feature("w1", line(-0.38, 0.05, 0.42, 0.05)));
    stations.push_back(feature("s1", point(-0.35, 0.05)));
    stations.push_back(feature("s2", point(0.38, 0.05)));
    for (int y = -2; y < 2; ++y) {
      posts.push_back(feature("x" + std::to_string(y + 2), point(0.001, y * 0.1),
                              R"(,"a":"A","b":"B","name":"Post )" + std::to_string(y + 2) + "\""));
    }
    for (int i = 0; i < 6; ++i) {
      const bool west = i < 3;
      places.push_back(feature("p" + std::to_string(i),
                               point((west ? -0.37 : 0.41) + 0.001 * i, (i % 3 - 1) * 0.15),
                               R"(,"population":)" + std::to_string(1000 * (i + 1)) + R"(,"vulnerability":)" +
                                   (west ? "0.5" : "0") + R"(,"demand":)" + (west ? "0" : "2.5")));
    }
    std::mt19937 made(99);
    std::normal_distribution<double> spread(0.0, 0.03);
    for (int i = 0; i < 160; ++i) {
      const bool clustered = i % 4 != 0;
      incidents.push_back(feature("i" + std::to_string(1000 + i),
                                  point((clustered ? 0.0 : 0.3) + spread(made) * (clustered ? 1 : 5),
                                        (clustered ? 0.1 : 0.0) + spread(made) * (clustered ? 1 : 4))));
    }
    write("roads", roads);
    write("rails", rails);
    write("stations", stations);
    write("posts", posts);
    write("places", places);
    write("incidents", incidents);
    write("countries", {feature("A", box(-1, 0)), feature("B", box(0, 1))});
  }

  std::mt19937 random_;
  bool shuffle_;
  std::filesystem::path folder_;
};

}  // namespace waywarden::test
