// The activity form: hides fields that do not apply, and tells the next dates while one types.
// Everything works without it; what counts is decided on the server.
(() => {
  const DELAY = 500;

  // A row of the schedule, or the whole form: where a condition's fields are looked for.
  const scopeOf = (element) => element.closest("[data-inline-panel-child]") || document;

  const valueOf = (scope, name) => {
    const ends = scope === document ? `[name="${name}"]` : `[name$="-${name}"]`;
    const controls = [...scope.querySelectorAll(ends)];
    const chosen = controls.find((control) => control.type !== "radio" || control.checked);
    return chosen ? chosen.value : "";
  };

  // "frequency=weekly weeks=interval" holds when both do; "price_type=fixed range" when one does.
  const holds = (scope, condition) => {
    const wanted = new Map();
    let name = "";
    for (const part of condition.split(" ")) {
      const [left, right] = part.includes("=") ? part.split("=") : [name, part];
      name = left;
      wanted.set(name, [...(wanted.get(name) || []), right]);
    }
    return [...wanted].every(([field, values]) => values.includes(valueOf(scope, field)));
  };

  const minutes = (text) => {
    const match = /^\s*(?:kl\.?\s*)?(\d{1,2})(?:[.:]?(\d{2}))?\s*$/i.exec(text);
    return match ? (Number(match[1]) % 24) * 60 + Number(match[2] || 0) : null;
  };

  const endsNextDay = (scope) => {
    const starts = minutes(valueOf(scope, "starts"));
    const ends = minutes(valueOf(scope, "ends"));
    return starts !== null && ends !== null && ends !== 0 && ends <= starts;
  };

  const show = () => {
    for (const element of document.querySelectorAll("[data-shown-when]")) {
      element.hidden = !holds(scopeOf(element), element.dataset.shownWhen);
    }
    for (const element of document.querySelectorAll("[data-overnight]")) {
      const box = element.querySelector("input");
      const needed = endsNextDay(scopeOf(element));
      element.hidden = !needed;
      if (!needed) box.checked = false;
    }
  };

  const rows = (form) => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (/^(schedules|breaks)-|^csrfmiddlewaretoken$/.test(name)) data.append(name, value);
    }
    return data;
  };

  let timer = 0;
  let asked = null;
  let last = "";

  const tell = async (box) => {
    const body = rows(box.closest("form"));
    const said = new URLSearchParams(body).toString();
    if (said === last) return;
    last = said;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(box.dataset.url, { method: "POST", body, signal: asked.signal });
      if (answer.ok) box.innerHTML = await answer.text();
    } catch {
      last = ""; // no connection, or a newer question: the next change asks again
    }
  };

  const update = () => {
    show();
    const box = document.querySelector("[data-next-dates]");
    if (!box) return;
    clearTimeout(timer);
    timer = setTimeout(() => tell(box), DELAY);
  };

  const start = () => {
    if (!document.querySelector("[data-next-dates]")) return;
    document.addEventListener("input", update);
    document.addEventListener("change", update);
    document.addEventListener("click", (event) => {
      if (event.target.closest("[id$='-ADD'], [id$='-DELETE-button']")) update();
    });
    for (const id of ["id_schedules-FORMS", "id_breaks-FORMS"]) {
      const list = document.getElementById(id);
      if (list) new MutationObserver(update).observe(list, { childList: true });
    }
    show();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
