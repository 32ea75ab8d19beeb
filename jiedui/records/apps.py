from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jiedui.records"
    verbose_name = "台账记录"

    def ready(self) -> None:
        from jiedui.parties import keeping
        from jiedui.records.naming import names_party
        from jiedui.ui.navigation import register

        keeping.register(names_party)
        register("records:index", "台账", order=20, under=("/records/", "/registers/"))
