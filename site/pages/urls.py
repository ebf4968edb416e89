from django.urls import path

from pages import operations, views

urlpatterns = [
    path("soeg/", views.search, name="search"),
    path("was", views.accessibility_statement, name="was"),
    path("tema.css", views.theme, name="theme"),
    path("robots.txt", operations.robots, name="robots"),
    path(".well-known/security.txt", operations.security, name="security"),
    path("sitemap.xml", operations.sitemap, name="sitemap"),
    path("healthz", operations.alive, name="healthz"),
    path("readyz", operations.ready, name="readyz"),
    path("stil/", views.styleguide, name="styleguide"),
]
