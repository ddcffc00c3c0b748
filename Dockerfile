# newslint in a container, built from a checkout:
#
#     docker build --tag newslint .
#     docker run --rm --volume "$PWD:/archive:ro" newslint
#
# The first stage installs; the second takes over what it installed, and holds no more.

ARG PYTHON=3.13-slim

FROM python:${PYTHON} AS build
WORKDIR /build
COPY constraints.txt ./
RUN python -m venv /opt/newslint \
    && /opt/newslint/bin/python -m pip --no-cache-dir --disable-pip-version-check install --quiet \
        --constraint constraints.txt --upgrade pip
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/newslint/bin/python -m pip --no-cache-dir --disable-pip-version-check install --quiet \
        --constraint constraints.txt --build-constraint constraints.txt . \
    && /opt/newslint/bin/newslint --version

FROM python:${PYTHON}
LABEL org.opencontainers.image.title="newslint" \
      org.opencontainers.image.description="The linter for news archives kept as text files" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/newslint /opt/newslint
ENV PATH="/opt/newslint/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1
# A number, so that Kubernetes can tell that it is not root.
USER 10001:10001
WORKDIR /archive
ENTRYPOINT ["newslint"]
CMD ["check"]
