from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jiedui.ui"
    verbose_name = "页面部件"
