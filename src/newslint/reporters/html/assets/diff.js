// Marks the words that differ between the removed and the added version of a line.

const WORD = /[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu;
const MIN_KEPT = 0.4;

// Creates the nodes of a changed text: marks around the words that the other version lacks. If
// little is common to both, all is marked, as single words would be common by chance.
function markWords(text, other) {
  const words = text.match(WORD) ?? [];
  const kept = keptWords(words, other.match(WORD) ?? []);
  const length = words.reduce((sum, word, at) => sum + (kept[at] ? word.length : 0), 0);
  if (length < MIN_KEPT * text.length) return [element("mark", "", text)];
  const nodes = [];
  let last = null;
  words.forEach((word, at) => {
    if (kept[at]) nodes.push(word);
    else if (last) last.append(word);
    else nodes.push((last = element("mark", "", word)));
    if (kept[at]) last = null;
  });
  return nodes;
}

// Finds the words that are part of the longest common subsequence with other words.
function keptWords(words, others) {
  const width = others.length + 1;
  const lengths = new Uint16Array((words.length + 1) * width);
  for (let i = words.length - 1; i >= 0; i--) {
    for (let j = others.length - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] = words[i] === others[j] ? lengths[at + width + 1] + 1 : Math.max(lengths[at + width], lengths[at + 1]);
    }
  }
  const kept = words.map(() => false);
  for (let i = 0, j = 0; i < words.length && j < others.length; ) {
    const at = i * width + j;
    if (words[i] === others[j]) (kept[i++] = true), j++;
    else if (lengths[at + width] >= lengths[at + 1]) i++;
    else j++;
  }
  return kept;
}
