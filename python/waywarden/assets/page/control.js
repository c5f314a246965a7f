// The list of layers: a switch each, and the legend of those that are on.

const FINDINGS = new Set(["ranked", "flow", "change", "hotspots"]);

function fillControl(map, drawings) {
  const panel = document.getElementById("layers");
  const bar = element("div", "panel-bar");
  const title = element("h2", "", "Layers and legend");
  const fold = element("button", "fold", "Hide");
  fold.type = "button";
  fold.setAttribute("aria-expanded", "true");
  fold.setAttribute("aria-controls", "layer-list");
  bar.append(title, fold);
  const body = element("div", "panel-body");
  body.id = "layer-list";
  body.append(layerGroup(map, "Findings", drawings.filter(({ spec }) => FINDINGS.has(spec.draw))),
    layerGroup(map, "Context", drawings.filter(({ spec }) => !FINDINGS.has(spec.draw))));
  panel.append(bar, body);
  fold.addEventListener("click", () => {
    const open = body.hidden;
    body.hidden = !open;
    fold.textContent = open ? "Hide" : "Show";
    fold.setAttribute("aria-expanded", String(open));
  });
}

function layerGroup(map, title, drawings) {
  const group = element("fieldset", "layer-group");
  group.append(element("legend", "", title), ...drawings.map((drawing) => layerItem(map, drawing)));
  group.hidden = drawings.length === 0;
  return group;
}

function layerItem(map, drawing) {
  const item = element("div", "layer");
  const label = element("label");
  const box = element("input");
  box.type = "checkbox";
  box.checked = drawing.spec.visible;
  box.dataset.table = drawing.spec.table;
  box.dataset.draw = drawing.spec.draw;
  label.append(box, element("span", "", drawing.spec.title));
  const legend = legendList(drawing);
  legend.hidden = !box.checked;
  item.append(label, legend);
  box.addEventListener("change", () => {
    legend.hidden = !box.checked;
    if (box.checked) map.addLayer(drawing.layer);
    else map.removeLayer(drawing.layer);
    map.fire("waywarden:layers");
  });
  return item;
}

function legendList(drawing) {
  const list = element("ul", "legend");
  if (drawing.note) list.append(element("li", "legend-note", drawing.note));
  for (const [picture, text] of drawing.legend) {
    const line = element("li");
    line.append(picture, element("span", "", text));
    list.append(line);
  }
  return list;
}

// On a narrow screen one part shows at a time over the map.
function startTabs(map) {
  const buttons = [...document.querySelectorAll("#tabs button")];
  for (const button of buttons) {
    button.addEventListener("click", () => showPart(map, button.dataset.sheet));
  }
}

function showPart(map, sheet) {
  closeFigures(map);
  document.body.dataset.sheet = sheet;
  for (const button of document.querySelectorAll("#tabs button")) {
    button.setAttribute("aria-pressed", String(button.dataset.sheet === sheet));
  }
  map.invalidateSize();
}
