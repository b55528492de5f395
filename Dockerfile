# The archive as one image: web server, indexer and every command of manage.py.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUTF8=1
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
RUN python -m tools.fonts && ARSHIF_DATA_DIR=/build python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUTF8=1 PYTHONUNBUFFERED=1 ARSHIF_DATA_DIR=/data
RUN useradd --uid 10001 --create-home arshif && install -d -o arshif -g arshif /data
COPY --from=build /venv /venv
COPY --from=build /app /app
USER arshif
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000"]
