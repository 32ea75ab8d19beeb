from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "jiedui.regions"
    verbose_name = "行政区划与结对"
