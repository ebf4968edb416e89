// How hard a Danish text is, and links and pictures that say nothing. Counts as
// core/domain/readability.py and phrases.py do; tests/data/content_checks.json holds the cases.
// In the page editor it counts while one types; in the preview it gives Wagtail its checks.

const LONG_WORD = 6;
const FEWEST_WORDS = 10;
const PROSE_WORDS = 8;
const SHORTEST_SENTENCE = 3;
const HARD_WORD = 12;
const MOST_HARD_WORDS = 3;
const LONG_SENTENCE = 20;
const DELAY = 250;

const ADDRESS = /(?:https?:\/\/|www\.)\S+|\S+@\S+/g;
const WORD = /[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu;
const END = /[.!?…]+["”»’)\]]*\s+(?=["“»(–-]?\s*[A-ZÆØÅÉÜÖÄ0-9])|:\s+(?=["“»(–-]?\s*[A-ZÆØÅÉÜÖÄ])/g;
const CLOSED = /[.!?…:]["”»’)\]]*$/;

export const words = (text) => text.replace(ADDRESS, " ").match(WORD) || [];

const letters = (word) => (word.match(/\p{L}/gu) || []).length;

const isProse = (line) => {
  const count = words(line).length;
  return count >= PROSE_WORDS || (CLOSED.test(line.trim()) && count >= SHORTEST_SENTENCE);
};

const goesOn = (before, after, abbreviations) => {
  if (!before.endsWith(".")) return false;
  const token = (before.slice(0, -1).trim().split(/\s+/).pop() || "").replace(/^["“»(–-]+/, "");
  if (/^\d+$/.test(token)) return /^\s*\d/.test(after);
  return abbreviations.includes(token.toLowerCase()) || /^[A-ZÆØÅÉÜÖÄ]$/.test(token);
};

const sentences = (line, abbreviations) => {
  const found = [];
  let start = 0;
  for (const end of line.matchAll(END)) {
    const after = end.index + end[0].length;
    if (goesOn(line.slice(start, end.index + 1), line.slice(after), abbreviations)) continue;
    found.push(line.slice(start, after).trim());
    start = after;
  }
  const rest = line.slice(start).trim();
  return rest ? [...found, rest] : found;
};

const levelOf = (lix) => (lix < 35 ? "easy" : lix < 45 ? "middling" : "hard");

const hardest = (every) =>
  [...new Set(every.filter((word) => letters(word) > HARD_WORD).map((word) => word.toLowerCase()))]
    .sort((one, other) => letters(other) - letters(one))
    .slice(0, MOST_HARD_WORDS);

// Takes texts without markup; returns null for too few words.
export const readability = (texts, abbreviations) => {
  const counted = texts
    .flatMap((text) => text.split(/\r?\n/))
    .filter(isProse)
    .flatMap((line) => sentences(line, abbreviations))
    .map((sentence) => [sentence, words(sentence)])
    .filter(([, inside]) => inside.length);
  const every = counted.flatMap(([, inside]) => inside);
  if (every.length < FEWEST_WORDS) return null;
  const long = every.filter((word) => letters(word) > LONG_WORD).length;
  const lix = Math.floor(every.length / counted.length + (100 * long) / every.length + 0.5);
  const [longest, inside] = counted.reduce((most, next) =>
    next[1].length > most[1].length ? next : most,
  );
  return {
    words: every.length,
    sentences: counted.length,
    long_words: long,
    lix,
    level: levelOf(lix),
    longest,
    longest_words: inside.length,
    hard_words: hardest(every),
  };
};

const said = (text) => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");

const stripped = (text, ends) => {
  const kept = [...text];
  while (kept.length && ends.includes(kept[0])) kept.shift();
  while (kept.length && ends.includes(kept[kept.length - 1])) kept.pop();
  return kept.join("");
};

export const linkProblem = (text, patterns) => {
  const link = said(text);
  if (new RegExp(patterns.address).test(link)) return "address";
  return patterns.vague.includes(stripped(link, patterns.ends)) ? "vague" : null;
};

export const altProblem = (text, patterns) => {
  const alt = said(text);
  if (!alt) return "missing";
  return new RegExp(patterns.useless).test(alt) ? "useless" : null;
};

// In the preview: the checks that the rules of core/content_checks/checker.py name.

const wordsOf = (link) => link.getAttribute("aria-label") || link.textContent || "";

const registerChecks = (userbar) => {
  const checks = {
    "fristed-link-text-vague": (node, { patterns }) => linkProblem(wordsOf(node), patterns) !== "vague",
    "fristed-link-text-address": (node, { patterns }) =>
      linkProblem(wordsOf(node), patterns) !== "address",
    "fristed-picture-text-missing": (node) => Boolean(said(node.getAttribute("alt") || "")),
    "fristed-picture-text-useless": (node, { patterns }) =>
      altProblem(node.getAttribute("alt") || "", patterns) !== "useless",
  };
  for (const [name, check] of Object.entries(checks)) userbar.registerCheck(name, check);
};

const tellPanel = () => {
  const told = document.querySelector("wagtail-userbar")?.shadowRoot?.querySelector("#fristed-told")
    || document.querySelector("#wagtail-userbar-template")?.content.querySelector("#fristed-told");
  if (!told || window.parent === window) return;
  window.parent.postMessage({ fristedTold: JSON.parse(told.textContent) }, window.location.origin);
};

// In the editor: how hard the text is, while one types.

const SKIPPED = "[data-no-prose], [data-comment-form], template";

const proseOf = (form) => {
  const fields = [...form.querySelectorAll("textarea, input[type='text'], input:not([type])")];
  const rich = [...form.querySelectorAll(".public-DraftEditor-content [data-block]")];
  const typed = fields.filter((field) => !field.closest(`${SKIPPED}, .Draftail-Editor`));
  const blocks = rich.filter((block) => !/^H\d$/.test(block.tagName) && !block.closest(SKIPPED));
  return [
    ...typed.map((field) => field.value),
    ...blocks
      .filter((block) => !block.querySelector("[data-block]"))
      .map((block) => block.textContent),
  ];
};

const show = (element, text) => {
  element.textContent = text;
  element.hidden = !text;
};

const tell = (panel, found, settings) => {
  const part = (name) => panel.querySelector(`[data-reading-${name}]`);
  const number = part("number");
  number.hidden = !found;
  panel.dataset.level = found ? found.level : "";
  show(part("level"), found ? settings.levels[found.level] : "–");
  if (!found) {
    show(part("advice"), settings.few);
    show(part("longest"), "");
    show(part("words"), "");
    return;
  }
  number.querySelector("b").textContent = found.lix;
  const tooLong = found.longest_words > LONG_SENTENCE;
  const cut = found.level !== "easy" && !tooLong;
  const split = settings.longest.replace("{count}", found.longest_words);
  show(part("advice"), tooLong ? split : cut ? settings.cut : settings.fine);
  show(part("longest"), tooLong || cut ? found.longest : "");
  const hard = found.hard_words.join(", ");
  show(part("words"), hard && found.level !== "easy" ? `${settings.hard_words} ${hard}.` : "");
};

const watch = (panel) => {
  const form = document.querySelector("[data-edit-form]");
  const settings = JSON.parse(document.querySelector("#reading-settings").textContent);
  if (!form) return;
  let timer = 0;
  const count = () => tell(panel, readability(proseOf(form), settings.abbreviations), settings);
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(count, DELAY);
  };
  for (const event of ["input", "keyup", "change", "paste", "drop"]) {
    form.addEventListener(event, soon);
  }
  new MutationObserver(soon).observe(form, { childList: true, subtree: true });
  count();
};

const row = ({ text, advice, stops }) => {
  const item = document.createElement("li");
  item.className = stops ? "told-stops" : "told-asks";
  for (const [tag, words_] of [["strong", text], ["span", advice]]) {
    if (!words_) continue;
    const element = document.createElement(tag);
    element.textContent = words_;
    item.append(element);
  }
  return item;
};

// Wagtail counts its own findings on the panel's button, after each check of the preview; what
// stands in our part of the panel is added.
const counting = () => {
  const counter = document.querySelector(
    "[data-side-panel-toggle='checks'] [data-side-panel-toggle-counter]",
  );
  if (!counter) return () => {};
  let theirs = 0;
  let ours = 0;
  const observer = new MutationObserver(() => {
    theirs = Number(counter.textContent) || 0;
    write();
  });
  const write = () => {
    observer.disconnect();
    counter.textContent = theirs + ours || "";
    counter.hidden = !(theirs + ours);
    observer.observe(counter, { childList: true, characterData: true, subtree: true });
  };
  write();
  return (count) => {
    ours = count;
    write();
  };
};

const listen = (section) => {
  const add = counting();
  window.addEventListener("message", (event) => {
    const told = event.origin === window.location.origin && event.data?.fristedTold;
    if (!Array.isArray(told)) return;
    section.querySelector("ul").replaceChildren(...told.map(row));
    section.hidden = !told.length;
    add(told.length);
  });
};

const panel = document.querySelector("[data-reading]");
if (panel) {
  watch(panel);
  listen(document.querySelector("[data-misunderstood]"));
} else if (window.wagtail?.userbar?.registerCheck) {
  registerChecks(window.wagtail.userbar);
  tellPanel();
}
