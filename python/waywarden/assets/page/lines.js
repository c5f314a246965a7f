// Lines, drawn in batches: one canvas path per class, whatever the number of lines.

const PANES = { land: 210, network: 220, hotspots: 230, flow: 250, change: 260, shapes: 265,
  points: 430, labels: 440, highlight: 450, leaders: 590 };

// A canvas of its own for each kind of layer, so that switching one redraws only that.
function rendererOf(map, pane) {
  if (!map.getPane(pane)) {
    const made = map.createPane(pane);
    made.style.zIndex = PANES[pane];
    made.style.pointerEvents = "none";
    map.waywardenCanvases = map.waywardenCanvases || {};
    map.waywardenCanvases[pane] = L.canvas({ pane, padding: 0.15 });
  }
  return map.waywardenCanvases[pane];
}

function lineBatch(map, pane, parts, style) {
  return L.polyline(parts, { renderer: rendererOf(map, pane), pane, interactive: false,
    smoothFactor: 1.2, ...style });
}

// Rows of a table by class: class -> the rows' lines.
function partsByClass(table, classOf) {
  const classes = new Map();
  table.shapes.forEach((shape, row) => {
    const key = shape && shape.kind === "line" ? classOf(row) : null;
    if (key === null) return;
    if (!classes.has(key)) classes.set(key, []);
    classes.get(key).push(...shape.parts);
  });
  return classes;
}

// 0 below the first limit, 1 from it on, ...
function gradeOf(value, breaks) {
  return breaks.filter((limit) => value >= limit).length;
}

// The widest class is always the darkest, however few classes there are.
function gradeStyle(grade, count) {
  const step = count > 1 ? Math.round(grade * (FLOW.length - 1) / (count - 1)) : FLOW.length - 1;
  return { colour: FLOW[step], width: FLOW_WIDTHS[step] };
}

function gradeTexts(breaks) {
  if (!breaks.length) return ["any"];
  const texts = [`under ${numberText(breaks[0])}`];
  breaks.forEach((limit, i) => texts.push(i + 1 < breaks.length
    ? `${numberText(limit)} to ${numberText(breaks[i + 1])}` : `${numberText(limit)} and more`));
  return texts;
}

// Lines get wider as one zooms in.
function widen(map, layers) {
  const scale = () => Math.min(2, Math.max(0.75, 1 + 0.16 * (map.getZoom() - map.waywardenZoom)));
  const apply = () => layers.forEach(([layer, width]) => layer.setStyle({ weight: width * scale() }));
  map.on("zoomend", apply);
}

// Sea and air routes are drawn broken: nobody can stand beside them.
const AWAY = new Set(["sea", "air"]);
const AWAY_DASH = "7 5";

function drawFlow(map, spec, table) {
  const grading = flowGrading(spec, table);
  const isAway = (row) => AWAY.has(table.value("mode", row));
  const solid = partsByClass(table, (row) => isAway(row) ? null : grading.gradeOf(row));
  const broken = partsByClass(table, (row) => isAway(row) ? grading.gradeOf(row) : null);
  const style = (grade) => gradeStyle(grade, grading.texts.length);
  const layers = [];
  const add = (parts, colour, width, more) => parts &&
    layers.push([flowBatch(map, parts, colour, width, more), width]);
  const grades = grading.texts.map((_, grade) => ({ grade, ...style(grade) }));
  const dashed = { dashArray: AWAY_DASH, lineCap: "butt", opacity: 0.85 };
  grades.forEach(({ grade, colour, width }) => add(broken.get(grade), colour, 0.8 * width, dashed));
  grades.filter(({ width }) => width > 3).forEach(({ grade, width }) =>
    add(solid.get(grade), "#fff", width + 2, { opacity: 0.75 }));
  grades.forEach(({ grade, colour, width }) => add(solid.get(grade), colour, width));
  widen(map, layers);
  const legend = grading.texts.map((text, grade) =>
    [lineSwatch(style(grade).colour, style(grade).width), text]).reverse();
  if (broken.size) legend.push([lineSwatch(FLOW[2], 2.4, [6, 4]), "by sea or air"]);
  return { layer: L.layerGroup(layers.map(([layer]) => layer)), legend,
    note: "attempted journeys, as if nobody were stopped",
    find: lineFinder(map, table, (row) => grading.gradeOf(row) !== null) };
}

function flowBatch(map, parts, colour, width, style) {
  return lineBatch(map, "flow", parts, { color: colour, weight: width, opacity: 1, ...style });
}

// Grades by the numbers where they may be shown, else by the classes that the release has.
function flowGrading(spec, table) {
  if (table.columns.has(spec.value)) {
    const values = table.columns.get(spec.value).values;
    const breaks = spec.breaks || [];
    return { texts: gradeTexts(breaks),
      gradeOf: (row) => values[row] > 0 ? gradeOf(values[row], breaks) : null };
  }
  const column = table.columns.get("exposure_class");
  const words = column ? [...new Set(column.values.filter((word) => word !== null && word !== 0
    && word !== "0" && word !== ""))] : [];
  words.sort((a, b) => String(a).localeCompare(String(b), "en", { numeric: true }));
  return { texts: words.map(String), gradeOf: (row) => {
    const grade = words.indexOf(column ? column.values[row] : null);
    return grade < 0 ? null : grade;
  } };
}

function drawChange(map, spec, table) {
  const values = table.columns.has(spec.value) ? table.columns.get(spec.value).values : [];
  const breaks = (spec.breaks || []).slice(1);
  const widths = [1.2, 2.4, 4, 6];
  const classOf = (row) => values[row] ? (values[row] > 0 ? 1 : -1) *
    (1 + gradeOf(Math.abs(values[row]), breaks)) : null;
  const classes = partsByClass(table, classOf);
  const layers = [...classes.keys()].sort((a, b) => Math.abs(a) - Math.abs(b)).map((key) => {
    const width = widths[Math.abs(key) - 1];
    return [lineBatch(map, "change", classes.get(key),
      { color: key > 0 ? MORE : LESS, opacity: 0.9, weight: width }), width];
  });
  widen(map, layers);
  const points = pointLayer(map, table, (row) => values[row] ? { shape: "circle",
    radius: 3 + Math.abs(classOf(row)), fill: values[row] > 0 ? MORE : LESS, stroke: "#fff",
    weight: 1 } : null);
  const texts = gradeTexts(breaks);
  const legend = [[MORE, "+"], [LESS, "−"]].flatMap(([colour, sign]) => texts.map((text, i) =>
    [lineSwatch(colour, widths[i]), `${sign} ${text}`]).reverse());
  const lines = lineFinder(map, table, (row) => Boolean(values[row]));
  return { layer: L.layerGroup([...layers.map(([layer]) => layer), points.layer]), legend,
    note: "more (red) or fewer (blue) expected journeys once these teams are in place",
    find: (at, reach) => [...points.find(at, reach), ...lines(at, reach)] };
}

function drawNetwork(map, spec, table) {
  const modeOf = (row) => {
    const mode = table.value("mode", row);
    return table.value("kind", row) === "link" || mode in MODE_COLOURS ? mode : null;
  };
  const classes = partsByClass(table, modeOf);
  const dashes = { sea: "6 4", river: "6 4", air: "1 5" };
  const modes = Object.keys(MODE_COLOURS).filter((mode) => classes.has(mode));
  const layers = modes.map((mode) => [lineBatch(map, "network", classes.get(mode),
    { color: MODE_COLOURS[mode], opacity: 0.85, weight: 0.8, dashArray: dashes[mode] }),
    mode === "rail" ? 0.9 : 0.8]);
  widen(map, layers);
  const legend = modes.map((mode) => [lineSwatch(MODE_COLOURS[mode], 1.5,
    dashes[mode] && dashes[mode].split(" ").map(Number)), MODE_NAMES[mode]]);
  return { layer: L.layerGroup(layers.map(([layer]) => layer)), legend,
    find: lineFinder(map, table, (row) => modeOf(row) !== null) };
}
