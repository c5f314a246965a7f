// Figures of what was clicked: one feature at a time, the others under the pointer a step away.

const IN_HEADING = new Set(["name", "kind", "mode", "status", "countries", "country", "country_a",
  "country_b", "rank_low", "rank_high"]);

function showFigures(map, hits, at, focus) {
  const box = element("div", "figures");
  box.tabIndex = -1;
  const show = (next) => {
    const place = (next + hits.length) % hits.length;
    fillFigures(box, hits[place], hits.length, place, () => show(place - 1), () => show(place + 1));
    map.waywardenHighlight(hits[place]);
  };
  show(0);
  if (isNarrow()) openSheet(map, box, at);
  else openPopup(map, box, at);
  if (focus) box.focus({ preventScroll: true });
}

function openPopup(map, box, at) {
  L.popup({ maxWidth: 330, minWidth: 230, maxHeight: Math.max(180, map.getSize().y - 130),
    autoPanPaddingTopLeft: [56, 12], autoPanPaddingBottomRight: [12 + coveredWidth(), 12] })
    .setLatLng(at).setContent(box).openOn(map);
  const close = box.closest(".leaflet-popup").querySelector(".leaflet-popup-close-button");
  if (close) close.setAttribute("aria-label", "Close");
}

// On a narrow screen the figures lie below the map instead of over it.
function openSheet(map, box, at) {
  const sheet = document.getElementById("sheet");
  const close = element("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => closeFigures(map));
  sheet.replaceChildren(close, box);
  sheet.hidden = false;
  const left = map.getSize().y - sheet.offsetHeight;
  const y = map.latLngToContainerPoint(at).y;
  if (y > left - 30) map.panBy([0, y - left / 2], { animate: false });
}

function closeFigures(map) {
  document.getElementById("sheet").hidden = true;
  map.closePopup();
  map.fire("popupclose");
}

function fillFigures(box, hit, count, place, back, on) {
  const { table } = hit.drawing;
  box.replaceChildren(element("h2", "", nameOf(table, hit.row)));
  const kind = kindOf(table, hit.row);
  box.append(element("p", "kind", [hit.drawing.spec.title, kind].filter(Boolean).join(" · ")));
  box.append(figureTable(table, hit.row));
  const origin = table.origin.toLowerCase().includes("synthetic") ? "synthetic" : "";
  box.append(element("p", "from", `Table ${table.name}` + (table.origin ? `, ${table.origin}` : "")));
  box.lastChild.dataset.origin = origin;
  if (count > 1) box.append(pager(count, place, back, on));
}

function figureTable(table, row) {
  const list = element("table", "figure-table");
  for (const column of table.columns.values()) {
    const text = figureText(table, column, row);
    if (text === null) continue;
    const line = list.insertRow();
    const head = element("th", "", column.name === "rank" && table.columns.has("rank_low")
      ? "Rank (range)" : column.label);
    head.scope = "row";
    line.append(head, element("td", column.kind === "text" ? "words" : "", text));
  }
  return list;
}

// A value with what is known of its uncertainty; null for what stands elsewhere or is not there.
function figureText(table, column, row) {
  const name = column.name;
  if (IN_HEADING.has(name)) return null;
  const base = name.replace(/_(se|note)$/, "");
  if (base !== name && table.columns.has(base)) return null;
  const value = column.values[row];
  if (name === "data" && value === table.origin) return null;
  const note = table.value(`${name}_note`, row);
  if (value === null || value === "") return note ? String(note) : null;
  let text = valueText(column.kind, value);
  const error = table.value(`${name}_se`, row);
  if (typeof error === "number") text += ` ± ${valueText(column.kind, error)} (s.e.)`;
  if (name === "rank" && table.value("rank_low", row) !== null) {
    text += ` (${rangeText(table.value("rank_low", row), table.value("rank_high", row))})`;
  }
  return note ? `${text} (${note})` : text;
}

function pager(count, place, back, on) {
  const bar = element("div", "pager");
  const button = (text, label, act) => {
    const made = element("button", "", text);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.addEventListener("click", (event) => {
      event.stopPropagation();
      act();
    });
    return made;
  };
  bar.append(button("‹", "Previous here", back), element("span", "", `${place + 1} of ${count} here`),
    button("›", "Next here", on));
  return bar;
}

// Marks the feature whose figures are shown.
function highlighter(map) {
  const renderer = rendererOf(map, "highlight");
  const group = L.layerGroup().addTo(map);
  const style = { renderer, pane: "highlight", interactive: false, color: ACCENT, weight: 4,
    opacity: 0.95 };
  map.on("popupclose", () => group.clearLayers());
  return (hit) => {
    group.clearLayers();
    const shape = hit.drawing.table.shapes[hit.row];
    if (shape.kind === "point") {
      group.addLayer(L.circleMarker(shape.at, { ...style, radius: 12, fill: false }));
    } else {
      group.addLayer(L.polyline(shape.kind === "line" ? shape.parts : shape.parts.flat(), style));
    }
  };
}
