// Connects the form of filters, the list of causes and its pages.

const PAGE = 25;
const MAX_PRINTED = 500;
const byId = (id) => document.getElementById(id);

function start(archive) {
  const form = byId("filters");
  let found = [];
  let page = 0;

  const showItems = (from, to) => {
    const items = found.slice(from, to).map((match) => causeItem(archive, match));
    byId("list").start = from + 1;
    byId("list").replaceChildren(...items);
    return items;
  };

  const showPage = (number) => {
    page = number;
    const items = showItems(page * PAGE, (page + 1) * PAGE);
    if (items.length === 1) items[0].firstChild.open = true;
    const pages = Math.ceil(found.length / PAGE);
    byId("pages").hidden = pages < 2;
    byId("page").textContent = `Page ${(page + 1).toLocaleString("en")} of ${pages.toLocaleString("en")}`;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page + 1 >= pages;
  };

  const apply = (filter) => {
    found = selectCauses(archive, filter);
    const places = found.reduce((sum, match) => sum + match.total, 0);
    byId("result").textContent = `${pluralize(found.length, "cause")}, ${pluralize(places, "diagnostic")}`;
    byId("nothing").hidden = found.length > 0;
    byId("reset").hidden = isEmpty(filter);
    const words = describeFilter(filter);
    byId("applied").textContent = words && `Filtered by ${words}`;
    byId("applied").hidden = !words;
    showPage(0);
  };

  const turn = (step) => {
    showPage(page + step);
    byId("causes").focus();
  };

  const changed = () => {
    const filter = readFilter(form);
    history.replaceState(null, "", formatHash(filter) || location.pathname + location.search);
    apply(filter);
  };

  const followHash = (hash) => {
    if (!hash.includes("=")) return false;
    writeFilter(form, parseHash(hash));
    apply(readFilter(form));
    byId("causes").focus();
    return true;
  };

  // Print shows all causes that the filters select.
  window.addEventListener("beforeprint", () => {
    if (found.length > PAGE) showItems(0, MAX_PRINTED);
    const left = found.length - MAX_PRINTED;
    if (left > 0) byId("list").append(element("li", "quiet", `and ${pluralize(left, "more cause")}`));
  });
  window.addEventListener("afterprint", () => found.length > PAGE && showPage(page));

  fillOptions(form, archive);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(() => (changed(), byId("text").focus())));
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  // The event may be late: filters may have changed the URL again.
  window.addEventListener("hashchange", (event) => followHash(new URL(event.newURL).hash));
  byId("beginning")?.remove();
  document.querySelector("#documents .rest")?.remove();
  enhanceTable(byId("documents"), documentRows(archive));
  form.hidden = false;
  if (!followHash(location.hash)) apply(readFilter(form));
}

function readFilter(form) {
  return {
    text: form.elements.text.value.trim(),
    rule: form.elements.rule.value,
    provider: form.elements.provider.value.trim(),
    document: form.elements.document.value,
    cause: form.elements.cause.value,
    severities: [...form.elements.severity].filter((box) => box.checked).map((box) => box.value),
  };
}

function writeFilter(form, filter) {
  form.elements.text.value = filter.text;
  form.elements.rule.value = filter.rule;
  form.elements.provider.value = filter.provider;
  form.elements.document.value = filter.document;
  form.elements.cause.value = filter.cause;
  for (const box of form.elements.severity) box.checked = filter.severities.includes(box.value);
}

function formatHash({ text, rule, provider, document, cause, severities }) {
  const severity = severities.length === SEVERITIES.length ? "" : severities.join(",") || "none";
  const given = Object.entries({ text, rule, provider, document, cause, severity }).filter(([, value]) => value);
  return given.length ? `#${new URLSearchParams(given)}` : "";
}

function parseHash(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const severity = given.get("severity");
  return {
    text: given.get("text") ?? "",
    rule: given.get("rule") ?? "",
    provider: given.get("provider") ?? "",
    document: given.get("document") ?? "",
    cause: given.get("cause") ?? "",
    severities: severity ? severity.split(",") : SEVERITIES,
  };
}

// Fills the options of rules and providers.
function fillOptions(form, archive) {
  const rules = new Map();
  const providers = new Map();
  for (const cause of archive.causes) {
    rules.set(cause.rule.name, (rules.get(cause.rule.name) ?? 0) + cause.total);
    for (const { provider } of cause.variants) if (provider) providers.set(provider, (providers.get(provider) ?? 0) + cause.documents);
  }
  for (const name of [...rules.keys()].sort()) {
    form.elements.rule.append(new Option(`${name} (${rules.get(name).toLocaleString("en")})`, name));
  }
  const most = [...providers].sort((one, other) => other[1] - one[1]).slice(0, 300);
  byId("domains").append(...most.map(([name]) => new Option(name, name)));
}

addCopyButtons();
for (const id of ["providers", "rules"]) {
  const section = byId(id);
  if (section) enhanceTable(section, pageRows(section.querySelector("table")));
}
if (byId("filters") && typeof DecompressionStream !== "undefined") {
  byId("partial").hidden = true;
  inflate(byId("data").textContent).then(
    (text) => start(parseArchive(text)),
    () => (byId("partial").hidden = false),
  );
}
