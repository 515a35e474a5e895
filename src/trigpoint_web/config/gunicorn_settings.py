# SPDX-License-Identifier: MIT
"""How the web server runs: gunicorn --config python:trigpoint_web.config.gunicorn_settings trigpoint_web.config.wsgi"""

from __future__ import annotations

import environ

_env = environ.Env()

# The proxy on this machine is the only one that may speak to it.
bind = _env.str("TRIGPOINT_BIND", default="127.0.0.1:8000")
workers = _env.int("TRIGPOINT_WORKERS", default=2)
threads = _env.int("TRIGPOINT_THREADS", default=4)
worker_class = "gthread"
# Longer than a proxy keeps a connection that nobody uses, so that it never sends into one that closes.
keepalive = 75
# A large upload on a slow line is read by the proxy; what takes longer than this here is stuck.
timeout = 60
graceful_timeout = 30
# Then a process makes room for a new one: making PDFs takes memory that is not given back, 680 MB after 1,500 requests
# of which many were PDFs. Not all at the same time, so that somebody always serves.
max_requests = _env.int("TRIGPOINT_REQUESTS", default=1000)
max_requests_jitter = max_requests // 5

accesslog = None  # it would hold addresses of people and paths with organisation codes; our own line says the rest
errorlog = "-"
loglevel = "info"
logger_class = "trigpoint_web.config.gunicorn_log.JsonLogger"
control_socket_disable = True  # systemd starts and stops it, and nothing else may
