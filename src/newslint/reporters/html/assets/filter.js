// Selects the causes and the places that match the filters.

const NO_PROVIDER = "(no provider)";

function isEmpty(filter) {
  return !filter.text && !filter.rule && !filter.provider && !filter.document && !filter.cause && filter.severities.length === SEVERITIES.length;
}

// Returns matching causes, in the order of the page. `places` are indexes, or null for all.
function selectCauses(archive, filter) {
  if (isEmpty(filter)) {
    return archive.causes.map((cause) => ({ cause, places: null, documents: cause.documents, total: cause.total }));
  }
  const text = filter.text.toLowerCase();
  const only = filter.document ? archive.paths.indexOf(filter.document) : null;
  const inPath = text && archive.paths.map((path) => path.toLowerCase().includes(text));
  const found = [];
  for (const cause of archive.causes) {
    if (filter.rule && cause.rule.name !== filter.rule) continue;
    if (filter.cause && cause.name !== filter.cause) continue;
    const match = matchCause(cause, filter, text, inPath, only);
    if (match) found.push(match);
  }
  return found;
}

function matchCause(cause, filter, text, inPath, only) {
  const allowed = cause.variants.map((variant) => isAllowed(variant, filter));
  if (!allowed.includes(true)) return null;
  const inRule = text && (cause.rule.name.includes(text) || cause.headline.toLowerCase().includes(text));
  const matched = cause.variants.map((variant, at) => allowed[at] && (!text || inRule || haystack(variant).includes(text)));
  const { variant, path, length } = cause.places;
  const places = [];
  let documents = 0;
  let last = -1;
  for (let i = 0; i < length; i++) {
    if (only !== null && path[i] !== only) continue;
    const seen = variant.length ? variant[i] : 0;
    if (!matched[seen] && !(allowed[seen] && inPath && inPath[path[i]])) continue;
    places.push(i);
    if (path[i] !== last) documents += 1;
    last = path[i];
  }
  return places.length ? { cause, places, documents, total: places.length } : null;
}

function isAllowed(variant, filter) {
  return (
    filter.severities.includes(variant.severity) &&
    (!filter.provider || (variant.provider || NO_PROVIDER).includes(filter.provider.toLowerCase()))
  );
}

// Describes the filters in words, for print; empty if there are none.
function describeFilter(filter) {
  const severities = filter.severities.length === SEVERITIES.length ? "" : filter.severities.join(", ") || "none";
  const parts = { text: filter.text, rule: filter.rule, provider: filter.provider, document: filter.document, cause: filter.cause, severity: severities };
  const given = Object.entries(parts).filter(([, value]) => value);
  return given.map(([name, value]) => `${name}: ${value}`).join("; ");
}

// Joins the searchable text of a variant.
function haystack(variant) {
  if (variant.haystack === undefined) {
    const lines = variant.sourceLines.map((line) => line.join(""));
    variant.haystack = [variant.message, variant.provider, variant.pointer.join("*"), ...lines].join("\n").toLowerCase();
  }
  return variant.haystack;
}
