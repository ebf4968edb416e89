// One save at a time. Wagtail saves while somebody types; a button pressed before the first of
// those saves has been answered would make the same page a second time, and a save that starts
// after the button was pressed too. So the button waits for a save under way, and ends the rest.
(() => {
  const NAME = "w-autosave";
  const lastSave = new WeakMap();

  const autosaveOf = (form) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, NAME);

  // The button is named by a field: Wagtail has disabled it meanwhile, and then it is not sent.
  const send = (form, button) => {
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.requestSubmit();
  };

  document.addEventListener(`${NAME}:save`, (event) => lastSave.set(event.target, event));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const autosave = autosaveOf(form);
    if (!autosave) return;

    const underWay = autosave.submitPromise;
    autosave.activeValue = false;
    lastSave.get(form)?.preventDefault(); // one that waits for its turn is not sent at all
    if (!underWay) return;

    event.preventDefault();
    event.stopImmediatePropagation();
    underWay.finally(() => send(form, event.submitter));
  }, { capture: true });
})();
