from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "jiedui.parties"
    verbose_name = "主体"
