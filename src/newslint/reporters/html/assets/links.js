// Links from a place to its file, and buttons that copy.

// Percent-encodes a path as the page's links need it.
function encodePath(archive, file) {
  return archive.files[file] ?? archive.paths[file].split("/").map(encodeURIComponent).join("/");
}

function fillTemplate(template, archive, { file, line }, column) {
  const values = { path: encodePath(archive, file), line, column };
  return template.replace(/\{(path|line|column)\}/g, (_, name) => values[name]);
}

// Creates the code of a place, which leads to the file if there is a link.
function placeCode(archive, place) {
  const { path, line, variant } = place;
  const code = element("code", "at", `${path}:${line}:${variant.column}`);
  const template = archive.links.editor || archive.links.source;
  return template ? anchor(fillTemplate(template, archive, place, variant.column), code) : code;
}

// Creates what opens and copies a place.
function placeActions(archive, place) {
  const actions = element("span", "actions");
  const { source, editor } = archive.links;
  if (editor) actions.append(anchor(fillTemplate(editor, archive, place, place.variant.column), "Editor"), " ");
  if (source) actions.append(anchor(fillTemplate(source, archive, place, place.variant.column), "Repository"), " ");
  actions.append(copyButton("Copy path", () => place.path));
  return actions;
}

function anchor(href, ...children) {
  const created = element("a", "", ...children);
  created.href = href;
  return created;
}

// Creates a button that copies a text, and says so.
function copyButton(label, text) {
  const button = element("button", "copy", label);
  button.type = "button";
  button.addEventListener("click", async () => {
    const done = await copyText(text());
    button.textContent = done ? "Copied" : "Not copied";
    setTimeout(() => (button.textContent = label), 2000);
  });
  return button;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

// Copies without the permission that some browsers want, as of a page in a file.
function copySelected(text) {
  const area = element("textarea", "hidden");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// Adds a button to each command and to each text of settings.
function addCopyButtons() {
  for (const block of document.querySelectorAll("[data-copy]")) {
    const button = copyButton("Copy", () => block.textContent.trim());
    button.setAttribute("aria-label", block.dataset.copy);
    const frame = element("div", "copied");
    block.replaceWith(frame);
    frame.append(block, button);
  }
}
