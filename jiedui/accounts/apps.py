from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jiedui.accounts"
    verbose_name = "用户与授权"
