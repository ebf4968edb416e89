"""Text that is hard to read: its contrast to what is behind it, as WCAG 2.2 counts it (1.4.3)."""

from playwright.sync_api import Page

# Colours are drawn on a canvas to be read as numbers, whatever way they are written in.
FAINT = r"""() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, under) => {
    const a = top[3] / 255;
    return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)).concat(255);
  };
  const light = colour => colour.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 255]);
  };
  const faint = [];
  for (const e of document.querySelectorAll('body *')) {
    const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join(' ');
    if (!text.trim()) continue;
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || e.closest('[disabled], [aria-disabled=true]')) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const big = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const under = behind(e), ink = over(rgba(style.color), under);
    const [low, high] = [light(ink), light(under)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < (big ? 3 : 4.5)) faint.push(`${text.slice(0, 60)} (${ratio.toFixed(1)})`);
  }
  return faint;
}"""


def faint_texts(page: Page) -> list[str]:
    """Return the texts of the page that have too little contrast, each with its ratio."""
    found: list[str] = page.evaluate(FAINT)
    return found
