# The site behind nginx, below whatever path it is published at:
#
#   docker build --build-arg SITE_URL=https://example.org/notes/ --tag notes .
#   docker run --read-only --tmpfs /tmp --publish 8080:8080 notes
#
# The programs run while the image is built; their recordings say so. Nothing but pip needs the network then.
FROM python:3.14-bookworm@sha256:8771427e2ac3e39208c1632f17e8b09e464333d262844a03705cc5e0023c16e2 AS build
WORKDIR /src
# What `make` sets up stays, as long as none of these changes.
COPY Makefile pyproject.toml requirements*.lock LICENSE ./
COPY live live
RUN make .venv/.ready
COPY . .
ARG SITE_URL=http://127.0.0.1:8080/
ARG REPO_URL=
RUN make build && .venv/bin/python deploy/place.py --site-url "$SITE_URL" --to /srv/site

FROM nginxinc/nginx-unprivileged:1.30-alpine@sha256:ed04ec1ff34502c339ee5c3ae3f855442398edc1d05591e2b98981dcbbd20b1e
COPY --from=build /srv/site /srv/site
USER 101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
# The image's own entrypoint would edit files, which a read-only container has none of.
ENTRYPOINT ["nginx", "-e", "stderr", "-p", "/tmp", "-c", "/srv/site/nginx.conf"]
CMD []
