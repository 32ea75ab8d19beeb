from django.urls import URLPattern, path

from jiedui.parties import entry_views, person_views, views

app_name = "parties"

urlpatterns: list[URLPattern] = [
    path("registers/enterprises/", views.enterprises, name="enterprises"),
    path("registers/enterprises/new/", views.new_enterprise, name="new_enterprise"),
    path("registers/enterprises/<int:pk>/", entry_views.enterprise, name="enterprise"),
    path(
        "registers/enterprises/<int:pk>/edit/", entry_views.edit_enterprise, name="edit_enterprise"
    ),
    path("registers/find/", views.find, name="find"),
    path("registers/organisations/", views.organisations, name="organisations"),
    path("registers/organisations/new/", views.new_organisation, name="new_organisation"),
    path("registers/organisations/<int:pk>/", entry_views.organisation, name="organisation"),
    path(
        "registers/organisations/<int:pk>/edit/",
        entry_views.edit_organisation,
        name="edit_organisation",
    ),
    path("registers/organisations/<int:pk>/successor/", entry_views.succeed, name="succeed"),
    path("registers/people/", person_views.people, name="people"),
    path("registers/people/new/", person_views.new_person, name="new_person"),
    path("registers/people/find/", person_views.find_person, name="find_person"),
    path("registers/people/<int:pk>/erase/", person_views.erase, name="erase_person"),
]
