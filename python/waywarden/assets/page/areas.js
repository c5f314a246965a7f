// Areas: land below everything, hot and cold cells above it.

function areaBatch(map, pane, parts, style) {
  return L.polygon(parts, { renderer: rendererOf(map, pane), pane, interactive: false,
    smoothFactor: 0.6, stroke: false, ...style });
}

function drawLand(map, spec, table, bounds) {
  const parts = table.shapes.flatMap((shape) => shape && shape.kind === "area" ? shape.parts : []);
  const sea = L.rectangle(bounds, { renderer: rendererOf(map, "land"), pane: "land",
    interactive: false, stroke: false, fillColor: "#d9e6ee", fillOpacity: 1 });
  const land = areaBatch(map, "land", parts, { fillColor: "#f7f5ef", fillOpacity: 1 });
  const lines = borderLines(parts, frameOf(parts));
  const halo = lineBatch(map, "land", lines, { color: "#e4dcea", weight: 4 });
  const border = lineBatch(map, "land", lines, { color: "#76678a", weight: 1.1 });
  return { layer: L.layerGroup([sea, land, halo, border]), find: () => [],
    legend: [[lineSwatch("#76678a", 1.3), "country border or coast"]] };
}

// The box that the land was cut to: its sides are no borders.
function frameOf(parts) {
  const frame = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  parts.forEach((rings) => rings[0].forEach(([lat, lng]) => {
    frame.west = Math.min(frame.west, lng);
    frame.east = Math.max(frame.east, lng);
    frame.south = Math.min(frame.south, lat);
    frame.north = Math.max(frame.north, lat);
  }));
  return frame;
}

function borderLines(parts, frame) {
  const lines = [];
  for (const ring of parts.flat()) {
    let run = [ring[0]];
    for (let i = 1; i < ring.length; i++) {
      if (alongFrame(ring[i - 1], ring[i], frame)) {
        if (run.length > 1) lines.push(run);
        run = [];
      }
      run.push(ring[i]);
    }
    if (run.length > 1) lines.push(run);
  }
  return lines;
}

function alongFrame(a, b, frame) {
  const same = (x, y, limit) => Math.abs(x - limit) < 2e-5 && Math.abs(y - limit) < 2e-5;
  return same(a[1], b[1], frame.west) || same(a[1], b[1], frame.east) ||
    same(a[0], b[0], frame.south) || same(a[0], b[0], frame.north);
}

function drawHotspots(map, spec, table) {
  const levels = [3, 2, 1, -1, -2, -3].filter((level) => spec.levels.includes(level));
  const cells = (test) => table.shapes.flatMap((shape, row) =>
    shape && shape.kind === "area" && test(row) ? shape.parts : []);
  const hatch = hatchPattern();
  const layers = [
    ...levels.map((level) => areaBatch(map, "hotspots", cells((row) => spec.levels[row] === level),
      { fillColor: LEVEL_COLOURS[level], fillOpacity: 0.68 })),
    areaBatch(map, "hotspots", cells((row) => spec.suppressed[row]), { stroke: true,
      color: "#4b5563", weight: 0.8, fillColor: hatch, fillOpacity: 0.75 }),
  ];
  const points = hotspotPoints(map, spec, table, hatch);
  const legend = levels.map((level) =>
    [areaSwatch(LEVEL_COLOURS[level]), LEVEL_TEXTS[level]]);
  if (spec.suppressed.includes(true)) legend.push([areaSwatch(hatch), "count suppressed or withheld"]);
  const areas = areaFinder(table);
  return { layer: L.layerGroup([...layers, points.layer]), legend,
    note: levels.length ? "more or fewer incidents around here than chance gives (Gi*)"
      : "no cell stands out from chance",
    find: (at, reach) => [...points.find(at, reach), ...areas(at)] };
}

function hotspotPoints(map, spec, table, hatch) {
  return pointLayer(map, table, (row) => {
    const level = spec.levels[row];
    const fill = spec.suppressed[row] && !level ? hatch : LEVEL_COLOURS[level] || "#fff";
    return { shape: "circle", radius: level ? 6.5 : 4, fill, stroke: "#374151", weight: 1 };
  });
}

function drawShapes(map, spec, table) {
  const colour = "#00798c";
  const parts = (kind) => table.shapes.flatMap((shape) =>
    shape && shape.kind === kind ? shape.parts : []);
  const points = pointLayer(map, table, () =>
    ({ shape: "circle", radius: 4, fill: colour, stroke: "#fff", weight: 1 }));
  const layers = [
    areaBatch(map, "shapes", parts("area"), { stroke: true, color: colour, weight: 1,
      fillColor: colour, fillOpacity: 0.2 }),
    lineBatch(map, "shapes", parts("line"), { color: colour, weight: 2 }),
  ];
  const lines = lineFinder(map, table, () => true);
  const areas = areaFinder(table);
  return { layer: L.layerGroup([...layers, points.layer]),
    legend: [[symbolSwatch({ shape: "circle", radius: 4, fill: colour, stroke: "#fff", weight: 1 }),
      table.title]],
    find: (at, reach) => [...points.find(at, reach), ...lines(at, reach), ...areas(at)] };
}
