from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "jiedui.indicators"
    verbose_name = "指标目录"
