// Colours and shapes, once for the map and the legend. Colours are told apart by people who see
// red and green alike; shape or width says the same again.

const INK = "#10263f";
const ACCENT = "#ffb000";
const FLOW = ["#c5b3da", "#a183c4", "#7d50aa", "#58248c", "#33085e"];
const FLOW_WIDTHS = [1, 1.6, 2.6, 4.2, 6.4];
const MORE = "#b3282d";
const LESS = "#2a6fb0";
const LEVEL_COLOURS = { 3: "#a50f24", 2: "#e0654f", 1: "#f6bfa6",
  "-1": "#bcd8ea", "-2": "#5fa2cf", "-3": "#1f5fa6" };
const LEVEL_TEXTS = { 3: "hot, 99 % sure", 2: "hot, 95 %", 1: "hot, 90 %", 0: "neither",
  "-1": "cold, 90 %", "-2": "cold, 95 %", "-3": "cold, 99 %" };
const MODE_COLOURS = { road: "#b9b1a2", rail: "#7f7a80", sea: "#6f9fbf", river: "#6f9fbf",
  air: "#b7a6cc", foot: "#c8a877" };
const ROLE_COLOURS = { source: "#0a8f6c", transit: "#e69f00", destination: "#c2568f" };
const LISTED = "#0b5c66";
const INFORMAL = "#c8500a";

const POLYGONS = {
  square: [[-.85, -.85], [.85, -.85], [.85, .85], [-.85, .85]],
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.15], [1.05, .8], [-1.05, .8]],
  pentagon: [[0, -1.1], [1.05, -.3], [.65, .95], [-.65, .95], [-1.05, -.3]],
};

function tracePolygon(ctx, x, y, radius, corners) {
  corners.forEach(([dx, dy], i) => ctx[i ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
  ctx.closePath();
}

// Draws a symbol: shape, radius, fill (one colour, or several as sectors), stroke, weight.
function paintSymbol(ctx, x, y, style) {
  const fills = Array.isArray(style.fill) ? style.fill : [style.fill];
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  if (fills.length > 1) paintSectors(ctx, x, y, style.radius, fills);
  ctx.beginPath();
  if (POLYGONS[style.shape]) tracePolygon(ctx, x, y, style.radius, POLYGONS[style.shape]);
  else ctx.arc(x, y, style.radius, 0, 2 * Math.PI);
  if (fills.length === 1) {
    ctx.fillStyle = fills[0];
    ctx.fill();
  }
  ctx.lineWidth = style.weight;
  ctx.strokeStyle = style.stroke;
  ctx.lineJoin = "round";
  ctx.stroke();
}

function paintSectors(ctx, x, y, radius, fills) {
  const step = 2 * Math.PI / fills.length;
  fills.forEach((fill, i) => {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, radius, i * step - Math.PI / 2, (i + 1) * step - Math.PI / 2);
    ctx.closePath();
    ctx.fillStyle = fill;
    ctx.fill();
  });
}

// A hatch in which suppressed cells are drawn: a canvas pattern.
function hatchPattern() {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const ctx = tile.getContext("2d");
  ctx.fillStyle = "rgba(225,225,225,.65)";
  ctx.fillRect(0, 0, 6, 6);
  ctx.strokeStyle = "#5b6470";
  ctx.lineWidth = 1;
  for (const shift of [-6, 0, 6]) {
    ctx.moveTo(shift, 6);
    ctx.lineTo(shift + 6, 0);
  }
  ctx.stroke();
  return ctx.createPattern(tile, "repeat");
}

// A small picture for the legend, drawn by the same code as the map.
function swatch(paint) {
  const canvas = element("canvas", "swatch");
  const scale = 2;
  canvas.width = 30 * scale;
  canvas.height = 16 * scale;
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  paint(ctx);
  return canvas;
}

function lineSwatch(colour, width, dash) {
  return swatch((ctx) => {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.setLineDash(dash || []);
    ctx.beginPath();
    ctx.moveTo(2, 8);
    ctx.lineTo(28, 8);
    ctx.stroke();
  });
}

function symbolSwatch(style) {
  return swatch((ctx) => paintSymbol(ctx, 15, 8, style));
}

function areaSwatch(fill, stroke) {
  return swatch((ctx) => {
    ctx.fillStyle = fill;
    ctx.fillRect(4, 2, 22, 12);
    ctx.strokeStyle = stroke || "#7b8794";
    ctx.strokeRect(4, 2, 22, 12);
  });
}
