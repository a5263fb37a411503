# One image for web, workers and beat; docker-compose.yml says what each runs.
FROM python:3.12-slim-bookworm

# Pango lays out the text of PDF files; no wheel carries it.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 10001 portal && mkdir -p /data/media /data/keys && chown -R portal: /data
WORKDIR /app
ENV PYTHONUNBUFFERED=1 PYTHONUTF8=1 DJANGO_SETTINGS_MODULE=portal.settings STATIC_ROOT=/app/staticfiles \
    MEDIA_ROOT=/data/media KEYS_DIR=/data/keys

COPY requirements-demo.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-demo.lock

COPY . .
# collectstatic reads no database; the values exist for this one command only.
RUN SECRET_KEY=build DATABASE_URL=postgres:///build REDIS_URL=redis://build python manage.py collectstatic --noinput

USER portal
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--config", "gunicorn.conf.py"]
