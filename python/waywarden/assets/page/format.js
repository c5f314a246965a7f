// Numbers and names as people read them.

const NUMBER = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
const INTEGER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

const MODE_NAMES = { road: "road", rail: "railway", sea: "sea", air: "air", river: "river",
  foot: "on foot", transfer: "change of vehicle" };

function numberText(value) {
  return Math.abs(value) >= 1000 ? INTEGER.format(value) : NUMBER.format(value);
}

function shareText(value) {
  const percent = 100 * value;
  const digits = Math.abs(percent) >= 10 || percent === 0 ? 0 : 1;
  return `${percent.toFixed(digits)}\u202f%`;
}

function metresText(value) {
  return value >= 1000 ? `${numberText(value / 1000)} km` : `${numberText(value)} m`;
}

const FORMATS = {
  integer: (value) => INTEGER.format(value),
  number: numberText,
  journeys: numberText,
  share: shareText,
  change: (value) => (value > 0 ? "+" : "") + numberText(value),
  metres: metresText,
};

function valueText(kind, value) {
  if (value === true) return "yes";
  if (value === false) return "no";
  return typeof value === "number" && FORMATS[kind] ? FORMATS[kind](value) : String(value);
}

// A range without an upper end: not among the chosen in some of the cases.
function rangeText(low, high) {
  if (high === null) return `${low} or below`;
  return low === high ? String(low) : `${low}–${high}`;
}

function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : text;
}

// What a feature is called: its name, else its id, else its row.
function nameOf(table, row) {
  for (const column of ["name", "site", "id", "edge", "hex", "cell"]) {
    const value = table.value(column, row);
    if (value !== null && value !== "") return String(value);
  }
  return `${table.title}, row ${row + 1}`;
}

// "Crossing · road · IN–NP · listed"
function kindOf(table, row) {
  const countries = table.value("countries", row) ||
    [table.value("country_a", row), table.value("country_b", row)].filter(Boolean).join("–") ||
    table.value("country", row);
  const isHub = table.value("kind", row) === "hub";
  const mode = isHub ? null : table.value("mode", row);
  const status = isHub ? null : table.value("status", row);
  const parts = [table.value("kind", row), MODE_NAMES[mode] || mode, countries,
    status];
  return capital(parts.filter(Boolean).map(String).join(" · "));
}

// An element with text in it: the only way that text from the data enters the page.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
