from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jiedui.records"
    verbose_name = "台账记录"

    def ready(self) -> None:
        from jiedui.parties import keeping
        from jiedui.records.naming import names_party

        keeping.register(names_party)
