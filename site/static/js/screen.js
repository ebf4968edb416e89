// An info screen keeps itself fresh: asks for its own page each minute, keeps what it has when the network is lost
// and says how old that is, lets rows that do not fit take turns, and never shows yesterday as today.
const ZONE = "Europe/Copenhagen";
const ASK_EVERY = 60_000;
const TURN_EVERY = 12_000;
const FADE = 1_000;
const GIVE_UP = 20_000;

const clockText = new Intl.DateTimeFormat("da-DK", { timeZone: ZONE, hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("da-DK", { timeZone: ZONE, weekday: "long" });
const isoDay = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const hourOf = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "numeric", hourCycle: "h23" });

let etag = null;
let fetchedAt = new Date();
let failing = false;

// Where the screen is asked for: a shared device shows it at an address of its own.
const address = () => document.querySelector("[data-screen-address]")?.dataset.screenAddress ?? location.href;
const root = () => document.querySelector("[data-screen]");
const time = (moment) => clockText.format(moment).replace(":", ".").replace(/^0/, "");

function ageText(now) {
  const sameDay = isoDay.format(fetchedAt) === isoDay.format(now);
  const text = `kl. ${time(fetchedAt)}`;
  return sameDay ? text : `${weekday.format(fetchedAt)} ${text}`;
}

// What the clock alone changes, so that a screen without network still tells the truth.
function tellTime() {
  const now = new Date();
  const screen = root();
  const clock = screen.querySelector("[data-clock]");
  clock.textContent = time(now);
  clock.hidden = false;

  const hour = Number(hourOf.format(now));
  const { lightFrom, darkFrom } = screen.dataset;
  document.body.classList.toggle("screen-dark", hour < Number(lightFrom) || hour >= Number(darkFrom));

  for (const item of screen.querySelectorAll("[data-ends]")) {
    item.toggleAttribute("data-over", new Date(item.dataset.ends) <= now);
    if (!item.dataset.starts || item.classList.contains("is-cancelled")) continue;
    const isOn = new Date(item.dataset.starts) <= now && now < new Date(item.dataset.ends);
    item.classList.toggle("is-now", isOn);
    item.querySelector(".now-mark").hidden = !isOn;
  }
  const today = screen.querySelector("[data-day]");
  today.querySelector("[data-today]").hidden = today.dataset.day !== isoDay.format(now);
  const left = today.querySelector("[data-ends]:not([data-over])");
  today.querySelector("[data-empty]").hidden = left !== null;

  // "Åbent nu" must not stand there after closing time; a fresh page brings the next line.
  const status = screen.querySelector("[data-until]");
  status.hidden = failing && new Date(status.dataset.until) <= now;

  const age = screen.querySelector("[data-age]");
  const words = failing ? age.dataset.age.replace("{time}", ageText(now)) : "";
  if (age.textContent !== words) age.textContent = words;
  age.hidden = !failing;
}

// Pages of rows: as many as fit below each other; a day's name goes with its first row.
function pagesOf(list) {
  const items = [...list.children];
  const standing = items.filter((item) => !item.hasAttribute("data-over"));
  for (const item of items) item.hidden = true;
  const most = Number(list.dataset.rotate) || Infinity;
  const pages = [];
  let page = [];
  let heading = null;
  const room = () => list.scrollHeight <= list.clientHeight + 1;
  const clear = () => { for (const item of items) item.hidden = true; };

  for (let place = 0; place < standing.length; place += 1) {
    const item = standing[place];
    if (item.hasAttribute("data-heading")) {
      heading = item;
      const next = standing[place + 1];
      if (!next || next.hasAttribute("data-heading")) continue;
      item.hidden = false;
      next.hidden = false;
      const fits = room();
      next.hidden = true;
      if (!fits && page.length) { pages.push(page); clear(); page = []; item.hidden = false; }
      page.push(item);
      continue;
    }
    item.hidden = false;
    if (page.length && (page.length >= most || !room())) {
      pages.push(page);
      clear();
      page = heading ? [heading] : [];
      for (const each of page) each.hidden = false;
      item.hidden = false;
    }
    page.push(item);
  }
  if (page.length) pages.push(page);
  return pages;
}

function show(list, pages, number) {
  const shown = new Set(pages[number] ?? []);
  for (const item of list.children) item.hidden = !shown.has(item);
}

let turn = 0;
function layOut() {
  for (const list of root().querySelectorAll("[data-rotate]")) {
    const pages = pagesOf(list);
    show(list, pages, pages.length ? turn % pages.length : 0);
  }
}

function turnPages() {
  turn += 1;
  for (const list of root().querySelectorAll("[data-rotate]")) {
    const pages = pagesOf(list);
    const before = pages.length ? (turn - 1) % pages.length : 0;
    show(list, pages, before);
    if (pages.length < 2) continue;
    list.classList.add("is-turning");
    setTimeout(() => {
      show(list, pages, turn % pages.length);
      list.classList.remove("is-turning");
    }, FADE);
  }
}

function bringToLife() {
  root().classList.add("is-alive");
  tellTime();
  layOut();
}

async function fetchAgain() {
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(address(), {
      headers, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(GIVE_UP),
    });
    if (answer.status === 200) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-screen]");
      if (!fresh) throw new Error("Not a screen");
      const script = (of) => of.querySelector("script[type=module]")?.getAttribute("src");
      if (script(page) !== script(document)) { location.reload(); return; }
      root().replaceWith(document.adoptNode(fresh));
      etag = answer.headers.get("ETag");
    } else if (answer.status !== 304) {
      throw new Error(`Answered ${answer.status}`);
    }
    fetchedAt = new Date();
    failing = false;
  } catch {
    failing = true;
  }
  bringToLife();
}

bringToLife();
document.fonts?.ready.then(layOut);
setInterval(tellTime, 1_000);
setInterval(turnPages, TURN_EVERY);
setInterval(fetchAgain, ASK_EVERY);
addEventListener("resize", layOut);
addEventListener("online", fetchAgain);
addEventListener("offline", () => { failing = true; tellTime(); });
