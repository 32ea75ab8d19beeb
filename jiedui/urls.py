from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jiedui.accounts.urls")),
    path("", include("jiedui.web.urls")),
    path("", include("jiedui.parties.urls")),
    path("", include("jiedui.records.urls")),
    path("", include("jiedui.figures.urls")),
    path("", include("jiedui.checking.urls")),
]

handler400 = "jiedui.ui.errors.bad_request"
