// Tables that sort, search, and show their first rows only.

const FIRST_ROWS = 10;
const MORE_ROWS = 100;

// Creates the rows of a table that is part of the page.
function pageRows(table) {
  return [...table.tBodies[0].rows].map((row) => ({
    values: [...row.cells].map(cellValue),
    create: () => row,
  }));
}

function cellValue(cell) {
  const text = cell.textContent.trim();
  const number = Number.parseFloat(text.replaceAll(",", ""));
  return cell.tagName === "TH" || Number.isNaN(number) ? text.toLowerCase() : number;
}

// Lets a section sort and search its table. A row has values to sort by, the first of which is
// the text to search, and creates its element when it is shown.
function enhanceTable(section, rows) {
  const table = section.querySelector("table");
  const body = table.tBodies[0];
  let shown = rows;
  let count = FIRST_ROWS;
  const more = element("button", "more");
  more.type = "button";
  more.addEventListener("click", () => show(count + MORE_ROWS));
  const show = (limit) => {
    count = limit;
    body.replaceChildren(...shown.slice(0, count).map((row) => row.create()));
    const left = Math.max(0, shown.length - count);
    more.textContent = rowsLabel(left);
    more.hidden = !left;
  };
  addSorting(table, rows, (sorted) => {
    rows = sorted;
    find(search?.value ?? "");
  });
  const find = (text) => {
    const wanted = text.trim().toLowerCase();
    shown = rows.filter((row) => !wanted || row.values[0].includes(wanted));
    show(count);
  };
  const search = rows.length > FIRST_ROWS ? addSearch(section, find) : null;
  section.querySelector(".scroll").after(element("p", "", more));
  show(FIRST_ROWS);
}

function rowsLabel(left) {
  return `Show ${left > MORE_ROWS ? `${MORE_ROWS} of ` : ""}${left.toLocaleString("en")} more`;
}

function addSearch(section, find) {
  const heading = section.querySelector("h2");
  const input = element("input", "search");
  input.type = "search";
  input.placeholder = "Search";
  input.setAttribute("aria-label", `Search: ${heading.textContent}`);
  input.addEventListener("input", () => find(input.value));
  section.querySelector(".scroll").before(input);
  return input;
}

// Makes a button of each heading: the first click sorts names ascending and numbers descending.
function addSorting(table, rows, apply) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = element("button", "sort", ...head.childNodes);
    button.type = "button";
    head.append(button);
    button.addEventListener("click", () => {
      const old = head.getAttribute("aria-sort");
      const descending = old ? old === "ascending" : column > 0;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const compare = (one, other) => (one.values[column] < other.values[column] ? -1 : one.values[column] > other.values[column] ? 1 : 0);
      apply([...rows].sort((one, other) => (descending ? compare(other, one) : compare(one, other))));
    });
  });
}

// Creates the rows of all documents, the worst visible ones first.
function documentRows(archive) {
  const order = (one, other) =>
    other.visible - one.visible || other.errors - one.errors || other.warnings - one.warnings || other.infos - one.infos || one.path - other.path;
  return [...archive.documents].sort(order).map((document) => {
    const path = archive.paths[document.path];
    const { errors, warnings, infos, causes } = document;
    const text = `${path} ${document.headline}`.toLowerCase();
    return { values: [text, errors, warnings, infos, causes], create: () => documentRow(archive, document, path) };
  });
}

function documentRow(archive, { path: file, headline, visible, errors, warnings, infos, causes }, path) {
  const head = element("th", "", anchor(`#document=${encodeURIComponent(path)}`, path));
  head.scope = "row";
  head.setAttribute("role", "rowheader");
  const about = element("span", "about", headline);
  if (!visible) about.append(" ", element("i", "", "not visible to readers"));
  head.append(" ", about);
  const { editor, source } = archive.links;
  const place = { file, line: 1 };
  if (editor) head.append(" ", anchor(fillTemplate(editor, archive, place, 1), "Editor"));
  if (source) head.append(" ", anchor(fillTemplate(source, archive, place, 1), "Repository"));
  const counts = { error: errors, warning: warnings, info: infos, cause: causes };
  const cells = Object.entries(counts).map(([unit, number]) => {
    const cell = element("td", "", number.toLocaleString("en"));
    cell.setAttribute("role", "cell");
    cell.dataset.unit = number === 1 ? unit : `${unit}s`;
    return cell;
  });
  const row = element("tr", "", head, ...cells);
  row.setAttribute("role", "row");
  return row;
}
