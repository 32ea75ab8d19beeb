from django.urls import URLPattern, path

from jiedui.checking import adopt_views, checksheet_views, views

app_name = "checking"

urlpatterns: list[URLPattern] = [
    path("check/", views.check, name="check"),
    path("check/adopt/", adopt_views.adopt, name="adopt"),
    path("check/sheet/", checksheet_views.sheet, name="sheet"),
]
