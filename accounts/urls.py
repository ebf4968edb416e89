"""Addresses below /konto/. Their names are allauth's, which looks them up."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from allauth.socialaccount import views as social_views
from allauth.socialaccount.providers.openid_connect import views as oidc_views
from django.urls import path, re_path

from accounts import people_views, views

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("personer/", people_views.people_list, name="people"),
    path("personer/<int:pk>/slut/", people_views.end_role, name="end_role"),
    path(
        "personer/invitation/<int:pk>/tilbage/", people_views.withdraw, name="withdraw_invitation"
    ),
    path("personer/<int:pk>/totrin/", people_views.lost_second_step, name="forget_second_step"),
    path("invitation/taget/", people_views.invitation_taken, name="invitation_taken"),
    path("invitation/<str:secret>/", people_views.invited, name="invited"),
    path("totrin/", mfa_views.index, name="mfa_index"),
    path("totrin/kode/", mfa_views.authenticate, name="mfa_authenticate"),
    path("totrin/bekraeft/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("totrin/til/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("totrin/fra/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("totrin/noedkoder/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "totrin/noedkoder/nye/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("oidc/afbrudt/", social_views.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<str:provider_id>/", oidc_views.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/svar/", oidc_views.callback, name="openid_connect_callback"),
    path("log-ind/", views.LoginView.as_view(), name="account_login"),
    path("log-ud/", account_views.logout, name="account_logout"),
    path("lukket/", account_views.account_inactive, name="account_inactive"),
    path("bekraeft/", account_views.reauthenticate, name="account_reauthenticate"),
    path("ny-adgangskode/", account_views.password_reset, name="account_reset_password"),
    path(
        "ny-adgangskode/sendt/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "ny-adgangskode/valgt/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^ny-adgangskode/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

# The address that Wagtail, old bookmarks and scripts use.
admin_login = views.LoginView.as_view(home="wagtailadmin_home")
