from django.apps import AppConfig


class CheckingConfig(AppConfig):
    name = "jiedui.checking"
    verbose_name = "数据核校"
