from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "jiedui.figures"
    verbose_name = "数字"
