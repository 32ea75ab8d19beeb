from django.urls import URLPattern, path

from jiedui.checking import adopt_views, checksheet_views, office_views, views

app_name = "checking"

urlpatterns: list[URLPattern] = [
    path("check/", views.check, name="check"),
    path("check/correct/", views.correct, name="correct"),
    path("check/words/", office_views.words, name="words"),
    path("check/words/forget/", office_views.forget, name="forget"),
    path("find/indicators", office_views.find_indicators, name="find_indicators"),
    path("check/adopt/", adopt_views.adopt, name="adopt"),
    path("check/sheet/", checksheet_views.sheet, name="sheet"),
]
