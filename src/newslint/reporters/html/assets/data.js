// Decodes the data of the page, and names the members of its lists.

const SEVERITIES = ["error", "warning", "info"];

async function inflate(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

function parseArchive(text) {
  const [head, ...causes] = text.split("\n").map((line) => JSON.parse(line));
  const rules = head.rules.map(([name, why]) => ({ name, why }));
  return {
    rules,
    paths: head.paths,
    files: head.files,
    links: { source: head.links[0], editor: head.links[1] },
    documents: head.documents.map(parseDocument),
    causes: causes.map((row) => parseCause(row, rules)),
  };
}

function parseDocument([headline, visible, errors, warnings, infos, causes], path) {
  return { path, headline, visible, errors, warnings, infos, causes };
}

function parseCause([rule, total, documents, variants, variant, steps, line, entry, visible, , name, headline, articles], rules) {
  let at = 0;
  const path = steps.map((step) => (at += step));
  return {
    rule: rules[rule],
    total,
    documents,
    visible,
    name: `${rules[rule].name}:${name}`,
    headline,
    articles,
    variants: variants.map(parseVariant),
    places: { variant, path, line, entry, length: path.length },
  };
}

function parseVariant([severity, message, provider, pointer, column, lines, fix, related, omittedRelated]) {
  const [sourceLines, omittedLines] = lines;
  return {
    severity: SEVERITIES[severity],
    message,
    provider,
    pointer,
    column,
    sourceLines,
    omittedLines,
    fix: fix && { title: fix[0], safety: fix[1], hunks: fix[2] },
    related,
    omittedRelated,
  };
}

// Resolves the index of a place of a cause to its path, line, variant and pointer.
function resolvePlace(archive, cause, index) {
  const { variant, path, line, entry } = cause.places;
  const seen = cause.variants[variant.length ? variant[index] : 0];
  return {
    variant: seen,
    path: archive.paths[path[index]],
    file: path[index],
    line: line[index],
    pointer: seen.pointer.join(seen.pointer.length > 1 ? (entry.length ? entry[index] : 0) : ""),
  };
}
