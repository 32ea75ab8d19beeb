from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndicatorsConfig(AppConfig):
    name = "jiedui.indicators"
    verbose_name = "指标目录"

    def ready(self) -> None:
        post_migrate.connect(tell_ledger, sender=self)


def tell_ledger(*, using: str, **_: Any) -> None:
    """Give the ledger an id for every indicator that is posted."""
    from django.db import DEFAULT_DB_ALIAS, connections

    from jiedui.indicators import catalogue

    # A partial migration, such as `migrate accounts`, may come before the ledger's own tables.
    if using == DEFAULT_DB_ALIAS and (
        "ledger_indicator" in connections[using].introspection.table_names()
    ):
        from jiedui.ledger import indicators

        indicators.define(catalogue.measures())
