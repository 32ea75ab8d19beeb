from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jiedui.records"
    verbose_name = "台账记录"
