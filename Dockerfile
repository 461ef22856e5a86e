# syntax=docker/dockerfile:1
# Two stages: the first has pip and its leavings, the second only what runs, as a user of its own.
# The code stays at one path in both, since it is installed in place: the migrations lie beside it.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
WORKDIR /opt/groundswell
COPY . .
RUN /opt/venv/bin/pip install --constraint .ci/constraints.txt --editable . \
    && /opt/venv/bin/pip uninstall --yes setuptools pip \
    && /usr/local/bin/python -m compileall -q rules connectors service migrations

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Groundswell" \
      org.opencontainers.image.description="Self-hosted social listening and reputation monitoring"
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin groundswell \
    && install -d -o groundswell -g groundswell /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /opt/groundswell /opt/groundswell
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GROUNDSWELL_DATA_DIR=/data \
    GROUNDSWELL_HOST=0.0.0.0 \
    GROUNDSWELL_PORT=8000 \
    GROUNDSWELL_LOG_FORMAT=json
WORKDIR /data
USER groundswell
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['GROUNDSWELL_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["groundswell"]
CMD ["serve"]
