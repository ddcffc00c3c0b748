// Unpacks the diagnostics that the page holds, and gives their members names.

const SEVERITIES = ["error", "warning", "info"];

async function inflated(base64) {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

function archiveOf(text) {
  const [head, ...causes] = text.split("\n").map((line) => JSON.parse(line));
  const rules = head.rules.map(([name, why]) => ({ name, why }));
  return { rules, paths: head.paths, causes: causes.map((row) => causeOf(row, rules)) };
}

function causeOf([rule, total, documents, looks, look, steps, line, entry], rules) {
  let at = 0;
  const path = steps.map((step) => (at += step));
  return {
    rule: rules[rule],
    total,
    documents,
    looks: looks.map(lookOf),
    places: { look, path, line, entry, length: path.length },
  };
}

function lookOf([severity, message, provider, pointer, column, lines, repair, related, more]) {
  const [pieces, leftOut] = lines;
  return {
    severity: SEVERITIES[severity],
    message,
    provider,
    pointer,
    column,
    pieces,
    leftOut,
    repair: repair && { title: repair[0], safety: repair[1], hunks: repair[2] },
    related,
    moreRelated: more,
  };
}

// Where a place is: `path:line:column`, the look that it has there, and its pointer.
function placeOf(archive, cause, index) {
  const { look, path, line, entry } = cause.places;
  const seen = cause.looks[look.length ? look[index] : 0];
  return {
    look: seen,
    path: archive.paths[path[index]],
    line: line[index],
    pointer: seen.pointer.join(seen.pointer.length > 1 ? (entry.length ? entry[index] : 0) : ""),
  };
}
