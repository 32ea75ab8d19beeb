from django.urls import URLPattern, path

from jiedui.checking import views

app_name = "checking"

urlpatterns: list[URLPattern] = [path("check/", views.check, name="check")]
