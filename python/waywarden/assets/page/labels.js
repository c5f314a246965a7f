// Names on the map, as many as fit without touching, and numbered markers kept apart.

const CHARACTER_PX = 6.4;

function drawLabels(map, tables, landSpec, busy) {
  rendererOf(map, "labels");
  const group = L.layerGroup().addTo(map);
  const names = [...countryNames(tables, landSpec), ...placeNames(tables)];
  const place = () => {
    group.clearLayers();
    const taken = busy();
    const view = map.getBounds();
    let left = 12 + Math.round(map.getSize().x * map.getSize().y / 22000);
    for (const name of names) {
      if (left <= 0 || !view.contains(name.at)) continue;
      const spot = freeSpot(map, name, taken);
      if (!spot) continue;
      taken.push(spot.box);
      group.addLayer(nameMarker(name, spot));
      left--;
    }
  };
  map.on("moveend zoomend", place);
  return place;
}

function countryNames(tables, spec) {
  const table = tables.get("countries");
  if (!table || !spec || !spec.labels) return [];
  return spec.labels.map((run, row) => run && { text: nameOf(table, row), at: unpackRun(run)[0],
    style: "country-name", wide: 1.9, spots: AROUND_COUNTRY }).filter(Boolean);
}

function placeNames(tables) {
  const table = tables.get("places");
  if (!table) return [];
  const people = (row) => table.value("population", row) || 0;
  return table.shapes.map((_, row) => row)
    .filter((row) => table.shapes[row] && table.shapes[row].kind === "point" &&
      table.value("name", row))
    .sort((a, b) => people(b) - people(a) || a - b)
    .map((row) => ({ text: String(table.value("name", row)), at: table.shapes[row].at,
      style: "place-name", wide: 1, spots: AROUND_PLACE }));
}

// Where a name may stand: from its point, in pixels, and which end of the text is there.
const AROUND_PLACE = [[7, 0, "start"], [-7, 0, "end"], [0, -13, "middle"], [0, 13, "middle"],
  [9, -12, "start"], [9, 12, "start"], [-9, -12, "end"], [-9, 12, "end"],
  [20, 0, "start"], [-20, 0, "end"]];
const AROUND_COUNTRY = [0, -26, 26, -52, 52, -78, 78, 104].map((dy) => [0, dy, "middle"]);

function freeSpot(map, name, taken) {
  const at = map.latLngToContainerPoint(name.at);
  const width = name.text.length * CHARACTER_PX * name.wide;
  const before = { start: 0, middle: 0.5, end: 1 };
  const size = map.getSize();
  for (const [dx, dy, end] of name.spots) {
    const left = at.x + dx - before[end] * width;
    const box = { left: left - 2, right: left + width + 2, top: at.y + dy - 8,
      bottom: at.y + dy + 8 };
    if (box.left < 0 || box.right > size.x || box.top < 0 || box.bottom > size.y) continue;
    if (!taken.some((other) => overlap(box, other))) return { box, dx, dy, end };
  }
  return null;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function nameMarker(name, spot) {
  const text = element("span", spot.end, name.text);
  text.style.left = `${spot.dx}px`;
  text.style.top = `${spot.dy}px`;
  const icon = L.divIcon({ className: name.style, html: text, iconSize: [0, 0] });
  return L.marker(name.at, { icon, pane: "labels", interactive: false, keyboard: false });
}

// Pushes colliding markers apart in pixels, the better rank staying nearer to its point, and joins
// each moved marker to its point by a line.
function spreadMarkers(map, markers, leaders) {
  const apart = 27;
  const homes = markers.map((marker) => map.latLngToLayerPoint(marker.getLatLng()));
  const spots = homes.map((home) => home.clone());
  for (let round = 0; round < 60; round++) {
    if (!pushApart(spots, apart)) break;
  }
  leaders.clearLayers();
  markers.forEach((marker, i) => {
    const shift = spots[i].subtract(homes[i]);
    const node = marker.getElement();
    if (!node) return;
    node.style.marginLeft = `${Math.round(shift.x) - 14}px`;
    node.style.marginTop = `${Math.round(shift.y) - 14}px`;
    if (shift.distanceTo([0, 0]) < 4) return;
    addLeader(map, leaders, marker.getLatLng(), spots[i]);
  });
}

function pushApart(spots, apart) {
  let moved = false;
  for (let i = 0; i < spots.length; i++) {
    for (let j = i + 1; j < spots.length; j++) {
      let dx = spots[j].x - spots[i].x, dy = spots[j].y - spots[i].y;
      let gap = Math.hypot(dx, dy);
      if (gap >= apart) continue;
      if (gap < 0.5) [dx, dy, gap] = [Math.cos(2.4 * j), Math.sin(2.4 * j), 1];
      const push = (apart - Math.min(gap, apart)) / gap + 0.01;
      spots[i].x -= 0.35 * push * dx;
      spots[i].y -= 0.35 * push * dy;
      spots[j].x += 0.65 * push * dx;
      spots[j].y += 0.65 * push * dy;
      moved = true;
    }
  }
  return moved;
}

function addLeader(map, leaders, home, spot) {
  const renderer = rendererOf(map, "leaders");
  const style = { renderer, pane: "leaders", interactive: false, color: INK };
  leaders.addLayer(L.polyline([home, map.layerPointToLatLng(spot)], { ...style, weight: 1.5 }));
  leaders.addLayer(L.circleMarker(home, { ...style, radius: 3, weight: 1.5, color: "#fff",
    fillColor: INK, fillOpacity: 1 }));
}
