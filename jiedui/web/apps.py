from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jiedui.web"
    verbose_name = "工作台"
