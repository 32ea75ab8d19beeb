from django.apps import AppConfig


class BusinessConfig(AppConfig):
    name = "jiedui.business"
    verbose_name = "业务台账"
