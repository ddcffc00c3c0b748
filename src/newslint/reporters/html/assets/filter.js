// Selects the causes and the places that match the filters.

const NO_PROVIDER = "(no provider)";

function isEmpty(filter) {
  return !filter.text && !filter.rule && !filter.provider && filter.severities.length === SEVERITIES.length;
}

// Returns matching causes, in the order of the page. `places` are indexes, or null for all.
function selectCauses(archive, filter) {
  if (isEmpty(filter)) {
    return archive.causes.map((cause) => ({ cause, places: null, documents: cause.documents, total: cause.total }));
  }
  const text = filter.text.toLowerCase();
  const inPath = text && archive.paths.map((path) => path.toLowerCase().includes(text));
  const found = [];
  for (const cause of archive.causes) {
    if (filter.rule && cause.rule.name !== filter.rule) continue;
    const match = matchCause(cause, filter, text, inPath);
    if (match) found.push(match);
  }
  return found;
}

function matchCause(cause, filter, text, inPath) {
  const allowed = cause.variants.map((variant) => isAllowed(variant, filter));
  if (!allowed.includes(true)) return null;
  const inRule = text && cause.rule.name.includes(text);
  const matched = cause.variants.map((variant, at) => allowed[at] && (!text || inRule || haystack(variant).includes(text)));
  const { variant, path, length } = cause.places;
  const places = [];
  let documents = 0;
  let last = -1;
  for (let i = 0; i < length; i++) {
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

// Joins the searchable text of a variant.
function haystack(variant) {
  if (variant.haystack === undefined) {
    const lines = variant.sourceLines.map((line) => line.join(""));
    variant.haystack = [variant.message, variant.provider, variant.pointer.join("*"), ...lines].join("\n").toLowerCase();
  }
  return variant.haystack;
}
