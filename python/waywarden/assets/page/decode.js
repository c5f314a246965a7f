// The data block of the page, and shapes unpacked into what Leaflet takes: [latitude, longitude].

const STEPS_PER_DEGREE = 100000;

async function readData() {
  const block = document.getElementById("waywarden-data");
  if (block.type === "application/json") return JSON.parse(block.textContent);
  if (typeof DecompressionStream === "undefined") {
    throw new Error("This browser is too old to unpack the map's data. Use Firefox 113, " +
      "Chrome or Edge 80, Safari 16.4, or later.");
  }
  const packed = bytesOf(atob(block.textContent.trim()));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text());
}

function bytesOf(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

// Differences of whole steps -> positions.
function unpackRun(run) {
  const positions = new Array(run.length / 2);
  let x = 0, y = 0;
  for (let i = 0; i < run.length; i += 2) {
    x += run[i];
    y += run[i + 1];
    positions[i / 2] = [y / STEPS_PER_DEGREE, x / STEPS_PER_DEGREE];
  }
  return positions;
}

function unpackShape(shape) {
  if (shape === null) return null;
  if (typeof shape[0] === "number") return { kind: "point", at: unpackRun(shape)[0] };
  if (typeof shape[0][0] === "number") return { kind: "line", parts: shape.map(unpackRun) };
  return { kind: "area", parts: shape.map((rings) => rings.map(unpackRun)) };
}

// A table whose columns are found by name.
function openTable(name, packed) {
  const columns = new Map(packed.columns.map((column) => [column.name, column]));
  return {
    name, columns,
    title: packed.title,
    origin: packed.origin,
    size: packed.size,
    shapes: packed.shapes.map(unpackShape),
    value: (column, row) => columns.has(column) ? columns.get(column).values[row] ?? null : null,
  };
}
