// Points: symbols on canvas, sized by what passes there.

const Symbol_ = L.CircleMarker.extend({
  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    paintSymbol(renderer._ctx, this._point.x, this._point.y, this.options.symbol);
  },
});

// Draws a symbol for each row that `styleOf` gives a style for.
function pointLayer(map, table, styleOf) {
  const renderer = rendererOf(map, "points");
  const styles = table.shapes.map((shape, row) =>
    shape && shape.kind === "point" ? styleOf(row) : null);
  const symbols = [];
  styles.forEach((style, row) => {
    if (!style) return;
    symbols.push(new Symbol_(table.shapes[row].at, { renderer, pane: "points",
      interactive: false, radius: style.radius + style.weight, symbol: style }));
  });
  return { layer: L.layerGroup(symbols), find: pointFinder(map, table, styles) };
}

// Radius by the square root of a column, between a smallest and a largest.
function sizer(table, column, smallest, largest) {
  const values = table.columns.has(column) ? table.columns.get(column).values : [];
  const top = values.reduce((most, value) => Math.max(most, value || 0), 0);
  return (row) => top > 0 && values[row] > 0
    ? smallest + (largest - smallest) * Math.sqrt(values[row] / top) : smallest;
}

function drawCrossings(map, spec, table) {
  const size = sizer(table, spec.value, 2.8, 7);
  const styles = {
    listed: { shape: "square", fill: LISTED, stroke: "#fff", weight: 1.2 },
    informal: { shape: "diamond", fill: "#fff", stroke: INFORMAL, weight: 1.8 },
  };
  const styleOf = (row) => ({ ...styles[statusOf(table, row)], radius: size(row) });
  const points = pointLayer(map, table, styleOf);
  const sized = table.columns.has(spec.value);
  return { ...points, note: sized ? "larger: more expected journeys" : "", legend: [
    [symbolSwatch({ ...styles.listed, radius: 5 }), "listed border post"],
    [symbolSwatch({ ...styles.informal, radius: 4.5 }), "informal: crosses where no post is listed"],
  ] };
}

function statusOf(table, row) {
  return String(table.value("status", row)).toLowerCase() === "listed" ? "listed" : "informal";
}

// The first whose word is in the hub's kind: "airports" holds "port" too.
const HUB_SHAPES = [["airport", "triangle", "airport"], ["port", "pentagon", "port"],
  ["station", "square", "railway station"], ["", "circle", "other hub"]];

function hubShape(word) {
  const text = String(word || "").toLowerCase();
  return HUB_SHAPES.find(([kind]) => text.includes(kind));
}

function drawHubs(map, spec, table) {
  const size = sizer(table, spec.value, 3, 7);
  const base = { fill: "#f4f7fa", stroke: INK, weight: 1.3 };
  const points = pointLayer(map, table, (row) =>
    ({ ...base, shape: hubShape(table.value("kind", row))[1], radius: size(row) }));
  const used = new Set(table.shapes.map((_, row) => hubShape(table.value("kind", row))[0]));
  return { ...points, note: table.columns.has(spec.value) ? "larger: more expected journeys" : "",
    legend: HUB_SHAPES.filter(([kind]) => used.has(kind)).map(([, shape, text]) =>
      [symbolSwatch({ ...base, shape, radius: 5 }), text]) };
}

function drawSites(map, spec, table) {
  const style = { shape: "circle", radius: 2.6, fill: "#fff", stroke: INK, weight: 1.2 };
  return { ...pointLayer(map, table, () => style),
    legend: [[symbolSwatch({ ...style, radius: 3 }), "could be watched"]] };
}

function drawPlaces(map, spec, table) {
  const size = sizer(table, "population", 2.2, 6);
  const style = (roles, radius) => ({ shape: "circle", radius, stroke: "#fff", weight: 1,
    fill: roles.length ? roles.map((role) => ROLE_COLOURS[role]) : "#8b95a1" });
  const points = pointLayer(map, table, (row) => style(spec.roles[row], size(row)));
  const used = Object.keys(ROLE_COLOURS).filter((role) =>
    spec.roles.some((roles) => roles.includes(role)));
  const legend = used.map((role) => [symbolSwatch(style([role], 5)), role]);
  if (spec.roles.some((roles) => roles.length > 1)) {
    legend.push([symbolSwatch(style(Object.keys(ROLE_COLOURS), 5)), "several of these at once"]);
  }
  return { ...points, legend, note: table.columns.has("population") ? "larger: more people" : "" };
}

// Numbered markers, in the document so that the keyboard reaches them; spread where they collide.
function drawRanked(map, spec, table, select) {
  const rows = rankOrder(table).map((row) => ({ shape: table.shapes[row], row }))
    .filter(({ shape }) => shape && shape.kind === "point");
  const markers = rows.map(({ shape, row }) => rankMarker(table, row, shape.at, select));
  const leaders = L.layerGroup();
  const layer = L.layerGroup([...markers, leaders]);
  const spread = () => map.hasLayer(layer) && spreadMarkers(map, markers, leaders);
  map.on("zoomend viewreset resize", spread);
  layer.on("add", spread);
  const finder = pointFinder(map, table, table.shapes.map(() => ({ radius: 6 })));
  return { layer, find: finder, markers, legend: [
    [rankBadge("1", false), "border crossing, by rank"],
    [rankBadge("2", true), "station, port or airport"]] };
}

// Rows from the best rank down, in whatever order the table has them.
function rankOrder(table) {
  const rank = (row) => table.value("rank", row) ?? Infinity;
  return table.shapes.map((_, row) => row).sort((a, b) => rank(a) - rank(b) || a - b);
}

function rankBadge(text, round) {
  return element("span", round ? "badge round" : "badge", text);
}

function rankMarker(table, row, at, select) {
  const rank = table.value("rank", row);
  const isHub = table.value("kind", row) !== "crossing";
  const badge = rankBadge(String(rank === null ? row + 1 : rank), isHub);
  const icon = L.divIcon({ className: "rank-marker", html: badge, iconSize: [28, 28] });
  const marker = L.marker(at, { icon, keyboard: true, zIndexOffset: -100 * (rank || row) });
  marker.on("add", () => {
    const node = marker.getElement();
    node.dataset.row = row;
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", `Rank ${rank}: ${nameOf(table, row)}. Show figures.`);
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      select(row);
    });
  });
  marker.on("click", () => select(row));
  return marker;
}
