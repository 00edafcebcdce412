"""Pages of the portal in Debian's chromium: who is signed in, and what is wrong with a page.

`faults_of` says everything that a machine can see: what axe finds, a page that scrolls sideways,
a part that stands outside the page or over another one, more than one primary action, a figure
that does not stand right, and a style or script that the page's own rules refuse.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page

WIDTHS = (320, 768, 1280)
"""320 pixels is also 1280 pixels at 400% zoom: WCAG 2.2, success criterion 1.4.10."""
PATIENCE = 60_000  # milliseconds; two cores may be busy with something else

LOOK = """() => {
  const faults = [];
  const wide = document.documentElement;
  const words = part => (part.textContent || part.value || '').trim().slice(0, 40);
  const name = part => `${part.tagName.toLowerCase()}.${part.className} "${words(part)}"`;
  const shown = part => {
    const box = part.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return false;
    return part.checkVisibility({ visibilityProperty: true }) &&
      !part.closest('.visually-hidden, .skip-link, .skip');
  };
  const scrolls = part => {
    for (let above = part.parentElement; above; above = above.parentElement)
      if (/auto|scroll/.test(getComputedStyle(above).overflowX)) return true;
    return false;
  };
  if (wide.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${wide.scrollWidth}`);
  for (const part of document.querySelectorAll('body *')) {
    const box = part.getBoundingClientRect();
    if (shown(part) && !scrolls(part) && (box.right > innerWidth + 1 || box.left < -1))
      faults.push(`stands outside: ${name(part)}`);
  }
  const parts = [...document.querySelectorAll(
    'a, button, input, select, textarea, summary, h1, h2, h3')].filter(shown);
  for (const [place, one] of parts.entries())
    for (const other of parts.slice(place + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [one, other].map(part => part.getClientRects());
      for (const x of a) for (const y of b) {
        const across = Math.min(x.right, y.right) - Math.max(x.left, y.left);
        const down = Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top);
        if (across > 1 && down > 4) faults.push(`stands over: ${name(one)} and ${name(other)}`);
      }
    }
  const primary = [...document.querySelectorAll('main .button')].filter(button => shown(button) &&
    !/button--(secondary|danger|quiet)/.test(button.className));
  if (primary.length > 1) faults.push(`primary actions: ${primary.map(name).join(', ')}`);
  for (const cell of document.querySelectorAll('td'))
    if (!/^(19|20)\\d\\d$/.test(cell.textContent.trim()) &&
        /^[-+−]?[\\d.,]+\\s?%?$/.test(cell.textContent.trim()) &&
        !/end|right/.test(getComputedStyle(cell).textAlign))
      faults.push(`figure not right: ${name(cell)}`);
  if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
  return [...new Set(faults)];
}"""


def faults_of(tab: Page) -> list[str]:
    """What is wrong with the page that is open; empty when nothing is."""
    return [*axe_faults(tab), *layout_faults(tab)]


def axe_faults(tab: Page) -> list[str]:
    """What axe finds."""
    found = Axe().run(tab).response["violations"]
    return [
        f"axe {fault['id']}: {node['html'][:150]}" for fault in found for node in fault["nodes"]
    ]


def layout_faults(tab: Page) -> list[str]:
    """What is cut off, stands over something else, or stands where a reader does not expect it."""
    found: list[str] = tab.evaluate(LOOK)
    return found


def session_of(person) -> str:
    """The key of a session in which somebody is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-2]  # the emergency door
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key


@contextmanager
def opened(
    browser: Browser, address: str, *, width: int = 1280, session: str = "", script: bool = True
) -> Iterator[Page]:
    """A page, and what the browser said about it in `tab.complaints`."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="nl-NL", java_script_enabled=script
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    tab.complaints = []
    tab.on("console", lambda line: line.type == "error" and tab.complaints.append(line.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto(address)
    yield tab
    context.close()
