from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_the_script_bundle_reaches_the_browser(live_server: LiveServer, page: Page) -> None:
    response = page.goto(f"{live_server.url}/static/app.js")
    assert response is not None
    assert response.status == 200
