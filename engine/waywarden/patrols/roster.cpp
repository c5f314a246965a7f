#include "waywarden/patrols/roster.h"

#include "waywarden/base/random.h"

namespace waywarden {

Roster sample_roster(const MixedPatrol& patrol, std::uint64_t seed, std::size_t days) {
  Roster roster;
  for (std::size_t day = 0; day < days && !patrol.schedule.empty(); ++day) {
    double left = RandomStream(seed, day).uniform();
    std::size_t drawn = 0;
    while (drawn + 1 < patrol.schedule.size() && left >= patrol.probability[drawn])
      left -= patrol.probability[drawn++];
    const Schedule& schedule = patrol.schedule[drawn];
    for (std::size_t t = 0; t < schedule.size(); ++t)
      for (std::size_t team = 0; team < schedule[t].size(); ++team) {
        roster.day.push_back(day);
        roster.shift.push_back(t);
        roster.team.push_back(team);
        roster.site.push_back(schedule[t][team]);
      }
  }
  return roster;
}

}  // namespace waywarden
