// Builds the element of one cause: message, source lines, fix, and all places.

const FIRST_VARIANTS = 3;
const FIRST_PLACES = 8;
const MORE_PLACES = 200;

function element(name, className, ...children) {
  const created = document.createElement(name);
  if (className) created.className = className;
  created.append(...children);
  return created;
}

function pluralize(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function causeItem(archive, match) {
  const { cause, places, documents, total } = match;
  const first = resolvePlace(archive, cause, places ? places[0] : 0);
  const seen = places || cause.visible === documents ? "" : ` (${cause.visible.toLocaleString("en")} visible)`;
  const summary = element(
    "summary",
    "title",
    element("span", "badge", first.variant.severity),
    " ",
    element("span", "rule", cause.rule.name),
    " ",
    element("span", "reach", `${pluralize(documents, "document")}${seen}, ${pluralize(total, "place")}`),
    " ",
    element("span", "message", first.variant.message),
    " ",
    ...causeSubject(cause, first.variant),
    element("code", "where", `${first.path}:${first.line}`),
  );
  const details = element("details", "", summary);
  details.addEventListener("toggle", () => details.open && details.childElementCount === 1 && details.append(causeBody(archive, match)));
  return element("li", `cause ${first.variant.severity}`, details);
}

// Names the article of a cause and its provider, as far as they are known.
function causeSubject({ headline, articles }, { provider }) {
  if (!headline && !provider) return [];
  const more = articles > 1 ? ` and ${pluralize(articles - 1, "more article")}` : "";
  const subject = element("span", "subject", headline ? `“${headline}”${more} ` : "");
  if (provider) subject.append(element("span", "provider", provider));
  return [subject, " "];
}

function causeBody(archive, { cause, places }) {
  const body = element("div", "body");
  if (cause.rule.why) body.append(element("p", "why", `Why: ${cause.rule.why}`));
  const variants = [...groupByVariant(cause, places)];
  const first = variants[0][0];
  const show = ([variant, indexes]) => body.append(variantPart(archive, cause, variant, indexes, variant !== first && variant.message !== first.message));
  variants.slice(0, FIRST_VARIANTS).forEach(show);
  const rest = variants.slice(FIRST_VARIANTS);
  if (rest.length) {
    body.append(moreButton(`Show ${pluralize(rest.length, "more variant")}`, () => rest.forEach(show)));
  }
  const unlisted = cause.total - cause.places.length;
  if (unlisted) body.append(element("p", "quiet", `and ${pluralize(unlisted, "more place")} that this page has no room for`));
  body.append(element("p", "permalink", anchor(`#cause=${encodeURIComponent(cause.name)}`, "Link to this cause")));
  return body;
}

// Groups the indexes of places by their variant.
function groupByVariant(cause, places) {
  const { variant, length } = cause.places;
  const found = new Map();
  const indexes = places ?? Array.from({ length }, (_, i) => i);
  for (const i of indexes) {
    const seen = cause.variants[variant.length ? variant[i] : 0];
    if (!found.has(seen)) found.set(seen, []);
    found.get(seen).push(i);
  }
  return found;
}

function variantPart(archive, cause, variant, indexes, hasTitle) {
  const first = resolvePlace(archive, cause, indexes[0]);
  const part = element("section", "variant");
  if (hasTitle) part.append(element("p", "message", variant.message));
  part.append(placeLine(archive, first));
  if (variant.sourceLines.length) part.append(sourceView(variant, first.line));
  if (variant.related.length) part.append(relatedPlaces(variant, first));
  if (variant.fix) part.append(fixPart(variant.fix, first.line));
  if (indexes.length > 1) part.append(placesPart(archive, cause, indexes.slice(1)));
  return part;
}

function placeLine(archive, place) {
  const line = element("p", "place", placeCode(archive, place));
  if (place.pointer) line.append(" ", element("code", "pointer", place.pointer));
  if (place.variant.provider) line.append(" ", element("span", "provider", place.variant.provider));
  line.append(" ", placeActions(archive, place));
  return line;
}

function sourceView(variant, line) {
  const source = element("pre", variant.sourceLines.length > 1 ? "source several" : "source");
  source.tabIndex = 0;
  source.setAttribute("role", "group");
  source.setAttribute("aria-label", "Source");
  variant.sourceLines.forEach(([before, marked, after], at) =>
    source.append(codeLine("", line + at, before, element("mark", marked ? "" : "point", marked), after)),
  );
  if (variant.omittedLines) source.append(element("span", "line left-out", `… ${pluralize(variant.omittedLines, "more line")}`));
  return source;
}

function codeLine(kind, number, ...content) {
  const gutter = element("span", "number", String(number));
  gutter.setAttribute("aria-hidden", "true");
  return element("span", `line ${kind}`, gutter, element("span", "text", ...content));
}

function relatedPlaces(variant, { path, line }) {
  const list = element("ul", "related");
  for (const [file, at, column, message] of variant.related) {
    const place = file ? `${file}:${at}:${column}` : `${path}:${line + at}:${column}`;
    list.append(element("li", "", element("code", "", place), ` ${message}`));
  }
  if (variant.omittedRelated) list.append(element("li", "quiet", `and ${pluralize(variant.omittedRelated, "more place")}`));
  return list;
}

function fixPart({ title, safety, hunks }, line) {
  const part = element("div", "fix", element("p", "", element("b", "", title), " ", element("span", `safety ${safety}`, `${safety} fix`)));
  if (hunks.length) part.append(diffLines(hunks, line));
  return part;
}

function diffLines(hunks, line) {
  const diff = element("pre", "source diff");
  diff.tabIndex = 0;
  diff.setAttribute("role", "group");
  diff.setAttribute("aria-label", "Proposed fix");
  for (const [from, changes] of hunks) {
    diff.append(...changes.map((change) => changedLine(change, line + from, counterpart(change, changes))));
  }
  return diff;
}

// Finds the marked part of the other version of a line; empty if lines are only added or removed.
function counterpart(change, changes) {
  const of = (kind) => changes.filter((each) => each[0] === kind);
  const [own, others] = change[0] === "-" ? [of("-"), of("+")] : [of("+"), of("-")];
  return own.length === others.length ? others[own.indexOf(change)]?.[2][1] ?? "" : "";
}

function changedLine([kind, at, [before, marked, after]], line, other) {
  if (kind === "…") return element("span", "line left-out", `… ${pluralize(at, "more line")}`);
  const name = kind === "-" ? "del" : "ins";
  const content = element(name, "", before, ...(marked ? markWords(marked, other) : []), after);
  return codeLine(name, kind === "-" ? `${line + at} −` : "+", content);
}

function placesPart(archive, cause, indexes) {
  const list = element("ul", "places");
  const part = element("div", "also", element("p", "quiet", `The same in ${pluralize(indexes.length, "more place")}:`), list);
  let shown = 0;
  const show = (most) => {
    for (const index of indexes.slice(shown, shown + most)) {
      const place = resolvePlace(archive, cause, index);
      list.append(element("li", "", placeCode(archive, place), " ", element("code", "pointer", place.pointer)));
    }
    shown = Math.min(shown + most, indexes.length);
    return indexes.length - shown;
  };
  const left = show(indexes.length <= FIRST_PLACES + 1 ? FIRST_PLACES + 1 : FIRST_PLACES);
  if (left) part.append(moreButton(placesLabel(left), () => show(MORE_PLACES), placesLabel));
  return part;
}

function placesLabel(left) {
  return `Show ${left > MORE_PLACES ? `${MORE_PLACES} of ` : ""}${pluralize(left, "more place")}`;
}

// Creates a button that shows more at each click; `show` returns the number of items left.
function moreButton(label, show, formatLabel) {
  const button = element("button", "more", label);
  button.type = "button";
  button.addEventListener("click", () => {
    const left = show();
    if (left) button.textContent = formatLabel(left);
    else button.remove();
  });
  return button;
}
