"""How gunicorn serves Fristed. HOST and PORT say where."""

import logging
import os
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http import wsgi

from config import env
from core.logs import WithoutQuery, without_secrets

wsgi.SERVER = "fristed"  # the header says who we are, not what runs here
# Django leaves the body on answers to HEAD; gunicorn drops it and complains each time.
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)


class QuietLogger(Logger):
    """Access lines without query strings and secrets; who asked is never written down."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            handler.addFilter(WithoutQuery())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms = super().atoms(resp, req, environ, request_time)
        return {**atoms, "U": without_secrets(str(atoms["U"]))}


bind = f"{env.text('HOST', '127.0.0.1')}:{env.number('PORT', 8000)}"
wsgi_app = "config.wsgi:application"
worker_class = "gthread"
workers = env.number("WEB_WORKERS", 2)
threads = env.number("WEB_THREADS", 4)
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
# Whether the visitor came by https is decided in one place: SECURE_PROXY_SSL_HEADER.
secure_scheme_headers: dict[str, str] = {}
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (heartbeats only)
control_socket_disable = True
logger_class = QuietLogger
loglevel = "warning"
errorlog = "-"
accesslog = "-" if env.flag("ACCESS_LOG", default=False) else None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"


def when_ready(server: Any) -> None:
    """Load all addresses before the workers are forked: once, and a fault ends the start."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (a property that imports every view)


def post_fork(server: Any, worker: Any) -> None:
    """Give each worker database connections of its own."""
    from django.db import connections

    connections.close_all()
