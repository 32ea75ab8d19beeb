from django.urls import URLPattern, path

from jiedui.parties import views

app_name = "parties"

urlpatterns: list[URLPattern] = [
    path("registers/enterprises/", views.enterprises, name="enterprises"),
    path("registers/enterprises/new/", views.new_enterprise, name="new_enterprise"),
    path("registers/enterprises/<int:pk>/", views.edit_enterprise, name="edit_enterprise"),
    path("registers/organisations/", views.organisations, name="organisations"),
    path("registers/organisations/new/", views.new_organisation, name="new_organisation"),
    path("registers/organisations/<int:pk>/", views.edit_organisation, name="edit_organisation"),
    path("registers/organisations/<int:pk>/successor/", views.succeed, name="succeed"),
]
