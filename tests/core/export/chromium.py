"""A headless browser that looks at a page: what it complains of, loads and cuts off."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
_OWN = re.compile(r"file:|chrome|about:|data:|https?://[\w.-]+\.(google|googleapis)\.com/")
"""Files, and what Chromium asks for by itself, whatever the page; it finds none of it."""
_MEASURE = """
const found = [];
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
for (const box of document.querySelectorAll('.scroll, dd, figcaption, h1, h2, .tiles > div'))
  if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.className} ${box.textContent.slice(0, 60)} is cut off`);
for (const svg of document.querySelectorAll('svg')) {
  const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll('text')];
  const boxes = texts.map(text => text.getBoundingClientRect());
  boxes.forEach((a, i) => {
    if (a.left < frame.left - 0.5 || a.right > frame.right + 0.5 ||
        a.top < frame.top - 0.5 || a.bottom > frame.bottom + 0.5)
      found.push(`${texts[i].textContent} leaves its picture`);
    boxes.slice(i + 1).forEach((b, j) => {
      if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2)
        found.push(`${texts[i].textContent} touches ${texts[i + 1 + j].textContent}`);
    });
  });
}
const result = document.createElement('pre');
result.id = 'measured';
result.textContent = JSON.stringify(found);
document.body.append(result);
"""


@dataclass(frozen=True)
class Sight:
    """What there was to see."""

    dom: str
    """The page as it stands after loading."""
    console: tuple[str, ...]
    """Lines that the page caused."""
    addresses: frozenset[str]
    """Everything that was asked for elsewhere."""
    badly_placed: tuple[str, ...]
    """What is cut off, or touches its neighbour."""


def look_at(page: Path, folder: Path, width: int) -> Sight:
    """Load a page, and once more a copy of it that measures itself."""
    log = folder / "net.json"
    error, dom = _run(page, folder, width, f"--log-net-log={log}", "--enable-logging=stderr")
    copy = folder / "measured.html"
    text = re.sub(
        r"<meta http-equiv=[^>]*>", "", page.read_text(encoding="utf-8")
    )  # it would keep the script from running
    copy.write_text(text.replace("</body>", f"<script>{_MEASURE}</script></body>"), encoding="utf-8")
    measured = re.search(r'<pre id="measured">(.*?)</pre>', _run(copy, folder, width)[1], re.DOTALL)
    assert measured is not None
    found = json.loads(measured[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    console = tuple(line for line in error.splitlines() if "CONSOLE" in line)
    return Sight(dom, console, frozenset(_addresses(log)), tuple(found))


def _run(page: Path, folder: Path, width: int, *options: str) -> tuple[str, str]:
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]
    command += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    command += ["--host-resolver-rules=MAP * ~NOTFOUND"]
    command += [
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900",
        *options,
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stderr, done.stdout


def _addresses(log: Path) -> set[str]:
    """Addresses of requests in a log of Chromium's network stack, but for its own."""
    content = json.loads(log.read_text(encoding="utf-8"))
    found = {event["params"]["url"] for event in content["events"] if "url" in event.get("params", {})}
    return {address for address in found if not _OWN.match(address)}
