// Puts the filters and the pages of causes to work.

const PAGE = 25;
const byId = (id) => document.getElementById(id);

function start(archive) {
  const form = byId("filters");
  let found = [];
  let page = 0;

  const showPage = (number) => {
    page = number;
    const from = page * PAGE;
    const items = found.slice(from, from + PAGE).map((match) => causeItem(archive, match));
    byId("list").start = from + 1;
    byId("list").replaceChildren(...items);
    const pages = Math.ceil(found.length / PAGE);
    byId("pages").hidden = pages < 2;
    byId("page").textContent = `Page ${(page + 1).toLocaleString("en")} of ${pages.toLocaleString("en")}`;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page + 1 >= pages;
  };

  const apply = (filter) => {
    found = matching(archive, filter);
    const places = found.reduce((sum, match) => sum + match.total, 0);
    byId("result").textContent = `${counted(found.length, "cause")}, ${counted(places, "diagnostic")}`;
    byId("nothing").hidden = found.length > 0;
    byId("reset").hidden = isOpen(filter);
    showPage(0);
  };

  const turn = (step) => {
    showPage(page + step);
    byId("causes").focus();
  };

  const changed = () => {
    const filter = asked(form);
    history.replaceState(null, "", hashOf(filter) || location.pathname + location.search);
    apply(filter);
  };

  const followHash = (hash) => {
    if (!hash.includes("=")) return false;
    fill(form, filterOf(hash));
    apply(asked(form));
    byId("causes").focus();
    return true;
  };

  offer(form, archive);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(() => (changed(), byId("text").focus())));
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  // The event may come late, when filters have changed the address once more.
  window.addEventListener("hashchange", (event) => followHash(new URL(event.newURL).hash));
  byId("beginning")?.remove();
  form.hidden = false;
  if (!followHash(location.hash)) apply(asked(form));
}

function asked(form) {
  return {
    text: form.elements.text.value.trim(),
    rule: form.elements.rule.value,
    provider: form.elements.provider.value.trim(),
    severities: [...form.elements.severity].filter((box) => box.checked).map((box) => box.value),
  };
}

function fill(form, filter) {
  form.elements.text.value = filter.text;
  form.elements.rule.value = filter.rule;
  form.elements.provider.value = filter.provider;
  for (const box of form.elements.severity) box.checked = filter.severities.includes(box.value);
}

function hashOf({ text, rule, provider, severities }) {
  const severity = severities.length === SEVERITIES.length ? "" : severities.join(",") || "none";
  const given = Object.entries({ text, rule, provider, severity }).filter(([, value]) => value);
  return given.length ? `#${new URLSearchParams(given)}` : "";
}

function filterOf(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const severity = given.get("severity");
  return {
    text: given.get("text") ?? "",
    rule: given.get("rule") ?? "",
    provider: given.get("provider") ?? "",
    severities: severity ? severity.split(",") : SEVERITIES,
  };
}

// Offers the rules and the providers that there are.
function offer(form, archive) {
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

function showMoreProviders() {
  const rest = document.querySelector("tbody.rest");
  const button = byId("more-providers");
  if (!rest || !button) return;
  rest.hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => {
    rest.hidden = false;
    rest.querySelector("a").focus();
    button.remove();
  });
}

showMoreProviders();
if (byId("filters") && typeof DecompressionStream !== "undefined") {
  byId("partial").hidden = true;
  inflated(byId("data").textContent).then(
    (text) => start(archiveOf(text)),
    () => (byId("partial").hidden = false),
  );
}
