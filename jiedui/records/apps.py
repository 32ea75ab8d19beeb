from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jiedui.records"
    verbose_name = "台账记录"

    def ready(self) -> None:
        from jiedui.ui.navigation import register

        register("records:index", "台账", order=20, under=("/records/", "/registers/"))
