"""The local page in a real browser, without JavaScript, on a desk and on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright
from web_samples import FakeEngine, serving

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(FakeEngine(fillers=40)) as url:
        yield url


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; install one to try the page in it")
    folder: Path = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=ARGUMENTS, java_script_enabled=False
        )
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext, address: str) -> Iterator[Page]:
    """Fails where the page complained, or asked for anything that is not ours."""
    complaints: list[str] = []
    elsewhere: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith(address):
            elsewhere.append(request.url)

    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", watch)
    page.set_viewport_size(DESK)
    yield page
    page.close()
    assert complaints == []
    assert elsewhere == []


def test_from_the_list_to_a_story_to_an_article_and_back(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("li.story").count() == 2
    page.locator("li.story h2 a").first.click()
    assert page.locator("section.tongue").count() == 8
    why = page.locator("section.tongue details").first
    assert not why.locator("p").is_visible()
    why.locator("summary").click()
    assert why.locator("p").is_visible()
    page.get_by_role("link", name="Kallas and Rubio hold first call").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Kallas and Rubio")
    assert page.locator(".text").get_by_text("“We agreed to stay").is_visible()
    latest = page.get_by_text("Storm closes the port")
    assert not latest.is_visible()
    page.get_by_text("Latest headlines").click()
    assert latest.is_visible()
    page.get_by_role("link", name="The story, 9 articles").click()
    assert page.url == f"{address}story/call"


def test_search_finds_by_form(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill("kallas")
    page.get_by_role("searchbox").press("Enter")
    assert page.url == f"{address}search?q=kallas"
    assert "by meaning" in page.locator("li.story").first.inner_text()
    page.get_by_role("link", name="its story").first.click()
    assert "/story/call" in page.url


def test_headlines_change_with_the_language_chosen(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Headlines in").select_option("he")
    page.get_by_role("button", name="Show").click()
    first = page.locator("li.story h2 a").first
    assert first.get_attribute("lang") == "he"
    right = "getComputedStyle(document.querySelector('li.story h2 a')).direction"
    assert page.evaluate(right) == "rtl"
    page.get_by_role("link", name=re.compile("^All stories")).click()
    assert page.get_by_text("Page 1 of 2").is_visible()
    page.get_by_role("link", name="Next").click()
    assert page.get_by_text("Page 2 of 2").is_visible()


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert (skip.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("path", ["", "?all=1", "?language=ar", "story/call", "article/call-en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(page: Page, address: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size(PHONE)
    page.goto(address + path)
    for summary in page.locator(".receipts summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
