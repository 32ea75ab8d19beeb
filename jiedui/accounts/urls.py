from django.urls import URLPattern, path

from jiedui.accounts import views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("password", views.change_password, name="change_password"),
    path("find/regions", views.find_regions, name="find_regions"),
]
