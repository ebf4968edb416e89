// Quick exit: leave at once, and let "back" not lead here again. Without JavaScript it is a plain link.
const link = document.querySelector("[data-quick-exit]");

if (link) {
  const leave = () => {
    document.documentElement.hidden = true;
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  const hint = link.querySelector(".quick-exit-hint");
  if (hint) hint.hidden = false;

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}
