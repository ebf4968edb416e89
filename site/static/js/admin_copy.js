// Copy buttons beside fields; without the clipboard they stay hidden and the text is marked by hand.
for (const field of document.querySelectorAll("[data-copy-field]")) {
  const text = field.querySelector("textarea");
  const button = field.querySelector("[data-copy]");
  const status = field.querySelector("[role=status]");

  text.addEventListener("focus", () => text.select());
  if (!navigator.clipboard) continue;

  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.focus();
      return;
    }
    status.textContent = button.dataset.done;
    setTimeout(() => { status.textContent = ""; }, 4000);
  });
}
