from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "jiedui.ledger"
    verbose_name = "账本"
