// What is under the pointer: answered from the data, not by the canvas.
// A finder takes a position and a reach (pixels) and returns hits: { row, order, distance }, where
// order is 0 for points, 1 for lines, 2 for areas.

function pixelsBetween(map, a, b) {
  return map.latLngToContainerPoint(a).distanceTo(map.latLngToContainerPoint(b));
}

function reachBox(map, at, reach) {
  const centre = map.latLngToContainerPoint(at);
  return L.latLngBounds(map.containerPointToLatLng(centre.subtract([reach, reach])),
    map.containerPointToLatLng(centre.add([reach, reach])));
}

function pointFinder(map, table, styles) {
  return (at, reach) => {
    const hits = [];
    const box = reachBox(map, at, reach + 10);
    table.shapes.forEach((shape, row) => {
      if (!shape || shape.kind !== "point" || !styles[row] || !box.contains(shape.at)) return;
      const distance = pixelsBetween(map, at, shape.at);
      if (distance <= styles[row].radius + reach) hits.push({ row, order: 0, distance });
    });
    return hits;
  };
}

function lineFinder(map, table, shown) {
  let grid = null;
  return (at, reach) => {
    grid = grid || lineGrid(table);
    const box = reachBox(map, at, reach);
    const near = map.latLngToContainerPoint(at);
    const hits = [];
    for (const row of grid.rowsIn(box)) {
      if (!shown(row)) continue;
      const distance = lineDistance(map, near, table.shapes[row].parts, box);
      if (distance <= reach) hits.push({ row, order: 1, distance });
    }
    return hits;
  };
}

// Rows by the cells of a grid that their parts' boxes touch.
function lineGrid(table) {
  const cell = 0.25;
  const cells = new Map();
  const each = (south, west, north, east, visit) => {
    for (let y = Math.floor(south / cell); y <= Math.floor(north / cell); y++) {
      for (let x = Math.floor(west / cell); x <= Math.floor(east / cell); x++) visit(`${x} ${y}`);
    }
  };
  table.shapes.forEach((shape, row) => {
    if (!shape || shape.kind !== "line") return;
    for (const part of shape.parts) {
      for (let i = 1; i < part.length; i++) {
        const [a, b] = [part[i - 1], part[i]];
        each(Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]),
          Math.max(a[1], b[1]), (key) => {
            if (!cells.has(key)) cells.set(key, new Set());
            cells.get(key).add(row);
          });
      }
    }
  });
  return { rowsIn(box) {
    const rows = new Set();
    each(box.getSouth(), box.getWest(), box.getNorth(), box.getEast(),
      (key) => (cells.get(key) || []).forEach((row) => rows.add(row)));
    return rows;
  } };
}

function lineDistance(map, near, parts, box) {
  let least = Infinity;
  const [south, west, north, east] = [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
  for (const part of parts) {
    for (let i = 1; i < part.length; i++) {
      const [a, b] = [part[i - 1], part[i]];
      if (Math.max(a[0], b[0]) < south || Math.min(a[0], b[0]) > north ||
          Math.max(a[1], b[1]) < west || Math.min(a[1], b[1]) > east) continue;
      least = Math.min(least, L.LineUtil.pointToSegmentDistance(near,
        map.latLngToContainerPoint(a), map.latLngToContainerPoint(b)));
    }
  }
  return least;
}

function areaFinder(table) {
  return (at) => table.shapes.map((shape, row) => ({ shape, row }))
    .filter(({ shape }) => shape && shape.kind === "area" &&
      shape.parts.some((rings) => insideRings(at, rings)))
    .map(({ row }) => ({ row, order: 2, distance: 0 }));
}

function insideRings(at, rings) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      if ((a[0] > at.lat) !== (b[0] > at.lat) &&
          at.lng < a[1] + (at.lat - a[0]) / (b[0] - a[0]) * (b[1] - a[1])) inside = !inside;
    }
  }
  return inside;
}

// All hits of the visible drawings, nearest kind first; a row of a table counts once.
function hitsAt(drawings, map, at, reach) {
  const seen = new Set();
  return drawings.filter((drawing) => map.hasLayer(drawing.layer))
    .flatMap((drawing, place) => drawing.find(at, reach).map((hit) => ({ ...hit, drawing, place })))
    .sort((a, b) => a.order - b.order || (a.order ? a.distance - b.distance : 0) ||
      a.place - b.place || a.distance - b.distance || a.row - b.row)
    .filter(({ drawing, row }) => {
      const key = `${drawing.table.name} ${row}`;
      return !seen.has(key) && seen.add(key);
    });
}
