from django.urls import URLPattern, path

from jiedui.records.views import batch, entry, files, lists, one, pasting

app_name = "records"

urlpatterns: list[URLPattern] = [
    path("records/", lists.index, name="index"),
    path("records/todo/", batch.queue, name="queue"),
    path("records/approve/", batch.approve, name="approve"),
    path("records/k/<str:kind>/", lists.kind_list, name="list"),
    path("records/k/<str:kind>/new/", entry.new, name="new"),
    path("records/k/<str:kind>/paste/", pasting.paste, name="paste"),
    path("records/k/<str:kind>/export/", lists.export, name="export"),
    path("records/<uuid:uid>/", one.detail, name="detail"),
    path("records/<uuid:uid>/edit/", entry.edit, name="edit"),
    path("records/<uuid:uid>/do/<str:verb>/", one.act, name="act"),
    path("evidence/<uuid:uid>/", files.download, name="evidence"),
]
