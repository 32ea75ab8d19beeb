from django.urls import URLPattern, path, register_converter

from jiedui.web import views


class RegionCode:
    """Six digits of a county or above, nine of a township, twelve of a village."""

    regex = r"(?:\d{12}|\d{9}|\d{6})"

    def to_python(self, value: str) -> int:
        return int(value.ljust(12, "0"))

    def to_url(self, value: int | str) -> str:
        return str(value)


class PairingKey:
    regex = r"\d{6}-\d{6}"

    def to_python(self, value: str) -> int:
        return int(value.replace("-", ""))

    def to_url(self, value: str) -> str:
        return value


register_converter(RegionCode, "region")
register_converter(PairingKey, "pairing")

app_name = "web"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("board/<pairing:pairing>/", views.board_page, name="board"),
    path("board/<pairing:pairing>/sheet.xlsx", views.board_sheet, name="board_sheet"),
    path("pairings/", views.directory, name="directory"),
    path("pairings/<pairing:pairing>/", views.pairing_page, name="pairing"),
    path("r/<region:code>/", views.region_page, name="region"),
    path("search/", views.search, name="search"),
    path("switch/", views.switch, name="switch"),
    path("components/", views.components_page, name="components"),
]
