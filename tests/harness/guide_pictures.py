"""`make guide`: take the pictures of the editors' guide again.

Starts the demo on a database of its own, at a fixed moment, drives a browser through the list in
`guide_list`, rings what is to be pressed, and writes docs/editors/billeder/*.webp. The same code
gives the same pictures as far as fonts allow. `make guide ONLY="aflys ret"` takes a few again.
"""

import datetime as dt
import hashlib
import io
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop running
django.setup()

import time_machine  # noqa: E402  (after django.setup)
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, sync_playwright  # noqa: E402

from core.guide import PICTURES as FOLDER  # noqa: E402
from core.guide import SHARPNESS  # noqa: E402
from core.models import User  # noqa: E402
from pages.demo import load_demo  # noqa: E402
from tests.harness.chromium import get_chromium  # noqa: E402
from tests.harness.database import TEMPLATES, new_copy, template_name  # noqa: E402
from tests.harness.guide_list import PICTURES, Picture  # noqa: E402
from tests.harness.guide_rows import rows  # noqa: E402

DEMO = Path(load_demo.__code__.co_filename).parent
MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)
DOMAIN = "eksempelby.example"
SAME_EVERYWHERE = ("--force-color-profile=srgb", "--font-render-hinting=none")
QUALITY = 72
AIR = 12  # CSS pixels around what matters
STILL = """
*, *::before, *::after { animation: none !important; caret-color: transparent !important;
  scroll-behavior: auto !important; transition: none !important; }
.guide-help, #djDebug { display: none !important; }
"""
WHOLE = {"body", "main", ".sidebar"}  # fill the window already
RING = """([x, y, width, height]) => {
  const ring = document.createElement("div");
  const gap = 5;
  Object.assign(ring.style, {
    position: "absolute", left: `${x + scrollX - gap}px`, top: `${y + scrollY - gap}px`,
    width: `${width + 2 * gap}px`, height: `${height + 2 * gap}px`, boxSizing: "border-box",
    border: "4px solid #d9480f", borderRadius: "12px", zIndex: "2147483647",
    boxShadow: "0 0 0 3px #fff", pointerEvents: "none",
  });
  document.body.append(ring);
}"""


# A browser words its own fields for files and days; the one here may know no Danish.
IN_DANISH = """() => {
  for (const input of document.querySelectorAll("input[type=file]")) {
    const shown = document.createElement("div");
    shown.className = input.className;
    shown.style.cssText = "padding: .6rem .75rem; border: 1px solid #929292; border-radius: 6px";
    shown.innerHTML = "<button type=button>Vælg fil</button> Der er ikke valgt nogen fil";
    input.replaceWith(shown);
  }
  for (const input of document.querySelectorAll("input[type=date]")) {
    const day = input.value.split("-").reverse().join(".");
    input.type = "text";
    input.value = day || "dd.mm.åååå";
  }
}"""


def main() -> None:
    only = set(sys.argv[1:])
    chosen = [picture for picture in PICTURES if not only or picture.name in only]
    FOLDER.mkdir(exist_ok=True)
    with demo_server() as address, sync_playwright() as playwright:
        chromium = get_chromium()
        arguments = [
            *chromium.arguments,
            "--force-color-profile=srgb",
            "--font-render-hinting=none",
        ]
        browser = playwright.chromium.launch(
            executable_path=chromium.path,
            args=arguments,
        )
        named = rows()
        failed = [name for picture in chosen if (name := attempt(browser, address, picture, named))]
        browser.close()
    if not only:
        remove_old()
    sys.exit(f"Could not take: {', '.join(failed)}" if failed else 0)


@contextmanager
def demo_server() -> Iterator[str]:
    """Run the demo at noon of its Monday; yield the address."""
    # Cookies that end with the browser: its clock may say that ours are long over.
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE, settings.CSRF_COOKIE_AGE = True, None
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.DEBUG = False
    copy = new_copy("guide")
    copy.set_up()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    try:
        with time_machine.travel(NOON, tick=False):
            fill(copy)
            server.daemon = True
            server.start()
            server.is_ready.wait()
            yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        copy.tear_down()


def fill(copy: Any) -> None:
    """Load the demo, or take it as the last run left it when nothing it is made of has changed."""
    digest = hashlib.sha256(template_name().encode())
    for path in sorted(path for path in DEMO.rglob("*") if path.suffix in {".py", ".toml"}):
        digest.update(path.read_bytes())
    kept = TEMPLATES / f"guide_{digest.hexdigest()[:16]}.sqlite3"
    if kept.exists():
        connection.close()
        shutil.copy(kept, copy.path)
        return
    load_demo(MONDAY, "ikke-brugt-her")
    for old in TEMPLATES.glob("guide_*.sqlite3"):
        old.unlink()
    with closing(sqlite3.connect(copy.path)) as full, closing(sqlite3.connect(kept)) as file:
        full.backup(file)


def attempt(browser: Browser, address: str, picture: Picture, named: dict[str, Any]) -> str:
    """Take one picture; return its name when that did not work, and say why."""
    try:
        size = take(browser, address, picture, named)
    except Exception as problem:  # noqa: BLE001  (the others are still wanted)
        sys.stderr.write(f"{picture.name}: {problem}\n")
        return picture.name
    sys.stdout.write(f"{picture.name}: {size // 1024} kB\n")
    return ""


def take(browser: Browser, address: str, picture: Picture, named: dict[str, Any]) -> int:
    """Open the screen, carry out the steps, and write the picture; return its bytes."""
    context = browser.new_context(
        base_url=address,
        color_scheme="light",
        device_scale_factor=SHARPNESS,
        bypass_csp=True,  # the public pages allow no style of ours
        locale="da-DK",
        reduced_motion="reduce",
        timezone_id="Europe/Copenhagen",
        viewport={"width": picture.width, "height": picture.height},
    )
    try:
        if picture.who:
            context.add_cookies(cookies_of(picture, address))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.clock.set_fixed_time(NOON)
        page.goto(picture.path.format_map(named), wait_until="networkidle")
        page.add_style_tag(content=STILL)
        for step in picture.steps:
            carry_out(page, tuple(part.format_map(named) for part in step))
        return write(picture, shot(page, picture))
    finally:
        context.close()


def cookies_of(picture: Picture, address: str) -> list[Any]:
    """Return what signs a demo account in, and folds the admin's menu unless it is the subject."""
    client = Client()
    client.force_login(User.objects.get(email=f"{picture.who}@{DOMAIN}"))
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    if picture.crop != ".sidebar":
        cookies["wagtail_sidebar_collapsed"] = "1"
    return [{"name": name, "value": value, "url": address} for name, value in cookies.items()]


def carry_out(page: Page, step: tuple[str, ...]) -> None:
    """Do one step: click, fill, choose, tick, hover, hide or open an address."""
    act, selector, *value = step
    if act == "goto":
        page.goto(selector, wait_until="networkidle")
        page.add_style_tag(content=STILL)
        return
    found = page.locator(selector).first
    if act == "fill":
        found.fill(value[0])
    elif act == "choose":
        found.select_option(value[0])
    elif act == "hide":
        page.locator(selector).evaluate_all("all => all.forEach(one => one.style.display = 'none')")
    else:
        getattr(found, act)()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)


def shot(page: Page, picture: Picture) -> bytes:
    """Return the part that matters as PNG, with a ring around what to press."""
    matters = page.locator(picture.crop).first
    page.evaluate(IN_DANISH)
    if picture.press:
        page.locator(picture.press).first.evaluate("one => one.scrollIntoView({block: 'center'})")
    if picture.crop not in WHOLE:
        matters.evaluate("one => one.scrollIntoView({block: 'nearest'})")
    if picture.press:
        page.evaluate(RING, list(box_of(page.locator(picture.press).first).values()))
    page.wait_for_timeout(100)
    return page.screenshot(clip=clip_of(page, matters, picture))


def clip_of(page: Page, matters: Locator, picture: Picture) -> Any:
    """Return the box to keep: what matters and some air, within the window."""
    box = box_of(matters)
    window = page.viewport_size or {"width": picture.width, "height": picture.height}
    air = 0 if picture.crop in WHOLE else AIR
    left, top = max(0, box["x"] - air), max(0, box["y"] - air)
    right = min(window["width"], box["x"] + box["width"] + air)
    bottom = min(window["height"], box["y"] + box["height"] + air, top + picture.height)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def box_of(found: Locator) -> dict[str, float]:
    """Return where something stands in the window; raise RuntimeError when it cannot be seen."""
    box = found.bounding_box()
    if box is None:
        raise RuntimeError(f"Not to be seen: {found}")
    return {side: box[side] for side in ("x", "y", "width", "height")}  # type: ignore[literal-required]


def write(picture: Picture, png: bytes) -> int:
    """Write the picture, small; return its bytes."""
    path = FOLDER / f"{picture.name}.webp"
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size


def remove_old() -> None:
    """Remove pictures that nothing on the list makes any more."""
    wanted = {f"{picture.name}.webp" for picture in PICTURES}
    for path in FOLDER.glob("*.webp"):
        if path.name not in wanted:
            path.unlink()


if __name__ == "__main__":
    main()
