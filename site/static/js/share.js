// Share and copy: the buttons show themselves only where the browser can do what they say.
for (const box of document.querySelectorAll("[data-share]")) {
  const { url, title, text } = box.dataset;
  const native = box.querySelector("[data-share-native]");
  const copy = box.querySelector("[data-copy]");

  if (native && navigator.share) {
    native.hidden = false;
    native.addEventListener("click", () => navigator.share({ url, title, text }).catch(() => {}));
  }

  if (copy && navigator.clipboard) {
    const label = copy.querySelector("[data-copy-label]");
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
      } catch {
        return;
      }
      label.textContent = label.dataset.done;
      box.querySelector("[data-share-status]").textContent = label.dataset.done;
    });
  }
}
