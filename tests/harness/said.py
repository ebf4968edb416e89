"""Everything a page says to a person: in its text, its labels, and what its scripts keep ready."""

import json
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

CODE = re.compile(r"data-|class|icon|_type")
# Hidden text counts: dialogs, menus and templates are shown later. What scripts keep in `data-`
# attributes and JSON may be words or names of fields; only what looks like words is taken.
COLLECT = r"""async path => {
  const said = new Set(), json = [];
  const SKIP = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'CODE', 'KBD', 'SVG', 'TEXTAREA', 'IFRAME']);
  const NEVER = 'svg, code, [name$=time_zone], .xdsoft_save_selected,'
    + '[data-side-panel-toggle-counter], [data-content-checker-selector-text]';
  const LABELS = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label',
                  'aria-valuetext', 'aria-roledescription', 'summary'];
  const CODE = /^data-(controller|action|.*-(target|class|classes|selector|event|outlet|key)-?.*)$/;
  const words = s => /^[A-ZÆØÅ]?[^A-Z_{}<>=\/#]*\s/.test(s) || /^[A-ZÆØÅ][a-zæøå]+[.…!?]?$/.test(s);
  const take = s => { s = s.replace(/\s+/g, ' ').trim(); if (s.length > 1) said.add(s); };
  const INLINE = 'a, abbr, b, bdi, code, em, i, kbd, span, strong, sub, sup, svg, time';
  const look = root => {
    for (const e of root.querySelectorAll('*')) {
      if (e.tagName === 'TEMPLATE') look(e.content);
      if (e.tagName === 'SCRIPT' && /json/.test(e.type)) json.push(e.textContent);
      if (SKIP.has(e.tagName.toUpperCase()) || e.closest(NEVER)) continue;
      for (const a of LABELS) if (e.hasAttribute(a)) take(e.getAttribute(a));
      if (e.tagName === 'INPUT' && /^(submit|button|reset)$/.test(e.type)) take(e.value);
      for (const a of e.attributes) {
        if (!a.name.startsWith('data-') || CODE.test(a.name)) continue;
        if (/^\s*[\[{"]/.test(a.value)) json.push(a.value);
        else if (words(a.value)) take(a.value);
      }
      if (e.shadowRoot) look(e.shadowRoot);
      let parts = 0;
      for (const n of e.childNodes) {
        if (n.nodeType === 3 && n.data.trim()) { parts++; take(n.data); }
      }
      const inner = [...e.children];
      if (parts && inner.length && inner.every(c => c.matches(INLINE))) take(e.textContent);
    }
  };
  let page = document, status = 200;
  if (path) {
    const answer = await fetch(path);
    status = answer.status;
    const dialog = (answer.headers.get('content-type') || '').includes('json');
    const html = dialog ? (await answer.json()).html || '' : await answer.text();
    page = new DOMParser().parseFromString(html, 'text/html');
  }
  take(page.title);
  look(page);
  return [[...said], json, status];
}"""


def said_by(page: Page) -> set[str]:
    """Return every text of the page in the state it is in."""
    return said_at(page, "")[0]


def said_at(page: Page, path: str) -> tuple[set[str], int]:
    """Return every text the server sends for `path`, a page or a dialog, and the status.

    No script is run.
    """
    texts, kept, status = page.evaluate(COLLECT, path)
    return set(texts) | {text for packed in kept for text in in_json(packed)}, status


def in_json(packed: str) -> Iterator[str]:
    """Yield the strings in a piece of JSON that are sentences, or words with a capital."""
    try:
        held = json.loads(packed)
    except ValueError:
        return
    yield from strings(held)


def strings(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        for name, value in held.items():
            if not CODE.match(name):
                yield from strings(value)
    elif isinstance(held, list):
        for value in held:
            yield from strings(value)
    elif isinstance(held, str) and is_words(held):
        yield held


def is_words(text: str) -> bool:
    """Return whether a string may be read by people, and is no name, address or piece of HTML."""
    if any(sign in text for sign in "<>{}[]=_/#"):
        return False
    return " " in text or (text.istitle() and text.isalpha())
