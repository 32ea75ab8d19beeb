from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "jiedui.accounts"
    verbose_name = _("用户与授权")

    def ready(self) -> None:
        from jiedui.accounts.middleware import begin

        user_logged_in.connect(begin)
