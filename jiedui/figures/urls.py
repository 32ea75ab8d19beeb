from django.urls import URLPattern, path

from jiedui.figures import views

app_name = "figures"

urlpatterns: list[URLPattern] = [
    path("f/", views.listing, name="index"),
    path("f/<str:code>/<str:place>/<str:window>", views.figure, name="figure"),
    path("f/<str:code>/<str:place>/<str:window>/export/", views.export, name="export"),
]
