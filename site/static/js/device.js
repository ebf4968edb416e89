// A shared device: it locks itself when nobody has touched it for a while, and at once when its leader shuts it
// out. Without this script it does so at the next request.
const ASK_EVERY = 20_000;
const SAY_AT_MOST_EVERY = 20_000;
const WARN_BEFORE = 60_000;

const mark = document.querySelector("[data-device]");

async function ask(options = {}) {
  try {
    const answer = await fetch(mark.dataset.pulse, { cache: "no-store", signal: AbortSignal.timeout(10_000), ...options });
    return answer.ok ? await answer.text() : "";
  } catch {
    return ""; // no network: the clock below still locks
  }
}

const leave = () => location.replace(mark.dataset.home);

// The info screen is for everybody; only a device that is shut out loses it.
async function watchScreen() {
  if ((await ask()) === "out") leave();
}

function watchOpenPage() {
  const warning = document.querySelector("[data-warning]");
  const openFor = Number(mark.dataset.seconds) * 1000;
  const token = mark.querySelector("[name=csrfmiddlewaretoken]").value;
  let saidAt = Date.now();

  const look = async () => {
    const left = saidAt + openFor - Date.now();
    warning.hidden = left > WARN_BEFORE;
    if (left <= 0) leave();
  };
  const touched = async () => {
    if (Date.now() - saidAt < SAY_AT_MOST_EVERY && warning.hidden) return;
    saidAt = Date.now();
    warning.hidden = true;
    const state = await ask({ method: "POST", headers: { "X-CSRFToken": token } });
    if (state === "locked" || state === "out") leave();
  };
  for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, touched, { passive: true });
  setInterval(look, 5_000);
  setInterval(async () => {
    const state = await ask();
    if (state === "locked" || state === "out") leave();
  }, ASK_EVERY);
}

if (mark?.dataset.device === "screen") setInterval(watchScreen, ASK_EVERY);
else if (mark) watchOpenPage();
