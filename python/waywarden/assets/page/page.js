// Starts the page: unpacks, draws, and answers clicks, moves and keys.

const DRAW = { ranked: drawRanked, flow: drawFlow, change: drawChange, hotspots: drawHotspots,
  crossings: drawCrossings, hubs: drawHubs, sites: drawSites, places: drawPlaces,
  network: drawNetwork, land: drawLand, shapes: drawShapes };

function makeMap(data) {
  const [west, south, east, north] = data.bounds || [-180, -60, 180, 75];
  const bounds = L.latLngBounds([south, west], [north, east]);
  const map = L.map("map", { attributionControl: false, zoomControl: false, tap: false,
    zoomSnap: 0.1, zoomDelta: 0.75, wheelPxPerZoomLevel: 90, minZoom: 2, maxZoom: 16,
    maxBounds: bounds.pad(0.35), maxBoundsViscosity: 0.7 });
  const home = () => {
    const [w, s, e, n] = (isNarrow() ? data.core : data.focus) || [west, south, east, north];
    const first = L.latLngBounds([s, w], [n, e]).pad(isNarrow() ? 0.12 : 0);
    map.fitBounds(first, { paddingTopLeft: [14, 14],
      paddingBottomRight: [14 + coveredWidth(), 30], maxZoom: 12, animate: false });
    fillFromTop(map, bounds);
  };
  home();
  map.waywardenZoom = map.getZoom();
  map.setMinZoom(Math.max(2, map.getZoom() - 1.5));
  L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
  northArrow().addTo(map);
  L.control.zoom({ position: "bottomleft" }).addTo(map);
  homeButton(home).addTo(map);
  return { map, bounds };
}

// Leaves no empty band above the data while there are data below the window.
function fillFromTop(map, bounds) {
  const above = map.latLngToContainerPoint(bounds.getNorthWest()).y;
  const below = map.latLngToContainerPoint(bounds.getSouthEast()).y - map.getSize().y;
  const shift = Math.min(above, below);
  if (shift > 0) map.panBy([0, shift], { animate: false });
}

function isNarrow() {
  return innerWidth <= 900;
}

// How much of the map the list of layers covers on a wide screen.
function coveredWidth() {
  return isNarrow() ? 0 : document.getElementById("layers").offsetWidth + 10;
}

function northArrow() {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const arrow = element("div", "north", "N");
    const tip = element("span", "", "▲");
    tip.setAttribute("aria-hidden", "true");
    arrow.setAttribute("aria-label", "North is up");
    arrow.prepend(tip);
    return arrow;
  };
  return control;
}

function homeButton(home) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const bar = element("div", "leaflet-bar");
    const button = element("button", "home", "⤢");
    button.type = "button";
    button.title = "Show the whole area";
    button.setAttribute("aria-label", button.title);
    L.DomEvent.disableClickPropagation(bar);
    button.addEventListener("click", home);
    bar.append(button);
    return bar;
  };
  return control;
}

function makeDrawings(map, data, tables, bounds, select) {
  return data.layers.map((spec) => {
    const table = tables.get(spec.table);
    const extra = spec.draw === "land" ? bounds : select;
    const drawing = DRAW[spec.draw](map, spec, table, extra);
    return { ...drawing, spec, table };
  });
}

function selector(map, ranked, drawings) {
  return (row, { zoom = false } = {}) => {
    const drawing = ranked();
    const at = L.latLng(drawing.table.shapes[row].at);
    showPart(map, "map");
    if (zoom) showPlace(map, at);
    const others = hitsAt(drawings(), map, at, 2).filter((hit) =>
      hit.drawing !== drawing || hit.row !== row).slice(0, 9);
    showFigures(map, [{ row, order: 0, drawing }, ...others], at, true);
    markRow(row);
  };
}

// Moves and zooms so that a position is in the middle of what is not covered.
function showPlace(map, at) {
  const zoom = Math.max(map.getZoom(), map.waywardenZoom + 2.5);
  const centre = map.project(at, zoom).add([coveredWidth() / 2, 0]);
  map.setView(map.unproject(centre, zoom), zoom, { animate: false });
}

function startPointer(map, drawings) {
  const hover = document.getElementById("hover");
  const isCoarse = matchMedia("(pointer: coarse)").matches;
  map.on("click", (event) => {
    const hits = hitsAt(drawings, map, event.latlng, isCoarse ? 14 : 6).slice(0, 12);
    markRow(null);
    closeFigures(map);
    if (hits.length) showFigures(map, hits, event.latlng, false);
  });
  let latest = null, waiting = false;
  map.on("mousemove", (event) => {
    latest = event;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      showHover(map, drawings, hover, latest);
    });
  });
  map.on("mouseout movestart", () => { hover.hidden = true; });
}

function showHover(map, drawings, hover, event) {
  const [hit] = hitsAt(drawings, map, event.latlng, 4);
  map.getContainer().classList.toggle("over-feature", Boolean(hit));
  hover.hidden = !hit || hit.order === 2;
  if (hover.hidden) return;
  hover.textContent = hoverText(hit);
  hover.style.left = `${event.containerPoint.x + 14}px`;
  hover.style.top = `${event.containerPoint.y + 14}px`;
}

function hoverText({ drawing, row }) {
  const { table, spec } = drawing;
  const column = table.columns.get(spec.value);
  const value = column && column.values[row];
  const text = typeof value === "number" ? `${column.label}: ${valueText(column.kind, value)}` : "";
  return [nameOf(table, row), text || kindOf(table, row)].filter(Boolean).join(" · ");
}

// Boxes on the map, in its pixels, that no name shall touch.
function busyBoxes(map) {
  const frame = map.getContainer().getBoundingClientRect();
  const busy = "#map .badge, #map .leaflet-control, #layers, #attribution";
  return [...document.querySelectorAll(busy)].map((node) => node.getBoundingClientRect())
    .map((box) => ({ left: box.left - frame.left, right: box.right - frame.left,
      top: box.top - frame.top, bottom: box.bottom - frame.top }));
}

function start(data) {
  const tables = new Map(Object.entries(data.tables).map(([name, packed]) =>
    [name, openTable(name, packed)]));
  const { map, bounds } = makeMap(data);
  let drawings = [];
  const ranked = () => drawings.find(({ spec }) => spec.draw === "ranked");
  const select = selector(map, ranked, () => drawings);
  map.waywardenHighlight = highlighter(map);
  drawings = makeDrawings(map, data, tables, bounds, select);
  [...drawings].reverse().forEach(({ spec, layer }) => spec.visible && map.addLayer(layer));
  fillControl(map, drawings);
  fillRanking(data, ranked(), select);
  const landSpec = data.layers.find(({ draw }) => draw === "land");
  const relabel = drawLabels(map, tables, landSpec, () => busyBoxes(map));
  map.on("waywarden:layers", relabel);
  relabel();
  startPointer(map, drawings);
  startTabs(map);
  document.getElementById("attribution").textContent =
    [...data.attribution, `Leaflet ${L.version}`].join(" · ");
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeFigures(map));
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    map.invalidateSize({ animate: false });
  });
  window.addEventListener("afterprint", () => map.invalidateSize({ animate: false }));
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.body.dataset.ready = String(Math.round(performance.now()));
  }));
}

function fail(error) {
  const box = document.getElementById("failure");
  box.textContent = `The map cannot be shown. ${error.message}`;
  box.hidden = false;
  document.body.dataset.ready = "failed";
}

readData().then(start).catch(fail);
