// The panel beside the map: the ranked list, how sure it is, and where the figures come from.

function fillRanking(data, drawing, select) {
  const panel = document.getElementById("ranking");
  if (drawing) {
    panel.append(element("h2", "", drawing.spec.title), ...summary(drawing.table),
      rankTable(drawing.table, select));
  } else {
    panel.append(element("h2", "", "Figures"),
      element("p", "", "Click anything on the map for its figures."));
  }
  panel.append(sources(data));
}

function summary(table) {
  const last = rankOrder(table).pop();
  const share = table.value("share", last);
  if (typeof share !== "number") return [];
  const teams = table.size === 1 ? "One team here is" : `${table.size} teams here are`;
  const head = element("p", "headline");
  head.append(`${teams} expected to intercept `, element("strong", "", shareText(share)),
    " of all journeys.");
  const bound = table.value("upper_bound", last), sum = table.value("cumulative", last);
  if (typeof bound !== "number" || !(sum > 0)) return [head];
  const limit = shareText(share * bound / sum);
  return [head, element("p", "bound",
    `No other choice of as many sites can exceed ${limit}, if detection is as assumed.`)];
}

function rankTable(table, select) {
  const frame = element("div", "table-frame");
  const list = element("table", "ranks");
  list.append(element("caption", "", "Select a row to see the place on the map."));
  const head = list.createTHead().insertRow();
  for (const [text, title] of [["Rank", ""], ["Site", ""],
    ["Adds", "expected interceptions that this site adds to those above it"],
    ["Total", "share of all journeys intercepted by this site and those above it"],
    ["Range", "of ranks when detection, route noise and risk aversion are halved and doubled"]]) {
    const cell = element("th", "", text);
    cell.scope = "col";
    if (title) cell.title = title;
    head.append(cell);
  }
  const body = list.createTBody();
  body.append(...rankOrder(table).map((row) => rankRow(table, row, select)));
  frame.append(list, element("p", "small", "Adds: expected interceptions added. Total: share of " +
    "all journeys, this site and those above. Range: of ranks when detection, route noise and " +
    "risk aversion are halved and doubled."));
  return frame;
}

function rankRow(table, row, select) {
  const line = element("tr");
  line.dataset.row = row;
  const rank = table.value("rank", row);
  const badge = element("td", "rank");
  badge.append(rankBadge(String(rank === null ? row + 1 : rank), table.value("kind", row) !== "crossing"));
  const site = element("td", "site");
  const button = element("button", "", nameOf(table, row));
  button.type = "button";
  site.append(button, element("span", "kind", kindOf(table, row)));
  line.append(badge, site, numberCell(table, "gain", row), totalCell(table, row),
    element("td", "number", rankRange(table, row)));
  line.addEventListener("click", () => select(row, { zoom: true }));
  return line;
}

function numberCell(table, column, row) {
  const value = table.value(column, row);
  const kind = table.columns.has(column) ? table.columns.get(column).kind : "number";
  return element("td", "number", value === null ? "–" : valueText(kind, value));
}

function totalCell(table, row) {
  const cell = numberCell(table, "share", row);
  const top = table.value("share", rankOrder(table).pop());
  const share = table.value("share", row);
  if (!(share > 0) || !(top > 0)) return cell;
  const bar = element("progress");
  bar.max = top;
  bar.value = share;
  bar.setAttribute("aria-hidden", "true");
  cell.append(bar);
  return cell;
}

function rankRange(table, row) {
  const low = table.value("rank_low", row), high = table.value("rank_high", row);
  return low === null ? "–" : rangeText(low, high);
}

// Marks the chosen row, and its marker on the map.
function markRow(row) {
  for (const marker of document.querySelectorAll(".rank-marker")) {
    marker.classList.toggle("chosen", row !== null && marker.dataset.row === String(row));
  }
  for (const line of document.querySelectorAll(".ranks tr[data-row]")) {
    const chosen = row !== null && line.dataset.row === String(row);
    line.classList.toggle("chosen", chosen);
    if (chosen) line.scrollIntoView({ block: "nearest" });
  }
}

function sources(data) {
  const foot = element("footer", "sources");
  if (!data.provenance.length) return foot;
  const brief = data.provenance.filter(([name]) => /engine|version|seed|date/i.test(name)).slice(0, 3)
    .map(([name, text]) => `${name} ${text}`).join(" · ");
  const details = element("details");
  details.append(element("summary", "", brief || "Where these figures come from"));
  const list = element("dl");
  for (const [name, text] of data.provenance) list.append(element("dt", "", name), element("dd", "", text));
  details.append(list);
  foot.append(details);
  return foot;
}
